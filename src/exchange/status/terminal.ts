import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { wrapped } from '../../compare/terminal.ts';
import { sentences } from '../../diagnostics/report.ts';
import { aboutDue, unfilledName } from '../../model/due.ts';
import { oneLine } from '../../model/names.ts';
import { visible } from '../../model/visible.ts';
import { severityWords } from '../../model/words.ts';
import type { Counts, MeasureStatus, SectionStatus, Status } from './status.ts';

type Paint = ReturnType<typeof picocolors.createColors>;

/** A row of the table: a name and what is counted at it. */
interface Row {
  name: string;
  counts: Counts;
}

const columns: readonly { heading: string; key: keyof Counts }[] = [
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

/** Padded by the width of Japanese characters. */
const right = (text: string, width: number) => text.padStart(text.length + width - stringWidth(text));
const left = (text: string, width: number) => text.padEnd(text.length + width - stringWidth(text));

/** The least that a name gets before a table is too wide. */
const narrowest = 20;

/** Aligned by the width of Japanese characters; where a terminal is too narrow for a table, a sentence a row. */
function table(rows: readonly Row[], paint: Paint, width: number): string {
  const gap = '  ';
  const widths = columns.map(({ heading, key }) =>
    Math.max(stringWidth(heading), ...rows.map(({ counts }) => String(counts[key]).length)),
  );
  const numbers = widths.reduce((sum, one) => sum + gap.length + one, 0);
  const longest = Math.max(...rows.map(({ name }) => stringWidth(name)));
  const room = Math.min(longest, width - numbers);
  if (room < longest && room < narrowest) return rows.map((row) => sentence(row, paint, width)).join('\n');
  const line = (name: string, cells: readonly string[], style = (text: string) => text) => {
    const padded = cells.map((cell, index) => {
      const text = right(cell, widths[index] ?? 0);
      return cell === '0' ? paint.dim(text) : text;
    });
    const lines = wrapped([{ text: name }], '', room).split('\n');
    return lines.map((text, at) => style(at === 0 ? [left(text, room), ...padded].join(gap) : text)).join('\n');
  };
  const heading = line(
    '課',
    columns.map((column) => column.heading),
    paint.bold,
  );
  const lines = rows.map(({ name, counts }, at) =>
    line(
      name,
      columns.map(({ key }) => String(counts[key])),
      at === rows.length - 1 ? paint.bold : undefined,
    ),
  );
  return [heading, ...lines].join('\n');
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
