import { deflateSync } from 'node:zlib';
import {
  byCid,
  byName,
  cmap,
  mac,
  serif,
  symbols,
  type Type1,
  trueType,
  type1,
  unicode,
  wideCmap,
  widths,
} from '../fonts/programs-made.ts';
import { type Objects, onePage, type Stream, stream } from '../pdf.ts';

// Annexes whose fonts and programs disagree, each in one way, and are mended.

const flate = (data: string | Uint8Array, entries = ''): Stream =>
  stream(deflateSync(data), `/Filter /FlateDecode ${entries}`);

export interface Shown {
  /** Object 30 */
  font: string;
  /** An operand of TJ. */
  text: string;
  objects: Objects;
  /** Text rendering mode */
  mode?: number;
}
export const page = ({ font, text, objects, mode = 0 }: Shown): Buffer =>
  onePage({
    content: `BT /F 40 Tf ${mode} Tr 10 200 Td [${text}] TJ 0 -60 Td [${text}] TJ ET`,
    resources: '/Font << /F 30 0 R >>',
    objects: { 30: font, ...objects },
  });

const descriptor = (entries: string) =>
  `<< /Type /FontDescriptor /FontName /Harbour /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 ${entries} >>`;

const textMap = (codes: [string, string][]): Stream =>
  flate(
    `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def 1 begincodespacerange <${'00'.repeat((codes[0]?.[0].length ?? 2) / 2)}> <${'FF'.repeat((codes[0]?.[0].length ?? 2) / 2)}> endcodespacerange ` +
      `${codes.length} beginbfchar ${codes.map(([code, text]) => `<${code}> <${text}>`).join(' ')} endbfchar endcmap end end`,
  );
const abc: [string, string][] = [
  ['41', '0041'],
  ['42', '0042'],
  ['43', '0043'],
  ['20', '0020'],
  ['00', '0041'],
  ['44', '0020'],
  ['01', '0041'],
  ['02', '0042'],
  ['03', '0043'],
];

/** What differs from a font that is right. */
interface Simple {
  flags: number;
  entries: string;
  wide: number[];
  first: number;
  last: number;
  key: string;
  subtype: string;
  text: string;
  /** Entries of the program's stream. */
  of: string;
  mode: number;
}

/** A simple TrueType font whose codes are those of A, B, C, as wide as they are. */
export function simple(program: Uint8Array, different: Partial<Simple> = {}): Shown {
  const usual = {
    flags: 32,
    entries: '/Encoding /WinAnsiEncoding',
    wide: widths.slice(1, 4),
    first: 65,
    of: '',
    mode: 0,
  };
  const written = { ...usual, key: '/FontFile2 32 0 R', subtype: 'TrueType', text: '(ABC)', ...different };
  const { flags, entries, wide, first, key, subtype, text, of, mode } = written;
  const last = different.last ?? first + wide.length - 1;
  return {
    font: `<< /Type /Font /Subtype /${subtype} /BaseFont /Harbour /FirstChar ${first} /LastChar ${last} /Widths [${wide.join(' ')}] /FontDescriptor 31 0 R /ToUnicode 33 0 R ${entries} >>`,
    text,
    mode,
    objects: { 31: descriptor(`/Flags ${flags} ${key}`), 32: flate(program, of), 33: textMap(abc) },
  };
}

/** A composite font of the same glyphs by their numbers. */
export function composite(
  program: Uint8Array,
  {
    w = '1 [667 667 722]',
    entries = '/CIDToGIDMap /Identity',
    kind = 'CIDFontType2',
    key = '/FontFile2 32 0 R',
    text = '<000100020003>',
    encoding = '/Identity-H',
    of = '',
    more = {} as Objects,
    mode = 0,
    system = '(Identity)',
  } = {},
): Shown {
  const codes = ['0001', '0002', '0003', '0000', '0009', '0004', '0064', '0065', '0066', '00c8'];
  return {
    font: `<< /Type /Font /Subtype /Type0 /BaseFont /Harbour /Encoding ${encoding} /ToUnicode 33 0 R /DescendantFonts [<< /Type /Font /Subtype /${kind} /BaseFont /Harbour /CIDSystemInfo << /Registry (Adobe) /Ordering ${system} /Supplement 0 >> /FontDescriptor 31 0 R /W [${w}] ${entries} >>] >>`,
    text,
    mode,
    objects: {
      31: descriptor(`/Flags 4 ${key}`),
      32: flate(program, of),
      33: textMap(codes.map((code, index) => [code, `00${(65 + index).toString(16)}`])),
      ...more,
    },
  };
}

const cff = { key: '/FontFile3 32 0 R', of: '/Subtype /Type1C', subtype: 'Type1' };
const cidCff = { key: '/FontFile3 32 0 R', of: '/Subtype /CIDFontType0C', kind: 'CIDFontType0', entries: '' };
const serifWidths = [722, 667, 667];
const boxes = (options: Type1, more: Partial<Simple> = {}) =>
  simple(type1(options), { key: '/FontFile 32 0 R', subtype: 'Type1', wide: [600, 400], text: '(AB)', ...more });
const difference = (names: string) =>
  `/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [${names}] >>`;
const plain = trueType([unicode, mac]);
const bare = (cmaps = [unicode, mac]) => trueType(cmaps, { isBare: true });
const system = (ordering: string) => `/CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 0 >>`;
const codes = (mode: number, entries = `/WMode ${mode} ${system('Identity')}`) =>
  flate(
    `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /C def /CMapType 1 def /WMode ${mode} def ` +
      '2 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange 1 begincidrange <41> <42> 1 endcidrange 1 begincidchar <8001> 3 endcidchar endcmap end end',
    `/Type /CMap /CMapName /C ${entries}`,
  );
const twice = Buffer.from([0, 0, 0, 1, 0, 1, 0, 3]);

/** CFF with a map that leads from codes 1, 2, 3 and 9, which may be more than there are glyphs, to what `map` says. */
const mapped = (map: number[], kind = 'CIDFontType2') => ({
  ...cidCff,
  kind,
  entries: '/CIDToGIDMap 34 0 R',
  more: { 34: flate(Buffer.from([0, ...map.slice(0, 3), 0, 0, 0, 0, 0, map[3] ?? 0].flatMap((glyph) => [0, glyph]))) },
  text: '<0001000200030009>',
  w: '1 [667 722 700] 9 [667]',
});

export const shown: Record<string, Shown> = {
  'widths of a TrueType font': simple(plain, { wide: [700, 600, 722] }),
  'no Widths': { ...simple(plain), font: simple(plain).font.replace(/\/FirstChar.*?\]/, '') },
  'LastChar beyond Widths': simple(plain, { last: 200 }),
  'no name': { ...simple(plain), font: simple(plain).font.replace('/BaseFont /Harbour', '') },
  'two widths of one glyph': simple(trueType([cmap(1, 0, { 65: 1, 66: 1, 67: 3 })]), {
    flags: 4,
    entries: '',
    wide: [667, 900, 722],
  }),
  'symbolic with Encoding': simple(plain, { flags: 4 }),
  'symbolic, two tables and none of symbols': simple(plain, { flags: 4, entries: '' }),
  'neither symbolic nor not, without Encoding': simple(trueType([symbols]), { flags: 0, entries: '' }),
  'not symbolic, a table of symbols alone': simple(trueType([symbols])),
  'not symbolic, no Encoding': simple(plain, { entries: '' }),
  'names that nobody lists': simple(plain, {
    entries: difference('65 /A /B /g17').replace('/BaseEncoding /WinAnsiEncoding', ''),
  }),
  'no cmap': simple(trueType([]), { entries: '', flags: 4, first: 1, text: '<010203>' }),
  'cmap of format 12': simple(trueType([], { change: (tables) => tables.set('cmap', wideCmap()) })),
  'post that ends early': simple(
    trueType([unicode], {
      change: (tables) => tables.set('post', Buffer.concat([Buffer.of(0, 2, 0, 0), Buffer.alloc(28), Buffer.of(0, 6)])),
    }),
  ),
  'code 0 of a symbolic font': simple(trueType([cmap(1, 0, { 0: 1, 66: 2 })]), {
    flags: 4,
    entries: '',
    first: 0,
    wide: [667],
    text: '<00>',
  }),
  'a code without a glyph, which draws nothing': simple(bare(), { text: '(ABD)', wide: [667, 667, 722, 300] }),
  'a code without a glyph in text that is not seen': simple(plain, {
    text: '(ABD)',
    wide: [667, 667, 722, 300],
    mode: 3,
  }),
  'a TrueType program that is called Type 1': simple(plain, { subtype: 'Type1' }),
  'a TrueType program under the key of CFF': simple(plain, { key: '/FontFile3 32 0 R' }),

  'widths of a CFF font': simple(serif, { ...cff, wide: [800, 667, 500] }),
  'CFF under the key of Type 1': simple(serif, { ...cff, wide: serifWidths, key: '/FontFile 32 0 R', of: '' }),
  'CFF of another subtype': simple(serif, { ...cff, wide: serifWidths, of: '/Subtype /CIDFontType0C' }),
  'CFF that is called TrueType': simple(serif, { ...cff, wide: serifWidths, subtype: 'TrueType' }),
  'a name that CFF has no glyph for': simple(serif, { ...cff, wide: serifWidths, entries: difference('66 /nothing') }),
  'one name of CFF, two widths': simple(serif, { ...cff, wide: [722, 800, 667], entries: difference('66 /A') }),

  'CFF in the encoding of expert fonts': simple(byName(['Asmall', 'Bsmall'], 1), {
    ...cff,
    flags: 4,
    entries: '/Encoding << /Differences [] >>',
    wide: serifWidths.slice(0, 2),
    first: 97,
    text: '(ab)',
  }),

  'widths of a Type 1 font': boxes({}, { wide: [650, 390] }),
  'a Type 1 file with segments': boxes({ isPfb: true }),
  'Type 1 in hexadecimal': boxes({ isHex: true }),
  'Type 1 that is not encrypted inside': boxes({ lenIV: -1 }),
  'Type 1 without the missing glyph': boxes({ lenIV: -1, glyphs: ['A', 'B'] }),
  'a Type 1 glyph without a name': boxes({ glyphs: ['.notdef', 'A', '', 'B'] }, { wide: [600, 390] }),
  'a name that Type 1 has no glyph for': boxes({}, { text: '(ABC)', wide: [600, 400, 333] }),

  'widths of a composite font': composite(plain, { w: '1 [600 667] 3 3 700' }),
  'no W': composite(plain, { w: '', entries: '/CIDToGIDMap /Identity /DW 700' }),
  'a composite font with a cmap that is cut off': composite(
    trueType([], { change: (tables) => tables.set('cmap', Buffer.of(0, 0, 0, 1)) }),
  ),
  'CID 0, which draws nothing': composite(bare(), { text: '<000100000003>', w: '0 [365 667 667 722]' }),
  'CID 0 in vertical text': composite(bare(), {
    text: '<000100000003>',
    w: '0 [365 667 667 722]',
    encoding: '/Identity-V',
  }),
  'a CID beyond the glyphs': composite(plain, { text: '<000100090003>', w: '1 [667 667 722] 9 [500]' }),
  'two CIDs of one glyph': composite(plain, {
    w: '1 [667 900 722]',
    entries: '/CIDToGIDMap 34 0 R',
    more: { 34: flate(twice) },
  }),
  'CFF that is called TrueType, with a map': composite(byName(['A', 'B', 'C'], 0), mapped([2, 1, 2, 3])),
  'CFF by names with a map': composite(byName(['A', 'B', 'C'], 0), mapped([2, 1, 2, 3], 'CIDFontType0')),
  'CFF by CIDs that is called TrueType, with a map': composite(byCid(), mapped([101, 100, 101, 102])),
  'a TrueType program that is called CFF': composite(plain, { kind: 'CIDFontType0', entries: '' }),
  'a CMap of another collection': composite(plain, {
    text: '<41428001>',
    encoding: '35 0 R',
    more: { 35: codes(0, `/WMode 0 ${system('Japan1')}`), 33: textMap([['41', '0041']]) },
  }),
  'a CMap that tells another direction': composite(plain, {
    text: '<41428001>',
    encoding: '35 0 R',
    more: { 35: codes(0, `/WMode 1 ${system('Identity')}`), 33: textMap([['41', '0041']]) },
  }),
  'a CMap without a collection': composite(plain, {
    text: '<41428001>',
    encoding: '35 0 R',
    more: { 35: codes(0, ''), 33: textMap([['41', '0041']]) },
  }),

  'widths of CFF by CIDs': composite(byCid(), { ...cidCff, text: '<006400650066>', w: '100 [800 667 500]' }),
  'a CID that CFF has no glyph for': composite(byCid(), {
    ...cidCff,
    text: '<006400c80066>',
    w: '100 [722 667 667] 200 [500]',
  }),
  'CID 0 of CFF by CIDs': composite(byCid(), { ...cidCff, text: '<006400000066>', w: '0 [250] 100 [722 667 667]' }),
  'a letter in the place of what CFF misses': composite(byCid('C'), {
    ...cidCff,
    text: '<006400000065>',
    w: '0 [667] 100 [722 667]',
  }),
  'dictionaries that do not say that they are fonts': {
    ...composite(plain),
    font: composite(plain).font.replaceAll('/Type /Font /', '/'),
  },
  'CFF by names in a composite font': composite(serif, { ...cidCff, text: '<000100020003>', w: '1 [500 600 700]' }),
  'CFF by CIDs under another key': composite(byCid(), {
    ...cidCff,
    key: '/FontFile2 32 0 R',
    text: '<006400650066>',
    w: '100 [722 667 667]',
  }),

  ...Object.fromEntries(
    Object.entries({
      'widths of a Type 3 font': ['600 0 0 0 500 500 d1 0 0 500 500 re f', '/a', '[500]'],
      'a Type 3 procedure with a comment': ['% a box\n500 0 0 0 500 500 d1 0 0 500 500 re f', '/a', '[500]'],
      'a Type 3 procedure called .notdef': ['500 0 0 0 500 500 d1 0 0 500 500 re f', '/.notdef', '[500]'],
      'a Type 3 code without a procedure': ['500 0 0 0 500 500 d1 0 0 500 500 re f', '/b', '[500]'],
    }).map(([name, [procedure = '', glyph, wide]]) => [
      name,
      {
        font: `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 65 /LastChar 65 /Widths ${wide} /Encoding << /Type /Encoding /Differences [65 ${glyph}] >> /CharProcs << ${glyph === '/b' ? '/a' : glyph} 32 0 R >> /Resources << >> /ToUnicode 33 0 R >>`,
        text: '(AA)',
        objects: { 32: flate(procedure), 33: textMap(abc) },
      },
    ]),
  ),
};

/** By name, what is to be judged by veraPDF after it was merged. */
export const made: Record<string, () => Uint8Array> = Object.fromEntries(
  Object.entries(shown).map(([name, of]) => [name, () => page(of)]),
);
