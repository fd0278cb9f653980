import type { ChangeKind } from '../model/words.ts';

/** What the edition on the pages differs in from the edition at a git ref. Types only. */
export interface Differences {
  /** As it was asked for. */
  ref: string;
  /** In the order of the document; a removed measure stands behind its forerunner. */
  measures: MeasureDifference[];
  /** 年度 that both editions have, in order */
  years: string[];
  /** 千円 by index of `years`; null where that edition has no such 大項目 */
  budgets: { name: string; before: (number | null)[]; after: (number | null)[] }[];
  /** Parts of either side that could not be read, and so not be compared. */
  unread: number;
}

export interface MeasureDifference {
  kind: ChangeKind;
  /** 番号 now; of a removed measure as it was */
  id: string;
  /** 取組 */
  title: string;
  /** What differs: the sheet's headings, each once; of an added or removed measure none. */
  fields: string[];
  /** 千円 by index of `years`: after less before */
  budget: number[];
}

/** GET /differences.json?ref=… */
export type DifferencesAnswer = Differences | { problem: string };
