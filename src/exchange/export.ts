import { join } from 'node:path';
import { inFileName, writeWhole } from '../files.ts';
import type { Edition } from '../model/edition.ts';
import { editionSchemaJson } from '../model/edition-schema.ts';
import { editionAttachments } from './attachments.ts';
import { dataPackage } from './data-package.ts';
import { dataTables } from './tables.ts';

const types = { csv: 'text/csv', json: 'application/json' };

/** Writes the edition as data into `folder`, the very files that the PDF carries, and what describes them; returns their paths. */
export function exportFiles(edition: Edition, format: keyof typeof types, folder: string): string[] {
  const title = inFileName(edition.title);
  const files = editionAttachments(edition).filter(({ type }) => type === types[format]);
  const described =
    format === 'json'
      ? { name: `${title}.schema.json`, text: editionSchemaJson(edition) }
      : {
          name: 'datapackage.json',
          text: dataPackage(
            edition,
            dataTables(edition).map((table) => ({ table, path: `${title}_${table.title}.csv` })),
          ),
        };
  return [...files, described].map(({ name, text }) => {
    const path = join(folder, name);
    writeWhole(path, text);
    return path;
  });
}
