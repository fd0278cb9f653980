// Where the headings of a table stand and what its columns are read as.
import type { Unit } from '../../model/amounts.ts';
import { type Fields, fieldOf } from '../../model/fields.ts';
import { isOwn, type Meaning, meaningOf, ownMeaning, type Target, targetKey, unitIn } from './headings.ts';
import { plain, type Table, textAt } from './table.ts';
import { flagOf, markOf, yearIn } from './values.ts';

export interface Column extends Meaning {
  index: number;
  heading: string;
}

export interface Unread {
  index: number;
  heading: string;
  /** Two of its values */
  examples: string[];
  /** Of a column whose meaning another one has: that one's heading */
  same?: string;
}

/** A table with the meaning of its columns. */
export interface Mapped {
  table: Table;
  /** The rows of its headings, and the first behind them */
  first: number;
  from: number;
  columns: Column[];
  unread: Unread[];
  /** It came from our own export. */
  own: boolean;
  /** 年度 that its title or the sheet's name gives to columns without one */
  assumedYear?: string;
  /** The unit in its title */
  assumedUnit?: Unit;
}

/** Rows that are looked at for headings, and how many of them headings may take. */
const searched = 40;
const deepest = 3;

/** The meaning of a table's columns; undefined where no row is one of headings. */
export function mappedTable(table: Table, fields: Fields): Mapped | undefined {
  let width = 0;
  for (const cells of table.rows.values()) for (const column of cells.keys()) width = Math.max(width, column + 1);
  const rows = [...table.rows.keys()].filter((row) => (table.rows.get(row)?.size ?? 0) > 0).sort((a, b) => a - b);
  let best: { score: number; first: number; depth: number; parts: string[][] } | undefined;
  for (let depth = 1; depth <= deepest; depth += 1)
    for (const first of rows.slice(0, searched)) {
      if (!isHeadings(table, first, depth)) continue;
      const parts = headingParts(table, first, depth, width);
      const score = scoreOf(parts, fields) - opened(table, first, depth);
      if (score > (best?.score ?? 1)) best = { score, first, depth, parts };
    }
  return best && columnsOf(table, best, rows, fields);
}

/** What stands in the rows of headings above each column, from above; a heading of several columns is one of each. */
function headingParts(table: Table, first: number, depth: number, width: number): string[][] {
  const lines = Array.from({ length: depth }, (_, at) => first + at);
  const own = lines.map((row) => Array.from({ length: width }, (_, column) => textAt(table, row, column)));
  for (const { startRow, startCol, endRow, endCol } of table.merges)
    for (const row of lines.filter((one) => one >= startRow && one <= endRow))
      for (let column = startCol; column <= Math.min(endCol, width - 1); column += 1) {
        const line = own[row - first];
        // Below itself it says nothing new.
        if (line && startCol < endCol && row === startRow) line[column] = textAt(table, startRow, startCol);
      }
  // A text file has no merged cells: a heading reaches as far as nothing else stands beside it.
  if (table.merges.length === 0)
    for (const [at, line] of own.slice(0, -1).entries()) {
      if (line.filter((text) => text !== '').length < 2) continue;
      for (let column = 1; column < width; column += 1)
        if (line[column] === '' && own.slice(at + 1).some((below) => below[column] !== ''))
          line[column] = line[column - 1] ?? '';
    }
  return Array.from({ length: width }, (_, column) => own.flatMap((line) => line[column] || []));
}

/** Whether the rows below the first may be headings too: neither amounts nor sentences stand there. */
function isHeadings(table: Table, first: number, depth: number): boolean {
  const texts = Array.from({ length: depth - 1 }, (_, at) => textsIn(table, first + at + 1)).flat();
  return texts.every(
    (text) => text.length <= 30 && !text.includes('。') && !/^[\d,.]+$/.test(text.replace(/^20\d\d$/, '')),
  );
}

/** Headings that reach below the rows, or have headings below them that are not among the rows: less than one for a field. */
function opened({ rows, merges }: Table, first: number, depth: number): number {
  const last = first + depth - 1;
  const isOpen = merges.some(
    ({ startRow, endRow, startCol, endCol }) =>
      startRow >= first &&
      startRow <= last &&
      (endRow > last || (endRow === last && startCol < endCol && (rows.get(startRow)?.size ?? 0) > 1)),
  );
  return isOpen ? 0.5 : 0;
}

const hasYears = (parts: readonly string[][]): boolean => parts.some((one) => plain(one.join('')) === '年度');

/** Columns that mean something; none where no measure could be told from another. */
function scoreOf(parts: readonly string[][], fields: Fields): number {
  const long = hasYears(parts);
  const found = parts.flatMap((one) => meaningOf(one, long, fields) ?? []);
  const isNamed = found.some(
    ({ target }) =>
      target.to === 'number' || target.to === 'group' || (target.to === 'field' && target.field.property === 'title'),
  );
  return isNamed ? new Set(found.map(targetKey)).size : 0;
}

function columnsOf(
  table: Table,
  { first, depth, parts }: { first: number; depth: number; parts: string[][] },
  rows: readonly number[],
  fields: Fields,
): Mapped {
  const from = first + depth;
  const long = hasYears(parts);
  const headings = parts.map((one) => one.join(' '));
  const own = isOwn(headings);
  const body = rows.filter((row) => row >= from);
  const title = [table.sheet ?? '', ...rows.filter((row) => row < first).flatMap((row) => textsIn(table, row))];
  const assumedUnit = title.map((text) => unitIn(plain(text)).unit).find((unit) => unit !== undefined);
  const valuesOf = (index: number) => body.flatMap((row) => textAt(table, row, index) || []);
  const columns: Column[] = [];
  const unread: Unread[] = [];
  const leave = (index: number, heading: string, more: Pick<Unread, 'same'> = {}) =>
    unread.push({ index, heading, examples: [...new Set(valuesOf(index))].slice(0, 2), ...more });
  for (const [index, one] of parts.entries()) {
    const heading = headings[index] ?? '';
    const values = valuesOf(index);
    const meaning = own
      ? (ownMeaning(one.join('\n'), headings, fields) ?? planMeaning(heading, values) ?? indicatorsMeaning(heading))
      : (plansMeaning(parts, index, values) ?? cellsMeaning(meaningOf(one, long, fields), values, fields));
    if (meaning) columns.push({ ...meaning, index, heading });
    else if (heading !== '' || values.length > 0) leave(index, heading);
  }
  const mapped: Mapped = { table, first, from, columns: [], unread, own };
  if (assumedUnit !== undefined) mapped.assumedUnit = assumedUnit;
  const years = new Set(title.flatMap((text) => yearIn(text)?.year ?? []));
  const [assumed] = years.size === 1 ? years : [];
  const meant = titled(columns, fields);
  const best = mostUsual(meant);
  for (const column of meant) {
    const { index, heading, target, year } = column;
    const other = best.get(targetKey(column));
    if (other && other !== column && !mayRepeat(target)) leave(index, heading, { same: other.heading });
    else if (target.to !== 'year-field' || year !== undefined || long) mapped.columns.push(column);
    else if (assumed === undefined) leave(index, heading);
    else {
      mapped.assumedYear = assumed;
      mapped.columns.push({ ...column, year: assumed });
    }
  }
  unread.sort((a, b) => a.index - b.index);
  return mapped;
}

const textsIn = (table: Table, row: number): string[] =>
  [...(table.rows.get(row)?.keys() ?? [])].map((column) => textAt(table, row, column));

/** A column of 年度 alone: 項目 where marks stand in it, an amount where its unit is named, else 内容. */
function cellsMeaning(meaning: Meaning | undefined, values: readonly string[], fields: Fields): Meaning | undefined {
  if (meaning?.target.to !== 'year-cells') return meaning;
  const isMarked = values.length > 0 && values.every((value) => markOf(value) !== undefined);
  const property = meaning.unit !== undefined ? 'budget' : isMarked ? 'mark' : 'plan';
  return { ...meaning, target: { to: 'year-field', field: fieldOf(fields.year, property) } };
}

/** What our own export has besides its own headings. */
const planMeaning = (heading: string, values: readonly string[]): Meaning | undefined =>
  heading !== '' && values.every((value) => value === '○' || value === '×')
    ? { target: { to: 'plan', name: heading }, rank: 0 }
    : undefined;
/** An edition without 現状・実績・目標 has no heading for it. */
function indicatorsMeaning(heading: string): Meaning | undefined {
  return heading === '' ? { target: { to: 'indicators', labels: [] }, rank: 0 } : undefined;
}

/** Columns below 関連計画 in which ○ stands are one each. */
function plansMeaning(parts: readonly string[][], index: number, values: readonly string[]): Meaning | undefined {
  const [above = '', name] = parts[index] ?? [];
  const isBelow = /^(?:関連|関係)(?:する)?計画/.test(plain(above)) && name !== undefined;
  return isBelow && values.every((value) => flagOf(value) !== undefined)
    ? { target: { to: 'plan', name: name.replaceAll('\n', '') }, rank: 0 }
    : undefined;
}

/** Of a table without 取組 what is nearest to it is: 施策. */
function titled(columns: readonly Column[], fields: Fields): Column[] {
  const field = fieldOf(fields.measure, 'title');
  const isTitle = ({ target }: Column) => target.to === 'field' && target.field === field;
  const last = columns.findLast(({ target }) => target.to === 'group' && target.part !== 'number');
  if (columns.some(isTitle) || !last || columns.some(({ target }) => target.to === 'year')) return [...columns];
  return columns.map((column) => (column === last ? { ...column, target: { to: 'field', field } } : column));
}

/** Of columns for the same the one with the most usual word. */
function mostUsual(columns: readonly Column[]): Map<string, Column> {
  const best = new Map<string, Column>();
  for (const column of columns) {
    const known = best.get(targetKey(column));
    if (!known || column.rank < known.rank) best.set(targetKey(column), column);
  }
  return best;
}

/** Names may stand in several columns. */
const mayRepeat = (target: Target): boolean =>
  target.to === 'follows' || (target.to === 'field' && target.field.kind === 'names');
