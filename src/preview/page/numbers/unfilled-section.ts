import { grouped } from '../../../model/amounts.ts';
import { aboutDue, dueOf } from '../../../model/due.ts';
import type { EditionData } from '../../../model/edition-json.ts';
import { element } from '../element.ts';
import { numberTable } from './number-table.ts';
import { type Counts, unfilledTotals } from './totals.ts';

/** How many measures of which 課 lack what. */
export function unfilledSection(edition: EditionData, counts?: Counts): HTMLElement {
  const { columns, rows } = unfilledTotals(edition, counts);
  const [sum, ...sections] = [...rows].reverse();
  const note = (text: string) => element('p', { class: 'note' }, text);
  const table = numberTable({
    caption: '課ごとの未記入の取組の数(件)',
    heading: ['担当課', ...columns],
    rows: rows.map((row) => ({ name: row.name, cells: row.values.map(grouped), sum: row === sum })),
  });
  return element(
    'section',
    { 'aria-labelledby': 'unfilled-title', class: 'unfilled' },
    element('h3', { id: 'unfilled-title' }, '未記入の取組'),
    ...(sections.length > 0 ? [table] : [element('p', {}, '未記入の取組はありません。')]),
    ...aboutDue(edition, dueOf(edition)).map(note),
    ...(sections.length > 0
      ? [note('計は、担当課が2つ以上の取組も1回だけ数えます。再掲の取組には、書く欄がありません。')]
      : []),
  );
}
