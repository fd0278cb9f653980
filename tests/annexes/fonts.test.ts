import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { accepted, type Objects, onePage, problemsOf, stream, tagged } from './pdf.ts';

/** The program of a serif font that pdf.js has for those that are not embedded: the characters of Latin 1, by name. */
const cff = readFileSync(new URL('../../node_modules/pdfjs-dist/standard_fonts/FoxitSerif.pfb', import.meta.url));

// One font that shows one text: what is told of it, and what others then read (ISO 19005-3, 6.2.11).

const program = { 31: stream(cff, '/Subtype /Type1C') };
const descriptor = (entries = '/Flags 32 /FontFile3 31 0 R') =>
  `/FontDescriptor << /Type /FontDescriptor ${entries} >>`;
const simple = (entries: string, subtype = 'Type1') =>
  `<< /Type /Font /Subtype /${subtype} /BaseFont /Harbour ${entries} >>`;
const composite = (entries: string, system = '(Adobe) (Identity)', below = descriptor()) => {
  const [registry, ordering] = system.split(' ');
  const written = system === '' ? '' : `/CIDSystemInfo << /Registry ${registry} /Ordering ${ordering} >>`;
  return `<< /Type /Font /Subtype /Type0 /BaseFont /Harbour ${entries} /DescendantFonts [<< /Subtype /CIDFontType0 ${written} ${below} >>] >>`;
};
const identity = '/Encoding /Identity-H';
const page = (font: string, text: string, objects: Objects = {}) => ({
  content: `/P <</MCID 0>> BDC BT /F 12 Tf ${text} Tj ET EMC`,
  resources: '/Font << /F 30 0 R >>',
  objects: { 30: font, ...program, ...objects },
});
const told = (font: string, text: string, objects?: Objects) => problemsOf(tagged('P[0]', page(font, text, objects)));
describe('a font that shows text must be embedded', () => {
  const refused = ['error annex-font-not-embedded Harbour(1ページ)'];
  const winAnsi = '/Encoding /WinAnsiEncoding';
  test.each<[string, string, string[]]>([
    ['no descriptor', simple(winAnsi), refused],
    ['a descriptor without a program', simple(winAnsi + descriptor('')), refused],
    ['a program that is not there', simple(winAnsi + descriptor('/FontFile2 99 0 R')), refused],
    ['Type 1', simple(winAnsi + descriptor('/FontFile 31 0 R')), []],
    ['TrueType', simple(winAnsi + descriptor('/FontFile2 31 0 R'), 'TrueType'), []],
    ['CFF', simple(winAnsi + descriptor('/FontFile3 31 0 R')), []],
    ['drawn by operators', simple(winAnsi, 'Type3'), []],
    ['composite', composite(identity, '(Adobe) (Japan1)'), []],
    ['composite, not embedded', composite(identity, '(Adobe) (Japan1)', ''), refused],
    ['composite, a program above, none below', composite(identity + descriptor(), '(Adobe) (Japan1)', ''), refused],
    ['composite of nothing', `<< /Subtype /Type0 /BaseFont /Harbour ${identity} >>`, refused],
    ['a subset', simple(winAnsi).replace('/Harbour', '/ABCDEF+Harbour'), refused],
    [
      'what looks like a subset',
      simple(winAnsi).replace('/Harbour', '/ABCDE+Harbour'),
      ['error annex-font-not-embedded ABCDE+Harbour(1ページ)'],
    ],
    [
      'a plus in its name',
      simple(winAnsi).replace('/Harbour', '/A+ABCDEF+Harbour'),
      ['error annex-font-not-embedded A+ABCDEF+Harbour(1ページ)'],
    ],
    [
      'a name with signs that are escaped',
      simple(winAnsi).replace('/Harbour', '/My#20Harbour'),
      ['error annex-font-not-embedded My Harbour(1ページ)'],
    ],
    ['no name', simple(winAnsi).replace('/BaseFont /Harbour', ''), ['error annex-font-not-embedded 名前なし(1ページ)']],
  ])('%s', async (_, font, expected) => {
    expect(await told(font, '(AA)')).toEqual(expected);
  });

  test('all of them are named, once each, in order', async () => {
    const fonts = ['Z', 'A', 'Z', 'M'].map((name) => simple('/Encoding /WinAnsiEncoding').replace('Harbour', name));
    const bytes = onePage({
      content: `BT ${fonts.map((_, index) => `/F${index} 1 Tf (a) Tj`).join(' ')} ET`,
      resources: `/Font << ${fonts.map((font, index) => `/F${index} ${font}`).join(' ')} >>`,
    });
    expect(await problemsOf(bytes, '図')).toEqual(['error annex-font-not-embedded A(1ページ)、M(1ページ)、Z(1ページ)']);
  });
});

describe('a composite font must not show the sign for what is missing', () => {
  test.each<[string, string, string, string[]]>([
    ['code 0 of two bytes, which draws nothing', composite(identity, '(Adobe) (Japan1)'), '<00010000>', []],
    ['bytes of 0 in other codes', composite(identity, '(Adobe) (Japan1)'), '<01000001>', []],
    ['code 0 of a simple font', simple(`/Encoding /WinAnsiEncoding ${descriptor()}`), '<00>', []],
    ['codes of unknown width', composite('/Encoding /90ms-RKSJ-H', '(Adobe) (Japan1)'), '<0000>', []],
  ])('%s', async (_, font, text, expected) => {
    expect(await told(font, text)).toEqual(expected);
  });
});

test('a font that shows nothing is not looked into', async () => {
  const bytes = onePage({ resources: `/Font << /F ${simple('')} >>` });
  expect((await accepted(bytes, '図')).told).toEqual([]);
});
