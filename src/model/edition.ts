import type { Fields } from './fields.ts';
import type { Meanings } from './meanings.ts';
import type { Measure } from './measure.ts';

/** A whole checked edition, in the order in which it is printed. */
export interface Edition {
  /** 計画名 */
  planName: string;
  /** 計画期間 */
  planPeriod: string;
  /** 書名 */
  title: string;
  /** 策定, a date with an era: 令和4年2月 */
  established: string;
  /** 改定, a date with an era */
  revised: string;
  /** 発行者 */
  publisher: string;
  /** ライセンス of the data: under which terms it may be used */
  licence?: string;
  /** 年度 of the schedules, in order */
  years: string[];
  /** 項目の印, 予算額の印: what the signs of a 年度 mean, where the edition says so */
  meanings?: Meanings;
  /** 現状・実績・目標: each column heading and its fiscal year */
  indicatorYears: { label: string; year: string }[];
  /** 関連計画, one column each */
  relatedPlans: string[];
  /** 構成 */
  parts: Part[];
  /** 改定履歴, as it is written: the oldest first */
  history?: Revision[];
  /** 列幅: mm by the property of the field that a column of 個票 shows; absent where the templates' own hold */
  widths?: Readonly<Record<string, number>>;
  /** 新旧対照表: its headings, and which of its columns stands on the left */
  beforeAfter: { after: string; before: string; left: 'after' | 'before' };
  categories: Category[];
  /** Those of its sheets */
  fields: Fields;
}

export const partNames = ['表紙', '目次', '取組事項一覧', '個票', '改定履歴'] as const;
export type Part = (typeof partNames)[number] | AnnexPart;

/** What was revised when. */
export interface Revision {
  /** 年月, a date with an era */
  date: string;
  /** 内容, a text of one or more lines */
  text: string;
}

/** 別冊: a PDF that is merged. */
export interface AnnexPart {
  /** Below the content folder: annexes/… */
  annex: string;
  /** 題名 */
  title: string;
  /** 代替テキスト */
  alternative?: string;
}

/** 大項目 */
export interface Category {
  /** "1" */
  number: string;
  name: string;
  groups: Group[];
}

/** 中項目 */
export interface Group {
  /** "1-1" */
  number: string;
  name: string;
  /** By number. */
  measures: Measure[];
}

/** The measures of an edition, or of what is laid out like one, in its order. */
export const measuresOf = <T>(tree: {
  categories: readonly { groups: readonly { measures: readonly T[] }[] }[];
}): T[] => tree.categories.flatMap(({ groups }) => groups.flatMap(({ measures }) => measures));
