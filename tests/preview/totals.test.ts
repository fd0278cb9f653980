import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { amountUnit, signed } from '../../src/model/amounts.ts';
import {
  budgetTotals,
  columnSums,
  kindTotals,
  markTotals,
  reprintTotals,
  sum,
} from '../../src/preview/page/numbers/totals.ts';
import { editionOf } from './edition-of.ts';

interface Written {
  番号: string;
  区分: string;
  再掲?: string;
  スケジュール?: Record<string, { 項目?: string; 予算額?: unknown }>;
}

describe.each(['content', 'tests/city'])('%s', (folder) => {
  const edition = editionOf(folder);
  const files = readdirSync(`${folder}/measures`).map(
    (name) => parse(readFileSync(`${folder}/measures/${name}`, 'utf8')) as Written,
  );
  /** Every whole number below 予算額, however it is written. */
  const amount = (value: unknown): number =>
    typeof value === 'number' ? value : typeof value === 'object' && value ? sum(Object.values(value).map(amount)) : 0;

  test('予算額 by 大項目 and 年度 is what the files add up to', () => {
    const { columns, rows } = budgetTotals(edition);
    expect(columns).toEqual(edition.年度);
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
    const kinds = kindTotals(edition);
    expect(sum(columnSums(kinds))).toBe(files.length);
    expect(columnSums(kinds)).toEqual(kinds.columns.map((kind) => files.filter(({ 区分 }) => 区分 === kind).length));
    expect(sum(reprintTotals(edition))).toBe(files.filter(({ 再掲 }) => 再掲).length);
    const marks = markTotals(edition);
    const own = files.filter(({ 再掲 }) => !再掲);
    for (const { name, values } of marks.rows)
      expect(values).toEqual(
        marks.columns.map((year) => own.filter((file) => (file.スケジュール?.[year]?.項目 ?? '空欄') === name).length),
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
