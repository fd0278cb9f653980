import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commitAt, commitOf } from '../../../src/content/source/commit.ts';
import { runHere } from '../../cli/run.ts';
import { temporary } from '../../compare/repository.ts';
import { ownEnvironment, replaced } from './environment.ts';
import { cityFiles, type Files, git, objectOf, put, repositoryOf, workTreeOf } from './history.ts';

const posix = test.skipIf(process.platform === 'win32');
const contentOf = (folder: string) => join(folder, 'content');
const head = (folder: string) => git(folder, 'rev-parse', 'HEAD');

const files: Files = {
  'content/edition.yaml': 'a: 1\nb: 2\n',
  'content/measures/1-1-1.yaml': 'c: 窓口\n',
  'content/annexes/x.pdf': Buffer.from([0x25, 0xff, 0x0d, 0x0a, 0x00]),
  elsewhere: 'x',
};
const one = (...options: string[]) => workTreeOf({ v0: files }, ...options);

describe('the commit of the content', () => {
  test('is the last one that touched the folder, whatever came behind it or stands elsewhere', async () => {
    const folder = workTreeOf({
      v0: { ...files, 'content/edition.yaml': 'a: 0\n' },
      v1: files,
      v2: { ...files, elsewhere: 'y' },
    });
    expect(await commitOf(contentOf(folder))).toEqual({ id: git(folder, 'rev-parse', 'v1') });
    expect(await commitOf(join(contentOf(folder), 'annexes'))).toEqual({ id: git(folder, 'rev-parse', 'v0') });
    expect(await commitOf(folder)).toEqual({ id: git(folder, 'rev-parse', 'v2') });
    writeFileSync(join(folder, 'elsewhere'), 'z');
    writeFileSync(join(folder, 'new'), '');
    expect(await commitOf(contentOf(folder))).toEqual({ id: git(folder, 'rev-parse', 'v1') });
    expect(await commitOf(folder)).toEqual({});
  });

  test.each<[string, (content: string) => void]>([
    ['a changed file', (content) => writeFileSync(join(content, 'edition.yaml'), 'a: 1\nb: 3\n')],
    [
      'a file to which a line was added',
      (content) => writeFileSync(join(content, 'edition.yaml'), '\n', { flag: 'a' }),
    ],
    ['a missing file', (content) => rmSync(join(content, 'measures/1-1-1.yaml'))],
    ['a new file', (content) => writeFileSync(join(content, 'measures/9-9-9.yaml'), '')],
    [
      'a file that became a folder',
      (content) => {
        rmSync(join(content, 'edition.yaml'));
        mkdirSync(join(content, 'edition.yaml'));
      },
    ],
    [
      'a new file that is staged',
      (content) => {
        git(content, 'read-tree', 'HEAD');
        writeFileSync(join(content, 'measures/9-9-9.yaml'), '');
        git(content, 'add', '.');
      },
    ],
    [
      'a change that git is told not to look for',
      (content) => {
        git(content, 'read-tree', 'HEAD');
        git(content, 'update-index', '--assume-unchanged', 'edition.yaml');
        writeFileSync(join(content, 'edition.yaml'), 'x');
      },
    ],
  ])('is none after %s', async (_, change) => {
    const folder = one();
    change(contentOf(folder));
    expect(await commitOf(contentOf(folder))).toEqual({});
  });

  test('a file that git ignores, and one that is staged and gone again, are no change', async () => {
    const folder = workTreeOf({ v0: files, v1: { ...files, '.gitignore': '*.bak\n' } });
    writeFileSync(join(contentOf(folder), 'x.bak'), '');
    git(folder, 'read-tree', 'HEAD');
    writeFileSync(join(contentOf(folder), 'new'), '');
    git(folder, 'add', 'content/new');
    rmSync(join(contentOf(folder), 'new'));
    expect(await commitOf(contentOf(folder))).toEqual({ id: git(folder, 'rev-parse', 'v0') });
  });

  posix('a link is what it leads to', async () => {
    const folder = workTreeOf({ v0: { ...files, 'content/link.yaml': { link: 'edition.yaml' } } });
    symlinkSync('edition.yaml', join(contentOf(folder), 'link.yaml'));
    expect(await commitOf(contentOf(folder))).toEqual({ id: head(folder) });
    rmSync(join(contentOf(folder), 'link.yaml'));
    symlinkSync('./edition.yaml', join(contentOf(folder), 'link.yaml'));
    expect(await commitOf(contentOf(folder))).toEqual({});
    rmSync(join(contentOf(folder), 'link.yaml'));
    writeFileSync(join(contentOf(folder), 'link.yaml'), 'edition.yaml');
    expect(await commitOf(contentOf(folder))).toEqual({});
  });

  test('line ends of Windows are no change where they are all that differs; SHA-256 is read too', async () => {
    for (const options of [[], ['--object-format=sha256']]) {
      const folder = one(...options);
      expect(await commitOf(contentOf(folder))).toEqual({ id: head(folder) });
      expect(head(folder)).toHaveLength(options.length === 0 ? 40 : 64);
      put(folder, { 'content/edition.yaml': 'a: 1\r\nb: 2\r\n', 'content/measures/1-1-1.yaml': 'c: 窓口\r\n' });
      expect(await commitOf(contentOf(folder))).toEqual({ id: head(folder) });
      put(folder, { 'content/edition.yaml': 'a: 1\r\nb: 3\r\n' });
      expect(await commitOf(contentOf(folder))).toEqual({});
      put(folder, { 'content/edition.yaml': 'a: 1\rb: 2\r' });
      expect(await commitOf(contentOf(folder))).toEqual({});
    }
  });

  test('any name of a folder and of a file', async () => {
    const names = ['窓口 の 内容', '-x', ':(top)x', '*', "it's", 'a\nb', 'a/b/c', '\u001b[31m'].filter(
      (name) => process.platform !== 'win32' || !/[:*\p{Cc}]/u.test(name),
    );
    const history = names.map((_, index): [string, Files] => [
      `v${index}`,
      Object.fromEntries(names.slice(0, index + 1).map((each) => [`${each}/${each.replaceAll('/', '')}.yaml`, each])),
    ]);
    const folder = workTreeOf(Object.fromEntries(history));
    for (const [index, name] of names.entries())
      expect(await commitOf(join(folder, name))).toEqual({ id: git(folder, 'rev-parse', `v${index}`) });
  });

  test(
    'whatever variables of another repository are set',
    ownEnvironment(async () => {
      const folder = one();
      const other = repositoryOf({ v0: { x: 'x' } });
      const id = head(folder);
      Object.assign(process.env, {
        GIT_DIR: join(other, '.git'),
        GIT_WORK_TREE: other,
        GIT_INDEX_FILE: '/nowhere/index',
      });
      expect(await commitOf(contentOf(folder))).toEqual({ id });
    }),
  );

  test('a commit that another one stands in for in this clone alone is named as it was made', async () => {
    const folder = workTreeOf({ v0: { ...files, 'content/edition.yaml': 'a: 0\n' }, v1: files });
    const second = head(folder);
    git(folder, 'replace', second, git(folder, 'commit-tree', '-m', 'x', 'v0^{tree}'));
    expect(await commitOf(contentOf(folder))).toEqual({ id: second });
  });

  test('the content as another repository in this one; a work tree of a bare one', async () => {
    const inner = workTreeOf({ v0: { 'edition.yaml': 'a' } });
    const outer = repositoryOf({ outer: { content: { commit: head(inner) }, x: 'x' } });
    cpSync(inner, contentOf(outer), { recursive: true });
    expect(await commitOf(contentOf(outer))).toEqual({ id: head(inner) });
    expect(await commitOf(outer)).toEqual({
      problem: '内容のフォルダにサブモジュールがあり、コミット1つでは内容が決まりません。',
    });
    const bare = join(temporary(), 'bare.git');
    cpSync(join(one(), '.git'), bare, { recursive: true });
    const linked = join(temporary(), 'linked');
    git(bare, 'worktree', 'add', '-q', '--detach', linked, 'v0');
    expect(await commitOf(contentOf(linked))).toEqual({ id: head(linked) });
    const link = join(temporary(), 'link');
    symlinkSync(contentOf(linked), link, 'junction');
    expect(await commitOf(link)).toEqual({ id: head(linked) });
    expect(await commitOf(bare)).toEqual({});
    expect(await commitOf(join(temporary(), 'none'))).toEqual({});
  });
});

describe('there is none, and no word', () => {
  test('outside of git, before the first commit, of a folder that is in none, in .git itself', async () => {
    const alone = temporary();
    expect(await commitOf(alone)).toEqual({});
    git(alone, 'init', '-q', '-b', 'main', '--template=');
    expect(await commitOf(alone)).toEqual({});
    const folder = one();
    put(folder, { 'new/x': '' });
    expect(await commitOf(join(folder, 'new'))).toEqual({});
    mkdirSync(join(folder, 'empty'));
    expect(await commitOf(join(folder, 'empty'))).toEqual({});
    expect(await commitOf(join(folder, '.git'))).toEqual({});
  });
});

describe('why it cannot be known', () => {
  posix(
    'git that does not answer',
    ownEnvironment(async () => {
      const folder = one();
      process.env.PATH = temporary();
      writeFileSync(join(process.env.PATH, 'git'), '#!/bin/sh\nexec /bin/sleep 60\n', { mode: 0o755 });
      expect(await commitOf(contentOf(folder), 100)).toEqual({ problem: 'git が 0.1 秒のうちに答えません。' });
      expect(await commitOf(temporary(), 100)).toEqual({});
    }),
  );

  posix.each(['x', `x${'a'.repeat(40)}`, `${'a'.repeat(40)}x`, 'a'.repeat(65)])(
    'what git prints and is no id: %s',
    async (printed) =>
      ownEnvironment(async () => {
        const folder = one();
        replaced('rev-list', `echo '${printed}' other`);
        expect(await commitOf(contentOf(folder))).toEqual({});
      })(),
  );

  posix.each([
    ["fatal: bad revision 'HEAD'", false],
    ["warning: x\\nfatal: bad revision 'HEAD'\\nx", false],
    ["x fatal: bad revision 'HEAD'", true],
    ["fatal: bad revision 'HEAD' x", true],
  ])('no commit yet, said in a sentence of its own: %s', async (sentence, told) =>
    ownEnvironment(async () => {
      const folder = one();
      replaced('rev-list', `printf "${sentence}\\n" >&2; exit 128`);
      expect('problem' in (await commitOf(contentOf(folder)))).toBe(told);
    })(),
  );

  test('a clone of part of the history that holds it and the one before tells it', async () => {
    const folder = repositoryOf({
      v0: files,
      v1: { ...files, 'content/edition.yaml': 'a: 2\n' },
      v2: { ...files, 'content/edition.yaml': 'a: 3\n' },
    });
    const shallow = join(temporary(), 'shallow');
    git(folder, 'clone', '-q', '--template=', '--depth', '2', `file://${folder}`, shallow);
    expect(await commitOf(contentOf(shallow))).toEqual({ id: git(folder, 'rev-parse', 'v2') });
  });

  test('a clone of part of the history, unless that part holds it', async () => {
    const folder = workTreeOf({ v0: files, v1: { ...files, elsewhere: 'y' } });
    const shallow = join(temporary(), 'shallow');
    git(folder, 'clone', '-q', '--template=', '--depth', '1', `file://${folder}`, shallow);
    expect(await commitOf(contentOf(shallow))).toEqual({
      problem:
        'この複製には履歴の一部しかなく、内容を最後に変えたコミットがわかりません。git fetch --unshallow で履歴を取り寄せてください。',
    });
    expect(await commitOf(shallow)).toEqual({ problem: expect.stringContaining('--unshallow') });
    git(shallow, 'fetch', '-q', '--unshallow');
    expect(await commitOf(contentOf(shallow))).toEqual({ id: git(folder, 'rev-parse', 'v0') });
  });

  posix(
    'no git: a word where there is a repository, none where there is none',
    ownEnvironment(async () => {
      const folder = one();
      process.env.PATH = temporary();
      expect(await commitOf(contentOf(folder))).toEqual({
        problem: 'git がありません。コミットを知るには git が要ります。',
      });
      expect(await commitOf(temporary())).toEqual({});
      writeFileSync(join(process.env.PATH, 'git'), '', { mode: 0o644 });
      expect((await commitOf(contentOf(folder))).problem).toMatch(
        /^git を実行できません\(.*EACCES.*\)。コミットを知るには git が要ります。$/,
      );
    }),
  );

  test('a repository that is broken, or leads nowhere', async () => {
    const folder = one();
    rmSync(objectOf(folder, 'v0'));
    expect((await commitOf(contentOf(folder))).problem).toMatch(/^内容のコミットを git が読めません.*git fsck/);
    rmSync(join(folder, '.git'), { recursive: true });
    writeFileSync(join(folder, '.git'), 'gitdir: /nowhere\n');
    expect((await commitOf(contentOf(folder))).problem).toMatch(/^\.git はありますが/);
  });

  posix(
    'another owner',
    ownEnvironment(async () => {
      const folder = one();
      process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
      process.env.GIT_CONFIG_GLOBAL = '/dev/null';
      expect((await commitOf(contentOf(folder))).problem).toMatch(/持ち主が違います.*safe\.directory/);
    }),
  );

  posix(
    'build says that the PDF carries none, and why',
    ownEnvironment(async () => {
      const folder = workTreeOf({ v0: cityFiles() });
      process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
      process.env.GIT_CONFIG_GLOBAL = '/dev/null';
      const { status, stdout } = await runHere(folder, ['build']);
      expect(status).toBe(0);
      expect(stdout).toMatch(
        /^注意: PDF に内容のコミットを書いていません。git がこのリポジトリを開きません.*safe\.directory/m,
      );
    }),
  );
});

describe('the commit of the content as of another commit', () => {
  const changed = { ...files, 'content/edition.yaml': 'a: 0\n' };
  const history = { v0: { elsewhere: 'x' }, v1: files, v2: { ...files, elsewhere: 'y' }, v3: changed, v4: files };

  test('is what a work tree of that commit tells, whatever this one holds', async () => {
    const folder = workTreeOf(history);
    for (const tag of Object.keys(history)) {
      const there = temporary();
      git(there, 'clone', '-q', '--branch', tag, folder, 'x');
      const expected = tag === 'v0' ? {} : await commitOf(contentOf(join(there, 'x')));
      expect(await commitAt(contentOf(folder), `refs/tags/${tag}`)).toEqual(expected);
    }
    writeFileSync(join(contentOf(folder), 'edition.yaml'), 'changed');
    expect(await commitAt(contentOf(folder), 'refs/tags/v2')).toEqual({ id: git(folder, 'rev-parse', 'v1') });
  });

  test('is not known of what is no commit, nor where history ends', async () => {
    const folder = workTreeOf(history);
    git(folder, 'tag', 'blob', git(folder, 'rev-parse', 'v1:elsewhere'));
    for (const name of ['refs/tags/blob', 'refs/tags/none'])
      expect((await commitAt(contentOf(folder), name)).problem).toMatch(/git が読めません/);
    const there = temporary();
    git(there, 'clone', '-q', '--depth', '1', '--branch', 'v4', `file://${folder}`, 'x');
    const { id, problem } = await commitAt(contentOf(join(there, 'x')), 'refs/tags/v4');
    expect([id, problem]).toEqual([undefined, expect.stringContaining('git fetch --unshallow')]);
  });
});
