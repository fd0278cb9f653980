import type { Unread } from '../compare/change.ts';
import {
  type Field,
  type Fields,
  fieldOf,
  type MeasureText,
  measureTexts,
  type YearText,
  yearTexts,
} from '../model/fields.ts';
import type { Run } from '../model/marked.ts';
import { isMarked, type Text } from '../model/marked.ts';
import { measureFile } from '../model/numbers.ts';
import type { MeasureData, YearData } from '../render/data.ts';
import { type MarkedBudget, markBudget, markLines, markText, markWhole } from './marked-text.ts';

export interface MarkedMeasure
  extends Pick<MeasureData, 'id' | 'reprint' | 'reprintLink' | 'begins'>,
    Record<MeasureText, Text> {
  kind: Text;
  departments: Text;
  sections: Text;
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
export interface MarkedYear extends Record<YearText, Text> {
  mark: Text;
  /** See YearData. */
  framed: boolean;
  budget: MarkedBudget;
}

/** Where a removed 大項目, 中項目 or 取組 is found: its number may be another one's now. */
export const removedKey = (number: string) => `removed-${number}`;

/** Of both editions together, and of each. */
export interface Columns {
  fields: Fields;
  years: Run[];
  plans: Run[];
  baseYears: string[];
  headYears: string[];
  basePlans: string[];
  headPlans: string[];
}

/** What stands for the 取組 of a measure that says none: a heading must not be empty. */
const nameless = '(取組の名前がありません)';

/** What a 年度 has that is not there. */
const blankYear: Partial<YearData> = {};

/** One measure of both editions, or of one of them. */
export function markedMeasure(
  old: MeasureData | undefined,
  fresh: MeasureData | undefined,
  columns: Columns,
): MarkedMeasure {
  const both = Object.fromEntries(
    measureTexts(columns.fields).map(({ property }) => [
      property,
      markText(old?.[property] ?? '', fresh?.[property] ?? ''),
    ]),
  ) as Record<MeasureText, Text>;
  const note = (measure: MeasureData | undefined) => measure?.reprintNote ?? '';
  const overview = (measure: MeasureData | undefined) =>
    measure ? (measure.reprint === null ? '' : '(再掲)') + measure.overviewTitle : '';
  const titles = markText(overview(old), overview(fresh));
  // A 再掲 has one row; what was or becomes more than that has all.
  const reprint = [old, fresh].every((side) => !side || side.reprint !== null);
  const described = (measure: MeasureData | undefined) =>
    measure?.reprint ? note(measure) : (measure?.description ?? '');
  const entry = (measure: MeasureData | undefined, years: string[], name: string) =>
    measure?.years[years.indexOf(name)] ?? blankYear;
  const flag = (measure: MeasureData | undefined, plans: string[], name: string) =>
    measure?.flags[plans.indexOf(name)] ?? '';
  const texts = inSheetOrder(columns.fields.measure, {
    ...both,
    title: both.title === '' ? nameless : both.title,
    kind: markWhole(old?.kind ?? '', fresh?.kind ?? ''),
    departments: markLines(old?.departments ?? '', fresh?.departments ?? ''),
    sections: markLines(old?.sections ?? '', fresh?.sections ?? ''),
    description: reprint ? '' : markText(described(old), described(fresh)),
    // Where it is not marked, the template adds (再掲).
    overviewTitle: isMarked(titles) ? titles : (fresh?.overviewTitle ?? ''),
    number: markWhole(old?.id ?? '', fresh?.id ?? ''),
    numbers: [0, 1, 2].map((index) => markWhole(old?.numbers[index] ?? '', fresh?.numbers[index] ?? '')),
    reprintMark: markWhole(old?.reprintMark ?? '', fresh?.reprintMark ?? ''),
    reprintNote: markText(note(old), note(fresh)),
    flags: columns.plans.map(({ text }) =>
      markWhole(flag(old, columns.basePlans, text), flag(fresh, columns.headPlans, text)),
    ),
    years: reprint
      ? []
      : columns.years.map(({ text }): MarkedYear => {
          const [before, after] = [entry(old, columns.baseYears, text), entry(fresh, columns.headYears, text)];
          return inSheetOrder(columns.fields.year, {
            ...(Object.fromEntries(
              yearTexts(columns.fields).map(({ property }) => [
                property,
                markText(before[property] ?? '', after[property] ?? ''),
              ]),
            ) as Record<YearText, Text>),
            mark: markWhole(before.mark ?? '', after.mark ?? ''),
            framed: false,
            budget: markBudget(before.budget ?? '', after.budget ?? ''),
          });
        }),
  });
  return {
    ...texts,
    id: fresh?.id ?? removedKey(old?.id ?? ''),
    reprint: reprint ? (fresh?.reprint ?? old?.reprint ?? null) : null,
    reprintLink: reprint && (fresh?.reprintLink ?? false),
    begins: [],
    changed: JSON.stringify(texts).includes('"runs":[{"kind":'),
  };
}

/** The values of `record` in the order of the fields, which is that in which marked runs are numbered; others behind them. */
function inSheetOrder<T extends object>(fields: readonly Field[], record: T): T {
  const names = new Set([
    ...fields.map(({ property }) => property).filter((name) => name in record),
    ...Object.keys(record),
  ]);
  return Object.fromEntries([...names].map((name) => [name, record[name as keyof T]])) as T;
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
    const keys = printedKeys(field, columns.fields);
    if (year !== undefined)
      patched = {
        ...patched,
        years: patched.years.map((entry, index) => {
          const same = fresh.years[columns.headYears.indexOf(year)];
          return columns.baseYears[index] === year && same ? same : entry;
        }),
      };
    else if (field === fieldOf(columns.fields.measure, 'relatedPlans').key)
      patched = {
        ...patched,
        flags: columns.basePlans.map((plan) => fresh.flags[columns.headPlans.indexOf(plan)] ?? ''),
      };
    else if (keys) patched = { ...patched, ...Object.fromEntries(keys.map((key) => [key, fresh[key]])) };
    else return fresh;
  }
  return patched;
}

/** Where the value of a key is printed, its own place and those that take it over; none where all of the measure hangs on it. */
function printedKeys(key: string, { measure }: Fields): (keyof MeasureData)[] | undefined {
  const field = measure.find(
    (one) => one.key === key && one.within === undefined && ['text', 'choice', 'names'].includes(one.kind),
  );
  if (!field) return undefined;
  const followers = measure.filter(({ follows }) => follows === field.property);
  return [field, ...followers].map(({ property }) => property as keyof MeasureData);
}
