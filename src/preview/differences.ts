import type { Comparison, MeasureChange } from '../compare/change.ts';
import { compare } from '../compare/compare.ts';
import { readEdition } from '../compare/read.ts';
import { readGitRef } from '../content/source/git.ts';
import { readWorkingTree } from '../content/source/source.ts';
import type { ParsedFiles } from '../content/yaml/parsed-files.ts';
import { environmentProblem } from '../environment.ts';
import { sumOf } from '../model/amounts.ts';
import { cellDifferences } from './cell-differences.ts';
import type { Differences, DifferencesAnswer, MeasureDifference } from './difference-data.ts';

/** As parsed before: a file that is the same is not parsed again. */
export interface ComparedFiles {
  base: ParsedFiles;
  head: ParsedFiles;
}

/** What the content of `folder` differs in from git ref `ref`; what is wrong with the ref is told. */
export function differencesFrom(ref: string, folder: string, parsed: ComparedFiles): DifferencesAnswer {
  try {
    const base = readEdition(ref, readGitRef(ref, folder), parsed.base);
    const head = readEdition('', readWorkingTree(folder), parsed.head);
    const comparison = compare(base, head);
    return { ...differencesOf(comparison), cells: cellDifferences(comparison, base, head) };
  } catch (error) {
    const problem = environmentProblem(error);
    if (problem === undefined) throw error;
    return { problem };
  }
}

/** A comparison as the page needs it. */
export function differencesOf({ base, budgets, measures, unread }: Comparison): Omit<Differences, 'cells'> {
  const { years, categories, total } = budgets;
  return {
    ref: base.name,
    years,
    measures: measures.map((change) => measureDifference(change, years)),
    budgets: [...categories, total].map(({ number, name, before, after }) => ({
      name: `${number} ${name}`.trim(),
      before,
      after,
    })),
    unread: unread.length,
  };
}

function measureDifference(change: MeasureChange, years: readonly string[]): MeasureDifference {
  const { kind, base, head, renumbered, fields } = change;
  const name = head ?? base;
  return {
    kind,
    id: name?.id ?? '',
    title: name?.title ?? '',
    fields: kind === 'changed' ? [...(renumbered ? ['番号'] : []), ...new Set(fields.map(({ field }) => field))] : [],
    budget: years.map((year) => {
      const field = fields.find((one) => one.type === 'budget' && one.year === year);
      return field?.type === 'budget' ? sumOf(field.after) - sumOf(field.before) : 0;
    }),
  };
}
