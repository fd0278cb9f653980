import type { Run } from '../model/marked.ts';
// What a comparison of two editions consists of: plain values, the same that `diff --format json` prints (docs/diff.md).
// Texts are those of content/: 番号, names of columns, amounts in 千円. What is absent is a blank cell, or, of a 再掲,
// the same as in its target.

import type { Amount, Budget } from '../model/measure.ts';
import type { ChangeKind } from '../model/words.ts';

/** Edition × edition; an empty one (isSame) when nothing that is printed or checked differs. */
export interface Comparison {
  base: Side;
  head: Side;
  /** What edition.yaml says, by its keys. */
  edition: FieldChange<EditionField>[];
  /**
   * 番号 in head, in its order, of measures that were 新規 and are 継続 because 年度 moved on: head has one that base has not,
   * base one that head has not. One finding, whatever their number: 区分 is no change of these measures.
   */
  continued: string[];
  /** 大項目 and 中項目, in the order of head; what was removed behind its forerunner in base. */
  structure: StructureChange[];
  /** 局・部 and 課 of organization.yaml, without those that `renames` tells. */
  organization: OrganizationChange[];
  /** Names that were replaced throughout: one finding, whatever the number of measures. */
  renames: Rename[];
  annexes: AnnexChange[];
  /** In the order of the document; a removed measure stands behind its forerunner in base. */
  measures: MeasureChange[];
  budgets: BudgetTotals;
  /** What one of the editions does not let read: it is not compared. */
  unread: Unread[];
}

export interface Side {
  /** As the user named it: a git ref, a folder */
  name: string;
  /** 改定 of the edition; absent when it cannot be read */
  revised?: string;
  /** Diagnostics of that edition's content */
  errors: number;
  warnings: number;
  /** How many 取組 that edition has, without 再掲 and those alone; what cannot be read is not counted */
  measures: number;
  reprints: number;
}

/** A value that is there in head only (added), in base only (removed), or in both (changed). */
export type FieldChange<Field extends string> = {
  field: Field;
  /** 年度, of the columns of the schedule */
  year?: string;
  kind: ChangeKind;
} & ValueChange;

export type ValueChange =
  /** A text, by words. */
  | { type: 'text'; runs: Run[] }
  /** One of few values: 区分, 項目, 再掲. */
  | { type: 'choice'; before?: string; after?: string }
  /** Names: kept + removed is the list of base; kept + added that of head. A list may be empty (関連計画: all ×). */
  | { type: 'list'; items: Run[] }
  /** 千円; `difference` where both sides have a sum ("—" counts as 0). */
  | { type: 'budget'; before?: Budget; after?: Budget; difference?: number };

export type EditionField =
  | '計画名'
  | '計画期間'
  | '書名'
  | '策定'
  | '改定'
  | '発行者'
  | 'ライセンス'
  | '年度'
  | '項目の印'
  | '予算額の印'
  | '現状・実績・目標'
  | '関連計画'
  | '構成'
  | '改定履歴'
  | '列幅';

export interface MeasureChange {
  /** `changed` covers those that only got another number. */
  kind: ChangeKind;
  /** Absent when added. */
  base?: MeasureName;
  /** Absent when removed. */
  head?: MeasureName;
  /** The number differs; it is the same measure by its content. */
  renumbered: boolean;
  /** It belongs to another 中項目 now (not only to one whose number changed). */
  moved: boolean;
  /** A measure of its own became a 再掲, or a 再掲 became a measure of its own. */
  reprint?: 'made' | 'dissolved';
  /** The 再掲 in base that the measure itself took the place of: `base` is what it reprinted. It is no other change. */
  instead?: MeasureName;
  /**
   * All differences; of an added or removed measure, all it has. In the order of the sheet: year after year within the
   * schedule. What follows from elsewhere is not repeated here: renames, a 年度 or 関連計画 that the edition dropped, the
   * number of a 再掲's target, what a 再掲 takes from its target, what the overview takes from the sheet; nor the 区分 of
   * those that are `continued`.
   */
  fields: FieldChange<string>[];
}

export interface MeasureName {
  /** 番号 */
  id: string;
  /** 取組; of a 再掲 without its own, its target's */
  title: string;
  group: NumberedName;
  /** Of a 再掲, the number of its target */
  reprintOf?: string;
}

export interface NumberedName {
  number: string;
  name: string;
}

/** A 大項目 or 中項目: only in head (added), only in base (removed), or with another number, name or 大項目. */
export interface StructureChange {
  level: '大項目' | '中項目';
  base?: NumberedName;
  head?: NumberedName;
  /** Of the name, when it changed. */
  runs?: Run[];
}

/** A 局・部, or a 課 of one; a 課 in another 局・部 is moved. */
export interface OrganizationChange {
  kind: 'added' | 'removed' | 'moved';
  /** 局・部 */
  department: string;
  /** 課; absent when it is about the 局・部 itself */
  section?: string;
  /** Of a moved 課, the 局・部 it was in */
  from?: string;
}

/** A name of organization.yaml or edition.yaml that gave way to another one throughout. */
export interface Rename {
  /** The key of the list */
  field: string;
  before: string;
  after: string;
  /** 番号 in head of the measures in whose lists (and 区分 of 予算額) it stands, in the order of the document. */
  measures: string[];
}

export interface AnnexChange {
  /** `replaced`: another file under the same path; `reworded`: the same file with another 題名 or 代替テキスト */
  kind: 'added' | 'removed' | 'replaced' | 'reworded';
  /** Below the content folder: annexes/x.pdf */
  path: string;
  /** In head; of a removed one in base */
  title: string;
  /** When it differs */
  titleBefore?: string;
  /** 代替テキスト: as `title`; when it differs, its changes too */
  alternative?: string;
  alternativeRuns?: Run[];
}

/** Sums in 千円 by 大項目 and 年度; 再掲 are not counted twice, "—" and blank cells count as 0. */
export interface BudgetTotals {
  /** Those that both editions have, in the order of base: what only one has cannot be compared */
  years: string[];
  /** What only base has, and only head: in no sum */
  onlyBefore: string[];
  onlyAfter: string[];
  categories: BudgetRow[];
  total: BudgetRow;
}

export interface BudgetRow {
  number: string;
  name: string;
  /** By index of `years`; null where that edition has no such 大項目 */
  before: (number | null)[];
  after: (number | null)[];
  /** `after` less `before`, where null is 0: both ways of adding up give the same */
  difference: number[];
  /** Over all `years` */
  sum: { before: number | null; after: number | null; difference: number };
}

/** A part of the content that could not be read and thus not be compared; why is told by that side's diagnostics. */
export interface Unread {
  side: 'base' | 'head';
  /** Below the content folder: measures/1-1-1.yaml */
  file: string;
  /** The key, with its 年度 where it has one; absent when it is the whole file */
  field?: string;
  year?: string;
}

export type { Amount, Budget };

/** A change of how it looks alone: no measure says anything else because of it. */
export const isLayout = ({ field }: FieldChange<EditionField>): boolean => field === '列幅';

/** Numbers in base of what head has no more. */
export const goneOf = ({ measures }: Comparison): string[] =>
  measures
    .flatMap(({ kind, base, instead }) => [kind === 'removed' ? base?.id : undefined, instead?.id])
    .filter((id) => id !== undefined);

/** Only the number is another one. */
export const isOnlyRenumbered = ({ kind, fields, reprint, moved }: MeasureChange): boolean =>
  kind === 'changed' && fields.length === 0 && !reprint && !moved;

/** Of a measure that went, as it was. */
export const latest = ({ base, head }: MeasureChange): MeasureName => (head ?? base) as MeasureName;

/** Nothing differs. What could not be read does not count. */
export function isSame(comparison: Comparison): boolean {
  const { edition, continued, structure, organization, renames, annexes, measures } = comparison;
  const all = [edition, continued, structure, organization, renames, annexes, measures];
  return all.every((changes) => changes.length === 0);
}
