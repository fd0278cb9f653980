import { createHash } from 'node:crypto';
import type { ContentSource } from './source/source.ts';

/** Beside edition.yaml while several files are being written: what is to be written, so that nothing stays half done. */
export const unfinishedFile = '.unfinished.yaml';

/** What is being written, or was when the process ended. */
export interface Unfinished {
  /** The command as the user would type it again: new-edition R9 */
  command: string;
  /** By path below the content folder */
  files: Readonly<Record<string, UnfinishedFile>>;
}

/** A file as it was and as it shall be; null: none. */
export interface UnfinishedFile {
  /** SHA-256 of its bytes */
  before: string | null;
  text: string | null;
}

/** What a run that was ended has left to be written; undefined where there is none. `broken`: nobody can tell what. */
export function unfinishedOf({ entries }: ContentSource): Unfinished | 'broken' | undefined {
  const entry = entries.get(unfinishedFile);
  if (!entry) return undefined;
  try {
    const read = entry.kind === 'file' ? JSON.parse(new TextDecoder().decode(entry.read())) : undefined;
    return typeof read?.command === 'string' && Object(read.files) === read.files ? read : 'broken';
  } catch {
    return 'broken';
  }
}

/** As Unfinished names bytes. */
export const digestOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
