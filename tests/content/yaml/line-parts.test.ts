import { describe, expect, test } from 'vitest';
import { blockHeaderEnd, keyEnd, quoteEnd, skipBlanks } from '../../../src/content/yaml/line-parts.ts';

test.each([
  ['', 0, 0],
  ['a', 0, 0],
  ['  a', 0, 2],
  ['  a', 1, 2],
  [' \t\u3000\u200b\u00a0a', 0, 5],
  ['a   ', 1, 4],
  ['a\n ', 1, 1],
])('the first that is no blank in %j from %d on: %d', (line, at, found) => {
  expect(skipBlanks(line, at)).toBe(found);
});

describe('the colon of a key', () => {
  test.each([
    ['取組: あ', 0, 2],
    ['取組:', 0, 2],
    ['取組:\tあ', 0, 2],
    ['取組:\u3000あ', 0, 2],
    ['取組:\u200bあ', 0, 2],
    ['取組:あ', 0, -1],
    ['取組', 0, -1],
    ['', 0, -1],
    ['http://a: b', 0, 8],
    ['a : b: c', 0, 2],
    ['- a: b', 2, 3],
    ['a: b: c', 3, 4],
    // in quotes
    ['"a": b', 0, 3],
    ["'a': b", 0, 3],
    ['"a: b": c', 0, 6],
    ["'a: b': c", 0, 6],
    ['"a: b', 0, -1],
    ["'a: b", 0, -1],
    ['a": b"', 0, 2],
    // a list or a map is no key
    ['[a]: b', 0, -1],
    ['{a: b}', 0, -1],
    ['a[]: b', 0, 3],
    // a comment
    ['# a: b', 0, 3],
    ['a # b: c', 0, -1],
    ['a\u3000# b: c', 0, -1],
    ['a#b: c', 0, 3],
    ['a: # b', 0, 1],
  ])('in %j from %d on: %d', (line, start, found) => {
    expect(keyEnd(line, start)).toBe(found);
  });
});

describe('where a quote ends', () => {
  test.each([
    ['"a"', 0, 3],
    ['x "a" "b"', 2, 5],
    ['""', 0, 2],
    ['"a', 0, -1],
    ['"', 0, -1],
    ['"a\\"b" c', 0, 6],
    ['"a\\\\" b', 0, 5],
    ['"a\\\\\\"', 0, -1],
    ['"a\'b"', 0, 5],
    ["'a'", 0, 3],
    ["''", 0, 2],
    ["'a''b' c", 0, 6],
    ["'''' b", 0, 4],
    ["'''", 0, -1],
    ["'a\\' b", 0, 4],
    ["'a\"b'", 0, 5],
    ['"a""b"', 0, 3],
  ])('%j at %d: %d', (line, at, found) => {
    expect(quoteEnd(line, at)).toBe(found);
  });
});

describe('the sign of a block of text', () => {
  test.each([
    ['|', 0, 1],
    ['>', 0, 1],
    ['|-', 0, 2],
    ['>+', 0, 2],
    ['|2', 0, 2],
    ['|9-', 0, 3],
    ['>-1', 0, 3],
    ['a: |-', 3, 5],
    ['|-  ', 0, 2],
    ['|- # 注記', 0, 2],
    ['|-\u3000# 注記', 0, 2],
    ['|\u3000', 0, 1],
    ['|0', 0, -1],
    ['|-12', 0, -1],
    ['|-# 注記', 0, -1],
    ['|#', 0, -1],
    ['| a', 0, -1],
    ['|-a', 0, -1],
    ['a', 0, -1],
    ['', 0, -1],
    ['-', 0, -1],
  ])('%j at %d: %d', (line, at, found) => {
    expect(blockHeaderEnd(line, at)).toBe(found);
  });
});
