import { type Field, type Fields, fieldOf } from '../model/fields.ts';
import type { Budget, Measure } from '../model/measure.ts';
import { inOneLine } from '../model/names.ts';

/** One value of a measure: what its file says in effect, however it is written. A blank cell has none. */
export interface Cell {
  /** The field's name: 取組内容, 一覧表・担当課 */
  field: string;
  year?: string;
  value: Value;
}
export type Value =
  | { type: 'text'; text: string }
  | { type: 'choice'; text: string }
  | { type: 'list'; names: readonly string[] }
  | { type: 'budget'; budget: Budget };

/** "field" or "field/year": one cell of a sheet. */
export const keyOf = ({ field, year }: { field: string; year?: string }): string =>
  year === undefined ? field : `${field}/${year}`;

/** In the order of the sheet: its columns, the schedule year after year. */
export function inSheetOrder<T extends { field: string; year?: string }>(
  cells: readonly T[],
  years: readonly string[],
  { measure, year }: Fields,
): T[] {
  const places = new Map(measure.map(({ name }, index) => [name, index]));
  const schedule = measure.findIndex(({ kind }) => kind === 'years');
  const within = new Map(year.map(({ name }, index) => [name, index]));
  const place = (cell: T) => (cell.year === undefined ? (places.get(cell.field) ?? 0) : schedule);
  const yearAt = (cell: T) => years.indexOf(cell.year as string);
  const column = (cell: T) => within.get(cell.field) ?? 0;
  return [...cells].sort((a, b) => place(a) - place(b) || yearAt(a) - yearAt(b) || column(a) - column(b));
}

/** All that a measure says by itself; what follows from its target (再掲) or from its sheet (一覧表) is left out. */
export function cellsOf(
  measure: Measure,
  target: Measure | undefined,
  years: readonly string[],
  fields: Fields,
): Cell[] {
  const of = measure.reprintOf === undefined ? undefined : target;
  return fields.measure.flatMap((field): Cell[] => {
    if (field.property === 'id') return [];
    if (field.kind === 'years')
      return years.flatMap((year) =>
        fields.year.flatMap(({ name, property, kind }) => {
          const value = cellValue(kind, measure.schedule[year]?.[property]);
          return value ? [{ field: name, year, value }] : [];
        }),
      );
    const own = measure[field.property];
    const expected = expectedOf(field, measure, of, fields);
    // Most fields are not expected from elsewhere: their texts need no look.
    const inherited = expected !== undefined && JSON.stringify(own) === JSON.stringify(expected);
    const value = inherited ? undefined : cellValue(field.kind, own);
    return value ? [{ field: field.name, value }] : [];
  });
}

/** What a field says unless the measure's file says otherwise: see src/content/edition-of.ts. */
export function expectedOf(
  field: Field<keyof Measure>,
  measure: Measure,
  target: Measure | undefined,
  fields: Fields,
): unknown {
  if (field.follows === undefined) return field.reprint === 'may' ? (target?.[field.property] ?? []) : undefined; // names that nothing gives are none
  const { property } = fieldOf(fields.measure, field.follows);
  const [own, others] = [measure[property], target?.[property]];
  if (target && JSON.stringify(own) === JSON.stringify(others)) return target[field.property];
  return inOneLine(own as string | string[]);
}

/** A value as a measure has it: the inverse of cellValue. */
export const bareValue = (value: Value): string | readonly string[] | Budget =>
  value.type === 'list' ? value.names : value.type === 'budget' ? value.budget : value.text;

function cellValue(kind: Field['kind'], value: unknown): Value | undefined {
  if (value === undefined || value === '') return undefined;
  if (kind === 'names' || kind === 'flags') return { type: 'list', names: value as string[] };
  if (kind === 'budget') return { type: 'budget', budget: value as Budget };
  return { type: kind === 'text' ? 'text' : 'choice', text: String(value) };
}
