import picocolors from 'picocolors';
import { wrapped } from '../../compare/terminal.ts';
import { sentences } from '../../diagnostics/report.ts';
import { aboutDue, unfilledName } from '../../model/due.ts';
import { oneLine } from '../../model/names.ts';
import { visible } from '../../model/visible.ts';
import { severityWords } from '../../model/words.ts';
import { type CountColumn, type CountRow, countTable } from '../count-table.ts';
import type { Counts, MeasureStatus, SectionStatus, Status } from './status.ts';

type Paint = ReturnType<typeof picocolors.createColors>;

type Row = CountRow<keyof Counts>;

const columns: readonly CountColumn<keyof Counts>[] = [
  { heading: '取組', key: 'measures' },
  { heading: 'うち再掲', key: 'reprints' },
  { heading: '事業実績', key: 'results' },
  { heading: '現状・実績・目標', key: 'indicators' },
  { heading: severityWords.warning, key: 'notices' },
];

/** For a terminal of `width` cells: what is due, a table by 課, then what is to be done, by 課 and measure. */
export function statusText(status: Status, { color, width }: { color: boolean; width: number }): string {
  const paint = picocolors.createColors(color);
  const { sections, total } = status;
  const rows = sections.map((counts) => ({ name: sectionName(counts), counts }));
  const open = sections.filter(({ open }) => open.length > 0);
  const blocks = [
    ...aboutDue({ 改定: status.revised }, status.due).map((told) => wrapped([{ text: visible(told) }], '', width)),
    table([...rows, { name: '計', counts: total }], paint, width),
    [
      '事業実績(年度ごと)と現状・実績・目標は、まだ書かれていない欄の数です。',
      '計は、担当課が2つ以上の取組も1回だけ数えます。',
    ]
      .map((text) => wrapped([{ text }], '', width))
      .join('\n'),
    ...open.map(({ open, ...section }) =>
      [paint.bold(wrapped([{ text: `■ ${sectionName(section)}` }], '', width)), ...open.map(todo(paint, width))].join(
        '\n',
      ),
    ),
    ...(open.length === 0 ? ['未記入はありません。'] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** A 課 as it is shown. */
const sectionName = ({ section }: Pick<SectionStatus, 'section'>): string => visible(section) || '担当課が読めない取組';

/** The least that a name gets before a table is too wide. */
const narrowest = 20;

/** Where a terminal is too narrow for a table, a sentence a row. */
function table(rows: readonly Row[], paint: Paint, width: number): string {
  const { longest, numbers, text } = countTable(columns, rows);
  const room = Math.min(longest, width - numbers);
  if (room < longest && room < narrowest) return rows.map((row) => sentence(row, paint, width)).join('\n');
  return text(room, 'first', paint);
}

function sentence({ name, counts }: Row, paint: Paint, width: number): string {
  const parts = columns.filter(({ key }) => key === 'measures' || counts[key] > 0);
  const told = parts.map(({ heading, key }) => `${heading} ${counts[key]}`).join('、');
  return wrapped([{ text: name, style: paint.bold }, { text: `: ${told}` }], '', width);
}

/** A measure with its file and what is to be done in it. */
const todo =
  (paint: Paint, width: number) =>
  ({ number, title, file, unfilled, notices }: MeasureStatus): string =>
    [
      wrapped(
        [{ text: visible(`${number} ${oneLine(title)}`) }, { text: ` ${visible(file)}`, style: paint.dim }],
        '  ',
        width,
      ),
      ...(unfilled.length > 0
        ? [
            wrapped(
              [{ text: `未記入: ${visible(unfilled.map(unfilledName).join('、'))}`, style: paint.yellow }],
              '    ',
              width,
            ),
          ]
        : []),
      ...notices.map((notice) =>
        wrapped(
          [{ text: `${severityWords.warning}(${notice.start.line}行目): ${sentences(notice).message}` }],
          '    ',
          width,
        ),
      ),
    ].join('\n');
