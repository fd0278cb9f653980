import { bare, type Cell, type Page, type Piece } from '../pdf/read-pdf.ts';

export type Mark = 'kept' | 'added' | 'removed';

/** Whether a piece is underlined (added), struck through (removed), or neither: by the lines that are drawn across it. */
export function markOf({ x0, x1, y0, y1, size }: Piece, page: Page): Mark {
  const middle = (x0 + x1) / 2;
  const through = page.lines.filter(
    (line) => line.x0 < middle && line.x1 > middle && line.y > y0 - 0.12 * size && line.y < y1 - 0.1 * size,
  );
  // Rules of the table are drawn beside texts, never as far as their middle.
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
