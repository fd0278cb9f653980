import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toolVersion } from '../../src/package.ts';
import { commit, git, temporary } from '../compare/repository.ts';
import { edit, runHere } from './run.ts';

// Editions of an invented city, tagged; what the record says of them, and what becomes of it.
let made: string;
let folder: string;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const archive = (...args: string[]) => runHere(folder, ['archive', ...args]);
const record = () => readFileSync(join(folder, 'archive.yaml'), 'utf8');
const write = (text: string) => writeFileSync(join(folder, 'archive.yaml'), text);
/** With something else in the entry of `tag`. */
const recordOf = (tag: string, from: RegExp, to: string) => {
  const parts = record().split(/(?=^ {2}- )/m);
  return parts.map((part) => (part.startsWith(`  - タグ: ${tag}\n`) ? part.replace(from, to) : part)).join('');
};
const id = (revision: string) => git(folder, 'rev-parse', revision);
/** The rows of the table, by tag: what today's tool makes of it. */
const results = (stdout: string) =>
  Object.fromEntries(
    stdout.split('\n').flatMap((line) => {
      const [, tag, result] = /^(\S+) {2,}令和.* {2}shisakushu \S+ +(.*)$/.exec(line) ?? [];
      return tag === undefined ? [] : [[tag, result]];
    }),
  );

beforeAll(async () => {
  folder = temporary();
  made = folder;
  git(folder, 'init', '-q', '-b', 'main');
  writeFileSync(join(folder, 'README.md'), '港町市\n');
  commit(folder, '準備');
  cpSync('tests/city', join(folder, 'content'), { recursive: true });
  commit(folder, 'v1');
  writeFileSync(join(folder, 'README.md'), '港町市の計画\n');
  commit(folder, 'v1.1');
  mkdirSync(join(folder, 'content/annexes'));
  cpSync('tests/annexes/typst.pdf', join(folder, 'content/annexes/typst.pdf'));
  edit(folder, 'edition.yaml', '改定: 令和12年12月1日', '改定: 令和13年3月');
  edit(folder, 'edition.yaml', '個票]', '個票, { 別冊: annexes/typst.pdf, 題名: 統計 }]');
  commit(folder, '令和13年#1');
  edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12,500');
  edit(folder, 'measures/2-1-1.yaml', '額: 1200', '額: 千円');
  commit(folder, 'broken');
  git(folder, 'tag', 'file', id('HEAD:README.md'));
  git(folder, 'checkout', '-q', '令和13年#1', '--', 'content');
  commit(folder, '2031');
  const { status, stdout, stderr } = await archive();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/\n\narchive\.yaml に 4 件を書き加えました。git にコミットしてください。\n$/);
}, 60_000);
beforeEach(() => {
  folder = temporary();
  cpSync(made, folder, { recursive: true });
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

describe('a first time', () => {
  test('the record tells every edition whole: the commit of its content, and digests of what was made', async () => {
    const first = (tag: string) =>
      record()
        .split('  - タグ: ')
        .find((entry) => entry.startsWith(tag)) ?? '';
    expect(record().split('\n').slice(0, 2)).toEqual([
      '# npx shisakushu archive が書き加える、版の記録です。手では直しません。',
      '版:',
    ]);
    for (const [tag, revision, isAnnexed] of [
      ['v1\n', 'v1', false],
      ['v1.1', 'v1', false],
      ['令和13年#1', '令和13年#1', true],
      ['"2031"', '2031', true],
    ] as const) {
      git(folder, 'checkout', '-q', revision);
      expect((await runHere(folder, ['build'])).status).toBe(0);
      expect((await runHere(folder, ['export', 'json'])).status).toBe(0);
      const [pdf, json] = ['pdf', 'json'].map((type) => readFileSync(join(folder, `out/取組集.${type}`)));
      const entry = first(tag);
      expect(entry).toContain(`\n    コミット: ${id(revision)}\n    内容: ${sha256(json as Buffer)}\n`);
      expect(entry).toContain(`\n    PDF: ${sha256(pdf as Buffer)}\n    道具: ${toolVersion()}\n`);
      expect(/\n {4}別冊: [0-9a-f]{64}\n/.test(entry)).toBe(isAnnexed);
    }
  }, 60_000);

  test('a table, aligned; what is no edition with the reason', async () => {
    const { stdout, status } = await archive();
    const [heading = '', ...rows] = stdout.split('\n\n')[0]?.split('\n') ?? [];
    expect(heading).toMatch(/^タグ +改定 +内容 +PDF +作った道具 +今の道具で作ると$/);
    const told = (row: string) => row.replace(/[0-9a-f]{12}/g, '…').replace(toolVersion(), '(道具)');
    // Tags of the same time by name.
    expect(rows.map(told)).toEqual([
      '2031        令和13年3月      …  …  (道具)  同じ',
      'v1          令和12年12月1日  …  …  (道具)  同じ',
      'v1.1        令和12年12月1日  …  …  (道具)  同じ',
      '令和13年#1  令和13年3月      …  …  (道具)  同じ',
    ]);
    expect(stdout.split('\n\n')[1]?.trimEnd().split('\n').sort()).toEqual(
      [
        '版として読めないタグ(記録していません):',
        '  broken: 今の道具では、内容に誤りが 2 件あります。',
        '  file: 「file」はファイルで、版(コミット)ではありません。',
        '  準備: 「準備」には内容のフォルダ「content」がありません。',
      ].sort(),
    );
    expect(status).toBe(0);
  });

  test('neither the work tree nor the index is touched, nor what is not committed read', async () => {
    edit(folder, 'edition.yaml', '書名: 取組集', '書名: 別の名');
    rmSync(join(folder, 'content/measures'), { recursive: true });
    const before = git(folder, 'status', '--porcelain');
    const { stdout } = await archive();
    expect(Object.values(results(stdout))).toEqual(Array(4).fill('同じ'));
    expect(git(folder, 'status', '--porcelain')).toBe(before);
  });
});

describe('a second time: what is on record stays to the byte', () => {
  test('another tag comes behind the others; comments stay', async () => {
    const before = record().replace('版:\n', '版: # 公開したもの\n');
    write(before.trimEnd());
    git(folder, 'tag', 'v3');
    const { stdout, status } = await archive();
    expect(record().startsWith(before)).toBe(true);
    expect(record().slice(before.length)).toMatch(/^ {2}- タグ: v3\n {4}改定: 令和13年3月\n/);
    expect(stdout).toContain('archive.yaml に 1 件を書き加えました。');
    expect([results(stdout).v3, status]).toEqual(['記録しました', 0]);
    write(before.replaceAll('\n', '\r\n'));
    await archive();
    expect(record().replaceAll('\r\n', '')).not.toContain('\n');
  });

  test.each<[string, () => void, Record<string, string>, number]>([
    [
      'made by an older tool: 0, the content is the same',
      () => write(recordOf('v1', /(PDF: )\S+(\n +道具: ).*/, `$1${'0'.repeat(64)}$2shisakushu 0.0.1`)),
      { v1: `違う: 道具の版が違います(いまは ${toolVersion()})` },
      0,
    ],
    [
      'made by a tool that says the same of itself',
      () => write(recordOf('v1', /(PDF: )\S+/, `$1${'0'.repeat(64)}`)),
      { v1: `違う: 道具が違います(版は同じ ${toolVersion()})` },
      0,
    ],
    [
      'an older tool wrote data in another form: the commit tells that the content is the same',
      () => write(recordOf('v1', /内容: \S+\n( +PDF: )\S+/, `内容: ${'1'.repeat(64)}\n$1${'0'.repeat(64)}`)),
      { v1: `違う: 道具が違います(版は同じ ${toolVersion()})` },
      0,
    ],
    [
      'a tag that was moved to other content',
      () => git(folder, 'tag', '-f', 'v1.1', '2031'),
      { 'v1.1': '違う: 内容が違います' },
      1,
    ],
    [
      'a tag that was moved to content that is no edition any more',
      () => git(folder, 'tag', '-f', 'v1', 'broken'),
      { v1: '作れません: 今の道具では、内容に誤りが 2 件あります。' },
      1,
    ],
    ['a tag that is gone', () => git(folder, 'tag', '-d', 'v1.1'), { 'v1.1': 'タグがありません' }, 1],
    [
      'the same content of another commit',
      () => {
        git(folder, 'checkout', '-q', 'v1');
        git(folder, 'commit', '-q', '--amend', '-m', '書き直し');
        git(folder, 'tag', '-f', 'v1');
      },
      { v1: '違う: コミットが違います(内容は同じです)' },
      0,
    ],
    [
      'another annex',
      () => {
        git(folder, 'checkout', '-q', '2031');
        cpSync('tests/annexes/chromium.pdf', join(folder, 'content/annexes/typst.pdf'));
        git(folder, 'commit', '-q', '-am', '別冊');
        git(folder, 'tag', '-f', '2031');
      },
      { 2031: '違う: 内容が違います' },
      1,
    ],
  ])('%s', async (_, change, expected, status) => {
    change();
    const before = record();
    const ran = await archive();
    const same = { v1: '同じ', 'v1.1': '同じ', '令和13年#1': '同じ', 2031: '同じ' };
    expect(results(ran.stdout)).toEqual({ ...same, ...expected });
    expect([record(), ran.status, ran.stderr]).toEqual([before, status, '']);
    expect(ran.stdout).toMatch(status === 1 ? /記録からその版を消してください。\n/ : /記録は書き換えません。\n/);
  });

  test('a shallow clone cannot tell of what content was made: it says so, records nothing', async () => {
    const clone = temporary();
    git(clone, 'clone', '-q', '--depth', '1', '--branch', 'v1.1', `file://${folder}`, 'x');
    folder = join(clone, 'x');
    const { stdout, status } = await archive();
    expect(stdout).toMatch(/v1\.1: この複製には履歴の一部しかなく、/);
    expect([status, existsSync(join(folder, 'archive.yaml'))]).toEqual([0, false]);
  });
});

describe('what cannot be done', () => {
  test.each([
    ['no list', '版: 1\n', /^「archive\.yaml」の「版」の一覧がありません。.*git checkout -- archive\.yaml/],
    ['no YAML', '版:\n  - タグ: "v1\n', /^「archive\.yaml」の \d 行目が YAML として読めません。/],
    ['markers of git', '版:\n<<<<<<< HEAD\n  - タグ: v1\n', /^「archive\.yaml」の \d 行目が YAML として読めません。/],
    ['a key is missing', '版:\n  - タグ: v1\n', /^「archive\.yaml」の 1 番目の版の欄が足りないか、余分です。/],
  ])('a record with %s: nothing is built', async (_, text, expected) => {
    write(text);
    const { status, stdout, stderr } = await archive();
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(expected);
    expect(record()).toBe(text);
  });

  test('an edition twice, outside of git, without tags', async () => {
    write(record() + record().split('\n').slice(2).join('\n'));
    expect((await archive()).stderr).toMatch(/^「archive\.yaml」のタグ「2031」が2回書かれています。/);
    const plain = temporary();
    cpSync('tests/city', join(plain, 'content'), { recursive: true });
    folder = plain;
    expect(await archive()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('git のリポジトリの中ではない'),
    });
    git(plain, 'init', '-q');
    expect(await archive()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^タグがありません。.*\n$/) });
    expect(existsSync(join(plain, 'archive.yaml'))).toBe(false);
    expect((await archive('--content', 'x')).status).toBe(2);
  });
});
