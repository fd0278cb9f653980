import type { Attachment } from '../assemble/attachments.ts';
import { inFileName } from '../files.ts';
import type { Edition } from '../model/edition.ts';
import { editionJson } from '../model/edition-json.ts';
import { measuresCsv, yearsCsv } from './csv.ts';

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
    {
      name: `${title}_取組.csv`,
      plainName: 'measures.csv',
      type: 'text/csv',
      description: '取組ごとに1行の表(UTF-8)',
      relationship: 'Data',
      text: measuresCsv(edition),
    },
    {
      name: `${title}_年度.csv`,
      plainName: 'years.csv',
      type: 'text/csv',
      description: '取組と年度ごとに1行の表(UTF-8、予算額は千円)',
      relationship: 'Data',
      text: yearsCsv(edition),
    },
  ];
}
