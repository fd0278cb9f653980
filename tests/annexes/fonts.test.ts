import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  accepted,
  at,
  dataOf,
  merged,
  type Objects,
  ofPage,
  onePage,
  problemsOf,
  shown,
  stream,
  tagged,
} from './pdf.ts';

// One font that shows one text: what is told of it, and what others then read (ISO 19005-3, 6.2.11).

const program = { 31: stream('') };
const descriptor = (entries = '/Flags 32 /FontFile 31 0 R') => `/FontDescriptor << /Type /FontDescriptor ${entries} >>`;
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
const map = (lines: string, entries = '') => ({ 40: stream(`1 beginbfchar ${lines} endbfchar`, entries) });

/** Codes and texts of the map that the font has in the document; undefined: none. */
async function mapOf(font: string, text: string, objects?: Objects): Promise<string | undefined> {
  const result = await merged(onePage(page(font, text, objects)), '図');
  const found = ofPage(result, 'Resources/Font/F/ToUnicode');
  if (!found) return undefined;
  return /beginbfchar (.*) endbfchar/.exec(dataOf(result.document, found))?.[1] ?? '';
}

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
    expect(await told(font, '(A)')).toEqual(expected);
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
    [
      'code 0 of two bytes',
      composite(identity, '(Adobe) (Japan1)'),
      '<00010000>',
      ['error annex-missing-glyph Harbour(1ページ)'],
    ],
    ['bytes of 0 in other codes', composite(identity, '(Adobe) (Japan1)'), '<01000001>', []],
    ['code 0 of a simple font', simple(`/Encoding /WinAnsiEncoding ${descriptor()}`), '<00>', []],
    ['codes of unknown width', composite('/Encoding /90ms-RKSJ-H', '(Adobe) (Japan1)'), '<0000>', []],
  ])('%s', async (_, font, text, expected) => {
    expect(await told(font, text)).toEqual(expected);
  });
});

describe('text that nobody can read', () => {
  const unknown = simple(`/Encoding << /Differences [65 /g1] >> ${descriptor()}`);
  test('in tags: an error; in a figure, whose 代替テキスト speaks: a warning', async () => {
    expect(await told(unknown, '(A)')).toEqual(['error annex-font-without-unicode Harbour(1ページ)']);
    expect(await problemsOf(onePage(page(unknown, '(A)')), '図')).toEqual([
      'warning annex-text-unreadable Harbour(1ページ)',
    ]);
  });

  const refused = ['error annex-font-without-unicode Harbour(1ページ)'];
  const symbolic = descriptor('/Flags 4 /FontFile2 31 0 R');
  test.each<[string, string, string[]]>([
    ['a standard encoding', simple(`/Encoding /WinAnsiEncoding ${symbolic}`, 'TrueType'), []],
    [
      'an encoding without differences',
      simple(`/Encoding << /BaseEncoding /MacRomanEncoding >> ${symbolic}`, 'TrueType'),
      [],
    ],
    ['TrueType of letters', simple(descriptor('/Flags 32 /FontFile2 31 0 R'), 'TrueType'), []],
    ['TrueType of symbols', simple(symbolic, 'TrueType'), refused],
    ['TrueType of symbols, among other flags', simple(descriptor('/Flags 70 /FontFile2 31 0 R'), 'TrueType'), refused],
    ['TrueType without flags', simple(descriptor('/FontFile2 31 0 R'), 'TrueType'), []],
    ['Type 1 of symbols', simple(descriptor('/Flags 4 /FontFile 31 0 R')), []],
    ['drawn by operators, without names', simple('', 'Type3'), refused],
    ['names of the standard list', simple(`/Encoding << /Differences [65 /Aacute] >> ${descriptor()}`), []],
    ['a code without a name beside them', simple(`/Encoding << /Differences [66 /B] >> ${descriptor()}`), []],
    ['a name of no list', unknown, refused],
    ['another name of no list', simple(`/Encoding << /Differences [66 /g1] >> ${descriptor()}`), refused],
    ...['GB1', 'CNS1', 'Japan1', 'Korea1', 'KR'].map((ordering): [string, string, string[]] => [
      `the characters of ${ordering}`,
      composite(identity, `(Adobe) (${ordering})`),
      [],
    ]),
    ['characters of its own', composite(identity), refused],
    ['characters of its own, downwards', composite('/Encoding /Identity-V'), refused],
    ["another's characters", composite(identity, '(Other) (Japan1)'), refused],
    ['no characters', composite(identity, ''), refused],
    ['codes of unknown width', composite('/Encoding /90ms-RKSJ-H'), []],
    ['codes of unknown width, alike by name', composite('/Encoding /XIdentity-H'), []],
    ['codes of unknown width, alike by name too', composite('/Encoding /Identity-HX'), []],
  ])('%s', async (_, font, expected) => {
    expect(await told(font, '<4141>')).toEqual(expected);
  });

  test('code 0 of a simple font is told by a map: some take it for what is missing', async () => {
    expect(await mapOf(simple(`/Encoding << /Differences [0 /A 1 /B] >> ${descriptor()}`), '<0001>')).toBe(
      '<00> <0041> <01> <0042>',
    );
  });
});

describe('a map that is there', () => {
  const font = (encoding = '') => simple(`/ToUnicode 40 0 R ${encoding} ${descriptor()}`);
  const named = '/Encoding << /Differences [65 /Alpha /Beta] >>';
  const refused = ['error annex-font-without-unicode Harbour(1ページ)'];
  test.each<[string, string, Objects, string[], string | undefined]>([
    ['tells all', font(), map('<41> <0041> <42> <0042> <43> <0043>'), [], '<41> <0041> <42> <0042> <43> <0043>'],
    ['lacks a code whose glyph has a name', font(named), map('<41> <0041>'), [], '<41> <0041> <42> <0392>'],
    ['lacks a code', font(), map('<41> <0041>'), refused, '<41> <0041> <42> <FFFD>'],
    [
      'lacks a code, in a standard encoding',
      font('/Encoding /WinAnsiEncoding'),
      map('<41> <0041>'),
      refused,
      '<41> <0041> <42> <FFFD>',
    ],
    ['gives nothing for a code', font(named), map('<41> <> <42> <0042>'), [], '<41> <0391> <42> <0042>'],
    ...['E000', 'F8FF', 'DB80DC00', '0000', 'FFFE', 'FEFF', '0041E001'].map(
      (text): [string, string, Objects, string[], string] => [
        `gives ${text}, which is no text`,
        font(named),
        map(`<41> <${text}> <42> <0042>`),
        [],
        '<41> <0391> <42> <0042>',
      ],
    ),
    ...['D7FF', 'F900', '3000'].map((text): [string, string, Objects, string[], string] => [
      `gives ${text}, which is`,
      font(named),
      map(`<41> <${text}> <42> <0042>`),
      [],
      `<41> <${text}> <42> <0042>`,
    ]),
    ['is no stream', font('/Encoding /WinAnsiEncoding'), { 40: '/Identity-H' }, [], ''],
  ])('%s', async (_, font, objects, expected, written) => {
    expect(await told(font, '(BA)', objects)).toEqual(expected);
    expect(await mapOf(font, '(BA)', objects)).toBe(written);
  });

  test('of a composite font counts for its characters', async () => {
    const both = composite(`${identity} /ToUnicode 40 0 R`, '(Adobe) (Japan1)');
    expect(await told(both, '<0041>', map('<0041> <6E2F>'))).toEqual([]);
    expect(await told(both, '<0042>', map('<0041> <6E2F>'))).toEqual(refused);
    expect(await mapOf(both, '<00420041>', map('<0041> <6E2F>'))).toBe('<0041> <6E2F> <0042> <FFFD>');
  });

  test('is what others read in the document', async () => {
    const result = await merged(onePage(page(font(named), '(AB)', map('<41> <6E2F>'))), '図');
    expect(String(at(result.document, 'Type', ofPage(result, 'Resources/Font/F')))).toBe('/Font');
    const text = await shown(result, async (pdf) => (await (await pdf.getPage(2)).getTextContent()).items);
    expect(text.map((item) => ('str' in item ? item.str : '')).join('')).toBe('港Β');
  });
});

describe('glyphs by their names', () => {
  /** What a glyph of that name is read as beside one at code 0, which makes the map necessary. */
  const read = async (names: string[]) => {
    const font = simple(
      `/Encoding << /Differences [0 /A ${names.map((name) => `/${name}`).join(' ')}] >> ${descriptor()}`,
    );
    const codes = names.map((_, index) => (index + 1).toString(16).padStart(2, '0'));
    const [, ...found] = (await mapOf(font, `<00${codes.join('')}>`))?.matchAll(/<..> <([0-9A-F]+)>/g) ?? [];
    return found.map(([, hex = '']) => Buffer.from(hex, 'hex').swap16().toString('utf16le'));
  };
  const unknown = '\ufffd';
  const table: Record<string, string> = {
    A: 'A',
    eacute: 'é',
    Euro: '€',
    quoteright: '’',
    fi: 'fi',
    fl: 'fl',
    ff: 'ff',
    ffi: 'ffi',
    ffl: 'ffl',
    dotlessj: 'ȷ',
    alpha: 'α',
    Sigma: 'Σ',
    hyphen: '-',
    fraction: '⁄',
    mu: 'µ',
    Ydieresis: 'Ÿ',
    summation: '∑',
    space: ' ',
    a100: unknown,
    // Letters with accents that the lists lack, in one sign where there is one.
    racute: 'ŕ',
    gbreve: 'ğ',
    Zcaron: 'Ž',
    ccaron: 'č',
    '.notdef': unknown,
    ytilde: 'ỹ',
    scedilla: 'ş',
    wcircumflex: 'ŵ',
    kcommaaccent: 'k\u0326',
    ydieresis: 'ÿ',
    zdotaccent: 'ż',
    xgrave: 'x\u0300',
    xgrave1: unknown,
    ohungarumlaut: 'ő',
    amacron: 'ā',
    aogonek: 'ą',
    uring: 'ů',
    ntilde: 'ñ',
    dcaronx: unknown,
    Abwater: unknown,
    AAcaron: unknown,
    xtoString: unknown,
    // By number.
    uni6E2F: '港',
    u6E2F: '港',
    u20BB7: '𠮷',
    u10FFFF: '\u{10ffff}',
    uni006E: 'n',
    u006E: 'n',
    uniD800: unknown,
    uniDFFF: unknown,
    uniE000: unknown,
    uniD7FF: '\ud7ff',
    uni0000: unknown,
    u110000: unknown,
    uF0000: unknown,
    uni6e2f: unknown,
    uni6E2: unknown,
    uni6E2F00: unknown,
    u6E2: unknown,
    u1234567: unknown,
    xuni6E2F: unknown,
    // As TeX names them, with sizes and parts.
    angbracketleft: '⟨',
    angbracketright: '⟩',
    vextendsingle: '|',
    vextenddouble: '‖',
    contintegral: '∮',
    coproduct: '∐',
    mapsto: '↦',
    owner: '∋',
    prime: '′',
    vector: '\u20d7',
    tie: '\u0361',
    visiblespace: '␣',
    hyphenchar: '-',
    polishlcross: '\u0337',
    epsilon1: 'ϵ',
    rho1: 'ϱ',
    lscript: 'ℓ',
    slurabove: '⌒',
    slurbelow: '⌣',
    star: '⋆',
    period: '.',
    comma: ',',
    parenleftbig: '(',
    parenleftBig: '(',
    parenleftbigg: '(',
    parenleftBigg: '(',
    summationdisplay: '∑',
    summationtext: '∑',
    radicalbt: '√',
    radicaltp: '√',
    radicalex: '√',
    hatwide: unknown,
    tildewide: '˜',
    slashbig: '/',
    angbracketleftBigg: '⟨',
    parenleftbigtp: '(',
    parenleftbigtpex: unknown,
    commaleft: ',',
    commaright: ',',
    commamid: ',',
    commawider: ',',
    commawidest: ',',
    commabigx: unknown,
    g12: unknown,
    toString: unknown,
    constructor: unknown,
    hasOwnProperty: unknown,
    bracelefttp: '{',
  };
  const names = Object.keys(table);
  test('each', async () => {
    const found = await read(names);
    expect(Object.fromEntries(names.map((name, index) => [name, found[index]]))).toEqual(table);
  });

  test('names run on from a number', async () => {
    const font = simple(`/Encoding << /Differences [0 /A 65 /B (x) /C 70 /D 5 6 /E] >> ${descriptor()}`);
    expect(await mapOf(font, '<0041424606>')).toBe('<00> <0041> <06> <0045> <41> <0042> <42> <0043> <46> <0044>');
  });

  test('names that all readers know need no map', async () => {
    expect(
      await mapOf(simple(`/Encoding << /Differences [65 /Aacute /.notdef] >> ${descriptor()}`), '(A)'),
    ).toBeUndefined();
  });

  test('one that some do not know needs it for all', async () => {
    const font = simple(`/Encoding << /Differences [65 /Aacute /angbracketleft] >> ${descriptor()}`);
    expect(await mapOf(font, '(A)')).toBe('<41> <00C1>');
  });

  describe('in the program of Type 1', () => {
    const clear = 'dup 65 /angbracketleft put\ndup  66/rho1  put dup 67 /C pux dup 300 /mapsto put ';
    const of = async (length: number | string, text: string, encoding = '') => {
      const font = simple(`${encoding} ${descriptor()}`);
      const objects = { 31: stream(`${clear}dup 65 /B put`, length === '' ? '' : `/Length1 ${length}`) };
      return mapOf(font, text, objects);
    };
    test('the clear part tells', async () => {
      expect(await of(clear.length, '(AB)')).toBe('<41> <27E8> <42> <03F1>');
    });
    test('its check sum may be missing', async () => {
      const data = deflateSync(clear).subarray(0, -4);
      const objects = { 31: stream(data, `/Filter /FlateDecode /Length1 ${clear.length}`) };
      expect(await mapOf(simple(descriptor()), '(A)', objects)).toBe('<41> <27E8>');
    });
    test('what is behind it does not', async () => {
      expect(await of(clear.length, '(C)')).toBe('<43> <FFFD>');
      expect(await of('', '(A)')).toBeUndefined();
    });
    test('the names of the encoding stand above it', async () => {
      expect(await of(clear.length, '(AB)', '/Encoding << /Differences [66 /mapsto] >>')).toBe(
        '<41> <27E8> <42> <21A6>',
      );
    });
    test('a standard encoding stands for all', async () => {
      expect(await of(clear.length, '(AB)', '/Encoding /WinAnsiEncoding')).toBeUndefined();
    });
  });
});

test('a font that shows nothing is not looked into', async () => {
  const bytes = onePage({ resources: `/Font << /F ${simple('')} >>` });
  expect((await accepted(bytes, '図')).told).toEqual([]);
});
