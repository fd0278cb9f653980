// What writers do to an answer workbook, by chance, with what was typed where.

import type { Base, BaseRow } from '../../../src/exchange/answers/base.ts';
import { type FormKey, keyOfText, keyText } from '../../../src/exchange/answers/key.ts';
import { type RowForm, rowForm } from '../../../src/exchange/answers/read/typed.ts';
import type { ReadCell } from '../../../src/exchange/xlsx/book.ts';
import { sheetFields } from '../../../src/model/fields.ts';
import type { Book, Cells } from './sheets.ts';

export type Step = readonly [kind: number, a: number, b: number, c: number];

/** A value that was typed for a row, or for none. */
export interface Typing {
  key?: string;
  value: string | number;
}

export class Writer {
  readonly book: Book;
  /** By the cell that it made, wherever that has got to */
  readonly typed = new Map<ReadCell, Typing>();
  readonly emptied = new Set<string>();
  readonly rows: Map<string, BaseRow>;
  readonly done: string[] = [];
  /** 記入欄 was moved against the other columns: what stands in it may have been typed so. */
  movedAlone = false;
  #count = 0;
  constructor(book: Book, base: Base) {
    this.book = {
      sheets: book.sheets.map((sheet) => ({
        ...sheet,
        merges: [],
        rows: new Map(
          [...sheet.rows].map(([row, cells]) => [row, new Map([...cells].map(([at, cell]) => [at, { ...cell }]))]),
        ),
      })),
    };
    this.rows = new Map(base.measures.flatMap(({ rows }) => rows.map((row) => [keyText(row.key), row] as const)));
  }

  get sheets(): Cells[] {
    return this.book.sheets.filter(({ rows }) => keyColumn(rows) !== undefined);
  }

  do([kind, a, b, c]: Step): void {
    const name = names[kind % names.length] as (typeof names)[number];
    const sheet = this.sheets[a % Math.max(1, this.sheets.length)];
    if (!sheet) return;
    this.done.push(`${name} ${sheet.name} ${b} ${c}`);
    this[name](sheet, b, c);
  }

  /** A cell of 記入欄 as it stands now, with its key */
  #answers(sheet: Cells): { row: number; column: number; key: string }[] {
    const column = columnOf(sheet, '記入欄');
    const key = keyColumn(sheet.rows);
    if (column === undefined || key === undefined) return [];
    return [...sheet.rows].flatMap(([row, cells]) => {
      const text = keyOf(cells.get(key));
      return text === undefined || sheet.merges.some((merge) => row >= merge.startRow && row <= merge.endRow)
        ? []
        : [{ row, column, key: text }];
    });
  }

  #value(row: BaseRow, form: RowForm, c: number): string | number {
    this.#count += 1;
    if (form.kind === 'amount') return 700_000 + this.#count;
    if (form.choices.length > 0) return form.choices[c % form.choices.length] as string;
    return `${row.label}への記入${this.#count}`;
  }

  type(sheet: Cells, b: number, c: number): void {
    const answers = this.#answers(sheet);
    const at = answers[b % Math.max(1, answers.length)];
    const row = at && this.rows.get(at.key);
    if (!at || !row) return;
    const value = this.#value(row, rowForm(row, sheetFields), c);
    const cell: ReadCell = { value: typeof value === 'number' && c % 3 === 0 ? String(value) : value };
    this.typed.set(cell, { key: at.key, value });
    sheet.rows.get(at.row)?.set(at.column, cell);
  }

  empty(sheet: Cells, b: number): void {
    const answers = this.#answers(sheet);
    const at = answers[b % Math.max(1, answers.length)];
    if (!at) return;
    sheet.rows.get(at.row)?.delete(at.column);
    this.emptied.add(at.key);
  }

  /** By a column, with the heading or without it */
  sort(sheet: Cells, b: number, c: number): void {
    this.#sort(sheet, [...Array(12).keys()], b, c);
  }

  sortPart(sheet: Cells, b: number, c: number): void {
    const own = ['鍵', '項目', '記入欄', 'いまの内容'].map((heading) => columnOf(sheet, heading));
    const some = own.flatMap((column, index) =>
      column !== undefined && ((c % 14) + 1) & (1 << index) ? [column] : [],
    );
    if (some.length > 0) this.#sort(sheet, some, b, c);
  }

  #sort(sheet: Cells, columns: number[], b: number, c: number): void {
    if (sheet.merges.length > 0) return;
    const top = headingRow(sheet);
    const rows = [...sheet.rows.keys()]
      .filter((row) => row > top || (top >= 0 && c % 7 === 0 && row === top))
      .sort((x, y) => x - y);
    const by = columns[b % columns.length] as number;
    const taken = rows.map((row) => columns.map((column) => sheet.rows.get(row)?.get(column)));
    const at = columns.indexOf(by);
    const text = (cells: (ReadCell | undefined)[]) => String(cells[at]?.value ?? '\uffff');
    taken.sort((x, y) => (text(x) < text(y) ? -1 : text(x) > text(y) ? 1 : 0));
    if (c % 2 === 1) taken.reverse();
    const isMoved = (heading: string) => columns.includes(columnOf(sheet, heading) ?? -1);
    const others = ['鍵', '項目', 'いまの内容'].filter((heading) => columnOf(sheet, heading) !== undefined);
    if (others.every((heading) => isMoved(heading) !== isMoved('記入欄'))) this.movedAlone = true;
    rows.forEach((row, index) => {
      columns.forEach((column, place) => {
        set(sheet, row, column, taken[index]?.[place]);
      });
    });
  }

  insertRow(sheet: Cells, b: number, c: number): void {
    const last = Math.max(...sheet.rows.keys());
    const at = 1 + (b % last);
    moveRows(sheet, (row) => (row >= at ? row + 1 : row));
    const column = columnOf(sheet, '記入欄');
    if (c % 2 === 0 || column === undefined || at <= headingRow(sheet)) return;
    this.#junk(sheet, at, column);
  }

  #junk(sheet: Cells, row: number, column: number): void {
    this.#count += 1;
    const cell: ReadCell = { value: `覚え書き${this.#count}` };
    this.typed.set(cell, { value: cell.value as string });
    set(sheet, row, column, cell);
  }

  deleteRow(sheet: Cells, b: number): void {
    const rows = [...sheet.rows.keys()];
    const at = rows[b % rows.length] as number;
    sheet.rows.delete(at);
    sheet.merges = sheet.merges.filter(({ startRow, endRow }) => at < startRow || at > endRow);
    moveRows(sheet, (row) => (row > at ? row - 1 : row));
  }

  insertColumn(sheet: Cells, b: number): void {
    const at = b % 6;
    moveColumns(sheet, (column) => (column >= at ? column + 1 : column));
  }

  deleteColumn(sheet: Cells, b: number): void {
    const at = b % 6;
    for (const cells of sheet.rows.values()) cells.delete(at);
    sheet.merges = sheet.merges.filter(({ startCol }) => startCol !== at);
    moveColumns(sheet, (column) => (column > at ? column - 1 : column));
  }

  swapColumns(sheet: Cells, b: number, c: number): void {
    const [one, other] = [b % 5, c % 5];
    moveColumns(sheet, (column) => (column === one ? other : column === other ? one : column));
  }

  rename(sheet: Cells, b: number): void {
    sheet.name = `名前${b}-${this.#count++}`;
  }

  copySheet(sheet: Cells, b: number): void {
    this.book.sheets.splice(b % this.book.sheets.length, 0, {
      name: `${sheet.name} (${2 + this.#count++})`,
      hidden: false,
      merges: [...sheet.merges],
      rows: new Map([...sheet.rows].map(([row, cells]) => [row, this.#copied(cells)])),
    });
  }

  #copied(cells: ReadonlyMap<number, ReadCell>): Map<number, ReadCell> {
    return new Map(
      [...cells].map(([column, cell]) => {
        const copy = { ...cell };
        const typing = this.typed.get(cell);
        if (typing) this.typed.set(copy, typing);
        return [column, copy];
      }),
    );
  }

  reorder(_: Cells, b: number): void {
    const [first] = this.book.sheets.splice(b % this.book.sheets.length, 1);
    if (first) this.book.sheets.push(first);
  }

  deleteSheet(sheet: Cells): void {
    this.book.sheets.splice(this.book.sheets.indexOf(sheet), 1);
  }

  /** To the end of another sheet, or to one of its own, or beside the rows of the same */
  copyRows(sheet: Cells, b: number, c: number): void {
    const rows = [...sheet.rows].slice(b % sheet.rows.size).slice(0, 1 + (c % 9));
    const target = c % 3 === 0 ? this.#newSheet() : (this.sheets[c % this.sheets.length] as Cells);
    const down = target.rows.size === 0 ? 0 : Math.max(...target.rows.keys()) + 1;
    const right = c % 11 === 0 ? 1 : 0;
    rows.forEach(([, cells], index) => {
      target.rows.set(down + index, new Map([...this.#copied(cells)].map(([column, cell]) => [column + right, cell])));
    });
  }

  #newSheet(): Cells {
    const sheet: Cells = { name: `Sheet${this.#count++}`, hidden: false, rows: new Map(), merges: [] };
    this.book.sheets.push(sheet);
    return sheet;
  }

  merge(sheet: Cells, b: number, c: number): void {
    const answers = this.#answers(sheet);
    const first = answers[b % Math.max(1, answers.length)];
    if (!first) return;
    const endRow = first.row + 1 + (c % 2);
    for (let row = first.row + 1; row <= endRow; row += 1) {
      sheet.rows.get(row)?.delete(first.column);
      const key = this.#answers(sheet).find((one) => one.row === row)?.key;
      if (key !== undefined) this.emptied.add(key);
    }
    sheet.merges.push({ startRow: first.row, endRow, startCol: first.column, endCol: first.column });
  }

  junk(sheet: Cells, b: number, c: number): void {
    const rows = [...sheet.rows.keys()];
    this.#junk(sheet, rows[b % rows.length] as number, 7 + (c % 3));
  }

  heading(sheet: Cells, b: number): void {
    const top = headingRow(sheet);
    const cells = sheet.rows.get(top);
    const column = cells && [...cells.keys()][b % cells.size];
    if (column !== undefined) cells?.set(column, { value: '見出し' });
  }

  numbersAsText(sheet: Cells): void {
    for (const cells of sheet.rows.values())
      for (const cell of cells.values()) if (typeof cell.value === 'number') cell.value = String(cell.value);
  }

  /** Cells of 記入欄 below a place, one down or up */
  shift(sheet: Cells, b: number, c: number): void {
    const column = columnOf(sheet, '記入欄');
    if (column === undefined || sheet.merges.length > 0) return;
    const rows = [...sheet.rows.keys()].sort((x, y) => x - y);
    this.movedAlone = true;
    const from = b % rows.length;
    const moved = rows.slice(from).map((row) => sheet.rows.get(row)?.get(column));
    const by = c % 2 === 0 ? [undefined, ...moved] : moved.slice(1);
    rows.slice(from).forEach((row, index) => {
      set(sheet, row, column, by[index]);
    });
  }
}

/** Typing is what is done most. */
const names = [
  ...(['type', 'type', 'type', 'type', 'empty', 'sort', 'sortPart', 'insertRow', 'deleteRow', 'insertColumn'] as const),
  ...(['deleteColumn', 'swapColumns', 'rename', 'copySheet', 'reorder', 'deleteSheet', 'copyRows', 'merge'] as const),
  ...(['junk', 'heading', 'numbersAsText', 'shift'] as const),
];

const keyOf = (cell: ReadCell | undefined): string | undefined => {
  const key: FormKey | undefined =
    typeof cell?.value === 'string' && cell.value.startsWith('[') ? keyOfText(cell.value) : undefined;
  return key && keyText(key);
};

function keyColumn(rows: Cells['rows']): number | undefined {
  for (const cells of rows.values()) for (const [column, cell] of cells) if (keyOf(cell) !== undefined) return column;
  return undefined;
}

const headingRow = ({ rows }: Cells): number =>
  [...rows].find(([, cells]) =>
    [...cells.values()].some(({ value }) => value === '記入欄' || value === 'いまの内容'),
  )?.[0] ?? -1;

const columnOf = (sheet: Cells, heading: string): number | undefined =>
  [...(sheet.rows.get(headingRow(sheet)) ?? [])].find(([, { value }]) => value === heading)?.[0];

function set(sheet: Cells, row: number, column: number, cell: ReadCell | undefined): void {
  const cells = sheet.rows.get(row) ?? new Map<number, ReadCell>();
  sheet.rows.set(row, cells);
  if (cell) cells.set(column, cell);
  else cells.delete(column);
}

function moveRows(sheet: Cells, to: (row: number) => number): void {
  sheet.rows = new Map([...sheet.rows].map(([row, cells]) => [to(row), cells]));
  sheet.merges = sheet.merges.map((merge) => ({ ...merge, startRow: to(merge.startRow), endRow: to(merge.endRow) }));
}

function moveColumns(sheet: Cells, to: (column: number) => number): void {
  for (const [row, cells] of sheet.rows)
    sheet.rows.set(row, new Map([...cells].map(([column, cell]) => [to(column), cell])));
  sheet.merges = sheet.merges.map((merge) => ({ ...merge, startCol: to(merge.startCol), endCol: to(merge.endCol) }));
}
