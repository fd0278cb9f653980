import type { Severity } from '../../model/words.ts';
import type { Base } from './base.ts';
import type { RowValue } from './form.ts';
import type { FormKey } from './key.ts';

/** What an answer workbook says. */
export interface Answers {
  /** Path of the workbook, as the user named it */
  file: string;
  base: Base;
  /** By keyText: rows that were read. What is not among them was not answered. */
  given: ReadonlyMap<string, Answer>;
  /** What is wrong in it, and what else is worth telling */
  told: readonly Told[];
}

/** What stands in a row's 記入欄; without a value it is blank. */
export interface Answer {
  key: FormKey;
  value?: RowValue;
  sheet: string;
  /** B7 */
  cell: string;
}

/** What is told of a place of a workbook. With an error the workbook is not taken. */
export interface Told {
  severity: Severity;
  file: string;
  sheet?: string;
  cell?: string;
  /** What is wrong and what was expected */
  message: string;
  /** What to do next */
  hint: string;
}

/** ファイル.xlsx シート!B7 */
export const placeOfTold = ({ file, sheet, cell }: Pick<Told, 'file' | 'sheet' | 'cell'>): string =>
  sheet === undefined ? file : `${file} ${sheet}${cell === undefined ? '' : `!${cell}`}`;
