// What is still to be filled in: said once, for `status` and for the preview.
import type { EditionData, MeasureData, YearData } from './edition-json.ts';
import { eraDate, fiscalYear } from './era-date.ts';
import type { BudgetInJson } from './fields.ts';

/** A cell that is to be filled in and is blank. */
export interface Unfilled {
  /** Its field by its name */
  field: '事業実績' | '現状・実績・目標';
  /** 年度, of a field that each has */
  year?: string;
}

/** As comparisons name a cell: R6 事業実績 */
export const unfilledName = ({ field, year }: Unfilled): string => (year === undefined ? field : `${year} ${field}`);

export interface Due {
  /** 年度 whose 事業実績 is due, in the edition's order */
  years: string[];
  /** 年度 of which nobody can tell when they end: nothing is due of them. */
  undated: string[];
}

/**
 * The 年度 that had ended (on March 31 of the next year) before the edition's 改定: of R6 and R7 in 令和8年3月, R6. A name
 * that is no year (第1期) goes by its place: it had ended when it stands in front of one that had.
 */
export function dueOf({ 年度, 改定 }: Pick<EditionData, '年度' | '改定'>): Due {
  const revised = eraDate(改定);
  if (!revised) return { years: [], undated: 年度 };
  /** The latest fiscal year that had ended */
  const latest = revised.year - (revised.month < 4 ? 2 : 1);
  const dated = 年度.map((name) => {
    const year = fiscalYear(name) ?? 0;
    return year < 1000 ? undefined : year <= latest;
  });
  const last = dated.lastIndexOf(true);
  const ended = (_: string, place: number) => dated[place] ?? place < last;
  return {
    years: 年度.filter(ended),
    undated: 年度.filter((name, place) => dated[place] === undefined && !ended(name, place)),
  };
}

/** What is due when, in sentences. */
export function aboutDue({ 改定 }: Pick<EditionData, '改定'>, { years, undated }: Due): string[] {
  if (!eraDate(改定)) return ['改定の年月がわからないため、事業実績の未記入は数えていません。'];
  const ended = `事業実績を書く年度は、改定(${改定})の前に終わった ${years.join('、')} です。`;
  const unknown = `${undated.join('、')} は、いつ終わる年度かわからないため、事業実績の未記入を数えていません。年度の名前が R6、令和6年度、2024 のような形なら数えます。`;
  if (years.length + undated.length === 0)
    return [`改定(${改定})の前に終わった年度がないため、事業実績の未記入は数えていません。`];
  return [...(years.length > 0 ? [ended] : []), ...(undated.length > 0 ? [unknown] : [])];
}

/**
 * What a measure lacks, `due` being the 年度 whose 事業実績 is due: 事業実績 of those of them in which something was to be
 * done, and 現状・実績・目標. "—" is an answer, a blank cell is none. A 再掲 has no such cells of its own.
 */
export function unfilledOf(measure: MeasureData, due: readonly string[]): Unfilled[] {
  if (measure.再掲 !== null) return [];
  const results = measure.スケジュール
    ?.filter((entry) => entry.事業実績 === null && due.includes(entry.年度) && isPlanned(entry))
    .map(({ 年度 }): Unfilled => ({ field: '事業実績', year: 年度 }));
  return [
    ...(results ?? []),
    ...(measure['現状・実績・目標'] === null ? [{ field: '現状・実績・目標' } as const] : []),
  ];
}

/**
 * Whether something was to be done in a year, so that a result is expected: 項目 says so (→ ◎ ○ △), or there is an amount
 * over 0, or 項目 is left blank beside a 内容. 項目 — without an amount says that nothing was, as does a blank year: before a
 * new measure begins, after one has ended.
 */
function isPlanned({ 項目, 内容, 予算額 }: YearData): boolean {
  if (hasAmount(予算額)) return true;
  return 項目 === null ? 内容 !== null && 内容 !== '—' : 項目 !== '—';
}

const hasAmount = (budget: BudgetInJson | null): boolean =>
  (Array.isArray(budget) ? budget.map(({ 額 }) => 額) : [budget]).some((amount) => Number(amount) > 0);

/** All that measures may lack, by name: R5 事業実績, R6 事業実績, 現状・実績・目標. */
export const unfillable = (edition: EditionData): string[] => [
  ...dueOf(edition).years.map((year) => unfilledName({ field: '事業実績', year })),
  unfilledName({ field: '現状・実績・目標' }),
];

/** What all measures lack, by 番号; those that lack nothing are not in it. */
export function unfilledByNumber(edition: EditionData): Map<string, Unfilled[]> {
  const { years } = dueOf(edition);
  const all = edition.取組.map((measure) => [measure.番号, unfilledOf(measure, years)] as const);
  return new Map(all.filter(([, unfilled]) => unfilled.length > 0));
}
