import { contentsOf, lineOf, type PlacedLine } from './contents-lines.ts';
import type { Measured } from './measurer.ts';
import type { BookData } from './requests.ts';
import { cut, packed, type Stack, sharedOut } from './share-out.ts';

/** A line of 目次; y in pt from where the page's content begins. */
export interface LaidLine extends PlacedLine {
  y: number;
}

interface TallLine extends PlacedLine {
  height: number;
  /** White above it where a line stands above it */
  gap: number;
}

/**
 * The columns of each page of 目次: first its parts, 大項目 and 中項目, then 課. As few pages as there can be; on several of
 * them all columns are as full as each other.
 */
export function contentsPages(data: BookData, { contents, page, lineHeight }: Measured): LaidLine[][][] {
  const perPage = contents?.columns ?? 1;
  const topOf = (column: number) => (column < perPage ? page.part : 0);
  const sizeOf = (line: PlacedLine) => ({
    height: lineHeight(lineOf(line)),
    gap: contents?.lines[line.kind].gap ?? 0,
  });
  const streams = contentsOf(data).map((lines) => {
    const tall = lines.map((line): TallLine => ({ ...line, ...sizeOf(line) }));
    return (from: number): Stream => ({ lines: tall, ...stackOf(tall, (index) => page.room - topOf(from + index)) });
  });
  const columns = columnsOf(streams, perPage).map((lines, column) => {
    let y = topOf(column);
    return lines.map(({ height, gap, ...line }, index): LaidLine => {
      const top = y + (index === 0 ? 0 : gap);
      y = top + height;
      return { ...line, y: top };
    });
  });
  return Array.from({ length: Math.max(1, Math.ceil(columns.length / perPage)) }, (_, index) =>
    columns.slice(index * perPage, (index + 1) * perPage),
  );
}

interface Stream extends Stack {
  lines: readonly TallLine[];
}

/** Lines as they stand in columns, each below the head of its kind. */
function stackOf(lines: readonly TallLine[], room: Stack['room']): Stack {
  return {
    count: lines.length,
    *heights(from) {
      let height = heightOf(headAbove(lines, from));
      for (const [index, line] of lines.slice(from).entries()) {
        height += line.height + (height > 0 || index > 0 ? line.gap : 0);
        yield height;
      }
    },
    room,
    mayEnd: (at) => at === lines.length || !['head', 'category'].includes(lines[at - 1]?.kind ?? ''),
  };
}

const heightOf = (lines: readonly TallLine[]) => lines.reduce((sum, { height }) => sum + height, 0);

/** The head that a column repeats that begins with number `from`. */
function headAbove(lines: readonly TallLine[], from: number): TallLine[] {
  if (lines[from]?.kind === 'head') return [];
  return lines.slice(0, from).filter(({ kind }) => kind === 'head');
}

/** The columns of all streams, one after the other. `streams`: each as it is from a column on. */
function columnsOf(streams: readonly ((from: number) => Stream)[], perPage: number): TallLine[][] {
  const [first, second] = streams;
  if (!first) return [];
  const least = packed(first(0)).length;
  const restOf = (from: number) => (second ? packed(second(from)).length : 0);
  const all = Math.ceil((least + restOf(least)) / perPage) * perPage;
  let count = least;
  // On one page the first stays in as few columns as hold it.
  if (all > perPage) {
    const fullest = (from: number) =>
      Math.max(tallest(first(0)) / from, second ? tallest(second(from)) / (all - from) : 0);
    for (let more = least + 1; more + restOf(more) <= all; more += 1) if (fullest(more) < fullest(count)) count = more;
  }
  return [...shared(first(0), count), ...(second ? shared(second(count), all - count) : [])];
}

const tallest = (stream: Stream): number => [...stream.heights(0)].at(-1) ?? 0;

const shared = (stream: Stream, columns: number): TallLine[][] => {
  let from = 0;
  return cut(stream.lines, sharedOut(stream, columns)).map((lines) => {
    const head = lines.length > 0 ? headAbove(stream.lines, from) : [];
    from += lines.length;
    return [...head, ...lines];
  });
};
