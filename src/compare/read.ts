import { createHash } from 'node:crypto';
import { type CheckedContent, checkContent } from '../content/check.ts';
import type { ReadableEdition } from '../content/readable.ts';
import { type ContentSource, largestAnnex } from '../content/source/source.ts';
import type { ParsedFiles } from '../content/yaml/parsed-files.ts';
import { type Diagnostic, isError } from '../diagnostics/diagnostic.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { environmentProblem } from '../environment.ts';

/** One side of a comparison: an edition as far as it reads. */
export interface ComparedEdition extends ReadableEdition {
  /** As the user named it: a git ref, a folder. */
  name: string;
  /** Of each 別冊 the digest of its file, by path; none for a file that is not there. */
  annexes: ReadonlyMap<string, string>;
  diagnostics: readonly Diagnostic[];
  /** Those of them that are errors. */
  errors: readonly Diagnostic[];
  /** The text of a file that diagnostics name. */
  sources(file: string): string | undefined;
}

/** Never throws for bad content. Files that are the same as in `parsed` are not parsed again. */
export const readEdition = (name: string, source: ContentSource, parsed: ParsedFiles): ComparedEdition =>
  comparedEdition(name, source, checkContent(source, parsed));

/** One side of a comparison that has been checked. */
export function comparedEdition(
  name: string,
  source: ContentSource,
  { readable, diagnostics, sources }: Pick<CheckedContent, 'readable' | 'diagnostics' | 'sources'>,
): ComparedEdition {
  const read = readable();
  const annexes = new Map<string, string>();
  for (const part of read.edition.parts) {
    const entry = typeof part === 'string' ? undefined : source.entries.get(part.annex);
    if (typeof part === 'string' || entry?.kind !== 'file') continue;
    try {
      const size = entry.size?.() ?? 0;
      // One that no document can hold is not read: it is told by its size.
      const digest = size > largestAnnex ? String(size) : createHash('sha256').update(entry.read()).digest('hex');
      annexes.set(part.annex, digest);
    } catch (error) {
      if (error instanceof UserError || environmentProblem(error) === undefined) throw error;
      read.unread.push({ file: part.annex, path: [] });
    }
  }
  const errors = diagnostics.filter(isError);
  return { ...read, name, annexes, diagnostics, errors, sources };
}
