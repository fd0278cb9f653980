import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cp932 } from '../exchange/start/cp932.ts';
import { cityFolder, runHere } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, text: string | Uint8Array) => writeFileSync(join(folder, name), text);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

// Invented, in the manner of those that cities publish: a title, headings of two rows, names written once, a total, a note.
const table = [
  'いずみ市 デジタル計画 事業一覧,,,,,,,,,,',
  ',,,,,,,,,,(単位:円)',
  'No.,基本方針,施策,事業名,担当課,事業概要,令和7年度,,令和8年度,,備考',
  ',,,,,,進捗,予算額,進捗,予算額,',
  '1,1 くらし,窓口,書かない窓口,市民課,"申請書を書かずに',
  '手続ができる",〇,"1,200,000",→,300000,継続中',
  '2,,,手続の案内,市民課、広報課,案内を出す,検討,要求中,→,500,',
  '3,2 しごと,産業,港の見守り,漁港課,,△,―,◎,100000,新規',
  '合計,,,,,,,1200000,,,',
  '※予算額は当初予算,,,,,,,,,,',
].join('\r\n');

test('a table as Excel saves it becomes content; what it lacks and what was not taken is told', async () => {
  put('一覧.csv', cp932(`${table}\r\n`));
  const { status, stdout, stderr } = await runHere(folder, ['init', '--from', '一覧.csv']);
  expect(status).toBe(0);
  for (const line of [
    '一覧.csv: 取組 3 件(見出しは 3)',
    '    G列「令和7年度 進捗」 → R7 項目',
    '    K列「備考」 例: 「継続中」、「新規」',
    '  一覧.csv:7 H列 誤り R7 の予算額: 「要求中」は予算額として読めません。',
    '  一覧.csv:7 J列 誤り R8 の予算額: 「500」は千円単位にすると整数になりません(0.5 千円)。',
    '  一覧.csv:7 G列 注意 R7 の項目「検討」は → ◎ ○ △ — のどれでもないため、R7 の内容に入れました。',
    '  一覧.csv:5 G列 注意 項目の「〇」を ○ と読みました。',
    '  一覧.csv:9 注意 合計の行は読んでいません。',
    '  一覧.csv:10 A列 注意 表の注は読んでいません(「※予算額は当初予算」)。',
    'content に取組 3 件の内容を書きました(10 ファイル)。',
    '  npx shisakushu preview で、紙面を見ます。',
  ])
    expect(stdout).toContain(line);
  expect(stderr).toContain('content/edition.yaml:2:1 誤り 「計画名」の値がありません。');
  expect(stderr).toContain('局・部の名前が、仮の「局・部未定」のままです。');
  expect(read('content/measures/1-1-1.yaml')).toBe(
    `# yaml-language-server: $schema=../measure.schema.json
番号: 1-1-1
区分: 継続
取組: 書かない窓口
担当局・部: [局・部未定]
担当課: [市民課]
取組内容: |-
  申請書を書かずに
  手続ができる
スケジュール:
  R7:
    項目: ○
    予算額: 1200
  R8:
    項目: →
    予算額: 300
`,
  );
  expect(read('content/structure.yaml')).toContain(
    '  - 番号: 2\n    名称: しごと\n    中項目:\n      - 番号: 2-1\n        名称: 産業\n',
  );
});

test('what the table lacks is filled in by hand, and the content is good', async () => {
  put('a.csv', table);
  await runHere(folder, ['init', '--from', 'a.csv', '--content', 'いずみ']);
  const given = {
    計画名: 'いずみ計画',
    計画期間: '2025→2028',
    書名: '事業集',
    策定: '令和7年3月',
    改定: '令和7年10月',
    発行者: 'いずみ市',
  };
  const text = Object.entries(given).reduce(
    (before, [key, value]) => before.replace(`${key}:\n`, `${key}: ${value}\n`),
    read('いずみ/edition.yaml'),
  );
  put('いずみ/edition.yaml', text);
  const { status, stdout } = await runHere(folder, ['check', '--content', 'いずみ']);
  expect([status, stdout.includes('誤り ')]).toEqual([0, false]);
  expect(stdout).toContain('[placeholder-title]');
  const built = await runHere(folder, ['build', '--content', 'いずみ']);
  expect(built.status).toBe(0);
  expect(readdirSync(join(folder, 'out')).some((name) => name.endsWith('.pdf'))).toBe(true);
});

test('a folder of our own export is read whole', async () => {
  const city = cityFolder();
  await runHere(city, ['export', 'csv']);
  const { status, stdout } = await runHere(city, ['init', '--from', 'out', '--content', 'new']);
  expect(status).toBe(0);
  expect(stdout).not.toContain('読み込むときに気づいたこと');
  expect(stdout).not.toContain('読まなかった列');
  expect(readdirSync(join(city, 'new/measures'))).toEqual(readdirSync(join(city, 'content/measures')));
  rmSync(city, { recursive: true, force: true });
});

test('nothing is written over, and nothing where nothing is read', async () => {
  put('no.csv', 'a,b\n1,2\n');
  put('empty.csv', '');
  put('old.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1));
  mkdirSync(join(folder, 'full'));
  put('full/mine.txt', 'x');
  put('good.csv', table);
  for (const [args, said] of [
    [['--from', 'good.csv', '--content', 'full'], '「full」にはもうファイルがあるため、何も書いていません。'],
    [['--from', 'none.csv'], '--from の「none.csv」がありません。'],
    [['--from', 'full'], '--from のフォルダ「full」に、表(.xlsx、.csv)がありません。'],
    [['--from', 'no.csv'], '取組が1件も読めなかったため、何も書いていません。'],
    [['--from', 'empty.csv'], '「empty.csv」は、中身のないファイルです。'],
    [['--from', 'old.xls'], '「old.xls」は、'],
    [[], '--from'],
  ] as const) {
    const { status, stderr } = await runHere(folder, ['init', ...args]);
    expect([args, status]).toEqual([args, 2]);
    expect(stderr).toContain(said);
  }
  expect(readdirSync(join(folder, 'full'))).toEqual(['mine.txt']);
  expect(existsSync(join(folder, 'content'))).toBe(false);
});
