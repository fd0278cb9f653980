import { randomBytes } from 'node:crypto';
import { ContentCache, checkAll } from '../annexes/checked-edition.ts';
import type { CheckedContent } from '../content/check.ts';
import { readWorkingTree } from '../content/source/source.ts';
import { ContentWatcher, goneLine } from '../content/source/watcher.ts';
import { ParsedFiles } from '../content/yaml/parsed-files.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { environmentProblem } from '../environment.ts';
import { editionJson } from '../model/edition-json.ts';
import { checkFit, hasEndless } from '../render/check-fit.ts';
import { documentData } from '../render/data.ts';
import { fitDiagnostics } from '../render/fit.ts';
import type { Renderer } from '../render/renderer.ts';
import { viewDiagnostics } from './diagnostics.ts';
import type { DifferencesAnswer } from './difference-data.ts';
import { type ComparedFiles, differencesFrom } from './differences.ts';
import { fingerprint, type PlannedDocument, PreviewDocument } from './document.ts';
import type { PageInfo, State } from './messages.ts';

type Watcher = Pick<ContentWatcher, 'ready' | 'next' | 'isThere' | 'stop' | 'close'>;

/** The content that is being edited and its pages, always as new as they can be; the last good pages stay. */
export class PreviewSession {
  readonly folder: string;
  readonly token = randomBytes(24).toString('base64url');
  readonly document: PreviewDocument;
  readonly #renderer: Pick<Renderer, 'piece'>;
  readonly #watcher: Watcher;
  readonly #cache = new ContentCache();
  /** Of the comparison, which must not push the build's out. */
  readonly #compared: ComparedFiles = { base: new ParsedFiles(), head: new ParsedFiles() };
  readonly #listeners = new Set<(state: State) => void>();
  #content: CheckedContent | undefined;
  /** As drawn last, without errors. */
  #drawn: { title: string; text: string; planned: PlannedDocument } | undefined;
  #state: State;

  constructor(folder: string, renderer: Pick<Renderer, 'piece'>, watcher: Watcher = new ContentWatcher(folder)) {
    this.folder = folder;
    this.#renderer = renderer;
    this.#watcher = watcher;
    this.document = new PreviewDocument((request) => renderer.piece(request));
    this.#state = { version: 0, token: this.token, title: '', pages: [], diagnostics: [] };
  }

  get state(): State {
    return this.#state;
  }

  /** As last read; absent before the first reading. */
  get content(): CheckedContent | undefined {
    return this.#content;
  }

  /** As drawn: without errors; absent before the first such one. */
  get edition(): { text: string; places: PlannedDocument['places'] } | undefined {
    return this.#drawn && { text: this.#drawn.text, places: this.#drawn.planned.places };
  }

  /** What the folder's content differs in from a git ref. */
  differencesFrom(ref: string): DifferencesAnswer {
    return differencesFrom(ref, this.folder, this.#compared);
  }

  /** Tells every state from now on, not the present one; returns how to stop. */
  subscribe(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Keeps up with the folder until stop(). Never more than one build waits. Throws only for a defect of ours. */
  async run(): Promise<void> {
    await Promise.all([this.#refresh(true), this.#watcher.ready()]);
    // What changed while nobody watched yet.
    await this.#refresh(true);
    for (;;) {
      const change = await this.#watcher.next({ early: true });
      if (change === 'stopped') break;
      if (change === 'gone') this.#publish(this.#content, [], goneLine(this.folder));
      else await this.#refresh(change === 'settled');
    }
  }

  stop(): void {
    this.#watcher.stop();
  }

  async close(): Promise<void> {
    await this.#watcher.close();
  }

  /** Before a save is settled a file may be half-written: mistakes are told only when it is. */
  async #refresh(settled: boolean): Promise<void> {
    try {
      const content = await checkAll(readWorkingTree(this.folder), this.#cache);
      const { edition } = content;
      const data = edition && documentData(edition, { whole: true }, content.readAnnexes);
      if (!data || hasEndless(data)) {
        if (settled) {
          const misfits = await checkFit(content, this.#renderer);
          this.#publish(content, [...content.diagnostics, ...misfits]);
        }
        return;
      }
      if (this.#drawn === undefined) {
        const cover = await this.document.cover(data);
        if (cover) this.#publish(content, [], undefined, [cover]);
      }
      const planned = await this.document.plan(data, content.holds);
      if ('misfits' in planned) {
        if (settled) this.#publish(content, [...content.diagnostics, ...fitDiagnostics(planned.misfits, content)]);
        return;
      }
      this.#drawn = { title: `${edition.planName} ${edition.title}`, text: editionJson(edition), planned };
      this.#publish(content, content.diagnostics);
    } catch (error) {
      const problem = environmentProblem(error);
      if (problem === undefined) throw error;
      if (settled && this.#watcher.isThere()) this.#publish(this.#content, [], problem);
    }
  }

  #publish(
    content: CheckedContent | undefined,
    diagnostics: Diagnostic[],
    problem?: string,
    drawn: readonly PageInfo[] = this.#drawn?.planned.pages ?? [],
  ): void {
    this.#content = content;
    const pages = drawn.map(({ key, part, number, width, height }) => ({
      key,
      part,
      number,
      width,
      height,
    }));
    const { version, ...before } = this.#state;
    const state: Omit<State, 'version'> = {
      token: this.token,
      title: this.#drawn?.title ?? '',
      pages,
      diagnostics: content ? viewDiagnostics(diagnostics, content.sources) : [],
      ...(problem === undefined ? {} : { problem }),
      ...(this.#drawn && { edition: fingerprint(this.#drawn.text + JSON.stringify(this.#drawn.planned.places)) }),
    };
    if (JSON.stringify(before) === JSON.stringify(state)) return;
    this.#state = { version: version + 1, ...state };
    for (const listener of this.#listeners) listener(this.#state);
  }
}
