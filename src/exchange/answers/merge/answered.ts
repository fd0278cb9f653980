import { type Cell, keyOf, type Value } from '../../../compare/cells.ts';
import { renamed } from '../../../compare/renames.ts';
import type { Fields } from '../../../model/fields.ts';
import type { Measure } from '../../../model/measure.ts';
import type { Answer, Answers } from '../answers.ts';
import type { BaseMeasure } from '../base.ts';
import { cellsOfRows, type FilledRow } from '../form.ts';
import { keyText } from '../key.ts';
import type { Followed } from './follow.ts';
import { measureOfCells, ownCells } from './measure-of-cells.ts';

/** A cell that a workbook has otherwise than it went out; names are those of now. */
export interface AnsweredCell {
  file: string;
  /** 番号 in the workbook */
  number: string;
  field: string;
  year?: string;
  base: Value | undefined;
  theirs: Value | undefined;
  /** Those of its rows that are not as they went out */
  rows: AnsweredRow[];
}

export interface AnsweredRow extends Answer {
  label: string;
}

/** What a workbook answers of a measure. */
export interface AnsweredMeasure {
  file: string;
  /** In the workbook */
  number: string;
  title: string;
  /** What it is now; none for a measure that is no more */
  now: Measure | undefined;
  cells: AnsweredCell[];
}

/** All measures of a workbook. */
export function answeredMeasures(
  { file, base, given }: Answers,
  { now, renames }: Followed,
  fields: Fields,
): AnsweredMeasure[] {
  return base.measures.map(({ number, title, rows }): AnsweredMeasure => {
    const changed = changedRows(rows, given);
    if (changed.length === 0) return { file, number, title, now: now(number), cells: [] };
    const cellsIn = (filled: readonly FilledRow[]) => {
      const { cells, problems } = cellsOfRows(filled, fields);
      // Readers tell those of the answers, and hand on none of their rows.
      if (problems[0]) throw new Error(`${file}: rows of ${keyText(problems[0].key)} do not go together`);
      if (renames.length === 0) return cells;
      const measure = renamed(measureOfCells(number, cells, base.years, fields), renames, fields);
      return ownCells(measure, base.years, fields);
    };
    const answered = rows.map(({ key, value }): FilledRow => {
      const answer = given.get(keyText(key));
      return { key, value: answer ? answer.value : value };
    });
    const cells = differing(cellsIn(rows), cellsIn(answered)).map((cell): AnsweredCell => {
      const own = changed.filter(({ key }) => keyOf(key) === keyOf(cell));
      return { file, number, ...cell, rows: own };
    });
    return { file, number, title, now: now(number), cells };
  });
}

/** Rows that are not as they went out. */
function changedRows(rows: BaseMeasure['rows'], given: Answers['given']): AnsweredRow[] {
  return rows.flatMap(({ key, label, value }): AnsweredRow[] => {
    const answer = given.get(keyText(key));
    return answer && answer.value !== value ? [{ ...answer, label }] : [];
  });
}

type Difference = Pick<AnsweredCell, 'field' | 'year' | 'base' | 'theirs'>;

function differing(base: readonly Cell[], theirs: readonly Cell[]): Difference[] {
  const [was, is] = [base, theirs].map((cells) => new Map(cells.map((cell) => [keyOf(cell), cell])));
  return [...new Map([...(was ?? []), ...(is ?? [])])].flatMap(([key, { field, year }]): Difference[] => {
    const [before, after] = [was?.get(key)?.value, is?.get(key)?.value];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [{ field, ...(year === undefined ? {} : { year }), base: before, theirs: after }];
  });
}
