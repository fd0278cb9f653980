// What is told of a workbook: one thing once, however many cells have it.
import { groupedBy } from '../../../model/grouped-by.ts';
import { cellName } from '../../xlsx/book.ts';
import type { Told } from '../answers.ts';
import { headings } from '../layout.ts';
import { told as toldText } from './written.ts';

/** Something to tell of a cell. Those of a sheet with the same `what` are told as one when they are many. */
export interface Finding {
  severity: Told['severity'];
  what: string;
  sheet: string;
  row: number;
  column: number;
  message: string;
  hint: string;
}

/** More than so many alike in a sheet are one. */
const most = 5;

export function grouped(file: string, findings: readonly Finding[]): Told[] {
  const groups = groupedBy(findings, ({ sheet, severity, what }) => JSON.stringify([sheet, severity, what]));
  return [...groups.values()].flatMap((group): Told[] => {
    group.sort((a, b) => a.row - b.row || a.column - b.column);
    const [first] = group as [Finding];
    const told = ({ severity, sheet, row, column, message, hint }: Finding): Told => ({
      ...{ severity, file, sheet, cell: cellName(row, column), message, hint },
    });
    if (group.length <= most) return group.map(told);
    const cells = rangesOf(group.slice(1)).join('、');
    return [{ ...told(first), message: `${first.message}ほか ${group.length - 1} か所も同じです(${cells})。` }];
  });
}

/** C6:C9、C12: cells below each other as one. */
export function rangesOf(cells: readonly { row: number; column: number }[]): string[] {
  const sorted = [...cells].sort((a, b) => a.column - b.column || a.row - b.row);
  const ranges: { column: number; from: number; to: number }[] = [];
  for (const { row, column } of sorted) {
    const last = ranges.at(-1);
    if (last && last.column === column && row <= last.to + 1) last.to = row;
    else ranges.push({ column, from: row, to: row });
  }
  return ranges.map(({ column, from, to }) =>
    from === to ? cellName(from, column) : `${cellName(from, column)}:${cellName(to, column)}`,
  );
}

/** What somebody has written in a cell. */
export interface WrittenCell {
  row: number;
  column: number;
  text: string;
}

/** B7 の「済」 */
export const cellsTold = (cells: readonly WrittenCell[]): string =>
  cells.map(({ row, column, text }) => `${cellName(row, column)} の${toldText(text)}`).join('、');

/** What of a sheet is not read, with its first values. */
export function notRead(cells: readonly WrittenCell[]): string {
  if (cells.length === 0) return '';
  if (cells.length > 3) return `${rangesOf(cells).join('、')} に書かれたものは読んでいません。`;
  return `${cellsTold(cells)}は読んでいません。`;
}

/** Comments of a sheet: nobody would see in the content what they say. */
export const commentsTold = (file: string, sheet: string, cells: readonly string[]): Told => ({
  ...{ severity: 'warning', file, sheet, cell: cells[0] ?? '' },
  message: `コメント(メモ)は読んでいません(${cells.slice(0, most).join('、')}${cells.length > most ? `ほか ${cells.length - most} か所` : ''})。`,
  hint: `回答なら、${headings.answer}に書いてください。覚え書きなら、このままで構いません。`,
});
