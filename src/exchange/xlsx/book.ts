// What the rest of the program knows of a spreadsheet file. Only write-book.ts and read-book.ts know the library.

/** A workbook as it was read: what stands in its cells. Rows and columns count from 0. */
export interface ReadBook {
  sheets: readonly ReadSheet[];
}

export interface ReadSheet {
  name: string;
  hidden: boolean;
  /** By row, then by column; blank cells have no entry. */
  rows: ReadonlyMap<number, ReadonlyMap<number, ReadCell>>;
  /** Cells that are one: rows and columns of the first and of the last cell */
  merges: readonly { startRow: number; startCol: number; endRow: number; endCol: number }[];
  /** Cells that have a comment, B7: what it says is not read. */
  comments?: readonly string[];
}

export interface ReadCell {
  /**
   * What was typed, or came of a formula: a text (line breaks are \n, without phonetic guides, rich text as one), a number
   * (percent as a fraction), a truth value, or a day and time of the spreadsheet, whatever its date system is.
   */
  value: string | number | boolean | SheetDate;
  /** A formula stands there, whose last result `value` is; without the = in front. */
  formula?: string;
  /** `value` is an error: #REF!, or the formula itself, with =, where the program that wrote it did not calculate. */
  error?: true;
  /** Its number format, where it has one other than General and @: "#,##0", "m/d", "0%" */
  format?: string;
  /** How the spreadsheet shows a number or a date by that format, where that can be told */
  shown?: string;
}

/** A date without a time zone: 2026-03-04T00:00:00 */
export interface SheetDate {
  date: string;
}

/** "B" of column 1. */
export function columnName(column: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
}

/** "B7" of row 6, column 1. */
export const cellName = (row: number, column: number): string => `${columnName(column)}${row + 1}`;
