import { dictOf, itemsOf, nameOf, numberOf, raw, value } from '../source/file.ts';
import { PDFArray, type PDFDict, PDFName, PDFNumber, type PDFObject } from '../source/pdf.ts';
import { holder, partsOf } from './containment.ts';
import { type Element, elementsOf, type Kid } from './structure.ts';

/** A cell as it is laid into the grid of its table: how many rows and columns it takes. */
interface Cell {
  element: Element;
  rows: number;
  columns: number;
  /** The spans as they are said; NaN where these are none. */
  said: { rows: number; columns: number };
}

/** Spans that one cell may have, as browsers bear them; and columns beyond which spans are not believed. */
const widest = 1000;
const mostColumns = 2000;

interface TableMends {
  classes: PDFDict | undefined;
  /** Makes a dictionary for a new cell. */
  blank(): PDFDict;
  /** Told when cells did not fill their table, or a heading cell did not say what it heads. */
  mended(code: 'table-grid' | 'header-scopes', table: Element): void;
}

/** Tables whose cells fill them evenly and whose heading cells say what they head (ISO 14289-1, 7.2, 7.5). */
export function mendTables(kids: readonly Kid[], { classes, blank, mended }: TableMends): void {
  for (const { element: table } of elementsOf(kids)) {
    if (table.standard !== 'Table') continue;
    const rows = partsOf(table).flatMap((part) =>
      part.standard === 'TR' ? [{ row: part, isHead: false }] : sectionRows(part),
    );
    const grid = rows.map(({ row }) =>
      partsOf(row).map((element): Cell => {
        const said = { rows: spanOf(element, 'RowSpan', classes), columns: spanOf(element, 'ColSpan', classes) };
        return { element, rows: said.rows || 1, columns: said.columns || 1, said };
      }),
    );
    if (!isEven(grid)) {
      for (const [index, columns] of evened(grid)) {
        const cell = holder('TD', [], blank());
        if (columns > 1) say(cell.element, { ColSpan: columns });
        rows[index]?.row.kids.push(cell);
      }
      mended('table-grid', table);
    }
    for (const { element, rows: height, columns, said } of grid.flat()) {
      if (height !== said.rows) say(element, { RowSpan: height });
      if (columns !== said.columns) say(element, { ColSpan: columns });
    }
    for (const { row, isHead } of rows) {
      const cells = partsOf(row);
      const bare = cells.filter((cell) => cell.standard === 'TH' && !scopeOf(cell, classes));
      if (bare.length === 0) continue;
      // The corner above headings of rows and before those of columns is empty.
      const first = cells.findIndex(({ standard, kids: inner }) => standard === 'TH' || inner.length > 0);
      const headsColumns = isHead || cells.slice(first).every(({ standard }) => standard === 'TH');
      for (const cell of bare) say(cell, { Scope: headsColumns ? 'Column' : 'Row' });
      mended('header-scopes', table);
    }
  }
}

const sectionRows = (section: Element) =>
  /^T(Head|Body|Foot)$/.test(section.standard)
    ? partsOf(section).map((row) => ({ row, isHead: section.standard === 'THead' }))
    : [];

/**
 * Whether cells, each laid at the first free place of its row, fill as many columns as the first row has in every row,
 * none upon another.
 */
function isEven(grid: readonly (readonly Cell[])[]): boolean {
  const width = (grid[0] ?? []).reduce((sum, { columns }) => sum + columns, 0);
  if (width > mostColumns) return false;
  const until = new Array<number>(width).fill(0); // the row from which on each column is free
  for (const [index, row] of grid.entries()) {
    let column = 0;
    for (const { rows, columns, said } of row) {
      if (Number.isNaN(said.rows) || Number.isNaN(said.columns)) return false;
      while ((until[column] ?? 0) > index) column += 1;
      if (column + columns > width || index + rows > grid.length) return false;
      for (const end = column + columns; column < end; column += 1) {
        if ((until[column] as number) > index) return false;
        until[column] = index + rows;
      }
    }
    if (until.some((row) => row <= index)) return false;
  }
  return true;
}

/**
 * Makes a grid even: a cell ends where another one or the table ends, columns that no cell begins in are none. Gives back
 * the columns that stay free at the end of a row: its index, and how many.
 */
function evened(grid: readonly (readonly Cell[])[]): [row: number, columns: number][] {
  const until: number[] = [];
  const begins: boolean[] = [true];
  const places = new Map<Cell, number>();
  for (const [index, row] of grid.entries()) {
    let column = 0;
    for (const cell of row) {
      while ((until[column] ?? 0) > index) column += 1;
      const most = Math.min(cell.columns, column > mostColumns ? 1 : widest);
      let columns = 1;
      while (columns < most && (until[column + columns] ?? 0) <= index) columns += 1;
      cell.columns = columns;
      cell.rows = Math.min(cell.rows, grid.length - index);
      places.set(cell, column);
      begins[column] = true;
      for (const end = column + columns; column < end; column += 1) until[column] = index + cell.rows;
    }
  }
  let width = 0;
  const ranks = [...Array.from(until, (_, column) => (begins[column] ? width++ : width)), width];
  const taken = new Array<number>(Math.max(width, 1)).fill(0);
  const free: [number, number][] = [];
  for (const [index, row] of grid.entries()) {
    for (const cell of row) {
      const place = places.get(cell) as number;
      const [from, to] = [ranks[place] as number, ranks[place + cell.columns] as number];
      cell.columns = to - from;
      taken.fill(index + cell.rows, from, to);
    }
    let run = 0;
    for (const end of [...taken, Number.POSITIVE_INFINITY]) {
      if (end <= index) run += 1;
      else if (run > 0) {
        free.push([index, run]);
        run = 0;
      }
    }
  }
  return free;
}

/** 1 where nothing is said; NaN where what is said is no span. */
function spanOf(element: Element, key: 'RowSpan' | 'ColSpan', classes: PDFDict | undefined): number {
  const said = attributeOf(element, key, classes, isNumber);
  const span = said === undefined ? 1 : (numberOf(said) as number);
  return Number.isInteger(span) && span > 0 ? span : Number.NaN;
}

const isNumber = (object: PDFObject | undefined) => numberOf(object) !== undefined;
const isScope = (object: PDFObject | undefined) => ['Row', 'Column', 'Both'].includes(nameOf(object) ?? '');
const scopeOf = (element: Element, classes: PDFDict | undefined) => attributeOf(element, 'Scope', classes, isScope);

/** An attribute of a cell, its own or of its classes (ISO 32000-1, 14.7.5). */
function attributeOf(
  { dict }: Element,
  key: string,
  classes: PDFDict | undefined,
  test: (object: PDFObject | undefined) => boolean,
): PDFObject | undefined {
  const own = value(dict, 'A');
  const found = own && attributeIn(ownersOf(own), key, test);
  if (found || raw(dict, 'C') === undefined) return found;
  const written = value(dict, 'C');
  const names = written instanceof PDFArray ? itemsOf(written) : [written];
  const meanings = names.flatMap((name) => ownersOf(value(classes, nameOf(name) ?? '')));
  return attributeIn(meanings, key, test);
}

function attributeIn(
  owners: readonly PDFDict[],
  key: string,
  test: (object: PDFObject | undefined) => boolean,
): PDFObject | undefined {
  for (const owner of owners) {
    const found = value(owner, key);
    if (test(found) && nameOf(value(owner, 'O')) === 'Table') return found;
  }
  return undefined;
}

/** The attribute objects of one owner each; revision numbers are left out. */
function ownersOf(object: PDFObject | undefined): PDFDict[] {
  const owners: PDFDict[] = [];
  for (const item of object instanceof PDFArray ? itemsOf(object) : [object]) {
    const owner = dictOf(item);
    if (owner) owners.push(owner);
  }
  return owners;
}

/** Writes an attribute of a cell in the place of what was said of it. */
function say({ dict }: Element, attributes: Record<string, number | string>): void {
  const { context } = dict;
  const owners = ownersOf(value(dict, 'A')).map((owner) => {
    if (!Object.keys(attributes).some((key) => raw(owner, key) !== undefined)) return owner;
    const rest = owner.clone(context);
    for (const key of Object.keys(attributes)) rest.delete(PDFName.of(key));
    return rest;
  });
  const own = context.obj({ O: 'Table' });
  for (const [key, said] of Object.entries(attributes))
    own.set(PDFName.of(key), typeof said === 'number' ? PDFNumber.of(said) : PDFName.of(said));
  dict.set(PDFName.of('A'), context.obj([...owners, own]));
}
