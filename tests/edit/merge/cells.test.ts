import { expect, test } from 'vitest';
import type { Cell, Value } from '../../../src/compare/cells.ts';
import { mergeCells } from '../../../src/edit/merge/cells.ts';

const text = (words: string): Value => ({ type: 'text', text: words });
const base: Cell[] = [
  { field: '取組内容', value: text('窓口で受け付ける。\n郵送する。') },
  { field: '担当課', value: { type: 'list', names: ['窓口課'] } },
  { field: '区分', value: { type: 'choice', text: '継続' } },
  {
    field: '予算額',
    year: 'R6',
    value: {
      type: 'budget',
      budget: [
        { label: '甲', amount: 1 },
        { label: '乙', amount: 2 },
      ],
    },
  },
  { field: '予算額', year: 'R7', value: { type: 'budget', budget: 5 } },
];
const withCells = (...cells: Cell[]) => [
  ...base.filter(({ field, year }) => !cells.some((one) => one.field === field && one.year === year)),
  ...cells,
];
const without = (field: string, year?: string) => base.filter((cell) => cell.field !== field || cell.year !== year);
const valueIn = (cells: readonly Cell[], field: string, year?: string) =>
  cells.find((cell) => cell.field === field && cell.year === year)?.value;

test.each<[string, Cell, Cell, Value]>([
  [
    'a line each',
    { field: '取組内容', value: text('駅前で受け付ける。\n郵送する。') },
    { field: '取組内容', value: text('窓口で受け付ける。\n送る。') },
    text('駅前で受け付ける。\n送る。'),
  ],
  [
    'a name each',
    { field: '担当課', value: { type: 'list', names: ['窓口課', '税務課'] } },
    { field: '担当課', value: { type: 'list', names: ['市民課', '窓口課'] } },
    { type: 'list', names: ['市民課', '窓口課', '税務課'] },
  ],
  [
    'a part of 予算額 each',
    {
      field: '予算額',
      year: 'R6',
      value: {
        type: 'budget',
        budget: [
          { label: '甲', amount: 7 },
          { label: '乙', amount: 2 },
        ],
      },
    },
    {
      field: '予算額',
      year: 'R6',
      value: {
        type: 'budget',
        budget: [
          { label: '甲', amount: 1 },
          { label: '丙', amount: 3 },
        ],
      },
    },
    {
      type: 'budget',
      budget: [
        { label: '甲', amount: 7 },
        { label: '丙', amount: 3 },
      ],
    },
  ],
])('%s', (_, ours, theirs, expected) => {
  const { cells, conflicts } = mergeCells(base, withCells(ours), withCells(theirs));
  expect(conflicts).toEqual([]);
  expect(valueIn(cells, ours.field, ours.year)).toEqual(expected);
  expect(cells).toHaveLength(base.length);
});

test('what both changed differently stays as ours has it, and is told with all three', () => {
  const ours = withCells({ field: '区分', value: { type: 'choice', text: '新規' } });
  const theirs = withCells({ field: '区分', value: { type: 'choice', text: '廃止' } });
  const { cells, conflicts } = mergeCells(base, ours, theirs);
  expect(cells).toEqual(ours);
  expect(conflicts).toEqual([
    {
      field: '区分',
      base: { type: 'choice', text: '継続' },
      ours: { type: 'choice', text: '新規' },
      theirs: { type: 'choice', text: '廃止' },
      why: 'changed',
    },
  ]);
});

test('blank against changed, of a 年度', () => {
  const changed = withCells({ field: '予算額', year: 'R7', value: { type: 'budget', budget: 6 } });
  const { cells, conflicts } = mergeCells(base, without('予算額', 'R7'), changed);
  expect(valueIn(cells, '予算額', 'R7')).toBeUndefined();
  expect(conflicts).toMatchObject([{ field: '予算額', year: 'R7', ours: undefined, why: 'removed' }]);
});

test('cells that one side alone added, took away or gave another kind of value', () => {
  const fresh: Cell = { field: '事業実績', year: 'R6', value: text('済') };
  const { cells, conflicts } = mergeCells(base, without('担当課'), [...base, fresh]);
  expect(conflicts).toEqual([]);
  expect(cells).toEqual([...without('担当課'), fresh]);
  const odd = withCells({ field: '区分', value: text('新規') });
  expect(mergeCells(base, odd, base)).toEqual({ cells: odd, conflicts: [] });
  const other = withCells({ field: '区分', value: { type: 'choice', text: '新規' } });
  expect(mergeCells(base, odd, other).conflicts).toMatchObject([{ field: '区分', why: 'changed' }]);
});
