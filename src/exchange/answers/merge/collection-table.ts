import type { ReadableEdition } from '../../../content/readable.ts';
import { measuresOf } from '../../../model/edition.ts';
import { withoutRole } from '../../../model/names.ts';
import type { Told } from '../answers.ts';
import type { AnswerConflict } from './merge-answers.ts';
import type { Workbook } from './settle.ts';

/** What was done with a measure, the worst first. */
export const outcomes = ['error', 'conflict', 'answered', 'unchanged', 'missing'] as const;
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
  const bySection = new Map<string, Workbook[]>();
  const others: Workbook[] = [];
  for (const workbook of workbooks) {
    const { section } = workbook;
    if (section === undefined) others.push(workbook);
    else bySection.set(section, [...(bySection.get(section) ?? []), workbook]);
  }
  const outcome = outcomeIn(told, conflicts);
  const row = (name: string, measures: Iterable<string>, of: readonly Workbook[]): TableRow => {
    const found = new Map<string, AnswerOutcome>();
    for (const id of measures) found.set(id, 'missing');
    let broken = 0;
    for (const workbook of of) {
      const all = workbook.measures.map((measure) => [measure, outcome(workbook, measure.number)] as const);
      for (const [{ number, now: present, cells }, is] of all) {
        const isGone = present === undefined || present.reprintOf !== undefined;
        if (isGone && cells.length === 0) continue;
        const id = present?.id ?? `${number} is no more`;
        const before = found.get(id);
        if (before === undefined || outcomes.indexOf(is) < outcomes.indexOf(before)) found.set(id, is);
      }
      const hasError = told.some(({ file, severity }) => file === workbook.answers.file && severity === 'error');
      if (hasError && !all.some(([, is]) => is === 'error')) broken += 1;
    }
    const count = (is: AnswerOutcome) => [...found.values()].filter((one) => one === is).length;
    const counts = Object.fromEntries(outcomes.map((is) => [is, count(is)])) as TableRow['counts'];
    return { name, counts: { ...counts, error: counts.error + broken }, isMissing: of.length === 0 };
  };
  const sections = new Set([...own.keys(), ...bySection.keys()]);
  return [
    ...[...sections].flatMap((name) => {
      const [measures, of] = [own.get(name) ?? [], bySection.get(name) ?? []];
      const made = row(name, measures, of);
      return Object.values(made.counts).some((count) => count > 0) ? [made] : [];
    }),
    ...others.map((workbook) => row(workbook.answers.file, [], [workbook])),
    ...unread.map((file) => ({
      name: file,
      counts: { error: 1, conflict: 0, answered: 0, unchanged: 0, missing: 0 },
      isMissing: false,
    })),
  ];
}

function outcomeIn(told: readonly Told[], conflicts: readonly AnswerConflict[]) {
  const contested = new Set(
    conflicts.flatMap(({ answers }) => answers.map(({ file, number }) => JSON.stringify([file, number]))),
  );
  const errors = told.filter(({ severity, sheet }) => severity === 'error' && sheet !== undefined);
  return ({ answers: { file, given }, measures }: Workbook, number: string): AnswerOutcome => {
    const own = errors.filter((one) => one.file === file);
    const sheets = new Set(
      own.length === 0 ? [] : [...given.values()].flatMap(({ key, sheet }) => (key.number === number ? [sheet] : [])),
    );
    if (own.some(({ sheet }) => sheets.has(sheet as string))) return 'error';
    if (contested.has(JSON.stringify([file, number]))) return 'conflict';
    if (![...given.values()].some(({ key }) => key.number === number)) return 'missing';
    return (measures.find((one) => one.number === number)?.cells.length ?? 0) > 0 ? 'answered' : 'unchanged';
  };
}
