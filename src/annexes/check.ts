import { createHash } from 'node:crypto';
import type { NamedAnnex } from '../content/check.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Annex, largest, type Reading } from './annex.ts';
import type { Problem } from './problem.ts';
import { readProven } from './proof/proof.ts';

/** Annexes as read before, by path: one whose bytes are the same is not read again. */
export type KnownAnnexes = Map<string, Reading & { bytes: Uint8Array; alternative: string | undefined }>;

/**
 * Reads every annex that the edition names: those that can be merged by path, all problems at their lines, and the
 * SHA-256 of the files and their 代替テキスト.
 */
export async function checkAnnexes(
  named: readonly NamedAnnex[],
  known: KnownAnnexes = new Map(),
): Promise<{ annexes: Map<string, Annex>; digest: string; diagnostics: Diagnostic[] }> {
  const hash = createHash('sha256');
  const annexes = new Map<string, Annex>();
  const diagnostics: Diagnostic[] = [];
  for (const { path, alternative, place, size, read } of named) {
    const report = (problem: Omit<Diagnostic, 'file' | 'start' | 'end'>) =>
      diagnostics.push({ ...place, ...problem, subject: path });
    const tooLarge = size > largest.bytes;
    const bytes = tooLarge
      ? undefined
      : readOr(read, (actual) => report({ code: 'file-unreadable', severity: 'error', actual }));
    if (tooLarge) report(sizeProblem(size));
    if (!bytes) continue;
    hash.update(createHash('sha256').update(bytes).digest()).update(`${alternative ?? ''}\n`);
    const before = known.get(path);
    const isSame =
      before !== undefined && before.alternative === alternative && Buffer.compare(before.bytes, bytes) === 0;
    const reading = isSame ? before : await readProven(bytes, alternative);
    const { annex, problems } = reading;
    known.set(path, { ...reading, bytes, alternative });
    for (const problem of problems) report(problem);
    if (annex) annexes.set(path, annex);
  }
  return { annexes, digest: hash.digest('hex'), diagnostics };
}

function readOr(read: () => Uint8Array, fail: (code: string) => void): Uint8Array | undefined {
  try {
    return read();
  } catch (error) {
    fail((error as NodeJS.ErrnoException).code ?? '不明');
    return undefined;
  }
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`;
export const sizeProblem = (size: number): Problem => ({
  code: 'annex-too-large',
  severity: 'error',
  actual: megabytes(size),
  expected: megabytes(largest.bytes),
});
