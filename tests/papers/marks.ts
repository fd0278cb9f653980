import { bare, type Cell, type Page, type Piece } from '../pdf/read-pdf.ts';

export type Mark = 'kept' | 'added' | 'removed';

/** Whether a piece is underlined (added), struck through (removed), or neither: by the lines that are drawn across it. */
export function markOf({ x0, x1, y0, y1, size }: Piece, page: Page): Mark {
  const inside = page.lines.flatMap((line) => {
    const width = Math.min(x1, line.x1) - Math.max(x0, line.x0);
    return width > 0 && line.y > y0 - 0.12 * size && line.y < y1 - 0.1 * size ? [{ y: line.y, width }] : [];
  });
  // Rules of the table are drawn beside texts; a line leaves out what reaches below it, even in the middle of a sign.
  const drawn = inside.reduce((sum, { width }) => sum + width, 0);
  const through = drawn > (x1 - x0) / 2 ? inside : [];
  if (through.length === 0) return 'kept';
  const heights = through.map((line) => (line.y - y0) / size);
  return heights.some((height) => height > 0.15) ? 'removed' : 'added';
}

/** The text of a cell without white space, of the pieces that `wanted` admits. */
export const textOfMarks = (cell: Cell, page: Page, ...wanted: Mark[]): string =>
  bare(
    cell.pieces
      .filter((piece) => wanted.includes(markOf(piece, page)))
      .map(({ text }) => text)
      .join(''),
  );
