import type { Annex } from '../annex.ts';
import { bytesOf, dictOf, itemsOf, nameOf, numberOf, value } from '../source/file.ts';
import { PDFArray, type PDFDict, PDFName, type PDFObject, PDFRef } from '../source/pdf.ts';
import type { Element } from '../tags/structure.ts';

/** A cell of a table of the structure tree. */
interface Cell {
  isHeader: boolean;
  id: string | undefined;
  /** Of a header */
  scope: string | undefined;
  /** IDs that the cell names. */
  headers: string[];
  rows: number;
  columns: number;
}
/** The rows of a table, each its cells. */
export type Table = Cell[][];
type Structure = NonNullable<Annex['structure']>;

/** Elements that the rules look through: those that mean nothing, and those that will be written as such. */
export const transparent = new Set(['NonStruct', 'Div', 'Part', 'Form', 'Annot']);
/** Cells that one table may have to be looked at: far more is a span without sense. */
const most = 4_000_000;

/** The elements below one, those that mean nothing looked through. */
function elementsBelow(element: Element, found: Element[] = []): Element[] {
  for (const kid of element.kids)
    if (kid.kind === 'element') {
      if (transparent.has(kid.element.standard)) elementsBelow(kid.element, found);
      else found.push(kid.element);
    }
  return found;
}

export function tableOf(element: Element, structure: Structure): Table {
  const rows = elementsBelow(element).flatMap((kid) =>
    kid.standard === 'TR' ? [kid] : /^T(Head|Body|Foot)$/.test(kid.standard) ? elementsBelow(kid) : [],
  );
  return rows
    .filter(({ standard }) => standard === 'TR')
    .map((row) =>
      elementsBelow(row).flatMap((cell) => (/^T[HD]$/.test(cell.standard) ? [cellOf(cell, structure)] : [])),
    );
}

/** Names of table attributes: the library takes long to make one of a string. */
const [owner, scopeName, headersName, rowsName, columnsName] = ['O', 'Scope', 'Headers', 'RowSpan', 'ColSpan'].map(
  (name) => PDFName.of(name),
) as [PDFName, PDFName, PDFName, PDFName, PDFName];
const ofTables = PDFName.of('Table');

function cellOf(element: Element, { classes }: Structure): Cell {
  const { dict, id, standard } = element;
  const cell: Cell = { isHeader: standard === 'TH', id, scope: undefined, headers: [], rows: 1, columns: 1 };
  // The element's own go before those of its classes.
  if (classes) for (const attributes of classesOf(dict, classes).reverse()) note(cell, attributes);
  const own = value(dict, 'A');
  if (own) for (const attributes of ownersIn(own).reverse()) note(cell, attributes);
  return cell;
}

function note(cell: Cell, attributes: PDFDict): void {
  const scope = nameOf(lookedUp(attributes, scopeName));
  if (scope !== undefined) cell.scope = scope;
  const headers = lookedUp(attributes, headersName);
  if (headers instanceof PDFArray) cell.headers = itemsOf(headers).flatMap((header) => bytesOf(header) ?? []);
  const [rows, columns] = [spanIn(attributes, rowsName), spanIn(attributes, columnsName)];
  if (rows !== undefined) cell.rows = rows;
  if (columns !== undefined) cell.columns = columns;
}

const lookedUp = (dict: PDFDict, name: PDFName): PDFObject | undefined => {
  const found = dict.get(name);
  return found instanceof PDFRef ? dict.context.lookup(found) : found;
};
function spanIn(attributes: PDFDict, name: PDFName): number | undefined {
  const found = numberOf(lookedUp(attributes, name));
  return Number.isInteger(found) ? found : undefined;
}

/** The table attributes among the owners of an attribute entry (ISO 32000-1, 14.7.5). */
function ownersIn(object: PDFObject | undefined): PDFDict[] {
  const owners: PDFDict[] = [];
  for (const item of object instanceof PDFArray ? itemsOf(object) : [object]) {
    const found = dictOf(item);
    if (found?.get(owner) === ofTables) owners.push(found);
  }
  return owners;
}

const classesOf = (dict: PDFDict, classes: PDFDict): PDFDict[] => {
  const named = value(dict, 'C');
  const names = named instanceof PDFArray ? itemsOf(named) : [named];
  return names.flatMap((name) => ownersIn(name && value(classes, nameOf(name) ?? '')));
};

/** The cell at each place of the grid, by row and column; undefined where the grid is none (ISO 14289-1, 7.2). */
export function gridOf(table: Table): Cell[][] | undefined {
  const columns = (table[0] ?? []).reduce((sum, cell) => sum + cell.columns, 0);
  let rows = 0;
  for (let row = 0; row < table.length; row += 1) {
    const first = table[row]?.[0]?.rows;
    if (first === undefined) continue;
    rows += first;
    row += Math.max(0, first - 1);
  }
  if (rows === 0) return [];
  if (rows < 0 || columns < 0 || rows * columns > most) return undefined;
  const grid = Array.from({ length: rows }, () => new Array<Cell | undefined>(columns));
  for (const [row, cells] of table.entries()) {
    let column = 0;
    for (const cell of cells) {
      while (grid[row]?.[column]) column += 1;
      if (column + cell.columns > columns || row + cell.rows > rows) return undefined;
      for (let below = row; below < row + cell.rows; below += 1)
        for (let right = column; right < column + cell.columns; right += 1) {
          const line = grid[below] as (Cell | undefined)[];
          if (line[right]) return undefined;
          line[right] = cell;
        }
      column += cell.columns;
    }
  }
  const isFull = grid.every((line) => !line.includes(undefined));
  return isFull ? (grid as Cell[][]) : undefined;
}

/** Whether a table with a grid has a cell that no header is known of (ISO 14289-1, 7.5). */
export function undescribed(table: Table, grid: Cell[][]): boolean {
  const headers = table.flat().filter(({ isHeader }) => isHeader);
  if (headers.every(({ scope }) => scope !== undefined)) return false;
  const ids = new Set(headers.flatMap(({ id }) => id ?? []));
  const isHeaded = (row: number, column: number, cell: Cell) => {
    if (cell.headers.length > 0 && cell.headers.every((header) => ids.has(header))) return true;
    const heads = (found: Cell | undefined, scope: string) =>
      found?.isHeader === true && (found.scope === 'Both' || found.scope === scope);
    for (let right = column; right < column + cell.columns; right += 1)
      if (
        leads(
          row,
          (up) => grid[up]?.[right],
          (found) => heads(found, 'Column'),
        )
      )
        return true;
    for (let down = row; down < row + cell.rows; down += 1)
      if (
        leads(
          column,
          (left) => grid[down]?.[left],
          (found) => heads(found, 'Row'),
        )
      )
        return true;
    return false;
  };
  const seen = new Set<Cell>();
  return grid.some((line, row) =>
    line.some((cell, column) => {
      if (seen.has(cell)) return false;
      seen.add(cell);
      return !cell.isHeader && !isHeaded(row, column, cell);
    }),
  );
}

/** Whether one goes from `from` back to a header: past cells, then through the headers that stand together. */
function leads(
  from: number,
  at: (place: number) => Cell | undefined,
  heads: (cell: Cell | undefined) => boolean,
): boolean {
  let found = false;
  for (let place = from - 1; place >= 0; place -= 1) {
    const cell = at(place);
    if (heads(cell)) return true;
    if (cell?.isHeader) found = true;
    else if (found) return false;
  }
  return false;
}
