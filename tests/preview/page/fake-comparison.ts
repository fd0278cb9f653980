import type { RefsAnswer } from '../../../src/preview/difference-data.ts';
import type { Comparison } from '../../../src/preview/page/comparison.ts';

/** A comparison whose answers the test sets. */
export interface FakeComparison extends Comparison {
  set(state: Partial<Comparison>): void;
  /** The refs that were asked for. */
  readonly asked: string[];
}

export function fakeComparison(
  first: Partial<Comparison> = {},
  choices: RefsAnswer = { branches: [], tags: [], commits: [] },
): FakeComparison {
  const listeners: (() => void)[] = [];
  const asked: string[] = [];
  let state = first;
  return {
    get ref() {
      return state.ref ?? '';
    },
    get differences() {
      return state.differences;
    },
    get problem() {
      return state.problem;
    },
    get waiting() {
      return state.waiting ?? false;
    },
    compareWith: (ref) => void asked.push(ref),
    choices: async () => choices,
    subscribe: (listener) => void listeners.push(listener),
    asked,
    set(fresh) {
      state = fresh;
      for (const listener of listeners) listener();
    },
  };
}
