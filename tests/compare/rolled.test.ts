// Editions of which the one is that of the next year: what follows from 年度 is one finding.
import { expect, test } from 'vitest';
import { isSame } from '../../src/compare/change.ts';
import { compare } from '../../src/compare/compare.ts';
import type { ComparedEdition } from '../../src/compare/read.ts';
import type { Measure } from '../../src/model/measure.ts';
import { edition, measure, measuresTold, reprint, side } from './editions.ts';

const rolled = { years: ['R11', 'R12'] };
const [fresh, still] = [measure('1-1-1', { kind: '新規' }), measure('1-1-2', { kind: '継続' })];
const at = (years: string[], measures: Measure[]) => side(edition(measures, { years }));
/** All that is found of the measures, and 区分 that follow from 年度. */
const told = (base: ComparedEdition, head: ComparedEdition) => {
  const comparison = compare(base, head);
  return [...comparison.continued, ...measuresTold(comparison)];
};

test.each<[string, string[], string[], string[]]>([
  ['年度 moved', ['R10', 'R11'], ['R11', 'R12'], ['1-1-1', '1-2-1', '3-1-1']],
  ['all of them are others', ['R10', 'R11'], ['R12', 'R13'], ['1-1-1', '1-2-1', '3-1-1']],
  ['the same', ['R10', 'R11'], ['R10', 'R11'], []],
  ['in another order', ['R10', 'R11'], ['R11', 'R10'], []],
  ['one more', ['R10', 'R11'], ['R10', 'R11', 'R12'], []],
  ['one less', ['R10', 'R11'], ['R11'], []],
])('新規 that became 継続, %s', (_, before, after, continued) => {
  const moved = measure('1-1-3', { kind: '新規', title: '窓口の混雑の見える化', effect: '待ち時間' });
  const base = at(before, [fresh, still, moved, reprint('3-1-1', fresh)]);
  const later = (one: Measure): Measure => ({ ...one, kind: '継続' });
  const head = at(after, [
    later(fresh),
    still,
    { ...later(moved), id: '1-2-1', effect: '待つ時間' },
    later(reprint('3-1-1', fresh)),
  ]);
  const comparison = compare(base, head);
  expect(comparison.continued).toEqual(continued);
  const kinds = comparison.measures.flatMap(({ head: of, fields }) =>
    fields.flatMap(({ field }) => (field === '区分' ? [of?.id] : [])),
  );
  expect(kinds).toEqual(continued.length > 0 ? [] : ['1-1-1', '1-2-1', '3-1-1']);
  // Whatever else changed is told as ever.
  const other = comparison.measures.find((change) => change.head?.id === '1-2-1');
  expect(other?.fields.map(({ field }) => field)).toContain('効果・KPI');
  expect(isSame(comparison)).toBe(false);
});

test('where 年度 moved, what stayed 新規, became 新規, or is new is told as ever', () => {
  const base = at(['R10', 'R11'], [fresh, still]);
  expect(told(base, at(rolled.years, [fresh, still]))).toEqual([]);
  expect(told(base, at(rolled.years, [fresh, { ...still, kind: '新規' }]))).toEqual(['1-1-2: 区分 "継続" → "新規"']);
  expect(told(base, at(rolled.years, [fresh, still, measure('1-1-3', { title: '海の見回り' })]))).toEqual(['+ 1-1-3']);
  // Back to the edition before, nothing follows from the 年度.
  expect(told(at(rolled.years, [{ ...fresh, kind: '継続' }]), at(['R10', 'R11'], [fresh]))).toEqual([
    '1-1-1: 区分 "継続" → "新規"',
  ]);
});
