import { expect, test } from 'vitest';
import { measuresOf, partNames } from '../../src/model/edition.ts';
import {
  type Field,
  fieldOf,
  isOwnOfReprint,
  measureTexts,
  pathOf,
  sheetFields,
  sheetTexts,
  yearTexts,
} from '../../src/model/fields.ts';
import { kinds, marks } from '../../src/model/measure.ts';

const { measure, year } = sheetFields;
const keys = (fields: readonly Field[]) => fields.map(({ key }) => key);
const having = (fields: readonly Field[], suits: (field: Field) => unknown) =>
  fields.filter(suits).map(({ name }) => name);

test('the fields in the order of the sheet, each by its property and its name', () => {
  expect(measure.map(({ property, name }) => [property, name])).toEqual([
    ['id', '番号'],
    ['kind', '区分'],
    ['reprintOf', '再掲'],
    ['title', '取組'],
    ['departments', '担当局・部'],
    ['sections', '担当課'],
    ['description', '取組内容'],
    ['effect', '効果・KPI'],
    ['indicators', '現状・実績・目標'],
    ['schedule', 'スケジュール'],
    ['relatedPlans', '関連計画'],
    ['overviewTitle', '一覧表・取組事項'],
    ['overviewSection', '一覧表・担当課'],
  ]);
  expect(year.map(({ property, name }) => [property, name])).toEqual([
    ['mark', '項目'],
    ['plan', '内容'],
    ['budget', '予算額'],
    ['result', '事業実績'],
  ]);
});

test('what a measure must have, and what a 再掲 must, may and alone can have', () => {
  expect(having(measure, ({ required }) => required)).toEqual([
    ...['番号', '区分', '取組', '担当局・部', '担当課', 'スケジュール'],
  ]);
  expect(having(measure, ({ reprint }) => reprint === 'must')).toEqual(['番号', '区分']);
  expect(having(measure, ({ reprint }) => reprint === 'only')).toEqual(['再掲']);
  expect(having(measure, ({ reprint }) => reprint === 'may')).toEqual([
    ...['取組', '担当局・部', '担当課', '一覧表・取組事項', '一覧表・担当課'],
  ]);
  expect(having(measure, isOwnOfReprint)).toEqual([
    ...['番号', '区分', '再掲', '取組', '担当局・部', '担当課', '一覧表・取組事項', '一覧表・担当課'],
  ]);
});

test('kinds of values', () => {
  const of = (kind: string) => having([...measure, ...year], (field) => field.kind === kind);
  expect(of('choice')).toEqual(['区分', '項目']);
  expect(of('number')).toEqual(['番号', '再掲']);
  expect(of('names')).toEqual(['担当局・部', '担当課']);
  expect(of('flags')).toEqual(['関連計画']);
  expect(of('years')).toEqual(['スケジュール']);
  expect(of('budget')).toEqual(['予算額']);
  expect(keys(measureTexts(sheetFields))).toEqual([
    ...['取組', '取組内容', '効果・KPI', '現状・実績・目標', '取組事項', '担当課'],
  ]);
  expect(keys(sheetTexts(sheetFields))).toEqual(['取組', '取組内容', '効果・KPI', '現状・実績・目標']);
  expect(keys(yearTexts(sheetFields))).toEqual(['内容', '事業実績']);
  expect(having([...measure, ...year], ({ long }) => long)).toEqual(['取組内容', '事業実績']);
  expect(having([...measure, ...year], ({ signs }) => signs)).toEqual(['項目']);
});

test('which names a list holds, which words a choice has', () => {
  expect(measure.flatMap(({ key, names }) => (names ? [[key, names]] : []))).toEqual([
    ['担当局・部', 'departments'],
    ['担当課', 'sections'],
    ['関連計画', 'plans'],
  ]);
  expect([...measure, ...year].flatMap(({ key, choices }) => (choices ? [[key, choices]] : []))).toEqual([
    ['区分', ['新規', '継続']],
    ['項目', ['→', '◎', '○', '△', '—']],
  ]);
  expect(kinds).toEqual(['新規', '継続']);
  expect(marks).toEqual(['→', '◎', '○', '△', '—']);
  expect(partNames).toEqual(['表紙', '目次', '取組事項一覧', '個票', '改定履歴']);
});

test('what another field stands for', () => {
  expect(measure.flatMap(({ name, follows }) => (follows ? [[name, follows]] : []))).toEqual([
    ['一覧表・取組事項', 'title'],
    ['一覧表・担当課', 'sections'],
  ]);
  expect(fieldOf(measure, 'overviewSection').searched).toBe('一覧表の担当課');
  expect(measure.flatMap(({ key, searchRank }) => (searchRank === undefined ? [] : [[key, searchRank]]))).toEqual([
    ['番号', 1],
    ['区分', 5],
    ['再掲', 0],
    ['取組', 2],
    ['担当局・部', 4],
    ['担当課', 3],
  ]);
  expect(year.flatMap(({ key, searchRank }) => (searchRank === undefined ? [] : [[key, searchRank]]))).toEqual([
    ['項目', 0],
  ]);
});

test('a field is found by its property and written at its path', () => {
  expect(pathOf(fieldOf(measure, 'title'))).toEqual(['取組']);
  expect(pathOf(fieldOf(measure, 'overviewTitle'))).toEqual(['一覧表', '取組事項']);
  expect(() => fieldOf(measure as readonly Field[], 'none')).toThrow('no field none');
});

test('the measures of an edition, 大項目 by 大項目', () => {
  const group = (...measures: number[]) => ({ measures });
  expect(
    measuresOf({ categories: [{ groups: [group(1, 2), group()] }, { groups: [] }, { groups: [group(3)] }] }),
  ).toEqual([1, 2, 3]);
});
