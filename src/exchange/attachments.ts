import type { Attachment } from '../assemble/attachments.ts';
import { inFileName } from '../files.ts';
import type { Edition } from '../model/edition.ts';
import { editionJson } from '../model/edition-json.ts';
import { tableCsv } from './csv.ts';
import { dataTables } from './tables.ts';

/** The edition as data: what `export` writes, and what the PDF carries for those who have nothing else. */
export function editionAttachments(edition: Edition): Attachment[] {
  const title = inFileName(edition.title);
  return [
    {
      name: `${title}.json`,
      plainName: 'edition.json',
      type: 'application/json',
      description: 'この文書のもとになったデータの全体',
      relationship: 'Source',
      text: editionJson(edition),
    },
    ...dataTables(edition).map(
      (table): Attachment => ({
        name: `${title}_${table.title}.csv`,
        plainName: `${table.name}.csv`,
        type: 'text/csv',
        description: `${table.description}の表(UTF-8${table.name === 'measures' ? '' : '、予算額は千円'})`,
        relationship: 'Data',
        text: tableCsv(table),
      }),
    ),
  ];
}
