import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { UserError } from '../../../diagnostics/user-error.ts';

/** The files that were given, in order of their names, whatever the order of the arguments. */
export interface GivenFiles {
  /** To be read as workbooks */
  workbooks: string[];
  /** In folders beside them, of kinds that are no tables */
  others: string[];
}

/** Kinds of files that somebody may mean to be an answer: what is no workbook of ours is told when it is read. */
const tables = new Set(
  ['xlsx', 'xlsm', 'xlsb', 'xltx', 'xls', 'xlt', 'ods', 'fods', 'numbers', 'csv', 'tsv', 'html', 'htm', 'zip'].map(
    (end) => `.${end}`,
  ),
);

/** Files that are named are read whatever they are; of folders what may be a table, sub-folders too. Throws UserError. */
export function givenFiles(paths: readonly string[]): GivenFiles {
  const workbooks = new Set<string>();
  const others = new Set<string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      // Excel's and LibreOffice's locks, and what systems hide
      if (/^(?:~\$|\.)/.test(entry.name)) continue;
      const path = join(folder, entry.name);
      // A folder behind a link may lead round in a circle.
      if (entry.isDirectory()) walk(path);
      else if (statSync(path, { throwIfNoEntry: false })?.isFile())
        (tables.has(extname(entry.name).toLowerCase()) ? workbooks : others).add(path);
    }
  };
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found)
      throw new UserError(
        `「${path}」がありません。受け取った回答ブック(.xlsx)か、それを入れたフォルダの名前を確かめてください。空白を含む名前は引用符で囲みます。`,
      );
    if (found.isDirectory()) walk(path);
    else workbooks.add(join(path));
  }
  if (workbooks.size === 0)
    throw new UserError(
      `${paths.map((path) => `「${path}」`).join('、')}に回答ブック(.xlsx)がありません${
        others.size > 0
          ? `(あるのは ${[...others]
              .map((path) => basename(path))
              .slice(0, 5)
              .join('、')}${others.size > 5 ? ` ほか ${others.size - 5} 件` : ''})`
          : ''
      }。受け取ったファイルを入れたフォルダを指定してください。`,
    );
  return { workbooks: [...workbooks].sort(), others: [...others].sort() };
}
