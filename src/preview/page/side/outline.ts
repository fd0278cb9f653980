import type { EditionData, MeasureData, NumberedName } from '../../../model/edition-json.ts';
import { numberOfFile } from '../../../model/numbers.ts';
import { type Filters, type Known, passes } from './filters.ts';
import { type Excerpt, excerptOf, type HitRun, hitRuns, type IndexedMeasure, isHit } from './search.ts';

/** 大項目 › 中項目 › 取組, as far as a search and filters leave them. */
export interface Outline {
  categories: OutlineCategory[];
  /** Measures that are left. */
  count: number;
  /** 改定履歴, where the document has it and the search leaves it. */
  history?: Pick<OutlineMeasure, 'title' | 'excerpt'> | undefined;
}

export interface OutlineCategory extends NumberedName {
  groups: OutlineGroup[];
}

export interface OutlineGroup extends NumberedName {
  measures: OutlineMeasure[];
}

export interface OutlineMeasure {
  measure: MeasureData;
  number: HitRun[];
  title: HitRun[];
  excerpt?: Excerpt;
}

/** The measures that meet words and filters, in the document's order; a 大項目 or 中項目 without any is left out. */
export function outlineOf(
  index: readonly IndexedMeasure[],
  words: readonly string[],
  filters: Filters,
  known: Known,
): Outline {
  const categories: OutlineCategory[] = [];
  let count = 0;
  for (const indexed of index) {
    const { measure } = indexed;
    if (!passes(measure, filters, known) || !isHit(indexed, words)) continue;
    count += 1;
    const category = last(categories, measure.大項目, (name) => ({ ...name, groups: [] as OutlineGroup[] }));
    const group = last(category.groups, measure.中項目, (name) => ({ ...name, measures: [] as OutlineMeasure[] }));
    const excerpt = excerptOf(indexed, words);
    group.measures.push({
      measure,
      number: hitRuns(measure.番号, words),
      title: hitRuns(measure.取組, words),
      ...(excerpt ? { excerpt } : {}),
    });
  }
  return { categories, count };
}

function last<T extends NumberedName>(names: T[], name: NumberedName, create: (name: NumberedName) => T): T {
  const before = names.at(-1);
  if (before?.番号 === name.番号) return before;
  const created = create(name);
  names.push(created);
  return created;
}

/** 番号 of the measures that diagnostics are about. */
export function toldOf(diagnostics: readonly { severity: string; file: string }[]): Pick<Known, 'errors' | 'warnings'> {
  const of = (severity: string) =>
    new Set(
      diagnostics
        .filter((diagnostic) => diagnostic.severity === severity)
        .flatMap(({ file }) => numberOfFile(file) ?? []),
    );
  return { errors: of('error'), warnings: of('warning') };
}

export const emptyEdition: EditionData = {
  ...{ 改定: '', 年度: [], 関連計画: [], 取組: [] },
  ...{ 項目の印: null, 予算額の印: null },
};
