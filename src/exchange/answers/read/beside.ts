// What stands in a sheet of ours and is not ours.
import type { ReadSheet } from '../../xlsx/book.ts';
import { headings } from '../layout.ts';
import type { HeadingRow } from './columns.ts';
import type { KeyedRow } from './keyed-row.ts';
import { cellsTold, type Finding, rangesOf, type WrittenCell } from './told.ts';
import { shownText } from './written.ts';

/** What stands beside our columns, and in rows without a key. */
export function beside(
  sheet: ReadSheet,
  rows: readonly KeyedRow[],
  found: readonly HeadingRow[],
  around: ReadonlySet<string>,
): Finding[] {
  const headingAt = found.map(({ row }) => row);
  const ours = new Map<number, Set<number>>();
  const all = new Set<number>();
  for (const { key, columns } of rows) {
    const own = [key.column, ...(columns ? [...columns.label, ...columns.answer, ...columns.present] : [])];
    ours.set(key.row, new Set([...(ours.get(key.row) ?? []), ...own]));
    for (const column of own) all.add(column);
  }
  const foreign: WrittenCell[] = [];
  for (const [row, cells] of sheet.rows) {
    const own = ours.get(row);
    const isHeading = headingAt.includes(row);
    for (const [column, cell] of cells) {
      const text = shownText(cell);
      if (text === '' || own?.has(column)) continue;
      if (!own && (around.has(text) || (isHeading && all.has(column)))) continue;
      foreign.push({ row, column, text });
    }
  }
  const [first] = foreign;
  if (!first) return [];
  const rest = foreign.length > 3 ? `、ほか ${rangesOf(foreign.slice(3)).join('、')} ` : '';
  return [
    {
      ...{ severity: 'warning', what: 'beside', sheet: sheet.name, row: first.row, column: first.column },
      message: `${cellsTold(foreign.slice(0, 3))}${rest}は、${headings.answer}の外にあるため読んでいません。`,
      hint: `回答なら、その行の${headings.answer}に書いてください。覚え書きなら、このままで構いません。`,
    },
  ];
}
