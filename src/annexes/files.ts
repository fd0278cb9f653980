import { createHash } from 'node:crypto';
import type { NamedAnnex } from '../content/check.ts';
import { largestAnnex } from '../content/source/source.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Problem } from './problem.ts';

/** An annex that the edition names, as its file is. */
export interface AnnexFile {
  path: string;
  bytes: Uint8Array;
  alternative: string | undefined;
  /** A problem at the line that names it. */
  located(problem: Problem): Diagnostic;
}

export interface OpenedAnnexes {
  files: AnnexFile[];
  /** SHA-256 of the files and their 代替テキスト. */
  digest: string;
  /** Those that are not opened. */
  diagnostics: Diagnostic[];
}

/** Opens the annexes that the edition names. */
export function openAnnexes(named: readonly NamedAnnex[]): OpenedAnnexes {
  const hash = createHash('sha256');
  const files: AnnexFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { path, alternative, place, size, read } of named) {
    const located = (problem: Omit<Diagnostic, 'file' | 'start' | 'end'>): Diagnostic => ({
      ...place,
      ...problem,
      subject: path,
    });
    if (size > largestAnnex) diagnostics.push(located(sizeProblem(size)));
    else
      try {
        const bytes = read();
        hash.update(createHash('sha256').update(bytes).digest()).update(`${alternative ?? ''}\n`);
        files.push({ path, bytes, alternative, located });
      } catch (error) {
        const actual = (error as NodeJS.ErrnoException).code ?? '不明';
        diagnostics.push(located({ code: 'file-unreadable', severity: 'error', actual }));
      }
  }
  return { files, digest: hash.digest('hex'), diagnostics };
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`;
export const sizeProblem = (size: number): Problem => ({
  code: 'annex-too-large',
  severity: 'error',
  actual: megabytes(size),
  expected: megabytes(largestAnnex),
});
