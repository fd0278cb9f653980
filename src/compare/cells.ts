import type { Budget, Measure } from '../model/edition.ts';
import { oneLine } from '../model/names.ts';
import { type MeasureField, measureFields, type YearField, yearFields } from './change.ts';

/** One value of a measure: what its file says in effect, however it is written. A blank cell has none. */
export interface Cell {
  field: MeasureField;
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
export function inSheetOrder<T extends { field: MeasureField; year?: string }>(
  cells: readonly T[],
  years: readonly string[],
): T[] {
  const column = ({ field }: T) => measureFields.indexOf(field);
  const first = measureFields.indexOf(yearFields[0]);
  const place = (cell: T) => (cell.year === undefined ? column(cell) : first);
  const yearAt = ({ year }: T) => (year === undefined ? -1 : years.indexOf(year));
  return [...cells].sort((a, b) => place(a) - place(b) || yearAt(a) - yearAt(b) || column(a) - column(b));
}

/** All that a measure says by itself; what follows from its target (再掲) or from its sheet (一覧表) is left out. */
export function cellsOf(measure: Measure, target: Measure | undefined, years: readonly string[]): Cell[] {
  const cells: Cell[] = [];
  const put = (field: MeasureField, value: Value | undefined, year?: string) => {
    if (value) cells.push({ field, ...(year === undefined ? {} : { year }), value });
  };
  const text = (value: string | undefined): Value | undefined => (value ? { type: 'text', text: value } : undefined);
  const choice = (value: string | undefined): Value | undefined =>
    value ? { type: 'choice', text: value } : undefined;
  const names = (value: readonly string[] | undefined): Value | undefined =>
    value ? { type: 'list', names: value } : undefined;
  const own = <T>(value: T, inherited: T | undefined): T | undefined =>
    JSON.stringify(value) === JSON.stringify(inherited) ? undefined : value;
  const of = measure.reprintOf === undefined ? undefined : target;

  put('区分', choice(measure.kind));
  put('再掲', choice(measure.reprintOf));
  put('取組', text(own(measure.title, of?.title)));
  put('担当局・部', names(own(measure.departments, of?.departments ?? [])));
  put('担当課', names(own(measure.sections, of?.sections ?? [])));
  put('取組内容', text(measure.description));
  put('効果・KPI', text(measure.effect));
  put('現状・実績・目標', text(measure.indicators));
  for (const year of years) {
    const entry = measure.schedule[year];
    put('項目', choice(entry?.mark), year);
    put('内容', text(entry?.plan), year);
    put('予算額', entry?.budget === undefined ? undefined : { type: 'budget', budget: entry.budget }, year);
    put('事業実績', text(entry?.result), year);
  }
  put('関連計画', names(measure.relatedPlans));
  put('一覧表・取組事項', text(own(measure.overviewTitle, overviewTitle(measure, of))));
  put('一覧表・担当課', text(own(measure.overviewSection, overviewSection(measure, of))));
  return inSheetOrder(cells, years);
}

/** What the overview shows unless 一覧表 says otherwise (src/content/model.ts). */
export const overviewTitle = (measure: Measure, target: Measure | undefined): string =>
  target && measure.title === target.title ? target.overviewTitle : oneLine(measure.title);
export const overviewSection = (measure: Measure, target: Measure | undefined): string =>
  target && JSON.stringify(measure.sections) === JSON.stringify(target.sections)
    ? target.overviewSection
    : measure.sections.join('、');

export const isYearField = (field: string): field is YearField => (yearFields as readonly string[]).includes(field);
