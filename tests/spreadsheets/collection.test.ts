// A collection played through on the live edition: a workbook for every 課, some returned as people return them, written by
// a second program, while the content went on. Which 課 and which measures, the YAML says.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { edit } from '../../src/edit/edit.ts';
import { measureFile } from '../../src/model/numbers.ts';
import { run } from '../cli/run.ts';
import { git, temporary } from '../compare/repository.ts';
import { type Deed, doneByOpenpyxl } from './programs.ts';
import { commit, commitContent } from './repository.ts';

const folder = temporary();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const content = join(folder, 'content');
const sent = join(folder, 'out/回答');
const returned = join(folder, '回答');
const textOf = (number: string) => readFileSync(join(content, measureFile(number)), 'utf8');
const read = (number: string) => parse(textOf(number));
function done(...args: string[]): string {
  const { status, stdout, stderr } = run(folder, args);
  expect(status, stdout + stderr).toBe(0);
  return stdout;
}

/** 課 with a measure that is theirs alone, and that measure; none twice. */
interface Chosen {
  section: string;
  /** When the workbooks were sent */
  number: string;
  title: string;
}
let year: string;
let chosen: Chosen[];
const roles = ['typed', 'pasted', 'moved', 'copied', 'cleared', 'amount', 'untouched', 'date', 'unknown'] as const;
const more = ['conflict', 'renumbered', 'twice', 'broken'] as const;
type Role = (typeof roles)[number] | (typeof more)[number];
let of: Record<Role, Chosen>;

beforeAll(() => {
  commitContent(folder, 'content', ['out', '回答']);
  year = parse(readFileSync(join(content, 'edition.yaml'), 'utf8')).年度.at(-1);
  const measures = readdirSync(join(content, 'measures')).map((name) => read(name.replace('.yaml', '')));
  const reprinted = new Set(measures.map(({ 再掲 }) => 再掲));
  const bySection = new Map<string, Chosen>();
  for (const { 番号, 再掲, 取組, 担当課, 取組内容, スケジュール } of measures) {
    const [section, ...others] = (担当課 ?? []) as string[];
    if (再掲 || reprinted.has(番号) || !section || others.length > 0 || section.startsWith('(') || !取組内容) continue;
    if (Array.isArray(スケジュール[year]?.予算額) || bySection.has(section)) continue;
    bySection.set(section, { section, number: 番号, title: 取組 });
  }
  chosen = [...bySection.values()];
  const wanted = [...roles, ...more];
  expect(chosen.length).toBeGreaterThanOrEqual(wanted.length);
  of = Object.fromEntries(wanted.map((role, at) => [role, chosen[at]])) as typeof of;
});

const file = (role: Role) => join(returned, `${of[role].section}.xlsx`);
const result = (role: Role) => [of[role].number, '事業実績', year];
const field = (role: Role, name: string) => [of[role].number, name, null];
const answer = (role: Role) => `${role} の回答\n2行目 "引用" # 1: *強調*`;

test('a workbook for every 課', () => {
  done('export', 'xlsx', '--split', '--due', year);
  expect(readdirSync(sent).length).toBeGreaterThanOrEqual(chosen.length);
  const before = readdirSync(sent).map((name) => readFileSync(join(sent, name)));
  done('export', 'xlsx', '--split', '--due', year);
  expect(readdirSync(sent).map((name) => readFileSync(join(sent, name)))).toEqual(before);
});

test('some are filled in, each in its way', () => {
  mkdirSync(returned);
  const deeds: Record<(typeof roles)[number] | 'conflict' | 'renumbered' | 'twice' | 'broken', Deed[]> = {
    typed: [['type', result('typed'), answer('typed')]],
    pasted: [
      ['paste', result('pasted'), answer('pasted')],
      ['sort', result('pasted')],
    ],
    moved: [
      ['insert', result('moved')],
      ['insert column', result('moved')],
      ['rename', result('moved'), '本年度'],
      ['reverse'],
      ['hide', result('moved')],
      ['type', result('moved'), answer('moved')],
      ['sheet', 'メモ', '電話で確かめた'],
    ],
    copied: [
      ['copy', result('copied')],
      ['type', result('copied'), answer('copied')],
    ],
    cleared: [['clear', field('cleared', '取組内容')]],
    amount: [['type', [of.amount.number, '予算額', year], '12,345千円']],
    untouched: [],
    date: [['date', result('date'), '2026-03-04', 'm/d']],
    unknown: [['type', [...field('unknown', '担当課'), 1], 'どこにもない課']],
    conflict: [
      ['type', result('conflict'), answer('conflict')],
      ['type', field('conflict', '取組内容'), '課の言うこと'],
    ],
    renumbered: [['type', result('renumbered'), answer('renumbered')]],
    twice: [['type', result('twice'), answer('twice')]],
    broken: [['type', result('broken'), answer('broken')]],
  };
  for (const role of Object.keys(deeds) as Role[]) cpSync(join(sent, `${of[role].section}.xlsx`), file(role));
  doneByOpenpyxl(Object.entries(deeds).map(([role, steps]) => ({ file: file(role as Role), do: steps })));
  truncateSync(file('broken'), readFileSync(file('broken')).length >> 1);
});

test('meanwhile the content goes on', () => {
  const { number } = of.conflict;
  const office = { field: '取組内容', value: { type: 'text', text: '庁内の言うこと' } } as const;
  writeFileSync(join(content, measureFile(number)), `# 庁内の注記\n${edit(textOf(number), [office])}`);
  writeFileSync(join(content, measureFile(of.typed.number)), `# 残る注記\n${textOf(of.typed.number)}`);
  commit(folder);
  const group = of.renumbered.number.replace(/\d+$/, '');
  const items = readdirSync(join(content, 'measures')).filter((name) => name.startsWith(group)).length;
  const to = `${group}${of.renumbered.number.endsWith('-1') ? Math.min(2, items) : 1}`;
  done('move', of.renumbered.number, to);
  commit(folder);
  // 課 that are asked again, and answer both.
  done('export', 'xlsx', '--section', of.twice.section, '--due', year);
});

/** The number that a measure has now. */
const now = (role: Role) =>
  readdirSync(join(content, 'measures'))
    .map((name) => name.replace('.yaml', ''))
    .find((number) => read(number).取組 === of[role].title) ?? '';

test('what would change is shown, and what is wrong; nothing is written', () => {
  const { status, stdout, stderr } = run(folder, ['import', 'xlsx', '回答']);
  const told = stdout + stderr;
  if (process.env.SHOW) console.log(told);
  expect(status).toBe(1);
  expect(git(folder, 'status', '--porcelain')).toBe('');
  expect(told).toMatch(new RegExp(`回答/${of.date.section}\\.xlsx.*![A-Z]+\\d+`));
  expect(told).toMatch(new RegExp(`回答/${of.unknown.section}\\.xlsx.*![A-Z]+\\d+.*どこにもない課`));
  expect(told).toContain(`回答/${of.broken.section}.xlsx`);
  expect(told).toContain('庁内の言うこと');
  expect(told).toContain('課の言うこと');
  expect(told).toContain('メモ');
  expect(told).toContain('未提出');
});

test('the good ones are taken, and nothing else', () => {
  const { status, stdout, stderr } = run(folder, ['import', 'xlsx', '回答', '--write', '--accept-good']);
  if (process.env.SHOW) console.log(stdout + stderr);
  expect(status, stderr).toBe(1);
  for (const role of ['typed', 'pasted', 'moved', 'copied', 'renumbered', 'twice'] as const)
    expect(read(now(role)).スケジュール[year].事業実績, role).toBe(answer(role));
  expect(read(now('amount')).スケジュール[year].予算額).toBe(12345);
  expect(read(now('cleared')).取組内容).toBeUndefined();
  expect(textOf(now('typed'))).toContain('# 残る注記');
  expect(read(now('conflict')).取組内容).toBe('庁内の言うこと');
  expect(textOf(now('conflict'))).not.toContain('conflict の回答');
  const changed = git(folder, 'status', '--porcelain').split('\n');
  expect(changed.length).toBe(8);
  commit(folder);
});

test('the conflict is decided, the rest comes later', () => {
  const number = now('conflict');
  const { status, stdout, stderr } = run(folder, ['import', 'xlsx', file('conflict'), '--theirs', number, '--write']);
  expect(status, stdout + stderr).toBe(0);
  expect(read(number).取組内容).toBe('課の言うこと');
  expect(read(number).スケジュール[year].事業実績).toBe(answer('conflict'));
  expect(textOf(number)).toContain('# 庁内の注記');
  commit(folder);
  done('check');
  done('build');
  expect(existsSync(join(folder, 'out'))).toBe(true);
});
