import { strokeOf } from '../assemble/marked-runs.ts';
import { listRuns, textRuns } from '../compare/words.ts';
import type { MarkedText, Run, Text } from '../model/marked.ts';
import type { BudgetPart, YearData } from '../render/data.ts';

export type MarkedBudget = Text | { label: Text; amount: Text; total?: true }[];

export const marked = (runs: Run[]): MarkedText => ({ runs, framed: false });

/** Both wordings in one, by words. */
export function markText(before: string, after: string): Text {
  return before === after ? after : marked(textRuns(before, after));
}

/** Both values one after the other: marks, numbers, names that are no sentences. */
export function markWhole(before: string, after: string): Text {
  if (before === after) return after;
  const runs: Run[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
  return marked(runs.filter(({ text }) => text !== ''));
}

/** Texts of one name a line: lines are kept or replaced whole. */
export function markLines(before: string, after: string): Text {
  if (before === after) return after;
  const lines = (text: string) => (text === '' ? [] : text.split('\n'));
  const runs = listRuns(lines(before), lines(after));
  return marked(runs.map(({ kind, text }, index) => ({ kind, text: index === 0 ? text : `\n${text}` })));
}

/** One figure below the other. */
const markAmount = (before: string, after: string): Text =>
  markWhole(before, before !== '' && before !== after ? `\n${after}` : after);

/** Amounts; those of a list are set against each other by their labels, and what they add up to. */
export function markBudget(before: YearData['budget'], after: YearData['budget']): MarkedBudget {
  if (JSON.stringify(before) === JSON.stringify(after)) return after;
  if (!Array.isArray(before) && !Array.isArray(after)) return markAmount(before, after);
  const all = (budget: YearData['budget']): BudgetPart[] =>
    Array.isArray(budget) ? budget : budget === '' ? [] : [{ label: '', amount: budget }];
  const parts = (budget: YearData['budget']) => all(budget).filter(({ total }) => !total);
  const totalIn = (budget: YearData['budget']) => all(budget).find(({ total }) => total);
  const [old, fresh] = [parts(before), parts(after)];
  const [oldLabels, labels] = [old.map(({ label }) => label), fresh.map(({ label }) => label)];
  let [left, right] = [0, 0];
  const rows = listRuns(oldLabels, labels).map(({ kind, text }) => {
    const amountBefore = kind === 'added' ? '' : (old[left++]?.amount ?? '');
    const amountAfter = kind === 'removed' ? '' : (fresh[right++]?.amount ?? '');
    return {
      label: markWhole(kind === 'added' ? '' : text, kind === 'removed' ? '' : text),
      amount: markAmount(amountBefore, amountAfter),
    };
  });
  const [oldTotal, total] = [totalIn(before), totalIn(after)];
  if (!oldTotal && !total) return rows;
  const label = markWhole(oldTotal?.label ?? '', total?.label ?? '');
  return [...rows, { label, amount: markAmount(oldTotal?.amount ?? '', total?.amount ?? ''), total: true }];
}

/** `data` with the thickness of the line of each marked run's lines, which tells which it is: that of run 5's second line is 6's. */
export function numberRuns<T>(data: T): T {
  let number = 0;
  const numbered = JSON.stringify(data, (key, value) => {
    if (key !== 'runs') return value;
    return (value as Run[]).map(({ kind, text }) => {
      const lines = kind === 'kept' ? [] : text.split('\n');
      return { kind, text, strokes: lines.map(() => strokeOf(number++)) };
    });
  });
  return JSON.parse(numbered);
}
