import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cityFolder, edit, runHere } from '../cli/run.ts';
import { revisedDate } from '../content/revised.ts';

// What is expected comes from the YAML files by the yaml library alone.
type File = Record<string, unknown> & { 番号: string };
const files = new Map<string, File>(
  readdirSync('content/measures').map((name) => {
    const file = parse(readFileSync(`content/measures/${name}`, 'utf8'));
    return [file.番号, file];
  }),
);
interface Named {
  番号: string | number;
  名称: string;
}
const structure: { 大項目: (Named & { 中項目: Named[] })[] } = parse(readFileSync('content/structure.yaml', 'utf8'));
const edition = parse(readFileSync('content/edition.yaml', 'utf8'));
const plans: string[] = edition.関連計画;
const title: string = edition.書名;
const indicators = Object.entries(edition['現状・実績・目標']).map(([label, year]) => `${label}(${year})`);
const revised = revisedDate(edition.改定).join('-');
const trimmed = (value: unknown) => (typeof value === 'string' ? value.replace(/\n+$/, '') : value);

let folder: string;
beforeAll(async () => {
  folder = cityFolder();
  const content = join(process.cwd(), 'content');
  for (const format of ['csv', 'json'])
    expect(await runHere(folder, ['export', format, '--content', content])).toMatchObject({
      status: 0,
      stderr: edition.ライセンス === undefined ? expect.stringContaining('ライセンス') : '',
    });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const read = (name: string) => readFileSync(join(folder, 'out', name), 'utf8');
const rowsOf = (name: string): Record<string, string>[] => parseCsv(read(name), { columns: true, bom: true });
const idOf = (row: Record<string, string>) => {
  const number = `${row.大項目}-${row.中項目}-${row.小項目}`;
  expect(row.番号).toBe(`取組${number}`);
  return number;
};
/** 大項目の名称 and 中項目の名称 of a number */
const namesOf = (number: string) => {
  const [category, group] = number.split('-');
  const named = structure.大項目.find((one) => String(one.番号) === category);
  return {
    大項目の名称: named?.名称,
    中項目の名称: named?.中項目.find((one) => one.番号 === `${category}-${group}`)?.名称,
  };
};

test('spreadsheets take the CSV files for UTF-8; lines end as RFC 4180 says', () => {
  for (const name of ['取組', '年度', '内訳'].map((table) => `${title}_${table}.csv`)) {
    expect(read(name).startsWith('\uFEFF番号,大項目,中項目,小項目,')).toBe(true);
    expect(read(name).endsWith('\r\n')).toBe(true);
  }
});

describe('取組.csv: one row for each measure, in order', () => {
  test('all texts, names and flags', () => {
    const rows = rowsOf(`${title}_取組.csv`);
    expect(rows).toHaveLength(files.size);
    expect(rows.map(idOf)).toEqual(JSON.parse(read(`${title}.json`)).取組.map(({ 番号 }: File) => 番号));
    for (const row of rows) {
      const own = files.get(idOf(row)) as File;
      const target = files.get((own.再掲 as string | undefined) ?? own.番号) as File;
      expect(row.新規継続).toBe(own.区分);
      expect(row.取組).toBe(trimmed(own.取組 ?? target.取組));
      expect(row.担当課?.split('、')).toEqual(own.担当課 ?? target.担当課);
      expect(row['担当局・部']?.split('、')).toEqual(own['担当局・部'] ?? target['担当局・部']);
      expect(row.再掲).toBe(own.再掲 ? `取組${own.再掲}` : '');
      expect(row).toMatchObject(namesOf(own.番号));
      expect(row.取組内容).toBe(trimmed(own.取組内容 ?? ''));
      expect(row['効果・KPI']).toBe(trimmed(own['効果・KPI'] ?? ''));
      expect(row[indicators.join('・')]).toBe(trimmed(own['現状・実績・目標'] ?? ''));
      const named = own.関連計画 as string[] | undefined;
      for (const plan of plans) expect(row[plan]).toBe(named === undefined ? '' : named.includes(plan) ? '○' : '×');
      expect(row).toMatchObject({ 計画名: edition.計画名, 改定: revised, 発行者: edition.発行者 });
    }
  });
});

describe('年度.csv and 内訳.csv: one row for each measure and fiscal year, and for each part of an amount', () => {
  test('marks, texts and amounts', () => {
    const rows = rowsOf(`${title}_年度.csv`);
    const regular = [...files.values()].filter((file) => file.再掲 === undefined);
    expect(rows).toHaveLength(regular.length * edition.年度.length);
    const parts = rowsOf(`${title}_内訳.csv`);
    for (const row of rows) {
      const own = files.get(idOf(row)) as File;
      expect(row).toMatchObject({ ...namesOf(own.番号), 取組: trimmed(own.取組), 単位: '千円' });
      expect(row.担当課).toBe((own.担当課 as string[]).join('、'));
      expect(row.西暦年度).toBe(String(Number(row.年度?.slice(1)) + 2018));
      const schedule = own.スケジュール as Record<string, Record<string, unknown> | null>;
      const entry = schedule[row.年度 ?? ''] ?? {};
      expect([row.項目, row.内容, row.事業実績]).toEqual(
        [entry.項目, entry.内容, entry.事業実績].map((value) => trimmed(value ?? '')),
      );
      const amount = entry.予算額;
      if (Array.isArray(amount)) {
        const figures = amount.map(({ 額 }) => 額).filter((figure) => figure !== '—');
        expect(row.予算額).toBe(figures.length === 0 ? '' : String(figures.reduce((sum, figure) => sum + figure, 0)));
        expect(row.予算額の記載).toBe('内訳あり');
        const split = parts.splice(0, amount.length);
        expect(split.map(({ 番号, 年度, 順, 区分 }) => [番号, 年度, 順, 区分])).toEqual(
          amount.map(({ 区分 }, at) => [row.番号, row.年度, String(at + 1), 区分]),
        );
        expect(split.map(({ 予算額, 予算額の記載 }) => 予算額 || 予算額の記載)).toEqual(
          amount.map(({ 額 }) => String(額)),
        );
      } else {
        expect(row.予算額).toBe(typeof amount === 'number' ? String(amount) : '');
        expect(row.予算額の記載).toBe(amount === '—' ? '—' : '');
      }
    }
    expect(parts).toEqual([]);
  });
});

test('JSON: the YAML files, complete, with null for blank cells', () => {
  const document = JSON.parse(read(`${title}.json`));
  expect(document).toMatchObject({
    書名: title,
    改定: edition.改定,
    改定年月: revised,
    ライセンス: edition.ライセンス ?? null,
  });
  expect(document.取組).toHaveLength(files.size);
  for (const measure of document.取組) {
    const own = files.get(measure.番号) as File;
    for (const key of ['取組内容', '効果・KPI', '現状・実績・目標'])
      expect(measure[key]).toBe(trimmed(own[key] ?? null));
    expect(measure.関連計画).toEqual(own.関連計画 ?? null);
    if (own.再掲) expect(measure).toMatchObject({ 再掲: own.再掲, スケジュール: null });
    else
      for (const { 年度, 西暦年度, ...cells } of measure.スケジュール) {
        expect(西暦年度).toBe(2018 + Number(年度.slice(1)));
        const entry = (own.スケジュール as Record<string, Record<string, unknown>>)[年度] ?? {};
        for (const [key, value] of Object.entries(cells)) expect(value).toEqual(trimmed(entry[key] ?? null));
      }
  }
});

test('bad content writes nothing; a cell is never a formula; the licence is named', async () => {
  const own = cityFolder();
  edit(own, 'edition.yaml', 'ライセンス: CC BY 4.0', 'ライセンス: CC0 1.0');
  edit(own, 'measures/1-1-1.yaml', '内容: 導入', '内容: "=1+1"');
  expect((await runHere(own, ['export', 'csv'])).status).toBe(0);
  const written = () => readFileSync(join(own, 'out/取組集_年度.csv'), 'utf8');
  const before = written();
  const rows: Record<string, string>[] = parseCsv(before, { columns: true, bom: true });
  expect(rows[1]).toMatchObject({ 内容: "'=1+1", ライセンス: 'CC0 1.0' });
  edit(own, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12,500');
  expect(await runHere(own, ['export', 'csv'])).toMatchObject({ status: 1, stdout: '' });
  expect(written()).toBe(before);
  rmSync(own, { recursive: true, force: true });
});
