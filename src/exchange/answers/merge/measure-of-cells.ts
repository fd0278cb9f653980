import { bareValue, type Cell, cellsOf } from '../../../compare/cells.ts';
import type { Fields } from '../../../model/fields.ts';
import type { Measure } from '../../../model/measure.ts';
import { inOneLine } from '../../../model/names.ts';

/** A measure of its own that has these cells, as far as they go: the inverse of cellsOf. */
export function measureOfCells(id: string, cells: readonly Cell[], years: readonly string[], fields: Fields): Measure {
  const record: Record<string, unknown> = { id };
  const schedule: Record<string, Record<string, unknown>> = Object.fromEntries(years.map((year) => [year, {}]));
  for (const { field, year, value } of cells) {
    const known = (year === undefined ? fields.measure : fields.year).find(({ name }) => name === field);
    if (!known) continue;
    if (year === undefined) record[known.property] = bareValue(value);
    else {
      schedule[year] ??= {};
      schedule[year][known.property] = bareValue(value);
    }
  }
  for (const { property, kind, required, follows } of fields.measure) {
    if (kind === 'years') record[property] = schedule;
    else if (required) record[property] ??= kind === 'names' ? [] : '';
    // Fields that others follow stand before them.
    if (follows !== undefined) record[property] ??= inOneLine(record[follows] as string | string[]);
  }
  return record as unknown as Measure;
}

export const ownCells = (measure: Measure, years: readonly string[], fields: Fields): Cell[] =>
  cellsOf(measure, undefined, years, fields);
