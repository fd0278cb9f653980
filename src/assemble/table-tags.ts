import type { DrawRequest, HistoryPage, OverviewPage, OverviewRow, TableKeys } from '../render/requests.ts';
import { textString } from './objects.ts';
import { overviewHeadings, spokenHeadings, spokenMarks, spokenTables } from './spoken.ts';
import {
  dropCells,
  elementsOf,
  findAll,
  kidsOf,
  roleOf,
  type Structure,
  setCell,
  setTableAttribute,
  shareHeaders,
  spanHeading,
  wrapKids,
} from './structure.ts';

export interface Context {
  structure: Structure;
  drawn: DrawRequest;
  keys: TableKeys;
}

/** The rows of a table's body, each as its cells. */
export function bodyRows(structure: Structure, table: number): number[][] {
  const body = elementsOf(structure, table).filter((child) => roleOf(structure, child) === 'TBody');
  return body.flatMap((rows) => elementsOf(structure, rows)).map((row) => elementsOf(structure, row));
}

/** A cell and what stands in it. */
export interface KeyedCell {
  key: string;
  cell: number;
}

/** The cells of a row with the keys of their columns: of those that span rows, the ones that go on from above are not there. */
export function keyed(cells: readonly number[], { columns, every }: TableKeys): KeyedCell[] {
  let absent = columns.length - cells.length;
  const here = columns.filter((key) => every.includes(key) || absent-- <= 0);
  return cells.map((cell, index) => ({ cell, key: here[index] ?? missing('the column of a cell') }));
}

export const cellOf = (cells: readonly KeyedCell[], key: string): number | undefined =>
  cells.find((cell) => cell.key === key)?.cell;

/** Speaks the headings of `names`, which stand in the first row of the table's head. */
export function nameHeadings(
  structure: Structure,
  table: number,
  heading: readonly string[],
  names: Record<string, string>,
): void {
  const [first] = findAll(structure, table, 'TR');
  const cells = elementsOf(structure, first ?? missing('the heading of a table'));
  for (const [index, key] of heading.entries()) speak(structure, cells[index], 'Alt', names[key]);
}

export function speak(
  structure: Structure,
  cell: number | undefined,
  key: 'Alt' | 'E',
  spoken: string | undefined,
): void {
  if (cell === undefined || spoken === undefined || kidsOf(structure, cell).length === 0) return;
  wrapKids(structure, cell, 'Span', `/${key} ${textString(spoken)}`);
}

export const speakMark = (structure: Structure, cell: number | undefined, mark: string | null) =>
  speak(structure, cell, 'Alt', spokenMarks[mark ?? '']);

/** A page's table: its heading is that of the part's table on the first page; on the others a repetition, which nobody reads. */
export function openTable(
  { structure, keys }: Context,
  table: number,
  first: boolean,
  names: Record<string, string>,
): number[][] {
  const { headers, summary } = spokenTables[keys.part] ?? missing(`what is said of the table of ${keys.part}`);
  if (first) setTableAttribute(structure, table, `/Summary ${textString(summary)}`);
  if (first) nameHeadings(structure, table, keys.heading, names);
  shareHeaders(structure, table, headers, hangHeading(structure, table, keys));
  return bodyRows(structure, table);
}

/** Cells of a heading of two rows hang from the first: drops the empty ones that hold their place, and says where these stood. */
function hangHeading(structure: Structure, table: number, { heading, columns }: TableKeys): string[] {
  const head = elementsOf(structure, table).find((child) => roleOf(structure, child) === 'THead');
  const [upper = [], lower] = elementsOf(structure, head ?? missing('the heading of a table')).map((row) =>
    elementsOf(structure, row),
  );
  if (!lower) return [];
  const hung = columns.flatMap((key, column) => (heading.includes(key) ? [{ key, column }] : []));
  for (const { key } of hung) spanHeading(structure, upper[heading.indexOf(key)] ?? missing('a cell of a heading'));
  dropCells(
    structure,
    hung.map(({ column }) => lower[column] ?? missing('a cell of a heading')),
  );
  return hung.map(({ column }) => `x${column}y1`);
}

/** 取組事項一覧: the 取組事項 heads its row, 大項目 and 中項目 those that they span. */
export function tagOverview(context: Context, pages: readonly OverviewPage[], next: () => number): void {
  const { structure, drawn, keys } = context;
  const spoken = Object.entries(spokenHeadings(drawn)).filter(([key]) => overviewHeadings.includes(key));
  const spanning = keys.columns.filter((key) => !keys.every.includes(key));
  for (const { first, rows: shown } of pages) {
    const rows = openTable(context, next(), first, Object.fromEntries(spoken));
    if (rows.length !== shown.length) missing('a row of 取組事項一覧');
    const above = new Map<string, string>();
    for (const [index, row] of rows.entries()) {
      const { measure } = shown[index] ?? missing('a measure');
      const cells = keyed(row, keys);
      const id = `list-${measure.id}`;
      const headers = () => spanning.flatMap((key) => above.get(key) ?? []);
      const labels = cells.filter(({ key }) => spanning.includes(key));
      // Labels hang from the first of their rows, as the cells of 個票.
      const hung = labels.filter(({ key }) => runOf(shown, index, key) === undefined);
      dropCells(
        structure,
        hung.map(({ cell }) => cell),
      );
      for (const { key, cell } of labels.filter((label) => !hung.includes(label))) {
        // A new 大項目 ends the 中項目 above it.
        for (const ended of spanning.slice(spanning.indexOf(key))) above.delete(ended);
        const own = `${id}-${key}`;
        setCell(structure, cell, { id: own, headers: headers(), rows: runOf(shown, index, key) ?? 1 });
        above.set(key, own);
      }
      for (const { key, cell } of cells.filter(({ key }) => !spanning.includes(key)))
        setCell(structure, cell, key === 'title' ? { id, headers: headers() } : { headers: [...headers(), id] });
      speakMark(structure, cellOf(cells, 'reprint'), measure.reprint === null ? null : '○');
      speakMark(structure, cellOf(cells, 'section'), measure.overviewSection);
    }
  }
}

/** How many rows the label of `key` spans that begins at `index`; undefined: it began above. */
function runOf(rows: readonly OverviewRow[], index: number, key: string): number | undefined {
  const labelAt = (row: number) => (key === 'category' ? rows[row]?.category : rows[row]?.group);
  if (labelAt(index - 1) === labelAt(index)) return undefined;
  const length = rows.slice(index).findIndex((_, below) => labelAt(index + below) !== labelAt(index));
  return length < 0 ? rows.length - index : length;
}

/** 改定履歴: the 年月 heads its row. */
export function tagHistory(context: Context, pages: readonly HistoryPage[], next: () => number): void {
  const { structure, keys } = context;
  for (const { first, rows: shown } of pages) {
    const rows = openTable(context, next(), first, {});
    if (rows.length !== shown.length) missing('a row of 改定履歴');
    for (const [index, row] of rows.entries()) {
      const id = `history-${shown[index]?.index}`;
      for (const { key, cell } of keyed(row, keys))
        setCell(structure, cell, key === 'date' ? { id, headers: [] } : { headers: [id] });
    }
  }
}

/** The text that a column shows, where it shows one of the record's under its name. */
export function textOf(record: object, key: string): string | null {
  const value = (record as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : null;
}

export function missing(what: string): never {
  throw new Error(`the tags are not those of the templates: ${what} is missing`);
}
