import type { NamedAnnex } from '../content/check.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Annex, Reading } from './annex.ts';
import { openAnnexes } from './files.ts';
import { readProven } from './proof/proof.ts';

/** Annexes as read before, by path: one whose bytes are the same is not read again. */
export type KnownAnnexes = Map<string, Reading & { bytes: Uint8Array; alternative: string | undefined }>;

export interface CheckedAnnexes {
  /** Those that can be merged, by path. */
  annexes: Map<string, Annex>;
  /** SHA-256 of the files and their 代替テキスト. */
  digest: string;
  /** All problems, at their lines. */
  diagnostics: Diagnostic[];
}

/** Reads and proves every annex that the edition names. */
export async function checkAnnexes(
  named: readonly NamedAnnex[],
  known: KnownAnnexes = new Map(),
): Promise<CheckedAnnexes> {
  const { files, digest, diagnostics } = openAnnexes(named);
  const annexes = new Map<string, Annex>();
  for (const { path, bytes, alternative, located } of files) {
    const before = known.get(path);
    const isSame =
      before !== undefined && before.alternative === alternative && Buffer.compare(before.bytes, bytes) === 0;
    const reading = isSame ? before : await readProven(bytes, alternative);
    const { annex, problems } = reading;
    known.set(path, { ...reading, bytes, alternative });
    diagnostics.push(...problems.map(located));
    if (annex) annexes.set(path, annex);
  }
  return { annexes, digest, diagnostics };
}
