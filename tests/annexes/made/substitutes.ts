import { type Objects, onePage } from '../pdf.ts';

// Fonts that are not embedded, as offices and scanners leave them out. Objects of fonts begin at 30.

export const hex = (codes: readonly number[], bytes = 1) =>
  `<${codes.map((code) => code.toString(16).padStart(2 * bytes, '0')).join('')}>`;
/** Shown from 0 to 255, but for those that no text of that encoding has. */
export const printable = (from = 0x20, to = 0xfe, but: readonly number[] = []) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((code) => !but.includes(code));

/** A page with a line for each text; the fonts are written as they stand in a PDF. */
export const pageOf = (lines: readonly { font: string; text: string; mode?: number; objects?: Objects }[]): Buffer =>
  onePage({
    content: lines
      .map(({ text, mode = 0 }, index) => `BT ${mode} Tr /F${index} 6 Tf 5 ${280 - 14 * index} Td ${text} Tj ET`)
      .join('\n'),
    resources: `/Font << ${lines.map((_, index) => `/F${index} ${30 + 2 * index} 0 R`).join(' ')} >>`,
    objects: Object.assign(
      {},
      ...lines.map(({ font, objects }, index) => ({ [30 + 2 * index]: font, ...objects })),
    ) as Objects,
  });

export const simple = (name: string, entries = '/Encoding /WinAnsiEncoding', subtype = 'TrueType') =>
  `<< /Type /Font /Subtype /${subtype} /BaseFont /${name} ${entries} >>`;
export const composite = (name: string, encoding: string, entries = '/DW 1000', ordering = 'Japan1') =>
  `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /${encoding} /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /${name} /Flags 4 >> ${entries} >>] >>`;

/** The standard fonts of letters and the free font that stands for each. */
export const latin: readonly (readonly [name: string, became: string])[] = [
  ['Helvetica', 'Arimo-Regular'],
  ['Helvetica-Bold', 'Arimo-Bold'],
  ['Helvetica-Oblique', 'Arimo-Italic'],
  ['Helvetica-BoldOblique', 'Arimo-BoldItalic'],
  ['Times-Roman', 'Tinos-Regular'],
  ['Times-Bold', 'Tinos-Bold'],
  ['Times-Italic', 'Tinos-Italic'],
  ['Times-BoldItalic', 'Tinos-BoldItalic'],
  ['Courier', 'Cousine-Regular'],
  ['Courier-Bold', 'Cousine-Bold'],
  ['Courier-Oblique', 'Cousine-Italic'],
  ['Courier-BoldOblique', 'Cousine-BoldItalic'],
];
/** All codes of each encoding that its fonts have widths for. */
export const encodings: readonly (readonly [entries: string, codes: readonly number[]])[] = [
  ['', [...printable(0x20, 0x7e), ...printable(0xa1, 0xfb)]],
  ['/Encoding /WinAnsiEncoding', printable(0x20, 0xff)],
  [
    '/Encoding /MacRomanEncoding',
    printable(
      0x20,
      0xff,
      [0x7f, 0xb0, 0xb2, 0xb3, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbd, 0xc3, 0xc5, 0xad, 0xc6, 0xd7, 0xf0],
    ),
  ],
  ['/Encoding << /Differences [1 /Zcaron /lslash /fi /fl /Euro /Gbreve /racute /quotesingle] >>', printable(1, 8)],
];

/** 港の個票、あ by the codes of CMaps. */
export const japanese: readonly (readonly [cmap: string, text: string])[] = [
  ['90ms-RKSJ-H', hex([0x8d60, 0x82cc, 0x8cc2, 0x955b, 0x8141, 0x82a0], 2)],
  ['90ms-RKSJ-V', hex([0x8d60, 0x82cc, 0x8cc2, 0x955b, 0x8141, 0x82a0], 2)],
  ['EUC-H', hex([0xb9c1, 0xa4ce, 0xb8c4, 0xc9bc, 0xa1a2, 0xa4a2], 2)],
  ['H', hex([0x3941, 0x244e, 0x3844, 0x493c, 0x2122, 0x2422], 2)],
  ['UniJIS-UCS2-H', hex([0x6e2f, 0x306e, 0x500b, 0x7968, 0x3001, 0x3042], 2)],
  ['UniJIS-UTF16-H', hex([0x6e2f, 0x306e, 0x500b, 0x7968, 0x3001, 0x3042], 2)],
  ['UniJIS-UTF16-V', hex([0x6e2f, 0x306e, 0x500b, 0x7968, 0x3001, 0x3042], 2)],
  // 綱と庫樋、あ of Adobe-Japan1
  ['Identity-H', hex([2013, 881, 1919, 3465, 634, 843], 2)],
];

export const made: Record<string, () => Uint8Array | { bytes: Uint8Array; says: string[] }> = {
  ...Object.fromEntries(
    encodings.map(([entries, codes], index) => [
      `latin-${index}`,
      () => pageOf(latin.map(([name]) => ({ font: simple(name, entries, 'Type1'), text: hex(codes) }))),
    ]),
  ),
  japanese: () => pageOf(japanese.map(([cmap, text]) => ({ font: composite('MS-Gothic', cmap), text }))),
  // pdf.js reads the codes of ZapfDingbats as letters; others read what is seen.
  symbols: () => ({
    bytes: pageOf([
      { font: simple('Symbol', '', 'Type1'), text: hex(printable(0x21, 0x7e)) },
      { font: simple('ZapfDingbats', '', 'Type1'), text: hex(printable(0x21, 0x7e)) },
    ]),
    says: ['!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ✁✂✃✄☎✆✇✈✉☛☞✌✍✎✏✐✑✒✓✔✕✖✗✘✙✚✛✜✝✞✟✠✡✢✣✤✥✦✧★✩✪'],
  }),
  'a font of a graphics state': () =>
    onePage({
      content: 'q BT /F 6 Tf /G gs 5 280 Td (Harbour) Tj ET Q',
      resources: '/Font << /F 30 0 R >> /ExtGState << /G << /Type /ExtGState /Font [31 0 R 12] >> >>',
      objects: { 30: simple('Harbour'), 31: simple('Helvetica', undefined, 'Type1') },
    }),
  'code 0': () => pageOf([{ font: simple('Helvetica', undefined, 'Type1'), text: '<0041004200>' }]),
  blanks: () => pageOf([{ font: simple('Harbour'), text: '(\\240 )' }]),
  scanned: () =>
    pageOf(
      [...japanese, ['GBK-EUC-H', hex([0xb8db, 0xbfda], 2)] as const].map(([cmap, text]) => ({
        font: composite('Harbour', cmap, '/DW 1000 /W [1 632 500]', cmap.startsWith('GB') ? 'GB1' : 'Japan1'),
        text,
        mode: 3,
      })),
    ),
};
