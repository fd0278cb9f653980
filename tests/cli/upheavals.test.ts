// What a folder goes through: laid anew, swapped, moved, linked. watch and preview live on, see what is there, and hear the next save.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { State } from '../../src/preview/messages.ts';
import { readPdf } from '../pdf/read-pdf.ts';
import { start } from './run.ts';

/** The folder in which both commands run; it is moved in the end. */
let top: string;
let watcher: ChildProcessWithoutNullStreams;
let preview: ChildProcessWithoutNullStreams;
const output = { watcher: '', preview: '' };
let state: State | undefined;

const place = 'desk/content';
const at = (path: string) => join(top, path);

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  lay(place, 1000);
  watcher = start(top, ['watch', '--content', place]);
  preview = start(top, ['preview', '--content', place, '--no-open', '--port', '0']);
  for (const [name, child] of Object.entries({ watcher, preview }) as ['watcher' | 'preview', typeof watcher][])
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output[name] += chunk;
      });
  await until(() => /127\.0\.0\.1:\d+/.test(output.preview));
  void follow(Number(/127\.0\.0\.1:(\d+)/.exec(output.preview)?.[1]));
  await seen(1000);
}, 60_000);
afterAll(async () => {
  for (const child of [watcher, preview]) {
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  }
  rmSync(top, { recursive: true, force: true });
});

/** Keeps `state` the newest that the preview tells. */
async function follow(port: number): Promise<void> {
  const asked = request({ port, path: '/events' });
  asked.on('error', () => {}).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  response.on('error', () => {});
  response.on('data', (chunk) => {
    const events = `${text}${chunk}`.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data) state = JSON.parse(data) as State;
    }
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline)
      expect.fail(
        `${watcher.exitCode} ${output.watcher.slice(-2000)}\n${preview.exitCode} ${output.preview}\n${JSON.stringify(state?.problem)} ${JSON.stringify(state?.diagnostics.slice(0, 3))}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A content folder with an amount by which it is known. */
function lay(path: string, amount: number): void {
  mkdirSync(at(path), { recursive: true });
  cpSync('tests/city', at(path), { recursive: true });
  save(amount, 12500, path);
}
let amount = 1000;
function save(to: number, from: number | RegExp = /予算額: \d+/, path = place): void {
  const file = at(`${path}/measures/1-1-1.yaml`);
  const pattern = typeof from === 'number' ? `予算額: ${from}` : from;
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(pattern);
  writeFileSync(file, text.replace(pattern, `予算額: ${to}`));
}

/** Both commands show the content with this amount, and nothing else is the matter. */
async function seen(wanted: number): Promise<void> {
  const printed = wanted.toLocaleString('en-US');
  const pdf = async () =>
    (await readPdf(at('out/取組集.pdf'))).pages.flatMap(({ pieces }) => pieces.map(({ text }) => text));
  let length = -1;
  await until(async () => {
    if (output.watcher.length === length) return false; // nothing was built since
    length = output.watcher.length;
    return existsSync(at('out/取組集.pdf')) && (await pdf()).join('').includes(printed);
  });
  await until(
    async () =>
      state?.edition !== undefined &&
      state.problem === undefined &&
      state.diagnostics.length === 0 &&
      (await edition()).includes(`${wanted}`),
  );
  amount = wanted;
}
async function edition(): Promise<string> {
  const asked = request({ port: Number(/127\.0\.0\.1:(\d+)/.exec(output.preview)?.[1]), path: '/edition.json' });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return body;
}
/** Both say that there is no folder, once; what they made stays. */
async function missed(): Promise<void> {
  const before = readFileSync(at('out/取組集.pdf'));
  await until(() => goneLines() > told && (state?.problem ?? '').includes(`「${place}」がなくなりました`));
  told += 1;
  expect(goneLines()).toBe(told);
  expect(state?.pages.length).toBeGreaterThan(1);
  expect(readFileSync(at('out/取組集.pdf')).equals(before)).toBe(true);
}
let told = 0;
const goneLines = () => output.watcher.split(`「${place}」がなくなりました`).length - 1;

/** After it, the folder has the amount that is returned. */
const upheavals: [name: string, upheave: (fresh: number) => Promise<void> | void][] = [
  [
    'laid anew at once',
    (fresh) => {
      rmSync(at(place), { recursive: true });
      lay(place, fresh);
    },
  ],
  [
    'removed, and laid anew when that was told',
    async (fresh) => {
      rmSync(at(place), { recursive: true });
      await missed();
      lay(place, fresh);
    },
  ],
  [
    'swapped by rename',
    (fresh) => {
      lay('new', fresh);
      renameSync(at(place), at('old'));
      renameSync(at('new'), at(place));
      save(77, undefined, 'old'); // is not looked at any more
    },
  ],
  [
    'the folder above swapped by rename',
    (fresh) => {
      lay('new-desk/content', fresh);
      renameSync(at('desk'), at('old-desk'));
      renameSync(at('new-desk'), at('desk'));
    },
  ],
  [
    'the folder above moved away, changed there and moved back',
    async (fresh) => {
      renameSync(at('desk'), at('moved'));
      await missed();
      save(fresh, undefined, 'moved/content');
      renameSync(at('moved'), at('desk'));
    },
  ],
  [
    'a file in its place for a while',
    async (fresh) => {
      renameSync(at(place), at('aside'));
      writeFileSync(at(place), 'in the way');
      await missed();
      rmSync(at(place));
      save(fresh, undefined, 'aside');
      renameSync(at('aside'), at(place));
    },
  ],
  [
    'measures/ laid anew at once',
    (fresh) => {
      lay('new', fresh);
      rmSync(at(`${place}/measures`), { recursive: true });
      cpSync(at('new/measures'), at(`${place}/measures`), { recursive: true });
    },
  ],
  [
    'measures/ swapped by rename',
    (fresh) => {
      lay('newer', fresh);
      renameSync(at(`${place}/measures`), at('old-measures'));
      renameSync(at('newer/measures'), at(`${place}/measures`));
    },
  ],
  [
    'measures/ gone until that was told',
    async (fresh) => {
      renameSync(at(`${place}/measures`), at('measures'));
      await until(() => state?.diagnostics.some(({ code }) => code === 'file-missing') === true);
      writeFileSync(
        at('measures/1-1-1.yaml'),
        readFileSync(at('measures/1-1-1.yaml'), 'utf8').replace(/予算額: \d+/, `予算額: ${fresh}`),
      );
      renameSync(at('measures'), at(`${place}/measures`));
    },
  ],
  [
    'a measure that nobody may read for a while',
    async (fresh) => {
      const file = at(`${place}/measures/1-1-1.yaml`);
      if (process.getuid?.() === 0) return save(fresh); // root may read all
      chmodSync(file, 0);
      await until(() => state?.diagnostics.some(({ code }) => code === 'file-unreadable') === true);
      chmodSync(file, 0o644);
      save(fresh);
    },
  ],
  [
    'become a link',
    (fresh) => {
      lay('editions/first', fresh);
      rmSync(at(place), { recursive: true });
      symlinkSync(at('editions/first'), at(place), 'junction');
    },
  ],
  [
    'the link led elsewhere',
    (fresh) => {
      lay('editions/second', fresh);
      symlinkSync(at('editions/second'), at('link'), 'junction');
      renameSync(at('link'), at(place));
    },
  ],
  [
    'what the link leads to swapped by rename',
    (fresh) => {
      lay('editions/third', fresh);
      renameSync(at('editions/second'), at('editions/fourth'));
      renameSync(at('editions/third'), at('editions/second'));
    },
  ],
  [
    'the link led nowhere, and to itself',
    async (fresh) => {
      rmSync(at('editions/second'), { recursive: true });
      await missed();
      rmSync(at(place));
      symlinkSync('content', at(place));
      rmSync(at(place));
      lay(place, fresh);
    },
  ],
  [
    'never at rest',
    async (fresh) => {
      const file = at(`${place}/measures/1-1-2.yaml`);
      const text = readFileSync(file, 'utf8');
      const noise = setInterval(() => writeFileSync(file, `${text}# ${Date.now()}\n`), 15);
      save(fresh);
      await seen(fresh);
      clearInterval(noise);
    },
  ],
  [
    'the working directory moved',
    (fresh) => {
      renameSync(top, `${top}-moved`);
      top = `${top}-moved`;
      save(fresh);
    },
  ],
];

describe.skipIf(process.platform === 'win32')('a content folder', () => {
  test.each(upheavals)('%s', { timeout: 120_000 }, async (name, upheave) => {
    const fresh = amount + 10;
    await upheave(fresh);
    if (name !== 'never at rest') await seen(fresh);
    save(fresh + 1);
    await seen(fresh + 1);
    expect(goneLines()).toBe(told);
  });
});
