// Formulas that say the same of several cells stand in the first of them only (ECMA-376 Part 1, 18.3.1.40).
import { columnName } from './book.ts';

export interface PlacedFormula {
  text: string;
  row: number;
  column: number;
}

/** B7, $B7: not within a text or a quoted name of a sheet, and no part of another name */
const reference = /"[^"]*"|'[^']*'|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})(?![\w(.])/g;

/**
 * What a formula is in another cell: what it refers to moves along, but for what has a $. A long one is as it is in the
 * first, so that a short file has no gigabytes of formulas.
 */
export function movedFormula({ text, row, column }: PlacedFormula, to: { row: number; column: number }): string {
  if (text.length > 100) return text;
  return text.replaceAll(
    reference,
    (whole, fixedColumn?: string, letters?: string, fixedRow?: string, digits?: string) => {
      if (letters === undefined) return whole;
      const across = fixedColumn === '$' ? 0 : to.column - column;
      const down = fixedRow === '$' ? 0 : to.row - row;
      const place = { row: Number(digits) - 1 + down, column: columnOf(letters) + across };
      if (place.row < 0 || place.column < 0) return '#REF!';
      return `${fixedColumn}${columnName(place.column)}${fixedRow}${place.row + 1}`;
    },
  );
}

/** B is 1 */
const columnOf = (letters: string) =>
  [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
