import type { Run } from '../model/marked.ts';
import type { ChangeKind } from '../model/words.ts';

/** What the edition on the pages differs in from the edition at a git ref. Types only. */
export interface Differences {
  /** As it was asked for. */
  ref: string;
  /** In the order of the document; a removed measure stands behind its forerunner. */
  measures: MeasureDifference[];
  /** Cells of the pages that differ, in no order. */
  cells: CellDifference[];
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

export type { Run };

/** A cell of the pages that differs from the other edition. */
export interface CellDifference {
  /** As the cells of the pages name their field. */
  file: string;
  path: (string | number)[];
  /** 1-1-1 R8 予算額 */
  label: string;
  /** `added`: of a new measure */
  kind: Exclude<ChangeKind, 'removed'>;
  /** kept and removed; none: blank */
  before: Run[];
  /** kept and added; none: blank */
  after: Run[];
  /** Where a field has several cells side by side: which of them differ. */
  parts?: boolean[];
}

/** An edition to compare with. */
export interface RefChoice {
  /** As git takes it: main, v1.2, a short id */
  name: string;
  /** ms since 1970 */
  date: number;
  /** The first line of its message */
  subject: string;
  /** It is where the working tree stands. */
  current: boolean;
}

/** GET /refs.json: each kind the newest first */
export interface RefChoices {
  branches: RefChoice[];
  tags: RefChoice[];
  commits: RefChoice[];
  /** The most likely one to compare with; absent where there is none. */
  likely?: string;
}
export type RefsAnswer = RefChoices | { problem: string };

/** GET /differences.json?ref=… */
export type DifferencesAnswer = Differences | { problem: string };
