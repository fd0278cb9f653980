import { expect, test } from 'vitest';
import { cellsOf, inSheetOrder, keyOf } from '../../src/compare/cells.ts';
import { sheetFields } from '../../src/model/fields.ts';
import type { Measure } from '../../src/model/measure.ts';
import { measure, reprint } from './editions.ts';

const cells = (of: Measure, target?: Measure) =>
  cellsOf(of, target, ['R10', 'R11'], sheetFields).map((cell) => {
    const { value } = cell;
    const shown = value.type === 'list' ? value.names : value.type === 'budget' ? value.budget : value.text;
    return [keyOf(cell), value.type, shown];
  });

const full = measure('1-1-1', {
  kind: '新規',
  title: '競りの\n電子化',
  departments: ['産業局'],
  sections: ['(発注)漁港課', '流通課'],
  description: '内容',
  effect: '効果',
  indicators: '目標',
  schedule: {
    R10: { mark: '○', plan: '導入', budget: 0, result: '済み' },
    R11: { budget: [{ label: '漁港課', amount: 5 }] },
    R12: { mark: '→' },
  },
  relatedPlans: [],
  overviewTitle: '競りの電子化',
  overviewSection: '(発注)漁港課、流通課',
});

test('all that a measure says, in the order of the sheet; a 年度 that the edition does not have is no cell', () => {
  expect(cells(full)).toEqual([
    ['区分', 'choice', '新規'],
    ['取組', 'text', '競りの\n電子化'],
    ['担当局・部', 'list', ['産業局']],
    ['担当課', 'list', ['(発注)漁港課', '流通課']],
    ['取組内容', 'text', '内容'],
    ['効果・KPI', 'text', '効果'],
    ['現状・実績・目標', 'text', '目標'],
    ['項目/R10', 'choice', '○'],
    ['内容/R10', 'text', '導入'],
    ['予算額/R10', 'budget', 0],
    ['事業実績/R10', 'text', '済み'],
    ['予算額/R11', 'budget', [{ label: '漁港課', amount: 5 }]],
    ['関連計画', 'list', []],
  ]);
});

test.each<[string, Partial<Measure>, string[]]>([
  ['blank', {}, []],
  ['a text that is empty is blank', { effect: '' }, []],
  ['its own 取組事項', { overviewTitle: '電子競り' }, ['一覧表・取組事項 text 電子競り']],
  ['its own 担当課', { overviewSection: '全課' }, ['一覧表・担当課 text 全課']],
])('the overview follows the sheet unless it has its own wording: %s', (_, more, expected) => {
  const plain = cells(measure('1-1-1', { title: '競り' })).length;
  expect(
    cells(measure('1-1-1', { title: '競り', ...more }))
      .slice(plain)
      .map((cell) => cell.join(' ')),
  ).toEqual(expected);
});

test.each<[string, Partial<Measure>, string[]]>([
  ['nothing of its own', {}, []],
  ['its 区分 is always its own', { kind: '継続' }, []],
  ['its own title, and the overview’s after it', { title: 'せり', overviewTitle: 'せり' }, ['取組 text せり']],
  [
    'its own title, the overview has another wording',
    { title: 'せり', overviewTitle: '競り' },
    ['取組 text せり', '一覧表・取組事項 text 競り'],
  ],
  ['the overview alone', { overviewTitle: '競り' }, ['一覧表・取組事項 text 競り']],
  ['its own 課', { sections: ['学校課'], overviewSection: '学校課' }, ['担当課 list 学校課']],
  ['its own 局', { departments: ['教育局'] }, ['担当局・部 list 教育局']],
])('a 再掲 says what its target does not: %s', (_, more, expected) => {
  const target = { ...full, overviewTitle: '電子競り' };
  const found = cells(reprint('2-1-1', target, more), target).map((cell) => cell.join(' '));
  expect(found.slice(0, 2)).toEqual([`区分 choice ${more.kind ?? '新規'}`, '再掲 choice 1-1-1']);
  expect(found.slice(2)).toEqual(expected);
});

test('a 再掲 whose target is not there says all that is shown of it', () => {
  expect(cells(reprint('2-1-1', full)).map(([key]) => key)).toEqual(['区分', '再掲', '取組', '担当局・部', '担当課']);
  expect(
    cells(reprint('2-1-1', full, { departments: [], sections: [], overviewSection: '' })).map(([key]) => key),
  ).toEqual(['区分', '再掲', '取組']);
});

test('a measure of its own takes nothing from another one', () => {
  expect(cells(full, full)).toEqual(cells(full));
});

test('changes stand as in the sheet: its columns, the schedule year after year', () => {
  const order = [
    { field: '区分' },
    { field: '再掲' },
    { field: '取組' },
    { field: '現状・実績・目標' },
    { field: '項目', year: 'R10' },
    { field: '内容', year: 'R10' },
    { field: '予算額', year: 'R10' },
    { field: '事業実績', year: 'R10' },
    { field: '項目', year: 'R11' },
    { field: '事業実績', year: 'R11' },
    { field: '関連計画' },
    { field: '一覧表・取組事項' },
    { field: '一覧表・担当課' },
  ];
  for (const given of [order.toReversed(), [...order.slice(6), ...order.slice(0, 6)], order]) {
    expect(inSheetOrder(given, ['R10', 'R11'], sheetFields)).toEqual(order);
    expect(given).toHaveLength(order.length);
  }
});

test('a cell by its key', () => {
  expect(keyOf({ field: '取組' })).toBe('取組');
  expect(keyOf({ field: '内容', year: 'R10' })).toBe('内容/R10');
});
