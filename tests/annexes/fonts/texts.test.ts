import { describe, expect, test } from 'vitest';
import { type Objects, onePage, problemsOf, stream, tagged } from '../pdf.ts';
import {
  composite,
  descriptor,
  differences,
  dingbats,
  drawn,
  map,
  mapOf,
  page,
  readOf,
  serif,
  simple,
  subset,
} from './fonts.ts';
import { type Cmap, cmap, symbols, trueType, unicode } from './programs-made.ts';

// What the codes of a font mean, where its own map does not tell (ISO 19005-3, 6.2.11.7; ISO 14289-1, 7.21.7).

const told = (font: string, text: string, objects: Objects) => problemsOf(tagged('P[0]', page(font, text, objects)));
const refused = ['error annex-font-without-unicode Harbour(1ページ)'];
const identity = '/Encoding /Identity-H';

describe('what needs no map', () => {
  test.each<[string, string, string, Objects]>([
    ['a standard encoding', simple(`/Encoding /WinAnsiEncoding ${descriptor()}`), '(Aa)', serif],
    ['its signs above ASCII', simple(`/Encoding /WinAnsiEncoding ${descriptor()}`), '<E480>', serif],
    ['a base encoding', simple(`/Encoding << /BaseEncoding /MacRomanEncoding >> ${descriptor()}`), '<8A>', serif],
    ['names of the standard list', simple(`${differences('/Aacute /hyphen')} ${descriptor()}`), '(AB)', serif],
    ...['GB1', 'CNS1', 'Japan1', 'Korea1', 'KR'].map((ordering): [string, string, string, Objects] => [
      `a character of ${ordering}`,
      composite(identity, ordering),
      '<0003>',
      subset('港の町'),
    ]),
  ])('%s', async (_, font, text, objects) => {
    expect(await told(font, text, objects)).toEqual([]);
    expect(await mapOf(font, text, objects)).toBeUndefined();
  });
});

describe('what is derived', () => {
  const symbolic = descriptor('/Flags 4 /FontFile3 31 0 R');
  test.each<[string, string, string, Objects, Record<string, string>]>([
    ['an encoding of the program', simple(descriptor()), '(Az)', serif, { 41: 'A', '7A': 'z' }],
    ['signs of the program', simple(symbolic).replace('Harbour', 'ZapfDingbats'), '<21>', dingbats, { 21: '✁' }],
    [
      'no glyph by the encoding',
      simple(`/Encoding /WinAnsiEncoding ${descriptor()}`),
      '<41810A>',
      serif,
      {
        41: 'A',
        '0A': '\ufffd',
        81: '•',
      },
    ],
    [
      'no glyph, which neither the map nor the encoding tells',
      simple(`/ToUnicode 40 0 R ${symbolic}`),
      '<41E0>',
      { ...serif, ...map('<41> <0061>') },
      { 41: 'a', E0: 'à' },
    ],
    [
      'numbers',
      simple(`${differences('/uni6E2F /u20BB7 /uni30663099')} ${descriptor()}`),
      '(ABC)',
      serif,
      {
        41: '港',
        42: '𠮷',
        43: 'て\u3099',
      },
    ],
    [
      'parts and variants',
      simple(`${differences('/f_f_i /one.oldstyle /T_h.alt /A.')} ${descriptor()}`),
      '(ABCD)',
      serif,
      {
        41: 'ﬃ',
        42: '1',
        43: 'Th',
        44: 'A',
      },
    ],
    [
      "TeX's names",
      simple(`${differences('/mapsto /rho1 /summationdisplay /angbracketleft')} ${descriptor()}`),
      '(ABCD)',
      serif,
      {
        41: '↦',
        42: 'ϱ',
        43: '∑',
        44: '〈',
      },
    ],
    ['numbers in names', drawn(differences('/G41 /C66 /c67')), '(ABC)', {}, { 41: 'A', 42: 'B', 43: 'C' }],
    [
      'small capitals, old figures, parts of signs',
      simple(`${differences('/Asmall /oneoldstyle /bracelefttp /apple')} ${descriptor()}`),
      '(ABCD)',
      serif,
      {
        41: 'a',
        42: '1',
        43: '⎧',
        44: '\ufffd',
      },
    ],
    [
      'characters by a CMap of one and two bytes',
      composite('/Encoding /90ms-RKSJ-H', 'Japan1'),
      '<41 8D60 B1>',
      subset('港'),
      {
        41: 'A',
        B1: 'ｱ',
        '8D60': '港',
      },
    ],
    [
      'characters by a CMap of UTF-16',
      composite('/Encoding /UniJIS-UTF16-H', 'Japan1'),
      '<6E2F D842DFB7>',
      subset('港'),
      {
        '6E2F': '港',
        D842DFB7: '𠮷',
      },
    ],
    [
      'characters by a CMap of its own, of three bytes and one',
      composite('/Encoding 41 0 R', 'Japan1'),
      '<A1A141 20>',
      {
        ...subset('港'),
        41: stream(
          '1 begincodespacerange <20> <7E> endcodespacerange 1 begincodespacerange <A1A141> <A1A142> endcodespacerange ' +
            '1 begincidrange <20> <7E> 1 endcidrange 1 begincidchar <A1A141> 843 endcidchar',
          '/Type /CMap /CMapName /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 0 >>',
        ),
      },
      { 20: ' ', A1A141: 'あ' },
    ],
    ['identity, by name', composite(`${identity} /ToUnicode /Identity-H`), '<6E2F>', subset('港'), { '6E2F': '港' }],
    [
      'what it goes on in',
      composite(`${identity} /ToUnicode 40 0 R`),
      '<0001000F>',
      {
        ...subset('港'),
        40: stream('/Adobe-Japan1-UCS2 usecmap 1 beginbfchar <0001> <6E2F> endbfchar'),
      },
      { '0001': '港', '000F': '.' },
    ],
  ])('%s', async (_, font, text, objects, expected) => {
    expect(await mapOf(font, text, objects)).toEqual(expected);
  });
});

describe('codes that nothing names, of a TrueType program', () => {
  const font = (name = 'Harbour') =>
    simple(descriptor('/Flags 4 /FontFile2 31 0 R'), 'TrueType').replace('Harbour', name);
  const numbered = cmap(1, 0, { 65: 2, 66: 4 });
  /** Names of the glyphs of the subset. */
  const named = (names: string[]) => (tables: Map<string, Buffer>) => {
    const indices = Buffer.from(names.flatMap((_, index) => [(258 + index) >> 8, (258 + index) & 255]));
    const strings = names.map((name) => Buffer.concat([Buffer.of(name.length), Buffer.from(name)]));
    const head = Buffer.alloc(34);
    head.writeUInt32BE(0x20000, 0);
    head.writeUInt16BE(names.length, 32);
    tables.set('post', Buffer.concat([head, indices, ...strings]));
  };
  const wingdings = cmap(3, 0, { 61607: 1 });
  test.each<[string, string, string, Buffer, Record<string, string>]>([
    ['its map from characters', font(), '(AB)', trueType([numbered, unicode]), { 41: 'B', 42: ' ' }],
    [
      'the names of its glyphs, and a blank',
      font(),
      '(AB)',
      trueType([numbered], { change: named(['.notdef', 'x', 'uni6E2F', 'C', 'g4', 'i']) }),
      { 41: '港', 42: ' ' },
    ],
    ['signs of a font of signs', font('Wingdings'), '<A7>', trueType([wingdings]), { A7: '▪' }],
  ])('tells %s', async (_, written, text, program, expected) => {
    const objects = { 31: stream(program) };
    expect(await told(written, text, objects)).toEqual([]);
    expect(await mapOf(written, text, objects)).toEqual(expected);
  });

  test.each<[string, Cmap[], string?]>([
    ['numbers alone', [numbered]],
    ['symbols of no font that is known', [symbols]],
    ['names that are the numbers of glyphs', [cmap(1, 0, { 66: 2 })], differences('/g0002', 66)],
  ])('tells nothing: %s', async (_, cmaps, names = '') => {
    const objects = { 31: stream(trueType(cmaps, { change: (tables) => tables.delete('post') })) };
    const written = font().replace('/FontDescriptor', `${names} /FontDescriptor`);
    if (names !== '') {
      expect(await told(written, '(B)', objects)).toEqual(refused);
      return;
    }
    expect(await told(written, '(A)', objects)).toEqual(refused);
    const bytes = onePage(page(written, '(A)', objects));
    expect(await problemsOf(bytes, '図')).toEqual(['warning annex-text-unreadable Harbour(1ページ)']);
    expect(await readOf(bytes)).toBe('A');
  });
});

describe('a map that is there', () => {
  const own = (encoding = '/Encoding /WinAnsiEncoding') => simple(`/ToUnicode 40 0 R ${encoding} ${descriptor()}`);
  const named = differences('/Alpha /Beta');
  test.each<[string, string, string, Record<string, string> | undefined]>([
    ['tells all', own(), '<41> <0061>\n<42> <0062>', { 41: 'a', 42: 'b' }],
    ['lacks what the encoding tells', own(), '<41> <0061>', { 41: 'a' }],
    [
      'lacks a code whose glyph has a name of no list',
      own(differences('/Alpha /beta.alt')),
      '<41> <0061>',
      { 41: 'a', 42: 'β' },
    ],
    ['gives nothing for a code', own(named), '<41> <>\n<42> <0042>', { 41: 'Α', 42: 'B' }],
    ...['E000', 'F8FF', 'DB80DC00', '0000', 'FFFE', 'FEFF', '0041E001', 'D842', '0000DFB7'].map(
      (text): [string, string, string, Record<string, string>] => [
        `gives ${text}, which is no text`,
        own(named),
        `<41> <${text}>\n<42> <0042>`,
        { 41: 'Α', 42: 'B' },
      ],
    ),
    ...['D7FF', 'F900', '3000', '00AD'].map((text): [string, string, string, Record<string, string>] => [
      `gives ${text}, which is`,
      own(named),
      `<41> <${text}>\n<42> <0042>`,
      { 41: Buffer.from(text, 'hex').swap16().toString('utf16le'), 42: 'B' },
    ]),
  ])('%s', async (_, font, lines, expected) => {
    const objects = { ...serif, ...map(lines) };
    expect(await told(font, '(AB)', objects)).toEqual([]);
    expect(await mapOf(font, '(AB)', objects)).toEqual(expected);
  });

  test('is written anew where some readers would not understand it', async () => {
    const wide = composite(`${identity} /ToUnicode 40 0 R`);
    expect(await mapOf(wide, '<0001 0101>', { ...subset('港'), ...map('<0000> <FFFF> <6E2E>', 'bfrange') })).toEqual({
      '0001': '港',
      '0101': '漯',
    });
    const named = { 40: stream('1 beginbfchar <0001> <6E2F> endbfchar', '/CMapName /Identity-H') };
    expect(await mapOf(wide, '<0001>', { ...subset('港'), ...named })).toEqual({ '0001': '港' });
    expect(await mapOf(own(), '(A)', { ...serif, 40: stream('beginbfchar <41> <0061> endbfchar') })).toEqual({
      41: 'a',
    });
  });
});

describe('signs of the Private Use Area', () => {
  const named = (name: string) => simple(`/ToUnicode 40 0 R ${descriptor()}`).replace('/Harbour', `/${name}`);
  test.each([
    ['Symbol', 'F0B7', '•'],
    ['SymbolMT', 'F061', 'α'],
    ['ABCDEF+Wingdings-Regular', 'F0A7', '▪'],
    ['Wingdings', 'F0FC', '✓'],
    ['Wingdings2', 'F050', '🗸'],
    ['Wingdings#203', 'F070', '▲'],
    ['Webdings', 'F061', '✔'],
    ['ZapfDingbats', 'F06E', '■'],
    ['MonotypeSorts', 'F021', '✁'],
    ['MT-Extra', 'F06C', 'ℓ'],
    ['OpenSymbol', 'E00A', '◼'],
    ['OpenSymbol', 'E00C', '◆'],
    ['OpenSymbol', 'F0B7', '•'],
    ['StarSymbol', 'E12C', '•'],
    ['OpenSymbol', 'E4C4', '🗹'],
    ['OpenSymbol', 'E0B7', 'α'],
    ['Harbour', 'F731', '1'],
    ['Harbour', 'F8E9', '©'],
  ])('of %s, U+%s: %s', async (name, sign, expected) => {
    const objects = { ...serif, ...map(`<01> <${sign}>`) };
    expect(await told(named(name), '<01>', objects)).toEqual([]);
    expect(await mapOf(named(name), '<01>', objects)).toEqual({ '01': expected });
  });

  test.each([
    ['Harbour', 'F0B7'],
    ['Harbour', 'E000'],
    ['Symbol', 'F07F'],
    ['Symbol', 'E00A'],
    ['OpenSymbol', 'E700'],
    ['SegoeUISymbol', 'F0B7'],
  ])('of %s, U+%s: nobody knows', async (name, sign) => {
    const font = named(name)
      .replace(descriptor(), '/CharProcs << >> /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0]')
      .replace('/Type1', '/Type3');
    const objects = map(`<01> <${sign}>`);
    expect(await told(font, '<01>', objects)).toEqual([`error annex-font-without-unicode ${name}(1ページ)`]);
    expect(await mapOf(font, '<01>', objects)).toEqual({ '01': '\ufffd' });
  });

  describe('where an ActualText speaks', () => {
    const font = drawn('/ToUnicode 40 0 R');
    const objects = { 30: font, ...map('<01> <E000>') };
    const shownIn = (content: string, resources = '') =>
      problemsOf(tagged('P[0]', { content, resources: `/Font << /F 30 0 R >> ${resources}`, objects }));
    const text = 'BT /F 12 Tf <01> Tj ET';
    test.each<[string, string, string?]>([
      ['in the content', `/P <</MCID 0>> BDC /Span <</ActualText (x)>> BDC ${text} EMC EMC`],
      ['further out', `/P <</MCID 0 /ActualText <FEFF6E2F>>> BDC /Span BMC ${text} EMC EMC`],
      ['by name', `/P <</MCID 0>> BDC /Span /A BDC ${text} EMC EMC`, '/Properties << /A << /ActualText (x) >> >>'],
    ])('%s', async (_, content, resources) => {
      expect(await shownIn(content, resources)).toEqual([]);
    });
    test('in the tag', async () => {
      const content = `/P <</MCID 0>> BDC ${text} EMC`;
      const parts = { content, resources: '/Font << /F 30 0 R >>', objects };
      const tag = (entry: string) => `<< /Type /StructElem /S /P /Pg 3 0 R /K 0 ${entry} >>`;
      expect(await problemsOf(tagged(tag('/ActualText (x)'), parts))).toEqual([]);
      expect(await problemsOf(tagged(tag('/Alt (x)'), parts))).toEqual(refused);
    });
    test.each<[string, string]>([
      ['before it', `/P <</MCID 0>> BDC ${text} /Span <</ActualText (x)>> BDC EMC EMC`],
      ['after it', `/P <</MCID 0>> BDC /Span <</ActualText (x)>> BDC ${text} EMC ${text} EMC`],
      ['in other words', `/P <</MCID 0 /Alt (x)>> BDC ${text} EMC`],
    ])('but not %s', async (_, content) => {
      expect(await shownIn(content)).toEqual(refused);
    });
    test('the private sign stays', async () => {
      const content = `/Span <</ActualText (x)>> BDC ${text} EMC`;
      expect(await readOf(onePage({ content, resources: '/Font << /F 30 0 R >>', objects }))).toBe('\ue000');
    });
  });
});

describe('text that nobody can read', () => {
  const unknown = drawn(`${differences('/sq1 /tr2', 97)} /FirstChar 97 /LastChar 98 /Widths [1000 1000]`);
  test('in tags: an error; in a figure, whose 代替テキスト speaks: a warning, and it reads as before', async () => {
    expect(await told(unknown, '(ab)', {})).toEqual(refused);
    const bytes = onePage(page(unknown, '(ab)', {}));
    expect(await problemsOf(bytes, '図')).toEqual(['warning annex-text-unreadable Harbour(1ページ)']);
    expect(await readOf(bytes)).toBe('ab');
  });
  test.each<[string, string, string, Objects]>([
    ['drawn by operators, without names', drawn(''), '<01>', {}],
    ['glyphs by number alone', composite(identity), '<0001>', subset('港')],
    ['downwards', composite('/Encoding /Identity-V'), '<0001>', subset('港')],
    ["another's characters", composite(identity).replace('(Adobe)', '(Other)'), '<0001>', subset('港')],
  ])('%s', async (_, font, text, objects) => {
    expect(await told(font, text, objects)).toEqual(refused);
    expect(Object.values((await mapOf(font, text, objects)) ?? {})).toEqual(['\ufffd']);
  });
});

describe('a name in a message', () => {
  test.each([
    ['/My#20Harbour', 'My Harbour'],
    ['/ABCDEF+#E6#B8#AF', '港'],
    ['/#82l#82r#83S#83V#83b#83N', 'ＭＳゴシック'],
    ['/#CB#CE#CC#E5', '宋体'],
    ['<FEFF004100420043004400450046002B00006E2F>', '港'],
    ['()', 'Harbour'],
  ])('%s: %s', async (written, expected) => {
    const font = drawn(`/FontDescriptor << /FontName /Harbour >>`).replace(
      '/BaseFont /Harbour',
      `/BaseFont ${written}`,
    );
    expect(await told(font, '<01>', {})).toEqual([`error annex-font-without-unicode ${expected}(1ページ)`]);
  });
});
