// The whole edition as plain tables for those who count: one row a record, one value a cell, nothing merged, units in columns of
// their own.
import type { Edition } from '../model/edition.ts';
import { eraDate } from '../model/era-date.ts';
import { type Cell, type DataTable, dataTables } from './tables.ts';
import { type CellStyle, type NewBook, type NewSheet, writeBook } from './xlsx/write-book.ts';

const font = { name: 'BIZ UDPGothic', size: 10 };

/** The bytes of a spreadsheet file with the sheets 取組, 年度 and, where an amount has parts, 内訳. */
export function tableBook(edition: Edition): Promise<Uint8Array> {
  const { year, month } = eraDate(edition.revised) ?? { year: 2000, month: 1 };
  const book: NewBook = {
    title: `${edition.planName} ${edition.title}`,
    author: edition.publisher,
    date: new Date(Date.UTC(year, month - 1, 1)),
    font,
    sheets: dataTables(edition).map(tableSheet),
    names: [],
  };
  return writeBook(book);
}

const head: CellStyle = {
  font: { ...font, bold: true, family: 3, charset: 128 },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E9EDF2' } },
  alignment: { vertical: 'top', wrapText: true },
};
const text: CellStyle = { alignment: { vertical: 'top', wrapText: true }, numFmt: '@' };
const number: CellStyle = { alignment: { vertical: 'top' }, numFmt: '0' };

function tableSheet({ title, columns, rows }: DataTable): NewSheet {
  return {
    name: title,
    columns: columns.map(({ heading }, at) => ({ width: widthOf(heading, rows, at) })),
    rows: [
      columns.map(({ heading }) => ({ value: heading, style: head })),
      ...rows.map((row) =>
        row.map((value) => (value === '' ? undefined : { value, style: typeof value === 'number' ? number : text })),
      ),
    ],
    frozenRows: 1,
    headingRow: 0,
    filter: { rows: rows.length + 1, columns: columns.length },
  };
}

/** Wide enough for most of what stands there; what is longer is wrapped. */
function widthOf(heading: string, rows: readonly Cell[][], at: number): number {
  const longest = rows.reduce((most, row) => Math.max(most, ...lengths(String(row[at] ?? ''))), 0);
  return Math.min(Math.max(longest, ...lengths(heading)) + 3, 50);
}
const lengths = (value: string): number[] =>
  value.split('\n').map((line) => [...line].reduce((sum, sign) => sum + (sign > '\u02ff' ? 2 : 1), 0));
