import { oneLine } from '../../model/names.ts';
import { visible } from '../../model/visible.ts';
import { changeWords } from '../../model/words.ts';
import type { Comparison } from './comparison.ts';
import { element } from './element.ts';
import { summaryOf } from './ref-form.ts';
import type { CellMarks } from './sheet/cell-marks.ts';
import type { CellNote } from './sheet/cell-note.ts';

/** What the pages differ in from what they are compared with: how much, step by step, and what is gone. */
export function showChanges(root: HTMLElement, comparison: Comparison, marks: CellMarks, note: CellNote): void {
  const text = element('p', { class: 'summary' });
  const button = (name: string, act: () => void) => {
    const made = element('button', { type: 'button' }, name);
    made.addEventListener('click', act);
    return made;
  };
  const steps = [button('前の変更', () => note.step(-1)), button('次の変更', () => note.step(1))];
  const removed = element('details', { class: 'removed', hidden: '' });
  root.append(
    text,
    element(
      'p',
      { class: 'buttons' },
      ...steps,
      button('比べるのをやめる', () => comparison.compareWith('')),
    ),
    removed,
  );
  const update = () => {
    const { differences, waiting } = comparison;
    root.hidden = !differences;
    if (!differences) return;
    const count = marks.changed.length;
    const told = `${summaryOf(comparison, false)}${count > 0 ? `(紙面の印 ${count} か所)` : ''}${waiting ? ' …' : ''}`;
    if (text.textContent !== told) text.textContent = told;
    for (const step of steps) step.disabled = count === 0;
    const gone = differences.measures.filter(({ kind }) => kind === 'removed');
    removed.hidden = gone.length === 0;
    const lines = gone.map(({ id, title }) => `${id} ${oneLine(title)}`);
    if (removed.dataset.lines === lines.join('\n')) return;
    removed.dataset.lines = lines.join('\n');
    removed.replaceChildren(
      element('summary', {}, `${changeWords.removed}した取組 ${gone.length} 件`),
      element('ul', {}, ...lines.map((line) => element('li', {}, visible(line)))),
    );
  };
  comparison.subscribe(update);
  marks.onChange(update);
  update();
}
