import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { wrapped } from '../../../compare/terminal.ts';
import { visible } from '../../../model/visible.ts';
import type { AnswerOutcome, TableRow } from './collection-table.ts';
import type { Terminal } from './report-text.ts';

const columns: readonly { heading: string; key: AnswerOutcome }[] = [
  { heading: '回答済み', key: 'answered' },
  { heading: '変更なし', key: 'unchanged' },
  { heading: '衝突', key: 'conflict' },
  { heading: '誤り', key: 'error' },
  { heading: '未提出', key: 'missing' },
];
const gap = '  ';

/** Numbers of measures by 課; those of which nothing came, in a paragraph. */
export function tableText(rows: readonly TableRow[], { color, width }: Terminal): string {
  const paint = picocolors.createColors(color);
  const came = rows.filter(({ isMissing }) => !isMissing);
  const missing = rows.filter(({ isMissing }) => isMissing);
  const sum = (of: readonly TableRow[], key: AnswerOutcome) => of.reduce((all, { counts }) => all + counts[key], 0);
  const total = Object.fromEntries(columns.map(({ key }) => [key, sum(rows, key)])) as TableRow['counts'];
  const lines = [
    ...came.map(({ name, counts }) => ({ name: visible(name), counts, style: (text: string) => text })),
    { name: '計', counts: total, style: paint.bold },
  ];
  const widths = columns.map(({ heading, key }) =>
    Math.max(stringWidth(heading), ...lines.map(({ counts }) => String(counts[key]).length)),
  );
  const numbers = widths.reduce((all, one) => all + gap.length + one, 0);
  const room = Math.min(Math.max(...lines.map(({ name }) => stringWidth(name))), Math.max(16, width - numbers));
  const line = (name: string, cells: readonly string[], style: (text: string) => string) => {
    const names = wrapped([{ text: name }], '', room).split('\n');
    const padded = cells.map((cell, at) => {
      const text = ' '.repeat((widths[at] ?? 0) - stringWidth(cell)) + cell;
      return cell === '0' ? paint.dim(text) : text;
    });
    const last = names.length - 1;
    return names
      .map((text, at) =>
        at < last
          ? style(text)
          : style([text + ' '.repeat(Math.max(0, room - stringWidth(text))), ...padded].join(gap)),
      )
      .join('\n');
  };
  const blocks = [
    [
      line(
        '課',
        columns.map(({ heading }) => heading),
        paint.bold,
      ),
      ...lines.map(({ name, counts, style }) =>
        line(
          name,
          columns.map(({ key }) => String(counts[key])),
          style,
        ),
      ),
    ].join('\n'),
  ];
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
