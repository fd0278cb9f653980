import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBack } from '../../src/assemble/read-back.ts';
import { verificationReport } from '../../src/commands/verification-report.ts';
import type { verify as Verify } from '../../src/commands/verify.ts';
import { readPdf } from '../pdf/read-pdf.ts';
import { cityFolder, edit, runHere } from './run.ts';

let folder: string;
let pdf: Buffer;
const verify = (file: string, ...args: string[]) => runHere(folder, ['verify', file, ...args]);
const saved = (name: string, bytes: Uint8Array | string) => {
  writeFileSync(join(folder, name), bytes);
  return name;
};
beforeAll(async () => {
  folder = cityFolder();
  expect((await runHere(folder, ['build'])).status).toBe(0);
  pdf = readFileSync(join(folder, 'out/取組集.pdf'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the build of this content: status 0', () => {
  test('the whole edition, with what it was made of', async () => {
    const { status, stdout, stderr } = await verify('out/取組集.pdf');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^out\/取組集\.pdf は、content の内容から作ったままの PDF です/);
    expect(stdout).toMatch(/計画名: 港町デジタルプラン\n {2}書名: 取組集\n {2}改定: 令和12年12月1日\n/);
    expect(stdout).toMatch(/フォントの SHA-256: [0-9a-f]{64}\n {2}道具: shisakushu \d+\.\d+\.\d+\n/);
    const { xmp, attachments } = await readPdf(join(folder, 'out/取組集.pdf'));
    const digest = createHash('sha256')
      .update(attachments.get('取組集.json') ?? '')
      .digest('hex');
    expect(xmp).toContain(`<shisakushu:content>${digest}</shisakushu:content>`);
    expect(stdout).toContain(digest);
  });

  test.each([
    [['--only', '3-1-1', '1-1-1'], '取組集_1-1-1_3-1-1.pdf', '収めた取組: 1-1-1 3-1-1'],
    [['--section', '漁港課'], '取組集_漁港課.pdf', '収めた取組: '],
    [['--portrait', '--only', '1-1-1'], '取組集_1-1-1_A4.pdf', '収めた取組: 1-1-1'],
  ])('build %s', async (args, name, told) => {
    expect((await runHere(folder, ['build', ...args])).status).toBe(0);
    const { status, stdout } = await verify(`out/${name}`);
    expect(stdout).toContain('作ったままの PDF です');
    expect(stdout).toContain(told);
    expect(status).toBe(0);
  });

  test('in another folder, after a comment, another order of keys and CRLF', async () => {
    const other = join(folder, 'other');
    cpSync(join(folder, 'content'), other, { recursive: true });
    const path = join(other, 'measures/1-1-1.yaml');
    const text = readFileSync(path, 'utf8').replace(/^(区分: .*\n)(取組: .*\n)/m, '$2$1');
    writeFileSync(path, `# 注釈\n${text}`.replaceAll('\n', '\r\n'));
    expect(await verify('out/取組集.pdf', '--content', 'other')).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('not the build of this content: status 1', () => {
  const changed = async (...edits: [string, string | RegExp, string][]) => {
    const own = cityFolder();
    for (const [file, from, to] of edits) edit(own, file, from, to);
    const result = await runHere(folder, ['verify', 'out/取組集.pdf', '--content', join(own, 'content')]);
    rmSync(own, { recursive: true });
    return result;
  };

  test('which measures and fields differ', async () => {
    const { status, stdout, stderr } = await changed(
      ['measures/1-1-1.yaml', '予算額: 12500', '予算額: 12600'],
      ['measures/1-1-1.yaml', '取組: 書かない窓口', '取組: 書かない総合窓口'],
      ['measures/1-1-1.yaml', '    事業実績: —\n', ''],
      ['edition.yaml', '令和12年12月1日', '令和13年1月1日'],
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    for (const line of [
      /今の内容から作った PDF ではありません/,
      /改定\n {4}PDF: 令和12年12月1日\n {4}.*: 令和13年1月1日\n/,
      /1-1-1 取組: PDF は 「書かない窓口」、内容は 「書かない総合窓口」\n/,
      /1-1-1 スケジュール › R11 › 予算額: PDF は 「12500」、内容は 「12600」\n/,
      /1-1-1 スケジュール › R10 › 事業実績: PDF は 「—」、内容は 空欄\n/,
    ])
      expect(stdout).toMatch(line);
  });

  test('another 構成', async () => {
    const { status, stdout } = await changed(['edition.yaml', '[表紙, 目次, 取組事項一覧, 個票]', '[目次, 個票]']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/構成\n {4}PDF: 表紙、目次、取組事項一覧、個票\n {4}.*: 目次、個票\n/);
  });

  test('content with errors: they are told', async () => {
    const { status, stdout, stderr } = await changed(['measures/1-1-1.yaml', '予算額: 12500', '予算額: 12,500']);
    expect(status).toBe(1);
    expect(stderr).toContain('measures/1-1-1.yaml:25:10 誤り');
    expect(stdout).toMatch(/誤りがあり、PDF を作れません/);
  });

  test('a measure of the PDF that the content has no more', async () => {
    const own = cityFolder();
    rmSync(join(own, 'content/measures/1-1-2.yaml'));
    for (const name of ['3-1-1', '3-1-2', '3-1-3', '1-2-1']) {
      const path = join(own, `content/measures/${name}.yaml`);
      writeFileSync(path, readFileSync(path, 'utf8').replace('再掲: 1-1-2', '再掲: 1-1-1'));
    }
    expect((await runHere(folder, ['build', '--only', '1-1-2'])).status).toBe(0);
    const { status, stdout } = await verify('out/取組集_1-1-2.pdf', '--content', join(own, 'content'));
    rmSync(own, { recursive: true });
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringMatching(/内容の SHA-256\n/) });
  });

  test.each<[string, () => Uint8Array, RegExp]>([
    ['a byte altered', () => Buffer.from(pdf).fill(0x41, 5000, 5001), /作ったあとに変えられたか/],
    ['appended to', () => Buffer.concat([pdf, Buffer.from('\n% signed')]), /9 バイトが書き足されています\(電子署名/],
    ['cut by a few bytes', () => pdf.subarray(0, -7), /終わりの 7 バイトが欠けています/],
    [
      'another tool version',
      () => Buffer.from(pdf.toString('latin1').replace(/(<shisakushu:tool>shisakushu )\d/, '$19'), 'latin1'),
      /道具\n {4}PDF: shisakushu 9/,
    ],
  ])('%s', async (_, bytes, message) => {
    const { status, stdout } = await verify(saved('altered.pdf', bytes()));
    expect(stdout).toMatch(message);
    expect(status).toBe(1);
  });
});

test.each<[string, () => string, RegExp]>([
  ['no file', () => 'nowhere.pdf', /PDF「nowhere\.pdf」がありません/],
  ['a folder', () => 'content', /ファイルではありません/],
  ['an empty file', () => saved('empty.pdf', ''), /PDF ではありません/],
  ['a picture', () => saved('picture.pdf', Buffer.from('89504e470d0a1a0a', 'hex')), /PDF ではありません/],
  ['half a PDF', () => saved('half.pdf', pdf.subarray(0, 20_000)), /途中で切れている/],
  [
    'a PDF of another program',
    () => saved('foreign.pdf', '%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n'),
    /記録がありません/,
  ],
  ['an encrypted one', () => saved('locked.pdf', '%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF\n'), /暗号化/],
  [
    'a record that lacks its hash',
    () => saved('broken.pdf', Buffer.from(pdf.toString('latin1').replaceAll('shisakushu:content>', 'x>'), 'latin1')),
    /記録が壊れている/,
  ],
])('not to be read: %s: status 2, no stack trace', async (_, file, message) => {
  const { status, stdout, stderr } = await verify(file());
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/ at .*\.js:/);
});

describe('any bytes', () => {
  const mutation = fc.oneof(
    fc.record({ at: fc.nat(), with: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
    fc.record({ at: fc.nat(), cut: fc.boolean() }),
    fc.record({
      near: fc.constantFrom('<?xpacket', 'shisakushu:', '/EmbeddedFile', '/Length'),
      with: fc.uint8Array({ maxLength: 9 }),
    }),
  );
  type Mutation = { at?: number; near?: string; with?: Uint8Array; cut?: boolean };
  const mutated = (mutations: Mutation[]): Buffer =>
    mutations.reduce<Buffer>((bytes, { at = 0, near, with: added, cut }) => {
      const place = near === undefined ? at % (bytes.length + 1) : Math.max(0, bytes.indexOf(near) + 3);
      if (cut !== undefined) return cut ? bytes.subarray(0, place) : bytes.subarray(place);
      return Buffer.concat([
        bytes.subarray(0, place),
        added ?? Buffer.of(),
        bytes.subarray(place + (added?.length ?? 0)),
      ]);
    }, pdf);

  test('are read without a throw, soon', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        const start = performance.now();
        const result = readBack(mutated(mutations));
        expect(performance.now() - start).toBeLessThan(1000);
        expect('problem' in result || result.provenance.content).toBeTruthy();
      }),
      { numRuns: 60 },
    );
  });

  test('are told to be the build only if they are', async () => {
    // The thread of the renderer runs compiled code.
    const [{ Renderer }, { verify }] = await Promise.all([
      import('../../dist/book/renderer.js' as string),
      import('../../dist/commands/verify.js' as string) as Promise<{ verify: typeof Verify }>,
    ]);
    const renderer = new Renderer();
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        const bytes = mutated(mutations);
        const { status, text } = verificationReport(
          'x.pdf',
          'content',
          await verify(bytes, join(folder, 'content'), renderer),
        );
        expect(status === 0).toBe(bytes.equals(pdf));
        expect(text.length).toBeGreaterThan(20);
      }),
      { numRuns: 8 },
    );
    await renderer.close();
  }, 60_000);
});

describe('the commit', () => {
  const git = (cwd: string, ...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c', 'init.defaultBranch=main', ...args],
      {
        cwd,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).trim();
  const build = async (cwd: string) => {
    expect(await runHere(cwd, ['build'])).toMatchObject({ status: 0, stderr: '' });
    const bytes = readFileSync(join(cwd, 'out/取組集.pdf'));
    const told = readBack(bytes);
    return { bytes, commit: 'provenance' in told ? told.provenance.commit : 'unread' };
  };

  test('is the last one that touched the content, if nothing was changed since; clones give the same bytes', async () => {
    const work = mkdtempSync(join(tmpdir(), 'shisakushu-'));
    const repository = join(work, 'repository');
    cpSync(join(folder, 'content'), join(repository, 'content'), { recursive: true });
    writeFileSync(join(repository, '.gitignore'), 'out\n');
    git(repository, 'init');
    git(repository, 'add', '.');
    git(repository, 'commit', '-m', 'edition');
    const first = git(repository, 'rev-parse', 'HEAD');
    const { bytes, commit } = await build(repository);
    expect(commit).toBe(first);

    writeFileSync(join(repository, 'elsewhere.txt'), 'x');
    git(repository, 'add', '.');
    git(repository, 'commit', '-m', 'elsewhere');
    expect((await build(repository)).bytes.equals(bytes)).toBe(true);
    git(work, 'clone', repository, 'clone');
    expect((await build(join(work, 'clone'))).bytes.equals(bytes)).toBe(true);
    git(work, 'clone', '--depth', '1', `file://${repository}`, 'shallow');
    expect((await build(join(work, 'shallow'))).commit).toBeUndefined();

    const path = join(repository, 'content/measures/1-1-1.yaml');
    writeFileSync(path, `${readFileSync(path, 'utf8')}# 注釈\n`);
    expect((await build(repository)).commit).toBeUndefined();
    const kept = join(work, 'kept.pdf');
    writeFileSync(kept, bytes);
    const { status, stdout } = await runHere(repository, ['verify', kept]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/作ったままの PDF です/);
    expect(stdout).toMatch(/コミットは違います.*:\n {2}内容のコミット\n {4}PDF: [0-9a-f]{40}\n {4}content: \(なし\)\n/);
    rmSync(work, { recursive: true });
  }, 30_000);
});
