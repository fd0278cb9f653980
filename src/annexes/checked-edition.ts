import { type CheckedContent, checkContent, type Onlookers } from '../content/check.ts';
import type { ContentSource } from '../content/source/source.ts';
import { ParsedFiles } from '../content/yaml/parsed-files.ts';
import { type Diagnostic, isError } from '../diagnostics/diagnostic.ts';
import type { Annex } from './annex.ts';
import type { KnownAnnexes } from './check.ts';
import { type AnnexFile, type OpenedAnnexes, openAnnexes } from './files.ts';
import type { PageSize } from './open.ts';
import type { Problem } from './problem.ts';

export interface CheckedEdition extends CheckedContent {
  /** The annexes by path: ready to be merged, or but the sizes of their pages where a reader reads them. */
  readAnnexes: ReadonlyMap<string, Annex | { pages: PageSize[] }>;
  /** SHA-256 of the annexes' own; absent when there are none. */
  annexDigest?: string;
  /** What a reader finds in the annexes, when it has read them, and not told yet. */
  found?: () => Promise<Diagnostic[]>;
}

/** What is kept from one check of a content folder to the next: files and annexes that did not change. */
export class ContentCache {
  readonly parsed = new ParsedFiles();
  readonly annexes: KnownAnnexes = new Map();
}

/** Reads annexes beside all else. */
export interface AnnexReader {
  /** `digest` tells whether they are those of before. */
  read(files: readonly Omit<AnnexFile, 'located'>[], digest: string): AnnexReads;
}
export interface AnnexReads {
  /** The sizes of the pages of each, as soon as they are known; undefined: it cannot be merged. */
  pages: Promise<(PageSize[] | undefined)[]>;
  /** Of each, proof and all. */
  problems: Promise<Problem[][]>;
}

/**
 * Checks the content and the annexes that it names; the reader of PDF is loaded only for these. With a `reader` they are
 * read meanwhile and further on: `found` tells what is wrong in them. `edition`: see Onlookers.
 */
export async function checkAll(
  source: ContentSource,
  cache = new ContentCache(),
  { reader, edition: tellEdition }: { reader?: AnnexReader } & Pick<Onlookers, 'edition'> = {},
): Promise<CheckedEdition> {
  let opened: OpenedAnnexes | undefined;
  let reads: AnnexReads | undefined;
  const content = checkContent(source, cache.parsed, {
    annexes: (named) => {
      if (!reader || named.length === 0) return;
      opened = openAnnexes(named);
      reads = reader.read(opened.files, opened.digest);
    },
    ...(tellEdition ? { edition: tellEdition } : {}),
  });
  if (content.annexes.length === 0) return { ...content, readAnnexes: new Map() };
  const { edition, ...rest } = content;
  const whole = (diagnostics: readonly Diagnostic[]) => ({
    ...rest,
    ...(edition && !diagnostics.some(isError) ? { edition } : {}),
    diagnostics: [...content.diagnostics, ...diagnostics],
  });
  if (!opened || !reads) {
    const { checkAnnexes } = await import('./check.ts');
    const { annexes, digest, diagnostics } = await checkAnnexes(content.annexes, cache.annexes);
    return { ...whole(diagnostics), readAnnexes: annexes, annexDigest: digest };
  }
  const { files, digest: annexDigest, diagnostics } = opened;
  const { problems } = reads;
  const pages = await reads.pages;
  const readAnnexes = new Map(
    files.flatMap(({ path }, index): [string, { pages: PageSize[] }][] => {
      const sizes = pages[index];
      return sizes ? [[path, { pages: sizes }]] : [];
    }),
  );
  const found = async () =>
    (await problems).flatMap((list, index) => list.map((problem) => (files[index] as AnnexFile).located(problem)));
  const isRefused = pages.includes(undefined);
  const told = isRefused ? [...diagnostics, ...(await found())] : diagnostics;
  return { ...whole(told), readAnnexes, annexDigest, ...(isRefused ? {} : { found }) };
}
