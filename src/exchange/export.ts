import { join } from 'node:path';
import type { Edition } from '../content/edition.ts';
import { inFileName, writeWhole } from '../files.ts';
import { measuresCsv, yearsCsv } from './csv.ts';
import { editionJson } from './json.ts';

/** Writes the edition as data into `folder`; returns the files' paths. */
export function exportFiles(edition: Edition, format: 'csv' | 'json', folder: string): string[] {
  const title = inFileName(edition.title);
  const files: [string, string][] =
    format === 'json'
      ? [[`${title}.json`, editionJson(edition)]]
      : [
          [`${title}_取組.csv`, measuresCsv(edition)],
          [`${title}_年度.csv`, yearsCsv(edition)],
        ];
  return files.map(([name, text]) => {
    const path = join(folder, name);
    writeWhole(path, text);
    return path;
  });
}
