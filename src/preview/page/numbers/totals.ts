import { sumOf } from '../../../model/amounts.ts';
import { unfillable, unfilledByNumber, unfilledName } from '../../../model/due.ts';
import type { EditionData, MeasureData, YearData } from '../../../model/edition-json.ts';
import { withoutRole } from '../../../model/names.ts';
import { blank, choicesOf, inUsualOrder, markName } from '../side/filters.ts';

/** A table of numbers: one row a name, one column a heading. */
export interface Totals {
  columns: string[];
  rows: { name: string; values: number[] }[];
}

/** Which measures are counted; rows and columns are those of all, so that they stay where they are. */
export type Counts = (measure: MeasureData) => boolean;

const every: Counts = () => true;

/** 千円; "—" and blank cells are 0, parts are added up. */
export const amountOf = (budget: YearData['予算額']): number =>
  sumOf(Array.isArray(budget) ? budget.map(({ 区分, 額 }) => ({ label: 区分, amount: 額 })) : budget);

/** 予算額 in 千円: one row a 大項目, one column a 年度. A 再掲 has none of its own. */
export function budgetTotals({ 年度, 取組 }: EditionData, counts = every): Totals {
  return {
    columns: 年度,
    rows: byCategory(取組, counts).map(([name, own]) => ({
      name,
      values: 年度.map((year) => sum(own.map((measure) => amountOf(entryOf(measure, year)?.予算額 ?? null)))),
    })),
  };
}

/** Number of measures, 再掲 among them: one row a 大項目, one column a 区分. */
export function kindTotals({ 取組 }: EditionData, counts = every): Totals {
  const columns = [...new Set(取組.map(({ 区分 }) => 区分))];
  return {
    columns,
    rows: byCategory(取組, counts).map(([name, own]) => ({
      name,
      values: columns.map((kind) => own.filter(({ 区分 }) => 区分 === kind).length),
    })),
  };
}

/** Number of 再掲: one for each 大項目, in the order of kindTotals(). */
export const reprintTotals = ({ 取組 }: EditionData, counts = every): number[] =>
  byCategory(取組, counts).map(([, own]) => own.filter(({ 再掲 }) => 再掲 !== null).length);

/** Number of measures: one row a mark of 項目, one column a 年度; a 再掲 has no schedule. */
export function markTotals(edition: EditionData, counts = every): Totals {
  const { 年度, 取組 } = edition;
  const own = 取組.filter(({ スケジュール }) => スケジュール !== null);
  const markOf = (measure: MeasureData, year: string) => entryOf(measure, year)?.項目 ?? blank;
  const used = new Set(own.flatMap((measure) => 年度.map((year) => markOf(measure, year))));
  const hasBlank = used.delete(blank);
  return {
    columns: 年度,
    rows: [...inUsualOrder([...used]), ...(hasBlank ? [blank] : [])].map((mark) => ({
      name: markName(edition, mark),
      values: 年度.map((year) => own.filter((measure) => counts(measure) && markOf(measure, year) === mark).length),
    })),
  };
}

/**
 * Number of measures that lack something: one row a 課 that has any, a last one of all measures, each once; one column for
 * each thing that may be lacking, a last one for any of them.
 */
export function unfilledTotals(edition: EditionData, counts = every): Totals {
  const names = unfillable(edition);
  const lacking = unfilledByNumber(edition);
  const open = edition.取組.filter(counts).flatMap((measure) => {
    const cells = lacking.get(measure.番号);
    return cells ? [{ sections: measure.担当課.map(withoutRole), lacks: cells.map(unfilledName) }] : [];
  });
  const row = (name: string, own: typeof open) => ({
    name,
    values: [...names.map((wanted) => own.filter(({ lacks }) => lacks.includes(wanted)).length), own.length],
  });
  return {
    columns: [...names, 'いずれか'],
    rows: [
      ...choicesOf(edition).sections.flatMap((section) => {
        const own = open.filter(({ sections }) => sections.includes(section));
        return own.length > 0 ? [row(section, own)] : [];
      }),
      row('計', open),
    ],
  };
}

/** The sums of the columns. */
export const columnSums = ({ columns, rows }: Totals): number[] =>
  columns.map((_, index) => sum(rows.map(({ values }) => values[index] ?? 0)));

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const entryOf = ({ スケジュール }: MeasureData, year: string) => スケジュール?.find((entry) => entry.年度 === year);

function byCategory(measures: readonly MeasureData[], counts: Counts): [name: string, own: MeasureData[]][] {
  const categories = new Map<string, MeasureData[]>();
  for (const measure of measures) {
    const name = `${measure.大項目.番号} ${measure.大項目.名称}`;
    categories.set(name, [...(categories.get(name) ?? []), ...(counts(measure) ? [measure] : [])]);
  }
  return [...categories];
}
