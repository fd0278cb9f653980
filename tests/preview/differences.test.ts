import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import type { Differences } from '../../src/preview/difference-data.ts';
import { differencesFrom } from '../../src/preview/differences.ts';
import { edit } from '../cli/run.ts';
import { cityRepository, temporary } from '../compare/repository.ts';

let folder: string;
const from = (ref: string, content = join(folder, 'content')) =>
  differencesFrom(ref, content, { base: new ParsedFiles(), head: new ParsedFiles() });

beforeAll(() => {
  folder = cityRepository();
});

test('nothing differs from the same content', () => {
  const { measures, unread, ref } = from('v0') as Differences;
  expect({ measures, unread, ref }).toEqual({ measures: [], unread: 0, ref: 'v0' });
});

test('changed, added and removed measures, with what their budgets differ in; sums by 大項目 before and after', () => {
  const before = from('v0') as Differences;
  edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 13000');
  edit(folder, 'measures/1-1-1.yaml', '内容: 導入', '内容: 導入と研修');
  const fresh = readFileSync(join(folder, 'content/measures/2-1-1.yaml'), 'utf8')
    .replace('番号: 2-1-1', '番号: 2-1-2')
    .replace(/取組: .*/, '取組: まったく別の新しい取組')
    .replace(/取組内容: \|-\n(?: {2}.*\n)+/, '');
  writeFileSync(join(folder, 'content/measures/2-1-2.yaml'), fresh);
  rmSync(join(folder, 'content/measures/3-1-2.yaml'));
  const { years, measures, budgets } = from('v0') as Differences;
  expect(years).toEqual(before.years);
  const changed = measures.find(({ id }) => id === '1-1-1');
  expect(changed).toMatchObject({ kind: 'changed', fields: ['内容', '予算額'] });
  expect(changed?.budget.filter((difference) => difference !== 0)).toEqual([500]);
  expect(measures.find(({ id }) => id === '2-1-2')).toMatchObject({
    kind: 'added',
    title: expect.stringMatching(/^まったく別の新しい取組/),
    fields: [],
  });
  expect(measures.find(({ id }) => id === '3-1-2')).toMatchObject({ kind: 'removed' });
  const sum = (amounts: readonly (number | null)[]) => amounts.reduce<number>((all, one) => all + (one ?? 0), 0);
  const [first] = budgets;
  expect(first?.name).toMatch(/^1 /);
  expect(sum(first?.after ?? []) - sum(first?.before ?? [])).toBe(500);
  expect(budgets.at(-1)?.name).toBe('合計');
});

test.each([
  ['--upload-pack=x', /「--upload-pack=x」は - で始まるため/],
  ['', /版の名前が空/],
  ['nowhere', /「nowhere」という版はありません/],
  ['HEAD:content/edition.yaml', /ファイルで、版\(コミット\)ではありません/],
])('the ref "%s" is refused in words', (ref, told) => {
  expect(from(ref)).toEqual({ problem: expect.stringMatching(told) });
});

test('content that is in no repository has nothing to be compared with', () => {
  const alone = join(temporary(), 'content');
  cpSync('tests/city', alone, { recursive: true });
  expect(from('HEAD', alone)).toEqual({ problem: expect.stringContaining('git のリポジトリの中ではありません') });
});

test('what has mistakes is left out and counted; the rest is compared', () => {
  edit(folder, 'measures/1-1-1.yaml', '予算額: 13000', '予算額: 一万');
  const { measures, unread } = from('v0') as Differences;
  expect(unread).toBe(1);
  expect(measures.find(({ id }) => id === '1-1-1')?.fields).toEqual(['内容']);
});
