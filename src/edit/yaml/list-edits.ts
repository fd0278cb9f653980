import type { Written } from './edits.ts';

/** One change of a list, at an index of the list as it was. */
export type ListEdit = { index: number } & ({ value: Written } | { insert: Written } | { remove: true });

/** The changes that make one list another, the last first, so that none moves what those behind it speak of. */
export function listEdits(
  before: readonly unknown[],
  after: readonly Written[],
  isSame: (before: unknown, after: Written) => boolean,
): ListEdit[] {
  // How many can be kept of before[i…] and after[j…].
  const kept = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => kept[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      (kept[i] as number[])[j] = isSame(before[i], after[j] as Written)
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));

  const edits: ListEdit[] = [];
  let [i, j] = [0, 0];
  /** Between two that are kept: as many as can be are changed, the rest comes or goes. */
  const gap = (oldEnd: number, newEnd: number) => {
    for (; i < oldEnd && j < newEnd; i += 1, j += 1) edits.push({ index: i, value: after[j] as Written });
    for (; i < oldEnd; i += 1) edits.push({ index: i, remove: true });
    for (; j < newEnd; j += 1) edits.push({ index: i, insert: after[j] as Written });
  };
  let [a, b] = [0, 0];
  while (a < before.length && b < after.length) {
    if (isSame(before[a], after[b] as Written)) {
      gap(a, b);
      [i, j] = [a + 1, b + 1];
      a += 1;
      b += 1;
    } else if (at(a + 1, b) >= at(a, b + 1)) a += 1;
    else b += 1;
  }
  gap(before.length, after.length);
  return edits.reverse();
}
