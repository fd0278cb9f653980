import { type FSWatcher, watch } from 'chokidar';

/**
 * ms without a further change after which a folder counts as settled: an editor's save by rename is several changes.
 * Longer than the 50 ms for which chokidar swallows further changes of a file that it has told of, so that none is missed.
 */
const quiet = 65;

/** 'early': something changed, perhaps half-way through a save; 'settled': nothing changes any more. */
export type ContentChange = 'early' | 'settled' | 'stopped';

/** Tells of changes below a content folder; however many there are, never more than one of a kind waits. */
export class ContentWatcher {
  readonly #watcher: FSWatcher;
  #early = false;
  #settled = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #wake = () => {};

  constructor(folder: string) {
    this.#watcher = watch(folder, { ignoreInitial: true, ignored: (path) => /\.tmp$|~$|\.sw.$/.test(path) });
    this.#watcher.on('all', () => {
      this.#early = true;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#settled = true;
        this.#wake();
      }, quiet);
      this.#wake();
    });
  }

  /** Resolves when no change can be missed any more. */
  async ready(): Promise<void> {
    await new Promise<void>((resolve) => this.#watcher.once('ready', resolve));
  }

  /** The next change since the last one that was told; 'early' ones only where wished. */
  async next(wish: { early: boolean }): Promise<ContentChange> {
    for (;;) {
      if (this.#stopped) return 'stopped';
      if (this.#settled) {
        this.#settled = false;
        this.#early = false;
        return 'settled';
      }
      if (wish.early && this.#early) {
        this.#early = false;
        return 'early';
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** From now on, and for whoever waits, next() tells 'stopped'. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async close(): Promise<void> {
    this.stop();
    clearTimeout(this.#timer);
    await this.#watcher.close();
  }
}
