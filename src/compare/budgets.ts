import { sumOf } from '../model/amounts.ts';
import type { Category, Edition } from '../model/edition.ts';
import type { BudgetRow, BudgetTotals, NumberedName } from './change.ts';

type Amounts = BudgetRow['before'];

/** By 大項目 and those 年度 that both editions have; `baseOf` gives the number of a 大項目 in base by that in head. */
export function budgetTotals(base: Edition, head: Edition, baseOf: ReadonlyMap<string, string>): BudgetTotals {
  const years = base.years.filter((year) => head.years.includes(year));
  const column = (category: Category | undefined): Amounts =>
    years.map((year) => (category === undefined ? null : yearSum(category, year)));
  const rows = head.categories.map((fresh): BudgetRow => {
    const old = base.categories.find(({ number }) => number === baseOf.get(fresh.number));
    return budgetRow(fresh, column(old), column(fresh));
  });
  const kept = new Set(baseOf.values());
  const removed = base.categories
    .filter(({ number }) => !kept.has(number))
    .map((old) => budgetRow(old, column(old), column(undefined)));
  return addedUp({
    years,
    onlyBefore: base.years.filter((year) => !years.includes(year)),
    onlyAfter: head.years.filter((year) => !years.includes(year)),
    categories: [...rows, ...removed],
  });
}

/** With 合計. */
export function addedUp(columns: Omit<BudgetTotals, 'total'>): BudgetTotals {
  const { years, categories } = columns;
  const total = (side: 'before' | 'after') => years.map((_, index) => sum(categories.map((row) => row[side][index])));
  return { ...columns, total: budgetRow({ number: '', name: '合計' }, total('before'), total('after')) };
}

/** A 大項目 that an edition lacks counts as 0 in what is added up. */
const sum = (amounts: readonly (number | null | undefined)[]): number =>
  amounts.reduce<number>((result, amount) => result + (amount ?? 0), 0);

/** A row, added up. */
export function budgetRow({ number, name }: NumberedName, before: Amounts, after: Amounts): BudgetRow {
  const whole = (amounts: Amounts) =>
    amounts.length > 0 && amounts.every((one) => one === null) ? null : sum(amounts);
  const difference = after.map((amount, index) => (amount ?? 0) - (before[index] ?? 0));
  return {
    number,
    name,
    before,
    after,
    difference,
    sum: { before: whole(before), after: whole(after), difference: sum(difference) },
  };
}

const yearSum = (category: Category, year: string): number =>
  sum(category.groups.flatMap(({ measures }) => measures.map(({ schedule }) => sumOf(schedule[year]?.budget))));
