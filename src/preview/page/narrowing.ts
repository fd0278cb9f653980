import type { MeasureData } from '../../model/edition-json.ts';

/** What search and filters leave of the measures; views share it. */
export interface Narrowing {
  /** As they are told: 担当課: 広報課; none where every measure counts. */
  readonly conditions: readonly string[];
  counts(measure: MeasureData): boolean;
  /** Takes all conditions away. */
  clear(): void;
  subscribe(listener: () => void): void;
}
