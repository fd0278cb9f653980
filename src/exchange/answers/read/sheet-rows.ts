// The rows of a sheet that have a key: what stands in their 記入欄, and whether key, 項目 and いまの内容 belong together.
import type { Fields } from '../../../model/fields.ts';
import type { ReadSheet } from '../../xlsx/book.ts';
import { beside } from './beside.ts';
import { columnsOf, headingRows, keyedCells } from './columns.ts';
import { type BaseRows, KeyedRow, mergesByRow, type Place } from './keyed-row.ts';
import { mixedUp, withoutColumns } from './mixed-up.ts';
import type { Finding } from './told.ts';

export interface SheetRows {
  /** Where answers stand that can be believed */
  places: Place[];
  /** Keys of the base that stand in the sheet, believed or not */
  seen: string[];
  findings: Finding[];
}

/** Undefined for a sheet without keys. */
export function sheetRows(sheet: ReadSheet, base: BaseRows, fields: Fields): SheetRows | undefined {
  const keyed = keyedCells(sheet, base.rows);
  if (keyed.length === 0) return undefined;
  const headings = headingRows(sheet, keyed);
  const columns = columnsOf(sheet, keyed, headings);
  const merges = mergesByRow(sheet);
  const rows = keyed.map((key) => new KeyedRow(sheet, key, columns(key), merges.get(key.row) ?? []));
  const known = rows.filter((row) => row.base);
  const findings = rows.flatMap((row) => row.unknown(base));
  const seen = known.map(({ key }) => key.text);
  const unclear = withoutColumns(sheet, known);
  if (unclear) return { places: [], seen, findings: [...findings, unclear] };
  findings.push(...beside(sheet, rows, headings, base.around));
  const mixed = mixedUp(sheet, known, base, fields);
  if (mixed) return { places: [], seen, findings: [...findings, mixed] };
  const places = known.flatMap((row) => {
    const problem = row.problem(base);
    if (problem) findings.push(problem);
    return problem?.severity === 'error' ? [] : row.places(findings);
  });
  return { places, seen, findings };
}
