import { unfilledByNumber } from '../../../model/due.ts';
import type { EditionData, MeasureData } from '../../../model/edition-json.ts';
import { changeWords, severityWords } from '../../../model/words.ts';
import type { Comparison } from '../comparison.ts';
import { element } from '../element.ts';
import type { Narrowing } from '../narrowing.ts';
import type { Store } from '../store.ts';
import { filterForm } from './filter-form.ts';
import { type Hit, hitBar } from './hit-bar.ts';
import { emptyEdition, type Outline, outlineOf, toldOf } from './outline.ts';
import { type Badge, outlineTree } from './outline-tree.ts';
import { foundHistory, hitRuns, type IndexedMeasure, searchIndex, words } from './search.ts';

export interface SidePanel {
  root: HTMLElement;
  /** Where the hit that is looked at is told. */
  over: HTMLElement;
  store: Store;
  comparison: Comparison;
  onEdition: (listener: (edition: EditionData) => void) => void;
  /**
   * Gets the number of what was chosen: 1, 1-2 or 1-2-3, or the name of a part: 改定履歴; and which texts have what was
   * searched for. Nothing where nothing is looked at any more.
   */
  select: (number: string | undefined, matches: (text: string) => boolean) => void;
}

/** The outline with its search and filters. Returns what they leave. */
export function showSidePanel({ root, over, store, comparison, onEdition, select }: SidePanel): Narrowing {
  let index: IndexedMeasure[] = [];
  let edition = emptyEdition;
  let unfilled = unfilledByNumber(edition);
  const listeners = new Set<() => void>();
  let conditions: string[] = [];
  let counted: ReadonlySet<string> = new Set();

  const search = element('input', { id: 'search', type: 'search', autocomplete: 'off', spellcheck: 'false' });
  const count = element('p', { class: 'count', role: 'status' });
  const clear = element('button', { type: 'button', class: 'clear' }, '条件をすべて消す');
  const matches = (text: string) => {
    const wanted = words(search.value);
    return wanted.length > 0 && hitRuns(text, wanted).some(({ hit }) => hit);
  };
  const go = (number: string) => select(number, matches);
  const hits = hitBar(
    over,
    ({ number }) => go(number),
    () => empty(),
  );
  const tree = outlineTree('目次', go);
  const filters = filterForm(comparison, update);
  const form = element(
    'form',
    { role: 'search', 'aria-label': '取組を探す' },
    element('label', { for: 'search' }, '番号、取組、担当課、本文から探す'),
    search,
  );
  root.replaceChildren(form, filters.root, element('div', { class: 'line' }, count, clear), tree.root);

  /** What is searched for is no longer looked at. */
  function leave(): void {
    hits.leave();
    select(undefined, () => false);
  }
  function empty(): void {
    search.value = '';
    leave();
    update();
  }
  search.addEventListener('input', () => {
    leave();
    update();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (conditions.length > 0) hits.step(1);
    else tree.focus();
  });
  search.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') tree.focus();
    else if (event.key === 'Enter' && event.shiftKey) hits.step(-1);
    else if (event.key === 'Escape' && search.value !== '') {
      event.stopPropagation();
      empty();
    } else return;
    event.preventDefault();
  });
  function clearAll(): void {
    filters.clear();
    empty();
  }
  clear.addEventListener('click', () => {
    clearAll();
    search.focus();
  });

  function update(): void {
    const { differences } = comparison;
    const kinds = new Map(differences?.measures.map(({ id, kind }) => [id, kind]));
    const { errors, warnings } = toldOf(store.state?.diagnostics ?? []);
    // A removed measure's number may be another one's now: what is there now counts.
    const differs = new Set([...kinds].filter(([, kind]) => kind !== 'removed').map(([id]) => id));
    const wanted = words(search.value);
    const chosen = filters.filters();
    const filtered = filters.conditions();
    conditions = [...(wanted.length > 0 ? [`検索: ${search.value.trim()}`] : []), ...filtered];
    const isPrinted = store.state?.pages.some(({ part }) => part === '改定履歴') && filtered.length === 0;
    const outline = {
      ...outlineOf(index, wanted, chosen, { changed: differs, errors, warnings, unfilled }),
      history: isPrinted ? foundHistory(edition, wanted) : undefined,
    };
    const measures = measuresOf(outline);
    counted = new Set(measures.map(({ 番号 }) => 番号));
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
    const narrowed = conditions.length > 0;
    clear.hidden = !narrowed;
    const text = narrowed ? `${outline.count} 件(全 ${index.length} 件)` : `全 ${index.length} 件`;
    if (count.textContent !== text) count.textContent = text;
    tree.show(outline, badgesOf, narrowed);
    hits.offer(hitsOf(measures, outline));
    for (const listener of listeners) listener();
  }

  onEdition((fresh) => {
    edition = fresh;
    index = searchIndex(fresh);
    unfilled = unfilledByNumber(fresh);
    filters.offer(edition);
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
  filters.offer(edition);
  update();
  return {
    get conditions() {
      return conditions;
    },
    counts: ({ 番号 }) => counted.has(番号),
    clear: clearAll,
    subscribe: (listener) => void listeners.add(listener),
  };
}

const measuresOf = ({ categories }: Outline): MeasureData[] =>
  categories.flatMap(({ groups }) => groups.flatMap(({ measures }) => measures.map(({ measure }) => measure)));

const hitsOf = (measures: readonly MeasureData[], { history }: Outline): Hit[] => [
  ...measures.map(({ 番号, 取組 }) => ({ number: 番号, title: 取組 })),
  ...(history ? [{ number: '改定履歴', title: '' }] : []),
];
