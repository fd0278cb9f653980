import { randomBytes } from 'node:crypto';
import { type CheckedEdition, ContentCache, checkAll } from '../annexes/checked-edition.ts';
import type { Renderer } from '../book/renderer.ts';
import type { CheckedContent } from '../content/check.ts';
import { readWorkingTree } from '../content/source/source.ts';
import { ContentWatcher, goneLine } from '../content/source/watcher.ts';
import { ParsedFiles } from '../content/yaml/parsed-files.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { environmentProblem } from '../environment.ts';
import type { Edition } from '../model/edition.ts';
import { editionJson } from '../model/edition-json.ts';
import { checkFit, hasEndless } from '../render/check-fit.ts';
import { type DocumentData, documentData } from '../render/data.ts';
import { fitDiagnostics } from '../render/fit.ts';
import type { Holds } from './cells.ts';
import { viewDiagnostics } from './diagnostics.ts';
import type { DifferencesAnswer, RefsAnswer } from './difference-data.ts';
import type { ComparedFiles } from './differences.ts';
import { fingerprint, type PlannedDocument, PreviewDocument } from './document.ts';
import { type Draft, Drafts } from './draft.ts';
import { ofEditionFile, parseAhead } from './first-look.ts';
import type { PageInfo, State } from './messages.ts';

type Watcher = Pick<ContentWatcher, 'ready' | 'next' | 'isThere' | 'stop' | 'close'>;
/** What is still to be told of a reading; it may find that it cannot, and what to tell then. */
type Telling = () => Promise<Telling | undefined>;

/** The content that is being edited and its pages, always as new as they can be; of a file with a mistake what it said before. */
export class PreviewSession {
  readonly folder: string;
  readonly token = randomBytes(24).toString('base64url');
  readonly document: PreviewDocument;
  readonly #renderer: Pick<Renderer, 'measure' | 'vector'>;
  readonly #watcher: Watcher;
  readonly #cache = new ContentCache();
  /** Of the comparison, which must not push the build's out. */
  readonly #compared: ComparedFiles = { base: new ParsedFiles(), head: new ParsedFiles() };
  readonly #listeners = new Set<(state: State) => void>();
  #content: CheckedContent | undefined;
  readonly #drafts = new Drafts();
  /** As drawn last, with what of a draft the pages do not show. */
  #drawn:
    | ({ title: string; text: string; planned: PlannedDocument } & Partial<Pick<Draft, 'behind' | 'partial'>>)
    | undefined;
  /** What the last reading found but did not tell: it may have read half of a save. */
  #untold: Telling | undefined;
  #state: State;

  constructor(
    folder: string,
    renderer: Pick<Renderer, 'measure' | 'vector'>,
    watcher: Watcher = new ContentWatcher(folder),
  ) {
    this.folder = folder;
    this.#renderer = renderer;
    this.#watcher = watcher;
    this.document = new PreviewDocument(renderer);
    this.#state = { version: 0, token: this.token, title: '', pages: [], diagnostics: [] };
  }

  get state(): State {
    return this.#state;
  }

  /** As last read; absent before the first reading. */
  get content(): CheckedContent | undefined {
    return this.#content;
  }

  /** As drawn; absent before the first pages. */
  get edition(): { text: string; places: PlannedDocument['places'] } | undefined {
    return this.#drawn && { text: this.#drawn.text, places: this.#drawn.planned.places };
  }

  /** What the folder's content differs in from a git ref. */
  async differencesFrom(ref: string): Promise<DifferencesAnswer> {
    const { differencesFrom } = await import('./differences.ts');
    return differencesFrom(ref, this.folder, this.#compared);
  }

  /** What there is to compare with. */
  async refChoices(): Promise<RefsAnswer> {
    const { refChoices } = await import('./ref-choices.ts');
    return refChoices(this.folder);
  }

  /** Tells every state from now on, not the present one; returns how to stop. */
  subscribe(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Keeps up with the folder until stop(). Never more than one build waits. Throws only for a defect of ours. */
  async run(): Promise<void> {
    await Promise.all([this.#begin(), this.#watcher.ready()]);
    // What changed while nobody watched yet.
    await this.#refresh(true);
    for (;;) {
      const change = await this.#watcher.next({ early: true });
      if (change === 'stopped') break;
      if (change === 'gone') this.#publish(this.#content, [], goneLine(this.folder));
      else if (change === 'whole') await this.#tell();
      else await this.#refresh(change === 'settled');
    }
  }

  stop(): void {
    this.#watcher.stop();
  }

  async close(): Promise<void> {
    await this.#watcher.close();
  }

  async #begin(): Promise<void> {
    this.#untold = async () => {
      const source = readWorkingTree(this.folder);
      const cover = ofEditionFile(source, this.#cache.parsed);
      await Promise.all([cover && this.#showCover(cover), parseAhead(source, this.#cache.parsed)]);
      return () => this.#renew();
    };
    await this.#tell();
  }

  /** Before a save is settled a file may be half-written: mistakes are told only when it is. */
  async #refresh(settled: boolean): Promise<void> {
    this.#untold = () => this.#renew();
    await this.#proceed();
    if (settled) await this.#tell();
  }

  async #tell(): Promise<void> {
    while (this.#untold) await this.#proceed();
  }

  async #proceed(): Promise<void> {
    try {
      this.#untold = await this.#untold?.();
    } catch (error) {
      const problem = environmentProblem(error);
      if (problem === undefined) throw error;
      this.#untold = async () => {
        if (this.#watcher.isThere()) this.#publish(this.#content, [], problem);
        return undefined;
      };
    }
  }

  /** Reads the folder and tells of its pages, where it has any. */
  async #renew(): Promise<Telling | undefined> {
    const content = await checkAll(readWorkingTree(this.folder), this.#cache);
    const { edition } = content;
    const data = edition && documentData(edition, { whole: true }, content.readAnnexes);
    if (!edition || !data || hasEndless(data))
      return async () => this.#tellDraft(content, await checkFit(content, this.#renderer));
    if (this.#drawn === undefined) await this.#showCover(data);
    const misfits = await this.document.misfits(data);
    if (misfits.length > 0) return () => this.#tellDraft(content, fitDiagnostics(misfits, content));
    this.#drafts.learn(content);
    await this.#draw(edition, data, content.holds);
    this.#publish(content, content.diagnostics);
    return undefined;
  }

  /** What can be shown of content with mistakes, and all of these. */
  async #tellDraft(content: CheckedEdition, misfits: Diagnostic[]): Promise<undefined> {
    const draft = this.#drafts.of(content, misfits);
    const { behind, partial } = draft;
    await this.#draw(draft.edition, draft.data, draft.holds);
    Object.assign(this.#drawn ?? {}, behind.length > 0 ? { behind } : {}, partial.length > 0 ? { partial } : {});
    this.#publish(content, [...content.diagnostics, ...misfits]);
  }

  async #draw(edition: Edition, data: DocumentData, holds: Holds): Promise<void> {
    const planned = await this.document.plan(data, holds);
    this.#drawn = { title: `${edition.planName} ${edition.title}`.trim(), text: editionJson(edition), planned };
  }

  /** The first page, while the others are being made. */
  async #showCover(data: DocumentData): Promise<void> {
    const cover = await this.document.cover(data);
    if (cover) this.#publish(this.#content, [], undefined, [cover]);
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
      diagnostics: content ? viewDiagnostics(diagnostics, content) : [],
      ...(this.#drawn?.behind && { behind: this.#drawn.behind }),
      ...(this.#drawn?.partial && { partial: this.#drawn.partial }),
      ...(problem === undefined ? {} : { problem }),
      ...(this.#drawn && { edition: fingerprint(this.#drawn.text + JSON.stringify(this.#drawn.planned.places)) }),
    };
    if (JSON.stringify(before) === JSON.stringify(state)) return;
    this.#state = { version: version + 1, ...state };
    for (const listener of this.#listeners) listener(this.#state);
  }
}
