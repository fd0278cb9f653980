// All workbooks together: what is merged, what the check says of it, and which of them have to stay out.
import type { CheckedContent } from '../../../content/check.ts';
import { type NewFiles, writtenText } from '../../../content/source/new-files.ts';
import type { ContentSource } from '../../../content/source/source.ts';
import { type Diagnostic, isError } from '../../../diagnostics/diagnostic.ts';
import { edit } from '../../../edit/edit.ts';
import type { Edition } from '../../../model/edition.ts';
import { fieldOf } from '../../../model/fields.ts';
import { measureFile } from '../../../model/numbers.ts';
import type { Answers, Told } from '../answers.ts';
import { type AnsweredMeasure, answeredMeasures } from './answered.ts';
import { checkedAnswers } from './checked-answers.ts';
import { type Followed, followed, type Present } from './follow.ts';
import { type AnswerConflict, type Decisions, type MergedAnswers, mergeAnswers } from './merge-answers.ts';
import { movedMentions } from './moved-mentions.ts';

/** A workbook that was read. */
export interface Workbook {
  answers: Answers;
  /** The 課 that it was made for, by its name of now */
  section?: string;
  measures: AnsweredMeasure[];
}

export interface Settled<Outcome> {
  workbooks: Workbook[];
  /** Names of the files that are left out: they have errors or 衝突. */
  out: ReadonlySet<string>;
  /** What becomes of the content by the others */
  merged: MergedAnswers;
  outcome: Outcome;
  /** Of all workbooks */
  told: Told[];
  /** Of those that are left out */
  conflicts: AnswerConflict[];
  contested: ReadonlySet<string>;
  /** New in the content, and no answer explains it */
  others: Diagnostic[];
  /** The content had it before and still has it. */
  known: Diagnostic[];
}

export interface Checked {
  result: Pick<CheckedContent, 'files'>;
  found: readonly Diagnostic[];
  /** What is wrong with the content as it is */
  before: readonly Diagnostic[];
}

export interface Collection<Outcome extends Checked> {
  present: Present;
  source: ContentSource;
  decisions: Decisions;
  check(files: NewFiles): Promise<Outcome>;
}

/** Workbooks with errors stay out first, then, of what is left, those with 衝突: until nothing is wrong any more. */
export async function settleAnswers<Outcome extends Checked>(
  all: readonly Answers[],
  collection: Collection<Outcome>,
): Promise<Settled<Outcome>> {
  const { present, source, decisions, check } = collection;
  const { edition } = present;
  const follow = followed(
    all.map(({ base }) => base),
    present,
  );
  const told = new Map<string, Told>();
  const tell = (more: readonly Told[]) => {
    for (const one of more) told.set(JSON.stringify(one), one);
  };
  const workbooks = [...all]
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .map((answers): Workbook => {
      const following = follow(answers.base);
      const measures = answeredMeasures(answers, following, edition.fields);
      tell([...answers.told, ...movedMentions(measures, following)]);
      const [section, ...others] = answers.base.sections.map((name) => nameNow(name, following, edition));
      return { answers, ...(section === undefined || others.length > 0 ? {} : { section }), measures };
    });
  const out = new Set<string>();
  const conflicts = new Map<string, AnswerConflict>();
  const contested = new Set<string>();
  // What is wrong with all of them is told at once.
  for (let taking: readonly Workbook[] = workbooks; ; ) {
    const merged = mergeAnswers(
      taking.flatMap((workbook) => workbook.measures),
      edition,
      decisions,
    );
    const outcome = await check(editedFiles(merged, source, edition));
    const { told: found, others, known } = checkedAnswers(outcome, outcome.result, merged.taken, edition.fields);
    tell([...merged.told, ...found]);
    for (const one of merged.conflicts) conflicts.set(JSON.stringify([one.number, one.field, one.year]), one);
    for (const number of merged.contested) contested.add(number);
    const without = (files: readonly string[]) => {
      for (const file of files) out.add(file);
      return taking.filter(({ answers: { file } }) => !out.has(file));
    };
    let rest = without([...told.values()].filter(isError).map(({ file }) => file));
    if (rest.length === taking.length)
      rest = without(merged.conflicts.flatMap(({ answers }) => answers.map(({ file }) => file)));
    if (rest.length < taking.length) {
      taking = rest;
      continue;
    }
    const isLeftOut = ({ answers }: AnswerConflict) => answers.some(({ file }) => out.has(file));
    return {
      ...{ workbooks, out, merged, outcome, contested },
      told: [...told.values()],
      conflicts: [...conflicts.values()].filter(isLeftOut),
      ...{ others, known },
    };
  }
}

/** The name of a 課 as the content has it now. */
function nameNow(name: string, { renames }: Followed, { fields }: Edition): string {
  const { key } = fieldOf(fields.measure, 'sections');
  return renames.find(({ field, before }) => field === key && before === name)?.after ?? name;
}

/** The files of the measures that are answered, with nothing else changed. */
function editedFiles({ edits }: MergedAnswers, source: ContentSource, { years, fields }: Edition): NewFiles {
  const files = new Map<string, string>();
  for (const [number, cells] of edits) {
    const path = measureFile(number);
    const before = writtenText(source, path);
    const text = edit(before, cells, years, fields);
    if (text !== before) files.set(path, text);
  }
  return files;
}
