import { measureFile } from '../../../model/numbers.ts';
import type { Cell } from '../../messages.ts';
import { element } from '../element.ts';

/** What was looked for: a measure by its number, or 改定履歴. */
export interface Found {
  number: string;
  /** Whether a text has what was searched for. */
  matches(text: string): boolean;
}

type Box = Pick<Cell, 'x' | 'y' | 'width' | 'height'>;

/** The rows of a page that were looked for, outlined, with the cells that have the words. */
export class FoundRows {
  readonly root = element('div', { class: 'rows', 'aria-hidden': 'true' });
  #cells: readonly Cell[] = [];
  #found: Found | undefined;

  show(cells: readonly Cell[]): void {
    this.#cells = cells;
    this.#draw();
  }

  find(found: Found | undefined): void {
    if (this.#found === found) return;
    this.#found = found;
    this.#draw();
  }

  shows(number: string): boolean {
    return this.#cells.some(({ file, path }) => path[0] === '番号' && isOf(file, number));
  }

  #draw(): void {
    const { matches = () => false } = this.#found ?? {};
    const rows = this.#found ? rowsOf(this.#cells, this.#found) : [];
    const hits = this.#cells.filter((cell) => rows.some((row) => isInside(cell, row)) && matches(cell.text));
    this.root.replaceChildren(...hits.map((cell) => box('hit', cell)), ...rows.map((row) => box('found', row)));
  }
}

/** "measures/1-2-3.yaml" is of 1-2-3, 1-2 and 1. */
const isOf = (file: string, number: string) => file === measureFile(number) || file.startsWith(`measures/${number}-`);

/** The rows of a measure: as high as its number, as wide as the table. */
function rowsOf(cells: readonly Cell[], { number, matches }: Found): Box[] {
  const file = measureFile(number);
  const own = cells.filter(({ path: [key], ...cell }) =>
    key === number ? matches(cell.text) : key === '番号' && cell.file === file,
  );
  const left = Math.min(...cells.map(({ x }) => x));
  const right = Math.max(...cells.map(({ x, width }) => x + width));
  const heights = new Map(own.map(({ y, height }) => [y, height]));
  return [...heights].map(([y, height]) => ({ x: left, y, width: right - left, height }));
}

function isInside({ y, height }: Box, row: Box): boolean {
  const middle = y + height / 2;
  return middle > row.y && middle < row.y + row.height;
}

function box(kind: string, { x, y, width, height }: Box): HTMLElement {
  const made = element('div', { class: kind });
  for (const [name, length] of Object.entries({ left: x, top: y, width, height }))
    made.style.setProperty(`--${name}`, length.toFixed(3));
  return made;
}
