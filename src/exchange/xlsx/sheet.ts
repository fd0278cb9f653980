// The cells of one sheet, as its part has them (ECMA-376 Part 1, 18.3).
import type { ReadCell, ReadSheet } from './book.ts';
import { isoMoment, type Moment, momentOf, momentOfIso, shownMoment } from './days.ts';
import { type NumberFormat, shownNumber } from './formats.ts';
import { movedFormula, type PlacedFormula } from './formulas.ts';
import { BookProblem } from './problem.ts';
import { isPhonetic, plainText } from './strings.ts';
import type { Attributes, Handler } from './xml.ts';

/** What all sheets of a workbook share */
export interface Shared {
  strings: readonly string[];
  /** By the style of a cell; none for General and text */
  formats: readonly (NumberFormat | undefined)[];
  is1904: boolean;
  /** Cells that may still be read */
  cellsLeft: number;
}

type SheetContent = Pick<ReadSheet, 'rows' | 'merges'>;

/** A cell while its elements come by */
interface OpenCell {
  column: number;
  type: string;
  format: NumberFormat | undefined;
  value: string | undefined;
  inline: string | undefined;
  formula: string | undefined;
  /** Formulas that say the same of several cells have their text in the first one only. */
  group: string | undefined;
}

const rowLimit = 1024 * 1024;
const columnLimit = 16384;
const mergeLimit = 100_000;

/** `content` is complete when the part has been read. */
export function sheetReader(shared: Shared): { handler: Handler; content: SheetContent } {
  const rows = new Map<number, Map<number, ReadCell>>();
  const merges: SheetContent['merges'][number][] = [];
  const formulas = new Map<string, PlacedFormula>();
  let row = -1;
  let column = -1;
  let cell: OpenCell | undefined;

  const openCell = (attributes: Attributes): void => {
    const place = attributes('r');
    const at = place === undefined ? { row, column: column + 1 } : placeOf(place);
    if (!at || at.row !== row || at.column >= columnLimit) throw new BookProblem('damaged');
    column = at.column;
    const format = shared.formats[Number(attributes('s') ?? 0)];
    const type = attributes('t') ?? 'n';
    cell = { column, type, format, value: undefined, inline: undefined, formula: undefined, group: undefined };
  };

  const formulaOf = ({ group, formula, column }: OpenCell): string | undefined => {
    const first = group === undefined ? undefined : formulas.get(group);
    if (first && !formula) return movedFormula(first, { row, column });
    if (group !== undefined && formula) formulas.set(group, { text: formula, row, column });
    return formula;
  };

  const closeCell = (open: OpenCell): void => {
    const formula = formulaOf(open);
    const content = contentOf(open, shared);
    const isFormula = formula !== undefined;
    if (!isFormula && (content === undefined || content.value === '')) return;
    const line = rows.get(row) ?? new Map<number, ReadCell>();
    if (line.has(open.column)) throw new BookProblem('damaged');
    if (--shared.cellsLeft < 0) throw new BookProblem('large');
    line.set(open.column, {
      ...(content ?? { value: `=${formula}`, error: true }),
      ...(isFormula ? { formula } : {}),
      ...(open.format ? { format: open.format.code } : {}),
    });
    rows.set(row, line);
  };

  const handler: Handler = {
    open(path, attributes) {
      if (path.length === 3 && path[2] === 'row' && path[1] === 'sheetData') {
        const number = attributes('r');
        row = number === undefined ? row + 1 : Number(number) - 1;
        column = -1;
        if (!(Number.isInteger(row) && row >= 0 && row < rowLimit)) throw new BookProblem('damaged');
      } else if (path.length === 4 && path[3] === 'c' && path[2] === 'row') openCell(attributes);
      else if (path.length === 3 && path[2] === 'mergeCell') {
        const merge = mergeOf(attributes('ref') ?? '');
        if (!merge || merges.length >= mergeLimit) throw new BookProblem(merge ? 'large' : 'damaged');
        merges.push(merge);
      } else if (cell && path.length === 5 && path[4] === 'v') {
        if (cell.value !== undefined) throw new BookProblem('damaged');
        cell.value = '';
      } else if (cell && path.length === 5 && path[4] === 'f') {
        cell.formula = '';
        if (attributes('t') === 'shared') cell.group = attributes('si');
      }
    },
    text(path, text) {
      if (!cell || path.length < 5) return;
      if (path[4] === 'v') cell.value += text;
      else if (path[4] === 'f') cell.formula = (cell.formula ?? '') + text;
      else if (path[4] === 'is' && path.at(-1) === 't' && !isPhonetic(path)) cell.inline = (cell.inline ?? '') + text;
    },
    close(path) {
      if (!cell || path.length !== 4) return;
      closeCell(cell);
      cell = undefined;
    },
  };
  return { handler, content: { rows, merges } };
}

/** undefined for a blank cell */
function contentOf({ type, format, value, inline }: OpenCell, shared: Shared): ReadCell | undefined {
  if (type === 'inlineStr')
    return inline === undefined && value === undefined ? undefined : text(inline ?? value ?? '');
  const plain = value?.trim() ?? '';
  // A text is what a formula may say with nothing.
  if (value === undefined || plain === '') return type === 'str' ? text(value ?? '') : undefined;
  switch (type) {
    case 's': {
      const string = /^\d+$/.test(plain) ? shared.strings[Number(plain)] : undefined;
      if (string === undefined) throw new BookProblem('damaged');
      return { value: string };
    }
    case 'str':
      return text(value);
    case 'b':
      return { value: plain === '1' || plain === 'true' };
    case 'e':
      return { value: plain, error: true };
    case 'd': {
      const moment = momentOfIso(plain);
      if (moment === undefined) return text(value);
      return typeof moment === 'number' ? number(String(moment), format, shared.is1904) : day(moment, format);
    }
    case 'n':
      return number(plain, format, shared.is1904);
  }
  throw new BookProblem('damaged');
}

const text = (value: string): ReadCell => ({ value: plainText(value) });

function day(moment: Moment, format: NumberFormat | undefined): ReadCell {
  const shown = format && shownMoment(moment, format);
  return { value: { date: isoMoment(moment) }, ...(shown === undefined ? {} : { shown }) };
}

function number(plain: string, format: NumberFormat | undefined, is1904: boolean): ReadCell {
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(plain) || !Number.isFinite(Number(plain)))
    return text(plain);
  // Spreadsheets show and compare 15 digits; what stands behind them comes of binary fractions.
  const value = Number(Number(plain).toPrecision(15));
  if (!format) return { value };
  if (format.kind === 'day') {
    const moment = momentOf(value, is1904);
    return moment ? day(moment, format) : { value };
  }
  const time = format.kind === 'time' && value >= 0 ? momentOf(1 + (value % 1), false) : undefined;
  const shown = format.kind === 'number' ? shownNumber(value, format) : time && shownMoment(time, format);
  return { value, ...(shown === undefined ? {} : { shown }) };
}

/** B7 or $B$7; undefined for what is no place of a sheet */
function placeOf(reference: string): { row: number; column: number } | undefined {
  let row = 0;
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at);
    const letter = (code | 0x20) - 0x60;
    if (code >= 0x30 && code <= 0x39 && column > 0) row = row * 10 + code - 0x30;
    else if (letter >= 1 && letter <= 26 && row === 0) column = column * 26 + letter;
    else if (code !== 0x24) return undefined;
  }
  const isPlace = row >= 1 && row <= rowLimit && column >= 1 && column <= columnLimit;
  return isPlace ? { row: row - 1, column: column - 1 } : undefined;
}

function mergeOf(reference: string): SheetContent['merges'][number] | undefined {
  const [first = '', last = first] = reference.split(':');
  const [start, end] = [placeOf(first), placeOf(last)];
  return start && end && { startRow: start.row, startCol: start.column, endRow: end.row, endCol: end.column };
}
