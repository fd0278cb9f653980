import { bare, type Cell, type Page, type Piece } from '../pdf/read-pdf.ts';

export type Mark = 'kept' | 'added' | 'removed';

/** Whether a piece is underlined (added), struck through (removed), or neither: by the lines that are drawn across it. */
export function markOf({ x0, x1, y0, y1, size }: Piece, page: Page): Mark {
  const drawn = { added: 0, removed: 0 };
  for (const line of page.lines) {
    const width = Math.min(x1, line.x1) - Math.max(x0, line.x0);
    if (width <= 0 || line.y <= y0 - 0.12 * size || line.y >= y1 - 0.1 * size) continue;
    drawn[(line.y - y0) / size > 0.15 ? 'removed' : 'added'] += width;
  }
  // Rules of the table are drawn beside texts, the lines of neighbours reach over a little, and an underline leaves out
  // what reaches below it, even in the middle of a sign.
  const mark = drawn.removed > drawn.added ? 'removed' : 'added';
  return drawn[mark] > (x1 - x0) / 2 ? mark : 'kept';
}

/** The text of a cell without white space, of the pieces that `wanted` admits. */
export const textOfMarks = (cell: Cell, page: Page, ...wanted: Mark[]): string =>
  bare(
    cell.pieces
      .filter((piece) => wanted.includes(markOf(piece, page)))
      .map(({ text }) => text)
      .join(''),
  );
