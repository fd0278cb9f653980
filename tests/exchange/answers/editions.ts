import { checkContent } from '../../../src/content/check.ts';
import { contentDigest } from '../../../src/content/source/digest.ts';
import { readWorkingTree } from '../../../src/content/source/source.ts';
import {
  type AnswerBook,
  type AnswerBooksRequest,
  answerBook,
  booksOfSections,
  openYearsOf,
} from '../../../src/exchange/answers/send/answer-books.ts';
import type { Edition } from '../../../src/model/edition.ts';

/** Folders whose workbooks are tried: the edition and both invented cities. */
export const folders = ['content', 'tests/city', 'tests/lake'];

export function requestOf(folder: string): AnswerBooksRequest {
  const source = readWorkingTree(folder);
  const content = checkContent(source);
  if (!content.edition) throw new Error(`${folder} has errors`);
  return {
    edition: content.edition,
    organization: content.readable().organization,
    digest: contentDigest(source),
    commit: 'c'.repeat(40),
  };
}

export const editionOf = (folder: string): Edition => requestOf(folder).edition;

export interface MadeBook {
  /** What it is of: the folder, the 課 and the 年度 that are open */
  of: string;
  book: AnswerBook;
  request: AnswerBooksRequest;
}

/** Every workbook of `folder`, with all 年度 open and with one. */
export function booksOf(folder: string): MadeBook[] {
  const request = requestOf(folder);
  const last = request.edition.years.at(-2) ?? '';
  return [undefined, openYearsOf(request.edition, [last])].flatMap((openYears) =>
    booksOfSections(request.edition).map((book) => ({
      of: `${folder} ${book.name} ${openYears ?? ''}`,
      book,
      request: { ...request, openYears },
    })),
  );
}

export const bytesOf = ({ book, request }: MadeBook): Promise<Uint8Array> => answerBook(book, request);
