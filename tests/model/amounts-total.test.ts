import { expect, test } from 'vitest';
import { totalOf } from '../../src/model/amounts.ts';
import type { Amount, Budget } from '../../src/model/measure.ts';

const parts = (...all: [label: string, amount: Amount][]): Budget => all.map(([label, amount]) => ({ label, amount }));

test.each<[string, Budget | undefined, number | undefined]>([
  ['two amounts', parts(['甲', 1], ['乙', 2]), 3],
  ['an amount and none', parts(['甲', 1200], ['乙', '—']), 1200],
  ['amounts of nothing', parts(['甲', 0], ['乙', 0]), 0],
  ['no amount at all', parts(['甲', '—'], ['乙', '—']), undefined],
  ['one part', parts(['甲', 1]), undefined],
  ['its own 合計', parts(['甲', 1], ['乙', 2], ['合計', 3]), undefined],
  ['its own 計', parts(['計', 3], ['甲', 1]), undefined],
  ['its own 総額', parts(['総額', 3], ['うち市債', 1]), undefined],
  ['a single amount', 5, undefined],
  ['none', '—', undefined],
  ['blank', undefined, undefined],
])('what parts add up to: %s', (_, budget, total) => {
  expect(totalOf(budget)).toBe(total);
});
