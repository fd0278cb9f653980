import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A title or a name as part of a file's name, on any system. */
export const inFileName = (text: string): string => text.replaceAll(/[\\/:*?"<>|\s]/g, '_');

/** Writes a file beside its place and renames it: a failed build leaves the last good file whole. */
export function writeWhole(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, bytes);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

const blocking = ['EACCES', 'EPERM', 'ENOSPC', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'EBUSY', 'ENOENT'];

/** What to tell when the file system refused, not we failed: which file and what to look at; else undefined. */
export function fileProblem(error: unknown): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || !blocking.includes(code)) return undefined;
  return `ファイルを読み書きできません: ${path ?? ''}(${code})。権限、空き容量、同じ名前のフォルダがないか、PDF を開いていないかを確かめてください。`;
}
