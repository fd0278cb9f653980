import type { PDFDict } from '@cantoo/pdf-lib';
import { PDFName } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import type { Annex } from '../../src/annexes/annex.ts';
import type { FontUse } from '../../src/annexes/content/usage.ts';
import type { Problem } from '../../src/annexes/problem.ts';
import { prove, proven, readProven } from '../../src/annexes/proof/proof.ts';
import { type Rule, rules } from '../../src/annexes/proof/rules.ts';
import { openFile, pagesOf } from '../../src/annexes/source/file.ts';
import type { Kid } from '../../src/annexes/tags/structure.ts';
import { annexOf, pageOf } from '../assemble/annexes.ts';
import { type Objects, onePage, stream } from './pdf.ts';

// Annexes as they would be written, with one thing wrong that no mending would leave: the second look finds it.

/** A TrueType program of glyphs of these widths, of 1000 units; the letter A is glyph 1 in each of its maps. */
function trueType(widths: number[], maps: [platform: number, encoding: number][] = [[3, 1]]): Buffer {
  const table = (size: number, fields: [at: number, value: number][]) => {
    const data = Buffer.alloc(size);
    for (const [at, value] of fields) data.writeUInt16BE(value, at);
    return data;
  };
  const start = 4 + 8 * maps.length;
  const cmap = Buffer.concat([
    table(4, [[2, maps.length]]),
    ...maps.map(([platform, encoding]) =>
      table(8, [
        [0, platform],
        [2, encoding],
        [6, start],
      ]),
    ),
    table(12, [
      [0, 6], // one run of codes
      [2, 12],
      [6, 65],
      [8, 1],
      [10, 1],
    ]),
  ]);
  const tables: Record<string, Buffer> = {
    cmap,
    glyf: table(4, []),
    head: table(54, [[18, 1000]]),
    hhea: table(36, [[34, widths.length]]),
    hmtx: Buffer.concat(widths.map((width) => table(4, [[0, width]]))),
    loca: table(2 * widths.length + 2, []),
    maxp: table(6, [[4, widths.length]]),
  };
  const names = Object.keys(tables);
  const head = Buffer.alloc(12 + 16 * names.length);
  head.writeUInt32BE(0x10000);
  head.writeUInt16BE(names.length, 4);
  let offset = head.length;
  for (const [index, name] of names.entries()) {
    const data = tables[name] as Buffer;
    head.write(name, 12 + 16 * index, 'latin1');
    head.writeUInt32BE(offset, 12 + 16 * index + 8);
    head.writeUInt32BE(data.length, 12 + 16 * index + 12);
    offset += data.length;
  }
  return Buffer.concat([head, ...Object.values(tables)]);
}

interface Made {
  content?: string;
  resources?: string;
  objects?: Objects;
  /** Codes that the font F shows; of two bytes in a composite one. */
  shows?: number[];
  shown?: string[];
  own?: Partial<Annex>;
  page?: Parameters<typeof pageOf>[0];
  /** Kids of the structure tree, with the MCIDs that they name. */
  kids?: Kid[];
}

async function made({
  content = '',
  resources = '',
  objects = {},
  shows = [],
  shown,
  own,
  page,
  kids,
}: Made): Promise<Annex> {
  const file = openFile(onePage({ resources, objects }));
  const [source] = pagesOf(file, 1);
  const dict = source?.resources as PDFDict;
  const font = (dict.lookup(PDFName.of('Font')) as PDFDict | undefined)?.lookup(PDFName.of('F')) as PDFDict | undefined;
  const isComposite = String(font?.get(PDFName.of('Subtype'))) === '/Type0';
  const codes = new Set(shows);
  const bytes = shown ? undefined : isComposite ? 2 : 1;
  const use: FontUse = {
    pages: new Set([0]),
    visible: true,
    codes,
    unspoken: codes,
    bytes,
    shown: new Map(shown?.map((operand) => [operand, true])),
  };
  const marked = kids ? content : `/Figure <</MCID 0>> BDC ${content} EMC`;
  const known = new Map(['0', '10 0 R'].map((key) => [key, new Map([[0, false]])]));
  const structure = { kids: kids ?? [], known, classes: undefined };
  return annexOf({
    context: file.context,
    pages: [pageOf({ resources: dict, content: { changed: Buffer.from(marked) }, ...page })],
    fonts: new Map(font ? [[font, use]] : []),
    alternative: '図',
    ...(kids ? { structure } : {}),
    ...own,
  });
}

const found = (annex: Annex): Rule[] =>
  prove(annex).map(({ actual = '', expected }) => {
    const rule = Object.entries(rules).find(([, [clause, what]]) => actual.startsWith(what) && clause === expected);
    return (rule?.[0] ?? actual) as Rule;
  });

const element = (standard: string, kids: Kid[] = [], id?: string): Kid => ({
  kind: 'element',
  element: { role: standard, standard, dict: blank, id, kids },
});
const blank = annexOf({}).context.obj({}) as PDFDict;
const cell = (standard: 'TH' | 'TD', attributes: Record<string, string | number> = {}): Kid => {
  const { context } = annexOf({});
  const dict = context.obj({ A: { O: 'Table', ...attributes } }) as PDFDict;
  return { kind: 'element', element: { role: standard, standard, dict, id: undefined, kids: [] } };
};
const row = (...cells: Kid[]) => element('TR', cells);

/** A font F of one glyph, the letter A of width 600. */
const fontObjects = (program: Uint8Array, flags = 32): Objects => ({
  10: `<< /Type /FontDescriptor /FontName /Some /Flags ${flags} /FontFile2 11 0 R >>`,
  11: stream(program),
});
const simple = (entries: string, kind = 'TrueType') =>
  `/Font << /F << /Type /Font /Subtype /${kind} /BaseFont /Some /FontDescriptor 10 0 R ${entries} >> >>`;
const whole = '/FirstChar 65 /LastChar 65 /Widths [600]';
const winAnsi = `${whole} /Encoding /WinAnsiEncoding`;
const good = fontObjects(trueType([500, 600]));
const composite = (entries: string, descendant: string) =>
  `/Font << /F << /Type /Font /Subtype /Type0 /BaseFont /Some ${entries} /DescendantFonts [<< /Type /Font /BaseFont /Some ` +
  `/FontDescriptor 10 0 R /DW 600 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 9 >> ${descendant} >>] >> >>`;
const state = (entries: string): Made => ({ content: '/G gs', resources: `/ExtGState << /G << ${entries} >> >>` });
const object = (data: string, entries: string): Made => ({
  content: '/X Do',
  resources: '/XObject << /X 10 0 R >>',
  objects: { 10: stream(data, entries) },
});
const image = (entries: string): Made =>
  object('\0', `/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray ${entries}`);
const value = (text: string): Made => ({ resources: `/Properties << /P << /V ${text} >> >>` });
const space = (text: string, own = {}): Made => ({ content: '/C cs', resources: `/ColorSpace << /C ${text} >>`, own });
const tint = '<< /FunctionType 2 /Domain [0 1] /N 1 >>';

/** What each rule finds, and what is all right beside it. */
const cases: Record<Rule, [wrong: Made, right: Made]> = {
  'long-string': [value(`(${'a'.repeat(32768)})`), value(`(${'a'.repeat(32767)})`)],
  'long-name': [value(`/${'a'.repeat(128)}`), value(`/${'a'.repeat(127)}`)],
  'number-range': [{ content: '[(a) 2147483648] TJ' }, { content: '[(a) 2147483647 (99999999999)] TJ' }],
  'hex-string': [{ content: '[<4> 1] TJ' }, { content: '[<4 1> (<4>)] TJ' }],
  'page-size': [{ page: { media: [0, 0, 14401, 9] } }, { page: { media: [0, 0, 14400, 3], crop: [0, 0, 9, 3] } }],
  'name-encoding': [
    space(`[/Separation /Caf#e9 /DeviceGray ${tint}]`),
    space(`[/Separation /Caf#c3#a9 /DeviceGray ${tint}]`),
  ],
  filter: [{ content: 'BI /W 1 /H 1 /F /LZW ID a EI ' }, { content: 'BI /W 1 /H 1 /F [/AHx /Fl] ID a EI ' }],
  'external-data': [object('', '/Subtype /Form /F (a)'), object('', '/Subtype /Form /G (a)')],
  'embedded-file': [value('<< /EF << >> >>'), value('<< /E << >> >>')],
  metadata: [
    { ...value('<< /Metadata 10 0 R >>'), objects: { 10: stream('<x/>') } },
    { ...value('<< /Data 10 0 R >>'), objects: { 10: stream('<x/>') } },
  ],
  'graphics-state': [state('/TR2 /Identity'), state('/TR2 /Default')],
  'rendering-intent': [{ content: '/Vivid ri' }, { content: '/Perceptual ri' }],
  'blend-mode': [state('/BM [/Vivid]'), state('/BM [/Multiply]')],
  image: [{ content: 'BI /W 1 /H 1 /I true ID a EI ' }, { content: 'BI /W 1 /H 1 /I false ID a EI ' }],
  'image-bits': [image('/BitsPerComponent 3'), image('/BitsPerComponent 16')],
  jpeg2000: [image('/BitsPerComponent 8 /Filter /JPXDecode'), image('/BitsPerComponent 8')],
  form: [object('', '/Subtype /Form /Subtype2 /PS'), object('', '/Subtype /Form /Subtype2 /Form')],
  postscript: [object('', '/Subtype /PS'), object('', '/Subtype /Form')],
  cmyk: [
    { content: '0 0 0 1 k' },
    { content: '0 0 0 1 k', resources: '/ColorSpace << /DefaultCMYK [/ICCBased 10 0 R] >>' },
  ],
  'colour-profile': [
    { ...space('[/ICCBased 10 0 R]'), objects: { 10: stream(`${'\0'.repeat(8)}\x05`, '/N 3') } },
    { ...space('[/ICCBased 10 0 R]'), objects: { 10: stream(`${'\0'.repeat(8)}\x04\0\0\0mntrRGB `, '/N 3') } },
  ],
  'device-n': [
    space(`[/DeviceN [/Cyan /Gold] /DeviceGray ${tint}]`),
    space(
      `[/DeviceN [/Cyan /None /Gold] /DeviceGray ${tint} << /Colorants << /Gold [/Separation /Gold /DeviceGray ${tint}] >> >>]`,
    ),
  ],
  operator: [{ content: '1 2 toString' }, { content: 'BX 1 2 unheard EX' }],
  resources: [
    {
      ...object('/G gs', '/Subtype /Form /Resources << /Font << >> >>'),
      resources: '/XObject << /X 10 0 R >> /ExtGState << /G << >> >>',
    },
    { ...object('/G gs', '/Subtype /Form'), resources: '/XObject << /X 10 0 R >> /ExtGState << /G << >> >>' },
  ],
  nesting: [{ content: 'q '.repeat(29) }, { content: 'q Q '.repeat(29) + 'q '.repeat(28) }],
  unmarked: [
    { kids: [element('P')], content: '0 0 1 1 re f' },
    { kids: [element('P')], content: '/P <</MCID 0>> BDC 0 0 1 1 re f EMC' },
  ],
  'artifact-inside': [
    { kids: [element('P')], content: '/P <</MCID 0>> BDC /Artifact BMC f EMC EMC' },
    { kids: [element('P')], content: '/P <</MCID 0>> BDC /Span BMC f EMC EMC /Artifact BMC f EMC' },
  ],
  'mark-language': [{ content: '/Span <</Lang (ja_JP)>> BDC EMC' }, { content: '/Span <</Lang (ja\\055JP)>> BDC EMC' }],
  'shared-form': [
    {
      ...object('/P <</MCID 0>> BDC f EMC', '/Subtype /Form'),
      content: '/X Do /X Do',
      kids: [element('P')],
    },
    { ...object('/P <</MCID 0>> BDC f EMC', '/Subtype /Form'), content: '/X Do', kids: [element('P')] },
  ],
  'font-kind': [
    { resources: simple(winAnsi).replace('/Type /Font ', ''), objects: good, shows: [65] },
    { resources: simple(winAnsi), objects: good, shows: [65] },
  ],
  'font-widths-missing': [
    { resources: simple(winAnsi.replace('[600]', '[600 600]')), objects: good, shows: [65] },
    { resources: simple(winAnsi), objects: good, shows: [65] },
  ],
  'font-program': [
    { resources: simple(winAnsi), objects: fontObjects(trueType([500, 600]).subarray(0, 90)), shows: [65] },
    { resources: simple(winAnsi), objects: good, shows: [65] },
  ],
  'font-glyph': [
    {
      resources: simple(winAnsi.replace('LastChar 65 /Widths [600]', 'LastChar 66 /Widths [600 500]')),
      objects: good,
      shows: [66],
    },
    { resources: simple(winAnsi), objects: good, shows: [65] },
  ],
  'font-width': [
    { resources: simple(winAnsi.replace('600', '602')), objects: good, shows: [65] },
    { resources: simple(winAnsi.replace('600', '601')), objects: good, shows: [65] },
  ],
  'font-encoding': [
    {
      resources: simple(winAnsi),
      objects: fontObjects(
        trueType(
          [500, 600],
          [
            [3, 0],
            [1, 0],
          ],
        ),
        4,
      ),
      shows: [65],
    },
    {
      resources: simple(whole),
      objects: fontObjects(
        trueType(
          [500, 600],
          [
            [3, 0],
            [1, 0],
          ],
        ),
        4,
      ),
      shows: [65],
    },
  ],
  'font-unicode': [
    {
      resources: simple(`${winAnsi} /ToUnicode 12 0 R`),
      objects: { ...good, 12: stream('1 beginbfchar <41> <0000> endbfchar') },
      shows: [65],
    },
    {
      resources: simple(`${winAnsi} /ToUnicode 12 0 R`),
      objects: { ...good, 12: stream('1 beginbfchar <41> <3042> endbfchar') },
      shows: [65],
    },
  ],
  'font-private': [
    {
      resources: simple(`${winAnsi} /ToUnicode 12 0 R`),
      objects: { ...good, 12: stream('1 beginbfchar <41> <E000> endbfchar') },
      shows: [65],
    },
    {
      resources: simple(`${winAnsi} /ToUnicode 12 0 R`),
      objects: { ...good, 12: stream('1 beginbfchar <42> <E000> endbfchar') },
      shows: [65],
    },
  ],
  'font-notdef': [
    {
      resources: composite('/Encoding /Identity-H', '/Subtype /CIDFontType2 /CIDToGIDMap /Identity /DW 500'),
      objects: good,
      shows: [0],
    },
    {
      resources: composite('/Encoding /Identity-H', '/Subtype /CIDFontType2 /CIDToGIDMap /Identity'),
      objects: good,
      shows: [1],
    },
  ],
  'font-collection': [
    { resources: composite('/Encoding /UniJIS-UTF16-H', '/Subtype /CIDFontType2'), objects: good, shown: ['<0041>'] },
    {
      resources: composite('/Encoding /UniJIS-UTF16-H', '/Subtype /CIDFontType2').replace('9', '5'),
      objects: good,
      shown: ['<0041>'],
    },
  ],
  'font-glyph-map': [
    {
      resources: composite('/Encoding /Identity-H', '/Subtype /CIDFontType2 /CIDToGIDMap /Other'),
      objects: good,
      shows: [1],
    },
    { resources: composite('/Encoding /Identity-H', '/Subtype /CIDFontType2'), objects: good, shows: [1] },
  ],
  'font-code-map': [
    { resources: composite('/Encoding /Mine-H', '/Subtype /CIDFontType2'), objects: good, shown: ['<0041>'] },
    { resources: composite('/Encoding /Identity-V', '/Subtype /CIDFontType2'), objects: good, shows: [1] },
  ],
  containment: [
    { kids: [element('L', [element('P')])] },
    {
      kids: [element('L', [element('NonStruct', [element('LI', [element('Lbl'), element('LBody', [element('L')])])])])],
    },
  ],
  'table-grid': [
    { kids: [element('Table', [row(cell('TD'), cell('TD')), row(cell('TD'))])] },
    { kids: [element('Table', [row(cell('TD'), cell('TD')), row(cell('TD', { ColSpan: 2 }))])] },
  ],
  headings: [{ kids: [element('H1'), element('H3')] }, { kids: [element('H1'), element('H2'), element('H1')] }],
  'table-headers': [
    { kids: [element('Table', [row(cell('TH'), cell('TD'))])] },
    { kids: [element('Table', [row(cell('TH', { Scope: 'Row' }), cell('TD'))])] },
  ],
  note: [{ kids: [element('Note', [], '')] }, { kids: [element('Note', [], 'a'), element('Note')] }],
  alternative: [{ kids: [element('Formula')], own: { alternative: undefined } }, { kids: [element('Formula')] }],
};

describe('an annex that was mended is looked at again', () => {
  test.each(Object.entries(cases))('%s', async (rule, [wrong, right]) => {
    expect(found(await made(wrong))).toContain(rule);
    expect(found(await made(right))).not.toContain(rule);
  });

  test('what slips through is told with its clause, its pages and what of them', async () => {
    const annex = await made({ resources: simple(winAnsi.replace('600', '650')), objects: good, shows: [65] });
    expect(prove(annex)).toEqual([
      {
        code: 'annex-nonconforming',
        severity: 'error',
        actual: '書体の中と違う字幅、1ページ、Some',
        expected: 'PDF/A-3 6.2.11.5',
      },
    ]);
  });

  test.each([
    [0x20, []],
    [0x21, ['font-glyph', 'font-notdef']],
    [0x41, []],
    [0x55, []],
    [0x60, ['font-glyph', 'font-notdef']],
  ])('code %i of a CMap of its own', async (code, rules) => {
    const map =
      'begincidrange <20> <40> 1 endcidrange begincidchar <41> 1 endcidchar beginnotdefrange <50> <5F> 1 endnotdefrange';
    const system = '/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 9 >>';
    const annex = await made({
      resources: composite('/Encoding 12 0 R', '/Subtype /CIDFontType2 /CIDToGIDMap /Identity'),
      objects: { ...good, 12: stream(map, `/Type /CMap ${system}`) },
      shows: [code],
      shown: [`<${code.toString(16)}>`],
    });
    expect(found(annex).filter((rule) => rule !== 'font-width')).toEqual(rules);
  });

  test('many marks within each other take no longer than side by side', async () => {
    const marks = `EMC ${'/Span BMC '.repeat(200_000)}`;
    expect(prove(await made({ content: `${marks}/Figure <</MCID 0>> BDC 0 0 1 1 re f EMC` }))).toEqual([]);
    expect(prove(await made({ content: `${marks}0 0 1 1 re f` }))).toMatchObject([{ expected: 'PDF/UA-1 7.1' }]);
  });

  test('what cannot be read is damaged', async () => {
    const broken = { 10: stream('no data', '/Subtype /Form /Filter /FlateDecode') };
    const annex = await made({ content: '/X Do', resources: '/XObject << /X 10 0 R >>', objects: broken });
    expect(prove(annex)).toMatchObject([{ code: 'annex-damaged', severity: 'error' }]);
  });

  test('a reading tells it, when nothing else is wrong', async () => {
    const annex = await made({ content: '/Figure <</MCID 0>> BDC 1 0 0 rg foo EMC' });
    const told = (...problems: Problem[]) =>
      proven({ annex, problems, mends: new Map() }).problems.map(({ code }) => code);
    expect(told({ code: 'annex-cmyk', severity: 'warning' })).toEqual(['annex-cmyk', 'annex-nonconforming']);
    expect(told({ code: 'annex-untagged', severity: 'error' })).toEqual(['annex-untagged']);
    expect((await readProven(Buffer.from(''), '図')).problems.map(({ code }) => code)).toEqual(['annex-damaged']);
  });
});
