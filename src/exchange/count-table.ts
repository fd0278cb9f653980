import type picocolors from 'picocolors';
import stringWidth from 'string-width';
import { wrapped } from '../compare/terminal.ts';

/** A column of numbers. */
export interface CountColumn<Key extends string> {
  heading: string;
  key: Key;
}

/** A name and what is counted at it. */
export interface CountRow<Key extends string> {
  name: string;
  counts: Record<Key, number>;
}

export interface CountTable {
  /** Cells of a terminal that the longest name takes, and that the numbers behind the names take */
  longest: number;
  numbers: number;
  /** With `room` for the names; of one in several lines the `counted` one has its numbers. */
  text(room: number, counted: 'first' | 'last', paint: ReturnType<typeof picocolors.createColors>): string;
}

const gap = '  ';

/** Rows by 課, the last of which is their sum, aligned by the width of Japanese characters. */
export function countTable<Key extends string>(
  columns: readonly CountColumn<Key>[],
  rows: readonly CountRow<Key>[],
): CountTable {
  const widths = columns.map(({ heading, key }) =>
    Math.max(stringWidth(heading), ...rows.map(({ counts }) => String(counts[key]).length)),
  );
  return {
    longest: Math.max(...rows.map(({ name }) => stringWidth(name))),
    numbers: widths.reduce((sum, one) => sum + gap.length + one, 0),
    text(room, counted, paint) {
      const line = (name: string, cells: readonly string[], style = (text: string) => text) => {
        const padded = cells.map((cell, index) => {
          const text = right(cell, widths[index] ?? 0);
          return cell === '0' ? paint.dim(text) : text;
        });
        const lines = wrapped([{ text: name }], '', room).split('\n');
        const own = counted === 'first' ? 0 : lines.length - 1;
        return lines.map((text, at) => style(at === own ? [left(text, room), ...padded].join(gap) : text)).join('\n');
      };
      const heading = line(
        '課',
        columns.map((column) => column.heading),
        paint.bold,
      );
      const lines = rows.map(({ name, counts }, at) =>
        line(
          name,
          columns.map(({ key }) => String(counts[key])),
          at === rows.length - 1 ? paint.bold : undefined,
        ),
      );
      return [heading, ...lines].join('\n');
    },
  };
}

/** Padded by the width of Japanese characters. */
const right = (text: string, width: number) => text.padStart(text.length + width - stringWidth(text));
const left = (text: string, width: number) => text.padEnd(text.length + width - stringWidth(text));
