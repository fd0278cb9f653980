// On Node.js 20 pdfjs needs its build for older engines. That one puts a push and a JSON of its own, many times slower,
// in the place of those of Node.js, for all code of the process: they are put back.
const { push } = Array.prototype;
const { parse, stringify } = JSON;
const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
await import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string);
Array.prototype.push = push;
Object.assign(JSON, { parse, stringify });

export const { getDocument, OPS, Util } = pdfjs;
export type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
