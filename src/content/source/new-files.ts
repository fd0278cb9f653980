import type { ContentSource, Entry } from './source.ts';

/** New texts by path below the content folder; undefined for a file that goes. */
export type NewFiles = ReadonlyMap<string, string | undefined>;

/** The content as it will be with `files`. */
export function withFiles(source: ContentSource, files: NewFiles): ContentSource {
  const entries = new Map<string, Entry>(source.entries);
  for (const [path, text] of files) {
    if (text === undefined) entries.delete(path);
    else {
      const bytes = new TextEncoder().encode(text);
      entries.set(path, { kind: 'file', read: () => bytes, size: () => bytes.length });
    }
  }
  return { root: source.root, entries };
}

/** A file as it is written, with its mark at the beginning and its line ends. Throws what the file system throws. */
export function writtenText(source: ContentSource, path: string): string {
  const entry = source.entries.get(path);
  if (entry?.kind !== 'file') throw new Error(`no file ${path}`);
  // ignoreBOM: it stays in the text.
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(entry.read());
}
