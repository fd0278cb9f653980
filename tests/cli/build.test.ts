import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isBody, isHeading, readPdf, textOf } from '../pdf/read-pdf.ts';
import { cityFolder, edit, runHere, start } from './run.ts';

/** The names of the live content, of edition, structure and organization; shorter ones may be words of anybody's. */
function firstCity(): string[] {
  const read = (name: string) => parse(readFileSync(`content/${name}.yaml`, 'utf8'));
  const strings = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value
        ? Object.values(value).flatMap(strings)
        : [];
  const { 計画名, 発行者, 関連計画 } = read('edition');
  const [structure, organization] = [read('structure'), read('organization')].map(strings);
  const names = [
    計画名,
    発行者,
    ...関連計画,
    ...(structure ?? []),
    ...(organization ?? []).flatMap((name) => name.split(' ')),
  ];
  // An example in a message may name what many cities have; what is of five signs and more is this city's own.
  return [...new Set<string>(names)].filter((name) => name === 発行者 || name.length >= 5);
}

let folder: string;
beforeEach(() => {
  folder = cityFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the second city', () => {
  test('builds with its own years, plans, title and three 大項目', async () => {
    expect(await runHere(folder, ['build'])).toMatchObject({ status: 0, stderr: '' });
    const { pages, bookmarks, info, labels } = await readPdf(join(folder, 'out/取組集.pdf'));
    expect(info).toMatchObject({
      Title: '港町デジタルプラン 取組集',
      Author: '港町市',
      CreationDate: 'D:20301201000000Z',
    });
    expect(labels?.[0]).toBe('表紙');
    expect(bookmarks.filter(({ depth }) => depth === 1).map(({ title }) => title)).toEqual([
      ...['1. 暮らし', '2. 仕事', '3. 学び'],
      ...['1. 暮らし', '2. 仕事', '3. 学び'],
    ]);
    const headings = pages.flatMap(({ rows }) => rows).filter(isHeading);
    expect(headings.map((row) => row.map(textOf)).at(-1)).toEqual(['年度', '項目', '内容', '総合計画', '防災計画']);
    const text = pages.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('');
    for (const year of ['R10', 'R11', 'R12']) expect(text).toContain(year);
    for (const word of firstCity()) expect(text).not.toContain(word);
  });

  test('no word of the first city is in src/ or templates/', () => {
    const names = firstCity();
    expect(names.length).toBeGreaterThan(0);
    const sources = ['src', 'templates'].flatMap((top) =>
      readdirSync(top, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|typ)$/.test(name))
        .map((name) => join(top, name)),
    );
    expect(sources.length).toBeGreaterThan(25);
    for (const source of sources) {
      const text = readFileSync(source, 'utf8');
      expect(
        names.filter((name) => text.includes(name)),
        source,
      ).toEqual([]);
    }
  });
});

test('text is text: no sign of it means anything to the typesetter', async () => {
  const text = String.raw`#let x = 1; *b* _c_ $d$ \e @f <g> // h /* i */ ~k [l] {m} "q" - n -- o ... #(1+1) = p + r`;
  edit(
    folder,
    'measures/1-1-1.yaml',
    '内容: 導入',
    `内容: |-\n      ${text}\n      = 見出しではない\n      - 箇条書きではない`,
  );
  expect(await runHere(folder, ['build'])).toMatchObject({ status: 0, stderr: '' });
  const { pages } = await readPdf(join(folder, 'out/取組集.pdf'));
  const cells = pages.flatMap(({ rows }) => rows.flat().map(textOf));
  expect(cells).toContain(`${text}=見出しではない-箇条書きではない`.replace(/\s/g, ''));
});

describe('parts of an edition', () => {
  const numbers = async (file: string) =>
    (await readPdf(join(folder, 'out', file))).pages
      .flatMap(({ rows }) => rows)
      .filter((row) => isBody(row) && row.length > 10)
      .map((row) => row.slice(4, 7).map(textOf).join('-'));

  test('--only: the sheets of some measures, in the order of the edition', async () => {
    expect(await runHere(folder, ['build', '--only', '3-1-1', '1-1-1'])).toMatchObject({ status: 0, stderr: '' });
    expect(await numbers('取組集_1-1-1_3-1-1.pdf')).toEqual(['1-1-1', '3-1-1']);
  });

  test('--section: the sheets of one 課', async () => {
    expect(await runHere(folder, ['build', '--section', '漁港課'])).toMatchObject({ status: 0, stderr: '' });
    const found = await numbers('取組集_漁港課.pdf');
    const wanted = readdirSync('tests/city/measures')
      .filter((name) => readFileSync(`tests/city/measures/${name}`, 'utf8').match(/^担当課: .*漁港課/m))
      .map((name) => name.replace('.yaml', ''));
    expect(found).toEqual(expect.arrayContaining(wanted));
    expect(wanted.length).toBeGreaterThan(0);
  });

  test('--split: one PDF for each 課, the same as --section makes; with an error none', async () => {
    expect(await runHere(folder, ['build', '--split'])).toMatchObject({ status: 0, stderr: '' });
    const written = readdirSync(join(folder, 'out')).sort();
    const sections = ['学校課', '漁港課', '流通課', '窓口課', '関係課', '防災課'];
    expect(written).toEqual(sections.map((section) => `取組集_${section}.pdf`).sort());
    const split = readFileSync(join(folder, 'out/取組集_漁港課.pdf'));
    expect((await runHere(folder, ['build', '--section', '漁港課', '--out', 'again'])).status).toBe(0);
    expect(readFileSync(join(folder, 'again/取組集_漁港課.pdf')).equals(split)).toBe(true);
    edit(folder, 'measures/2-1-1.yaml', '内容: 機器の選定', `内容: ${'W'.repeat(60)}`);
    const failed = await runHere(folder, ['build', '--split', '--out', 'none']);
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('誤り 1 件(1 ファイル)');
    expect(readdirSync(folder)).not.toContain('none');
  });

  test.each([
    [['--split', '--section', '漁港課'], /同時に使えません/],
    [['--only', '9-9-9'], /番号 9-9-9 の取組はありません/],
    [['--section', '漁港'], /「漁港」が担当する取組はありません。もしかして: 漁港課\n/],
    [['--section', '漁港課', '--only', '1-1-1'], /同時に使えません/],
    [['--only'], /指定の値がありません/],
  ])('%s is told, with status 2 and no file', async (args, message) => {
    const { status, stderr, stdout } = await runHere(folder, ['build', ...args]);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(readdirSync(folder)).toEqual(['content']);
  });
});

// In another time zone and locale: tests/pdf/file.test.ts.
test('the same content gives the same bytes in any folder and order of files', async () => {
  expect((await runHere(folder, ['build'])).status).toBe(0);
  const other = mkdtempSync(join(tmpdir(), 'さ く-'));
  for (const name of readdirSync(join(folder, 'content'), { recursive: true, encoding: 'utf8' }).sort().reverse())
    cpSync(join(folder, 'content', name), join(other, 'here', name), { recursive: true });
  expect((await runHere(other, ['build', '--content', 'here', '--out', 'there/below'])).status).toBe(0);
  expect(readFileSync(join(other, 'there/below/取組集.pdf')).equals(readFileSync(join(folder, 'out/取組集.pdf')))).toBe(
    true,
  );
  rmSync(other, { recursive: true });
});

describe('errors', () => {
  test('bad content: all mistakes, status 1, the last good PDF stays, nothing half-written', async () => {
    expect((await runHere(folder, ['build'])).status).toBe(0);
    const before = readFileSync(join(folder, 'out/取組集.pdf'));
    edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12,500');
    edit(folder, 'measures/3-1-1.yaml', '再掲:', '再掲載:');
    const { status, stderr, stdout } = await runHere(folder, ['build']);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('content/measures/1-1-1.yaml:25:10 誤り');
    expect(stderr).toContain('content/measures/3-1-1.yaml');
    expect(stderr).not.toMatch(/ at .*\.js:/);
    expect(readFileSync(join(folder, 'out/取組集.pdf')).equals(before)).toBe(true);
    expect(readdirSync(join(folder, 'out'))).toEqual(['取組集.pdf']);
  });

  test('check: status and the three formats', async () => {
    expect(await runHere(folder, ['check'])).toEqual({ status: 0, stdout: '誤りはありません。\n', stderr: '' });
    expect(JSON.parse((await runHere(folder, ['check', '--format', 'json'])).stdout)).toMatchObject({
      diagnostics: [],
    });
    edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', '予算額: 12,500');
    const pretty = await runHere(folder, ['check']);
    expect(pretty).toMatchObject({ status: 1, stderr: '' });
    expect(pretty.stdout).toContain('content/measures/1-1-1.yaml:25:10 誤り');
    const json = await runHere(folder, ['check', '--format', 'json']);
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout).diagnostics[0]).toMatchObject({
      code: 'not-an-amount',
      file: 'content/measures/1-1-1.yaml',
      line: 25,
      column: 10,
    });
    const github = await runHere(folder, ['check', '--format', 'github']);
    expect(github.status).toBe(1);
    expect(github.stdout).toMatch(/^::error file=content\/measures\/1-1-1\.yaml,line=25,/);
  });

  test('a folder or a link where a measure is expected', async () => {
    rmSync(join(folder, 'content/measures/1-2-1.yaml'));
    mkdirSync(join(folder, 'content/measures/1-2-1.yaml'));
    rmSync(join(folder, 'content/organization.yaml'));
    symlinkSync('/etc/hostname', join(folder, 'content/organization.yaml'));
    const { status, stdout } = await runHere(folder, ['check']);
    expect(status).toBe(1);
    expect(stdout).toContain('content/measures/1-2-1.yaml:1:1 誤り');
    expect(stdout).toContain('content/organization.yaml:1:1 誤り');
  });

  test.each([
    [[], 2, /Usage|使い方/],
    [
      ['biuld'],
      2,
      /そのような命令はありません。 → biuld\nbuild のことではありませんか。\n使い方は npx shisakushu --help で/,
    ],
    [['build', '--outt', 'x'], 2, /そのような指定はありません/],
    [['check', '--format', 'xml'], 2, /指定の値が正しくありません.*\n書けるのは pretty、json、github のどれかです。/],
    [['insert', '--section', '窓口課', '1-1-1'], 2, /--section は後に続く言葉をすべて値とします。番号はその前に/],
    [['check', 'content'], 2, /余分な引数/],
    [
      ['rename', '総務局', '市長公室', '秘書課'],
      2,
      /空白を含む名前は "…" .*\n使い方: npx shisakushu rename \[指定\] <旧> <新>\n/,
    ],
    [['check', '--content', 'nowhere'], 2, /内容のフォルダ「nowhere」がありません/],
    [['--help'], 0, /build/],
    [
      ['build', '--help'],
      0,
      /使い方: shisakushu build \[指定\]\n(?:.*\n)*.*--out <フォルダ> +出力先のフォルダ\(書かなければ out\)/,
    ],
  ])('%s: status %i', async (args, wanted, message) => {
    const { status, stdout, stderr } = await runHere(folder, args);
    expect(status).toBe(wanted);
    expect(stdout + stderr).toMatch(message);
    expect(stdout + stderr).not.toMatch(/ at .*\.js:/);
  });

  test('a reader that stops reading is no failure', async () => {
    for (const name of readdirSync(join(folder, 'content/measures')))
      edit(folder, `measures/${name}`, /区分: .*/, `区分: ${'違'.repeat(40_000)}`);
    const child = start(folder, ['check', '--format', 'json']);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [status] = await once(child, 'exit');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  test('an output that cannot be written is told, not thrown', async () => {
    writeFileSync(join(folder, 'out'), 'a file, not a folder');
    const { status, stderr } = await runHere(folder, ['build']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^ファイルを読み書きできません/);
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('a file, not a folder');
  });

  test('a defect of ours says so and asks for a report', () => {
    const copy = mkdtempSync(join(tmpdir(), 'shisakushu-'));
    for (const part of ['dist', 'fonts', 'templates', 'package.json'])
      cpSync(part, join(copy, part), { recursive: true });
    execFileSync('ln', ['-s', join(process.cwd(), 'node_modules'), join(copy, 'node_modules')]);
    writeFileSync(
      join(copy, 'templates/cover.typ'),
      '#let cover-problems(book) = ()\n#let cover(book) = undefined-name',
    );
    const result = runIn(copy);
    expect(result.status).toBe(70);
    expect(result.stderr).toMatch(/^shisakushu の不具合です.*報告してください/);
    expect(result.stderr).toContain('undefined-name');
    rmSync(copy, { recursive: true });
  });
});

function runIn(copy: string): { status: number; stderr: string } {
  try {
    execFileSync(process.execPath, [join(copy, 'dist/cli.js'), 'build'], {
      cwd: folder,
      stdio: 'pipe',
      encoding: 'utf8',
    });
    return { status: 0, stderr: '' };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string };
    return { status, stderr };
  }
}

test('schema writes what is committed', async () => {
  expect((await runHere(folder, ['schema'])).status).toBe(0);
  const schema = JSON.parse(readFileSync(join(folder, 'content/measure.schema.json'), 'utf8'));
  expect(JSON.stringify(schema)).toContain('防災課');
  expect(readdirSync(join(folder, 'content')).filter((name) => name.endsWith('.schema.json'))).toHaveLength(4);
});
