import { sumOf } from '../model/amounts.ts';
import type { Category, Edition } from '../model/edition.ts';
import type { BudgetRow, BudgetTotals } from './change.ts';

/** By 大項目 and those 年度 that both editions have; `baseOf` gives the number of a 大項目 in base by that in head. */
export function budgetTotals(base: Edition, head: Edition, baseOf: ReadonlyMap<string, string>): BudgetTotals {
  const years = base.years.filter((year) => head.years.includes(year));
  const column = (category: Category | undefined) =>
    years.map((year) => (category === undefined ? null : yearSum(category, year)));
  const rows = head.categories.map((fresh): BudgetRow => {
    const old = base.categories.find(({ number }) => number === baseOf.get(fresh.number));
    return { number: fresh.number, name: fresh.name, before: column(old), after: column(fresh) };
  });
  const kept = new Set(baseOf.values());
  const removed = base.categories
    .filter(({ number }) => !kept.has(number))
    .map((old): BudgetRow => ({ number: old.number, name: old.name, before: column(old), after: column(undefined) }));
  const categories = [...rows, ...removed];
  const total = (side: 'before' | 'after') =>
    years.map((_, index) => categories.reduce((sum, row) => sum + (row[side][index] ?? 0), 0));
  return {
    years,
    categories,
    total: { number: '', name: '合計', before: total('before'), after: total('after') },
  };
}

function yearSum(category: Category, year: string): number {
  let sum = 0;
  for (const group of category.groups)
    for (const measure of group.measures) sum += sumOf(measure.schedule[year]?.budget);
  return sum;
}
