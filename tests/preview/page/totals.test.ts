import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { amountUnit, signed } from '../../../src/model/amounts.ts';
import {
  budgetTotals,
  columnSums,
  kindTotals,
  markTotals,
  reprintTotals,
  sum,
  unfilledTotals,
} from '../../../src/preview/page/numbers/totals.ts';
import { blank, markName } from '../../../src/preview/page/side/filters.ts';
import { edition, measure, year } from './edition-data.ts';
import { editionOf } from './edition-of.ts';

interface Written {
  番号: string;
  区分: string;
  再掲?: string;
  スケジュール?: Record<string, { 項目?: string; 予算額?: unknown }>;
}

describe.each(['tests/lake', 'tests/city'])('%s', (folder) => {
  const data = editionOf(folder);
  const files = readdirSync(`${folder}/measures`).map(
    (name) => parse(readFileSync(`${folder}/measures/${name}`, 'utf8')) as Written,
  );
  /** Every whole number below 予算額, however it is written. */
  const amount = (value: unknown): number =>
    typeof value === 'number' ? value : typeof value === 'object' && value ? sum(Object.values(value).map(amount)) : 0;

  test('予算額 by 大項目 and 年度 is what the files add up to', () => {
    const { columns, rows } = budgetTotals(data);
    expect(columns).toEqual(data.年度);
    for (const { name, values } of rows) {
      const own = files.filter(({ 番号 }) => 番号.startsWith(`${name.split(' ')[0]}-`));
      expect(own.length).toBeGreaterThan(0);
      expect(values).toEqual(columns.map((year) => sum(own.map((file) => amount(file.スケジュール?.[year]?.予算額)))));
    }
    expect(sum(columnSums({ columns, rows }))).toBe(
      sum(files.flatMap((file) => Object.values(file.スケジュール ?? {}).map(({ 予算額 }) => amount(予算額)))),
    );
    expect(sum(columnSums({ columns, rows }))).toBeGreaterThan(0);
  });

  test('numbers by 区分 and by mark', () => {
    const kinds = kindTotals(data);
    expect(sum(columnSums(kinds))).toBe(files.length);
    expect(columnSums(kinds)).toEqual(kinds.columns.map((kind) => files.filter(({ 区分 }) => 区分 === kind).length));
    expect(sum(reprintTotals(data))).toBe(files.filter(({ 再掲 }) => 再掲).length);
    const marks = markTotals(data);
    const own = files.filter(({ 再掲 }) => !再掲);
    for (const { name, values } of marks.rows)
      expect(values).toEqual(
        marks.columns.map(
          (year) => own.filter((file) => markName(data, file.スケジュール?.[year]?.項目 ?? blank) === name).length,
        ),
      );
    expect(columnSums(marks)).toEqual(marks.columns.map(() => own.length));
  });
});

test('amounts are short, and a little is not nothing', () => {
  expect([0, 9_999].map(amountUnit(9_999).shown)).toEqual(['0', '9,999']);
  expect([0, 44, 1_240, 20_000, 1_234_567].map(amountUnit(1_234_567).shown)).toEqual([
    '0',
    '0.1未満',
    '1.2',
    '20',
    '1,235',
  ]);
  expect([0, 1200, -300].map(signed)).toEqual(['±0', '+1,200', '−300']);
});

const made = edition(
  [
    measure('1-1-1', {
      区分: '継続',
      スケジュール: [
        year('R8', { 項目: '△', 予算額: 100 }),
        year('R9', {
          項目: '☆',
          予算額: [
            { 区分: 'A課', 額: 20 },
            { 区分: 'B課', 額: '—' },
            { 区分: 'C課', 額: 3 },
          ],
        }),
      ],
    }),
    measure('2-1-1', { 区分: '新規', スケジュール: [year('R8', { 項目: '→', 予算額: '—' }), year('R9')] }),
    measure('1-2-1', { 区分: '新規', 再掲: '1-1-1', スケジュール: null }),
    measure('1-2-2', { 区分: '新規', スケジュール: [year('R9', { 項目: '→', 予算額: 7 })] }),
  ],
  { 年度: ['R8', 'R9'] },
);

test('予算額: parts are added up, "—" and blank cells are 0; one row a 大項目, wherever its measures stand', () => {
  expect(budgetTotals(made)).toEqual({
    columns: ['R8', 'R9'],
    rows: [
      { name: '1 大1', values: [100, 30] },
      { name: '2 大2', values: [0, 0] },
    ],
  });
  expect(columnSums(budgetTotals(made))).toEqual([100, 30]);
});

test('区分 as they first occur, 再掲 among them', () => {
  expect(kindTotals(made)).toEqual({
    columns: ['継続', '新規'],
    rows: [
      { name: '1 大1', values: [1, 2] },
      { name: '2 大2', values: [0, 1] },
    ],
  });
  expect(reprintTotals(made)).toEqual([1, 0]);
});

test('項目 in the usual order, unknown ones behind, blank ones last; without blanks no such row', () => {
  expect(markTotals(made)).toEqual({
    columns: ['R8', 'R9'],
    rows: [
      { name: '→', values: [1, 1] },
      { name: '△', values: [1, 0] },
      { name: '☆', values: [0, 1] },
      { name: '空欄', values: [1, 1] },
    ],
  });
  const whole = edition([measure('1-1-1', { スケジュール: [year('R8', { 項目: '○' })] })], { 年度: ['R8'] });
  expect(markTotals(whole).rows).toEqual([{ name: '○', values: [1] }]);
});

test('what is lacking by 課, a measure of several 課 at each; all of them once', () => {
  const data = edition([
    measure('1-1-1', { 担当課: ['(発注)水道課', '企画課', '(協力)企画課'], スケジュール: [year('R8', { 項目: '○' })] }),
    measure('1-1-2', { 担当課: ['水道課'], '現状・実績・目標': '1件', スケジュール: [year('R8', { 項目: '○' })] }),
    measure('1-1-3', {
      担当課: ['緑地課'],
      '現状・実績・目標': '1件',
      スケジュール: [year('R8'), year('R9', { 項目: '○' })],
    }),
    measure('1-1-4', { 担当課: ['緑地課'], 再掲: '1-1-1', スケジュール: null }),
  ]);
  expect(unfilledTotals(data)).toEqual({
    columns: ['R8 事業実績', '現状・実績・目標', 'いずれか'],
    rows: [
      { name: '企画課', values: [1, 1, 1] },
      { name: '水道課', values: [2, 1, 2] },
      { name: '計', values: [2, 1, 2] },
    ],
  });
  expect(unfilledTotals(edition([], { 年度: ['R9'] }))).toEqual({
    columns: ['現状・実績・目標', 'いずれか'],
    rows: [{ name: '計', values: [0, 0] }],
  });
});

test('a column that a row lacks counts as 0', () => {
  expect(
    columnSums({
      columns: ['a', 'b'],
      rows: [
        { name: 'x', values: [1] },
        { name: 'y', values: [2, 3] },
      ],
    }),
  ).toEqual([3, 3]);
  expect(columnSums({ columns: ['a'], rows: [] })).toEqual([0]);
});
