/** The pages that "1-3、8" names, in order, of `count`; undefined where it names none, or one that is not there. */
export function readPageList(text: string, count: number): number[] | undefined {
  const parts = text
    .normalize('NFKC')
    .split(/[,、;・\s]+/)
    .filter((part) => part !== '');
  const numbers = new Set<number>();
  for (const part of parts) {
    const [, first, last = first] = /^(\d{1,6})(?:[-ー‐‑‒–—―−~〜](\d{1,6}))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || from < 1 || to > count || from > to) return undefined;
    for (let number = from; number <= to; number += 1) numbers.add(number);
  }
  return numbers.size === 0 ? undefined : [...numbers].sort((a, b) => a - b);
}

/** [3, 4, 5, 8] → 3-5、8 */
export function pageList(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join('、');
}
