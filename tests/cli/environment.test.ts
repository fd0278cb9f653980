import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cityFolder, cli, edit, runHere } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = cityFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pdf = 'out/取組集.pdf';
const inShell = (command: string, env: Record<string, string> = {}): SpawnSyncReturns<string> =>
  spawnSync('sh', ['-c', command.replaceAll('CLI', `"${process.execPath}" "${cli}"`)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

describe('what the system refused is told, not taken for a defect of ours', () => {
  test.each([
    [
      'a 書名 of 90 characters',
      () => edit(folder, 'edition.yaml', /書名: .*/, `書名: ${'長'.repeat(90)}`),
      'build',
      /ENAMETOOLONG.*274 バイト.*255 バイト.*「書名」を短く/,
    ],
    ['a folder of 90 characters', () => {}, `build --out ${'長'.repeat(90)}`, /ENAMETOOLONG.*フォルダの名前を短く/],
    ['a path without end', () => {}, `build --out ${'long/'.repeat(1000)}`, /ENAMETOOLONG.*浅いフォルダ/],
    ['content that leads to itself', () => loop('content'), 'build', /content\(ELOOP: リンクが堂々めぐり/],
    ['an output that leads to itself', () => loop('out'), 'build', /out.*\(ELOOP/],
    [
      'a file that leads to itself',
      () => {
        mkdirSync(join(folder, 'out'));
        loop(pdf);
      },
      'build',
      /取組集\.pdf\(ELOOP/,
    ],
    [
      'a file in the way of a folder',
      () => writeFileSync(join(folder, 'out'), ''),
      'build --out out/below',
      /取組集\.pdf\(ENOTDIR/,
    ],
    ['a folder under a file', () => writeFileSync(join(folder, 'a'), ''), 'verify a/b.pdf', /a\/b\.pdf\(ENOTDIR/],
    [
      'a PDF that is a folder',
      () => mkdirSync(join(folder, pdf), { recursive: true }),
      'build',
      /「out\/取組集\.pdf」はフォルダ/,
    ],
    [
      'a PDF to be verified that is a folder',
      () => mkdirSync(join(folder, pdf), { recursive: true }),
      `verify ${pdf}`,
      /ファイルではありません/,
    ],
    [
      'a schema that is a folder',
      () => mkdirSync(join(folder, 'content/edition.schema.json')),
      'schema',
      /schema\.json」はフォルダ/,
    ],
  ] as const)('%s', async (_, prepare, args, message) => {
    prepare();
    const { status, stderr } = await runHere(folder, args.split(' '));
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/ at .*\.js:/);
    expect(status).toBe(2);
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'))).toEqual(
      [],
    );
  });

  const loop = (name: string) => {
    rmSync(join(folder, name), { recursive: true, force: true });
    symlinkSync(name.split('/').at(-1) ?? '', join(folder, name));
  };

  describe.skipIf(process.platform === 'win32')('in a shell', () => {
    test('a file may not be that large: the old one stays, nothing is left behind', async () => {
      expect((await runHere(folder, ['build'])).status).toBe(0);
      const before = readFileSync(join(folder, pdf));
      edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12501');
      const { status, stderr } = inShell('ulimit -f 20; exec CLI build');
      expect(stderr).toMatch(/取組集\.pdf\(EFBIG: .*\)/);
      expect(status).toBe(2);
      expect(readdirSync(join(folder, 'out'))).toEqual(['取組集.pdf']);
      expect(readFileSync(join(folder, pdf)).equals(before)).toBe(true);
    });

    test('few files may be open', () => {
      const { status, stderr } = inShell('ulimit -n 24; exec CLI build');
      expect(stderr).toMatch(/\(EMFILE: 一度に開けるファイルの数/);
      expect(status).toBe(2);
    });

    test('watch: no more folders may be watched', () => {
      const refused = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
        fs.watch = (path) => { throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', errno: -28, syscall: 'watch', path }); };
        syncBuiltinESMExports();`;
      writeFileSync(join(folder, 'refused.mjs'), refused);
      const { status, stderr } = inShell('exec CLI watch', { NODE_OPTIONS: '--import ./refused.mjs' });
      expect(stderr).toMatch(/^変化を見張れません: .*\(ENOSPC\)。見張れるファイルの数の上限/m);
      expect(stderr).not.toMatch(/ at .*\.js:/);
      expect(status).toBe(2);
    });

    test('the working directory is gone', () => {
      const { status, stderr } = inShell('mkdir gone; cd gone; rmdir ../gone; exec CLI check');
      expect(stderr).toMatch(/[ぁ-ん]/);
      expect(stderr).not.toMatch(/ at .*\.js:/);
      expect(status).toBe(2);
    });

    test('a pipe where the PDF should be is not waited for', async () => {
      mkdirSync(join(folder, 'out'));
      inShell(`mkfifo ${pdf}`);
      const { status, stderr } = await runHere(folder, ['build']);
      expect(stderr).toMatch(/「out\/取組集\.pdf」は名前付きパイプ/);
      expect(status).toBe(2);
      expect(lstatSync(join(folder, pdf)).isFIFO()).toBe(true);
    });

    test.skipIf(!existsSync('/dev/full'))('a report that the disk has no room for', () => {
      const { status, stderr } = inShell('CLI check > /dev/full');
      expect(stderr).toMatch(/^結果を書き出せません。.*ENOSPC: 空き容量がありません/);
      expect(status).toBe(2);
    });

    test.skipIf(!existsSync('/proc/self'))('a folder that nothing can be made in', async () => {
      const { status, stderr } = await runHere(folder, ['build', '--out', '/proc/none/below']);
      expect(stderr).toMatch(/\/proc\/none\(ENOENT/);
      expect(status).toBe(2);
    });
  });
});

describe.skipIf(process.platform === 'win32')('who may not read or write', () => {
  // As somebody else, where these tests run as root, who may do all.
  const other = process.getuid?.() === 0 ? 65_534 : undefined;
  const runAsOther = async (...args: string[]) => {
    const before = process.geteuid?.() ?? 0;
    if (other !== undefined) process.seteuid?.(other);
    try {
      return await runHere(folder, args);
    } finally {
      if (other !== undefined) process.seteuid?.(before);
    }
  };
  beforeEach(() => chmodSync(folder, 0o777));
  afterEach(() => {
    for (const name of ['content/measures', 'content/annexes', 'out'])
      if (existsSync(join(folder, name))) chmodSync(join(folder, name), 0o777);
  });

  test('a measure: reported at its file, beside all other mistakes', async () => {
    chmodSync(join(folder, 'content/measures/1-2-1.yaml'), 0);
    edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12,500');
    const { status, stdout } = await runAsOther('check');
    expect(stdout).toMatch(/content\/measures\/1-2-1\.yaml:1:1 誤り ファイルを読めません\(EACCES: 権限がありません\)/);
    expect(stdout).toContain('content/measures/1-1-1.yaml:25:10 誤り');
    expect(status).toBe(1);
  });

  test.each(['measures', 'annexes'])('%s/: one message', async (name) => {
    mkdirSync(join(folder, 'content', name), { recursive: true });
    edit(folder, 'edition.yaml', /^構成: \[/m, '構成: [{ 別冊: annexes/a.pdf, 題名: 付録 }, ');
    writeFileSync(join(folder, 'content/annexes.pdf'), '');
    if (name === 'measures') edit(folder, 'edition.yaml', '{ 別冊: annexes/a.pdf, 題名: 付録 }, ', '');
    chmodSync(join(folder, 'content', name), 0);
    const { status, stdout } = await runAsOther('check', '--format', 'json');
    const told = JSON.parse(stdout).diagnostics.filter(({ severity }: { severity: string }) => severity === 'error');
    expect(told).toMatchObject([{ code: 'file-unreadable', file: `content/${name}` }]);
    expect(told).toHaveLength(1);
    expect(status).toBe(1);
  });

  test('an annex: the comparison goes on without it', async () => {
    mkdirSync(join(folder, 'content/annexes'));
    copyFileSync('tests/annexes/typst.pdf', join(folder, 'content/annexes/a.pdf'));
    edit(folder, 'edition.yaml', /^構成: \[/m, '構成: [{ 別冊: annexes/a.pdf, 題名: 付録 }, ');
    cpSync(join(folder, 'content'), join(folder, 'before'), { recursive: true });
    chmodSync(join(folder, 'content/annexes/a.pdf'), 0);
    const { status, stdout } = await runAsOther('diff', './before', './content');
    expect(stdout).toContain('annexes/a.pdf');
    expect(stdout).not.toContain('差し替え');
    expect(status).toBe(0);
  });

  test('the output', async () => {
    mkdirSync(join(folder, 'out'));
    chmodSync(join(folder, 'out'), 0o555);
    const { status, stderr } = await runAsOther('build');
    expect(stderr).toMatch(/ファイルを読み書きできません: out\/取組集\.pdf\(EACCES: 権限がありません\)/);
    expect(status).toBe(2);
  });
});

describe('a damaged installation says so', () => {
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'shisakushu-'));
    for (const part of ['dist', 'fonts', 'templates', 'page', 'profiles', 'package.json'])
      cpSync(part, join(copy, part), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'), 'junction');
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test.each(['templates', 'fonts/BIZUDPGothic_700Bold.ttf', 'dist/render/compiler.js', 'node_modules'])(
    'without %s',
    (part) => {
      renameSync(join(copy, part), join(copy, 'away'));
      const { status, stderr } = spawnSync(process.execPath, [join(copy, 'dist/cli.js'), 'build'], {
        cwd: folder,
        encoding: 'utf8',
      });
      renameSync(join(copy, 'away'), join(copy, part));
      expect(stderr).toMatch(/^この道具のファイルが足りないか、読めません: .*npm ci/);
      expect(status).toBe(2);
    },
  );
});

describe('what stands where a file is to be written', () => {
  test.skipIf(process.platform === 'win32')(
    'a link is followed, the file behind it replaced whole, in its mode',
    async () => {
      mkdirSync(join(folder, 'out'));
      mkdirSync(join(folder, 'share'));
      writeFileSync(join(folder, 'share/公開.pdf'), 'old');
      chmodSync(join(folder, 'share/公開.pdf'), 0o640);
      symlinkSync('../share/link', join(folder, pdf));
      symlinkSync('公開.pdf', join(folder, 'share/link'));
      expect((await runHere(folder, ['build'])).status).toBe(0);
      expect(lstatSync(join(folder, pdf)).isSymbolicLink()).toBe(true);
      expect(readFileSync(join(folder, 'share/公開.pdf'), 'latin1')).toMatch(/^%PDF-/);
      expect(statSync(join(folder, 'share/公開.pdf')).mode & 0o777).toBe(0o640);
      expect(readdirSync(join(folder, 'share')).sort()).toEqual(['link', '公開.pdf']);
      // One that leads to a file that is not there yet, from another folder that is itself a link.
      rmSync(join(folder, 'share/公開.pdf'));
      renameSync(join(folder, 'out'), join(folder, 'elsewhere'));
      symlinkSync('elsewhere', join(folder, 'out'));
      expect((await runHere(folder, ['build'])).status).toBe(0);
      expect(readFileSync(join(folder, 'share/公開.pdf'), 'latin1')).toMatch(/^%PDF-/);
      // A share that is not connected.
      rmSync(join(folder, 'share'), { recursive: true });
      const { status, stderr } = await runHere(folder, ['build']);
      expect(stderr).toMatch(/「out\/取組集\.pdf」はリンクですが、リンク先のフォルダ「.*share」がありません/);
      expect(status).toBe(2);
      expect(existsSync(join(folder, 'share'))).toBe(false);
    },
  );

  test('a folder with the name of a picture is no picture', async () => {
    mkdirSync(join(folder, 'pages/1-1-1_前.png'), { recursive: true });
    expect(await runHere(folder, ['diff', './content', './content', '--pages', 'pages'])).toMatchObject({ status: 0 });
  });
});

describe('what an earlier run left behind', () => {
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const leftover = (id: number, where = machine) => `.shisakushu-${where}-${id}-0123abcd.tmp`;

  test.each([
    ['build', ['out']],
    ['schema', ['content']],
    ['diff ./content ./other --pdf --pages pages', ['out', 'pages']],
  ])('%s removes it, but not what another process is writing', async (args, places) => {
    cpSync(join(folder, 'content'), join(folder, 'other'), { recursive: true });
    writeFileSync(
      join(folder, 'other/measures/1-1-1.yaml'),
      readFileSync(join(folder, 'content/measures/1-1-1.yaml'), 'utf8').replace('予算額: 12500', '予算額: 12501'),
    );
    const names = {
      ended: leftover(gone),
      sameNumber: leftover(process.pid),
      running: leftover(process.ppid),
      elsewhere: leftover(gone, '01234567'),
      longAgo: leftover(process.ppid, '76543210'),
      own: 'メモ.tmp',
    };
    for (const place of places) {
      mkdirSync(join(folder, place), { recursive: true });
      for (const name of Object.values(names)) writeFileSync(join(folder, place, name), 'half');
      utimesSync(join(folder, place, names.longAgo), new Date(0), new Date(0));
    }
    expect((await runHere(folder, args.split(' '))).status).toBe(0);
    for (const place of places) {
      const left = readdirSync(join(folder, place)).filter((name) => name.endsWith('.tmp'));
      expect(left.sort()).toEqual([names.elsewhere, names.own, names.running].sort());
    }
  });

  test('errors in the content keep nothing from being tidied', async () => {
    mkdirSync(join(folder, 'out'));
    edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12,500');
    for (const args of [['build'], ['build', '--split']]) {
      writeFileSync(join(folder, 'out', leftover(gone)), 'half');
      expect((await runHere(folder, args)).status).toBe(1);
      expect(readdirSync(join(folder, 'out'))).toEqual([]);
    }
  });
});
