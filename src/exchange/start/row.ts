import type { Column, Mapped } from './columns.ts';
import type { Draft, Gathered } from './drafts.ts';

/** A row of a table, and what it is read for. */
export interface Row {
  mapped: Mapped;
  gathered: Gathered;
  row: number;
  draft: Draft;
  /** It is a further row of the same measure. */
  continues: boolean;
  /** 年度 of a row that is of one */
  year?: string;
  /** What a column 単位 says */
  unit: string;
  /** That it stands behind a value now */
  unitIsUsed?: true;
}

/** One cell that is filled. */
export interface Filled {
  column: Column;
  text: string;
  place: string;
}
