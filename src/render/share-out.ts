/** Far below what can be seen, far above sums of floating point numbers; pt. */
export const rounding = 1e-4;

/** What stands one below another on pages, or in columns, of which each takes as much as it has room for. */
export interface Stack {
  count: number;
  /** How tall those from `from` on are on one page: the first, the first two, … */
  heights(from: number): Iterable<number>;
  /** What page number `index`, from 0, has room for. */
  room(index: number): number;
  /** Whether a page may end in front of number `at`; it may wherever this is absent. */
  mayEnd?(at: number): boolean;
}

/** On each page as much as there is room for, at least one: where its pages end. */
export function packed(stack: Stack): number[] {
  const ends: number[] = [];
  for (let from = 0; from < stack.count || ends.length === 0; from = ends.at(-1) ?? 0)
    ends.push(endOf(stack, from, ends.length));
  return ends;
}

/**
 * The same shared out evenly over `pages`, or as few as hold it: all end at about the same height, where they can. Where
 * one ends hangs on what is before and behind it as a whole, so that a change of one row moves an end by a row or so.
 */
export function sharedOut(stack: Stack, pages = packed(stack).length): number[] {
  const ends: number[] = [];
  for (let from = 0; ends.length < pages - 1; from = ends.at(-1) ?? 0) {
    const index = ends.length;
    const left = pages - index;
    const rooms = Array.from({ length: left }, (_, at) => stack.room(index + at));
    const heights = [...stack.heights(from)];
    // All pages end as far below the top of the tallest.
    const lack = rooms.map((room) => Math.max(...rooms) - room);
    const even = ((heights.at(-1) ?? 0) + lack.reduce((sum, one) => sum + one, 0)) / left - (lack[0] ?? 0);
    const most = endOf(stack, from, index);
    const possible = Array.from({ length: most - from }, (_, at) => from + at + 1).filter(
      (end) => end === most || (stack.mayEnd?.(end) ?? true),
    );
    const distance = (end: number) => Math.abs((heights[end - from - 1] ?? 0) - even);
    const nearest = possible.sort((one, other) => distance(one) - distance(other) || one - other);
    ends.push(nearest.find((end) => pagesFrom(stack, end, index + 1) < left) ?? most);
  }
  return [...ends, stack.count];
}

/** Where page `index` ends that begins with number `from` and holds as much as it may. */
function endOf({ heights, room, mayEnd, count }: Stack, from: number, index: number): number {
  let [fits, end] = [from, from];
  for (const height of heights(from)) {
    if (height > room(index) + rounding && fits > from) break;
    fits += 1;
    if (height > room(index) + rounding || fits === count || (mayEnd?.(fits) ?? true)) end = fits;
  }
  return end > from ? end : fits;
}

function pagesFrom(stack: Stack, from: number, index: number): number {
  let pages = 0;
  for (let at = from; at < stack.count; at = endOf(stack, at, index + pages - 1)) pages += 1;
  return pages;
}

/** `all` in runs that end where it is said. */
export const cut = <T>(all: readonly T[], ends: readonly number[]): T[][] =>
  ends.map((end, index) => all.slice(ends[index - 1] ?? 0, end));
