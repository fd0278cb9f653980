import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** `size` in bytes tells of a file too large to be read. */
export type Entry =
  | { kind: 'file'; read: () => Uint8Array; size?: () => number }
  | { kind: 'folder' | 'link' | 'other' };

/** Where content comes from: its files by path below the content folder, with '/'. */
export interface ContentSource {
  /** The content folder relative to the working directory: the first part of every file in a diagnostic. */
  root: string;
  entries: ReadonlyMap<string, Entry>;
}

/** Bytes that an annex may have. */
export const largestAnnex = 200 * 1024 ** 2;

/** Whether a path below the content folder is looked at: its own files, and those of measures/ and annexes/. */
export const belongs = (path: string): boolean => /^(?:(?:measures|annexes)\/)?[^/]+$/.test(path);

/** The files of `folder` and of its measures/ and annexes/; they are read when asked for. */
export function readWorkingTree(folder: string): ContentSource {
  const entries = new Map<string, Entry>();
  for (const below of ['', 'measures/', 'annexes/']) {
    if (below && entries.get(below.slice(0, -1))?.kind !== 'folder') continue;
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = join(folder, below, entry.name);
      entries.set(
        below + entry.name.normalize('NFC'),
        entry.isFile()
          ? { kind: 'file', read: () => readFileSync(path), size: () => statSync(path).size }
          : { kind: entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other' },
      );
    }
  }
  return { root: relative(process.cwd(), resolve(folder)).split(sep).join('/') || '.', entries };
}
