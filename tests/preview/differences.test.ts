import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Comparison } from '../../src/compare/change.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import type { Differences } from '../../src/preview/difference-data.ts';
import { differencesFrom, differencesOf } from '../../src/preview/differences.ts';
import { edit } from '../cli/run.ts';
import { cityRepository, temporary } from '../compare/repository.ts';

test('a comparison as the page needs it', () => {
  const group = { number: '1-1', name: '窓口' };
  const comparison = {
    base: { name: 'v0', errors: 0, warnings: 0 },
    budgets: {
      years: ['R10', 'R11', 'R12'],
      categories: [
        { number: '1', name: '暮らし', before: [10, 20, null], after: [null, 25, 5] },
        { number: '2', name: '仕事', before: [1, 2, null], after: [null, 2, 3] },
      ],
      total: { number: '', name: '合計', before: [11, 22, null], after: [null, 27, 8] },
    },
    measures: [
      {
        kind: 'changed',
        base: { id: '1-1-1', title: '窓口', group },
        head: { id: '1-1-2', title: '新しい窓口', group },
        renumbered: true,
        fields: [
          { field: '取組', kind: 'changed', type: 'text', runs: [] },
          { field: '予算額', year: 'R10', kind: 'removed', type: 'budget', before: 10 },
          { field: '内容', year: 'R11', kind: 'changed', type: 'text', runs: [] },
          {
            ...{ field: '予算額', year: 'R11', kind: 'changed', type: 'budget', before: 7 },
            after: [
              { label: 'a', amount: 5 },
              { label: 'b', amount: '—' },
              { label: 'c', amount: 4 },
            ],
          },
          { field: '内容', year: 'R12', kind: 'changed', type: 'text', runs: [] },
          { field: '予算額', year: 'R12', kind: 'added', type: 'budget', after: '—' },
        ],
      },
      {
        ...{ kind: 'changed', base: { id: '1-1-5', title: '旧', group }, head: { id: '1-1-5', title: '新', group } },
        renumbered: false,
        fields: [{ field: '区分', kind: 'changed', type: 'choice', before: '新規', after: '継続' }],
      },
      {
        ...{ kind: 'removed', base: { id: '1-1-3', title: '廃止の取組', group }, renumbered: false },
        fields: [
          { field: '取組', kind: 'removed', type: 'text', runs: [] },
          { field: '予算額', year: 'R11', kind: 'removed', type: 'budget', before: 3 },
        ],
      },
      {
        ...{ kind: 'added', head: { id: '2-1-1', title: '新設の取組', group }, renumbered: false },
        fields: [{ field: '予算額', year: 'R12', kind: 'added', type: 'budget', after: 9 }],
      },
    ],
    unread: [
      { side: 'head', file: 'measures/1-1-9.yaml' },
      { side: 'base', file: 'structure.yaml' },
    ],
  } as unknown as Comparison;
  expect(differencesOf(comparison)).toStrictEqual({
    ref: 'v0',
    years: ['R10', 'R11', 'R12'],
    measures: [
      {
        kind: 'changed',
        id: '1-1-2',
        title: '新しい窓口',
        fields: ['番号', '取組', '予算額', '内容'],
        budget: [-10, 2, 0],
      },
      { kind: 'changed', id: '1-1-5', title: '新', fields: ['区分'], budget: [0, 0, 0] },
      { kind: 'removed', id: '1-1-3', title: '廃止の取組', fields: [], budget: [0, -3, 0] },
      { kind: 'added', id: '2-1-1', title: '新設の取組', fields: [], budget: [0, 0, 9] },
    ],
    budgets: [
      { name: '1 暮らし', before: [10, 20, null], after: [null, 25, 5] },
      { name: '2 仕事', before: [1, 2, null], after: [null, 2, 3] },
      { name: '合計', before: [11, 22, null], after: [null, 27, 8] },
    ],
    unread: 2,
  });
});

let folder: string;
beforeAll(() => {
  folder = cityRepository();
});
const parsed = { base: new ParsedFiles(), head: new ParsedFiles() };
/** What the content, laid anew and changed, differs in from a ref. */
function from(ref: string, change = (): void => {}) {
  rmSync(join(folder, 'content'), { recursive: true });
  cpSync('tests/city', join(folder, 'content'), { recursive: true });
  change();
  return differencesFrom(ref, join(folder, 'content'), parsed);
}

test('nothing differs from the same content', () => {
  expect(from('v0')).toEqual({
    ...{ ref: 'v0', measures: [], cells: [], unread: 0, years: ['R10', 'R11', 'R12'] },
    budgets: ['1 暮らし', '2 仕事', '3 学び', '合計'].map((name) => {
      const sums = { '1 暮らし': [100, 12500, 3200], '2 仕事': [1200, 0, 0], '3 学び': [0, 0, 3700000] };
      const own = sums[name as keyof typeof sums] ?? [1300, 12500, 3703200];
      return { name, before: own, after: own };
    }),
  });
});

test('changed, added and removed measures; what has mistakes is left out and counted', () => {
  const { measures, budgets, unread } = from('v0', () => {
    edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 13000');
    edit(folder, 'measures/1-1-1.yaml', '内容: 導入', '内容: 導入と研修');
    edit(folder, 'measures/1-2-1.yaml', '予算額: 100', '予算額: 百');
    const fresh = readFileSync(join(folder, 'content/measures/2-1-1.yaml'), 'utf8')
      .replace('番号: 2-1-1', '番号: 2-1-2')
      .replace(/取組: \|-\n(?: {2}.*\n)+/, '取組: まったく別の新しい取組\n');
    writeFileSync(join(folder, 'content/measures/2-1-2.yaml'), fresh);
    rmSync(join(folder, 'content/measures/3-1-3.yaml'));
  }) as Differences;
  expect(measures).toEqual([
    { kind: 'changed', id: '1-1-1', title: '書かない窓口', fields: ['内容', '予算額'], budget: [0, 500, 0] },
    { kind: 'added', id: '2-1-2', title: 'まったく別の新しい取組', fields: [], budget: [1200, 0, 0] },
    { kind: 'removed', id: '3-1-3', title: '1人1台端末', fields: [], budget: [0, 0, -3700000] },
  ]);
  expect(budgets[0]).toMatchObject({ name: '1 暮らし', before: [100, 12500, 3200] });
  expect(budgets[0]?.after[1]).toBe(13000);
  expect(unread).toBe(1);
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
  expect(differencesFrom('HEAD', alone, parsed)).toEqual({
    problem: expect.stringContaining('git のリポジトリの中ではありません'),
  });
});

test('a defect of ours is no problem of the ref', () => {
  const broken = {
    parse: () => {
      throw new Error('a defect');
    },
  } as unknown as ParsedFiles;
  expect(() => differencesFrom('v0', join(folder, 'content'), { ...parsed, base: broken })).toThrow('a defect');
});
