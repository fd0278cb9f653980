import type { Widths } from '../content/sheet-columns.ts';
import { grouped, totalLabel, totalOf } from '../model/amounts.ts';
import { type Edition, measuresOf } from '../model/edition.ts';
import { eraDate } from '../model/era-date.ts';
import {
  type Field,
  type Fields,
  measureTexts,
  type PrintedTexts,
  type PrintedYearTexts,
  yearTexts,
} from '../model/fields.ts';
import { legendKey, type SignMeaning } from '../model/meanings.ts';
import type { Budget, Measure, YearEntry } from '../model/measure.ts';
import { labelOf, withoutRole } from '../model/names.ts';
import { numberCells } from '../model/numbers.ts';

/** The one JSON file that the templates read: texts as they are printed, nothing left to compute but layout. */
export interface DocumentData {
  book: Pick<Edition, 'planName' | 'planPeriod' | 'title' | 'established' | 'revised' | 'publisher'> & {
    date: { year: number; month: number; day: number };
  };
  years: string[];
  /** 現状(R1), 実績(R2), … */
  indicatorLabels: string[];
  plans: string[];
  /** What the signs of a 年度 mean, by field */
  signs: FieldSigns[];
  /** 列幅: mm by the columns of 個票; null where the templates' own hold */
  widths: Widths | null;
  /** Names of the parts; of an annex its path. */
  parts: string[];
  /** By path. */
  annexes: Record<string, AnnexData>;
  /** 改定履歴, where it is one of the parts. */
  history: RevisionData[];
  /** Every 課 without its role, and its 取組: of a book whose 目次 leads to their sheets. */
  sections: SectionData[];
  categories: CategoryData[];
}
/** The signs of a field, with what they mean. */
export interface FieldSigns {
  /** Of YearData */
  property: keyof YearEntry;
  /** Its heading, and the key of edition.yaml that explains its signs */
  field: string;
  key: string;
  meanings: readonly SignMeaning[];
}
export interface SectionData {
  name: string;
  ids: string[];
}
export interface RevisionData {
  /** Its place in the list */
  index: number;
  date: string;
  text: string;
}
/** 別冊: its title, and the width and height of each of its pages in pt. */
export interface AnnexData {
  title: string;
  pages: [width: number, height: number][];
}
export interface CategoryData {
  number: string;
  name: string;
  /** Number and name */
  label: string;
  groups: GroupData[];
}
export interface GroupData {
  number: string;
  name: string;
  label: string;
  measures: MeasureData[];
}
export interface MeasureData extends PrintedTexts {
  id: string;
  kind: string;
  /** 局 and 部 on lines of their own */
  departments: string;
  /** 局・部 in one line */
  departmentLine: string;
  sections: string;
  reprint: string | null;
  /** 番号, whole and by 大項目, 中項目, 小項目 */
  number: string;
  numbers: string[];
  /** ○ of a 再掲 in the overview */
  reprintMark: string;
  /** ※再掲(1-1-2) */
  reprintNote: string;
  /** Anything of it is marked: only where a revision is shown. */
  changed: boolean;
  /** false where the 再掲's target is not in this document. */
  reprintLink: boolean;
  /** Numbers of the 大項目 and 中項目 that begin with this measure. */
  begins: string[];
  years: YearData[];
  /** ○, × or blank, one for each 関連計画 of the edition. */
  flags: string[];
}
export interface YearData extends PrintedYearTexts {
  mark: string;
  /** A frame around its 予算額: only in pictures of a revision. */
  framed: boolean;
  budget: string | BudgetPart[];
}
export interface BudgetPart {
  label: string;
  amount: string;
  /** What the parts add up to, which the content does not say */
  total?: true;
}

/** What a document holds: the whole edition, or the sheets of some measures, as the wide table or on A4 portrait. */
export type Selection = { whole: true } | { whole: false; ids: ReadonlySet<string>; part: '個票' | 'A4個票' };

/** Everything the templates need for `selection`, in the edition's order; `annexes` by path, with the sizes of their pages in pt. */
export function documentData(
  edition: Edition,
  selection: Selection,
  annexes: ReadonlyMap<string, { pages: readonly { width: number; height: number }[] }> = new Map(),
): DocumentData {
  const chosen = (measure: Measure) => selection.whole || selection.ids.has(measure.id);
  const present = new Set<string>();
  for (const category of edition.categories)
    for (const group of category.groups)
      for (const measure of group.measures) if (chosen(measure)) present.add(measure.id);

  const categories = edition.categories
    .map((category) => ({
      number: category.number,
      name: category.name,
      label: labelOf(category),
      groups: category.groups
        .map((group) => ({
          number: group.number,
          name: group.name,
          label: labelOf(group),
          measures: group.measures.filter(chosen).map((measure) => measureData(measure, edition, present)),
        }))
        .filter((group) => group.measures.length > 0),
    }))
    .filter((category) => category.groups.length > 0);
  for (const category of categories)
    for (const [index, group] of category.groups.entries())
      group.measures[0]?.begins.push(...(index === 0 ? [category.number] : []), group.number);

  const parts = selection.whole ? edition.parts : [selection.part];
  const printed = parts.map((part) => (typeof part === 'string' ? part : part.annex));
  return {
    book: {
      planName: edition.planName,
      planPeriod: edition.planPeriod,
      title: edition.title,
      established: edition.established,
      revised: edition.revised,
      publisher: edition.publisher,
      date: eraDate(edition.revised) ?? { year: 1970, month: 1, day: 1 },
    },
    years: edition.years,
    indicatorLabels: edition.indicatorYears.map(({ label, year }) => `${label}(${year})`),
    plans: edition.relatedPlans,
    signs: signsData(edition),
    widths: edition.widths ?? null,
    parts: printed,
    annexes: Object.fromEntries(
      parts.flatMap((part) =>
        typeof part === 'string'
          ? []
          : [
              [
                part.annex,
                {
                  title: part.title,
                  pages: (annexes.get(part.annex)?.pages ?? []).map(({ width, height }) => [width, height]),
                },
              ],
            ],
      ),
    ),
    history: printed.includes('改定履歴') ? (edition.history ?? []).map((entry, index) => ({ index, ...entry })) : [],
    sections: ['目次', '個票'].every((part) => printed.includes(part)) ? sectionsOf(edition) : [],
    categories,
  };
}

const signsData = ({ meanings, fields }: Edition): FieldSigns[] =>
  fields.year.flatMap((field) => {
    const own = meanings?.[field.property] ?? [];
    return own.length > 0 ? [{ property: field.property, field: field.key, key: legendKey(field), meanings: own }] : [];
  });

/** In the order in which Japanese names are sorted. */
function sectionsOf(edition: Edition): SectionData[] {
  const ids = new Map<string, string[]>();
  for (const measure of measuresOf(edition))
    for (const name of new Set(measure.sections.map(withoutRole)))
      ids.set(name, [...(ids.get(name) ?? []), measure.id]);
  const { compare } = new Intl.Collator('ja');
  return [...ids].map(([name, ids]) => ({ name, ids })).sort((one, other) => compare(one.name, other.name));
}

/** A copy of `data` with each of its texts as `change` makes it. */
export function mapTexts<T>(data: T, change: (text: string) => string): T {
  if (typeof data === 'string') return change(data) as T;
  if (Array.isArray(data)) return data.map((inner) => mapTexts(inner, change)) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, inner]) => [key, mapTexts(inner, change)])) as T;
}

/**
 * Those figures of 予算額 that may be the widest, which sets its column's width: one that is four characters shorter than
 * another is narrower, whatever its digits are (1 is narrower than 8). None where the edition chooses that width.
 */
export function figuresOf(data: DocumentData): string[] {
  // Of 見え消し those of the edition before may still be wider.
  if (data.widths && !('legend' in data)) return [];
  const all = new Set(measuresOf(data).flatMap(({ years }) => years.flatMap(({ budget }) => figuresIn(budget))));
  let longest = 0;
  for (const figure of all) if (figure.length > longest) longest = figure.length;
  // Marked ones, of 見え消し, have no length.
  return [...all].filter((figure) => !(figure.length < longest - 3));
}

/** The figures of an amount, or of its parts. */
export const figuresIn = (budget: YearData['budget']): string[] =>
  Array.isArray(budget) ? budget.map(({ amount }) => amount) : [budget];

function measureData(measure: Measure, edition: Edition, present: ReadonlySet<string>): MeasureData {
  const reprint = measure.reprintOf;
  return {
    id: measure.id,
    kind: measure.kind,
    ...texts<PrintedTexts>(measure, measureTexts(edition.fields)),
    // 局 and 部 on lines of their own: a line never breaks inside a name that would fit.
    departments: measure.departments.map((name) => name.replaceAll(' ', '\n')).join('\n'),
    departmentLine: measure.departments.join('、'),
    sections: measure.sections.join('\n'),
    number: measure.id,
    numbers: numberCells(measure.id),
    reprint: reprint ?? null,
    reprintMark: reprint === undefined ? '' : '○',
    reprintNote: reprintNote(reprint),
    changed: false,
    reprintLink: reprint !== undefined && present.has(reprint),
    begins: [],
    years: reprint !== undefined ? [] : edition.years.map((year) => yearData(measure, year, edition.fields)),
    flags: edition.relatedPlans.map((plan) =>
      measure.relatedPlans === undefined ? '' : measure.relatedPlans.includes(plan) ? '○' : '×',
    ),
  };
}

/** What stands instead of the 取組内容 of a 再掲; nothing of a measure of its own. */
export const reprintNote = (target: string | null | undefined): string => (target ? `※再掲(${target})` : '');

function yearData(measure: Measure, year: string, fields: Fields): YearData {
  const entry = measure.schedule[year] ?? {};
  return {
    mark: entry.mark ?? '',
    framed: false,
    ...texts<PrintedYearTexts>(entry, yearTexts(fields)),
    budget: printedBudget(entry.budget),
  };
}

/** The texts of a record by property. */
const texts = <Texts>(record: object, fields: readonly Field[]): Texts =>
  Object.fromEntries(
    fields.map(({ property }) => [property, (record as Record<string, unknown>)[property] ?? null]),
  ) as Texts;

/** 千円 with separators: 3700000 → "3,700,000". */
function printedBudget(budget: Budget | undefined): YearData['budget'] {
  if (budget === undefined) return '';
  if (!Array.isArray(budget)) return grouped(budget);
  const total = totalOf(budget);
  return [
    ...budget.map(({ label, amount }): BudgetPart => ({ label, amount: grouped(amount) })),
    ...(total === undefined ? [] : [{ label: totalLabel, amount: grouped(total), total: true as const }]),
  ];
}
