import { cpSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { diff } from '../../src/compare/two-editions.ts';
import { run, runHere } from '../cli/run.ts';
import { MemoryContent } from './contents.ts';
import { Content, git, repositoryOf, temporary } from './repository.ts';

let folder: string;
beforeAll(() => {
  const changed = new MemoryContent();
  changed.replace('measures/1-1-1.yaml', '予算額: 12500', '予算額: 11000');
  folder = repositoryOf([new MemoryContent(), changed]);
  git(folder, 'tag', '-a', '-m', '注釈', 'annotated', 'v0');
});

const found = async (cwd: string, args: string[]) => {
  const { status, stdout, stderr } = await runHere(cwd, ['diff', ...args]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
};
const change = 'R11 予算額: [-12,500-] → {+11,000+} (−1,500千円)';

/** Every file of the repository: path, size, time of change, and the bytes of the index. */
function snapshot(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => `${name} ${statSync(join(root, name)).mtimeMs} ${statSync(join(root, name)).size}`);
}

test('refs of any form, from any folder of the repository, and nothing is written', async () => {
  const before = snapshot(folder);
  const index = readFileSync(join(folder, '.git/index'));
  for (const [base, head] of [
    ['HEAD~1', '@'],
    ['main^', 'refs/heads/main'],
    ['annotated', git(folder, 'rev-parse', 'HEAD')],
    [git(folder, 'rev-parse', '--short', 'v0'), 'v1'],
  ] as const)
    expect(await found(folder, [base, head])).toContain(change);
  expect(await found(join(folder, 'content'), ['v0', 'v1', '--content', '.'])).toContain(change);
  expect(await found(join(folder, 'content', 'measures'), ['v0', '--content', '..'])).toContain(change);
  expect(await found(temporary(), ['v0', 'v1', '--content', join(folder, 'content')])).toContain(change);
  expect(snapshot(folder)).toEqual(before);
  expect(readFileSync(join(folder, '.git/index'))).toEqual(index);
});

test('uncommitted work is compared with a ref', async () => {
  const copy = join(temporary(), 'copy');
  git(folder, 'clone', '-q', folder, copy);
  new Content(copy).replace('measures/1-1-1.yaml', '予算額: 11000', '予算額: 9000');
  expect(await found(copy, ['v1'])).toContain('[-11,000-] → {+9,000+}');
  expect(git(copy, 'diff', '--cached', '--name-only')).toBe('');
});

describe('other kinds of clones', () => {
  test('bare', async () => {
    const bare = join(temporary(), 'bare.git');
    git(folder, 'clone', '-q', '--bare', folder, bare);
    expect(await found(bare, ['v0', 'v1'])).toContain(change);
    const { status, stderr } = await runHere(bare, ['diff', 'v0']);
    expect(status).toBe(2);
    expect(stderr).toContain('フォルダ「content」がありません');
  });
  test('shallow: what is there is compared, what is not is told', async () => {
    const shallow = join(temporary(), 'shallow');
    git(folder, 'clone', '-q', '--depth', '1', '--no-tags', `file://${folder}`, shallow);
    new Content(shallow).replace('measures/1-1-1.yaml', '予算額: 11000', '予算額: 9000');
    expect(await found(shallow, ['HEAD'])).toContain('[-11,000-] → {+9,000+}');
    const { status, stderr } = await runHere(shallow, ['diff', 'HEAD~1']);
    expect(status).toBe(2);
    expect(stderr).toContain('git fetch --unshallow');
  });
  test('a linked work tree, also through a link', async () => {
    const linked = join(temporary(), 'linked');
    git(folder, 'worktree', 'add', '-q', linked, 'v1');
    expect(await found(linked, ['v0'])).toContain(change);
    const link = join(temporary(), 'link');
    symlinkSync(linked, link);
    expect(await found(link, ['v0'])).toContain(change);
  });
});

// In one process: a process for each would only take longer.
test.each([
  ['-v0', '「-v0」は - で始まる'],
  ['--output=x', '「--output=x」は - で始まる'],
  ['missing', '「missing」という版はありません'],
  ['v0..v1', '「v0..v1」という版はありません'],
  ['^v0', '「^v0」という版はありません'],
  ['v1^{/none}', 'という版はありません'],
  ['HEAD:content/edition.yaml', 'はファイルで、版(コミット)ではありません'],
  ['HEAD:content', 'はフォルダで、版(コミット)ではありません'],
  ['', '版の名前が空'],
  ['a\nb', '使えない文字'],
  ['./missing', 'フォルダ「./missing」がありません'],
  ['./src', '施策集の内容のフォルダではありません'],
])('%j is told in Japanese', (ref, message) => {
  expect(() => diff(ref, undefined, join(folder, 'content'))).toThrow(message);
  expect(() => diff('v0', ref, join(folder, 'content'))).toThrow(message);
});

test.each([
  [['--', '-v0'], '「-v0」は - で始まる'],
  [['v0', 'v1', '--content', 'elsewhere'], '「v1」には内容のフォルダ「elsewhere」がありません'],
  [['v0', '--content', 'elsewhere'], 'フォルダ「elsewhere」がありません'],
  [['v0', 'v1', 'v2'], '余分な引数'],
  [[], '引数が足りません'],
  [['v0', '--format', 'text'], '指定の値が正しくありません'],
])('%j: exit code 2, nothing but the message', async (args, message) => {
  const { status, stdout, stderr } = await runHere(folder, ['diff', ...args]);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/\bat .*\.js:|fatal:/);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

test('a name that is a folder and a branch is not guessed', async () => {
  git(folder, 'branch', 'content');
  const { status, stderr } = await runHere(folder, ['diff', 'content']);
  git(folder, 'branch', '-D', 'content');
  expect(status).toBe(2);
  expect(stderr).toContain('./content');
});

test('outside of a repository, and without git, it says so', async () => {
  const alone = temporary();
  cpSync('tests/city', join(alone, 'content'), { recursive: true });
  expect((await runHere(alone, ['diff', 'v0'])).stderr).toContain('git のリポジトリの中ではありません');
  // A process of its own, as users start it.
  const without = run(folder, ['diff', 'v0'], { PATH: temporary() });
  expect(without.stderr).toContain('git がありません');
  expect(without.stderr).not.toMatch(/\bat .*\.js:/);
  expect(without.status).toBe(2);
  expect(await found(alone, ['./content'])).toContain('内容の違いはありません。');
});
