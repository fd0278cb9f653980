import { type CheckedContent, checkContent } from '../content/check.ts';
import type { ContentSource } from '../content/source/source.ts';
import { ParsedFiles } from '../content/yaml/parsed-files.ts';
import { type Diagnostic, isError } from '../diagnostics/diagnostic.ts';
import type { Annex } from './annex.ts';
import type { KnownAnnexes } from './check.ts';

export interface CheckedEdition extends CheckedContent {
  /** The annexes by path, ready to be merged. */
  readAnnexes: ReadonlyMap<string, Annex>;
  /** SHA-256 of the annexes' own; absent when there are none. */
  annexDigest?: string;
  /** Proves the annexes, where that was put off, and tells what it found. */
  prove?: () => Diagnostic[];
}

/** What is kept from one check of a content folder to the next: files and annexes that did not change. */
export class ContentCache {
  readonly parsed = new ParsedFiles();
  readonly annexes: KnownAnnexes = new Map();
}

/**
 * Checks the content and the annexes that it names; the reader of PDF is loaded only for these. `later`: their proof is
 * left to `prove`.
 */
export async function checkAll(
  source: ContentSource,
  cache = new ContentCache(),
  later = false,
): Promise<CheckedEdition> {
  const content = checkContent(source, cache.parsed);
  if (content.annexes.length === 0) return { ...content, readAnnexes: new Map() };
  const { checkAnnexes } = await import('./check.ts');
  const { annexes, digest, diagnostics, prove } = await checkAnnexes(content.annexes, cache.annexes, later);
  const { edition, ...rest } = content;
  const failed = diagnostics.some(isError);
  return {
    ...rest,
    ...(edition && !failed ? { edition } : {}),
    diagnostics: [...content.diagnostics, ...diagnostics],
    readAnnexes: annexes,
    annexDigest: digest,
    prove,
  };
}
