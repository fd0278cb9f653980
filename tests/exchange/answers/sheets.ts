// Answer workbooks in memory, as they are laid out, to be treated as writers treat them.
import type { Base } from '../../../src/exchange/answers/base.ts';
import { baseOfEdition } from '../../../src/exchange/answers/send/base-of.ts';
import { workbookOf } from '../../../src/exchange/answers/send/workbook.ts';
import type { ReadBook, ReadCell, ReadSheet } from '../../../src/exchange/xlsx/book.ts';
import { type Edition, measuresOf } from '../../../src/model/edition.ts';

export interface Cells extends ReadSheet {
  name: string;
  hidden: boolean;
  rows: Map<number, Map<number, ReadCell>>;
  merges: { startRow: number; startCol: number; endRow: number; endCol: number }[];
}
export interface Book extends ReadBook {
  sheets: Cells[];
}

/** The workbook of an edition, or of some of its measures. */
export function bookOf(
  edition: Edition,
  { only, openYears }: { only?: readonly string[]; openYears?: string[] } = {},
): { base: Base; book: Book } {
  const numbers = only ?? measuresOf(edition).map(({ id }) => id);
  const base = baseOfEdition({ edition, digest: '00', numbers, sections: ['窓口課'], openYears });
  const { sheets } = workbookOf({ base, edition, names: { sections: ['窓口課'], departments: [] } });
  return {
    base,
    book: {
      sheets: sheets.map(({ name, hidden = false, rows }) => ({
        name,
        hidden,
        merges: [],
        rows: new Map(
          rows.map((cells, row) => [
            row,
            new Map(
              cells.flatMap((cell, column) =>
                cell?.value === undefined || cell.value === '' ? [] : [[column, { value: cell.value }] as const],
              ),
            ),
          ]),
        ),
      })),
    },
  };
}
