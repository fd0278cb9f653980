// What workbooks answer, merged into the content: shown, and written when that is asked for.
import { Renderer } from '../book/renderer.ts';
import { knownNames } from '../compare/renames.ts';
import { checkContent } from '../content/check.ts';
import type { ReadableEdition } from '../content/readable.ts';
import { contentDigest } from '../content/source/digest.ts';
import { isCommit, readGitRef } from '../content/source/git.ts';
import { type Diagnostic, isError } from '../diagnostics/diagnostic.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { writeFiles } from '../edit/write.ts';
import { environmentProblem } from '../environment.ts';
import type { Answers, Told } from '../exchange/answers/answers.ts';
import type { Base } from '../exchange/answers/base.ts';
import { collectionTable } from '../exchange/answers/merge/collection-table.ts';
import { type GivenFiles, givenFiles } from '../exchange/answers/merge/files.ts';
import type { Present } from '../exchange/answers/merge/follow.ts';
import { identified, sameSection } from '../exchange/answers/merge/identify.ts';
import type { Decisions } from '../exchange/answers/merge/merge-answers.ts';
import { conflictText, toldText } from '../exchange/answers/merge/report-text.ts';
import { settleAnswers } from '../exchange/answers/merge/settle.ts';
import { tableText } from '../exchange/answers/merge/table-text.ts';
import { readAnswers } from '../exchange/answers/read/read-answers.ts';
import { BookProblem, readBookFile } from '../exchange/xlsx/read-book.ts';
import { compareNumbers } from '../model/numbers.ts';
import { checkFit } from '../render/check-fit.ts';
import {
  finishEarlier,
  outcomeOf,
  type PresentContent,
  printChanges,
  readPresent,
  refuse,
  writtenLine,
} from './change-content.ts';
import { existing, type Folders, print, printText, report, shown, terminalOf } from './terminal.ts';

/** What is asked for. */
export interface ImportRequest extends Pick<Folders, 'content'> {
  paths: string[];
  write: boolean;
  acceptGood: boolean;
  force: boolean;
  decisions: Decisions;
  /** As the user would type it again, without --write */
  command: string;
}

/** Prints and sets the exit code. Throws UserError. */
export async function importAnswers(request: ImportRequest): Promise<void> {
  const { content, paths, write, command } = request;
  existing(content);
  const files = givenFiles(paths);
  if (write && (await finishEarlier(content, `${command} --write`))) return;
  const renderer = new Renderer(); // its thread starts while the workbooks are being read
  try {
    const present = await readPresent(content, { force: request.force || !write });
    if (present) await collect(request, files, present, renderer);
  } finally {
    await renderer.close();
  }
}

async function collect(
  { content, write, acceptGood, force, decisions, command }: ImportRequest,
  { workbooks: paths, others: ignored }: GivenFiles,
  now: PresentContent,
  renderer: Renderer,
): Promise<void> {
  const { source, checked } = now;
  const present = presentOf(now, content);
  const { taken, unread, told } = await readAll(paths, present);
  if (taken.length === 0) {
    printText(toldText(told, [], terminalOf(process.stderr)), process.stderr);
    print('取り込める回答ブックがありません。', process.stderr);
    process.exitCode = 2;
    return;
  }
  told.push(...sameSection(taken));

  let misfits: Diagnostic[] | undefined;
  const settled = await settleAnswers(taken, {
    ...{ present, source, decisions },
    check: async (files) => {
      const outcome = await outcomeOf(now, files, renderer);
      // Most contents fit: only where something does not, it is asked whether it did before.
      if (outcome.misfits.length > 0) misfits ??= await checkFit(checked, renderer);
      return { ...outcome, before: [...checked.diagnostics, ...(misfits ?? [])] };
    },
  });
  const { workbooks, out, outcome, conflicts } = settled;
  told.push(...settled.told);
  const tell = () => {
    if (told.length > 0) printText(toldText(told, workbooks, terminalOf(process.stderr)), process.stderr);
  };
  for (const [line, errors] of [
    ['内容に誤りがあるため、何も書き換えていません。直してから、もう一度実行してください。', settled.known],
    [
      '取り込むと回答ブックの外でこの誤りになるため、何も書き換えていません(示した行は、取り込んだ後のものです)。',
      settled.others,
    ],
  ] as const)
    if (errors.some(isError)) {
      tell();
      return refuse(line, errors.filter(isError), outcome.result);
    }

  const terminal = terminalOf(process.stdout);
  const leftOut = [...unread, ...out].sort();
  const changed = outcome.planned.size > 0;
  if (changed && leftOut.length > 0 && !acceptGood)
    printText('誤りも衝突もない回答ブックだけなら、次のように変わります。\n\n', process.stdout);
  if (changed) await printChanges(now, outcome);
  await report(settled.others, outcome.result.sources);
  tell();
  if (conflicts.length > 0) printText(`\n${conflictText(conflicts, terminal)}`, process.stdout);
  for (const [option, numbers] of Object.entries(decisions)) {
    const idle = [...numbers].filter((number) => !settled.contested.has(number)).sort(compareNumbers);
    if (idle.length > 0) print(`--${option} の ${idle.join('、')} に、衝突はありません。`, process.stderr);
  }
  if (ignored.length > 0)
    print(`回答ブックではないため、読んでいないファイル: ${ignored.map(shown).join('、')}`, process.stderr);
  const rows = collectionTable({ workbooks, unread, told, conflicts }, present);
  printText(`\n${tableText(rows, terminal)}\n`, process.stdout);

  if (leftOut.length > 0) process.exitCode = 1;
  if (leftOut.length > 0 && !acceptGood) {
    const next = [
      ...(told.some(isError) ? ['誤りは、直してもらったブックと差し替えてください。'] : []),
      ...(conflicts.length > 0 ? ['衝突は、--theirs か --ours で決めてください。'] : []),
    ];
    return print(
      `誤りか衝突のある回答ブックがあるため、何も書き換えていません: ${leftOut.map(shown).join('、')}。${next.join('')}ほかのブックだけを先に取り込むなら、--accept-good を付けます。`,
      process.stderr,
    );
  }
  if (leftOut.length > 0) print(`取り込まない回答ブック: ${leftOut.map(shown).join('、')}`, process.stderr);
  if (!changed) return print('書き換える所はありません。');
  if (!write) return print(`まだ何も書き換えていません。書き換えるには: npx shisakushu ${command} --write`);
  writeFiles(content, outcome.planned, `${command} --write`);
  print(writtenLine(content, outcome.planned, source, force));
}

/** The workbooks of this content, one after the other, and what is told of the other files. */
async function readAll(
  paths: readonly string[],
  present: Present,
): Promise<{ taken: Answers[]; unread: string[]; told: Told[] }> {
  const taken: Answers[] = [];
  const unread: string[] = [];
  const told: Told[] = [];
  for (const path of paths) {
    const answers = await readOne(path, present);
    const found = 'base' in answers ? identified(answers, present) : undefined;
    if (found) told.push(found);
    if ('base' in answers && found?.severity !== 'error') taken.push(answers);
    else {
      unread.push(path);
      told.push(...answers.told);
    }
  }
  return { taken, unread, told };
}

/** A workbook, or why it is none. */
async function readOne(file: string, present: Present): Promise<Answers | { file: string; told: readonly Told[] }> {
  const refused = (message: string, hint: string) => ({
    file,
    told: [{ severity: 'error' as const, file, message, hint }],
  });
  try {
    return readAnswers(file, await readBookFile(file), present.edition.fields, knownNames(present));
  } catch (error) {
    if (error instanceof BookProblem) return refused(error.message, error.hint);
    const problem = environmentProblem(error);
    if (problem === undefined) throw error;
    return refused(problem, 'ほかのソフトで開いていないか、読み取りの権限があるかを確かめてください。');
  }
}

function presentOf({ source, checked, cache }: PresentContent, content: string): Present {
  const made = new Map<string, ReadableEdition | undefined>();
  const read = ({ commit, digest }: Base): ReadableEdition | undefined => {
    if (commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit) || !isCommit(commit, content)) return undefined;
    try {
      const then = readGitRef(commit, content);
      return contentDigest(then) === digest ? checkContent(then, cache.parsed.copy()).readable() : undefined;
    } catch (error) {
      if (error instanceof UserError) return undefined; // the folder had another name then
      throw error;
    }
  };
  return {
    ...checked.readable(),
    digest: contentDigest(source),
    madeFrom: (base) => {
      const key = JSON.stringify([base.commit, base.digest]);
      if (!made.has(key)) made.set(key, read(base));
      return made.get(key);
    },
  };
}
