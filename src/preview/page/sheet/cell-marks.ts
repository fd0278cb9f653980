import { visible } from '../../../model/visible.ts';
import { changeWords, severityWords } from '../../../model/words.ts';
import type { CellDifference } from '../../difference-data.ts';
import type { Cell, DiagnosticView, FileBehind } from '../../messages.ts';
import type { Comparison } from '../comparison.ts';
import type { Store } from '../store.ts';
import { cellOf } from './cell-layer.ts';
import { cellsTold } from './cells-told.ts';

/** What is the matter with a cell: its mistakes, and what a comparison says of it. */
export interface Marked {
  diagnostics: DiagnosticView[];
  change?: CellDifference;
}

/** ms since 1970 → "14:03" */
export const clock = (since: number): string =>
  new Date(since).toLocaleTimeString('ja-JP', { hour: '2-digit', minute: '2-digit' });

const keyOf = (file: string, path: readonly (string | number)[]): string => JSON.stringify([file, ...path]);

/** Marks the cells with mistakes, and those that a comparison finds changed: as classes, with a sign and in words. */
export class CellMarks {
  readonly #root: HTMLElement;
  readonly #store: Store;
  readonly #comparison: Comparison;
  #marked = new WeakMap<Element, Marked>();
  readonly #listeners: (() => void)[] = [];
  #changes: ReadonlyMap<string, CellDifference> = new Map();
  #known: unknown[] = [];

  /** `root` holds all pages. */
  constructor(root: HTMLElement, store: Store, comparison: Comparison) {
    this.#root = root;
    this.#store = store;
    this.#comparison = comparison;
    root.addEventListener('cells', ({ target }) => {
      if (target instanceof HTMLElement) this.#mark(target);
      this.#tell();
    });
    const renew = () => {
      const { state } = store;
      const { differences } = comparison;
      const known = [state?.diagnostics, state?.behind, differences];
      if (known.every((one, index) => one === this.#known[index])) return;
      this.#known = known;
      this.#changes = new Map((differences?.cells ?? []).map((change) => [keyOf(change.file, change.path), change]));
      for (const layer of root.querySelectorAll<HTMLElement>('.cells')) this.#mark(layer);
      this.#tell();
    };
    store.subscribe(renew);
    comparison.subscribe(renew);
  }

  /** After cells were marked anew. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  of(cell: Element): Marked | undefined {
    return this.#marked.get(cell);
  }

  /** The cell with a mistake: that of 個票 before that of 取組事項一覧. */
  cellWith(diagnostic: DiagnosticView): HTMLElement | undefined {
    return this.#all(({ diagnostics }) => diagnostics.includes(diagnostic)).at(-1);
  }

  /** One cell for each change, in the order of the pages: that of 個票, where it stands there. */
  get changed(): HTMLElement[] {
    const cells = this.#all(({ change }) => change !== undefined);
    const last = new Map(cells.map((cell) => [this.of(cell)?.change, cell]));
    return cells.filter((cell) => last.get(this.of(cell)?.change) === cell);
  }

  #all(holds: (marked: Marked) => boolean): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>('.cell[data-sign]')].filter((cell) => {
      const marked = this.of(cell);
      return marked !== undefined && holds(marked);
    });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #mark(layer: HTMLElement): void {
    const shown = [...layer.querySelectorAll<HTMLElement>('.cell')];
    const fields = shown.map((cell) => cellOf(cell));
    const { diagnostics = [], behind = [] } = this.#store.state ?? {};
    const told = cellsTold(fields, diagnostics);
    const late = new Map(behind.map((one) => [one.file, one]));
    const seen = new Map<string, number>();
    for (const [index, cell] of shown.entries()) {
      const field = fields[index];
      if (!field) continue;
      const key = keyOf(field.file, field.path);
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      const found = this.#changes.get(key);
      const change = found && (found.parts?.[nth % found.parts.length] ?? true) ? found : undefined;
      this.#show(cell, { diagnostics: told[index] ?? [], ...(change && { change }) }, lateOf(field, late));
    }
  }

  #show(cell: HTMLElement, marked: Marked, late: FileBehind | undefined): void {
    const { diagnostics, change } = marked;
    const isError = diagnostics.some(({ severity }) => severity === 'error');
    const marks: [name: string, sign: string, words: string][] = [
      ...(diagnostics.length > 0
        ? [
            [
              isError ? 'error' : 'warning',
              severityWords[isError ? 'error' : 'warning'],
              toldWords(diagnostics),
            ] as const,
          ]
        : []),
      ...(late ? [['behind', '直前', `${clock(late.since)}から、ファイルのとおりではありません。`] as const] : []),
      ...(change
        ? [
            [
              change.kind === 'added' ? 'added' : 'differs',
              changeWords[change.kind],
              `${this.#comparison.ref} から変わりました。Enter で前と後を見ます。`,
            ] as const,
          ]
        : []),
    ].map(([name, sign, words]) => [name, sign, words]);
    for (const name of ['error', 'warning', 'behind', 'added', 'differs'])
      cell.classList.toggle(
        name,
        marks.some(([own]) => own === name),
      );
    if (marks.length === 0) {
      this.#marked.delete(cell);
      delete cell.dataset.sign;
      cell.removeAttribute('aria-description');
      return;
    }
    this.#marked.set(cell, marked);
    cell.dataset.sign = marks.map(([, sign]) => sign).join('・');
    cell.setAttribute('aria-description', marks.map(([, , words]) => words).join(' '));
  }
}

const toldWords = (diagnostics: readonly DiagnosticView[]): string =>
  diagnostics.map(({ severity, message }) => `${severityWords[severity]}: ${visible(message)}`).join(' ');

/** Told at the name of the measure alone. */
const lateOf = ({ file, path }: Cell, late: ReadonlyMap<string, FileBehind>): FileBehind | undefined =>
  path.length === 1 && path[0] === '取組' ? late.get(file) : undefined;
