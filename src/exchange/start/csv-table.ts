import { CsvError, parse } from 'csv-parse/sync';
import type { ReadCell } from '../xlsx/book.ts';
import type { Remark, Table } from './table.ts';

/** The text of a file as spreadsheets save it: UTF-8, UTF-16, or else the code page of Japanese systems. Undefined: no text. */
export function decodedText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const utf16 =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
  for (const encoding of utf16 ? [utf16] : ['utf-8', 'shift_jis'])
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes('\0') ? undefined : text;
    } catch {}
  return undefined;
}

interface Row {
  /** In which it begins, from 1 */
  line: number;
  cells: string[];
}

/** A table of a text whose cells are parted by commas, tabs or semicolons. */
export function csvTable(file: string, text: string): { table: Table; remarks: Remark[] } {
  const { rows, open } = rowsOf(text, delimiterOf(text));
  const remarks: Remark[] = [];
  if (open !== undefined)
    remarks.push({
      severity: 'error',
      place: `${file}:${open}`,
      message: 'この行で始まる " が閉じられていません。ファイルが途中で切れていないかを確かめてください。',
    });
  const cells = (row: Row): ReadonlyMap<number, ReadCell> =>
    new Map(
      row.cells.flatMap((value, column): [number, ReadCell][] =>
        value === '' ? [] : [[column, { value: unescaped(value) }]],
      ),
    );
  return {
    table: {
      file,
      rows: new Map(rows.map((row, index) => [index, cells(row)])),
      merges: [],
      lineOf: (row) => rows[row]?.line ?? 1,
    },
    remarks,
  };
}

/** What our own export puts in front of what a spreadsheet would take for a formula. */
const unescaped = (value: string): string => (/^'[=+\-@\t\r]/.test(value) ? value.slice(1) : value);

/** Of the signs that stand outside quotes the one that is there most. */
function delimiterOf(text: string): string {
  const counts = new Map([',', '\t', ';'].map((sign) => [sign, 0]));
  let quoted = false;
  for (const sign of text.slice(0, 20_000)) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** `open`: where the row begins that has a quote which nothing closes; with it ends what can be read. */
function rowsOf(text: string, delimiter: string): { rows: Row[]; open?: number } {
  const rows: Row[] = [];
  let line = 1;
  try {
    parse(text.replaceAll(/\r\n?/g, '\n'), {
      ...{ delimiter, record_delimiter: '\n', relax_column_count: true, relax_quotes: true },
      on_record(cells: string[], { lines }) {
        rows.push({ line, cells });
        line = lines + 1;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED')) throw error;
    return { rows, open: line };
  }
  return { rows };
}
