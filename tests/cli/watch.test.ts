import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPdf } from '../pdf/read-pdf.ts';
import { cityFolder, edit, start } from './run.ts';

let folder: string;
let watcher: ChildProcessWithoutNullStreams;
let output = '';
let read = 0;
beforeEach(() => {
  folder = cityFolder();
  output = '';
  read = 0;
  watcher = start(folder, ['watch']);
  const collect = (chunk: Buffer) => {
    output += chunk;
  };
  watcher.stdout.on('data', collect);
  watcher.stderr.on('data', collect);
});
afterEach(async () => {
  if (watcher.exitCode === null) {
    const ended = once(watcher, 'exit');
    watcher.kill('SIGKILL');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

/** What is printed from now until a line that matches; fails after 20 s. */
async function until(line: RegExp): Promise<string> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const news = output.slice(read);
    const match = line.exec(news);
    if (match) {
      read += match.index + match[0].length;
      return news.slice(0, match.index + match[0].length);
    }
    if (Date.now() > deadline) expect.fail(`no line ${line} in:\n${news}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const built = /\d+:\d+:\d+ out\/取組集\.pdf を作りました\(\d+ページ、[\d.]+秒\)。\n/;
const failed = /\d+:\d+:\d+ 誤りが \d+ 件あるため作り直していません\([\d.]+秒\)。前回の PDF はそのままです。\n/;
const pdf = () => join(folder, 'out/取組集.pdf');
const text = async () =>
  (await readPdf(pdf())).pages.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('');
const measure = 'measures/1-1-1.yaml';

test('every save is built; errors keep the last PDF; rename, new and deleted files count', {
  timeout: 90_000,
}, async () => {
  await until(built);

  edit(folder, measure, '予算額: 12500', '予算額: 98765');
  await until(built);
  expect(await text()).toContain('98,765');

  const before = readFileSync(pdf());
  edit(folder, measure, '予算額: 98765', '予算額: 98,765');
  expect(await until(failed)).toContain('content/measures/1-1-1.yaml:25:10 誤り');
  expect(readFileSync(pdf()).equals(before)).toBe(true);

  // As editors save: another file, renamed over the old one.
  const path = join(folder, 'content', measure);
  writeFileSync(`${path}.tmp`, readFileSync(path, 'utf8').replace('98,765', '43210'));
  renameSync(`${path}.tmp`, path);
  await until(built);
  expect(await text()).toContain('43,210');

  const added = join(folder, 'content/measures/2-1-2.yaml');
  writeFileSync(
    added,
    readFileSync(path, 'utf8').replace('番号: 1-1-1', '番号: 2-1-2').replace('書かない窓口', '新しい取組その二'),
  );
  await until(built);
  expect(await text()).toContain('新しい取組その二');

  rmSync(added);
  await until(built);
  expect(await text()).not.toContain('新しい取組その二');

  rmSync(path);
  expect(await until(failed)).toContain('1-1-1');
});

test('saves in quick succession end with the last one; an interrupt ends the watch in order', {
  timeout: 60_000,
}, async () => {
  await until(built);
  for (let amount = 50_001; amount <= 50_040; amount += 1) {
    edit(folder, measure, /予算額: (12500|50\d{3})/, `予算額: ${amount}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  const deadline = Date.now() + 20_000;
  while (!(await text().catch(() => '')).includes('50,040')) {
    if (Date.now() > deadline) expect.fail('the last save was never built');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const ended = once(watcher, 'exit');
  watcher.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
});

test('a PDF that cannot be replaced is told, and the watch goes on', { timeout: 60_000 }, async () => {
  await until(built);
  rmSync(join(folder, 'out'), { recursive: true });
  writeFileSync(join(folder, 'out'), 'in the way');
  edit(folder, measure, '予算額: 12500', '予算額: 777');
  await until(/ファイルを読み書きできません: out.*\n/);
  rmSync(join(folder, 'out'));
  edit(folder, measure, '予算額: 777', '予算額: 778');
  await until(built);
});
