import type { Differences, DifferencesAnswer, RefsAnswer } from '../difference-data.ts';
import type { Store } from './store.ts';

/** The comparison of the pages with a git ref that views share; it is made anew when the edition changes. */
export interface Comparison {
  /** What is compared with; empty when nothing is. */
  readonly ref: string;
  /** The newest answer, also while the next one is awaited. */
  readonly differences: Differences | undefined;
  /** Why there is none. */
  readonly problem: string | undefined;
  readonly waiting: boolean;
  compareWith(ref: string): void;
  /** What there is to compare with, as it is now. */
  choices(): Promise<RefsAnswer>;
  subscribe(listener: () => void): void;
}

/** ms from a change of the edition to the question for its differences. */
const patience = 400;

export function openComparison(store: Store): Comparison {
  const listeners = new Set<() => void>();
  let ref = '';
  let differences: Differences | undefined;
  let problem: string | undefined;
  let waiting = false;
  /** What was asked for last: an answer to anything else is out of date. */
  let wish: string | undefined = '';
  const tell = () => {
    for (const listener of listeners) listener();
  };

  async function ask(): Promise<void> {
    const edition = store.state?.edition;
    const next = ref === '' || edition === undefined ? '' : `${edition} ${ref}`;
    if (next === wish) return;
    wish = next;
    waiting = next !== '';
    if (!waiting) differences = undefined;
    tell();
    if (!waiting) return;
    // The pages come first.
    if (differences) await new Promise((resolve) => setTimeout(resolve, patience));
    if (wish !== next) return;
    const answer = await fetchDifferences(ref);
    if (wish !== next) return;
    waiting = false;
    problem = 'problem' in answer ? answer.problem : undefined;
    differences = 'problem' in answer ? undefined : answer;
    tell();
  }

  store.subscribe(() => void ask());
  return {
    get ref() {
      return ref;
    },
    get differences() {
      return differences;
    },
    get problem() {
      return problem;
    },
    get waiting() {
      return waiting;
    },
    compareWith: (wanted) => {
      ref = wanted.trim();
      problem = undefined;
      differences = undefined;
      wish = undefined;
      void ask();
      tell();
    },
    choices: fetchChoices,
    subscribe: (listener) => void listeners.add(listener),
  };
}

async function fetchChoices(): Promise<RefsAnswer> {
  const response = await fetch('/refs.json').catch(() => undefined);
  if (response?.ok) return (await response.json()) as RefsAnswer;
  return { problem: noAnswer };
}

const noAnswer = '道具(shisakushu preview)が動いているかを確かめてください。';

async function fetchDifferences(ref: string): Promise<DifferencesAnswer> {
  const response = await fetch(`/differences.json?ref=${encodeURIComponent(ref)}`).catch(() => undefined);
  if (response?.ok) return (await response.json()) as DifferencesAnswer;
  return { problem: `比べられませんでした。${noAnswer}` };
}
