import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { diff } from '../../../src/compare/two-editions.ts';
import { isCommit, readGitRef } from '../../../src/content/source/git.ts';
import type { ContentSource } from '../../../src/content/source/source.ts';
import { runHere } from '../../cli/run.ts';
import { temporary } from '../../compare/repository.ts';
import { ownEnvironment, replaced } from './environment.ts';
import { cityFiles, type Files, git, objectOf, repositoryOf, workTreeOf } from './history.ts';

const posix = test.skipIf(process.platform === 'win32');
const contentOf = (folder: string) => join(folder, 'content');

/** An edition that differs from another one by the text of one file. */
const small = (text = 'a: 1\n'): Files => ({ 'content/edition.yaml': text, 'content/measures/1-1-1.yaml': 'b: 1\n' });
const changed = (files: Files): Files => ({
  ...files,
  'content/measures/1-1-1.yaml': String(files['content/measures/1-1-1.yaml']).replace('予算額: 12500', '予算額: 11000'),
});

/** Read only by its tests; what is to be harmed is a repository of its own. */
let two: string;
beforeAll(() => {
  two = repositoryOf({ v0: small(), v1: small('a: 2\n') });
  mkdirSync(contentOf(two));
});

const textOf = ({ entries }: ContentSource, file: string) => {
  const entry = entries.get(file);
  return entry?.kind === 'file' ? Buffer.from(entry.read()).toString() : entry?.kind;
};
/** What is said of a version that cannot be read. */
const refusal = (ref: string, folder: string): string => {
  try {
    readGitRef(ref, folder);
  } catch (error) {
    return (error as Error).message;
  }
  return expect.fail(`${ref} is read`);
};
const withChdir = <T>(folder: string, act: () => T): T => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return act();
  } finally {
    process.chdir(before);
  }
};

describe('the files of a commit', () => {
  test('its own, and those of measures/ and annexes/: what each is, how large, and its bytes', () => {
    const large = `a: ${'x'.repeat(256 * 1024)}`;
    const other = git(two, 'rev-parse', 'v0');
    const folder = repositoryOf({
      v0: {
        'content/edition.yaml': 'a: 1\n',
        'content/structure.yaml': '',
        'content/large.yaml': large,
        'content/measures/1-1-1.yaml': 'b\n\n',
        'content/measures/2-1-1.yaml': 'b\n\n',
        'content/measures/べ\tx.yaml': 'c',
        'content/measures/old/1-1-1.yaml': 'd',
        'content/annexes/a.pdf': Buffer.from([0x25, 0x00, 0xff, 0x0a]),
        'content/other/x.yaml': 'e',
        'content/link.yaml': { link: 'edition.yaml' },
        'content/part': { commit: other },
        'elsewhere/y.yaml': 'f',
      },
    });
    const source = readGitRef('v0', contentOf(folder));
    expect(source.root).toBe('v0:content');
    expect(
      Object.fromEntries(
        [...source.entries].map(([path, entry]) => [path, entry.kind === 'file' ? entry.size?.() : entry.kind]),
      ),
    ).toEqual({
      'edition.yaml': 5,
      'structure.yaml': 0,
      'large.yaml': large.length,
      measures: 'folder',
      'measures/1-1-1.yaml': 3,
      'measures/2-1-1.yaml': 3,
      'measures/べ\tx.yaml': 1,
      'measures/old': 'folder',
      annexes: 'folder',
      'annexes/a.pdf': 4,
      other: 'folder',
      'link.yaml': 'link',
      part: 'other',
    });
    for (const [file, text] of Object.entries({
      'edition.yaml': 'a: 1\n',
      'structure.yaml': '',
      'large.yaml': large,
      'measures/1-1-1.yaml': 'b\n\n',
      'measures/2-1-1.yaml': 'b\n\n',
      'measures/べ\tx.yaml': 'c',
    }))
      expect(textOf(source, file)).toBe(text);
    const annex = source.entries.get('annexes/a.pdf');
    expect(annex?.kind === 'file' && [...annex.read()]).toEqual([0x25, 0x00, 0xff, 0x0a]);
  });

  test('a commit without texts; the top of the repository as the content', () => {
    const folder = repositoryOf({ v0: { 'measures/x': 'a' }, v1: { 'edition.yaml': 'a' } });
    const first = readGitRef('v0', folder);
    expect([first.root, textOf(first, 'measures'), textOf(first, 'measures/x')]).toEqual(['v0:.', 'folder', 'a']);
    const second = readGitRef('v1', folder);
    expect([second.root, textOf(second, 'edition.yaml')]).toEqual(['v1:.', 'a']);
  });

  test('a folder within, which may be missing now', () => {
    const folder = repositoryOf({ v0: { '市/内容/edition.yaml': 'a', 'x/edition.yaml': 'b' } });
    mkdirSync(join(folder, 'x'));
    for (const [path, root, text] of [
      ['市/内容', 'v0:市/内容', 'a'],
      ['市/内容/', 'v0:市/内容', 'a'],
      ['x', 'v0:x', 'b'],
      ['x/../市/内容', 'v0:市/内容', 'a'],
    ] as const) {
      const source = readGitRef('v0', `${folder}/${path}`);
      expect([source.root, textOf(source, 'edition.yaml')]).toEqual([root, text]);
    }
  });

  test('in a bare repository the path from the working directory counts', () => {
    const bare = repositoryOf({ v0: small() }, '--bare');
    withChdir(bare, () => {
      expect(textOf(readGitRef('v0', 'content'), 'edition.yaml')).toBe('a: 1\n');
      expect(refusal('v0', '..x')).toContain('「v0」には内容のフォルダ「..x」がありません');
      expect(refusal('v0', '.')).toContain('「v0」の「.」は施策集の内容のフォルダではありません');
    });
    withChdir(join(bare, 'refs'), () => {
      expect(textOf(readGitRef('v0', 'content'), 'edition.yaml')).toBe('a: 1\n');
      for (const folder of ['..', '../content'])
        expect(refusal('v0', folder)).toBe(
          `リポジトリには「${folder}」という内容のフォルダはありません。--content を確かめてください。`,
        );
    });
  });
});

const advice =
  'ブランチ、タグ、コミットの名前(例: main、HEAD~1)を書いてください。名前の一覧は git branch -a で見られます。';
describe('the name of a version', () => {
  test.each([
    ['a'.repeat(1001), `版の名前が長すぎます(1000文字まで)。${advice}`],
    ['', `版の名前が空か、使えない文字を含みます。${advice}`],
    ['v1\n', `版の名前が空か、使えない文字を含みます。${advice}`],
    ['v1\0', `版の名前が空か、使えない文字を含みます。${advice}`],
    ['-', `「-」は - で始まるため、版の名前にできません。${advice}`],
    ['--upload-pack=x', `「--upload-pack=x」は - で始まるため、版の名前にできません。${advice}`],
    ['v1:content/measures', `「v1:content/measures」はフォルダで、版(コミット)ではありません。${advice}`],
    ['v1:content/edition.yaml', `「v1:content/edition.yaml」はファイルで、版(コミット)ではありません。${advice}`],
    ['v1^{tree}', `「v1^{tree}」はフォルダで、版(コミット)ではありません。${advice}`],
    ['v1 v0', `「v1 v0」という版はありません。${advice}`],
    ['v1\u001b', `「v1\u001b」という版はありません。${advice}`],
    ['0'.repeat(40), `「${'0'.repeat(40)}」という版はありません。${advice}`],
    ['main@{upstream}', `「main@{upstream}」という版はありません。${advice}`],
    ['a'.repeat(1000), `「${'a'.repeat(1000)}」という版はありません。${advice}`],
    ['v0..v1', `「v0..v1」という版はありません。${advice}`],
    ['^v1', `「^v1」という版はありません。${advice}`],
    ['a'.repeat(40), `「${'a'.repeat(40)}」という版はありません。${advice}`],
    ['A'.repeat(40), `「${'A'.repeat(40)}」という版はありません。${advice}`],
    ['HEAD~5', `「HEAD~5」という版はありません。${advice}`],
  ])('%j is told', (ref, message) => {
    expect(refusal(ref, contentOf(two))).toBe(message);
  });

  test.each(['main', '@', ':/v1', 'HEAD@{0}', 'v1^0', 'main@{0}', 'heads/main', 'refs/tags/v1'])(
    '%s is read',
    (ref) => {
      const source = readGitRef(ref, contentOf(two));
      expect([source.root, textOf(source, 'edition.yaml')]).toEqual([`${ref}:content`, 'a: 2\n']);
    },
  );

  test('an id, whole or short, and a tag with a note', () => {
    const id = git(two, 'rev-parse', 'v0');
    for (const ref of [id, id.slice(0, 12), 'v1~1'])
      expect(textOf(readGitRef(ref, contentOf(two)), 'edition.yaml')).toBe('a: 1\n');
    const noted = repositoryOf({ v0: small(), v1: small('a: 2\n') });
    git(noted, 'tag', '-a', '-m', 'x', 'noted', 'v0');
    expect(textOf(readGitRef('noted', contentOf(noted)), 'edition.yaml')).toBe('a: 1\n');
  });

  test('one that may be several', () => {
    const folder = repositoryOf(
      Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`v${index}`, { x: `${index}` }])),
    );
    const ids = git(folder, 'rev-list', '--all')
      .split('\n')
      .map((id) => id.slice(0, 4));
    const twice = ids.find((id, index) => ids.indexOf(id) !== index) ?? expect.fail('no two');
    expect(refusal(twice, folder)).toBe(`「${twice}」で始まるものがいくつもあります。もっと長く書いてください。`);
  });

  test('in a clone of a part of the history what to do is told', () => {
    const clone = join(temporary(), 'clone');
    git(two, 'clone', '-q', '--depth', '1', '--template=', '--branch', 'main', `file://${two}`, clone);
    expect(refusal('main~1', contentOf(clone))).toBe(
      `「main~1」という版はありません。このリポジトリには履歴の一部しかありません。git fetch --unshallow で取り寄せるか、${advice}`,
    );
  });

  test(
    'whether it names a commit',
    ownEnvironment(() => {
      expect(['main', 'v0', 'v2', '-x', ''].map((ref) => isCommit(ref, contentOf(two)))).toEqual([
        true,
        true,
        false,
        false,
        false,
      ]);
      expect(isCommit('main', temporary())).toBe(false);
      process.env.PATH = temporary();
      expect(isCommit('main', contentOf(two))).toBe(false);
      expect(() => isCommit('main', undefined as unknown as string)).toThrow(TypeError);
    }),
  );
});

describe('what stands in the place of the content folder', () => {
  const elsewhere =
    'フォルダの名前が違っていたころの版なら、その版を別のフォルダに取り出し(git worktree add)、フォルダ同士を比べてください。';
  test.each<[string, Files, string]>([
    ['a file', { content: 'x' }, `「v0」の「content」は内容のフォルダではなくファイルです。${elsewhere}`],
    ['a link', { content: { link: 'x' } }, `「v0」の「content」は内容のフォルダではなくリンクです。${elsewhere}`],
    [
      'another repository',
      { content: { commit: '1'.repeat(40) } },
      '「v0」の「content」はサブモジュールで、取り出されていません。git submodule update --init を実行し、その中の版の名前で比べてください。',
    ],
    ['nothing', { contents: 'x' }, `「v0」には内容のフォルダ「content」がありません。${elsewhere}`],
    [
      'another folder',
      { 'content/x': 'x' },
      '「v0」の「content」は施策集の内容のフォルダではありません(edition.yaml も measures もありません)。--content と版の名前を確かめてください。',
    ],
  ])('%s', (_, files, message) => {
    expect(refusal('v0', contentOf(repositoryOf({ v0: files })))).toBe(message);
  });

  test('another folder at the top', () => {
    expect(refusal('v0', repositoryOf({ v0: { x: 'x' } }))).toContain(
      '「v0」の「.」は施策集の内容のフォルダではありません',
    );
  });
});

describe('where there is no repository, or none that git opens', () => {
  test('outside of one', () => {
    const folder = temporary();
    const words = (place: string) =>
      `「${place}」は git のリポジトリの中ではありません。リポジトリの中で実行するか、フォルダ同士を比べてください。`;
    expect(refusal('v0', folder)).toBe(words(folder));
    expect(refusal('v0', join(folder, 'a/b'))).toBe(words(folder));
  });

  test(
    'a .git that leads nowhere, and one with a mistake in its settings',
    ownEnvironment(() => {
      const folder = temporary();
      writeFileSync(join(folder, '.git'), 'gitdir: /nowhere\n');
      expect(refusal('v0', contentOf(folder))).toMatch(
        /^\.git はありますが、git はリポジトリとして開けません\(git: not a git repository/,
      );
      const other = repositoryOf({ v0: small() });
      process.env.GIT_CONFIG_COUNT = '1';
      expect(refusal('v0', contentOf(other))).toMatch(/^git の設定に誤りがあります/);
      delete process.env.GIT_CONFIG_COUNT;
      writeFileSync(join(other, '.git/config'), '[core\n');
      expect(refusal('v0', contentOf(other))).toMatch(/^git の設定に誤りがあります.*line 1/);
    }),
  );

  posix(
    'without git',
    ownEnvironment(() => {
      process.env.PATH = temporary();
      expect(refusal('v0', contentOf(two))).toBe(
        'git がありません。版を比べるには git が要ります。フォルダ同士なら git なしで比べられます。',
      );
      writeFileSync(join(process.env.PATH, 'git'), '', { mode: 0o644 });
      expect(refusal('v0', contentOf(two))).toMatch(
        /^git を実行できません\(.*EACCES.*\)。版を比べるには git が要ります。/,
      );
    }),
  );

  posix(
    'another owner: the message names the folder that git wants to be told of, and doing so helps',
    ownEnvironment(async () => {
      const folder = join(temporary(), "市の it's (R8)");
      renameSync(workTreeOf({ v0: cityFiles() }), folder);
      process.env.GIT_CONFIG_GLOBAL = join(temporary(), 'config');
      process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
      const { status, stderr } = await runHere(folder, ['diff', 'v0']);
      expect(status).toBe(2);
      expect(stderr).toMatch(/持ち主が違います/);
      const [, command = ''] = /実行してください: git (.*)$/m.exec(stderr) ?? [];
      const words = /^config --global --add safe\.directory '(.*)'$/.exec(command)?.[1]?.replaceAll("'\\''", "'");
      expect(words).toContain(folder);
      writeFileSync(process.env.GIT_CONFIG_GLOBAL, `[safe]\n\tdirectory = "${words}"\n`);
      expect(readGitRef('v0', contentOf(folder)).root).toBe('v0:content');
    }),
  );
});

describe('what git cannot read is an error with its cause, never an empty edition', () => {
  /** A clone without the blobs (or trees) of v0, and its remote. */
  function partialClone(filter: string, files: Files = small()): { clone: string; remote: string } {
    const remote = repositoryOf({
      v0: files,
      v1: changed({ ...files, 'content/edition.yaml': `${files['content/edition.yaml']}# x\n` }),
    });
    writeFileSync(join(remote, '.git/config'), '[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n', {
      flag: 'a',
    });
    const clone = join(temporary(), 'clone');
    git(remote, 'clone', '-q', '--template=', `--filter=${filter}`, `file://${remote}`, clone);
    return { clone, remote };
  }

  test.each([
    ['blob:none', /「v0」の content\/edition\.yaml|「v0」のファイルの一覧|「v0」の content の一覧/],
    ['tree:0', /「v0」の(?: content の|ファイルの)一覧/],
  ])('a partial clone (%s) without its remote', (filter, what) => {
    const { clone, remote } = partialClone(filter);
    renameSync(remote, `${remote}.gone`);
    const told = refusal('v0', contentOf(clone));
    expect(told).toMatch(what);
    expect(told).toContain('(partial clone)');
    expect(told).toContain('git fetch --refetch --no-filter');
  });

  test('nothing is fetched, whatever the protocol may; what the message says to do helps', async () => {
    const { clone } = partialClone('blob:none', cityFiles());
    writeFileSync(join(clone, '.git/config'), '[protocol "file"]\n\tallow = always\n', { flag: 'a' });
    const packs = () => readdirSync(join(clone, '.git/objects/pack')).sort();
    const had = packs();
    const { status, stdout, stderr } = await runHere(clone, ['diff', 'v0']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('partial clone');
    expect(packs()).toEqual(had);
    git(clone, 'fetch', '-q', '--refetch', '--no-filter');
    expect(diff('v0', undefined, contentOf(clone)).changed).toBe(true);
  });

  test.each([
    ['content/edition.yaml', /^「v0」の content\/edition\.yaml を git が読めません.*git fsck/],
    ['content/measures', /^「v0」の content の一覧を git が読めません.*git fsck/],
    ['content', /^「v0」の content の一覧を git が読めません.*git fsck/],
    ['', /^「v0」のファイルの一覧を git が読めません.*git fsck|^「v0」の content の一覧を git が読めません.*git fsck/],
  ])('an object of the path %j, missing or broken', (name, told) => {
    for (const harm of ['missing', 'broken']) {
      const folder = repositoryOf({ v0: small() });
      const path = objectOf(folder, `v0:${name}`);
      rmSync(path);
      if (harm === 'broken') writeFileSync(path, 'junk');
      expect(refusal('v0', contentOf(folder)), harm).toMatch(told);
    }
  });

  test('at the top of the repository', () => {
    const folder = repositoryOf({ v0: { 'edition.yaml': 'a' } });
    rmSync(objectOf(folder, 'v0:edition.yaml'));
    expect(refusal('v0', folder)).toMatch(/^「v0」の edition\.yaml を git が読めません/);
    rmSync(objectOf(folder, 'v0^{tree}'));
    expect(refusal('v0', folder)).toMatch(/^「v0」のファイルの一覧を git が読めません/);
  });

  const quoted = (text: string) => `printf '${text.replaceAll('\n', '\\n')}'`;

  posix.each<[string, (id: string) => string, RegExp | undefined]>([
    ['whole', (id) => quoted(`${id} blob 5\na: 1\n\n`), undefined],
    ['nothing', () => 'exit 1', /^「v0」の content\/edition\.yaml を git が読めません/],
    ['missing', (id) => quoted(`${id} missing\n`), /^「v0」の content\/edition\.yaml を git が読めません/],
    ['cut short in its head', (id) => quoted(`${id} blob 51`), /^「v0」の content\/edition\.yaml を git が読めません/],
    ['cut short', (id) => quoted(`${id} blob 5\na: 1\n`), /^「v0」の content\/edition\.yaml を git が読めません/],
    [
      'whole, and an end in failure',
      (id) => `${quoted(`${id} blob 5\na: 1\n\n`)}; exit 1`,
      /^ファイルを git が読めません/,
    ],
  ])('an answer that is %s', async (_, command, told) =>
    ownEnvironment(() => {
      const folder = repositoryOf({ v0: { 'content/edition.yaml': 'a: 1\n' } });
      replaced('cat-file', `cat > /dev/null; ${command(git(folder, 'rev-parse', 'v0:content/edition.yaml'))}`);
      if (told) expect(refusal('v0', contentOf(folder))).toMatch(told);
      else expect(textOf(readGitRef('v0', contentOf(folder)), 'edition.yaml')).toBe('a: 1\n');
    })(),
  );

  posix(
    'git that ends before it has read what it is asked',
    ownEnvironment(() => {
      const names = Array.from({ length: 6000 }, (_, index) => `content/measures/${index}.yaml`);
      const folder = repositoryOf({ v0: { ...small(), ...Object.fromEntries(names.map((name) => [name, name])) } });
      replaced('cat-file', 'echo "fatal: x" >&2; exit 128');
      expect(refusal('v0', contentOf(folder))).toMatch(/ を git が読めません\(git: x\)。/);
    }),
  );

  posix(
    'a repository of which git says nothing good',
    ownEnvironment(() => {
      replaced('--show-prefix', 'echo "fatal: x" >&2; exit 128');
      expect(refusal('v0', contentOf(two))).toMatch(/^リポジトリを git が読めません\(git: x\)。/);
    }),
  );

  test('a commit, broken or missing', () => {
    const folder = repositoryOf({ v0: small() });
    const path = objectOf(folder, 'v0');
    chmodSync(path, 0o644);
    writeFileSync(path, 'junk');
    expect(refusal('v0', contentOf(folder))).toMatch(/^「v0」の版を git が読めません.*git fsck/);
    rmSync(path);
    expect(refusal('main', contentOf(folder))).toMatch(/^「main」の版を git が読めません/);
  });

  test('a file that is read when asked for, an annex or a large one', () => {
    const folder = repositoryOf({
      v0: { ...small(), 'content/annexes/x.pdf': '%PDF', 'content/large.yaml': `a: ${'x'.repeat(256 * 1024)}` },
    });
    const source = readGitRef('v0', contentOf(folder));
    for (const name of ['annexes/x.pdf', 'large.yaml']) {
      rmSync(objectOf(folder, `v0:content/${name}`));
      expect(() => textOf(source, name)).toThrow(`「v0」の content/${name} を git が読めません`);
    }
    expect(textOf(source, 'edition.yaml')).toBe('a: 1\n');
  });

  test('one version of a file is not another', () => {
    const folder = repositoryOf({ v0: small(), v1: small('a: 2\n') });
    rmSync(objectOf(folder, 'v0:content/edition.yaml'));
    expect(refusal('v0', contentOf(folder))).toContain('「v0」の content/edition.yaml ');
    expect(textOf(readGitRef('v1', contentOf(folder)), 'edition.yaml')).toBe('a: 2\n');
  });
});

describe('the content folder decides which repository is read', () => {
  test(
    'whatever variables of another repository are set',
    ownEnvironment(() => {
      const other = repositoryOf({ v0: small('other\n') });
      const index = join(temporary(), 'index');
      Object.assign(process.env, {
        GIT_DIR: join(other, '.git'),
        GIT_WORK_TREE: other,
        GIT_COMMON_DIR: join(other, '.git'),
        GIT_INDEX_FILE: index,
        GIT_OBJECT_DIRECTORY: join(other, '.git/objects'),
        GIT_ALTERNATE_OBJECT_DIRECTORIES: '/nowhere',
        GIT_PREFIX: 'x/',
        GIT_NAMESPACE: 'x',
        GIT_ICASE_PATHSPECS: '1',
        GIT_LITERAL_PATHSPECS: '0',
        GIT_SHALLOW_FILE: '/nowhere',
        GIT_DEFAULT_HASH: 'sha256',
        GIT_TRACE: '1',
        GIT_PAGER: 'false',
        GIT_EXTERNAL_DIFF: 'false',
      });
      expect(textOf(readGitRef('v0', contentOf(two)), 'edition.yaml')).toBe('a: 1\n');
      expect(existsSync(index)).toBe(false);
    }),
  );

  posix(
    'in the hooks of a linked work tree',
    ownEnvironment(() => {
      const folder = workTreeOf({ v0: cityFiles(), v1: changed(cityFiles()) });
      const linked = join(temporary(), 'linked');
      git(folder, 'worktree', 'add', '-q', '-b', 'topic', linked, 'v1');
      const log = join(temporary(), 'log');
      mkdirSync(join(folder, '.git/hooks'));
      for (const hook of ['pre-commit', 'post-commit'])
        writeFileSync(join(folder, '.git/hooks', hook), `#!/bin/sh\nenv -0 > '${log}.${hook}'\n`, { mode: 0o755 });
      const measure = join(linked, 'content/measures/1-1-1.yaml');
      writeFileSync(measure, readFileSync(measure, 'utf8').replace('予算額: 11000', '予算額: 9000'));
      git(linked, 'commit', '-q', '-a', '-m', 'x');
      for (const hook of ['pre-commit', 'post-commit']) {
        const given = readFileSync(`${log}.${hook}`, 'utf8').split('\0').filter(Boolean);
        const variables = Object.fromEntries(given.map((line) => [line.split('=', 1)[0], line.replace(/^[^=]*=/, '')]));
        expect(Object.keys(variables)).toContain('GIT_INDEX_FILE');
        Object.assign(process.env, variables);
        const { measures } = diff('v0', undefined, contentOf(linked)).comparison;
        expect(measures.map(({ head }) => head?.id)).toEqual(['1-1-1']);
      }
    }),
  );

  test('its name may be any', () => {
    const names = [
      '窓口 の 内容',
      '-x',
      ':(top)x',
      ':x',
      'x:y',
      '..x',
      '*',
      "it's",
      '$(touch owned)',
      'a\nb',
      'a/b/c',
      '\u001b[31m',
    ].filter((name) => process.platform !== 'win32' || !/[:*\p{Cc}]/u.test(name));
    const folder = workTreeOf({ v0: Object.fromEntries(names.map((name) => [`${name}/edition.yaml`, name])) });
    for (const name of names) {
      const source = readGitRef('v0', join(folder, name));
      expect([source.root, textOf(source, 'edition.yaml')]).toEqual([`v0:${name}`, name]);
    }
    expect(existsSync('owned')).toBe(false);
  });

  test('the content as another repository in this one, its head on no branch; not taken out', () => {
    const inner = repositoryOf({ v0: { 'edition.yaml': 'a' }, v1: { 'edition.yaml': 'b' } });
    const commit = git(inner, 'rev-parse', 'v1');
    const outer = repositoryOf({ outer: { content: { commit } } });
    mkdirSync(contentOf(outer));
    expect(refusal('HEAD', contentOf(outer))).toMatch(/サブモジュール.*git submodule update --init/);
    cpSync(inner, contentOf(outer), { recursive: true });
    writeFileSync(join(contentOf(outer), '.git/HEAD'), `${git(inner, 'rev-parse', 'v0')}\n`);
    expect(textOf(readGitRef('v1', contentOf(outer)), 'edition.yaml')).toBe('b');
    expect(textOf(readGitRef('HEAD', contentOf(outer)), 'edition.yaml')).toBe('a');
  });

  test('a work tree of a bare repository', () => {
    const bare = join(temporary(), 'bare.git');
    cpSync(join(two, '.git'), bare, { recursive: true });
    const linked = join(temporary(), 'linked');
    git(bare, 'worktree', 'add', '-q', '--detach', linked, 'v1');
    expect(textOf(readGitRef('v0', contentOf(linked)), 'edition.yaml')).toBe('a: 1\n');
  });
});
