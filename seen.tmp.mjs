// what pdf.js and PDFium make of files: pages, text length
import { readFileSync } from 'node:fs';
const { push } = Array.prototype;
const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs'); await import('pdfjs-dist/legacy/build/pdf.worker.mjs'); Array.prototype.push = push;
const { PDFiumLibrary } = await import('@hyzyla/pdfium');
for (const f of process.argv.slice(2)) {
  const bytes = readFileSync(f);
  let a = '', b = '';
  try { const pdf = await pdfjs.getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise; a = `pages ${pdf.numPages}`; for (let p = 1; p <= Math.min(3, pdf.numPages); p++) { const c = await (await pdf.getPage(p)).getTextContent(); a += ` ${c.items.map(i=>i.str).join('').length}`; } } catch (e) { a += ' ' + e.message; }
  try { const lib = await PDFiumLibrary.init(); const d = await lib.loadDocument(new Uint8Array(bytes)); b = `pages ${d.getPageCount()}`; for (let p = 0; p < Math.min(3, d.getPageCount()); p++) { const page = d.getPage(p); const { data } = await page.render({ scale: 1, render: 'bitmap' }); let n = 0; for (let i = 0; i < data.length; i += 4) if (data[i] < 250) n++; b += ` ${page.getText().length}/${n}px`; } } catch (e) { b += ' ' + e.message; }
  console.log(f.split('/').pop(), '| pdf.js', a, '| pdfium', b);
}
process.exit();
