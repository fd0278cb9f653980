// Which workbooks a choice makes, and what each is made from.

import { nearest } from '../../../content/nearest.ts';
import type { ReadableEdition } from '../../../content/readable.ts';
import { UserError } from '../../../diagnostics/user-error.ts';
import { inFileName } from '../../../files.ts';
import { type Edition, measuresOf } from '../../../model/edition.ts';
import { withoutRole } from '../../../model/names.ts';
import { type Choice, sectionsOf, select } from '../../../render/selection.ts';
import { writeBook } from '../../xlsx/write-book.ts';
import { baseOfEdition } from './base-of.ts';
import { type WorkbookRequest, workbookOf } from './workbook.ts';

export interface AnswerBooksRequest {
  edition: Edition;
  organization: ReadableEdition['organization'];
  digest: string;
  commit?: string | undefined;
  openYears?: readonly string[] | undefined;
}

/** What one workbook is for. */
export interface AnswerBook {
  /** Without ending */
  name: string;
  sections: string[];
  /** 番号, those of 再掲 too */
  numbers: readonly string[];
}

/**
 * The workbooks of a choice; of none, one for each 課. Throws UserError for a number or a 課 that the edition does not have,
 * or that has nothing of its own to answer.
 */
export function chosenBooks(edition: Edition, choice: Pick<Choice, 'section' | 'only'>): AnswerBook[] {
  if (choice.section === undefined && !choice.only) return booksOfSections(edition);
  const { selection, name } = select(edition, choice);
  const chosen = measuresOf(edition).filter(({ id }) => selection.whole || selection.ids.has(id));
  const [first] = chosen;
  if (first && chosen.every(({ reprintOf }) => reprintOf !== undefined))
    throw new UserError(
      `${chosen.map(({ id, reprintOf }) => `${id} は再掲で、内容は ${reprintOf} に書きます`).join('。')}。再掲だけの回答ブックは作れません。`,
    );
  return [
    {
      name: choice.section === undefined ? name : inFileName(choice.section),
      sections: choice.section === undefined ? [] : [choice.section],
      numbers: chosen.map(({ id }) => id),
    },
  ];
}

/** 年度 that may be written, in the edition's order. Throws UserError for one that it does not have. */
export function openYearsOf({ years }: Edition, asked: readonly string[]): string[] {
  const names = asked.flatMap((text) => text.split(/[,、]/)).filter((name) => name !== '');
  const unknown = names.find((name) => !years.includes(name));
  if (unknown !== undefined) {
    const { nearest: near } = nearest(unknown, years);
    throw new UserError(
      `年度「${unknown}」はこの版にありません。この版の年度は ${years.join('、')} です。${near === undefined ? '' : `もしかして: ${near}`}`,
    );
  }
  if (names.length === 0) throw new UserError(`--due に年度がありません。この版の年度は ${years.join('、')} です。`);
  return years.filter((year) => names.includes(year));
}

/** A workbook for each 課 that has a measure of its own to answer. */
export function booksOfSections(edition: Edition): AnswerBook[] {
  const used = new Set<string>();
  return sectionsOf(edition).flatMap((section) => {
    const measures = measuresOf(edition).filter((measure) =>
      measure.sections.some((name) => withoutRole(name) === section),
    );
    if (measures.every(({ reprintOf }) => reprintOf !== undefined)) return [];
    return [{ name: unused(inFileName(section), used), sections: [section], numbers: measures.map(({ id }) => id) }];
  });
}

/** Names that differ in a sign that no file name has, or in its case, are told apart. */
function unused(name: string, used: Set<string>): string {
  let found = name;
  for (let count = 2; used.has(found.toLowerCase()); count += 1) found = `${name}_${count}`;
  used.add(found.toLowerCase());
  return found;
}

/** The bytes of a workbook. */
export function answerBook({ numbers, sections }: AnswerBook, request: AnswerBooksRequest): Promise<Uint8Array> {
  const { edition, organization, digest, commit, openYears } = request;
  const names: WorkbookRequest['names'] = {
    departments: organization.map(({ 名称 }) => 名称),
    sections: organization.flatMap(({ 課 }) => 課),
  };
  const base = baseOfEdition({ edition, digest, commit, numbers, sections, openYears });
  return writeBook(workbookOf({ base, edition, names, reprints: numbers }));
}
