import { type Unfilled, unfillable, unfilledName } from '../../../model/due.ts';
import type { EditionData, MeasureData, YearData } from '../../../model/edition-json.ts';
import { blankSign, withMeaning } from '../../../model/meanings.ts';
import { marks as usualMarks } from '../../../model/measure.ts';
import { withoutRole } from '../../../model/names.ts';

/** What the side panel narrows the measures by; an empty text is no condition. */
export interface Filters {
  /** 担当課 */
  section: string;
  /** 区分 */
  kind: string;
  /** 項目: a mark, or `blank` */
  mark: string;
  /** 年度 of the mark; empty: any of them */
  year: string;
  /** A 関連計画 with ○ */
  plan: string;
  /** What is to be filled in and is blank: `any`, or the cell's name */
  unfilled: string;
  /** Only measures that differ from the ref that was compared with. */
  changed: boolean;
  /** `error`: with mistakes; `any`: with mistakes or warnings */
  told: '' | 'error' | 'any';
}

export const noFilters: Readonly<Filters> = {
  section: '',
  kind: '',
  mark: '',
  year: '',
  plan: '',
  unfilled: '',
  changed: false,
  told: '',
};

/** The choice for a year whose 項目 is left blank. */
export const blank = blankSign;

/** A mark with the edition's word for it. */
export const markName = ({ 項目の印 }: EditionData, mark: string): string => withMeaning(mark, 項目の印?.[mark]);

/** What is known of measures beside their own data, by 番号. */
export interface Known {
  changed: ReadonlySet<string>;
  errors: ReadonlySet<string>;
  warnings: ReadonlySet<string>;
  /** What they lack; none of those that lack nothing */
  unfilled: ReadonlyMap<string, readonly Unfilled[]>;
}

/** Whether a measure meets every condition; a 再掲 has no schedule, so none of its marks. */
export function passes(measure: MeasureData, filters: Filters, known: Known): boolean {
  const { section, kind, mark, year, plan, unfilled, changed, told } = filters;
  const id = measure.番号;
  if (section !== '' && !measure.担当課.some((name) => withoutRole(name) === section)) return false;
  if (kind !== '' && measure.区分 !== kind) return false;
  if (mark !== '' && !hasMark(measure, mark, year)) return false;
  if (plan !== '' && !measure.関連計画?.includes(plan)) return false;
  if (unfilled !== '' && !lacks(known.unfilled.get(id) ?? [], unfilled)) return false;
  if (changed && !known.changed.has(id)) return false;
  if (told !== '' && !known.errors.has(id) && !(told === 'any' && known.warnings.has(id))) return false;
  return true;
}

function hasMark({ スケジュール }: MeasureData, mark: string, year: string): boolean {
  const has = (entry: YearData) => (mark === blank ? entry.項目 === null : entry.項目 === mark);
  return スケジュール?.some((entry) => (year === '' || entry.年度 === year) && has(entry)) ?? false;
}

const lacks = (unfilled: readonly Unfilled[], wanted: string): boolean =>
  unfilled.some((cell) => wanted === 'any' || unfilledName(cell) === wanted);

/** The choices that the edition offers, each with at least one measure. */
export interface Choices {
  sections: string[];
  kinds: string[];
  marks: string[];
  years: string[];
  plans: string[];
  unfilled: string[];
}

export function choicesOf(edition: EditionData): Choices {
  const { 年度, 関連計画, 取組 } = edition;
  const entries = 取組.flatMap(({ スケジュール }) => スケジュール ?? []);
  const marks = distinct(entries.map(({ 項目 }) => 項目 ?? blank));
  return {
    sections: distinct(取組.flatMap(({ 担当課 }) => 担当課.map(withoutRole))).sort(japanese.compare),
    kinds: distinct(取組.map(({ 区分 }) => 区分)),
    marks: [...inUsualOrder(marks.filter((mark) => mark !== blank)), ...marks.filter((mark) => mark === blank)],
    years: 年度,
    plans: 関連計画,
    unfilled: unfillable(edition),
  };
}

const japanese = new Intl.Collator('ja');
const distinct = (names: readonly string[]) => [...new Set(names)];

/** As on the sheet's legend; what is unknown to it stands last. */
export function inUsualOrder(marks: readonly string[]): string[] {
  const known: readonly string[] = usualMarks;
  const place = (mark: string) => (known.includes(mark) ? known.indexOf(mark) : known.length);
  return [...marks].sort((a, b) => place(a) - place(b));
}
