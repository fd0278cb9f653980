import type { Position } from '../../diagnostics/diagnostic.ts';

/**
 * Places in `text` by UTF-16 offset, from 1 and in characters. The text is read once, when the first place is asked for;
 * each then costs searches by halves, however many there are and however long the lines.
 */
export function positionsIn(text: string): (offset: number) => Position {
  let index: { lines: number[]; pairs: number[] } | undefined;
  return (offset) => {
    index ??= indexOf(text);
    const line = countBelow(index.lines, offset + 1);
    const start = index.lines[line - 1] ?? 0;
    // A pair of units is one character; its second unit is what is one too many.
    const pairs = countBelow(index.pairs, offset) - countBelow(index.pairs, start);
    return { line, column: offset - start - pairs + 1 };
  };
}

/** The UTF-16 offset of a place that positionsIn() names. */
export function offsetsIn(text: string): (position: Position) => number {
  const { lines, pairs } = indexOf(text);
  return ({ line, column }) => {
    const start = lines[line - 1] ?? text.length;
    const first = countBelow(pairs, start);
    // Of the pairs of this line, those whose character stands in front of the place.
    let [low, high] = [first, pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[middle] ?? 0) - 1 - start - (middle - first) < column - 1) low = middle + 1;
      else high = middle;
    }
    return start + column - 1 + (low - first);
  };
}

/** Where lines begin, and where the second units of pairs stand. */
function indexOf(text: string): { lines: number[]; pairs: number[] } {
  const lines = [0];
  const pairs: number[] = [];
  let high = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a) lines.push(at + 1);
    else if (high && unit >= 0xdc00 && unit <= 0xdfff) pairs.push(at);
    high = unit >= 0xd800 && unit <= 0xdbff;
  }
  return { lines, pairs };
}

/** How many of the rising `values` are less than `limit`. */
export function countBelow<T extends number | string>(values: readonly T[], limit: T): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as T) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
