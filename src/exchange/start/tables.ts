// The tables of a file, whatever it is: a workbook or a text.
import { UserError } from '../../diagnostics/user-error.ts';
import { BookProblem, readBook } from '../xlsx/read-book.ts';
import { csvTable, decodedText } from './csv-table.ts';
import type { Remark, Table } from './table.ts';

/** Bytes of a text that is looked at */
const largestText = 32 * 1024 ** 2;

/** `file`: as users are told its name. Throws UserError for what is neither. */
export async function tablesOf(file: string, bytes: Uint8Array): Promise<{ tables: Table[]; remarks: Remark[] }> {
  try {
    const { sheets } = await readBook(bytes);
    const shown = sheets.filter(({ hidden }) => !hidden);
    const remarks = sheets.flatMap(({ name, hidden }): Remark[] =>
      hidden ? [{ severity: 'warning', place: `${file} ${name}`, message: '隠れているシートは読んでいません。' }] : [],
    );
    return { tables: shown.map(({ name, rows, merges }) => ({ file, sheet: name, rows, merges })), remarks };
  } catch (error) {
    if (!(error instanceof BookProblem)) throw error;
    const text =
      (error.refusal === 'csv' || error.refusal === 'unknown') && bytes.length <= largestText
        ? decodedText(bytes)
        : undefined;
    if (text === undefined) throw new UserError(`「${file}」は、${error.message}${error.hint}`);
    const { table, remarks } = csvTable(file, text);
    return { tables: [table], remarks };
  }
}
