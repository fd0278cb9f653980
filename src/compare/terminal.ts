import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { visible, visibleLines } from '../model/visible.ts';
import type { Comparison } from './change.ts';
import { type Block, type BudgetTable, describe, excerpt, type Row, sideName } from './describe.ts';

type Paint = ReturnType<typeof picocolors.createColors>;

/** For a terminal of `width` cells. Without colour, what was removed is [-…-] and what was added {+…+}. */
export function terminalText(comparison: Comparison, { color, width }: { color: boolean; width: number }): string {
  const paint = picocolors.createColors(color);
  const { summary, sections, measures, totals, unread } = describe(comparison);
  const { base, head } = comparison;
  const lines = (rows: readonly Row[]) => rows.map((row) => rowText(row, paint, width)).join('\n');
  const blocks = [
    wrapped([{ text: visible(`${sideName(base)} → ${sideName(head)}`), style: paint.bold }], '', width),
    wrapped([{ text: summary }], '', width),
    ...sections.map(({ title, rows }) => `${paint.bold(`■ ${title}`)}\n${lines(rows)}`),
    ...measures.map((block) => `${heading(block, paint, width)}\n${lines(block.rows)}`.trimEnd()),
    ...(totals ? [`${paint.bold(`■ ${totals.title}`)}\n${totalsText(totals, width)}`] : []),
    ...(unread.length > 0
      ? [
          `${paint.yellow('■ 読めないため比べていないもの')}\n${unread.map((line) => wrapped([{ text: visible(line) }], '  ', width)).join('\n')}`,
        ]
      : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** A line a 大項目, its 年度 one after another. */
function totalsText({ columns, rows, notes }: BudgetTable, width: number): string {
  const lines = [
    ...rows.map(
      ({ name, cells }) => `${name}: ${columns.map((column, index) => `${column} ${cells[index]}`).join('、')}`,
    ),
    ...notes,
  ];
  return lines.map((line) => wrapped([{ text: visible(line) }], '  ', width)).join('\n');
}

const heading = ({ id, title, tags }: Block, paint: Paint, width: number) =>
  wrapped(
    [
      { text: visible(`■ ${id} ${title}`), style: paint.bold },
      ...tags.map((tag) => ({ text: `  [${tag}]`, style: paint.cyan })),
    ],
    '',
    width,
  );

function rowText({ label, runs, note }: Row, paint: Paint, width: number): string {
  const styles = {
    kept: undefined,
    removed: (text: string) => paint.red(paint.strikethrough(text)),
    added: (text: string) => paint.green(text),
  };
  const pieces = excerpt(runs).flatMap((run): Piece[] => [
    ...(paint.isColorSupported ? [] : [{ text: { kept: '', removed: '[-', added: '{+' }[run.kind] }]),
    { text: run.text, ...(styles[run.kind] ? { style: styles[run.kind] } : {}) } as Piece,
    ...(paint.isColorSupported ? [] : [{ text: { kept: '', removed: '-]', added: '+}' }[run.kind] }]),
  ]);
  const all = [{ text: `${visible(label)}: `, style: paint.dim }, ...pieces, ...(note ? [{ text: ` ${note}` }] : [])];
  return wrapped(all, '  ', width);
}

export interface Piece {
  text: string;
  style?: (text: string) => string;
}

/**
 * Broken at `width` cells, anywhere between Japanese characters, but for what may not begin or end a line; Latin words and
 * figures whole; later lines indented.
 */
export function wrapped(pieces: readonly Piece[], indent: string, width: number): string {
  const room = Math.max(20, width);
  const inner = `${indent}  `;
  let result = indent;
  let used = indent.length;
  const breakLine = () => {
    result = `${result.trimEnd()}\n${inner}`;
    used = inner.length;
  };
  for (const { text, style = (plain: string) => plain } of pieces) {
    let line = '';
    const flush = () => {
      if (line !== '') result += style(line);
      line = '';
    };
    for (const token of visibleLines(text).match(tokens) ?? []) {
      const cells = stringWidth(token); // none of a line break
      if (token === '\n' || used + cells > room) {
        flush();
        breakLine();
      }
      if (token === '\n') continue;
      line += token;
      used += cells;
    }
    flush();
  }
  return result;
}

const tokens = /\n|[「『(【(]{0,2}(?:[−!-~]{1,16}|[^−!-~\n])[、。」』】)ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]{0,3}/gu;
