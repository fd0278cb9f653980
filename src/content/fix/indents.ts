import type { Splice } from '../../diagnostics/diagnostic.ts';
import { isZeroWidth } from '../yaml/blanks.ts';
import { type Line, linesOf } from '../yaml/conflicts.ts';
import { skipBlanks } from '../yaml/line-parts.ts';
import { foreignBlanks } from './characters.ts';
import type { WrittenFile } from './written-file.ts';

/** Columns that a blank stands for which is no space: a wide one, one of no width, a tab, which may go up to a stop. */
interface Widths {
  wide: number;
  bare: number;
  tab: number;
  stops?: boolean;
}
const widths: Widths[] = [{ tab: 2 }, { tab: 4, stops: true }, { tab: 8, stops: true }].flatMap((tab) =>
  [2, 1].flatMap((wide) => [1, 0].map((bare) => ({ ...tab, wide, bare }))),
);

/**
 * Spaces for all blanks of a file that YAML does not take for such. How deep an indent of them is meant nobody can see
 * but from what makes sense.
 */
export function indents(file: WrittenFile): { oneOf: Splice[][] } {
  const { text } = file;
  const written = file.written();
  const foreign = linesOf(text).flatMap((line) =>
    indentOf(line, written.text.slice(line.from, line.to), written.textLines.has(line.from)),
  );
  const indented = new Set(foreign.map(({ from }) => from));
  const rest = foreignBlanks(text, written.text).filter(({ from }) => !indented.has(from));
  const oneOf = new Map<string, Splice[]>();
  for (const width of [...widths, undefined]) {
    const splices = foreign.map(({ from, blanks, isBlank, meant }) => ({
      from,
      to: from + blanks.length,
      text: isBlank ? '' : ' '.repeat(width ? columns(blanks, width) : meant),
    }));
    const all = [...splices, ...rest];
    oneOf.set(JSON.stringify(all), all);
  }
  return { oneOf: [...oneOf.values()] };
}

interface Indent {
  from: number;
  blanks: string;
  /** Nothing follows. */
  isBlank: boolean;
  /** The column that its line was read as if it began at */
  meant: number;
}

/** The blanks in front of a line, if one of them is no space. `meant`: the line as it was read. */
function indentOf({ text, from }: Line, meant: string, isText: boolean): Indent[] {
  const end = skipBlanks(text, 0);
  // What stands in a text belongs to it, unless it was read as its indent.
  if (/^ *$/.test(text.slice(0, end)) || (isText && text === meant)) return [];
  const column = spacesIn(meant);
  let last = end;
  // What has no width and is read as a part of the word behind it is none.
  if (isZeroWidth(meant[column])) while (isZeroWidth(text[last - 1])) last -= 1;
  return [{ from, blanks: text.slice(0, last), isBlank: end === text.length, meant: column }];
}

function spacesIn(line: string): number {
  let column = 0;
  while (line[column] === ' ') column += 1;
  return column;
}

function columns(blanks: string, { wide, tab, stops, bare }: Widths): number {
  let column = 0;
  for (const blank of blanks)
    column +=
      blank === '\t' ? (stops ? tab - (column % tab) : tab) : blank === '\u3000' ? wide : isZeroWidth(blank) ? bare : 1;
  return column;
}
