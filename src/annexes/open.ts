import { largestAnnex } from '../content/source/source.ts';
import { DamagedAnnex, LargeAnnex, type Problem } from './problem.ts';
import { numberOf, openFile, pagesOf, type SourceFile, type SourcePage, value } from './source/file.ts';

/** Bytes and pages that an annex may have. */
export const largest = { bytes: largestAnnex, pages: 5000 };

/** An annex with its pages, or why it has none. */
export type OpenedAnnex = { file: SourceFile; pages: SourcePage[] } | { problem: Problem };

/** Opens an annex. Never throws for a bad file. */
export function openAnnex(bytes: Uint8Array): OpenedAnnex {
  try {
    const file = openFile(bytes);
    if (file.encrypted) return { problem: { code: 'annex-encrypted', severity: 'error' } };
    const pages = pagesOf(file, largest.pages);
    if (pages.length <= largest.pages) return { file, pages };
    const [actual, expected] = [`${largest.pages}ページより多い`, `${largest.pages}ページ`];
    return { problem: { code: 'annex-too-large', severity: 'error', actual, expected } };
  } catch (error) {
    return { problem: damageOf(error) };
  }
}

/** What is told of what an annex made its reader throw; throws on what is no error. */
export function damageOf(error: unknown): Problem {
  const severity = 'error';
  if (error instanceof LargeAnnex)
    return { code: 'annex-too-large', severity, actual: error.message, expected: error.most };
  if (error instanceof DamagedAnnex) return { code: 'annex-damaged', severity, actual: error.message };
  // Whatever the bytes made the library throw (a stack or a buffer that ran out too): the file is at fault.
  if (error instanceof Error) return { code: 'annex-damaged', severity, actual: 'PDF の構造を読めません' };
  throw error;
}

/** pt, as a page is shown: turned, and with its UserUnit. */
export interface PageSize {
  width: number;
  height: number;
}

export function shownSize(page: SourcePage): PageSize {
  const [left, bottom, right, top] = page.crop;
  const unit = unitOf(page);
  const [width, height] = [(right - left) * unit, (top - bottom) * unit];
  return page.rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

export const unitOf = ({ dict }: SourcePage): number => numberOf(value(dict, 'UserUnit')) ?? 1;
