// Measures as the rows of all tables tell of them.
import { UserError } from '../../diagnostics/user-error.ts';
import type { Field, Fields } from '../../model/fields.ts';
import type { Budget, Measure, YearEntry } from '../../model/measure.ts';
import type { Severity } from '../../model/words.ts';
import { quoted, type Remark } from './table.ts';

/** More is no list of measures. */
const mostMeasures = 10_000;

/** Number and name of a 大項目 or 中項目, as far as the table has them. */
export interface Label {
  number?: string;
  name?: string;
}

export interface Draft {
  /** Where its first row stands */
  place: string;
  number?: string;
  category: Label;
  group: Label;
  /** By property: texts, 区分, names; what stands there as it was read */
  values: Map<keyof Measure, { value: string | string[]; place: string }>;
  /** 関連計画 with ○; there where one of their cells is filled */
  plans?: Set<string>;
  schedule: Map<string, YearEntry>;
  /** 現状・実績・目標 from columns of their own, a line each */
  indicators: string[];
}

const freshDraft = (place: string): Draft => ({
  place,
  category: {},
  group: {},
  values: new Map(),
  schedule: new Map(),
  indicators: [],
});

/** All that is gathered from all tables. */
export class Gathered {
  readonly fields: Fields;
  readonly drafts: Draft[] = [];
  /** The same by 番号 and by name, as their first rows have them */
  readonly byNumber = new Map<string, Draft>();
  readonly byTitle = new Map<string, Draft[]>();
  readonly remarks: Remark[] = [];
  /** 年度 that are named */
  readonly years = new Set<string>();
  readonly plans = new Set<string>();
  readonly edition = new Map<string, { value: string; place: string }>();
  readonly labels = new Map<string, string>();
  /** Told once for all of them */
  readonly counts = new Map<string, { count: number; place: string }>();

  constructor(fields: Fields) {
    this.fields = fields;
  }

  /** A measure that no row has told of before. Throws UserError where there are too many. */
  add(place: string, title: string, of: Pick<Draft, 'category' | 'group'> & { number?: string }): Draft {
    if (this.drafts.length >= mostMeasures)
      throw new UserError(
        `取組が ${mostMeasures} 件を超えるため、読み込みをやめました(${place})。--from には、取組の一覧の表だけを書いてください。`,
      );
    const draft: Draft = { ...freshDraft(place), ...of };
    this.drafts.push(draft);
    if (of.number !== undefined) this.byNumber.set(of.number, draft);
    this.byTitle.set(title, [...(this.byTitle.get(title) ?? []), draft]);
    return draft;
  }

  tell(severity: Severity, place: string, message: string): void {
    this.remarks.push({ severity, place, message });
  }

  /** Something that is done at many places alike. */
  count(what: string, place: string): void {
    const known = this.counts.get(what);
    if (known) known.count += 1;
    else this.counts.set(what, { count: 1, place });
  }

  /** A text or names of a measure. `joins`: what comes behind is a further line of it. */
  put(draft: Draft, field: Field<keyof Measure>, value: string | string[], place: string, joins: boolean): void {
    const known = draft.values.get(field.property);
    if (known === undefined) {
      draft.values.set(field.property, { value, place });
      return;
    }
    if (JSON.stringify(known.value) === JSON.stringify(value)) return;
    if (Array.isArray(known.value) && Array.isArray(value)) {
      known.value = [...new Set([...known.value, ...value])];
      return;
    }
    if (joins && field.kind === 'text' && field.follows === undefined && typeof known.value === 'string') {
      known.value = `${known.value}\n${value}`;
      this.count(`前の行の続きとして、同じ欄に行を足しました`, place);
      return;
    }
    this.tell(
      'error',
      place,
      `${field.name}${quoted(String(value))}は読み込んでいません。同じ取組の${field.name}が ${known.place} では${quoted(String(known.value))}です。`,
    );
  }

  /** A value of a 年度. */
  putYear<P extends keyof YearEntry>(
    draft: Draft,
    year: string,
    field: Field<P>,
    value: NonNullable<YearEntry[P]>,
    place: string,
    joins: boolean,
  ): void {
    this.years.add(year);
    const entry = entryOf(draft, year);
    const known = entry[field.property];
    if (known === undefined) entry[field.property] = value;
    else if (JSON.stringify(known) === JSON.stringify(value)) return;
    else if (joins && field.kind === 'text') Object.assign(entry, { [field.property]: `${known}\n${value}` });
    else
      this.tell(
        'error',
        place,
        `${year} の${field.name}${quoted(shownValue(value))}は読み込んでいません。同じ取組の ${year} に、もう${quoted(shownValue(known))}があります。`,
      );
  }
}

/** What a measure has of a 年度, to be filled. */
export function entryOf(draft: Draft, year: string): YearEntry {
  const entry = draft.schedule.get(year) ?? {};
  draft.schedule.set(year, entry);
  return entry;
}

const shownValue = (value: string | Budget): string =>
  Array.isArray(value) ? value.map(({ label, amount }) => `${label}: ${amount}`).join('、') : String(value);
