import type { Run, Unread } from '../compare/change.ts';
import { measureFile, numberCells } from '../model/numbers.ts';
import type { MeasureData, YearData } from '../render/data.ts';
import { isMarked, type MarkedBudget, markBudget, markLines, markText, markWhole, type Text } from './marked-text.ts';

export interface MarkedMeasure extends Pick<MeasureData, 'id' | 'reprint' | 'reprintLink' | 'begins'> {
  kind: Text;
  title: Text;
  departments: Text;
  sections: Text;
  description: Text;
  effect: Text;
  indicators: Text;
  overviewTitle: Text;
  overviewSection: Text;
  years: MarkedYear[];
  flags: Text[];
  /** 番号, whole and by 大項目, 中項目, 小項目 */
  number: Text;
  numbers: Text[];
  /** ○ of 再掲 in the overview */
  reprintMark: Text;
  /** ※再掲(1-1-2) */
  reprintNote: Text;
  /** Anything of it is marked: it gets a change bar and a bookmark. */
  changed: boolean;
}
export interface MarkedYear {
  mark: Text;
  plan: Text;
  budget: MarkedBudget;
  result: Text;
}

/** Where a removed 大項目, 中項目 or 取組 is found: its number may be another one's now. */
export const removedKey = (number: string) => `removed-${number}`;

/** Of both editions together, and of each. */
export interface Columns {
  years: Run[];
  plans: Run[];
  baseYears: string[];
  headYears: string[];
  basePlans: string[];
  headPlans: string[];
}

const blankYear: YearData = { mark: '', plan: null, budget: '', result: null };

/** One measure of both editions, or of one of them. */
export function markedMeasure(
  old: MeasureData | undefined,
  fresh: MeasureData | undefined,
  columns: Columns,
): MarkedMeasure {
  const both = (key: 'title' | 'overviewSection' | 'effect' | 'indicators') =>
    markText(old?.[key] ?? '', fresh?.[key] ?? '');
  const note = (measure: MeasureData | undefined) => (measure?.reprint ? `※再掲(${measure.reprint})` : '');
  const overview = (measure: MeasureData | undefined) =>
    measure ? (measure.reprint === null ? '' : '(再掲)') + measure.overviewTitle : '';
  const titles = markText(overview(old), overview(fresh));
  // A 再掲 has one row; what was or becomes more than that has all.
  const reprint = [old, fresh].every((side) => !side || side.reprint !== null);
  const described = (measure: MeasureData | undefined) =>
    measure?.reprint ? note(measure) : (measure?.description ?? '');
  const numberBefore = numberCells(old?.id ?? '');
  const numberAfter = numberCells(fresh?.id ?? '');
  const entry = (measure: MeasureData | undefined, years: string[], name: string) =>
    measure?.years[years.indexOf(name)] ?? blankYear;
  const flag = (measure: MeasureData | undefined, plans: string[], name: string) =>
    measure?.flags[plans.indexOf(name)] ?? '';
  const texts = {
    kind: markWhole(old?.kind ?? '', fresh?.kind ?? ''),
    title: both('title'),
    departments: markLines(old?.departments ?? '', fresh?.departments ?? ''),
    sections: markLines(old?.sections ?? '', fresh?.sections ?? ''),
    description: reprint ? '' : markText(described(old), described(fresh)),
    effect: both('effect'),
    indicators: both('indicators'),
    // Where it is not marked, the template adds (再掲).
    overviewTitle: isMarked(titles) ? titles : (fresh?.overviewTitle ?? ''),
    overviewSection: both('overviewSection'),
    number: markWhole(old?.id ?? '', fresh?.id ?? ''),
    numbers: numberAfter.map((part, index) => markWhole(numberBefore[index] ?? '', part)),
    reprintMark: markWhole(old?.reprint ? '○' : '', fresh?.reprint ? '○' : ''),
    reprintNote: markText(note(old), note(fresh)),
    flags: columns.plans.map(({ text }) =>
      markWhole(flag(old, columns.basePlans, text), flag(fresh, columns.headPlans, text)),
    ),
    years: reprint
      ? []
      : columns.years.map(({ text }): MarkedYear => {
          const [before, after] = [entry(old, columns.baseYears, text), entry(fresh, columns.headYears, text)];
          return {
            mark: markWhole(before.mark, after.mark),
            plan: markText(before.plan ?? '', after.plan ?? ''),
            budget: markBudget(before.budget, after.budget),
            result: markText(before.result ?? '', after.result ?? ''),
          };
        }),
  };
  return {
    ...texts,
    id: fresh?.id ?? removedKey(old?.id ?? ''),
    reprint: reprint ? (fresh?.reprint ?? old?.reprint ?? null) : null,
    reprintLink: reprint && (fresh?.reprintLink ?? false),
    begins: [],
    changed: JSON.stringify(texts).includes('"runs":[{"kind":'),
  };
}

/** `old` with what could not be read of it as `fresh` has it: it is not known to have changed. */
export function asFarAsRead(
  old: MeasureData | undefined,
  fresh: MeasureData,
  unread: readonly Unread[],
  columns: Columns,
): MeasureData | undefined {
  const parts = unread.filter(({ side, file }) => side === 'base' && file === measureFile((old ?? fresh).id));
  if (parts.length === 0) return old;
  let patched = old ?? fresh;
  for (const { field = '', year } of parts) {
    const keys = printedKeys[field];
    if (year !== undefined)
      patched = {
        ...patched,
        years: patched.years.map((entry, index) => {
          const same = fresh.years[columns.headYears.indexOf(year)];
          return columns.baseYears[index] === year && same ? same : entry;
        }),
      };
    else if (keys) patched = { ...patched, ...Object.fromEntries(keys.map((key) => [key, fresh[key]])) };
    else return fresh;
  }
  return patched;
}

const printedKeys: Record<string, (keyof MeasureData)[]> = {
  区分: ['kind'],
  取組: ['title', 'overviewTitle'],
  '担当局・部': ['departments'],
  担当課: ['sections', 'overviewSection'],
  取組内容: ['description'],
  '効果・KPI': ['effect'],
  '現状・実績・目標': ['indicators'],
};
