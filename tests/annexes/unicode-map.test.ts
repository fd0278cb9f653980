import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMap, writeMap } from '../../src/annexes/fonts/unicode-map.ts';

const read = (source: string, width: 1 | 2) => Object.fromEntries(readMap(Buffer.from(source, 'latin1'), width));
const written = (texts: [number, string | undefined][], width: 1 | 2) =>
  Buffer.from(writeMap(new Map(texts), width)).toString('latin1');

describe('a ToUnicode map as it is read', () => {
  test.each<[string, string, 1 | 2, Record<number, string>]>([
    ['single codes', '2 beginbfchar <41> <0041> <42> <6E2F> endbfchar', 1, { 65: 'A', 66: '港' }],
    ['of two bytes', '1 beginbfchar\n<0041>\n<6e2f>\nendbfchar', 2, { 65: '港' }],
    ['of another width', 'beginbfchar <0041> <0042> <43> <0044> endbfchar', 1, { 67: 'D' }],
    ['of one byte where two are meant', 'beginbfchar <41> <0042> <0043> <0044> endbfchar', 2, { 67: 'D' }],
    [
      'ranges of one byte where two are meant',
      'beginbfrange <01> <02> <0041> <0005> <0006> <0042> <03> <04> [<0001> <0001>] endbfrange',
      2,
      { 5: 'B', 6: 'C' },
    ],
    [
      'several blocks',
      'beginbfchar <41> <0041> endbfchar x beginbfchar <42> <0042> endbfchar',
      1,
      { 65: 'A', 66: 'B' },
    ],
    ['several signs', 'beginbfchar <01> <006600660069> endbfchar', 1, { 1: 'ffi' }],
    ['a pair of surrogates', 'beginbfchar <01> <D842DFB7> endbfchar', 1, { 1: '𠮷' }],
    ['blanks within', 'beginbfchar < 4 1 > <00\n41> endbfchar', 1, { 65: 'A' }],
    ['no text', 'beginbfchar <01> <> <02> <0041> endbfchar', 1, { 1: '', 2: 'A' }],
    ['half a unit', 'beginbfchar <01> <00> <02> <0041> endbfchar', 1, { 1: '', 2: 'A' }],
    ['a range', 'beginbfrange <41> <43> <0061> endbfrange', 1, { 65: 'a', 66: 'b', 67: 'c' }],
    ['a range of one', 'beginbfrange <41> <41> <0061> endbfrange', 1, { 65: 'a' }],
    ['a range of several signs', 'beginbfrange <01> <02> <00410061> endbfrange', 1, { 1: 'Aa', 2: 'Ab' }],
    ['a range without text', 'beginbfrange <01> <02> <> endbfrange', 1, { 1: '', 2: '' }],
    ['a list', 'beginbfrange <01> <03> [<0041> <0062> <6E2F>] endbfrange', 1, { 1: 'A', 2: 'b', 3: '港' }],
    ['a list that is short', 'beginbfrange <01> <03> [<0041>] <05> <05> <0042> endbfrange', 1, { 1: 'A', 5: 'B' }],
    [
      'a list that is long',
      'beginbfrange <01> <01> [<0041> <0042>] <05> <05> <0042> endbfrange',
      1,
      { 1: 'A', 5: 'B' },
    ],
    [
      'ranges of two bytes',
      'beginbfrange <0001> <0002> <0041> <0100> <0100> [<0042>] endbfrange',
      2,
      { 1: 'A', 2: 'B', 256: 'B' },
    ],
    ['ranges of another width', 'beginbfrange <0001> <0002> <0041> <05> <05> <0042> endbfrange', 1, { 5: 'B' }],
    ['a range that ends before it starts', 'beginbfrange <05> <01> <0041> endbfrange', 1, {}],
    [
      'both kinds, the range last',
      'beginbfrange <41> <41> <0062> endbfrange beginbfchar <41> <0061> endbfchar',
      1,
      { 65: 'b' },
    ],
    ['a block without an end', 'beginbfchar <41> <0041>', 1, {}],
    ['a range without an end', 'beginbfrange <41> <42> <0041>', 1, {}],
    ['a code without a text', 'beginbfchar <41> endbfchar', 1, {}],
    ['a bracket in the place of a text', 'beginbfchar <41> [ <42> <0042> endbfchar', 1, { 66: 'B' }],
    ['brackets in the place of codes', 'beginbfrange ] <41> <41> <0041> endbfrange', 1, { 65: 'A' }],
    ['a bracket in the place of the first', 'beginbfrange <41> <42> ] <43> <43> <0043> endbfrange', 1, { 67: 'C' }],
    ['a list without an end', 'beginbfrange <41> <42> [<0041> <0042> endbfrange', 1, { 65: 'A', 66: 'B' }],
    ['a list without an end that is short', 'beginbfrange <41> <43> [<0041> endbfrange', 1, { 65: 'A' }],
    ['a range without a text', 'beginbfrange <41> <41> endbfrange', 1, {}],
    ['a range that ends with another width', 'beginbfrange <41> <0042> <0041> endbfrange', 1, {}],
    ['a list in a list', 'beginbfrange <41> <42> [<0041> [ endbfrange', 1, { 65: 'A' }],
    ['nothing', '', 1, {}],
    [
      'other blocks',
      '1 begincodespacerange <00> <FF> endcodespacerange beginnotdefrange <00> <01> <0041> endnotdefrange',
      1,
      {},
    ],
  ])('%s', (_, source, width, expected) => {
    expect(read(source, width)).toStrictEqual(expected);
  });
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
        1,
      ),
    ).toBe(
      [
        '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
        '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
        '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
        '1 begincodespacerange <00> <FF> endcodespacerange',
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
    const map = written([[0xab, '𠮷']], 2);
    expect(map).toContain('<0000> <FFFF>');
    expect(map).toContain('<00AB> <D842DFB7>');
  });

  test('in blocks of a hundred, which is as many as a block may have', () => {
    const sizes = (count: number) =>
      [
        ...written(
          Array.from({ length: count }, (_, code) => [code, 'a']),
          2,
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
      fc.property(texts, fc.constantFrom(1 as const, 2 as const), (pairs, width) => {
        expect(readMap(writeMap(new Map(pairs), width), width)).toEqual(new Map(pairs));
      }),
      { numRuns: 50, seed: 11 },
    );
  });
});
