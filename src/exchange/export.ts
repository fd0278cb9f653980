import { join } from 'node:path';
import { writeWhole } from '../files.ts';
import type { Edition } from '../model/edition.ts';
import { editionAttachments } from './attachments.ts';

const types = { csv: 'text/csv', json: 'application/json' };

/** Writes the edition as data into `folder`, the very files that the PDF carries; returns their paths. */
export function exportFiles(edition: Edition, format: keyof typeof types, folder: string): string[] {
  return editionAttachments(edition)
    .filter(({ type }) => type === types[format])
    .map(({ name, text }) => {
      const path = join(folder, name);
      writeWhole(path, text);
      return path;
    });
}
