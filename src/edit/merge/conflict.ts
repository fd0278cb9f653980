/** Why the two sides of a merge do not go together. */
export type Why =
  /** Both have another value, and not the same one. */
  | 'changed'
  /** One took away what the other changed. */
  | 'removed'
  /** Both added it, and not the same. */
  | 'added'
  /** There was no file before, and it is not the same in both. */
  | 'new'
  /** One gave the measure another 番号, the other changed it. */
  | 'renumbered'
  /** One made it a 再掲, or of a 再掲 a measure of its own; the other changed it. */
  | 'reprint'
  /** One put another measure into its place, the other changed it. */
  | 'replaced';

/** A cell that both sides changed: what it was, and what each made of it; undefined for a blank one. It keeps ours. */
export interface Conflict<V = unknown> {
  /** As comparisons name it: 取組内容, 一覧表・担当課; of other files the key and what leads to it */
  field: string;
  year?: string;
  base: V | undefined;
  ours: V | undefined;
  theirs: V | undefined;
  why: Why;
}
