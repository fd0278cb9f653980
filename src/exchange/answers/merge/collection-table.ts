import type { ReadableEdition } from '../../../content/readable.ts';
import { isError } from '../../../diagnostics/diagnostic.ts';
import { measuresOf } from '../../../model/edition.ts';
import { groupedBy } from '../../../model/grouped-by.ts';
import { withoutRole } from '../../../model/names.ts';
import type { Told } from '../answers.ts';
import type { AnsweredMeasure } from './answered.ts';
import type { AnswerConflict } from './merge-answers.ts';
import type { Workbook } from './settle.ts';

/** What was done with a measure, the worst first. */
const outcomes = ['error', 'conflict', 'answered', 'unchanged', 'missing'] as const;
export type AnswerOutcome = (typeof outcomes)[number];

/** A 課, or a workbook of none, and how many measures it has of each outcome. */
export interface TableRow {
  name: string;
  counts: Record<AnswerOutcome, number>;
  /** Nothing came from it. */
  isMissing: boolean;
}

export interface Collected {
  workbooks: readonly Workbook[];
  /** Files that are no workbooks of this edition */
  unread: readonly string[];
  told: readonly Told[];
  conflicts: readonly AnswerConflict[];
}

/** A row a 課 that has measures of its own, in the order of the organization; then workbooks of none. */
export function collectionTable({ workbooks, unread, told, conflicts }: Collected, now: ReadableEdition): TableRow[] {
  const own = new Map<string, Set<string>>();
  for (const { 課 } of now.organization) for (const name of 課) own.set(name, new Set());
  for (const { id, reprintOf, sections } of measuresOf(now.edition))
    if (reprintOf === undefined)
      for (const name of sections.map(withoutRole)) own.set(name, (own.get(name) ?? new Set()).add(id));
  const bySection = groupedBy(workbooks, ({ section }) => section);
  const named = [...bySection.keys()].filter((section) => section !== undefined);
  const outcomesOf = outcomesIn(told, conflicts);
  const row = (name: string, measures: Iterable<string>, of: readonly Workbook[]): TableRow => {
    const found = new Map<string, AnswerOutcome>();
    for (const id of measures) found.set(id, 'missing');
    let broken = 0;
    for (const workbook of of) {
      const { all, isBroken } = outcomesOf(workbook);
      for (const [{ number, now: present, cells }, is] of all) {
        const isGone = present === undefined || present.reprintOf !== undefined;
        if (isGone && cells.length === 0) continue;
        const id = present?.id ?? `${number} is no more`;
        const before = found.get(id);
        if (before === undefined || outcomes.indexOf(is) < outcomes.indexOf(before)) found.set(id, is);
      }
      if (isBroken) broken += 1;
    }
    const count = (is: AnswerOutcome) => [...found.values()].filter((one) => one === is).length;
    const counts = Object.fromEntries(outcomes.map((is) => [is, count(is)])) as TableRow['counts'];
    return { name, counts: { ...counts, error: counts.error + broken }, isMissing: of.length === 0 };
  };
  const sections = new Set([...own.keys(), ...named]);
  return [
    ...[...sections].flatMap((name) => {
      const [measures, of] = [own.get(name) ?? [], bySection.get(name) ?? []];
      const made = row(name, measures, of);
      return Object.values(made.counts).some((count) => count > 0) ? [made] : [];
    }),
    ...(bySection.get(undefined) ?? []).map((workbook) => row(workbook.answers.file, [], [workbook])),
    ...unread.map((file) => ({
      name: file,
      counts: { error: 1, conflict: 0, answered: 0, unchanged: 0, missing: 0 },
      isMissing: false,
    })),
  ];
}

/** Of a workbook what was done with each measure, and whether it has errors that are none of a measure's. */
function outcomesIn(told: readonly Told[], conflicts: readonly AnswerConflict[]) {
  const contested = new Set(
    conflicts.flatMap(({ answers }) => answers.map(({ file, number }) => JSON.stringify([file, number]))),
  );
  return ({ answers: { file, given }, measures }: Workbook) => {
    const wrong = new Set(told.flatMap((one) => (one.file === file && isError(one) ? [one.sheet] : [])));
    const rows = groupedBy(given.values(), ({ key }) => key.number);
    const outcome = ({ number, cells }: AnsweredMeasure): AnswerOutcome => {
      const own = rows.get(number) ?? [];
      if (own.some(({ sheet }) => wrong.has(sheet))) return 'error';
      if (contested.has(JSON.stringify([file, number]))) return 'conflict';
      if (own.length === 0) return 'missing';
      return cells.length > 0 ? 'answered' : 'unchanged';
    };
    const all = measures.map((measure) => [measure, outcome(measure)] as const);
    return { all, isBroken: wrong.size > 0 && all.every(([, is]) => is !== 'error') };
  };
}
