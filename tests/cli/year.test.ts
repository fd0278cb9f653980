// A year played through in one clone of an invented city: each step by the command that docs/year.md names, its output
// looked at. What a step does to any content is tried in tests/edit/.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cityRepository, git } from '../compare/repository.ts';
import { edit, type Ran, runHere } from './run.ts';

let folder: string;
beforeAll(() => {
  folder = cityRepository();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Commits what there is, and names the commit. */
function commit(message: string): string {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', message);
  return git(folder, 'rev-parse', 'HEAD');
}
const textOf = (file: string) => readFileSync(join(folder, 'content', file), 'utf8');
const measures = () => readdirSync(join(folder, 'content/measures')).sort();
/** A command that does what it is asked. */
async function done(...args: string[]): Promise<Ran> {
  const ran = await runHere(folder, args);
  expect(ran.stderr).toBe('');
  expect(ran.status, ran.stdout).toBe(0);
  return ran;
}
const isSound = async () => expect((await done('check')).stdout).toBe('誤りはありません。\n');
const changes = async (base: string) => JSON.parse((await done('diff', base, '--format', 'json')).stdout);
const lacks = async (section: string) => {
  const { sections } = JSON.parse((await done('status', '--format', 'json')).stdout);
  return sections.find((one: { section: string }) => one.section === section).results;
};

test('a commit is asked for before anything is written, and --force does without', async () => {
  edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12501');
  for (const args of [
    ['new-edition', 'R13'],
    ['rename', '窓口課', '総合窓口課'],
    ['remove', '1-1-2'],
    ['move', '1-1-2', '1-1-1'],
    ['insert', '1-1-1'],
    ['renumber'],
  ]) {
    const { status, stderr } = await runHere(folder, args);
    expect(status, args.join(' ')).toBe(2);
    expect(stderr).toMatch(/コミットしていない変更があります\(measures\/1-1-1\.yaml\).*git commit.*--force/);
  }
  const { stdout } = await done('rename', '窓口課', '総合窓口課', '--force');
  expect(stdout).toContain('窓口課');
  git(folder, 'checkout', '-q', 'content');
});

test('once: fields are merged, not lines', async () => {
  const { stdout } = await done('setup');
  expect(stdout).toContain('.gitattributes');
  expect(git(folder, 'config', '--local', 'merge.shisakushu.driver')).toContain('merge-driver');
  commit('setup');
});

test('the edition of the next year', async () => {
  const { stdout } = await done('new-edition', 'R13');
  expect(stdout).toContain('R13');
  commit('rolled');
  await isSound();
  const { edition, measures: changed, budgets } = await changes('v0');
  expect(edition.map(({ field }: { field: string }) => field)).toEqual(['改定', '年度', '現状・実績・目標']);
  expect(changed).toEqual([]);
  expect(budgets.years).toEqual(['R11', 'R12']);
  const again = await runHere(folder, ['new-edition', 'R13']);
  expect(again.status).toBe(2);
  expect(again.stderr).toContain('R13');
});

test('a 課 gets another name', async () => {
  const { stdout } = await done('rename', '漁港課', '港湾課');
  expect(stdout).toContain('改称 1 件');
  expect(textOf('organization.yaml')).toContain('[港湾課, 流通課]');
  expect(textOf('measures/2-1-1.yaml')).toContain('担当課: [(発注)港湾課, 流通課]');
  commit('renamed');
  await isSound();
});

test('results are typed in until none is due', async () => {
  const before = await lacks('窓口課');
  expect(before).toBeGreaterThan(0);
  edit(folder, 'measures/1-1-1.yaml', '予算額: 12500\n', '予算額: 12500\n    事業実績: 窓口2か所で始めた。\n');
  expect(await lacks('窓口課')).toBe(before - 1);
  commit('results');
});

test('slips of typing are mended', async () => {
  const right = textOf('measures/1-1-1.yaml');
  edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12,500千円');
  edit(folder, 'measures/1-1-1.yaml', '取組内容: |-', '取組内容：|-');
  edit(folder, 'measures/1-1-1.yaml', '項目: →', '項目: 〇');
  const { status, stdout } = await runHere(folder, ['check']);
  expect(status).toBe(1);
  expect(stdout.match(/npx shisakushu check --fix/g)?.length).toBeGreaterThan(0);
  const refused = await runHere(folder, ['check', '--fix']);
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('--force')]);
  const fixed = await runHere(folder, ['check', '--fix', '--force']);
  expect([fixed.status, fixed.stderr]).toEqual([0, '']);
  expect(textOf('measures/1-1-1.yaml')).toBe(right.replace('項目: →', '項目: ○'));
  git(folder, 'checkout', '-q', 'content');
});

test('one measure ends, two are new, one moves', async () => {
  const asked = await runHere(folder, ['remove', '1-1-1']);
  expect([asked.status, asked.stderr]).toEqual([2, expect.stringMatching(/3-1-1.*--reprints drop.*--reprints own/)]);
  await done('remove', '1-1-2');
  commit('ended');
  await done('insert', '2-1-2', '--title', '港の混雑の公開', '--section', '港湾課');
  commit('first');
  const { stdout } = await done('insert', '1-1-1', '--title', '窓口の予約', '--section', '窓口課');
  expect(stdout).toContain('1-1-1 → 1-1-2');
  expect(textOf('measures/3-1-1.yaml')).toContain('再掲: 1-1-2');
  const before = commit('second');
  await done('move', '3-1-3', '1-2-2');
  commit('moved');
  expect(measures()).toEqual(
    ['1-1-1', '1-1-2', '1-2-1', '1-2-2', '2-1-1', '2-1-2', '3-1-1', '3-1-2'].map((id) => `${id}.yaml`),
  );
  await isSound();
  await done('move', '1-2-2', '3-1-3');
  expect(git(folder, 'diff', '--stat', before, commit('moved-back'), '--', 'content')).toBe('');
});

test('what was removed by hand leaves a gap that is closed', async () => {
  rmSync(join(folder, 'content/measures/3-1-1.yaml'));
  commit('gap');
  expect((await runHere(folder, ['check'])).status).toBe(1);
  await done('renumber');
  expect(measures().filter((name) => name.startsWith('3-'))).toEqual(['3-1-1.yaml', '3-1-2.yaml']);
  expect(textOf('measures/3-1-1.yaml')).toContain('番号: 3-1-1\n');
  commit('closed');
  await isSound();
});

test('two branches change one measure, and git merges them by field', async () => {
  git(folder, 'checkout', '-q', '-b', 'plan');
  edit(folder, 'measures/1-1-2.yaml', '予算額: 3200', '予算額: 3300');
  commit('plan-1');
  git(folder, 'checkout', '-q', 'main');
  edit(folder, 'measures/1-1-2.yaml', '    項目: →\n    内容: 運用\n', '    項目: →\n    内容: 運用と改良\n');
  commit('main-1');
  git(folder, 'merge', '-q', '--no-edit', 'plan');
  const merged = textOf('measures/1-1-2.yaml');
  expect(merged).toContain('内容: 運用と改良\n    予算額: 3300\n');
  await isSound();
});

test('the book, the papers of the revision, and what is published is kept', async () => {
  await done('build');
  expect(existsSync(join(folder, 'out/取組集.pdf'))).toBe(true);
  const { stdout } = await runHere(folder, ['diff', 'v0', '--pdf']);
  expect(stdout).toContain('取組の新設 2 件');
  git(folder, 'tag', 'v1');
  const archived = await done('archive');
  expect(archived.stdout).toMatch(/v0.*令和12年12月1日[\s\S]*v1.*令和13年12月1日/);
  expect(readFileSync(join(folder, 'archive.yaml'), 'utf8')).toContain('v1');
});
