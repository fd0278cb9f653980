import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { NewFiles } from '../content/source/new-files.ts';
import type { ContentSource } from '../content/source/source.ts';
import { digestOf, type Unfinished, unfinishedFile, unfinishedOf } from '../content/unfinished.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { environmentProblem } from '../environment.ts';
import { readWhole, writeAllWhole, writeWhole } from '../files.ts';

/**
 * Writes all files or none: what is to be written is written down first, so that a process that is ended half-way can be
 * followed by another one that goes on (`finishWriting`). `command`: as the user would type it again.
 */
export function writeFiles(folder: string, files: NewFiles, command: string): void {
  const unfinished: Unfinished = {
    command,
    files: Object.fromEntries(
      [...files].map(([path, text]) => [path, { before: digestAt(join(folder, path)), text: text ?? null }]),
    ),
  };
  writeWhole(join(folder, unfinishedFile), `${JSON.stringify(unfinished, undefined, 1)}\n`);
  try {
    writeRest(folder, unfinished);
  } catch (error) {
    // Refused before the first file: there is nothing to go on with.
    const isAsBefore = Object.entries(unfinished.files).every(
      ([path, { before }]) => digestAt(join(folder, path)) === before,
    );
    if (isAsBefore) rmSync(join(folder, unfinishedFile), { force: true });
    throw error;
  }
}

/**
 * Writes what a run that was ended has left, and returns what that was; undefined where there is nothing. Throws UserError
 * where somebody has changed the files since.
 */
export function finishWriting(folder: string, source: ContentSource): Unfinished | undefined {
  const unfinished = unfinishedOf(source);
  if (unfinished === undefined) return undefined;
  const journal = join(folder, unfinishedFile);
  const giveUp = `取りやめるなら、git restore と git clean -f で内容のフォルダを元に戻し、${journal} が残っていれば消してください。`;
  if (unfinished === 'broken')
    throw new UserError(`書きかけの記録 ${journal} が壊れていて、続きを書けません。${giveUp}`);
  const touched = Object.entries(unfinished.files).flatMap(([path, { before, text }]) => {
    const now = digestAt(join(folder, path));
    return now === before || now === (text === null ? null : digestOf(text)) ? [] : [path];
  });
  if (touched.length > 0)
    throw new UserError(
      `「${unfinished.command}」の書き換えが途中で止まっていますが、その後に変わったファイルがあるため、続きを書けません(${touched.slice(0, 5).join('、')}${touched.length > 5 ? ` ほか ${touched.length - 5} 件` : ''})。${giveUp}`,
    );
  try {
    writeRest(folder, unfinished);
  } catch (error) {
    const problem = environmentProblem(error);
    if (problem === undefined) throw error;
    throw new UserError(
      `途中で止まっていた「${unfinished.command}」の書き換えの続きを書けません。${problem}直してからもう一度実行すると、続きを書きます。${giveUp}`,
    );
  }
  return unfinished;
}

function writeRest(folder: string, { files }: Unfinished): void {
  // New names before old ones go: at no time is a measure in neither.
  const entries = Object.entries(files);
  writeAllWhole(entries.flatMap(([path, { text }]) => (text === null ? [] : [[join(folder, path), text] as const])));
  for (const [path, { text }] of entries) if (text === null) rmSync(join(folder, path), { force: true });
  rmSync(join(folder, unfinishedFile));
}

const digestAt = (path: string): string | null => (existsSync(path) ? digestOf(readWhole(path)) : null);
