import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CodeRange, codespaces, readMap, writeMap } from '../../src/annexes/fonts/unicode-map.ts';

const all = Array.from({ length: 0x10000 }, (_, code) => code);
const read = (source: string, codes: Iterable<number> = all) => readMap(Buffer.from(source, 'latin1'), codes);
const written = (texts: [number, string | undefined][], codespace: readonly CodeRange[]) =>
  Buffer.from(writeMap(new Map(texts), codespace)).toString('latin1');

describe('a ToUnicode map as it is read', () => {
  test.each<[string, string, Record<number, string>, number[]?]>([
    ['single codes', '2 beginbfchar <41> <0041> <42> <6E2F> endbfchar', { 65: 'A', 66: '港' }],
    ['of two bytes', '1 beginbfchar\n<0041>\n<6e2f>\nendbfchar', { 65: '港' }],
    ['of three bytes', '1 beginbfchar <00A141> <6E2F> endbfchar', { 41281: '港' }],
    [
      'several blocks',
      '1 beginbfchar <41> <0041> endbfchar x 1 beginbfchar <42> <0042> endbfchar',
      { 65: 'A', 66: 'B' },
    ],
    ['several signs', '1 beginbfchar <01> <006600660069> endbfchar', { 1: 'ffi' }],
    ['a pair of surrogates', '1 beginbfchar <01> <D842DFB7> endbfchar', { 1: '𠮷' }],
    ['blanks within', '1 beginbfchar < 4 1 > <00\n41> endbfchar', { 65: 'A' }],
    ['nothing between', '2 beginbfchar<01><0041><02><0042>endbfchar', { 1: 'A', 2: 'B' }],
    ['comments', '1 beginbfchar % <01> <0042>\n<01> % > x\r<0041> endbfchar', { 1: 'A' }],
    [
      'a string and a dictionary before',
      '/A (<\\)\\() def << /B <00> >> 1 beginbfchar <01> <0041> endbfchar',
      { 1: 'A' },
    ],
    ['a digit too few', '1 beginbfchar <4> <004> endbfchar', { 64: '@' }],
    ['no text', '2 beginbfchar <01> <> <02> <0041> endbfchar', { 1: '', 2: 'A' }],
    ['half a unit', '2 beginbfchar <01> <41> <02> <0041> endbfchar', { 1: 'A', 2: 'A' }],
    ['a range', '1 beginbfrange <41> <43> <0061> endbfrange', { 65: 'a', 66: 'b', 67: 'c' }],
    ['a range of one', '1 beginbfrange <41> <41> <0061> endbfrange', { 65: 'a' }],
    ['a range of several signs', '1 beginbfrange <01> <02> <00410061> endbfrange', { 1: 'Aa', 2: 'Ab' }],
    ['a range of surrogates', '1 beginbfrange <01> <02> <D842DFB7> endbfrange', { 1: '𠮷', 2: '𠮸' }],
    ['a range without text', '1 beginbfrange <01> <02> <> endbfrange', { 1: '', 2: '' }],
    ['a list', '1 beginbfrange <01> <03> [<0041> <0062> <6E2F>] endbfrange', { 1: 'A', 2: 'b', 3: '港' }],
    [
      'the last of several',
      '1 beginbfrange <41> <43> <0061> endbfrange 1 beginbfchar <42> <0042> endbfchar',
      {
        65: 'a',
        66: 'B',
        67: 'c',
      },
    ],
    [
      'the last range of several',
      '2 beginbfrange <41> <43> <0061> <42> <43> <0031> endbfrange',
      { 65: 'a', 66: '1', 67: '2' },
    ],
    [
      'a range over a single code',
      '1 beginbfchar <42> <0042> endbfchar 1 beginbfrange <41> <43> <0061> endbfrange',
      {
        65: 'a',
        66: 'b',
        67: 'c',
      },
    ],
    ['nothing', '', {}],
    ['other blocks', '1 begincodespacerange <00> <FF> endcodespacerange 1 begincidrange <00> <01> 7 endcidrange', {}],
    // What is not by the letter: some readers take it, so it is read, but not plain.
    ['a block without an end', '1 beginbfchar <41> <0041>', { 65: 'A' }, []],
    ['a wrong number of lines', '2 beginbfchar <41> <0041> endbfchar', { 65: 'A' }, []],
    ['no number of lines', 'beginbfchar <41> <0041> endbfchar', { 65: 'A' }, []],
    ['a list that is short', '2 beginbfrange <01> <03> [<0041>] <05> <05> <0042> endbfrange', { 1: 'A', 5: 'B' }, []],
    ['a list that is long', '1 beginbfrange <01> <01> [<0041> <0042>] endbfrange', { 1: 'A' }, []],
    ['a list without an end', '1 beginbfrange <41> <42> [<0041> <0042> endbfrange', { 65: 'A', 66: 'B' }, []],
    ['a range that ends before it starts', '1 beginbfrange <05> <01> <0041> endbfrange', {}, []],
    ['a range that ends with another width', '1 beginbfrange <41> <0042> <0041> endbfrange', { 65: 'A', 66: 'B' }, []],
    ['a code without a text', '1 beginbfchar <41> endbfchar', {}, []],
    ['a name in the place of a text', '2 beginbfchar <40> <0040> <41> /A endbfchar', { 64: '@' }, []],
    ['a bracket in the place of a text', '1 beginbfchar <41> [ <42> <0042> endbfchar', {}, []],
    ['a range without a text', '1 beginbfrange <41> <41> endbfrange', {}, []],
    [
      'a range over more than the last byte of the code',
      '1 beginbfrange <00FE> <0101> <4E00> endbfrange',
      { 254: '一', 255: '丁', 256: '丂', 257: '七' },
      [254, 255],
    ],
    [
      'a range over more than the last byte of the text',
      '1 beginbfrange <01> <02> <00FF> endbfrange',
      { 1: 'ÿ', 2: 'Ā' },
      [1],
    ],
  ])('%s', (_, source, expected, plain) => {
    const { texts, plain: found, usesAnother } = read(source);
    expect(Object.fromEntries(texts)).toStrictEqual(expected);
    expect([...found]).toEqual(plain ?? Object.keys(expected).map(Number));
    expect(usesAnother).toBe(false);
  });

  test('goes on in another', () => {
    expect(read('/Adobe-Japan1-UCS2 usecmap 1 beginbfchar <01> <0041> endbfchar').usesAnother).toBe(true);
  });

  test('only what is asked for is looked up, however much there is', () => {
    const block = '100 beginbfrange\n<0000> <FFFF> <0000>\n';
    const source = `${block}${'<0000> <FFFF> <0000>\n'.repeat(98)}<0100> <FFFF> <0100> endbfrange `.repeat(200);
    expect(Object.fromEntries(read(source, [0x41, 0x6e2f]).texts)).toEqual({ 65: 'A', 28207: '港' });
  }, 2000);
});

describe('a ToUnicode map as it is written', () => {
  test('whole, its codes in order, what is unknown as U+FFFD', () => {
    expect(
      written(
        [
          [66, '港'],
          [1, undefined],
          [65, 'ffi'],
          [2, ''],
        ],
        codespaces[1],
      ),
    ).toBe(
      [
        '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
        '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
        '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
        '1 begincodespacerange',
        '<00> <FF>',
        'endcodespacerange',
        '4 beginbfchar',
        '<01> <FFFD>',
        '<02> <FFFD>',
        '<41> <006600660069>',
        '<42> <6E2F>',
        'endbfchar',
        'endcmap CMapName currentdict /CMap defineresource pop end end',
      ].join('\n'),
    );
  });

  test('of two bytes', () => {
    const map = written([[0xab, '𠮷']], codespaces[2]);
    expect(map).toContain('<0000> <FFFF>');
    expect(map).toContain('<00AB> <D842DFB7>');
  });

  test('of codes of several widths', () => {
    const codespace = [
      { first: 0, last: 0x80, bytes: 1 },
      { first: 0x8140, last: 0x9ffc, bytes: 2 },
    ];
    const map = written(
      [
        [0x41, 'A'],
        [0x93fa, '日'],
      ],
      codespace,
    );
    expect(map).toContain('2 begincodespacerange\n<00> <80>\n<8140> <9FFC>\nendcodespacerange');
    expect(map).toContain('<41> <0041>\n<93FA> <65E5>');
  });

  test('in blocks of a hundred, which is as many as a block may have', () => {
    const sizes = (count: number) =>
      [
        ...written(
          Array.from({ length: count }, (_, code) => [code, 'a']),
          codespaces[2],
        ).matchAll(/(\d+) beginbfchar\n([^e]*)endbfchar/g),
      ].map(([, size, lines]) => [Number(size), lines?.split('\n').length]);
    expect(sizes(0)).toEqual([]);
    expect(sizes(100)).toEqual([[100, 101]]);
    expect(sizes(201)).toEqual([
      [100, 101],
      [100, 101],
      [1, 2],
    ]);
  });

  test('and read again, it says the same', () => {
    const sign = fc
      .integer({ min: 1, max: 0x10ffff })
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code));
    const texts = fc.uniqueArray(
      fc.tuple(
        fc.integer({ min: 0, max: 255 }),
        fc.array(sign, { minLength: 1, maxLength: 3 }).map((signs) => signs.join('')),
      ),
      { selector: ([code]) => code },
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(1 as const, 2 as const), (pairs, bytes) => {
        const codes = pairs.map(([code]) => code);
        const { texts, plain } = readMap(writeMap(new Map(pairs), codespaces[bytes]), codes);
        expect(texts).toEqual(new Map(pairs));
        expect(plain).toEqual(new Set(codes));
      }),
      { numRuns: 50, seed: 11 },
    );
  });
});
