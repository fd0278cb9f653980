import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { diff } from '../../src/compare/two-editions.ts';
import { commitOf } from '../../src/content/source/commit.ts';
import { readGitRef } from '../../src/content/source/git.ts';
import { cli, runHere } from '../cli/run.ts';
import { Content, commit, git, cityRepository as newRepository, temporary } from '../compare/repository.ts';

const before = { ...process.env };
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

const posix = test.skipIf(process.platform === 'win32');
const head = (folder: string) => git(folder, 'rev-parse', 'HEAD');
const contentOf = (folder: string) => join(folder, 'content');
const objectOf = (folder: string, name: string) => {
  const id = git(folder, 'rev-parse', name);
  return join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
};

let one: string;
let two: string;
beforeAll(() => {
  one = newRepository();
  two = newRepository();
  new Content(two).replace('measures/1-1-1.yaml', '予算額: 12500', '予算額: 11000');
  commit(two, 'v1');
});

/** As it is, to be harmed. */
function copyOf(repository: string): string {
  const folder = temporary();
  cpSync(repository, folder, { recursive: true });
  return folder;
}
/** The city at v0. */
const cityRepository = () => copyOf(one);
/** The city at v0 and, with another budget, at v1. */
const twoEditions = () => copyOf(two);

/** A clone without the blobs (or trees) of v0, and its remote. */
function partialClone(filter: string): { clone: string; remote: string } {
  const remote = twoEditions();
  git(remote, 'config', 'uploadpack.allowFilter', 'true');
  git(remote, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const clone = join(temporary(), 'clone');
  git(remote, 'clone', '-q', `--filter=${filter}`, `file://${remote}`, clone);
  return { clone, remote };
}

describe('what git cannot read is an error with its cause, never an empty edition', () => {
  test.each([
    ['blob:none', /「v0」の content\/measures\/1-1-1\.yaml|「v0」のファイルの一覧|「v0」の content の一覧/],
    ['tree:0', /「v0」の(?: content の|ファイルの)一覧/],
  ])('a partial clone (%s) without its remote', async (filter, what) => {
    const { clone, remote } = partialClone(filter);
    renameSync(remote, `${remote}.gone`);
    const { status, stdout, stderr } = await runHere(clone, ['diff', 'v0']);
    expect(stdout).toBe('');
    expect(stderr).toMatch(what);
    expect(stderr).toContain('partial clone');
    expect(stderr).toContain('git fetch --refetch --no-filter');
    expect(status).toBe(2);
  });

  test('nothing is fetched, whatever the protocol may; what the message says to do helps', () => {
    const { clone } = partialClone('blob:none');
    git(clone, 'config', 'protocol.file.allow', 'always');
    const packs = () => readdirSync(join(clone, '.git/objects/pack')).sort();
    const had = packs();
    expect(() => diff('v0', undefined, contentOf(clone))).toThrow('partial clone');
    expect(packs()).toEqual(had);
    git(clone, 'fetch', '-q', '--refetch', '--no-filter');
    expect(diff('v0', undefined, contentOf(clone)).changed).toBe(true);
  });

  test('a missing file', () => {
    const folder = twoEditions();
    rmSync(objectOf(folder, 'v0:content/measures/1-1-1.yaml'));
    expect(() => diff('v0', 'v1', contentOf(folder))).toThrow(/「v0」の content\/measures\/1-1-1\.yaml .*git fsck/);
    expect(diff('v1', undefined, contentOf(folder)).changed).toBe(false);
  });

  test('a file, a folder, a tree, a commit that is broken or missing', () => {
    for (const name of ['content/edition.yaml', 'content/measures', 'content', '']) {
      for (const harm of ['missing', 'broken']) {
        const folder = cityRepository();
        const path = objectOf(folder, `v0:${name}`);
        chmodSync(path, 0o644);
        if (harm === 'missing') rmSync(path);
        else writeFileSync(path, 'junk');
        expect(() => readGitRef('v0', contentOf(folder)), `${harm} ${name}`).toThrow(/「v0」の.*git fsck/);
      }
    }
    const folder = cityRepository();
    const path = objectOf(folder, 'v0');
    chmodSync(path, 0o644);
    writeFileSync(path, 'junk');
    expect(() => readGitRef('v0', contentOf(folder))).toThrow(/「v0」の版を git が読めません.*git fsck/);
    rmSync(path);
    expect(() => readGitRef('main', contentOf(folder))).toThrow(/「main」の版を git が読めません/);
  });

  test('a missing annex', () => {
    const folder = cityRepository();
    const content = new Content(folder);
    content.replace('edition.yaml', /構成: \[.*\]/g, '構成: [表紙, { 別冊: annexes/x.pdf, 題名: 別冊 }]');
    content.write('annexes/x.pdf', '%PDF');
    commit(folder, 'v1');
    rmSync(objectOf(folder, 'v1:content/annexes/x.pdf'));
    expect(() => diff('v1', 'v0', contentOf(folder))).toThrow(/「v1」の content\/annexes\/x\.pdf .*git fsck/);
  });

  test('what stands in the place of the content folder', () => {
    const folder = cityRepository();
    renameSync(contentOf(folder), join(folder, 'old'));
    writeFileSync(contentOf(folder), 'x');
    commit(folder, 'file');
    rmSync(contentOf(folder));
    symlinkSync('old', contentOf(folder));
    commit(folder, 'link');
    rmSync(contentOf(folder));
    mkdirSync(contentOf(folder));
    writeFileSync(join(contentOf(folder), 'x'), 'x');
    commit(folder, 'other');
    cpSync('tests/city', contentOf(folder), { recursive: true });
    expect(() => readGitRef('file', contentOf(folder))).toThrow('「content」は内容のフォルダではなくファイルです');
    expect(() => readGitRef('link', contentOf(folder))).toThrow('「content」は内容のフォルダではなくリンクです');
    expect(() => readGitRef('other', contentOf(folder))).toThrow('「content」は施策集の内容のフォルダではありません');
    expect(() => readGitRef('v0', join(folder, 'elsewhere'))).toThrow(
      '「v0」には内容のフォルダ「elsewhere」がありません',
    );
  });

  test('a .git that leads nowhere, and one with a mistake in its settings', async () => {
    const folder = cityRepository();
    writeFileSync(join(folder, '.git/config'), '[core\n');
    expect(() => readGitRef('v0', contentOf(folder))).toThrow(/git の設定に誤りがあります.*line 1/);
    process.env.GIT_CONFIG_COUNT = '1';
    expect(() => readGitRef('v0', contentOf(cityRepository()))).toThrow('git の設定に誤りがあります');
    delete process.env.GIT_CONFIG_COUNT;
    rmSync(join(folder, '.git'), { recursive: true });
    writeFileSync(join(folder, '.git'), 'gitdir: /nowhere\n');
    expect(() => readGitRef('v0', contentOf(folder))).toThrow('.git はありますが');
    expect((await commitOf(contentOf(folder))).problem).toContain('.git はありますが');
  });
});

describe('the content folder decides which repository is read', () => {
  test('whatever variables of another repository are set', async () => {
    const folder = twoEditions();
    const other = cityRepository();
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
    expect(diff('v0', 'v1', contentOf(folder)).comparison.measures.map(({ head }) => head?.id)).toEqual(['1-1-1']);
    expect(await commitOf(contentOf(folder))).toEqual({ id: head(folder) });
    expect(existsSync(index)).toBe(false);
  });

  posix('in the hooks of a linked work tree', () => {
    const folder = twoEditions();
    const linked = join(temporary(), 'linked');
    git(folder, 'worktree', 'add', '-q', '-b', 'topic', linked, 'v1');
    const log = join(temporary(), 'log');
    for (const hook of ['pre-commit', 'post-commit']) {
      const script = `#!/bin/sh\n'${process.execPath}' '${cli}' diff v0 >> '${log}' 2>&1\necho "${hook} $?" >> '${log}'\n`;
      writeFileSync(join(folder, '.git/hooks', hook), script, { mode: 0o755 });
    }
    new Content(linked).replace('measures/1-1-1.yaml', '予算額: 11000', '予算額: 9000');
    git(linked, 'commit', '-q', '-a', '-m', 'x');
    const told = readFileSync(log, 'utf8');
    expect(told.match(/R11 予算額: \[-12,500-\] → \{\+9,000\+\}/g)).toHaveLength(2);
    expect(told).not.toContain('新設');
    expect(told).toMatch(/pre-commit 0\n[\s\S]*post-commit 0\n/);
  });

  test.each([
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
  ])('the folder %j', async (name) => {
    if (process.platform === 'win32' && /[:*\p{Cc}]/u.test(name)) return;
    const folder = cityRepository();
    cpSync(contentOf(folder), join(folder, name), { recursive: true });
    commit(folder, 'v1');
    const { entries } = readGitRef('v1', join(folder, name));
    const edition = entries.get('edition.yaml');
    expect(edition?.kind === 'file' && Buffer.from(edition.read()).toString()).toBe(
      readFileSync('tests/city/edition.yaml', 'utf8'),
    );
    expect(await commitOf(join(folder, name))).toEqual({ id: head(folder) });
    const first = git(folder, 'rev-parse', 'v0');
    expect(await commitOf(contentOf(folder))).toEqual({ id: first });
  });

  test('the content as a submodule, its head on no branch; not taken out', async () => {
    const inner = cityRepository();
    git(inner, 'rm', '-rq', '--cached', '.');
    for (const name of readdirSync(contentOf(inner))) renameSync(join(contentOf(inner), name), join(inner, name));
    rmSync(contentOf(inner), { recursive: true });
    commit(inner, 'v1');
    const outer = temporary();
    git(outer, 'init', '-q', '-b', 'main');
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'content');
    commit(outer, 'outer');
    git(contentOf(outer), 'checkout', '-q', '--detach', 'v1');
    expect(diff('v1', undefined, contentOf(outer)).changed).toBe(false);
    expect(await commitOf(contentOf(outer))).toEqual({ id: head(inner) });
    const clone = join(temporary(), 'clone');
    git(outer, 'clone', '-q', outer, clone);
    expect(() => readGitRef('HEAD', contentOf(clone))).toThrow(/サブモジュール.*git submodule update --init/);
  });

  test('a work tree of a bare repository', async () => {
    const folder = twoEditions();
    const bare = join(temporary(), 'bare.git');
    git(folder, 'clone', '-q', '--bare', folder, bare);
    const linked = join(temporary(), 'linked');
    git(bare, 'worktree', 'add', '-q', '--detach', linked, 'v1');
    expect(diff('v0', undefined, contentOf(linked)).changed).toBe(true);
    expect(await commitOf(contentOf(linked))).toEqual({ id: head(folder) });
  });
});

test.each([
  ['a'.repeat(5000), '長すぎます'],
  ['v1:content/measures', 'フォルダで、版'],
  [':0:content/edition.yaml', 'ファイルで、版'],
  ['--upload-pack=x', '- で始まる'],
  ['v1 v0', 'という版はありません'],
  ['v1\u001b', 'という版はありません'],
  ['0'.repeat(40), 'という版はありません'],
  ['main@{upstream}', 'という版はありません'],
])('the version %j is told', (ref, message) => {
  expect(() => readGitRef(ref, contentOf(two))).toThrow(message);
});

test.each(['@', ':/v1', 'HEAD@{0}', 'v1^0', 'main@{0}', 'heads/main'])('the version %j is read', (ref) => {
  expect(diff(ref, undefined, contentOf(two)).changed).toBe(false);
});

posix('another owner: the message names the folder that git wants to be told of, and doing so helps', async () => {
  const folder = join(temporary(), "市の it's (R8)");
  renameSync(twoEditions(), folder);
  process.env.GIT_CONFIG_GLOBAL = join(temporary(), 'config');
  process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
  const { status, stderr } = await runHere(folder, ['diff', 'v0']);
  expect(status).toBe(2);
  const { problem } = await commitOf(contentOf(folder));
  for (const told of [stderr, problem]) expect(told).toMatch(/持ち主が違います/);
  const command = /実行してください: (.*)$/m.exec(stderr)?.[1] ?? '';
  expect(spawnSync('sh', ['-c', command]).status).toBe(0);
  expect(readFileSync(process.env.GIT_CONFIG_GLOBAL, 'utf8')).toContain(folder);
  expect(diff('v0', undefined, contentOf(folder)).changed).toBe(true);
  expect(await commitOf(contentOf(folder))).toEqual({ id: head(folder) });
});

describe('settings of git', () => {
  const looks = {
    'log.showSignature': 'true',
    'log.showRoot': 'false',
    'log.date': 'raw',
    'log.abbrevCommit': 'true',
    'log.follow': 'true',
    'log.decorate': 'full',
    'format.pretty': 'fuller',
    'core.quotePath': 'true',
    'core.abbrev': '4',
    'color.ui': 'always',
    'color.status': 'always',
    'i18n.logOutputEncoding': 'Shift_JIS',
    'status.short': 'true',
    'status.branch': 'true',
    'status.showUntrackedFiles': 'no',
    'alias.rev-list': '!false',
    'alias.cat-file': '!false',
    'pager.rev-list': 'true',
    'pager.ls-tree': 'true',
  };
  const programs = [
    'core.fsmonitor',
    'core.pager',
    'core.editor',
    'core.askPass',
    'core.sshCommand',
    'core.gitProxy',
    'core.alternateRefsCommand',
    'credential.helper',
    'diff.external',
    'diff.trap.textconv',
    'diff.trap.command',
    'filter.trap.clean',
    'filter.trap.smudge',
    'gpg.program',
    'uploadpack.packObjectsHook',
  ];

  test('change nothing of what is read', async () => {
    const folder = twoEditions();
    const annex = '内容の写し.txt';
    writeFileSync(join(contentOf(folder), annex), 'x');
    commit(folder, 'v2');
    for (const [name, value] of Object.entries(looks)) git(folder, 'config', name, value);
    expect(await commitOf(contentOf(folder))).toEqual({ id: head(folder) });
    expect(readGitRef('v2', contentOf(folder)).entries.has(annex)).toBe(true);
    expect(diff('v0', 'v1', contentOf(folder)).comparison.measures).toHaveLength(1);
    writeFileSync(join(contentOf(folder), 'new'), 'x');
    expect(await commitOf(contentOf(folder))).toEqual({});
  });

  posix('start no program of theirs', async () => {
    const folder = twoEditions();
    writeFileSync(join(folder, '.gitattributes'), '*.yaml filter=trap diff=trap\n');
    commit(folder, 'v2');
    const ran = join(folder, '.git/ran');
    const trap = join(folder, '.git/trap');
    writeFileSync(trap, `#!/bin/sh\ntouch '${ran}'\ncat\n`, { mode: 0o755 });
    for (const name of programs) git(folder, 'config', name, trap);
    for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout'])
      cpSync(trap, join(folder, '.git/hooks', hook));
    git(folder, 'config', 'core.untrackedCache', 'true');
    git(folder, 'config', 'remote.origin.url', 'ssh://example.invalid/x');
    git(folder, 'config', 'remote.origin.promisor', 'true');
    git(folder, 'config', 'extensions.partialClone', 'origin');
    const touched = () => {
      for (const name of readdirSync(join(contentOf(folder), 'measures')))
        utimesSync(join(contentOf(folder), 'measures', name), new Date(), new Date(Date.now() + 10_000));
    };
    touched();
    git(folder, 'status', '--porcelain');
    expect(existsSync(ran), 'the trap is none').toBe(true);
    rmSync(ran);
    touched();
    expect((await commitOf(contentOf(folder))).id).toBe(git(folder, 'rev-parse', 'v1'));
    expect(diff('v0', undefined, contentOf(folder)).changed).toBe(true);
    rmSync(ran, { force: true });
    rmSync(objectOf(folder, 'v0:content/measures/1-1-1.yaml'));
    expect(() => diff('v0', undefined, contentOf(folder))).toThrow('partial clone');
    expect(existsSync(ran)).toBe(false);
  });
});

describe('the commit of the content', () => {
  test('none and no word outside of git, before the first commit, for a folder that is in none', async () => {
    const alone = temporary();
    expect(await commitOf(alone)).toEqual({});
    git(alone, 'init', '-q', '-b', 'main');
    expect(await commitOf(alone)).toEqual({});
    const folder = cityRepository();
    mkdirSync(join(folder, 'new'));
    writeFileSync(join(folder, 'new/x'), '');
    expect(await commitOf(join(folder, 'new'))).toEqual({});
  });

  test.each<[string, (content: string) => void]>([
    ['a changed file', (content) => writeFileSync(join(content, 'edition.yaml'), 'x')],
    ['a missing file', (content) => rmSync(join(content, 'measures/1-1-1.yaml'))],
    ['a new file', (content) => writeFileSync(join(content, 'measures/9-9-9.yaml'), '')],
    [
      'a new file that is staged',
      (content) => {
        writeFileSync(join(content, 'measures/9-9-9.yaml'), '');
        git(content, 'add', '.');
      },
    ],
    [
      'a change that git is told not to look for',
      (content) => {
        git(content, 'update-index', '--assume-unchanged', 'edition.yaml');
        writeFileSync(join(content, 'edition.yaml'), 'x');
      },
    ],
  ])('none after %s', async (_, change) => {
    const folder = cityRepository();
    change(contentOf(folder));
    expect(await commitOf(contentOf(folder))).toEqual({});
  });

  test('a file that git ignores, and work elsewhere, are no change', async () => {
    const folder = cityRepository();
    writeFileSync(join(folder, '.gitignore'), '*.bak\n');
    commit(folder, 'v1');
    writeFileSync(join(contentOf(folder), 'x.bak'), '');
    writeFileSync(join(folder, 'elsewhere'), '');
    expect(await commitOf(contentOf(folder))).toEqual({ id: git(folder, 'rev-parse', 'v0') });
  });

  test('line ends of Windows are no change; SHA-256 is read too', async () => {
    const folder = cityRepository();
    const windows = join(temporary(), 'windows');
    git(folder, 'clone', '-q', '-c', 'core.autocrlf=true', folder, windows);
    expect(readFileSync(join(windows, 'content/edition.yaml'), 'utf8')).toContain('\r\n');
    expect(await commitOf(contentOf(windows))).toEqual({ id: head(folder) });
    const other = temporary();
    git(other, 'init', '-q', '-b', 'main', '--object-format=sha256');
    cpSync('tests/city', contentOf(other), { recursive: true });
    commit(other, 'v0');
    expect(await commitOf(contentOf(other))).toEqual({ id: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(diff('v0', undefined, contentOf(other)).changed).toBe(false);
  });

  test('a commit that another one stands in for in this clone alone is named as it was made', async () => {
    const folder = twoEditions();
    const [first, second] = [git(folder, 'rev-parse', 'v0'), head(folder)];
    git(folder, 'replace', second, git(folder, 'commit-tree', '-p', first, '-m', 'x', 'v0^{tree}'));
    expect(await commitOf(contentOf(folder))).toEqual({ id: second });
  });

  test('a clone of part of the history says what to do', async () => {
    const folder = twoEditions();
    const shallow = join(temporary(), 'shallow');
    git(folder, 'clone', '-q', '--depth', '1', `file://${folder}`, shallow);
    expect(await commitOf(contentOf(shallow))).toEqual({ problem: expect.stringContaining('git fetch --unshallow') });
    git(shallow, 'fetch', '-q', '--unshallow');
    expect(await commitOf(contentOf(shallow))).toEqual({ id: head(folder) });
  });

  test('without git: a word where there is a repository, none where there is none', async () => {
    const folder = cityRepository();
    process.env.PATH = temporary();
    expect(await commitOf(contentOf(folder))).toEqual({ problem: expect.stringContaining('git がありません') });
    expect(await commitOf(temporary())).toEqual({});
  });

  test('a broken repository is told', async () => {
    const folder = cityRepository();
    rmSync(objectOf(folder, 'v0'));
    expect(await commitOf(contentOf(folder))).toEqual({ problem: expect.stringContaining('git fsck') });
  });

  posix('build says that the PDF carries none, and why', async () => {
    const folder = cityRepository();
    process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
    process.env.GIT_CONFIG_GLOBAL = '/dev/null';
    const { status, stdout } = await runHere(folder, ['build']);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^注意: PDF に内容のコミットを書いていません。git がこのリポジトリを開きません.*safe\.directory/m,
    );
  });
});
