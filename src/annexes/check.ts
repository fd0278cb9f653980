import { createHash } from 'node:crypto';
import type { NamedAnnex } from '../content/check.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Annex, largest, type Reading, readAnnex } from './annex.ts';
import type { Problem } from './problem.ts';
import { proven, readProven } from './proof/proof.ts';

/** Annexes as read before, by path: one whose bytes are the same is not read again. */
export type KnownAnnexes = Map<string, Reading & { bytes: Uint8Array; alternative: string | undefined }>;

export interface CheckedAnnexes {
  /** Those that can be merged, by path. */
  annexes: Map<string, Annex>;
  /** SHA-256 of the files and their 代替テキスト. */
  digest: string;
  /** All problems, at their lines. */
  diagnostics: Diagnostic[];
  /** Proves what was put off, and tells what it found. */
  prove: () => Diagnostic[];
}

/** Reads every annex that the edition names. `later`: the proof waits until it is asked for. */
export async function checkAnnexes(
  named: readonly NamedAnnex[],
  known: KnownAnnexes = new Map(),
  later = false,
): Promise<CheckedAnnexes> {
  const hash = createHash('sha256');
  const annexes = new Map<string, Annex>();
  const diagnostics: Diagnostic[] = [];
  const waiting: (() => Diagnostic[])[] = [];
  for (const { path, alternative, place, size, read: bytesOf } of named) {
    const located = (problem: Omit<Diagnostic, 'file' | 'start' | 'end'>): Diagnostic => ({
      ...place,
      ...problem,
      subject: path,
    });
    const report = (problem: Parameters<typeof located>[0]) => diagnostics.push(located(problem));
    const tooLarge = size > largest.bytes;
    const bytes = tooLarge
      ? undefined
      : readOr(bytesOf, (actual) => report({ code: 'file-unreadable', severity: 'error', actual }));
    if (tooLarge) report(sizeProblem(size));
    if (!bytes) continue;
    hash.update(createHash('sha256').update(bytes).digest()).update(`${alternative ?? ''}\n`);
    const before = known.get(path);
    const isSame =
      before !== undefined && before.alternative === alternative && Buffer.compare(before.bytes, bytes) === 0;
    const read = later ? readAnnex : readProven;
    const reading = isSame ? before : await read(bytes, alternative);
    const { annex, problems } = reading;
    const keep = (whole: Reading) => known.set(path, { ...whole, bytes, alternative });
    if (isSame || !later) keep(reading);
    else
      waiting.push(() => {
        const whole = proven(reading);
        keep(whole);
        return whole.problems.slice(problems.length).map(located);
      });
    for (const problem of problems) report(problem);
    if (annex) annexes.set(path, annex);
  }
  return { annexes, digest: hash.digest('hex'), diagnostics, prove: () => waiting.flatMap((prove) => prove()) };
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
