import { rounded, type Widths } from '../../content/sheet-columns.ts';
import type { Columns } from './columns.ts';
import { type Chosen, completed, improved, type Outcome, outcomeOf, type Room } from './search.ts';

/** Starts of the search besides the present widths: the same ones every time. */
const starts = 24;

/** The best widths that are found from `present` and from other starts; undefined where no widths fill the page. */
export function findWidths(present: Widths, all: Columns, room: Room): Outcome | undefined {
  const own = chosenOf(present, all);
  const candidates = [...(own ? [own] : []), ...scattered(all)];
  let best: Outcome | undefined;
  for (const start of candidates) {
    const found = improved(start, all, room);
    if (!best || found.cost < best.cost - 1e-9) best = found;
  }
  return best && outcomeOf(best.chosen, all, room);
}

/** Widths on the grid that are no narrower than `widths`. */
export const chosenOf = (widths: Widths, all: Columns): Chosen | undefined =>
  completed(
    all.columns.map(({ name, widths: own }) => {
      const at = own.findIndex((width) => width >= (widths[name] ?? 0));
      return at < 0 ? own.length - 1 : at;
    }),
    all,
  );

/** All columns but 取組内容, in mm. */
export const widthsOf = (chosen: Chosen, { columns, rest }: Columns): Widths =>
  Object.fromEntries(
    columns.flatMap(({ name, widths }, at) => (at === rest ? [] : [[name, rounded(widths[chosen[at] ?? 0] ?? 0)]])),
  );

/** By a sequence of numbers that has no pattern, and is the same on every machine. */
function scattered(all: Columns): Chosen[] {
  const found: Chosen[] = [];
  let state = 1;
  const below = (count: number) => {
    state = (state * 48271) % 2147483647;
    return state % count;
  };
  for (let tries = 0; found.length < starts && tries < 100 * starts; tries += 1) {
    const start = completed(
      all.columns.map(({ widths }) => below(widths.length)),
      all,
    );
    if (start) found.push(start);
  }
  return found;
}
