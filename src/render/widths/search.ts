import { stackOf, sum } from '../plan.ts';
import { packed } from '../share-out.ts';
import { type Cell, type Columns, type MeasureCells, step } from './columns.ts';

/** What pages have, in pt: see SheetGrid. */
export interface Room {
  first: number;
  /** What pages but the first have more */
  more: number;
  /** Of a row with one line */
  line: number;
}

/** Indices of widths, by column. */
export type Chosen = readonly number[];

/** How an edition would stand in columns of some widths. */
export interface Outcome {
  chosen: Chosen;
  pages: number;
  /** The less, the better */
  cost: number;
}

/** Heights of a measure's bands in pt, as templates/sheets.typ has them. */
export function bandsIn(measure: MeasureCells, chosen: Chosen, { columns }: Columns, room: Room): number[] {
  const tallest = (cells: readonly Cell[], least: number): number => {
    let height = least;
    for (const [column, text] of cells) {
      const own = columns[column]?.heights[text]?.[chosen[column] ?? 0] ?? 0;
      if (own > height) height = own;
    }
    return height;
  };
  const left = tallest(measure.left, 0);
  const bands = [0];
  for (const row of measure.rows) {
    const own = tallest(row, room.line);
    const last = bands.at(-1) ?? 0;
    if (last > 0 && last + own > room.first) bands.push(own);
    else bands[bands.length - 1] = last + own;
  }
  return bands.map((band) => Math.max(band, left));
}

export function outcomeOf(chosen: Chosen, all: Columns, room: Room): Outcome {
  const bands = all.measures.flatMap((measure) => bandsIn(measure, chosen, all, room));
  const ownRoom = (page: number) => room.first + (page === 0 ? 0 : room.more);
  const pages = packed(
    stackOf(
      bands.map((height) => ({ height })),
      ownRoom,
    ),
  ).length;
  const over = sum(bands.map((height) => Math.max(0, height - room.first)));
  const cost = (sum(bands) + 100 * over) / (room.first + room.more);
  return { chosen, pages, cost: cost + pages };
}

/** `chosen` with what is left for 取組内容; undefined where that is too little or too much. */
export function completed(chosen: Chosen, { columns, rest, sum: all }: Columns): Chosen | undefined {
  let left = all;
  for (const [at, { widths }] of columns.entries()) if (at !== rest) left -= widths[chosen[at] ?? -1] ?? Number.NaN;
  const own = columns[rest]?.widths ?? [];
  const index = Math.round((left - (own[0] ?? 0)) / step);
  if (!(index >= 0 && index < own.length)) return undefined;
  return chosen.map((one, at) => (at === rest ? index : one));
}

/** Steps of widths that are exchanged between two columns, the largest first. */
const strides = [32, 16, 8, 4, 2, 1];

/** The best that exchanges between two columns lead to from `start`. */
export function improved(start: Chosen, all: Columns, room: Room): Outcome {
  let best = outcomeOf(start, all, room);
  const count = all.columns.length;
  for (let again = true; again; ) {
    again = false;
    for (const stride of strides)
      for (let from = 0; from < count; from += 1)
        for (let to = 0; to < count; to += 1) {
          if (from === to) continue;
          for (;;) {
            const moved = completed(
              best.chosen.map((one, at) => (at === from ? one - stride : at === to ? one + stride : one)),
              all,
            );
            const found = moved && outcomeOf(moved, all, room);
            if (!found || found.cost >= best.cost - 1e-9) break;
            best = found;
            again = true;
          }
        }
  }
  return best;
}
