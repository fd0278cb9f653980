import { visible } from '../../model/visible.ts';
import type { RefChoice } from '../difference-data.ts';
import type { Comparison } from './comparison.ts';
import { element } from './element.ts';

/** The editions there are to compare with; why there are none is told. What is chosen is compared with at once. */
export function refList(id: string, comparison: Comparison): { root: HTMLElement; show(): void } {
  const select = element('select', { id });
  const note = element('p', { class: 'note' });
  note.hidden = true;
  let offered = '';

  async function offer(): Promise<void> {
    const answer = await comparison.choices();
    note.hidden = !('problem' in answer);
    select.hidden = !note.hidden;
    if ('problem' in answer) {
      note.textContent = visible(`版の一覧は出せません。${answer.problem}`);
      return;
    }
    const next = JSON.stringify(answer);
    if (next === offered) return;
    offered = next;
    const { branches, tags, commits, likely } = answer;
    const first = [...branches, ...tags, ...commits].filter(({ name }) => name === likely).slice(0, 1);
    select.replaceChildren(
      element('option', { value: '' }, noRef),
      ...group('おもな版', first),
      ...group('ブランチ', branches),
      ...group('タグ', tags),
      ...group('最近のコミット', commits),
    );
    show();
  }
  function show(): void {
    const { ref } = comparison;
    const names = [...select.querySelectorAll('option')].map(({ value }) => value);
    const other = select.querySelector('.other');
    if (other?.getAttribute('value') !== ref) other?.remove();
    if (!names.includes(ref))
      select.append(element('option', { value: ref, class: 'other' }, ref === '' ? noRef : visible(ref)));
    select.value = ref;
  }
  select.addEventListener('change', () => comparison.compareWith(select.value));
  // A branch may have come since.
  select.addEventListener('focus', () => void offer());
  requestIdleCallback(() => void offer());
  return {
    root: element('div', { class: 'field' }, element('label', { for: id }, '比べる版'), select, note),
    show,
  };
}

const noRef = '比べない';

const group = (label: string, choices: readonly RefChoice[]): HTMLElement[] =>
  choices.length === 0 ? [] : [element('optgroup', { label }, ...choices.map(option))];

function option({ name, date, subject, current }: RefChoice): HTMLElement {
  const day = new Date(date).toLocaleDateString('ja-JP');
  return element('option', { value: name }, visible(`${name}${current ? '(いまの版)' : ''} ${day} ${subject}`));
}
