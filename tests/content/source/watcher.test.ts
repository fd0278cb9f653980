import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FSWatcher } from 'chokidar';
import { describe, expect, test, vi } from 'vitest';
import { type ContentChange, ContentWatcher, goneLine } from '../../../src/content/source/watcher.ts';
import { temporary } from '../../compare/repository.ts';

/** A content folder of its own. */
function contentFolder(): string {
  const folder = join(temporary(), 'content');
  mkdirSync(join(folder, 'measures'), { recursive: true });
  writeFileSync(join(folder, 'edition.yaml'), '');
  return folder;
}

/** What next() has told so far, told again and again. */
function listener(watcher: ContentWatcher, early = false): { told: (ContentChange | Error)[] } {
  const heard: { told: (ContentChange | Error)[] } = { told: [] };
  const listen = async () => {
    for (let change: ContentChange | undefined; change !== 'stopped'; ) {
      change = await watcher.next({ early });
      heard.told.push(change);
    }
  };
  listen().catch((error) => heard.told.push(error));
  return heard;
}

describe('with a system and a clock that tests move', () => {
  /** What the system was asked to watch, by folder. */
  const asked: { folder: unknown; system: FSWatcher }[] = [];
  const moved = (body: () => Promise<void>) => async () => {
    asked.length = 0;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    vi.spyOn(FSWatcher.prototype, 'add').mockImplementation(function (this: FSWatcher, folder: unknown) {
      asked.push({ folder, system: this });
      return this;
    });
    try {
      await body();
    } finally {
      vi.clearAllTimers();
      vi.useRealTimers();
      vi.restoreAllMocks();
    }
  };
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
  const system = () => asked.at(-1)?.system ?? expect.fail('nothing is watched');
  const save = (path = 'edition.yaml') => system().emit('all', 'change', path);
  const raw = (name: string | null, watchedPath?: string) =>
    system().emit('raw', 'change', name as string, watchedPath === undefined ? {} : { watchedPath });

  async function watched(early = false, folder = contentFolder()) {
    const watcher = new ContentWatcher(folder);
    return { watcher, folder, ...{ heard: listener(watcher, early) } };
  }

  test(
    'a change counts once nothing follows it any more; half-way it is told to whoever wishes',
    moved(async () => {
      const { watcher, heard } = await watched();
      await pass(1000);
      expect(heard.told).toEqual([]);
      save();
      await pass(40);
      save();
      await pass(50);
      expect(heard.told).toEqual([]);
      await pass(30);
      expect(heard.told).toEqual(['settled']);
      await pass(5000);
      save();
      await pass(100);
      expect(heard.told).toEqual(['settled', 'settled']);
      await watcher.close();
      await pass(0);
      expect(heard.told).toEqual(['settled', 'settled', 'stopped']);
    }),
  );

  test(
    'early ones at once, and when they are settled, that nothing came after the last one; none is left over',
    moved(async () => {
      const { watcher, folder, heard } = await watched(true);
      save();
      await pass(0);
      expect(heard.told).toEqual(['early']);
      save();
      save();
      await pass(0);
      expect(heard.told.slice(1)).toContain('early');
      heard.told.length = 0;
      await pass(100);
      expect(heard.told).toEqual(['whole']);
      await pass(1000);
      save();
      await pass(0);
      raw('edition.yaml', folder);
      await pass(100);
      expect(heard.told).toEqual(['whole', 'early', 'settled']);
      await watcher.close();
    }),
  );

  test(
    'what came while nobody listened is told once, settled only',
    moved(async () => {
      const watcher = new ContentWatcher(contentFolder());
      for (let count = 0; count < 5; count += 1) {
        save();
        await pass(100);
      }
      const heard = listener(watcher, true);
      await pass(1000);
      expect(heard.told).toEqual(['settled']);
      await watcher.close();
    }),
  );

  test(
    'what never comes to rest counts after a second all the same, and again',
    moved(async () => {
      const { watcher, heard } = await watched();
      for (let time = 0; time < 960; time += 40) {
        save();
        await pass(40);
      }
      expect(heard.told).toEqual([]);
      for (let time = 960; time < 2400; time += 40) {
        save();
        await pass(40);
      }
      expect(heard.told).toEqual(['settled', 'settled']);
      await watcher.close();
    }),
  );

  test(
    'what is no change to the library, but one of the system, counts; never as an early one',
    moved(async () => {
      const { watcher, folder, heard } = await watched(true);
      const counts = async (name: string | null, watchedPath?: string) => {
        heard.told.length = 0;
        raw(name, watchedPath);
        await pass(100);
        return heard.told.join();
      };
      expect(await counts('edition.yaml', folder)).toBe('settled');
      expect(await counts('edition.yaml', join(folder, 'edition.yaml'))).toBe('settled');
      expect(await counts('1-1-1.yaml', join(folder, 'measures'))).toBe('settled');
      expect(await counts('measures', folder)).toBe('settled');
      expect(await counts(null, folder)).toBe('settled');
      expect(await counts(join(folder, 'edition.yaml'))).toBe('settled');
      expect(await counts('x.pdf', folder)).toBe('');
      expect(await counts('edition.yaml~', folder)).toBe('');
      expect(await counts('x.yaml', join(folder, 'other'))).toBe('');
      expect(await counts(join(folder, 'x.pdf'))).toBe('');
      await watcher.close();
    }),
  );

  test(
    'how the system is asked',
    moved(async () => {
      const folder = contentFolder();
      const link = join(temporary(), 'link');
      symlinkSync(folder, link);
      const { watcher } = await watched(false, link);
      expect(asked.map((one) => one.folder)).toEqual([folder]);
      expect(system().options).toMatchObject({ ignoreInitial: true, atomic: false, depth: 1, followSymlinks: false });
      await watcher.close();
    }),
  );

  test.each([
    ['', true],
    ['edition.yaml', true],
    ['measures', true],
    ['annexes', true],
    ['measures/1-1-1.yaml', true],
    ['measures/べ x.txt', true],
    ['annexes/x.pdf', true],
    ['x.pdf', false],
    ['other', false],
    ['other/x.yaml', false],
    ['measures/old/1-1-1.yaml', false],
    ['xmeasures/1-1-1.yaml', false],
    ['measuresx', false],
    ['edition.yaml.bak', false],
    ['edition.yaml~', false],
    ['measures/1-1-1.yaml~', false],
    ['measures/1-1-1.yaml.tmp', false],
    ['measures/tmp', true],
    ['annexes/x.tmp.pdf', true],
    ['measures/.1-1-1.yaml.swp', false],
    ['measures/.1-1-1.yaml.swo', false],
    ['measures/x.swap', true],
    ['measures/x.sw', true],
    ['measures/xswp', true],
    ['measures/~x', true],
  ])('%j is content: %s', (path, is) =>
    moved(async () => {
      const { watcher, folder } = await watched();
      const { ignored } = system().options;
      const [isIgnored] = (Array.isArray(ignored) ? ignored : [ignored]) as ((path: string) => boolean)[];
      expect(isIgnored?.(path === '' ? folder : `${folder}/${path}`)).toBe(!is);
      await watcher.close();
    })(),
  );

  test(
    'ready when the system is',
    moved(async () => {
      const { watcher } = await watched();
      let ready = false;
      void watcher.ready().then(() => {
        ready = true;
      });
      await pass(1000);
      expect(ready).toBe(false);
      system().emit('ready');
      await pass(0);
      expect(ready).toBe(true);
      await watcher.close();
    }),
  );

  test(
    'a system that cannot watch is an error; one that may not read a file is none',
    moved(async () => {
      const { watcher, heard } = await watched();
      for (const code of ['EACCES', 'EPERM']) system().emit('error', Object.assign(new Error('x'), { code }));
      await pass(1000);
      expect(heard.told).toEqual([]);
      const error = Object.assign(new Error('too many'), { code: 'ENOSPC' });
      system().emit('error', error);
      await pass(0);
      expect(heard.told).toEqual([error]);
      await expect(watcher.next({ early: true })).rejects.toBe(error);
      watcher.stop();
      expect(await watcher.next({ early: true })).toBe('stopped');
      await watcher.close();
    }),
  );

  test(
    'when it is stopped nothing else is told, and nothing is left behind',
    moved(async () => {
      const { watcher, heard } = await watched();
      const closed = vi.spyOn(system(), 'close');
      save();
      watcher.stop();
      await pass(0);
      expect(heard.told).toEqual(['stopped']);
      expect(closed).not.toHaveBeenCalled();
      save();
      await watcher.close();
      expect(closed).toHaveBeenCalledOnce();
      expect(vi.getTimerCount()).toBe(0);
      expect(await watcher.next({ early: true })).toBe('stopped');
    }),
  );

  test(
    'what comes behind the end starts nothing',
    moved(async () => {
      const { watcher } = await watched();
      watcher.stop();
      save();
      raw('edition.yaml');
      expect(vi.getTimerCount()).toBe(1);
      await watcher.close();
      expect(vi.getTimerCount()).toBe(0);
      const none = new ContentWatcher(join(temporary(), 'content'));
      await none.close();
      expect(await none.next({ early: false })).toBe('stopped');
    }),
  );

  test(
    'a folder that goes is told once, and one that comes back is a change',
    moved(async () => {
      const { watcher, folder, heard } = await watched();
      const closed = vi.spyOn(system(), 'close');
      expect(watcher.isThere()).toBe(true);
      renameSync(folder, `${folder}.old`);
      await pass(150);
      expect(heard.told).toEqual([]);
      await pass(150);
      expect(heard.told).toEqual(['gone']);
      expect(watcher.isThere()).toBe(false);
      expect(closed).toHaveBeenCalledOnce();
      await pass(2000);
      expect(heard.told).toEqual(['gone']);
      renameSync(`${folder}.old`, folder);
      await pass(300);
      expect(watcher.isThere()).toBe(true);
      expect(asked.map((one) => one.folder)).toEqual([folder, folder]);
      expect(heard.told).toEqual(['gone', 'settled']);
      // What happened before the system was ready
      system().emit('ready');
      await pass(100);
      expect(heard.told).toEqual(['gone', 'settled', 'settled']);
      save();
      await pass(100);
      expect(heard.told).toHaveLength(4);
      await watcher.close();
    }),
  );

  test(
    'one that comes back before it is missed is a change, not gone',
    moved(async () => {
      const { watcher, folder, heard } = await watched();
      await pass(150);
      renameSync(folder, `${folder}.old`);
      await pass(60);
      renameSync(`${folder}.old`, folder);
      await pass(500);
      expect(heard.told).toEqual(['settled']);
      await watcher.close();
    }),
  );

  test(
    'a folder that was not there, or was a file',
    moved(async () => {
      const folder = join(temporary(), 'content');
      const { watcher, heard } = await watched(false, folder);
      expect([watcher.isThere(), asked.length]).toEqual([false, 0]);
      await watcher.ready();
      writeFileSync(folder, '');
      await pass(1000);
      expect([watcher.isThere(), asked.length, heard.told]).toEqual([false, 0, []]);
      rmSync(folder);
      mkdirSync(folder);
      await pass(300);
      expect([watcher.isThere(), asked.length, heard.told]).toEqual([true, 1, ['settled']]);
      await watcher.close();
    }),
  );

  test.each<[string, (folder: string) => void]>([
    [
      'another folder took its name',
      (folder) => {
        renameSync(folder, `${folder}.old`);
        mkdirSync(join(folder, 'measures'), { recursive: true });
      },
    ],
    [
      'another measures/ took its place',
      (folder) => {
        renameSync(join(folder, 'measures'), join(folder, 'old'));
        mkdirSync(join(folder, 'measures'));
      },
    ],
    [
      'measures/ was made anew, perhaps with the number of the old one',
      (folder) => {
        rmSync(join(folder, 'measures'), { recursive: true });
        mkdirSync(join(folder, 'measures'));
      },
    ],
    ['annexes/ came', (folder) => mkdirSync(join(folder, 'annexes'))],
    ['measures/ went', (folder) => rmSync(join(folder, 'measures'), { recursive: true })],
    ['measures/ may be read by others', (folder) => chmodSync(join(folder, 'measures'), 0o750)],
  ])('watched anew where %s', (_, change) =>
    moved(async () => {
      const { watcher, folder, heard } = await watched();
      await pass(450);
      expect(asked).toHaveLength(1);
      const closed = vi.spyOn(system(), 'close');
      change(folder);
      await pass(300);
      expect(asked.map((one) => one.folder)).toEqual([folder, folder]);
      expect(closed).toHaveBeenCalledOnce();
      expect(heard.told).toEqual(['settled']);
      await watcher.close();
    })(),
  );

  test(
    'a link that leads elsewhere is watched there',
    moved(async () => {
      const [first, second] = [contentFolder(), contentFolder()];
      const link = join(temporary(), 'link');
      symlinkSync(first, link);
      const { watcher, heard } = await watched(false, link);
      rmSync(link);
      symlinkSync(second, link);
      await pass(300);
      expect(asked.map((one) => one.folder)).toEqual([first, second]);
      expect(heard.told).toEqual(['settled']);
      await watcher.close();
    }),
  );

  test(
    'what is found to be another folder when all seems at rest has to settle too',
    moved(async () => {
      const { watcher, folder, heard } = await watched();
      await pass(20);
      save();
      renameSync(folder, `${folder}.old`);
      mkdirSync(folder);
      await pass(70);
      expect([asked.length, heard.told]).toEqual([2, []]);
      await pass(60);
      expect(heard.told).toEqual(['settled']);
      await watcher.close();
    }),
  );
});

test('a save in a folder of the system is told, and a file beside the content is not', async () => {
  const folder = contentFolder();
  const watcher = new ContentWatcher(folder);
  await watcher.ready();
  const heard = listener(watcher);
  writeFileSync(join(folder, 'x.pdf'), 'x');
  writeFileSync(join(folder, 'measures/1-1-1.yaml'), 'a: 1\n');
  await vi.waitUntil(() => heard.told.length > 0, { timeout: 20_000, interval: 5 });
  expect(heard.told[0]).toBe('settled');
  await watcher.close();
});

test('what is said of a folder that is gone', () => {
  expect(goneLine('content')).toBe('内容のフォルダ「content」がなくなりました。同じ場所に戻ると、続きから始めます。');
});
