import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { driverCommand, withAttributes } from '../../src/edit/merge/attributes.ts';
import { Content, cityRepository, git, temporary } from '../compare/repository.ts';
import { run, runHere } from './run.ts';

const measure = 'measures/1-1-1.yaml';
let folder: string;
beforeEach(async () => {
  folder = cityRepository();
  git(folder, 'config', 'user.email', 'test@example.invalid');
  git(folder, 'config', 'user.name', '試験');
});

const setup = (...args: string[]) => runHere(folder, ['setup', ...args]);

/** What git does, whether it ends well or not, in the locale of nobody. */
function tried(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_EDITOR: 'true', LC_ALL: 'C' },
  });
  return { status, told: stdout + stderr };
}

const text = (name = measure, cwd = folder) => readFileSync(join(cwd, 'content', name), 'utf8');
const replace = (from: string | RegExp, to: string, name = measure) => {
  const before = text(name);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${name} has no ${from}`);
  writeFileSync(join(folder, 'content', name), after);
};
/** Two branches, each with a change; "main" is checked out. */
function branches(ours: () => void, theirs: () => void): void {
  if (git(folder, 'status', '--porcelain') !== '') git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'setup');
  git(folder, 'checkout', '-q', '-b', 'other');
  theirs();
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'あちら');
  git(folder, 'checkout', '-q', 'main');
  ours();
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'こちら');
}
/** The lines of one 年度 stand side by side: git alone would not put them together. */
const mark = (to: string) => () => replace(/^( {4}項目: ).*/m, `$1${to}`);
const plan = (to: string) => () => replace(/^( {4}内容: ).*/m, `$1${to}`);

test('schemas go together, or the message tells how to make them anew', async () => {
  await setup();
  const named = (before: string, after: string) => () =>
    expect(run(folder, ['rename', before, after, '--force']).status).toBe(0);
  expect(run(folder, ['schema']).status).toBe(0);
  const schema = () => text('measure.schema.json');
  branches(named('窓口課', '受付課'), named('防災課', '危機管理課'));
  expect(tried(folder, 'merge', 'other').status).toBe(0);
  const merged = schema();
  expect(merged).toContain('"受付課"');
  expect(run(folder, ['schema']).status).toBe(0);
  expect(schema()).toBe(merged);

  git(folder, 'branch', '-D', 'other');
  branches(named('受付課', '案内課'), named('受付課', '相談課'));
  const { status, told } = tried(folder, 'merge', 'other');
  expect(status).toBe(1);
  expect(told).toMatch(
    /content\/measure\.schema\.json: 内容から作るファイルです。.*npx shisakushu schema .*git add content\/measure\.schema\.json /,
  );
  expect(schema()).not.toContain('<<<<<<<');
  expect(git(folder, 'diff', '--name-only', '--diff-filter=U')).toContain('content/measure.schema.json');
});

test('without setup git has a conflict; with it, none, and both changes are there', async () => {
  branches(mark('○'), plan('別の内容'));
  expect(tried(folder, 'merge', 'other').status).toBe(1);
  expect(text()).toContain('<<<<<<<');
  await setup();
  // Once more by field, in the middle of the merge.
  expect(tried(folder, 'checkout', '--merge', '--', `content/${measure}`)).toMatchObject({ status: 0 });
  expect(text()).toMatch(/^ {4}項目: ○\n {4}内容: 別の内容$/m);
  expect(text()).not.toContain('<<<<<<<');
  git(folder, 'merge', '--abort');
  expect(tried(folder, 'merge', 'other')).toMatchObject({ status: 0 });
  expect(text()).toMatch(/^ {4}項目: ○\n {4}内容: 別の内容$/m);
  const { stdout, status } = await runHere(folder, ['check']);
  expect([status, stdout]).toEqual([0, '誤りはありません。\n']);
});

test('a conflict: what was merged is there, ours stays, the three values are told; then the user settles it', async () => {
  await setup();
  branches(
    () => [mark('○')(), plan('こちらの内容')()],
    () => [plan('あちらの内容')(), replace(/^区分: .*/m, '区分: 継続')],
  );
  const { status, told } = tried(folder, 'merge', 'other');
  expect(status).toBe(1);
  expect(told).toMatch(/content\/measures\/1-1-1\.yaml: 1 か所で、2人の変更が合いません。/);
  expect(told).toMatch(
    / {2}R10 内容: 両方が違う値に変えています。\n {4}元: .*\n {4}こちら.*: こちらの内容\n {4}あちら.*: あちらの内容\n/,
  );
  expect(text()).toMatch(/^ {4}項目: ○\n {4}内容: こちらの内容$/m);
  expect(text()).toMatch(/^区分: 継続$/m);
  expect(text()).not.toMatch(/^[<=>|]{7}/m);
  expect(git(folder, 'status', '--porcelain')).toBe(`UU content/${measure}`);
  plan('両方の内容')();
  // The same told once more: what was settled by hand goes.
  const again = tried(folder, 'checkout', '--merge', '--', `content/${measure}`);
  expect(again.told).toContain('あちらの内容');
  expect(text()).toContain('こちらの内容');
  expect(tried(folder, 'checkout', '--theirs', '--', `content/${measure}`).status).toBe(0);
  expect(text()).toContain('あちらの内容');
  plan('両方の内容')();
  git(folder, 'add', `content/${measure}`);
  git(folder, 'commit', '-q', '-m', 'merged');
  expect(git(folder, 'log', '-1', '--format=%P').split(' ')).toHaveLength(2);
});

test('rebase and cherry-pick', async () => {
  await setup();
  branches(mark('○'), plan('別の内容'));
  git(folder, 'checkout', '-q', 'other');
  expect(tried(folder, 'rebase', 'main')).toMatchObject({ status: 0 });
  expect(text()).toMatch(/^ {4}項目: ○\n {4}内容: 別の内容$/m);
  git(folder, 'checkout', '-q', '-b', 'third', 'main~1');
  expect(tried(folder, 'cherry-pick', 'other')).toMatchObject({ status: 0 });
  expect(text()).toContain('別の内容');
  expect(text()).not.toContain('○');
});

test('a measure that one side gave another file: its number is a conflict, the rest is merged into the new file', async () => {
  await setup();
  branches(() => {
    renameSync(join(folder, 'content', measure), join(folder, 'content/measures/1-1-99.yaml'));
    replace(/^番号: .*/m, '番号: 1-1-99', 'measures/1-1-99.yaml');
  }, plan('別の内容'));
  const { status, told } = tried(folder, 'merge', 'other');
  expect(status).toBe(1);
  expect(told).toContain('content/measures/1-1-99.yaml: 1 か所で');
  expect(told).toContain(
    '  番号: 一方が番号を変え、もう一方が中身を変えています。番号はファイルの名前と同じにします。',
  );
  expect(text('measures/1-1-99.yaml')).toMatch(/^番号: 1-1-99$/m);
  expect(text('measures/1-1-99.yaml')).toContain('別の内容');
});

test('the same file, new on both sides', async () => {
  await setup();
  const fresh = (title: string) => () =>
    writeFileSync(join(folder, 'content/measures/1-1-98.yaml'), text().replace(/^取組: .*/m, `取組: ${title}`));
  branches(fresh('こちらの取組'), fresh('あちらの取組'));
  const { status, told } = tried(folder, 'merge', 'other');
  expect(status).toBe(1);
  expect(told).toContain('取組: 両方が新しく作ったファイルで、値が違います。');
  expect(text('measures/1-1-98.yaml')).toContain('こちらの取組');
  expect(text('measures/1-1-98.yaml')).not.toContain('<<<<<<<');
});

test('what git calls the sides, where it says so', async () => {
  const files = ['甲', '乙', '丙'].map((kind) => {
    const file = join(folder, kind);
    writeFileSync(file, text().replace(/^区分: .*/m, `区分: ${kind}`));
    return file;
  });
  const { status, stderr } = await runHere(folder, [
    'merge-driver',
    ...files,
    `content/${measure}`,
    'HEAD',
    'feature/x',
  ]);
  expect(status).toBe(1);
  expect(stderr).toContain('    元: 甲\n    こちら(HEAD): 乙\n    あちら(feature/x): 丙\n');
  expect(stderr).not.toContain('rebase では');
});

describe('where the driver can do nothing, git merges by lines', () => {
  test('a side with a mistake of YAML', async () => {
    await setup();
    branches(mark('○'), () => replace(/^取組: .*/m, '取組: "閉じていない'));
    const { status, told } = tried(folder, 'merge', 'other');
    expect([status, told]).toEqual([
      0,
      expect.stringMatching(/1-1-1\.yaml: あちらのファイルが読めないため、git が行ごとに合わせます。\(\d+行目: /),
    ]);
    expect(text()).toContain('○');
    expect(text()).toContain('閉じていない');
  });

  test('bytes that are no text', async () => {
    await setup();
    branches(mark('○'), () => writeFileSync(join(folder, 'content', measure), Buffer.from([0x82, 0xa0, 0x0a])));
    const { status, told } = tried(folder, 'merge', 'other');
    expect([status, told]).toEqual([1, expect.stringContaining('UTF-8 で書かれていないファイルがあるため')]);
    expect(text()).toContain('<<<<<<<');
  });

  test('what git does not merge either: ours stays, and git knows', async () => {
    await setup();
    branches(mark('○'), () =>
      writeFileSync(join(folder, 'content', measure), Buffer.from('\ufeff番号: 1\n', 'utf16le')),
    );
    expect(tried(folder, 'merge', 'other').status).toBe(1);
    expect(git(folder, 'status', '--porcelain')).toBe(`UU content/${measure}`);
    expect(text()).toContain('項目: ○');
  });

  test('the tool is gone', async () => {
    await setup();
    const key = 'merge.shisakushu.driver';
    git(folder, 'config', key, git(folder, 'config', key).replace('dist/cli.js', 'gone/cli.js'));
    branches(mark('○'), () => [mark('→')(), replace(/^区分: .*/m, '区分: 継続')]);
    expect(tried(folder, 'merge', 'other').status).toBe(1);
    expect(text()).toContain('<<<<<<< ours');
    expect(text()).toContain('区分: 継続');
  });

  test('a clone that was not set up', async () => {
    await setup();
    branches(mark('○'), plan('別の内容'));
    const clone = join(temporary(), 'clone');
    git(folder, 'clone', '-q', folder, clone);
    git(clone, 'config', 'user.email', 'test@example.invalid');
    git(clone, 'config', 'user.name', '試験');
    expect(tried(clone, 'merge', 'origin/other').status).toBe(1);
    expect(text(measure, clone)).toContain('<<<<<<<');
  });

  test('the driver itself, for what is no file of content', () => {
    const files = ['a', 'b', 'c'].map((name) => join(folder, name));
    for (const file of files) writeFileSync(file, 'x\n');
    const { status, stderr } = run(folder, ['merge-driver', ...files, 'README.md']);
    expect([status, stderr]).toEqual([
      2,
      'README.md: 欄ごとに合わせられるファイルではないため、git が行ごとに合わせます。\n',
    ]);
  });
});

describe('setup', () => {
  const files = () =>
    ['.gitattributes', '.git/config'].map((name) =>
      existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined,
    );

  test.each([
    ['none', undefined],
    ['of their own', '*.pdf binary\n'],
    ['without a line end', '*.pdf binary'],
    ['with CRLF', '*.pdf binary\r\n*.png binary\r\n'],
  ])('says what it does, does it once, and takes it back to the letter: attributes %s', async (_, attributes) => {
    if (attributes !== undefined) writeFileSync(join(folder, '.gitattributes'), attributes);
    const before = files();
    const { status, stdout } = await setup();
    expect(status).toBe(0);
    expect(stdout).toContain('.gitattributes に');
    expect(stdout).toContain('merge.shisakushu.driver を書きました。');
    const after = files();
    if (attributes !== undefined) expect(after[0]).toContain(attributes);
    expect(
      git(folder, 'check-attr', 'merge', '--', `content/${measure}`, 'content/edition.yaml', 'content/x.md').split(
        '\n',
      ),
    ).toEqual([
      `content/${measure}: merge: shisakushu`,
      'content/edition.yaml: merge: shisakushu',
      'content/x.md: merge: unspecified',
    ]);
    expect((await setup()).stdout).toBe('設定は済んでいます。変えるものはありません。\n');
    expect(files()).toEqual(after);
    expect((await setup('--undo')).stdout).toContain('消しました');
    expect(files()).toEqual(before);
    expect((await setup('--undo')).stdout).toBe('元に戻すものはありません。\n');
  });

  test('another folder, with a name that patterns would read otherwise', async () => {
    mkdirSync(join(folder, '計画 [案]'));
    renameSync(join(folder, 'content'), join(folder, '計画 [案]/100%'));
    const { status } = await setup('--content', '計画 [案]/100%');
    expect(status).toBe(0);
    expect(
      git(folder, '-c', 'core.quotePath=false', 'check-attr', 'merge', '--', `計画 [案]/100%/${measure}`),
    ).toContain('merge: shisakushu');
  });

  test('a tool in a folder with any name', () => {
    const cli = join(temporary(), `it's 100% $HOME`, 'cli.js');
    mkdirSync(join(cli, '..'));
    writeFileSync(cli, `require('fs').writeFileSync(process.argv[4], '番号: 1-1-1\\n'); process.exit(0);`);
    git(folder, 'config', 'merge.shisakushu.driver', driverCommand(process.execPath, cli));
    writeFileSync(join(folder, '.gitattributes'), withAttributes('', 'content'));
    branches(mark('○'), mark('→'));
    expect(tried(folder, 'merge', 'other')).toMatchObject({ status: 0 });
    expect(text()).toBe('番号: 1-1-1\n');
  });

  test('the content at the top, a linked work tree', async () => {
    const tree = join(temporary(), 'tree');
    git(folder, 'worktree', 'add', '-q', tree);
    const { status } = await runHere(join(tree, 'content'), ['setup', '--content', '.']);
    expect(status).toBe(0);
    expect(readFileSync(join(tree, '.gitattributes'), 'utf8')).toContain('/content/measures/*.yaml merge=shisakushu\n');
    expect(git(folder, 'config', '--local', 'merge.shisakushu.driver')).toContain('merge-driver %O %A %B %P');
  });

  test('where there is no repository', async () => {
    const elsewhere = temporary();
    mkdirSync(join(elsewhere, 'content'));
    const { status, stderr } = await runHere(elsewhere, ['setup']);
    expect([status, stderr]).toEqual([
      2,
      '「content」は git で管理する作業フォルダの中ではありません。git clone したフォルダの中で実行してください。\n',
    ]);
  });
});

test('a file of the edition: names of both, and a conflict by its keys', async () => {
  await setup();
  const content = new Content(folder);
  const edit = (revised: string, name: string) => () => {
    content.replace('edition.yaml', /^改定: .*/gm, `改定: ${revised}`);
    content.replace('organization.yaml', '課: [窓口課', `課: [${name}, 窓口課`);
  };
  branches(edit('令和99年1月', 'あ課'), edit('令和99年2月', 'い課'));
  const { status, told } = tried(folder, 'merge', 'other');
  expect(status).toBe(1);
  expect(told).toContain('content/edition.yaml: 1 か所で');
  expect(told).toMatch(/ {2}改定: 両方が違う値に変えています。/);
  expect(text('organization.yaml')).toContain('課: [あ課, い課, 窓口課');
});
