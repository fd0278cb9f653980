import type { Edit } from './operands.ts';

/** Depth of q and Q that PDF/A-3 allows (ISO 19005-3, 6.1.13). */
const deepest = 28;
/** Operators that read no graphics state and set none. */
const still = new Set(['EMC', 'MP', 'DP', 'BX', 'EX']);

interface Pair {
  parent: Pair | undefined;
  start: number;
  /** Where its Q stands; none: it is never restored. */
  restored: number | undefined;
  /** Whether what encloses it is restored right behind it: then it does nothing. */
  isIdle: boolean;
}

/** How deep a content saves its graphics state. */
export class SavedStates {
  readonly #pairs: Pair[] = [];
  #open: Pair | undefined;
  #last: Pair | undefined;

  /** Notes an operator, in order. */
  note(operator: string, start: number): void {
    if (operator === 'q') {
      this.#open = { parent: this.#open, start, restored: undefined, isIdle: false };
      this.#pairs.push(this.#open);
    } else if (operator === 'Q') {
      if (this.#last && this.#open) this.#last.isIdle = true;
      if (this.#open) this.#open.restored = start;
      this.#last = this.#open;
      this.#open = this.#open?.parent;
      return;
    } else if (!this.#last || still.has(operator)) return;
    this.#last = undefined;
  }

  /** What takes out pairs that do nothing, where the nesting is too deep; undefined: it stays too deep. */
  edits(): Edit[] | undefined {
    const depths = new Map<Pair, number>();
    let most = 0;
    let left = 0;
    for (const pair of this.#pairs) {
      const isLeft = !pair.isIdle && pair.restored !== undefined;
      const depth = ((pair.parent && depths.get(pair.parent)) ?? 0) + (isLeft ? 1 : 0);
      depths.set(pair, depth);
      left = Math.max(left, depth);
    }
    const all = new Map<Pair, number>();
    for (const pair of this.#pairs) {
      const depth = ((pair.parent && all.get(pair.parent)) ?? 0) + 1;
      all.set(pair, depth);
      most = Math.max(most, depth);
    }
    if (most <= deepest) return [];
    if (left > deepest) return undefined;
    return this.#pairs
      .filter((pair) => pair.isIdle || pair.restored === undefined)
      .flatMap(({ start, restored }) => [start, ...(restored === undefined ? [] : [restored])])
      .map((start) => ({ start, end: start + 1, text: '' }));
  }
}
