import { type CheckedContent, checkContent } from '../content/check.ts';
import type { ContentSource } from '../content/source/source.ts';
import { ParsedFiles } from '../content/yaml/parsed-files.ts';
import { isError } from '../diagnostics/diagnostic.ts';
import type { Annex } from './annex.ts';
import type { KnownAnnexes } from './check.ts';

export interface CheckedEdition extends CheckedContent {
  /** The annexes by path, ready to be merged. */
  readAnnexes: ReadonlyMap<string, Annex>;
  /** SHA-256 of the annexes' own; absent when there are none. */
  annexDigest?: string;
}

/** What is kept from one check of a content folder to the next: files and annexes that did not change. */
export class ContentCache {
  readonly parsed = new ParsedFiles();
  readonly annexes: KnownAnnexes = new Map();
}

/** Checks the content and the annexes that it names; the reader of PDF is loaded only for these. */
export async function checkAll(source: ContentSource, cache = new ContentCache()): Promise<CheckedEdition> {
  const content = checkContent(source, cache.parsed);
  if (content.annexes.length === 0) return { ...content, readAnnexes: new Map() };
  const { checkAnnexes } = await import('./check.ts');
  const { annexes, digest, diagnostics } = await checkAnnexes(content.annexes, cache.annexes);
  const { edition, ...rest } = content;
  const failed = diagnostics.some(isError);
  return {
    ...rest,
    ...(edition && !failed ? { edition } : {}),
    diagnostics: [...content.diagnostics, ...diagnostics],
    readAnnexes: annexes,
    annexDigest: digest,
  };
}
