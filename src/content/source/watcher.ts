import { realpathSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** ms without a further change after which a folder counts as settled: an editor's save by rename is several changes. */
const quiet = 65;
/** ms after which what never comes to rest counts as settled all the same. */
const longest = 1_000;
/** ms between two looks whether the folders are still the ones that are watched. */
const pace = 200;

/**
 * 'early': something changed, perhaps half-way through a save; 'settled': nothing changes any more; 'whole': so it is, and
 * nothing has changed since 'early' was told, so that what was read then was no half of a save; 'gone': there is no such
 * folder any more, said once until it is there again, which counts as a change.
 */
export type ContentChange = 'early' | 'settled' | 'whole' | 'gone' | 'stopped';

/** What to tell of 'gone'. */
export const goneLine = (folder: string): string =>
  `内容のフォルダ「${folder}」がなくなりました。同じ場所に戻ると、続きから始めます。`;

/** What a content folder consists of: the rest of it, perhaps the PDF that is being built, is not looked at. */
const isContent = (path: string): boolean =>
  /^(?:[^/]+\.yaml|(?:measures|annexes)(?:\/[^/]+)?)?$/.test(path) && !/\.tmp$|~$|\.sw.$/.test(path);

/**
 * Tells of changes below a content folder; however many there are, never more than one of a kind waits. The system tells
 * of changes of a folder wherever it was moved, and of none in another that took its name: so which ones bear the names
 * is looked at again and again.
 */
export class ContentWatcher {
  readonly #folder: string;
  readonly #looking: NodeJS.Timeout;
  #watcher: FSWatcher | undefined;
  #ready = Promise.resolve();
  #notAwaited = () => {};
  /** Of the folders that are watched; undefined while there are none. */
  #watched: Folders | undefined;
  #early = false;
  #settled = false;
  /** Whether anything changed since 'early' was told. */
  #sinceEarly = true;
  #gone = false;
  #stopped = false;
  #failure: Error | undefined;
  #timer: NodeJS.Timeout | undefined;
  #since = 0;
  #wake = () => {};

  constructor(folder: string) {
    this.#folder = folder;
    this.#watched = foldersAt(folder);
    if (this.#watched) this.#watch(this.#watched.path);
    this.#looking = setInterval(() => this.#look(), pace);
  }

  /** Resolves when no change can be missed any more, also where other folders bear the names by then. */
  async ready(): Promise<void> {
    for (let awaited: Promise<void> | undefined; awaited !== this.#ready; ) {
      awaited = this.#ready;
      await awaited;
    }
  }

  /** The next change since the last one that was told; 'early' ones only where wished, and 'whole' ones only after these. Throws when the system cannot watch. */
  async next(wish: { early: boolean }): Promise<ContentChange> {
    for (;;) {
      if (this.#stopped) return 'stopped';
      if (this.#failure) throw this.#failure;
      if (this.#settled) {
        this.#settled = false;
        this.#early = false;
        return this.#gone ? 'gone' : this.#sinceEarly ? 'settled' : 'whole';
      }
      if (wish.early && this.#early) {
        this.#early = false;
        this.#sinceEarly = false;
        return 'early';
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Whether there is a folder now; of one that is not, next() tells. */
  isThere(): boolean {
    return foldersAt(this.#folder) !== undefined;
  }

  /** From now on, and for whoever waits, next() tells 'stopped'. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async close(): Promise<void> {
    this.stop();
    clearInterval(this.#looking);
    clearTimeout(this.#timer);
    await this.#watcher?.close();
  }

  /** Watches the folders that bear the names now, if they are others than before. */
  #look(): void {
    const found = foldersAt(this.#folder);
    if (found?.identity === this.#watched?.identity) return;
    void this.#watcher?.close();
    this.#notAwaited(); // one that is closed is never ready
    this.#watcher = undefined;
    this.#watched = found;
    if (found) {
      this.#watch(found.path);
      void this.#ready.then(() => this.#changed()); // what happened before they were watched
    }
    this.#changed();
  }

  #watch(folder: string): void {
    const ignored = (path: string) => !isContent(relative(folder, path).split(sep).join('/'));
    const watcher = watch(folder, { ignoreInitial: true, atomic: false, depth: 1, followSymlinks: false, ignored });
    this.#watcher = watcher;
    this.#ready = new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
      this.#notAwaited = resolve;
    });
    watcher.on('all', () => {
      this.#early = true;
      this.#changed();
      this.#wake();
    });
    // What is no change to chokidar, which keeps still for 50 ms after one and does not know a file that it could not open.
    watcher.on('raw', (_event, name, about) => {
      const { watchedPath } = about as { watchedPath?: string }; // absent where files are polled: `name` is whole then
      const path =
        watchedPath === undefined ? name : basename(watchedPath) === name ? watchedPath : join(watchedPath, name ?? '');
      if (!ignored(path)) this.#changed();
    });
    watcher.on('error', (error) => {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EACCES' || code === 'EPERM') return; // reading it tells the same
      this.#failure = error as Error;
      this.#wake();
    });
  }

  #changed(): void {
    if (this.#stopped) return;
    this.#sinceEarly = true;
    const now = Date.now();
    if (this.#timer === undefined) this.#since = now;
    else if (now - this.#since > longest) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#look();
      if (this.#timer !== undefined) return; // others have come: they have to settle too
      this.#gone = this.#watched === undefined;
      this.#settled = true;
      this.#wake();
    }, quiet);
  }
}

/** `identity` is the same as long as the same folders bear the names and may be read. */
interface Folders {
  path: string;
  identity: string;
}

/** None where `folder` is no folder. */
function foldersAt(folder: string): Folders | undefined {
  const own = (path: string) => {
    // A number is given to the next folder as soon as one is removed; the time of its birth is not.
    const { dev, ino, birthtimeNs, mode, uid } = statSync(path, { bigint: true });
    return `${dev} ${ino} ${birthtimeNs} ${mode} ${uid}`;
  };
  const ofPart = (name: string) => {
    try {
      return own(join(folder, name));
    } catch (error) {
      return (error as NodeJS.ErrnoException).code;
    }
  };
  try {
    if (!statSync(folder).isDirectory()) return undefined;
    const path = realpathSync.native(folder);
    return { path, identity: [path, own(folder), ofPart('measures'), ofPart('annexes')].join('\n') };
  } catch {
    return undefined;
  }
}
