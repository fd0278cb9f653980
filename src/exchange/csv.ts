import { stringify } from 'csv-stringify/sync';
import { type Edition, measuresOf } from '../model/edition.ts';
import { isoDate } from '../model/edition-json.ts';
import type { Field } from '../model/fields.ts';
import type { Budget, Measure } from '../model/measure.ts';
import { oneLine } from '../model/names.ts';
import { numberCells } from '../model/numbers.ts';

type Cell = string | number;
/** By the heading of the column */
export type Row = Record<string, Cell>;

export const measuresCsv = (edition: Edition): string => csv(measureRows(edition));

/**
 * One row for each measure, in the edition's order; the columns are the sheet's headings. The number stands in three
 * columns, as in the sheet.
 */
export function measureRows(edition: Edition): Row[] {
  const titles = new Map(measuresOf(edition).map(({ id, title }) => [id, oneLine(title)]));
  const columns = inCsvOrder(
    edition.fields.measure.filter(({ property, kind }) => property !== 'id' && kind !== 'years'),
  );
  const cells = (measure: Measure): Row =>
    Object.fromEntries(
      columns.flatMap((field): [string, Cell][] => {
        const value = measure[field.property];
        if (field.kind === 'flags') return edition.relatedPlans.map((plan) => [plan, flag(measure, plan)]);
        // The title keeps the number from being read as a date.
        if (field.kind === 'number')
          return [[headingOf(field, edition), value ? `${value} ${titles.get(String(value)) ?? ''}` : '']];
        return [[headingOf(field, edition), Array.isArray(value) ? value.join('\n') : String(value ?? '')]];
      }),
    );
  return edition.categories.flatMap((category) =>
    category.groups.flatMap((group) =>
      group.measures.map((measure) => ({
        ...numberColumns(measure.id),
        大項目の名称: category.name,
        中項目の名称: group.name,
        ...cells(measure),
        ...source(edition),
      })),
    ),
  );
}

/** The heading of a field's column; that of the indicators names their years, as the sheet does. */
const headingOf = ({ csv, key, property }: Field, { indicatorYears }: Edition): string =>
  property === 'indicators' ? indicatorYears.map(({ label, year }) => `${label}(${year})`).join('・') : (csv ?? key);

/** The sheet's order, but for fields that stand behind another one in CSV. */
function inCsvOrder<F extends Field>(fields: readonly F[]): F[] {
  const [moved, ordered] = [true, false].map((wish) =>
    fields.filter(({ csvBehind }) => (csvBehind !== undefined) === wish),
  ) as [F[], F[]];
  return ordered.flatMap((field) => [
    field,
    ...moved.filter(({ csvBehind }) => csvBehind === field.key && field.within === undefined),
  ]);
}

export const yearsCsv = (edition: Edition): string => csv(yearRows(edition, budgetCells));

/** How a table has an amount, `key` being its field's. */
export type BudgetCells = (key: string, budget: Budget | undefined) => [string, Cell][];

/** In 千円 */
const budgetCells: BudgetCells = (key, budget) => [
  [`${key}(千円)`, total(budget)],
  [`${key}の内訳`, parts(budget)],
];

/** One row for each measure and fiscal year; a 再掲 has none, so that sums count nothing twice. */
export function yearRows(edition: Edition, budgetCells: BudgetCells): Row[] {
  return measuresOf(edition)
    .filter((measure) => measure.reprintOf === undefined)
    .flatMap((measure) =>
      edition.years.map((year) => ({
        ...numberColumns(measure.id),
        取組: measure.title,
        年度: year,
        ...Object.fromEntries(
          edition.fields.year.flatMap(({ key, kind, property }): [string, Cell][] => {
            const value = measure.schedule[year]?.[property];
            return kind === 'budget' ? budgetCells(key, value as Budget | undefined) : [[key, String(value ?? '')]];
          }),
        ),
        ...source(edition),
      })),
    );
}

/** 番号 in three columns: spreadsheets would take 1-1-2 for a date. */
export function numberColumns(number: string): { 大項目: number; 中項目: number; 小項目: number } {
  const [category, group, item] = numberCells(number).map(Number) as [number, number, number];
  return { 大項目: category, 中項目: group, 小項目: item };
}

/** Where the row comes from and what may be done with it. */
const source = (edition: Edition): Row => ({
  計画名: edition.planName,
  書名: edition.title,
  改定: isoDate(edition.revised) ?? '',
  発行者: edition.publisher,
  ライセンス: edition.licence ?? '',
});

const flag = (measure: Measure, plan: string): string =>
  measure.relatedPlans === undefined ? '' : measure.relatedPlans.includes(plan) ? '○' : '×';

/** The amount, or the sum of the amounts of its parts; blank where there is none. */
export function total(budget: Budget | undefined): Cell {
  const amounts = (Array.isArray(budget) ? budget.map(({ amount }) => amount) : [budget]).filter(
    (amount) => typeof amount === 'number',
  );
  return amounts.length === 0 ? '' : amounts.reduce((sum, amount) => sum + amount, 0);
}

/** What the sheet shows beside or instead of one figure: its parts, or —. */
function parts(budget: Budget | undefined): string {
  if (Array.isArray(budget)) return budget.map(({ label, amount }) => `${label}: ${amount}`).join('\n');
  return budget === '—' ? '—' : '';
}

/** UTF-8 with BOM, CRLF, RFC 4180: what spreadsheets open without asking. Without `columns` they are those of the rows. */
export function csv(rows: Row[], columns?: readonly string[]): string {
  // quoted_match: a line break inside a cell is LF, which is not the delimiter and would not be quoted by itself.
  return stringify(rows, {
    header: true,
    ...(columns && { columns }),
    bom: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    escape_formulas: true,
  });
}
