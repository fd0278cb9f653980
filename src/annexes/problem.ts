import type { MendCode } from '../diagnostics/annex-mends.ts';
import type { AnnexCode } from '../diagnostics/diagnostic.ts';

/** Why an annex cannot be merged as it is, or what is left out of it; told at its line of edition.yaml. */
export interface Problem {
  code: AnnexCode;
  severity: 'error' | 'warning';
  actual?: string;
  expected?: string;
}

/** What was found in an annex while it was read. */
export class Findings {
  readonly problems: Problem[] = [];
  /** What was put right, with the indices of the pages where that is known. */
  readonly mends = new Map<MendCode, Set<number>>();
  /** Indices of the pages with pictures that were to be smoothed. */
  readonly smoothed = new Set<number>();

  report(...problems: Problem[]): void {
    this.problems.push(...problems);
  }

  /** Notes that something was put right; `page` is an index. */
  mended(code: MendCode, page?: number): void {
    const pages = this.mends.get(code) ?? new Set();
    this.mends.set(code, pages);
    if (page !== undefined) pages.add(page);
  }
}

/** Thrown where reading cannot go on; the message is what `annex-damaged` tells. */
export class DamagedAnnex extends Error {}
/** Thrown of what is larger than `most`; the message is what `annex-too-large` tells. */
export class LargeAnnex extends DamagedAnnex {
  readonly most: string;

  constructor(message: string, most: string) {
    super(message);
    this.most = most;
  }
}

/** 3, 5, 8 of page indices 2, 4, 7; a long list is cut. */
export function pageList(indices: Iterable<number>): string {
  const pages = [...new Set(indices)].sort((a, b) => a - b).map((index) => index + 1);
  return `${pages.slice(0, 10).join('、')}${pages.length > 10 ? ` ほか${pages.length - 10}` : ''}`;
}
