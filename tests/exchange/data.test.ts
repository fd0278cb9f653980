import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { editionAttachments } from '../../src/exchange/attachments.ts';
import { tableCsv } from '../../src/exchange/csv.ts';
import { exportFiles } from '../../src/exchange/export.ts';
import { dataTables } from '../../src/exchange/tables.ts';
import { type Edition, measuresOf } from '../../src/model/edition.ts';
import { editionJson, isoDate } from '../../src/model/edition-json.ts';
import { checkedCity, textOf } from '../content/city.ts';

// The whole of what is published of the invented city, with what it has none of.
const changes = {
  'measures/1-1-1.yaml': textOf('measures/1-1-1.yaml')
    .replace('内容: 調査', '内容: "=1+1"')
    .replace('内容: 導入', '内容: 導入、"試行", 検証')
    .replace('予算額: 12500', '予算額: [{ 区分: 窓口課, 額: — }, { 区分: 防災課, 額: — }]'),
};
const edition = (): Edition => checkedCity(changes).edition as Edition;

const csvOf = (of: Edition, at: number): string =>
  tableCsv(dataTables(of)[at] as ReturnType<typeof dataTables>[number]);
const measuresCsv = (of: Edition) => csvOf(of, 0);
const yearsCsv = (of: Edition) => csvOf(of, 1);
const partsCsv = (of: Edition) => csvOf(of, 2);

test.each([
  ['measures', measuresCsv],
  ['years', yearsCsv],
  ['parts', partsCsv],
] as const)('%s.csv, whole', async (name, text) => {
  await expect(text(edition()).replaceAll('\r\n', '\n')).toMatchFileSnapshot(`../refs/export/${name}.csv`);
});

test('JSON, whole', async () => {
  await expect(editionJson(edition())).toMatchFileSnapshot('../refs/export/city.json');
});

test('a year that cannot be read is blank', () => {
  const text = textOf('measures/1-1-1.yaml');
  const { edition: readable } = checkedCity({ 'measures/1-1-1.yaml': text.replace('R11:', 'R99:') }).readable();
  expect(JSON.parse(editionJson(readable)).取組[0].スケジュール[1]).toEqual({
    ...{ 年度: 'R11', 西暦年度: 2029, 項目: null, 内容: null, 予算額: null, 事業実績: null },
  });
  expect(yearsCsv(readable).split('\r\n')[2]).toMatch(/^取組1-1-1,1,1,1,.*,R11,2029,,,,千円,,,/);
});

test('without a licence, and with what no edition without errors has', () => {
  const plain = checkedCity({ 'edition.yaml': textOf('edition.yaml').replace(/^ライセンス.*\n/m, '') })
    .edition as Edition;
  expect(JSON.parse(editionJson(plain))).toMatchObject({ ライセンス: null, 改定: '令和12年12月1日' });
  expect(measuresCsv(plain).split('\r\n')[1]).toMatch(/,港町市,$/);
  const [first] = measuresOf(plain);
  const odd = { ...plain, revised: 'いつか' } as Edition;
  if (first) first.reprintOf = '9-9-9';
  expect(JSON.parse(editionJson(odd))).toMatchObject({ 改定: 'いつか', 改定年月: null });
  const row = measuresCsv(odd).split('\r\n')[1];
  expect(row).toMatch(/^取組1-1-1,1,1,1,暮らし,窓口,新規,取組9-9-9,市民局/);
  expect(row).toMatch(/,取組集,,港町市,$/);
});

test.each([
  ['令和8年3月', '2026-03'],
  ['令和8年3月1日', '2026-03-01'],
  ['令和12年12月31日', '2030-12-31'],
  ['平成元年10月', '1989-10'],
  ['令和8年13月', null],
  ['2026-03', null],
])('the date %s is %j', (date, iso) => expect(isoDate(date)).toBe(iso));

test('four files, named after 書名, with what a reader of PDF shows of them', () => {
  const named = { ...edition(), title: '取組集/R12: 第1版' };
  expect(editionAttachments(named).map(({ name, plainName, type }) => [name, plainName, type])).toEqual([
    ['取組集_R12__第1版.json', 'edition.json', 'application/json'],
    ['取組集_R12__第1版_取組.csv', 'measures.csv', 'text/csv'],
    ['取組集_R12__第1版_年度.csv', 'years.csv', 'text/csv'],
    ['取組集_R12__第1版_内訳.csv', 'parts.csv', 'text/csv'],
  ]);
});

test.each([
  ['csv', ['取組集_取組.csv', '取組集_年度.csv', '取組集_内訳.csv', 'datapackage.json']],
  ['json', ['取組集.json', '取組集.schema.json']],
] as const)('export %s writes what the PDF carries', (format, names) => {
  const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  try {
    const whole = edition();
    expect(exportFiles(whole, format, folder)).toEqual(names.map((name) => join(folder, name)));
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
    for (const { name, text } of editionAttachments(whole))
      if (names.includes(name as never)) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
