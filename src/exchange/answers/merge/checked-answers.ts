// What the check of the content finds, told where it was written: at the cell of the workbook.
import type { CheckedContent } from '../../../content/check.ts';
import { placeOf, placeOfKey, valueAt } from '../../../content/yaml/yaml-file.ts';
import type { Diagnostic, Position } from '../../../diagnostics/diagnostic.ts';
import { pathOfCell } from '../../../edit/edit.ts';
import type { Fields } from '../../../model/fields.ts';
import { withoutRole } from '../../../model/names.ts';
import { measureFile, numberOfFile } from '../../../model/numbers.ts';
import type { Told } from '../answers.ts';
import type { AnsweredCell, AnsweredRow } from './answered.ts';
import type { MergedAnswers } from './merge-answers.ts';
import { officeWords } from './office-words.ts';

type Taken = MergedAnswers['taken'][number];

export interface CheckedAnswers {
  told: Told[];
  /** Those that were not there before, and that no answer explains */
  others: Diagnostic[];
  /** Those that were there before */
  known: Diagnostic[];
}

/** `before`: of the content without the answers; `result`: with them. */
export function checkedAnswers(
  { before, found }: { before: readonly Diagnostic[]; found: readonly Diagnostic[] },
  result: Pick<CheckedContent, 'files'>,
  taken: readonly Taken[],
  fields: Fields,
): CheckedAnswers {
  const counts = new Map<string, number>();
  for (const diagnostic of before) counts.set(keyOf(diagnostic), (counts.get(keyOf(diagnostic)) ?? 0) + 1);
  const checked: CheckedAnswers = { told: [], others: [], known: [] };
  const placed = found.map((diagnostic) => ({ diagnostic, at: takenAt(diagnostic, result, taken, fields) }));
  // Where nothing was answered it is rather what was there before.
  for (const { diagnostic, at } of [...placed.filter((one) => !one.at), ...placed.filter((one) => one.at)]) {
    const left = counts.get(keyOf(diagnostic)) ?? 0;
    if (left > 0) {
      counts.set(keyOf(diagnostic), left - 1);
      checked.known.push(diagnostic);
      continue;
    }
    const cells = at ? at.answers : elsewhere(diagnostic, taken);
    if (cells.length === 0) checked.others.push(diagnostic);
    else checked.told.push(...cells.map((cell) => toldAt(diagnostic, cell, at !== undefined)));
  }
  return checked;
}

const keyOf = ({ file, code, severity, subject, actual, expected, nearest }: Diagnostic) =>
  JSON.stringify([file, code, severity, subject, actual, expected, nearest]);

/** The answer in whose cell a diagnostic stands. */
function takenAt(
  { file, code, start, subject }: Diagnostic,
  { files }: Pick<CheckedContent, 'files'>,
  taken: readonly Taken[],
  fields: Fields,
): Taken | undefined {
  const number = numberOfFile(file);
  const yaml = number === undefined ? undefined : files.get(measureFile(number));
  if (!yaml) return undefined;
  return taken.find(({ number: of, edit: { field, year, value } }) => {
    if (of !== number) return false;
    const path = pathOfCell(field, year, fields);
    if (value === undefined || valueAt(yaml.value, path) === undefined)
      return code === 'missing-key' && path.at(-1) === subject;
    const from = placeOfKey(yaml, path.slice(0, -1), String(path.at(-1))).start;
    return !isBefore(start, from) && !isBefore(placeOf(yaml, path).end, start);
  });
}

const isBefore = (a: Position, b: Position) => a.line < b.line || (a.line === b.line && a.column < b.column);

/** Of what is told elsewhere: the answers that wrote the name that it is about, or else those of the same measure. */
function elsewhere({ file, code, actual, subject }: Diagnostic, taken: readonly Taken[]): AnsweredCell[] {
  const number = code === 'reprint-kind-differs' ? subject : numberOfFile(file);
  const cells = taken.flatMap(({ answers }) => answers);
  const naming =
    number === undefined && actual !== undefined
      ? cells.filter(({ rows }) => rows.some(({ value }) => withoutRole(String(value ?? '')) === actual))
      : [];
  if (naming.length > 0) return naming;
  const own = taken.filter((one) => one.number === number).flatMap(({ answers }) => answers);
  // One for each workbook.
  return [...new Map(own.map((cell) => [cell.file, cell])).values()];
}

function toldAt(diagnostic: Diagnostic, { file, rows }: AnsweredCell, isThere: boolean): Told {
  const row = (isThere ? rowOf(diagnostic, rows) : undefined) ?? rows[0];
  return {
    severity: diagnostic.severity,
    file,
    ...(row ? { sheet: row.sheet, cell: row.cell } : {}),
    ...officeWords(diagnostic),
  };
}

/** Of several rows of a cell the one that has what is wrong. */
const rowOf = ({ actual = '' }: Diagnostic, rows: readonly AnsweredRow[]): AnsweredRow | undefined =>
  rows.find(({ value }) => String(value) === actual) ??
  rows.find(({ value }) => value !== undefined && withoutRole(String(value)) === actual) ??
  rows.find(({ value }) => value !== undefined && String(value).includes(actual));
