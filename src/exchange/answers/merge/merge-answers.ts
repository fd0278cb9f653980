import { type Cell, keyOf, type Value } from '../../../compare/cells.ts';
import type { CellEdit } from '../../../edit/edit.ts';
import { mergeCells } from '../../../edit/merge/cells.ts';
import { type Edition, measuresOf } from '../../../model/edition.ts';
import { type Field, fieldOf } from '../../../model/fields.ts';
import { groupedBy } from '../../../model/grouped-by.ts';
import type { Measure } from '../../../model/measure.ts';
import { inOneLine, oneLine } from '../../../model/names.ts';
import { compareNumbers } from '../../../model/numbers.ts';
import type { Told } from '../answers.ts';
import type { AnsweredCell, AnsweredMeasure, AnsweredRow } from './answered.ts';
import { ownCells } from './measure-of-cells.ts';

/** A cell of which the content, or another workbook, says something else than a workbook. */
export interface AnswerConflict {
  /** As it is now */
  number: string;
  title: string;
  field: string;
  year?: string;
  ours: Value | undefined;
  /** One, or several that say different things */
  answers: AnsweredCell[];
}

/** Numbers, as they are now, whose 衝突 are decided. */
export interface Decisions {
  theirs: ReadonlySet<string>;
  ours: ReadonlySet<string>;
}

export interface MergedAnswers {
  /** By number as it is now */
  edits: ReadonlyMap<string, CellEdit[]>;
  /** Where each of the edits comes from */
  taken: { number: string; edit: CellEdit; answers: AnsweredCell[] }[];
  /** Not decided: there the content stays as it is. */
  conflicts: AnswerConflict[];
  /** Numbers that had any, decided or not */
  contested: ReadonlySet<string>;
  told: Told[];
}

/** What becomes of the content of now by what workbooks answer, these in the order in which they are to be told. */
export function mergeAnswers(
  answered: readonly AnsweredMeasure[],
  edition: Edition,
  decisions: Decisions,
): MergedAnswers {
  const { years, fields } = edition;
  const told: Told[] = [];
  const byNumber = new Map<string, { now: Measure; cells: AnsweredCell[] }>();
  for (const measure of answered) {
    const { now, cells } = measure;
    if (cells.length === 0) continue;
    if (now === undefined || now.reprintOf !== undefined) {
      told.push(...goneTold(measure));
      continue;
    }
    const known = byNumber.get(now.id) ?? { now, cells: [] };
    byNumber.set(now.id, known);
    for (const cell of cells) {
      if (cell.year === undefined || years.includes(cell.year)) known.cells.push(cell);
      else told.push(...closedTold(cell, years));
    }
  }
  const conflicts: AnswerConflict[] = [];
  const taken: MergedAnswers['taken'] = [];
  const contested = new Set<string>();
  const edits = new Map<string, CellEdit[]>();
  for (const [number, { now, cells }] of [...byNumber].sort(([a], [b]) => compareNumbers(a, b))) {
    const ours = new Map(ownCells(now, years, fields).map((cell) => [keyOf(cell), cell]));
    const own: CellEdit[] = [];
    for (const [key, answers] of groupedBy(cells, keyOf)) {
      const { field, year } = answers[0] as AnsweredCell;
      const place = { field, ...(year === undefined ? {} : { year }) };
      const here = ours.get(key)?.value;
      const settled = settle(answers, here);
      if (settled === 'same') continue;
      const isConflict = 'answers' in settled;
      if (isConflict) {
        contested.add(number);
        if (decisions.ours.has(number)) continue;
        if (!decisions.theirs.has(number) || !areOne(settled.answers)) {
          conflicts.push({ number, title: now.title, ...place, ours: here, answers: settled.answers });
          continue;
        }
      }
      const value = isConflict ? settled.answers[0]?.theirs : settled.value;
      if (same(value, here)) continue;
      const edit: CellEdit = { ...place, ...(value === undefined ? {} : { value }) };
      own.push(edit);
      taken.push({ number, edit, answers: isConflict ? settled.answers : answers });
    }
    const needed = withoutFollowing(own, ours, fields.measure);
    if (needed.length > 0) edits.set(number, needed);
    for (const [reprint, edit] of inReprints(now, needed, edition))
      edits.set(reprint, [...(edits.get(reprint) ?? []), edit]);
  }
  return { edits, taken, conflicts, contested, told };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const areOne = (answers: readonly AnsweredCell[]) => answers.every(({ theirs }) => same(theirs, answers[0]?.theirs));

/** What all answers to one cell make of it, or those that do not go together; nothing where it says so already. */
function settle(
  answers: readonly AnsweredCell[],
  ours: Value | undefined,
): { value: Value | undefined } | { answers: AnsweredCell[] } | 'same' {
  const merged = answers.map((answer) => ({ answer, result: mergedValue(answer, ours) }));
  const effective = merged.filter(({ result }) => result === 'conflict' || !same(result.value, ours));
  const [first] = effective;
  if (!first) return 'same';
  const conflict = { answers: effective.map(({ answer }) => answer) };
  if (effective.some(({ result }) => result === 'conflict')) return conflict;
  if (areOne(conflict.answers) && effective.every(({ result }) => same(result, first.result)))
    return first.result as { value: Value | undefined };
  // Each 課 its part of a 予算額, or its name in a list: as long as the order of the workbooks does not matter.
  if (conflict.answers.some(({ theirs }) => theirs?.type !== 'budget' && theirs?.type !== 'list')) return conflict;
  const inTurn = (all: readonly AnsweredCell[]) =>
    all.reduce<MergedValue>((before, answer) => (before === 'conflict' ? before : mergedValue(answer, before.value)), {
      value: ours,
    });
  const result = inTurn(conflict.answers);
  return result !== 'conflict' && same(result, inTurn([...conflict.answers].reverse())) ? result : conflict;
}

type MergedValue = { value: Value | undefined } | 'conflict';

function mergedValue({ base, theirs }: AnsweredCell, ours: Value | undefined): MergedValue {
  const cell = (value: Value | undefined): Cell[] => (value === undefined ? [] : [{ field: '', value }]);
  // A 予算額 that was blank had no parts.
  const was = base === undefined && areParts(ours) && areParts(theirs) ? { ...ours, budget: [] } : base;
  const { cells, conflicts } = mergeCells(cell(was), cell(ours), cell(theirs));
  return conflicts.length > 0 ? 'conflict' : { value: cells[0]?.value };
}

const areParts = (value: Value | undefined): value is Value & { type: 'budget' } =>
  value?.type === 'budget' && Array.isArray(value.budget);

/** A wording of its own that is what would stand there anyhow is not written. */
function withoutFollowing(
  edits: readonly CellEdit[],
  ours: ReadonlyMap<string, Cell>,
  measure: readonly Field<keyof Measure>[],
): CellEdit[] {
  const valueNow = (field: string) => {
    const edit = edits.find((one) => one.field === field && one.year === undefined);
    return edit ? edit.value : ours.get(field)?.value;
  };
  return edits.flatMap((edit): CellEdit[] => {
    const field = measure.find(({ name }) => name === edit.field && edit.year === undefined);
    if (field?.follows === undefined || edit.value?.type !== 'text') return [edit];
    const followed = valueNow(fieldOf(measure, field.follows).name);
    const shown = followed?.type === 'text' ? followed.text : followed?.type === 'list' ? followed.names : undefined;
    if (shown === undefined || inOneLine(shown) !== edit.value.text) return [edit];
    return ours.has(edit.field) ? [{ field: edit.field }] : [];
  });
}

/** What a 再掲 has to have as its target has it follows the target: 区分. */
function inReprints(now: Measure, edits: readonly CellEdit[], edition: Edition): [number: string, edit: CellEdit][] {
  const same = edition.fields.measure.filter(({ reprint, kind }) => reprint === 'must' && kind !== 'number');
  return same.flatMap(({ name, property }) => {
    const edit = edits.find(({ field, year }) => field === name && year === undefined);
    if (!edit?.value) return [];
    return measuresOf(edition).flatMap((measure): [string, CellEdit][] =>
      measure.reprintOf === now.id && measure[property] === now[property] ? [[measure.id, edit]] : [],
    );
  });
}

/** One for each measure: what was written is shown, so that it can be written elsewhere. */
function goneTold({ file, number, title, now, cells }: AnsweredMeasure): Told[] {
  const rows = cells.flatMap((cell) => cell.rows);
  const why =
    now === undefined
      ? `取組 ${number}「${oneLine(title)}」は、いまの版にありません。`
      : `取組 ${number}「${oneLine(title)}」は、いまは再掲の ${now.id} です(再掲先 ${now.reprintOf ?? ''})。`;
  return rows.slice(0, 1).map(({ sheet }) => ({
    severity: 'error',
    ...{ file, sheet },
    message: [`${why}次の回答を書き込む所がありません。`, ...rows.map(shownRow)].join('\n'),
    hint: '残す回答は、書くべき取組のファイルに手で書いてください。回答ブックのこのシートを消してもう一度実行すると、ほかの回答を取り込めます。',
  }));
}

const shownRow = ({ cell, label, value }: AnsweredRow): string =>
  `${cell} ${label}: ${value === undefined ? '(空欄)' : value}`;

function closedTold({ file, year, rows }: AnsweredCell, years: readonly string[]): Told[] {
  return rows.map((row) => ({
    severity: 'error',
    ...{ file, sheet: row.sheet, cell: row.cell },
    message: `${year ?? ''} は、いまの版の年度(${years.join('、')})ではないため、この回答を書き込む所がありません。`,
    hint: '前の版の回答ブックです。いまの版に要らない回答なら、回答ブックのこの行を消してもう一度実行すると、ほかの回答を取り込めます。',
  }));
}
