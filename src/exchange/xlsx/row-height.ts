// How high a row has to be for its texts. Excel fits a row when something is written in it, LibreOffice when asked to; before
// that both take what the file says.

interface Cell {
  lines?: number;
  value?: string | number;
  style?: { font?: { size?: number }; alignment?: { wrapText?: boolean; indent?: number } };
}

/** In points; no row may be higher. */
const highest = 409;
/** Of a line, in sizes of the font; and what is above and below */
const lineHeight = 1.25;
const padding = 4;
/** Signs in sizes of the font, in a wide one */
function widthOf(sign: string): number {
  if (sign > '\u02ff') return /[、。「」()・]/.test(sign) ? 0.6 : 1;
  if (/[A-Z@%&]/.test(sign)) return 0.9;
  return /[a-z0-9]/.test(sign) ? 0.72 : 0.5;
}
/** The width of a digit in sizes of the font, by which columns are measured */
const digit = 0.76;

/** In points, `widths` being those of the columns in digits of a font of `size` points. */
export function rowHeight(row: readonly (Cell | undefined)[], widths: readonly number[], size: number): number {
  const heights = row.map((cell, column) => {
    const own = cell?.style?.font?.size ?? size;
    const text = String(cell?.value ?? '');
    const room = ((widths[column] ?? 0) * digit * size) / own - 1 - (cell?.style?.alignment?.indent ?? 0);
    const lines = cell?.style?.alignment?.wrapText ? linesOf(text, room) : 1;
    return Math.max(lines, cell?.lines ?? 1) * own * lineHeight + padding;
  });
  return Math.min(Math.ceil(Math.max(size * lineHeight + padding, ...heights)), highest);
}

/** `room` in sizes of the font. A line may end one sign early: no line begins with 。 */
const linesOf = (text: string, room: number): number =>
  text.split('\n').reduce((sum, line) => {
    const width = [...line].reduce((all, sign) => all + widthOf(sign), 0);
    return sum + Math.max(1, Math.ceil(width / Math.max(room - 0.5, 1)));
  }, 0);
