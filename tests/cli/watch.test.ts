// watch and preview as users run them, beside each other over one folder, from the first page to the interrupt.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { State } from '../../src/preview/messages.ts';
import { ask, Events } from '../preview/ask.ts';
import { ended, start } from './run.ts';

/** The folder in which both run; it is moved in the end. */
let top: string;
let watcher: ChildProcessWithoutNullStreams;
let preview: ChildProcessWithoutNullStreams;
const output = { watcher: '', preview: '' };
let port = 0;
let state: State | undefined;
let news = () => {};

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  cpSync('tests/city', content(), { recursive: true });
  watcher = start(top, ['watch', '--content', 'desk/content']);
  preview = start(top, ['preview', '--content', 'desk/content', '--no-open', '--port', '0']);
  for (const [name, child] of Object.entries({ watcher, preview }) as ['watcher' | 'preview', typeof watcher][]) {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output[name] += chunk;
        news();
      });
    child.on('exit', () => news());
  }
  await until(() => /^http:\/\/127\.0\.0\.1:\d+\/ で紙面を見られます/.test(output.preview));
  port = Number(/:(\d+)\//.exec(output.preview)?.[1]);
  void follow();
});
afterAll(async () => {
  for (const child of [watcher, preview]) await ended(child, 'SIGKILL');
  rmSync(top, { recursive: true, force: true });
});

const content = (path = ''): string => join(top, 'desk/content', path);
const measure = 'measures/1-1-1.yaml';

/** Keeps `state` the newest that the preview tells. */
async function follow(): Promise<void> {
  const events = await Events.at(port);
  for (let next = await events.next(); next; next = await events.next()) {
    state = next;
    news();
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    if (watcher.exitCode !== null || preview.exitCode !== null) expect.fail(JSON.stringify(output));
    await new Promise<void>((resolve) => {
      news = resolve;
    });
  }
}

let read = 0;
/** What watch prints from now until a line that matches. */
async function line(wanted: RegExp): Promise<string> {
  const next = () => wanted.exec(output.watcher.slice(read));
  await until(() => next() !== null);
  const match = next();
  const end = read + (match?.index ?? 0) + (match?.[0].length ?? 0);
  const text = output.watcher.slice(read, end);
  read = end;
  return text;
}
const built = /\d+:\d+:\d+ out\/取組集\.pdf を作りました\(\d+ページ、[\d.]+秒\)。\n/;
const failed = /\d+:\d+:\d+ 誤りが \d+ 件あるため作り直していません\([\d.]+秒\)。前回の PDF はそのままです。\n/;

function edit(file: string, from: string | RegExp, to: string, folder = content()): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toMatch(from);
  writeFileSync(path, before.replace(from, to));
}

const pdf = () => readFileSync(join(top, 'out/取組集.pdf'));
/** The data that the PDF holds beside its pages. */
function data(): string {
  const bytes = pdf();
  const texts: string[] = [];
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1))
    try {
      texts.push(inflateSync(bytes.subarray(at + 7)).toString());
    } catch {
      // another kind of stream
    }
  return texts.join('\n');
}

/** The preview shows this text of the data, and nothing is the matter. */
async function shown(text: string): Promise<void> {
  for (;;) {
    const seen = state;
    if (seen?.edition !== undefined && seen.problem === undefined && seen.diagnostics.length === 0)
      if ((await ask(port, '/edition.json')).body.includes(text)) return;
    await until(() => state !== seen);
  }
}

/** watch builds until its PDF holds this text. */
async function printed(text: string): Promise<void> {
  do await line(built);
  while (!data().includes(text));
}

test('both begin with what is there', async () => {
  await printed('12500');
  await shown('12500');
  expect(output.watcher).toMatch(
    /^desk\/content を見張っています。保存すると PDF を作り直します\(終了は Ctrl\+C\)。\n/,
  );
  const key = state?.pages.at(-1)?.key;
  expect((await ask(port, `/pages/${key}.vector`)).body.length).toBeGreaterThan(1000);
  expect(JSON.parse((await ask(port, `/pages/${key}.json`)).body).cells.length).toBeGreaterThan(20);
});

test('every save is built; errors keep the last PDF and the pages', async () => {
  edit(measure, '予算額: 12500', '予算額: 98765');
  await printed('98765');
  await shown('98765');
  const before = pdf();
  edit(measure, '予算額: 98765', '予算額: 98,765');
  expect(await line(failed)).toContain('desk/content/measures/1-1-1.yaml:25:10 誤り');
  expect(pdf().equals(before)).toBe(true);
  await until(() => state?.diagnostics[0]?.line === 25);
  expect(state?.pages.length).toBeGreaterThan(3);
});

test('a file that was renamed over the old one, a new one, and one that is gone', async () => {
  // As editors save.
  const path = content(measure);
  writeFileSync(`${path}.tmp`, readFileSync(path, 'utf8').replace('98,765', '43210'));
  renameSync(`${path}.tmp`, path);
  await printed('43210');
  await shown('43210');

  const text = readFileSync(path, 'utf8')
    .replace('番号: 1-1-1', '番号: 2-1-2')
    .replace('書かない窓口', '新しい取組その二');
  writeFileSync(content('measures/2-1-2.yaml'), text);
  await printed('新しい取組その二');
  rmSync(content('measures/2-1-2.yaml'));
  await line(built);
  expect(data()).not.toContain('新しい取組その二');
  rmSync(path);
  expect(await line(failed)).toContain('1-1-1');
  await until(() => (state?.diagnostics.length ?? 0) > 0);
  cpSync('tests/city', content(), { recursive: true });
  await printed('12500');
  await shown('12500');
});

test('saves in quick succession end with the last one', async () => {
  for (let amount = 50_001; amount <= 50_040; amount += 1) {
    edit(measure, /予算額: (12500|50\d{3})/, `予算額: ${amount}`);
    await new Promise(setImmediate);
  }
  await printed('50040');
  await shown('50040');
});

test('a PDF that cannot be replaced is told, and the watch goes on', async () => {
  rmSync(join(top, 'out'), { recursive: true });
  writeFileSync(join(top, 'out'), 'in the way');
  edit(measure, '予算額: 50040', '予算額: 777');
  await line(/ファイルを読み書きできません: out.*\n/);
  rmSync(join(top, 'out'));
  edit(measure, '予算額: 777', '予算額: 778');
  await printed('778');
});

test('a folder that is gone is told once, and what comes in its place is built', async () => {
  const before = pdf();
  renameSync(content(), join(top, 'aside'));
  await line(/内容のフォルダ「desk\/content」がなくなりました。.*前回の PDF はそのままです。\n/);
  await until(() => (state?.problem ?? '').includes('「desk/content」がなくなりました'));
  expect(pdf().equals(before)).toBe(true);
  edit(measure, '予算額: 778', '予算額: 60001', join(top, 'aside'));
  renameSync(join(top, 'aside'), content());
  await printed('60001');
  await shown('60001');
  expect(output.watcher.match(/がなくなりました/g)).toHaveLength(1);
});

test('the working directory itself may move', async () => {
  renameSync(top, `${top}-moved`);
  top = `${top}-moved`;
  edit(measure, '予算額: 60001', '予算額: 60002');
  await printed('60002');
  await shown('60002');
});

test('an interrupt ends the watch in order, and the preview, whatever tells it to', async () => {
  expect(await ended(watcher, 'SIGINT')).toEqual([0, null]);
  expect(await ended(preview, 'SIGTERM')).toEqual([0, null]);
});
