import { blankSign, withMeaning } from '../../../model/meanings.ts';
import type { Cell } from '../../messages.ts';
import { element } from '../element.ts';
import type { TextRun } from './typst.ts';

/** What a cell is called: the file, and the keys that lead to the field. */
export const cellName = ({ file, path, target }: Cell): string =>
  file === '' ? (target ?? '') : [file, ...path].join(' › ');

const cells = new WeakMap<Element, Cell>();

/** The cell that an element of a layer shows. */
export const cellOf = (shown: Element): Cell | undefined => cells.get(shown);

const lines = new WeakMap<Element, string>();

/** Each cell by what makes it the same later: its field, and which of its cells it is. */
function keyed(all: readonly Cell[]): [key: string, cell: Cell][] {
  const seen = new Map<string, number>();
  return all.map((cell) => {
    const name = cellName(cell);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return [`${name} ${count}`, cell];
  });
}

/** The cells over a page's picture: to be clicked, selected and found. */
export class CellLayer {
  readonly root = element('div', { class: 'cells' });
  /** Texts outside of cells: running head, headings, page number. */
  readonly #loose = element('div', { class: 'loose' });
  #shown = new Map<string, HTMLElement>();

  /** Shows `all`; cells that stay keep their elements, and with them selection and focus. Returns those whose text is new. */
  show(all: readonly Cell[]): HTMLElement[] {
    const first = this.#shown.size === 0;
    const changed: HTMLElement[] = [];
    const next = new Map<string, HTMLElement>();
    for (const [key, cell] of keyed(all)) {
      const known = this.#shown.get(key);
      const before = known && cells.get(known);
      const shown =
        known ?? element('div', { class: 'cell', role: 'button', tabindex: '-1', 'data-field': cellName(cell) });
      if (before?.text !== cell.text) {
        shown.replaceChildren(cell.text);
        lines.delete(shown);
        if (cell.text === '')
          shown.setAttribute('aria-label', `${cell.path.join(' ')}(${withMeaning(blankSign, cell.meaning)})`);
        else shown.removeAttribute('aria-label');
        if (!first) changed.push(shown);
      }
      if (cell.meaning === undefined) shown.removeAttribute('title');
      else shown.title = withMeaning(cell.text || blankSign, cell.meaning);
      cells.set(shown, cell);
      place(shown, cell);
      next.set(key, shown);
    }
    for (const [key, shown] of this.#shown) if (!next.has(key)) shown.remove();
    let at = this.root.firstChild;
    for (const shown of next.values()) {
      if (shown === at) at = at.nextSibling;
      else this.root.insertBefore(shown, at);
    }
    if (this.root.lastChild !== this.#loose) this.root.append(this.#loose);
    this.#shown = next;
    this.root.dispatchEvent(new CustomEvent('cells', { bubbles: true })); // to be marked
    return changed;
  }

  /** Puts the cells' texts where they are drawn, line by line. */
  align(runs: readonly TextRun[]): void {
    const byCell = new Map<HTMLElement, TextRun[]>([[this.#loose, []]]);
    const all = [...this.#shown.values()];
    for (const run of runs) {
      const isOver = (shown: HTMLElement) => {
        const cell = cells.get(shown);
        return cell && inside(run, cell);
      };
      const found = all.find(isOver) ?? this.#loose;
      byCell.set(found, [...(byCell.get(found) ?? []), run]);
    }
    for (const [shown, own] of byCell) {
      const cell = cells.get(shown) ?? { x: 0, y: 0 };
      const rows = inLines(own);
      const before = lines.get(shown);
      const fresh = JSON.stringify(rows.map(({ x, y, text }) => [x - cell.x, y - cell.y, text]));
      if (before === fresh) continue;
      lines.set(shown, fresh);
      let rest = cells.get(shown)?.text ?? '';
      shown.replaceChildren(
        ...rows.map(({ x, y, size, text }, index) => {
          // A line that only the cell's width broke goes on without a break, so that its words are found whole.
          const goesOn = rest.startsWith(text) && rest[text.length] !== '\n';
          rest = rest.slice(text.length + (goesOn ? 0 : 1));
          const line = element('span', {}, goesOn || index + 1 === rows.length ? text : `${text}\n`);
          set(line, { left: x - cell.x, top: y - cell.y, size });
          return line;
        }),
      );
    }
  }
}

function inside({ x, y, size }: TextRun, cell: Cell): boolean {
  const middle = y + size / 2;
  return x >= cell.x - 0.5 && x < cell.x + cell.width && middle >= cell.y && middle < cell.y + cell.height;
}

/** Runs side by side make a line. */
function inLines(runs: readonly TextRun[]): TextRun[] {
  const rows: TextRun[] = [];
  for (const run of [...runs].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const last = rows.at(-1);
    if (last && Math.abs(last.y - run.y) < 1) last.text += run.text;
    else rows.push({ ...run });
  }
  return rows;
}

function place(shown: HTMLElement, { x, y, width, height }: Cell): void {
  set(shown, { left: x, top: y, width, height });
}

/** Lengths in pt, which the page's scale multiplies. */
function set(shown: HTMLElement, lengths: Record<string, number>): void {
  for (const [name, length] of Object.entries(lengths)) shown.style.setProperty(`--${name}`, length.toFixed(3));
}
