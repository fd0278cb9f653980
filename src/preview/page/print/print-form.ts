import { element } from '../element.ts';
import { pageList, readPageList } from './page-list.ts';

/** Where the pages to be printed are chosen. */
export interface PrintForm {
  root: HTMLElement;
  /** The numbers of the pages that are chosen now. */
  chosen(): number[];
}

/** What there is to choose from, as it is at that moment. */
export interface Printable {
  count(): number;
  inSight(): number[];
  /** The measure, 大項目 or 中項目 that was chosen last, with its pages. */
  selected(): { number: string; pages: number[] } | undefined;
}

type Kind = 'all' | 'seen' | 'selected' | 'range';

/** Opens below a button in `root`; `print` is called when the choice is made. The choice stays for the browser's own printing. */
export function printForm(root: HTMLElement, printable: Printable, print: () => Promise<void>): PrintForm {
  let kind: Kind = 'all';
  let range: number[] = [];
  const { count, inSight, selected } = printable;
  const text = element('input', {
    type: 'text',
    id: 'print-range',
    autocomplete: 'off',
    placeholder: '例: 1-3、8',
    'aria-label': '印刷するページの番号',
    'aria-describedby': 'print-status',
  });
  const status = element('p', { id: 'print-status', role: 'status' });
  const names: Record<Kind, () => string> = {
    all: () => `すべて(${count()} ページ)`,
    seen: () => `いま見えているページ(${pageList(inSight())})`,
    selected: () => {
      const { number = '', pages = [] } = selected() ?? {};
      return pages.length > 0 ? `選んだ取組(${number}: ${pageList(pages)} ページ)` : '選んだ取組(目次で選ぶと使えます)';
    },
    range: () => 'ページの番号',
  };
  const options = (Object.keys(names) as Kind[]).map((name) => {
    const radio = element('input', { type: 'radio', name: 'print', value: name });
    const label = element('span', {});
    radio.addEventListener('change', () => choose(name));
    return { name, radio, label, root: element('label', {}, radio, ' ', label) };
  });
  const submit = element('button', { type: 'submit', class: 'main' }, '印刷する');
  const form = element(
    'form',
    { id: 'print-choice', popover: '', 'aria-label': '印刷するページを選ぶ' },
    element('fieldset', {}, element('legend', {}, '印刷するページ'), ...options.map(({ root }) => root), text),
    status,
    element('p', { class: 'note' }, 'ブラウザの印刷(Ctrl+P)でも、ここで選んだページを印刷します。'),
    submit,
  );
  const button = element('button', { type: 'button', popovertarget: form.id }, '印刷');
  root.append(button, form);

  function choose(name: Kind): void {
    kind = name;
    if (name === 'range') text.focus();
    show();
  }
  function show(): void {
    for (const { name, radio, label } of options) {
      label.textContent = names[name]();
      radio.checked = name === kind;
      radio.disabled = name === 'selected' && (selected()?.pages.length ?? 0) === 0;
    }
    text.hidden = kind !== 'range';
    const wrong = kind === 'range' && text.value.trim() !== '' && readPageList(text.value, count()) === undefined;
    text.toggleAttribute('aria-invalid', false);
    if (wrong) text.setAttribute('aria-invalid', 'true');
    status.textContent = wrong ? `1 から ${count()} までのページを、1-3、8 のように書いてください。` : '';
    submit.disabled = chosen().length === 0;
  }
  /** What can no longer be had is not what was chosen: then all. */
  function chosen(): number[] {
    const all = Array.from({ length: count() }, (_, index) => index + 1);
    if (kind === 'seen') return inSight();
    if (kind === 'selected') return selected()?.pages ?? [];
    return kind === 'range' ? range : all;
  }
  text.addEventListener('input', () => {
    range = readPageList(text.value, count()) ?? [];
    show();
  });
  form.addEventListener('beforetoggle', show);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (chosen().length === 0) return;
    status.textContent = '紙面を用意しています…';
    await print();
    status.textContent = '';
  });
  show();
  return { root: form, chosen };
}
