import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import { dataOf, merged, type Objects, ofPage, onePage, shown, stream } from '../pdf.ts';

// Fonts with programs, each of which shows one text on a page.

const root = new URL('../../../', import.meta.url);
/** Programs in CFF that pdf.js has for fonts that are not embedded: the characters of Latin 1, and signs, by name. */
const cff = (name: string) => readFileSync(new URL(`node_modules/pdfjs-dist/standard_fonts/${name}.pfb`, root));
export const serif = { 31: stream(cff('FoxitSerif'), '/Subtype /Type1C') };
export const dingbats = { 31: stream(cff('FoxitDingbats'), '/Subtype /Type1C') };

/** A subset of the edition's own TrueType font; glyphs 1, 2, … are those of the letters in order. */
export function subset(letters: string): Objects {
  const font = fontkit.create(readFileSync(new URL('fonts/BIZUDPGothic_400Regular.ttf', root))) as fontkit.Font;
  const part = font.createSubset();
  for (const letter of letters) part.includeGlyph(font.glyphForCodePoint(letter.codePointAt(0) as number));
  return { 31: stream(Buffer.from(part.encode())) };
}

export const descriptor = (entries = '/Flags 32 /FontFile3 31 0 R') =>
  '/FontDescriptor << /Type /FontDescriptor /FontName /Harbour /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 ' +
  `/Descent -200 /CapHeight 800 /StemV 80 ${entries} >>`;
export const differences = (names: string, first = 65) => `/Encoding << /Differences [${first} ${names}] >>`;
export const simple = (entries: string, subtype = 'Type1') =>
  `<< /Type /Font /Subtype /${subtype} /BaseFont /Harbour ${entries} >>`;
export const drawn = (entries: string) =>
  simple(`/FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /CharProcs << >> ${entries}`, 'Type3');
export const composite = (entries: string, system = 'Identity', below = descriptor('/Flags 4 /FontFile2 31 0 R')) =>
  `<< /Type /Font /Subtype /Type0 /BaseFont /Harbour ${entries} /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 ` +
  `/BaseFont /Harbour /CIDToGIDMap /Identity /CIDSystemInfo << /Registry (Adobe) /Ordering (${system}) /Supplement 0 >> ${below} >>] >>`;

export const page = (font: string, text: string, objects: Objects) => ({
  content: `/P <</MCID 0>> BDC BT /F 12 Tf 9 9 Td ${text} Tj ET EMC`,
  resources: '/Font << /F 30 0 R >>',
  objects: { 30: font, ...objects },
});
export const map = (lines: string, kind = 'bfchar') => ({
  40: stream(`${lines.split('\n').length} begin${kind} ${lines} end${kind}`),
});

/** The texts by code of the map that the font has in the document, in hexadecimal; undefined where it has none. */
export async function mapOf(font: string, text: string, objects: Objects): Promise<Record<string, string> | undefined> {
  const result = await merged(onePage(page(font, text, objects)), '図');
  const found = ofPage(result, 'Resources/Font/F/ToUnicode');
  if (!found) return undefined;
  const lines = /beginbfchar (.*) endbfchar/.exec(dataOf(result.document, found))?.[1] ?? '';
  return Object.fromEntries(
    [...lines.matchAll(/<([0-9A-F]+)> <([0-9A-F]+)>/g)].map(([, code = '', text = '']) => [
      code,
      Buffer.from(text, 'hex').swap16().toString('utf16le'),
    ]),
  );
}

/** What pdf.js reads on the annex's page in the document. */
export async function readOf(bytes: Uint8Array): Promise<string> {
  return shown(await merged(bytes, '図'), async (pdf) => {
    const { items } = await (await pdf.getPage(2)).getTextContent();
    return items.map((item) => ('str' in item ? item.str : '')).join('');
  });
}
