import { expect, test } from 'vitest';
import { fold, foldWithOrigins } from '../../src/preview/page/side/folded-text.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const sign = (code: number) => String.fromCodePoint(code);
const named = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
/** All but kanji, Hangul, halves and what is private. */
const codes = [...range(0, 0x33ff), ...range(0xf900, 0xffff), ...range(0x1f100, 0x1f2ff)];

test('between digits, whatever an input method gives for a hyphen is one; nothing else is', () => {
  const hyphens = codes.filter((code) => fold(`1${sign(code)}2`) === '1-2');
  expect(hyphens.map(named)).toEqual([
    ...['U+002D', 'U+2010', 'U+2011', 'U+2012', 'U+2013', 'U+2014', 'U+2015', 'U+207B', 'U+208B', 'U+2212', 'U+30FC'],
    ...['U+FE31', 'U+FE32', 'U+FE58', 'U+FE63', 'U+FF0D', 'U+FF70'],
  ]);
});

test('beside a letter a dash or long vowel mark stays', () => {
  for (const text of ['aー1', '1ーa', 'データ', 'ー1', '1ー', 'ー', '1ーー2', 'a―b']) expect(fold(text)).toBe(text);
  expect(fold('1－2ー3‐4')).toBe('1-2-3-4');
});

test('hiragana are katakana, each its own; katakana stay', () => {
  const hiragana = [...range(0x3041, 0x3096), 0x309d, 0x309e];
  for (const code of hiragana) {
    expect(named(fold(sign(code)).codePointAt(0) ?? 0)).toBe(named(code + 0x60));
    expect(fold(sign(code + 0x60))).toBe(sign(code + 0x60));
  }
  const katakana = new Set(range(0x30a1, 0x30fe).map(sign));
  const folded = range(0x3040, 0x309f).filter((code) => katakana.has(fold(sign(code))));
  expect(folded).toEqual(hiragana);
});

test('every kind of white space goes', () => {
  const spaces = codes.filter((code) => fold(`a${sign(code)}b`) === 'ab');
  const expected = codes.filter((code) => /[\p{White_Space}\ufeff]/u.test(sign(code)) && code !== 0x85);
  expect(spaces.map(named)).toEqual(expected.map(named));
});

test('all else is as Unicode has it without width and case', () => {
  for (const code of codes) {
    const text = sign(code);
    if (/[\p{White_Space}\ufeff\p{Script=Hiragana}]/u.test(text.normalize('NFKC'))) continue;
    expect(fold(text), named(code)).toBe(text.normalize('NFKC').toLowerCase());
  }
});

test.each<[string, string, [number, number][]]>([
  ['', '', []],
  [
    'aＢ',
    'ab',
    [
      [0, 1],
      [1, 2],
    ],
  ],
  ['ﾃﾞ', 'デ', [[0, 2]]],
  [
    '㍿x',
    '株式会社x',
    [
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
      [1, 2],
    ],
  ],
  ['か\u3099', 'ガ', [[0, 2]]],
  [
    'あ い',
    'アイ',
    [
      [0, 1],
      [2, 3],
    ],
  ],
  [
    '1\n－2',
    '1-2',
    [
      [0, 1],
      [2, 3],
      [3, 4],
    ],
  ],
  [
    '𠮟x',
    '𠮟x',
    [
      [0, 2],
      [0, 2],
      [2, 3],
    ],
  ],
])('%j is %j, of which each unit knows where it comes from', (text, folded, origins) => {
  expect(foldWithOrigins(text)).toEqual({ text: folded, origins });
  expect(fold(text)).toBe(folded);
});
