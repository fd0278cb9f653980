import { type Comparison, isOnlyRenumbered, latest, type MeasureChange } from '../compare/change.ts';
import { type Count, countsOf } from '../compare/counts.ts';
import { budgetNotes, budgetTitle } from '../compare/describe.ts';
import { grouped, signed } from '../model/amounts.ts';
import { oneLine } from '../model/names.ts';
import { changeWords } from '../model/words.ts';

/** What 新旧対照表 begins with: how much changed, what becomes of the budget, and which measures are touched. */
export interface SummaryData {
  counts: Count[];
  budgets: BudgetData | null;
  measures: TouchedData[];
}
export interface BudgetData {
  title: string;
  /** 年度 that both editions have, and 計 */
  columns: string[];
  /** All 大項目 and 合計 */
  rows: { name: string; before: string[]; after: string[]; difference: string[] }[];
  /** What is in no sum */
  notes: string[];
}
export interface TouchedData {
  anchor: string;
  number: string;
  /** The number that it had, where it is another one */
  former: string;
  title: string;
  kind: string;
  /** Names of the fields that changed, each once */
  fields: string;
}

/** Measures that have an entry of their own, in its order; the others got another number alone. */
export const touched = ({ measures }: Comparison): { change: MeasureChange; anchor: string }[] =>
  measures
    .filter((change) => !isOnlyRenumbered(change))
    .map((change, index) => ({ change, anchor: `entry-${index + 1}` }));

/** None where nothing changed. */
export function summaryOf(comparison: Comparison): SummaryData | null {
  const counts = countsOf(comparison);
  if (counts.length === 0) return null;
  return { counts, budgets: budgetsOf(comparison), measures: touched(comparison).map(touchedData) };
}

function budgetsOf(comparison: Comparison): BudgetData | null {
  const { years, categories, total } = comparison.budgets;
  if (years.length === 0) return null;
  const amount = (value: number | null) => (value === null ? 'なし' : grouped(value));
  return {
    title: budgetTitle(comparison),
    columns: [...years, '計'],
    rows: [...categories, total].map(({ number, name, before, after, difference, sum }) => ({
      name: number === '' ? name : `${number}. ${name}`,
      before: [...before, sum.before].map(amount),
      after: [...after, sum.after].map(amount),
      difference: [...difference, sum.difference].map(signed),
    })),
    notes: budgetNotes(comparison),
  };
}

function touchedData({ change, anchor }: { change: MeasureChange; anchor: string }): TouchedData {
  const { kind, base, head, renumbered, moved, reprint, instead, fields } = change;
  const { id, title } = latest(change);
  const kinds = [
    ...(moved ? ['移動'] : []),
    ...(reprint === 'made' ? ['再掲にする'] : instead ? ['再掲を取組にする'] : reprint ? ['再掲をやめる'] : []),
  ];
  return {
    anchor,
    number: id,
    former: renumbered && head && base ? base.id : '',
    title: oneLine(title),
    kind: kinds.length > 0 ? kinds.join('、') : changeWords[kind],
    fields: kind === 'changed' ? [...new Set(fields.map(({ field }) => field))].join('、') : '',
  };
}
