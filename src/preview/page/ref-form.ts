import { oneLine } from '../../model/names.ts';
import { visible } from '../../model/visible.ts';
import { changeWords } from '../../model/words.ts';
import type { MeasureDifference } from '../difference-data.ts';
import type { Comparison } from './comparison.ts';
import { element } from './element.ts';
import { refList } from './ref-list.ts';

/** Where a git ref to compare with is written, and what came of it. `name` makes the ids of the page's several forms differ. */
export function refForm(name: string, comparison: Comparison): HTMLElement {
  const [inputId, statusId] = [`${name}-ref`, `${name}-ref-status`];
  const input = element('input', {
    id: inputId,
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    placeholder: '例: main、HEAD~1',
    'aria-describedby': statusId,
  });
  const status = element('p', { id: statusId, role: 'status' });
  const list = refList(`${name}-refs`, comparison);
  const form = element(
    'form',
    { class: 'ref' },
    list.root,
    element('label', { for: inputId }, '一覧にない版(git のブランチ、タグ、コミット)'),
    element('span', { class: 'line' }, input, element('button', { type: 'submit' }, '比べる')),
    status,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    comparison.compareWith(input.value);
  });
  const update = () => {
    if (document.activeElement !== input) input.value = comparison.ref;
    list.show();
    const { problem } = comparison;
    const text = visible(problem ?? summaryOf(comparison));
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle('problem', problem !== undefined);
    if (problem === undefined) input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
  };
  comparison.subscribe(update);
  update();
  return form;
}

/** How many of each kind; `withNames`: and the names of what is gone. */
export function summaryOf({ ref, differences, waiting }: Comparison, withNames = true): string {
  if (!differences) return waiting ? `${ref} と比べています…` : '';
  const { measures, unread } = differences;
  const count = (kind: MeasureDifference['kind']) => measures.filter((measure) => measure.kind === kind).length;
  const counts = (['changed', 'added', 'removed'] as const).map((kind) => `${changeWords[kind]} ${count(kind)} 件`);
  const removed = measures.filter(({ kind }) => kind === 'removed');
  return [
    measures.length === 0
      ? `${ref} から変わった取組はありません。`
      : `${ref} からの違い: ${counts.filter((text) => !text.includes(' 0 ')).join('、')}`,
    removed.length > 0 && withNames
      ? `(${changeWords.removed}: ${removed.map(({ id, title }) => `${id} ${oneLine(title)}`).join('、')})`
      : '',
    unread > 0 ? ` 誤りのため読めない ${unread} か所は比べていません。` : '',
  ].join('');
}
