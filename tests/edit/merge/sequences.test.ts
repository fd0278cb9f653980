import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeSequences } from '../../../src/edit/merge/sequences.ts';

/** RUNS=20000 npx vitest run tests/edit/merge tries as many. */
const settings = { numRuns: Number(process.env.RUNS ?? 500), seed: 14 };

const letters = (text: string) => [...text];
const merged = (base: string, ours: string, theirs: string) =>
  mergeSequences(letters(base), letters(ours), letters(theirs))?.join('');

test.each<[string, string, string, string | undefined, string]>([
  ['abc', 'abcx', 'abcx', 'abcx', 'the same at the same place'],
  ['abc', 'abcx', 'abcy', 'abcxy', 'different ones at the same place, by their order'],
  ['abc', 'xabc', 'abyc', 'xabyc', 'at different places'],
  ['abc', 'ac', 'abcx', 'acx', 'one taken away, one added'],
  ['abc', 'bc', 'ab', 'b', 'different ones taken away'],
  ['abc', 'cab', 'abcx', 'cxab', 'order by one side, an addition by the other'],
  ['abc', 'cab', 'bac', undefined, 'different orders'],
  ['abc', 'xbc', 'ybc', undefined, 'one replaced by different ones'],
  ['abc', 'xbc', 'bc', 'xbc', 'one replaced, and taken away'],
  ['abc', 'xbc', 'dcab', 'dcxb', 'one replaced, order and additions by the other'],
  ['abc', 'xbc', 'aby', 'xby', 'two replaced'],
  ['abc', 'xbc', 'axbc', 'xbc', 'one replaced by what the other added'],
  ['ab', 'abxy', 'abyx', undefined, 'the same two added in different orders'],
  ['aab', 'ab', 'aabc', undefined, 'a name twice'],
  ['', 'b', 'a', 'ab', 'nothing before'],
])('%s: %s and %s make %s (%5$s)', (base, ours, theirs, expected, _) => {
  expect(merged(base, ours, theirs)).toBe(expected);
  expect(merged(base, theirs, ours)).toBe(expected);
});

test('numbers in names are numbers', () => {
  expect(mergeSequences(['R8'], ['R8', 'R10'], ['R8', 'R9'])).toEqual(['R8', 'R9', 'R10']);
});

const list = fc.shuffledSubarray(letters('abcdefgh'));

test('any three lists: what both say, whichever is whose', () => {
  fc.assert(
    fc.property(list, list, list, (base, ours, theirs) => {
      const result = mergeSequences(base, ours, theirs);
      expect(mergeSequences(base, theirs, ours)).toEqual(result);
      expect(mergeSequences(base, base, theirs)).toEqual(theirs);
      expect(mergeSequences(base, theirs, theirs)).toEqual(theirs);
      if (!result) return;
      const expected = letters('abcdefgh').filter((name) => {
        const [was, here, there] = [base, ours, theirs].map((side) => side.includes(name));
        return was ? here && there : here || there;
      });
      expect([...result].sort()).toEqual(expected);
    }),
    settings,
  );
});
