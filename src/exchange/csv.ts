import { stringify } from 'csv-stringify/sync';
import { numberCells } from '../model/numbers.ts';
import type { Cell, DataTable } from './tables.ts';

/** By the heading of the column */
export type Row = Record<string, Cell>;

export const tableCsv = ({ columns, rows }: DataTable): string =>
  written([columns.map(({ heading }) => heading), ...rows]);

/** Without `columns` they are those of the rows. */
export function csv(rows: Row[], columns: readonly string[] = Object.keys(rows[0] ?? {})): string {
  return written([columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]);
}

/** 番号 in three columns: spreadsheets would take 1-1-2 for a date. */
export function numberColumns(number: string): { 大項目: number; 中項目: number; 小項目: number } {
  const [category, group, item] = numberCells(number).map(Number) as [number, number, number];
  return { 大項目: category, 中項目: group, 小項目: item };
}

/** UTF-8 with BOM, CRLF, RFC 4180: what spreadsheets open without asking. */
function written(lines: readonly (readonly Cell[])[]): string {
  // quoted_match: a line break inside a cell is LF, which is not the delimiter and would not be quoted by itself.
  return stringify(lines as Cell[][], {
    bom: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    escape_formulas: true,
  });
}
