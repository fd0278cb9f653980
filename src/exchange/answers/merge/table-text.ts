import picocolors from 'picocolors';
import { wrapped } from '../../../compare/terminal.ts';
import { visible } from '../../../model/visible.ts';
import { type CountColumn, countTable } from '../../count-table.ts';
import type { AnswerOutcome, TableRow } from './collection-table.ts';
import type { Terminal } from './report-text.ts';

const columns: readonly CountColumn<AnswerOutcome>[] = [
  { heading: '回答済み', key: 'answered' },
  { heading: '変更なし', key: 'unchanged' },
  { heading: '衝突', key: 'conflict' },
  { heading: '誤り', key: 'error' },
  { heading: '未提出', key: 'missing' },
];

/** The least that a name gets, however narrow a terminal is. */
const narrowest = 16;

/** Numbers of measures by 課; those of which nothing came, in a paragraph. */
export function tableText(rows: readonly TableRow[], { color, width }: Terminal): string {
  const paint = picocolors.createColors(color);
  const came = rows.filter(({ isMissing }) => !isMissing);
  const missing = rows.filter(({ isMissing }) => isMissing);
  const sum = (key: AnswerOutcome) => rows.reduce((all, { counts }) => all + counts[key], 0);
  const total = Object.fromEntries(columns.map(({ key }) => [key, sum(key)])) as TableRow['counts'];
  const named = came.map(({ name, counts }) => ({ name: visible(name), counts }));
  const { longest, numbers, text } = countTable(columns, [...named, { name: '計', counts: total }]);
  const room = Math.min(longest, Math.max(narrowest, width - numbers));
  const blocks = [text(room, 'last', paint)];
  if (missing.length > 0)
    blocks.push(
      wrapped(
        [
          { text: `未提出の課(${missing.length}): `, style: paint.bold },
          { text: missing.map(({ name, counts }) => `${visible(name)} ${counts.missing}`).join('、') },
        ],
        '',
        width,
      ),
    );
  blocks.push(
    wrapped(
      [{ text: '数は取組の数です(再掲を除きます。担当課が2つ以上の取組は、それぞれの課で数えます)。' }],
      '',
      width,
    ),
  );
  return `${blocks.join('\n')}\n`;
}
