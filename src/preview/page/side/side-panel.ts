import { unfilledByNumber } from '../../../model/due.ts';
import type { EditionData } from '../../../model/edition-json.ts';
import { changeWords, severityWords } from '../../../model/words.ts';
import type { Comparison } from '../comparison.ts';
import { element } from '../element.ts';
import { refForm } from '../ref-form.ts';
import type { Store } from '../store.ts';
import { choicesOf, type Filters, noFilters } from './filters.ts';
import { emptyEdition, outlineOf, toldOf } from './outline.ts';
import { type Badge, outlineTree } from './outline-tree.ts';
import { foundHistory, type IndexedMeasure, searchIndex, words } from './search.ts';
import { type Choice, choice } from './select-field.ts';

export interface SidePanel {
  root: HTMLElement;
  store: Store;
  comparison: Comparison;
  onEdition: (listener: (edition: EditionData) => void) => void;
  /** Gets the number of what was chosen: 1, 1-2 or 1-2-3, or the name of a part: 改定履歴. */
  select: (number: string) => void;
}

/** The outline with its search and filters. */
export function showSidePanel({ root, store, comparison, onEdition, select }: SidePanel): void {
  let index: IndexedMeasure[] = [];
  let edition = emptyEdition;
  let unfilled = unfilledByNumber(edition);
  let filters: Filters = noFilters;

  const search = element('input', { id: 'search', type: 'search', autocomplete: 'off', spellcheck: 'false' });
  const count = element('p', { class: 'count', role: 'status' });
  const clear = element('button', { type: 'button', class: 'clear' }, '条件をすべて消す');
  const tree = outlineTree('目次', select);
  const set = (change: Partial<Filters>) => {
    filters = { ...filters, ...change };
    update();
  };
  const fields = {
    section: choice('filter-section', '担当課', (section) => set({ section })),
    kind: choice('filter-kind', '区分', (kind) => set({ kind })),
    mark: choice('filter-mark', '項目(印)', (mark) => set({ mark })),
    year: choice('filter-year', '印の年度', (year) => set({ year })),
    plan: choice('filter-plan', '関連計画(○)', (plan) => set({ plan })),
    unfilled: choice('filter-unfilled', '未記入', (unfilled) => set({ unfilled })),
    told: choice('filter-told', '検査の結果', (told) => set({ told: told as Filters['told'] })),
  } satisfies Partial<Record<keyof Filters, Choice>>;
  const changed = element('input', { id: 'filter-changed', type: 'checkbox' });
  changed.addEventListener('change', () => set({ changed: changed.checked }));
  const active = element('span', { class: 'active' });

  const form = element(
    'form',
    { role: 'search', 'aria-label': '取組を探す' },
    element('label', { for: 'search' }, '番号、取組、担当課、本文から探す'),
    search,
  );
  root.replaceChildren(
    form,
    element(
      'details',
      { class: 'filters' },
      element('summary', {}, '絞り込む ', active),
      element(
        'div',
        { class: 'fields', role: 'group', 'aria-label': '絞り込む条件' },
        ...Object.values(fields).map(({ root }) => root),
      ),
      refForm('side', comparison),
      element('p', {}, changed, ' ', element('label', { for: 'filter-changed' }, '比べる版から変わった取組だけ')),
    ),
    element('div', { class: 'line' }, count, clear),
    tree.root,
  );

  search.addEventListener('input', update);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    tree.focus();
  });
  search.addEventListener('keydown', ({ key, isComposing }) => {
    if (key === 'ArrowDown' && !isComposing) tree.focus();
  });
  clear.addEventListener('click', () => {
    search.value = '';
    filters = noFilters;
    changed.checked = false;
    for (const { clear: empty } of Object.values(fields)) empty();
    update();
    search.focus();
  });

  function offer(): void {
    const { sections, kinds, marks, years, plans, unfilled } = choicesOf(edition);
    const plain = (names: readonly string[]): [string, string][] => names.map((name) => [name, name]);
    filters = {
      ...filters,
      section: fields.section.offer([['', 'すべての課'], ...plain(sections)]),
      kind: fields.kind.offer([['', 'すべて'], ...plain(kinds)]),
      mark: fields.mark.offer([['', 'すべて'], ...plain(marks)]),
      year: fields.year.offer([['', 'いずれか'], ...plain(years)]),
      plan: fields.plan.offer([['', 'すべて'], ...plain(plans)]),
      unfilled: fields.unfilled.offer([['', 'すべて'], ['any', '未記入がある'], ...plain(unfilled)]),
      told: fields.told.offer([
        ['', 'すべて'],
        ['error', '誤りがある'],
        ['any', '誤りか注意がある'],
      ]) as Filters['told'],
    };
  }

  function update(): void {
    const { differences } = comparison;
    const kinds = new Map(differences?.measures.map(({ id, kind }) => [id, kind]));
    const { errors, warnings } = toldOf(store.state?.diagnostics ?? []);
    // A removed measure's number may be another one's now: what is there now counts.
    const differs = new Set([...kinds].filter(([, kind]) => kind !== 'removed').map(([id]) => id));
    const wanted = words(search.value);
    changed.disabled = !differences;
    const conditions = { ...filters, changed: filters.changed && differences !== undefined };
    const number = Object.entries(conditions).filter(([name, value]) => value && !(name === 'year' && !filters.mark));
    const narrowed = number.length > 0 || wanted.length > 0;
    const isPrinted = store.state?.pages.some(({ part }) => part === '改定履歴') && number.length === 0;
    const outline = {
      ...outlineOf(index, wanted, conditions, { changed: differs, errors, warnings, unfilled }),
      history: isPrinted ? foundHistory(edition, wanted) : undefined,
    };
    const badgesOf = (id: string): Badge[] => {
      const kind = kinds.get(id);
      return [
        ...(kind && kind !== 'removed' ? [{ text: changeWords[kind], kind: 'changed' as const }] : []),
        ...(errors.has(id)
          ? [{ text: severityWords.error, kind: 'error' as const }]
          : warnings.has(id)
            ? [{ text: severityWords.warning, kind: 'warning' as const }]
            : []),
      ];
    };
    active.textContent = number.length > 0 ? `(${number.length} 件の条件)` : '';
    clear.hidden = !narrowed;
    const text = narrowed ? `${outline.count} 件(全 ${index.length} 件)` : `全 ${index.length} 件`;
    if (count.textContent !== text) count.textContent = text;
    tree.show(outline, badgesOf, narrowed);
  }

  onEdition((fresh) => {
    edition = fresh;
    index = searchIndex(fresh);
    unfilled = unfilledByNumber(fresh);
    offer();
    update();
  });
  let told: string | undefined;
  store.subscribe(() => {
    const next = JSON.stringify(store.state?.diagnostics);
    if (next === told) return;
    told = next;
    update();
  });
  comparison.subscribe(update);
  offer();
  update();
}
