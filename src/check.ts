import type { Annex } from './annexes/annex.ts';
import type { KnownAnnexes } from './annexes/check.ts';
import { type CheckedContent, checkContent, type ParsedFiles } from './content/check.ts';
import type { ContentSource } from './content/source.ts';

export interface CheckedEdition extends CheckedContent {
  /** The annexes by path, ready to be merged. */
  readAnnexes: ReadonlyMap<string, Annex>;
  /** SHA-256 of the annexes' own; absent when there are none. */
  annexDigest?: string;
}

/** Checks the content and the annexes that it names; the reader of PDF is loaded only for these. */
export async function checkAll(
  source: ContentSource,
  parsed?: ParsedFiles,
  known?: KnownAnnexes,
): Promise<CheckedEdition> {
  const content = checkContent(source, parsed);
  if (content.annexes.length === 0) return { ...content, readAnnexes: new Map() };
  const { checkAnnexes } = await import('./annexes/check.ts');
  const { annexes, digest, diagnostics } = await checkAnnexes(content.annexes, known);
  const { edition, ...rest } = content;
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return {
    ...rest,
    ...(edition && !failed ? { edition } : {}),
    diagnostics: [...content.diagnostics, ...diagnostics],
    readAnnexes: annexes,
    annexDigest: digest,
  };
}
