// A city's own table, whatever file it came from.
import type { Severity } from '../../model/words.ts';
import { cellName, columnName, type ReadCell, type ReadSheet } from '../xlsx/book.ts';

export interface Table extends Pick<ReadSheet, 'rows' | 'merges'> {
  /** As the user named it */
  file: string;
  /** Of a workbook */
  sheet?: string;
  /** Of a text: the line in which a row begins, from 1 */
  lineOf?: (row: number) => number;
}

/** What is told of a place of a table. */
export interface Remark {
  severity: Severity;
  place: string;
  message: string;
}

/** A table with what is to be told of it. */
export interface Telling {
  table: Table;
  tell(severity: Severity, row: number, column: number | undefined, message: string): void;
}

export const tableName = ({ file, sheet }: Table): string => (sheet === undefined ? file : `${file} ${sheet}`);

/** ファイル.xlsx シート!B7, or ファイル.csv:12 B列 */
export function placeAt({ file, sheet, lineOf }: Table, row: number, column?: number): string {
  if (sheet !== undefined)
    return `${file} ${sheet}!${column === undefined ? `${row + 1}:${row + 1}` : cellName(row, column)}`;
  const place = `${file}:${lineOf?.(row) ?? row + 1}`;
  return column === undefined ? place : `${place} ${columnName(column)}列`;
}

/** What a cell shows, without blanks around its lines; '' for a blank one. */
export function textAt({ rows }: Pick<Table, 'rows'>, row: number, column: number): string {
  const cell = rows.get(row)?.get(column);
  return cell === undefined ? '' : textOf(cell);
}

export function textOf({ value, shown }: ReadCell): string {
  if (typeof value === 'string') return tidy(value);
  if (typeof value === 'object') return shown ?? value.date.replace(/T00:00:00$/, '');
  return shown ?? String(value).toUpperCase();
}

/** Line ends are \n; blanks at the ends of lines and blank lines around the text are none of it. */
function tidy(text: string): string {
  const lines = text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .split('\n')
    .map((line) => line.trimEnd());
  const isFilled = (line: string) => line !== '';
  const filled = lines.slice(lines.findIndex(isFilled), lines.findLastIndex(isFilled) + 1);
  return filled.length === 1 ? (filled[0] ?? '').trim() : filled.join('\n');
}

/** Headings and signs however they are typed: full-width or not, with blanks or without. */
export const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[\s\p{Cf}]/gu, '');

/** A value in 「」, cut where it is long. */
export function quoted(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return `「${[...line].length > 30 ? `${[...line].slice(0, 30).join('')}…` : line}」`;
}
