// Which columns of a sheet are ours: by the headings in the row where they stand, or else by what stands below them.
import type { ReadCell, ReadSheet } from '../../xlsx/book.ts';
import type { BaseRow } from '../base.ts';
import { type FormKey, keyOfText, keyText } from '../key.ts';
import { dueMark, headings, unitMark } from '../layout.ts';
import { isSame } from './typed.ts';
import { shownText } from './written.ts';

/** Columns of a row with a key. Several of a kind where somebody has copied one. */
export interface Columns {
  label: readonly number[];
  answer: readonly number[];
  present: readonly number[];
}

export interface KeyedCell {
  row: number;
  column: number;
  key: FormKey;
  text: string;
  /** What the base has by that key */
  base: BaseRow | undefined;
}

/** All cells of a sheet that hold a key. */
export function keyedCells({ rows }: ReadSheet, known: ReadonlyMap<string, BaseRow> = new Map()): KeyedCell[] {
  const found: KeyedCell[] = [];
  for (const [row, cells] of rows)
    for (const [column, { value }] of cells) {
      if (typeof value !== 'string' || !value.trimStart().startsWith('[')) continue;
      const same = known.get(value);
      const key = same?.key ?? keyOfText(value);
      if (!key) continue;
      const text = same ? value : keyText(key);
      found.push({ row, column, key, text, base: same ?? known.get(text) });
    }
  return found.sort((a, b) => a.row - b.row || a.column - b.column);
}

const kinds = ['key', 'label', 'answer', 'present'] as const;

export interface HeadingRow {
  row: number;
  /** By kind of column */
  at: Record<(typeof kinds)[number], number[]>;
}

/** Rows without a key that have two of our headings or more. */
export function headingRows({ rows }: ReadSheet, keyed: readonly KeyedCell[]): HeadingRow[] {
  const withKey = new Set(keyed.map(({ row }) => row));
  return [...rows].flatMap(([row, cells]) => {
    if (withKey.has(row)) return [];
    const at: HeadingRow['at'] = { key: [], label: [], answer: [], present: [] };
    for (const [column, cell] of cells) {
      const kind = kinds.find((one) => headings[one] === shownText(cell).trim());
      if (kind) at[kind].push(column);
    }
    return kinds.filter((kind) => at[kind].length > 0).length > 1 ? [{ row, at }] : [];
  });
}

/** The columns of a cell with a key; undefined where they cannot be told. */
export type ColumnsOf = (cell: KeyedCell) => Columns | undefined;

export function columnsOf(sheet: ReadSheet, keyed: readonly KeyedCell[], found: readonly HeadingRow[]): ColumnsOf {
  const keyColumns = [...new Set(keyed.map(({ column }) => column))];
  const known = new Map<string, Columns | undefined>();
  return (cell) => {
    const heading = headingFor(cell, found);
    const name = `${cell.column} ${heading?.row}`;
    if (!known.has(name)) {
      const own = keyed.filter((one) => one.column === cell.column && headingFor(one, found) === heading);
      known.set(name, completed(sheet, own, partOf(heading, cell.column, keyColumns), keyColumns));
    }
    return known.get(name);
  };
}

/** The nearest one above, or else the first below, that has the column of the key. */
function headingFor({ row, column }: KeyedCell, found: readonly HeadingRow[]): HeadingRow | undefined {
  const named = found.filter(({ at }) => at.key.includes(column));
  const fit = named.length > 0 ? named : found.filter(({ at }) => at.key.length === 0);
  return fit.filter((one) => one.row < row).sort((a, b) => b.row - a.row)[0] ?? fit.sort((a, b) => a.row - b.row)[0];
}

/** Columns that a heading row names; where it stands beside itself again, those of the copy that has the column of the key. */
function partOf(heading: HeadingRow | undefined, column: number, keyColumns: readonly number[]): Columns {
  if (!heading) return { label: [], answer: [], present: [] };
  const { at } = heading;
  const count = Math.max(at.key.length, keyColumns.length);
  if (count < 2) return at;
  const all = kinds.flatMap((kind) => at[kind].map((one) => ({ kind, column: one })));
  all.sort((a, b) => a.column - b.column);
  const size = all.length / count;
  const chunks = Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size));
  const whole = chunks.every((chunk) => kinds.every((kind) => chunk.some((one) => one.kind === kind)));
  const own = whole
    ? chunks.find((chunk) => chunk.some((one) => one.kind === 'key' && one.column === column))
    : undefined;
  const of = (kind: (typeof kinds)[number]) => (own ?? []).flatMap((one) => (one.kind === kind ? [one.column] : []));
  return { label: of('label'), answer: of('answer'), present: of('present') };
}

/** With what stands below a heading that somebody has written over. */
function completed(
  { rows }: ReadSheet,
  keyed: readonly KeyedCell[],
  named: Columns,
  keyColumns: readonly number[],
): Columns | undefined {
  const pairs = keyed.flatMap(({ row, base }) =>
    base ? [{ cells: rows.get(row) as ReadonlyMap<number, ReadCell>, base }] : [],
  );
  const taken = new Set([...keyColumns, ...named.label, ...named.answer, ...named.present]);
  const free = [...new Set(pairs.flatMap(({ cells }) => [...cells.keys()]))].filter((column) => !taken.has(column));
  const most = (column: number, fits: (cell: ReadCell | undefined, base: BaseRow) => boolean, of = pairs) =>
    of.filter(({ cells, base }) => fits(cells.get(column), base)).length * 2 > of.length;
  const label =
    named.label.length > 0
      ? named.label
      : free.filter((column) => most(column, (cell, base) => isLabel(cell, base.label)));
  if (label.length === 0) return undefined;
  const filled = pairs.filter(({ base }) => base.value !== undefined);
  const values = free.filter(
    (column) => !label.includes(column) && most(column, (cell, base) => isSame(cell, base.value), filled),
  );
  if (named.answer.length > 0) return { ...named, label, present: named.present.length > 0 ? named.present : values };
  const exact = values.filter((column) => pairs.every(({ cells, base }) => isSame(cells.get(column), base.value)));
  if (named.present.length > 0) return values.length === 1 ? { ...named, label, answer: values } : undefined;
  // Of two that have the values of the base, the one that has them all is to look back at.
  const [first, second] = values;
  if (first === undefined || second === undefined || values.length > 2 || exact.length === 0) return undefined;
  const present = exact.at(-1) as number;
  return { label, answer: [first === present ? second : first], present: [present] };
}

/** Whether a cell shows the label of a row, with what the sheet puts behind it. */
export const isLabel = (cell: ReadCell | undefined, label: string): boolean => bare(shownText(cell)) === bare(label);

/** A label without unit and marks. */
export function bare(label: string): string {
  let text = label.trim();
  for (const mark of [dueMark, unitMark]) if (text.endsWith(mark)) text = text.slice(0, -mark.length);
  return text.normalize('NFKC').replaceAll(/\s/g, '');
}
