import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** `size` in bytes tells of a file too large to be read. */
export type Entry =
  | { kind: 'file'; read: () => Uint8Array; size?: () => number }
  // `unreadable`: the code of the system where it does not list the folder
  | { kind: 'folder'; unreadable?: string }
  | { kind: 'link' | 'other' };

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

/** The files of `folder`, which must be there, and of its measures/ and annexes/; they are read when asked for. */
export function readWorkingTree(folder: string): ContentSource {
  const entries = new Map<string, Entry>();
  const list = (below: string): Dirent[] => {
    try {
      return readdirSync(join(folder, below), { withFileTypes: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (below === '' || code === undefined) throw error;
      entries.set(below.slice(0, -1), { kind: 'folder', unreadable: code });
      return [];
    }
  };
  for (const below of ['', 'measures/', 'annexes/']) {
    if (below && entries.get(below.slice(0, -1))?.kind !== 'folder') continue;
    for (const entry of list(below)) {
      const path = join(folder, below, entry.name);
      entries.set(
        below + entry.name.normalize('NFC'),
        entry.isFile()
          ? { kind: 'file', read: () => readFileSync(path), size: () => sizeOf(path) }
          : { kind: entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other' },
      );
    }
  }
  return { root: relative(process.cwd(), resolve(folder)).split(sep).join('/') || '.', entries };
}

/** Why the system does not list a folder that is there. */
export function unreadableFolder({ entries }: ContentSource, path: string): string | undefined {
  const entry = entries.get(path);
  return entry?.kind === 'folder' ? entry.unreadable : undefined;
}

/** Bytes; none where the system does not say: reading it tells why. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
