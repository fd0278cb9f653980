import { expect, test } from 'vitest';
import { isMarked, plain, type Run, type Text } from '../../src/model/marked.ts';

const run = (kind: Run['kind'], text: string): Run => ({ kind, text });
test.each<[Text, string]>([
  ['窓口', '窓口'],
  [{ runs: [run('kept', '窓'), run('removed', '口'), run('added', '際')], framed: false }, '窓際'],
  [{ runs: [run('removed', '窓口')], framed: false }, '窓口'],
  [{ runs: [], framed: false }, ''],
])('%j as head has it, or base: %s', (text, expected) => {
  expect(plain(text)).toBe(expected);
});

test.each<[Text | null, boolean]>([
  [{ runs: [], framed: false }, true],
  ['窓口', false],
  ['', false],
  [null, false],
])('%j is marked: %s', (text, expected) => {
  expect(isMarked(text)).toBe(expected);
});
