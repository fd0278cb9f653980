// What a folder goes through: laid anew, swapped, moved, linked. Whoever follows it lives on, sees what is there, and
// hears the next save: the preview, which wishes to know early, and watch, which waits until all is settled.
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { ContentWatcher } from '../../src/content/source/watcher.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { measuresOf } from '../../src/model/edition.ts';
import { PreviewSession } from '../../src/preview/session.ts';
import { Layout } from '../render/laid-out.ts';

const place = 'desk/content';

class Followed {
  readonly top = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  readonly session: PreviewSession;
  readonly watcher: ContentWatcher;
  /** What watch saw last, and how often it was told that the folder is gone. */
  amount: number | undefined;
  gone = 0;
  /** How often the preview told it. */
  problems = 0;
  /** What a test changes last. */
  current = 1000;
  #failure: unknown;
  #news = () => {};

  constructor() {
    this.lay(place, this.current);
    this.session = new PreviewSession(this.at(place), new Layout());
    this.watcher = new ContentWatcher(this.at(place));
    this.session.subscribe(({ problem }) => {
      if (problem?.includes('がなくなりました')) this.problems += 1;
      this.#news();
    });
    for (const following of [this.session.run(), this.#watch()])
      following.catch((error) => {
        this.#failure = error;
        this.#news();
      });
  }

  at = (path: string): string => join(this.top, path);

  async close(): Promise<void> {
    this.session.stop();
    await Promise.all([this.session.close(), this.watcher.close()]);
    rmSync(this.top, { recursive: true, force: true });
  }

  /** As the command does it: from the start, and after each change. */
  async #watch(): Promise<void> {
    const parsed = new ParsedFiles();
    await this.watcher.ready();
    for (let change = 'settled'; change !== 'stopped'; change = await this.watcher.next({ early: false })) {
      if (change === 'gone') this.gone += 1;
      else
        try {
          const { edition } = checkContent(readWorkingTree(this.at(place)), parsed);
          const budget = edition && measuresOf(edition)[0]?.schedule.R11?.budget;
          this.amount = typeof budget === 'number' ? budget : undefined;
        } catch {
          // it is told that the folder is gone
        }
      this.#news();
    }
  }

  /** A content folder with an amount by which it is known. */
  lay(path: string, amount: number): void {
    mkdirSync(this.at(path), { recursive: true });
    cpSync('tests/city', this.at(path), { recursive: true });
    this.save(amount, path);
  }
  save(to: number, path = place): void {
    const file = this.at(`${path}/measures/1-1-1.yaml`);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/(R11:(?:\n {4}.*)*予算額:) \d+/, `$1 ${to}`));
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#failure) throw this.#failure;

      await new Promise<void>((resolve) => {
        this.#news = resolve;
      });
    }
  }
  /** Both show the content with this amount, and nothing else is the matter. */
  async seen(wanted: number): Promise<void> {
    const { session } = this;
    await this.until(
      () =>
        this.amount === wanted &&
        session.state.problem === undefined &&
        session.state.diagnostics.length === 0 &&
        session.edition?.text.includes(`${wanted}`) === true,
    );
    this.current = wanted;
  }
  /** Both are told that there is no folder, once; the pages stay. */
  async missed(): Promise<void> {
    const before = this.gone;
    await this.until(() => this.gone > before && this.problems > before);
    expect([this.gone, this.problems]).toEqual([before + 1, before + 1]);
    expect(this.session.state.pages.length).toBe(6);
  }
}

/** After it, the folder has the amount that is given. */
const upheavals: [name: string, upheave: (one: Followed, fresh: number) => Promise<void> | void][] = [
  [
    'laid anew at once',
    (one, fresh) => {
      rmSync(one.at(place), { recursive: true });
      one.lay(place, fresh);
    },
  ],
  [
    'removed, and laid anew when that was told',
    async (one, fresh) => {
      rmSync(one.at(place), { recursive: true });
      await one.missed();
      one.lay(place, fresh);
    },
  ],
  [
    'swapped by rename',
    (one, fresh) => {
      one.lay('new', fresh);
      renameSync(one.at(place), one.at('old'));
      renameSync(one.at('new'), one.at(place));
      one.save(77, 'old'); // is not looked at any more
    },
  ],
  [
    'the folder above swapped by rename',
    (one, fresh) => {
      one.lay('new-desk/content', fresh);
      renameSync(one.at('desk'), one.at('old-desk'));
      renameSync(one.at('new-desk'), one.at('desk'));
    },
  ],
  [
    'the folder above moved away, changed there and moved back',
    async (one, fresh) => {
      renameSync(one.at('desk'), one.at('moved'));
      await one.missed();
      one.save(fresh, 'moved/content');
      renameSync(one.at('moved'), one.at('desk'));
    },
  ],
  [
    'a file in its place for a while',
    async (one, fresh) => {
      renameSync(one.at(place), one.at('aside'));
      writeFileSync(one.at(place), 'in the way');
      await one.missed();
      rmSync(one.at(place));
      one.save(fresh, 'aside');
      renameSync(one.at('aside'), one.at(place));
    },
  ],
  [
    'measures/ laid anew at once',
    (one, fresh) => {
      one.lay('new', fresh);
      rmSync(one.at(`${place}/measures`), { recursive: true });
      cpSync(one.at('new/measures'), one.at(`${place}/measures`), { recursive: true });
    },
  ],
  [
    'measures/ swapped by rename',
    (one, fresh) => {
      one.lay('newer', fresh);
      renameSync(one.at(`${place}/measures`), one.at('old-measures'));
      renameSync(one.at('newer/measures'), one.at(`${place}/measures`));
    },
  ],
  [
    'measures/ gone until that was told',
    async (one, fresh) => {
      renameSync(one.at(`${place}/measures`), one.at('measures'));
      await one.until(() => one.session.state.diagnostics.some(({ code }) => code === 'file-missing'));
      mkdirSync(one.at('aside'));
      renameSync(one.at('measures'), one.at('aside/measures'));
      one.save(fresh, 'aside');
      renameSync(one.at('aside/measures'), one.at(`${place}/measures`));
    },
  ],
  [
    'a measure that nobody may read for a while',
    async (one, fresh) => {
      const file = one.at(`${place}/measures/1-1-1.yaml`);
      if (process.getuid?.() === 0) return one.save(fresh); // root may read all
      chmodSync(file, 0);
      await one.until(() => one.session.state.diagnostics.some(({ code }) => code === 'file-unreadable'));
      chmodSync(file, 0o644);
      one.save(fresh);
    },
  ],
  [
    'become a link',
    (one, fresh) => {
      one.lay('editions/first', fresh);
      rmSync(one.at(place), { recursive: true });
      symlinkSync(one.at('editions/first'), one.at(place), 'junction');
    },
  ],
  [
    'a link that is led elsewhere, then what it leads to swapped by rename',
    async (one, fresh) => {
      one.lay('editions/first', fresh + 2);
      one.lay('editions/second', fresh + 4);
      one.lay('editions/third', fresh);
      rmSync(one.at(place), { recursive: true });
      symlinkSync(one.at('editions/first'), one.at(place), 'junction');
      await one.seen(fresh + 2);
      symlinkSync(one.at('editions/second'), one.at('link'), 'junction');
      renameSync(one.at('link'), one.at(place));
      await one.seen(fresh + 4);
      renameSync(one.at('editions/second'), one.at('editions/fourth'));
      renameSync(one.at('editions/third'), one.at('editions/second'));
    },
  ],
  [
    'a link that leads nowhere, then to itself',
    async (one, fresh) => {
      renameSync(one.at(place), one.at('first'));
      symlinkSync(one.at('first'), one.at(place), 'junction');
      one.save(fresh + 2);
      await one.seen(fresh + 2);
      rmSync(one.at('first'), { recursive: true });
      await one.missed();
      rmSync(one.at(place));
      symlinkSync('content', one.at(place));
      rmSync(one.at(place));
      one.lay(place, fresh);
    },
  ],
  [
    'never at rest',
    async (one, fresh) => {
      const file = one.at(`${place}/measures/1-1-2.yaml`);
      const text = readFileSync(file, 'utf8');
      const noise = setInterval(() => writeFileSync(file, `${text}# ${Date.now()}\n`), 15);
      one.save(fresh);
      await one.seen(fresh);
      clearInterval(noise);
    },
  ],
];

async function through(upheave: (typeof upheavals)[number][1]): Promise<void> {
  const one = new Followed();
  try {
    await one.seen(1000);
    await upheave(one, 1010);
    await one.seen(1010);
    one.save(1011);
    await one.seen(1011);
    expect(one.problems).toBe(one.gone);
  } finally {
    await one.close();
  }
}
/** All at once: most of the time they wait. Why each one failed, if it did. */
let running: Promise<unknown>[] | undefined;

describe.skipIf(process.platform === 'win32')('a content folder', () => {
  test.each(upheavals.map(([name], index) => [name, index] as const))('%s', async (_, index) => {
    running ??= upheavals.map(([, upheave]) =>
      through(upheave).then(
        () => undefined,
        (error: unknown) => error,
      ),
    );
    const failure = await running[index];
    if (failure) throw failure;
  });
});

test.each<[string, (folder: string) => void, string]>([
  ['swapped', (folder) => cpSync('tests/city', folder, { recursive: true }), 'settled'],
  ['gone', () => {}, 'gone'],
])('a folder that is %s before it was watched for the first time', async (_, lay, change) => {
  const top = mkdtempSync(join(tmpdir(), 'shisakushu-'));
  const folder = join(top, 'content');
  cpSync('tests/city', folder, { recursive: true });
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const watcher = new ContentWatcher(folder);
  try {
    const ready = watcher.ready();
    renameSync(folder, join(top, 'old'));
    lay(folder);
    vi.advanceTimersByTime(200); // it looks again whether it is the same
    vi.useRealTimers();
    await ready;
    expect(await watcher.next({ early: false })).toBe(change);
  } finally {
    vi.useRealTimers();
    await watcher.close();
    rmSync(top, { recursive: true });
  }
});
