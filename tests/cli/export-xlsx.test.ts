import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { baseOf } from '../../src/exchange/answers/base-sheet.ts';
import { readBook } from '../../src/exchange/xlsx/read-book.ts';
import { cityFolder, edit, run, runHere } from './run.ts';

let folder: string;
beforeAll(() => {
  folder = cityFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const exported = (...args: string[]) => runHere(folder, ['export', 'xlsx', ...args]);
const written = (out: string): [string, Buffer][] =>
  readdirSync(join(folder, out, '回答'))
    .sort()
    .map((name) => [name, readFileSync(join(folder, out, '回答', name))]);

describe('answer workbooks', () => {
  test('--split: one for each 課 that has something of its own to answer, listed', async () => {
    const { status, stdout, stderr } = await exported('--split');
    expect([status, stderr]).toEqual([0, '']);
    const names = written('out').map(([name]) => name);
    expect(names).toEqual(['学校課.xlsx', '流通課.xlsx', '漁港課.xlsx', '窓口課.xlsx', '関係課.xlsx', '防災課.xlsx']);
    for (const name of names) expect(stdout).toContain(`${join('out', '回答', name)} を書きました。`);
    expect(stdout).toMatch(/回答ブックを 6 件作りました\(/);
  });

  test('--section: that one, the very bytes of --split', async () => {
    expect((await exported('--section', '窓口課', '--out', 'one')).status).toBe(0);
    expect(written('one')).toEqual(written('out').filter(([name]) => name === '窓口課.xlsx'));
  });

  test('the same bytes in any time zone and language, from line ends of any system', async () => {
    const crlf = cityFolder();
    for (const name of readdirSync(join(crlf, 'content/measures'))) edit(crlf, `measures/${name}`, /\n/g, '\r\n');
    for (const [index, env] of [
      { TZ: 'Pacific/Apia', LC_ALL: 'tr_TR.UTF-8' },
      { TZ: 'America/Sao_Paulo', LC_ALL: 'C' },
    ].entries()) {
      const ran = run(
        index === 0 ? folder : crlf,
        ['export', 'xlsx', '--split', '--out', join(folder, `zone${index}`)],
        env,
      );
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      expect(written(`zone${index}`)).toEqual(written('out'));
    }
    rmSync(crlf, { recursive: true });
  });

  test('--only: one workbook of these measures; --due opens 年度, given twice or with commas', async () => {
    expect((await exported('--only', '1-1-1', '2-1-1', '--due', 'R11', '--out', 'only')).status).toBe(0);
    const [[name, bytes] = ['', Buffer.alloc(0)], ...others] = written('only');
    expect([name, others]).toEqual(['取組集_1-1-1_2-1-1.xlsx', []]);
    const base = baseOf(await readBook(bytes));
    expect(base).toMatchObject({
      openYears: ['R11'],
      sections: [],
      measures: [{ number: '1-1-1' }, { number: '2-1-1' }],
    });
    for (const [index, due] of [
      ['--due', 'R12', '--due', 'R11'],
      ['--due', 'R12,R11'],
    ].entries()) {
      expect((await exported('--only', '1-1-1', ...due, '--out', `due${index}`)).status).toBe(0);
      const [[, one = Buffer.alloc(0)] = []] = written(`due${index}`);
      expect(baseOf(await readBook(one))).toMatchObject({ openYears: ['R11', 'R12'] });
    }
  });

  test('the base names the commit of the content, and no other work', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
    git('init', '-q');
    git('add', 'content');
    git('commit', '-qm', 'content');
    const commit = git('rev-parse', 'HEAD').trim();
    git('commit', '-qm', 'other', '--allow-empty');
    const baseNow = async () => {
      await exported('--section', '窓口課', '--out', 'git');
      return baseOf(await readBook(readFileSync(join(folder, 'git/回答/窓口課.xlsx'))));
    };
    expect(await baseNow()).toMatchObject({ commit });
    edit(folder, 'measures/1-1-1.yaml', '書かない窓口', '待たない窓口');
    expect(await baseNow()).not.toHaveProperty('commit');
    edit(folder, 'measures/1-1-1.yaml', '待たない窓口', '書かない窓口');
    expect(await baseNow()).toMatchObject({ commit });
    rmSync(join(folder, '.git'), { recursive: true });
  });

  test('content with errors makes none', async () => {
    const broken = cityFolder();
    edit(broken, 'measures/1-1-1.yaml', '番号: 1-1-1', '番号: 1-1-9');
    const ran = await runHere(broken, ['export', 'xlsx', '--split']);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('1-1-9');
    expect(readdirSync(broken)).not.toContain('out');
    rmSync(broken, { recursive: true });
  });

  test.each([
    [['--split', '--section', '窓口課'], 'どれか一つ'],
    [['--only', '1-1-1', '--split'], 'どれか一つ'],
    [['--due', 'R11'], '--split、--section、--only のどれか'],
    [['--split', '--due', 'R9'], 'R10、R11、R12'],
    [['--split', '--due', 'Ｒ１１'], 'もしかして: R11'],
    [['--split', '--due', ','], '年度がありません'],
    [['--section', '窓口'], 'もしかして: 窓口課'],
    [['--only', '9-9-9'], '番号 9-9-9 の取組はありません'],
  ])('%s is told', async (args, message) => {
    const { status, stderr } = await exported(...args, '--out', 'wrong');
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(readdirSync(folder)).not.toContain('wrong');
  });

  test('a 再掲 alone is told where it is written', async () => {
    const names = readdirSync(join(folder, 'content/measures'));
    const text = (name: string) => readFileSync(join(folder, 'content/measures', name), 'utf8');
    const reprint = names.find((name) => /^再掲:/m.test(text(name))) ?? '';
    const target = /^再掲: (\S+)/m.exec(text(reprint))?.[1] ?? '';
    const { status, stderr } = await exported('--only', reprint.replace('.yaml', ''), '--out', 'wrong');
    expect(status).toBe(2);
    expect(stderr).toContain(`内容は ${target} に書きます`);
  });

  test.each([['csv'], ['json']])('with %s they are wrong usage', async (format) => {
    const { status, stderr } = await runHere(folder, ['export', format, '--split', '--out', 'wrong']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('export xlsx')]);
  });
});

describe('the plain table', () => {
  test('a row a record, headings once, nothing merged, figures as numbers with their unit', async () => {
    expect((await exported('--out', 'table')).status).toBe(0);
    const { sheets } = await readXlsx(readFileSync(join(folder, 'table/取組集.xlsx')));
    expect(sheets.map(({ name }) => name)).toEqual(['取組', '年度', '内訳']);
    const [measures, years, parts] = sheets.map(({ rows, merges, autoFilter, freezePane, dataValidations }) => {
      expect([merges ?? [], dataValidations ?? []]).toEqual([[], []]);
      expect(freezePane).toMatchObject({ rows: 1 });
      const [headings = [], ...records] = rows;
      expect(new Set(headings).size).toBe(headings.length);
      expect(headings.every((heading) => typeof heading === 'string' && heading !== '')).toBe(true);
      expect(autoFilter?.range).toMatch(new RegExp(`^A1:[A-Z]+${rows.length}$`));
      return records.map((record) =>
        Object.fromEntries(headings.map((heading, at) => [String(heading), record[at] ?? null])),
      );
    });
    const numbers = readdirSync(join(folder, 'content/measures')).map((name) => name.replace('.yaml', ''));
    expect(measures?.map(({ 番号 }) => 番号).sort()).toEqual(numbers.map((number) => `取組${number}`).sort());
    for (const record of [...(measures ?? []), ...(years ?? []), ...(parts ?? [])])
      expect(`取組${[record.大項目, record.中項目, record.小項目].join('-')}`).toBe(record.番号);
    for (const record of years ?? []) {
      expect(record).toMatchObject({ 単位: '千円', 西暦年度: 2018 + Number(String(record.年度).slice(1)) });
      expect(record.予算額 === null || typeof record.予算額 === 'number').toBe(true);
      expect(['内訳あり', '—', null]).toContain(record.予算額の記載);
    }
    const split = years?.filter(({ 予算額の記載: how }) => how === '内訳あり') ?? [];
    expect(split.length).toBeGreaterThan(0);
    for (const { 番号: number, 年度: year, 予算額: sum } of split) {
      const own = parts?.filter((record) => record.番号 === number && record.年度 === year) ?? [];
      expect(own.map(({ 順: place }) => place)).toEqual(own.map((_, at) => at + 1));
      expect(own.reduce((all, { 予算額: amount }) => all + Number(amount ?? 0), 0)).toBe(sum);
    }
  });
});
