// A collection played through in a clone of an invented city, by the commands: what comes of the workbooks that come back.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RowValue } from '../../src/exchange/answers/form.ts';
import { keyText } from '../../src/exchange/answers/key.ts';
import { headings } from '../../src/exchange/answers/layout.ts';
import { readBook } from '../../src/exchange/xlsx/read-book.ts';
import { type NewBook, writeBook } from '../../src/exchange/xlsx/write-book.ts';
import { cityRepository, git } from '../compare/repository.ts';
import { edit, type Ran, runHere } from './run.ts';

let made: string;
let folder: string;
const copies: string[] = [];
const done = async (...args: string[]): Promise<Ran> => {
  const ran = await runHere(folder, args);
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  return ran;
};
const commit = (message: string) => {
  git(folder, 'add', 'content');
  git(folder, 'commit', '-q', '-m', message);
};
const textOf = (file: string) => readFileSync(join(folder, 'content', file), 'utf8');
const changedFiles = () => git(folder, 'status', '--porcelain', 'content');

beforeAll(async () => {
  folder = cityRepository();
  made = folder;
  writeFileSync(join(folder, '.git/info/exclude'), 'out\nin\n');
  await done('export', 'xlsx', '--split');
});
beforeEach(() => {
  folder = `${made}-${copies.length}`;
  copies.push(folder);
  cpSync(made, folder, { recursive: true });
});
afterAll(() => {
  for (const copy of [made, ...copies]) rmSync(copy, { recursive: true, force: true });
});

type Filled = Readonly<Record<string, RowValue | undefined>>;
/** A cell by number, field and 年度. */
const row = (number: string, field: string, year?: string) =>
  keyText({ number, field, ...(year === undefined ? {} : { year }) });

/** The workbook of a 課 with other values, as a program writes it that keeps values alone; in the folder in/. */
async function returned(section: string, filled: Filled = {}, name = `${section}.xlsx`): Promise<void> {
  const book = await readBook(readFileSync(join(made, 'out/回答', `${section}.xlsx`)));
  const left = new Set(Object.keys(filled));
  const sheets = book.sheets.map((sheet): NewBook['sheets'][number] => {
    const rows: NewBook['sheets'][number]['rows'] = [];
    let answer = -1;
    for (const [at, cells] of sheet.rows) {
      const values = new Map([...cells].map(([column, { value }]) => [column, value as RowValue]));
      answer = [...values].find(([, value]) => value === headings.answer)?.[0] ?? answer;
      for (const value of values.values()) {
        if (typeof value !== 'string' || !left.delete(value)) continue;
        const typed = filled[value];
        if (typed === undefined) values.delete(answer);
        else values.set(answer, typed);
      }
      const width = Math.max(0, ...values.keys()) + 1;
      rows[at] = Array.from({ length: width }, (_, column) =>
        values.has(column) ? { value: values.get(column) as RowValue } : undefined,
      );
    }
    return {
      name: sheet.name,
      hidden: sheet.hidden,
      columns: [],
      rows: Array.from(rows, (cells) => cells ?? []),
    };
  });
  if (left.size > 0) throw new Error(`no row ${[...left].join(', ')}`);
  const path = join(folder, 'in', name);
  mkdirSync(dirname(path), { recursive: true });
  const font = { name: 'Yu Gothic', size: 11 };
  writeFileSync(path, await writeBook({ title: '', author: '', date: new Date(0), font, sheets, names: [] }));
}

test('what nobody touched changes nothing', async () => {
  const { stdout, stderr } = await done('import', 'xlsx', 'out/回答', '--write');
  expect(stderr).toBe('');
  expect(stdout).toContain('書き換える所はありません。');
  expect(stdout).toMatch(/計 +0 +7 +0 +0 +0\n/);
  await returned('窓口課');
  expect((await done('import', 'xlsx', 'in', '--write')).stdout).toContain('書き換える所はありません。');
  expect(changedFiles()).toBe('');
});

test('answers are shown, then written; undone by git', async () => {
  await returned('窓口課', { [row('1-1-1', '事業実績', 'R11')]: '2か所で始めた。' });
  const look = await done('import', 'xlsx', 'in');
  expect(look.stdout).toContain('R11 事業実績: {+2か所で始めた。+}');
  expect(look.stdout).toMatch(/窓口課 +1 +1 +0 +0 +0\n/);
  expect(look.stdout).toMatch(/未提出の課\(5\): .*学校課 1/s);
  expect(look.stdout).toContain('npx shisakushu import xlsx in --write');
  expect(changedFiles()).toBe('');
  const wrote = await done('import', 'xlsx', 'in', '--write');
  expect(wrote.stdout).toContain('content の 1 ファイルを書き換えました。元に戻すには: git restore content');
  expect(git(folder, 'diff', '-U0', 'content')).toMatch(/^\+ {4}事業実績: 2か所で始めた。$/m);
  expect(git(folder, 'diff', '--shortstat', 'content')).toContain('1 insertion');
  const again = await runHere(folder, ['import', 'xlsx', 'in', '--write']);
  expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('コミットしていない変更')]);
  commit('answers');
  expect((await done('import', 'xlsx', 'in', '--write')).stdout).toContain('書き換える所はありません。');
  await done('check');
});

test('content that went on: renumbered, changed elsewhere, changed in the same cell', async () => {
  await returned('窓口課', {
    [row('1-1-1', '事業実績', 'R11')]: '2か所で始めた。',
    [row('1-1-1', '予算額', 'R12')]: 3500,
  });
  await done('move', '1-1-2', '1-1-1');
  edit(folder, 'measures/1-1-2.yaml', '予算額: 3200', '予算額: 3300');
  edit(folder, 'measures/1-1-2.yaml', '内容: 導入', '内容: 全庁に導入');
  commit('went on');
  const open = await runHere(folder, ['import', 'xlsx', 'in', '--write']);
  expect(open.status).toBe(1);
  expect(open.stdout).toMatch(
    /■ 1-1-2 書かない窓口 R12 予算額\n +元: 3,200\n +庁内の今: 3,300\n +回答\(in\/窓口課\.xlsx 1-1-1!C\d+\): 3,500\n/,
  );
  expect(open.stderr).toContain('何も書き換えていません: in/窓口課.xlsx');
  expect(changedFiles()).toBe('');
  const ours = await done('import', 'xlsx', 'in', '--ours', '1-1-2', '--write');
  expect(ours.stderr).toBe('');
  expect(textOf('measures/1-1-2.yaml')).toMatch(
    /全庁に導入\n.*\n {4}事業実績: 2か所で始めた。\n(.*\n)+ {4}予算額: 3300/,
  );
  git(folder, 'checkout', '-q', 'content');
  const theirs = await done('import', 'xlsx', 'in', '--theirs', '1-1-2,1-2-1', '--write');
  expect(theirs.stderr).toContain('--theirs の 1-2-1 に、衝突はありません。');
  expect(textOf('measures/1-1-2.yaml')).toContain('予算額: 3500');
  expect(git(folder, 'diff', '--numstat', 'content')).toMatch(/measures\/1-1-2\.yaml$/);
});

test('mistakes are told at their cells; what has none can be taken', async () => {
  await returned('窓口課', { [row('1-1-1', '事業実績', 'R11')]: '2か所で始めた。' });
  await returned('防災課', { [row('1-2-1', '事業実績', 'R11')]: 'ﾃﾞｼﾞﾀﾙ化した。' });
  writeFileSync(join(folder, 'in/壊れた.xlsx'), readFileSync(join(folder, 'in/防災課.xlsx')).subarray(0, 2000));
  writeFileSync(join(folder, 'in/メモ.txt'), '');
  writeFileSync(join(folder, 'in/~$窓口課.xlsx'), '');
  const refused = await runHere(folder, ['import', 'xlsx', 'in', '--write']);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/^in\/防災課\.xlsx 1-2-1!C\d+ 誤り 半角カタカナ/m);
  expect(refused.stderr).toMatch(/^in\/壊れた\.xlsx 誤り /m);
  expect(refused.stderr).toContain('読んでいないファイル: in/メモ.txt');
  expect(refused.stderr).not.toContain('~$');
  expect(refused.stdout).toMatch(/防災課 +0 +0 +0 +1 +0\n/);
  expect(changedFiles()).toBe('');
  const taken = await runHere(folder, ['import', 'xlsx', 'in', '--write', '--accept-good']);
  expect(taken.status).toBe(1);
  expect(taken.stdout).toContain('content の 1 ファイルを書き換えました。');
  expect(taken.stderr).toMatch(/取り込まない回答ブック: in\/(?:壊れた|防災課)\.xlsx、in\/(?:壊れた|防災課)\.xlsx/);
  expect(changedFiles()).toBe('M content/measures/1-1-1.yaml');
});

test('a workbook of another city, and two of one 課', async () => {
  await returned('窓口課', { [row('1-1-1', '事業実績', 'R11')]: '2か所で始めた。' });
  await returned('窓口課', { [row('1-1-2', '取組内容')]: '受け付ける。' }, '遅れて/窓口課 (2).xlsx');
  const { stdout, stderr } = await done('import', 'xlsx', 'in');
  expect(stdout).toMatch(/窓口課 +2 +0 +0 +0 +0\n/);
  expect(stderr).toMatch(/窓口課の回答ブックが 2 つあります/);
  edit(folder, 'edition.yaml', '発行者: 港町市', '発行者: 山里市');
  edit(folder, 'edition.yaml', '計画名: 港町', '計画名: 山里');
  rmSync(join(folder, '.git'), { recursive: true });
  const refused = await runHere(folder, ['import', 'xlsx', 'in']);
  expect(refused.status).toBe(2);
  expect(refused.stderr.replaceAll(/\n */g, '')).toMatch(
    /港町市「港町デジタルプラン」の回答ブックです。.*山里市「山里デジタルプラン」/,
  );
});

test('one that comes late: the edition moved on, a 課 has another name, a measure went', async () => {
  await returned('窓口課', { [row('1-1-1', '事業実績', 'R11')]: '2か所で始めた。' });
  await returned('学校課', { [row('3-1-3', '事業実績', 'R11')]: '更新した。' });
  for (const step of [
    ['new-edition', 'R13'],
    ['rename', '窓口課', '総合窓口課'],
    ['remove', '3-1-3'],
  ]) {
    await done(...step);
    commit(step.join(' '));
  }
  const open = await runHere(folder, ['import', 'xlsx', 'in/学校課.xlsx']);
  expect(open.status).toBe(1);
  const told = open.stderr.replaceAll(/\n */g, '');
  expect(told).toMatch(/学校課\.xlsx 3-1-3 誤り 取組 3-1-3「1人1台端末」は、いまの版にありません。.*: 更新した。/);
  const { stdout, stderr } = await done('import', 'xlsx', 'in/窓口課.xlsx', '--write');
  expect(stderr.replaceAll(/\n */g, '')).toMatch(
    /R10、R11、R12\)から作られた回答ブックです。いまの版は.*R11、R12、R13\)です。/,
  );
  expect(stdout).toMatch(/総合窓口課 +1 +1 +0 +0 +0\n/);
  expect(textOf('measures/1-1-1.yaml')).toMatch(/担当課: \[総合窓口課\]\n(.*\n)+ {4}事業実績: 2か所で始めた。/);
  expect(changedFiles()).toBe('M content/measures/1-1-1.yaml');
});

test('wrong usage', async () => {
  mkdirSync(join(folder, 'in'));
  for (const [args, said] of [
    [['ない.xlsx'], /「ない\.xlsx」がありません/],
    [['in'], /回答ブック\(\.xlsx\)がありません/],
    [['out/回答', '--theirs', '1-1-1', '--ours', '1-1-1'], /両方にあります/],
    [['out/回答', '--theirs', '窓口課'], /番号ではありません/],
  ] as const) {
    const { status, stderr } = await runHere(folder, ['import', 'xlsx', ...args]);
    expect(status, args.join(' ')).toBe(2);
    expect(stderr).toMatch(said);
  }
  expect(readdirSync(join(folder, 'in'))).toEqual([]);
});
