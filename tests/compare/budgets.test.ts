import { expect, test } from 'vitest';
import { budgetTotals } from '../../src/compare/budgets.ts';
import { edition, measure, reprint } from './editions.ts';

const own = measure('1-1-1', {
  schedule: {
    R10: { budget: 100 },
    R11: {
      budget: [
        { label: '甲', amount: 20 },
        { label: '乙', amount: '—' },
      ],
    },
  },
});
const base = edition(
  [
    own,
    measure('1-2-1', { schedule: { R10: { budget: '—' }, R11: { budget: 3 } } }),
    measure('2-1-1', { schedule: { R10: { budget: 7 } } }),
    reprint('3-1-1', own),
  ],
  { years: ['R10', 'R11'], names: { 1: '暮らし', 2: '仕事', 3: '学び' } },
);
const head = edition(
  [measure('1-1-1', { schedule: { R11: { budget: 8 }, R12: { budget: 9 }, R13: { budget: 99 } } }), measure('4-1-1')],
  {
    years: ['R11', 'R12'],
    names: { 1: '仕事と海', 4: '防災' },
  },
);

/** Of one 年度. */
const row = (number: string, name: string, before: number | null, after: number | null, difference: number) => ({
  number,
  name,
  before: [before],
  after: [after],
  difference: [difference],
  sum: { before, after, difference },
});

test('by 大項目 and 年度 that both editions have; a 大項目 that one does not have is null, what is blank is 0', () => {
  // 大項目 1 of head is 2 of base; 1 and 3 of base are gone, 4 of head is new.
  expect(budgetTotals(base, head, new Map([['1', '2']]))).toEqual({
    years: ['R11'],
    onlyBefore: ['R10'],
    onlyAfter: ['R12'],
    categories: [
      row('1', '仕事と海', 0, 8, 8),
      row('4', '防災', null, 0, 0),
      row('1', '暮らし', 23, null, -23),
      row('3', '学び', 0, null, 0),
    ],
    total: row('', '合計', 23, 8, -15),
  });
});

test('editions without a 年度 in common have no totals', () => {
  const later = budgetTotals(base, edition([own], { years: ['R12'] }), new Map());
  expect([later.years, later.total.before, later.total.after]).toEqual([[], [], []]);
});

test('the same edition', () => {
  const same = budgetTotals(base, base, new Map(['1', '2', '3'].map((number) => [number, number])));
  expect(same.years).toEqual(['R10', 'R11']);
  expect(same.categories.map(({ before, after }) => [before, after])).toEqual([
    [
      [100, 23],
      [100, 23],
    ],
    [
      [7, 0],
      [7, 0],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ]);
  expect(same.total).toMatchObject({ name: '合計', before: [107, 23], after: [107, 23], difference: [0, 0] });
  expect(same.total.sum).toEqual({ before: 130, after: 130, difference: 0 });
});
