import type { EditionData } from '../../../model/edition-json.ts';
import type { Comparison } from '../comparison.ts';
import { element } from '../element.ts';
import { refForm } from '../ref-form.ts';
import { choicesOf, type Filters, markName, noFilters } from './filters.ts';
import { type Choice, choice } from './select-field.ts';

/** Where conditions are chosen. */
export interface FilterForm {
  root: HTMLElement;
  /** Those that apply now: a change only while something is compared. */
  filters(): Filters;
  /** As they are told, one by one. */
  conditions(): string[];
  /** Offers what the edition has; what it has no more is no condition any more. */
  offer(edition: EditionData): void;
  clear(): void;
}

export function filterForm(comparison: Comparison, update: () => void): FilterForm {
  let filters: Filters = noFilters;
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
  const changedLabel = '比べる版から変わった取組だけ';
  const active = element('span', { class: 'active' });
  const root = element(
    'details',
    { class: 'filters' },
    element('summary', {}, '絞り込む ', active),
    element(
      'div',
      { class: 'fields', role: 'group', 'aria-label': '絞り込む条件' },
      ...Object.values(fields).map(({ root }) => root),
    ),
    refForm('side', comparison),
    element('p', {}, changed, ' ', element('label', { for: 'filter-changed' }, changedLabel)),
  );
  const applied = (): Filters => ({
    ...filters,
    changed: filters.changed && comparison.differences !== undefined,
    year: filters.mark === '' ? '' : filters.year,
  });

  return {
    root,
    filters() {
      changed.disabled = !comparison.differences;
      const count = this.conditions().length;
      active.textContent = count > 0 ? `(${count} 件の条件)` : '';
      return applied();
    },
    conditions() {
      const conditions = applied();
      return [
        ...Object.entries(fields).flatMap(([name, field]) =>
          conditions[name as keyof typeof fields] ? [field.told()] : [],
        ),
        ...(conditions.changed ? [changedLabel] : []),
      ];
    },
    offer(edition) {
      const { sections, kinds, marks, years, plans, unfilled } = choicesOf(edition);
      const plain = (names: readonly string[]): [string, string][] => names.map((name) => [name, name]);
      filters = {
        ...filters,
        section: fields.section.offer([['', 'すべての課'], ...plain(sections)]),
        kind: fields.kind.offer([['', 'すべて'], ...plain(kinds)]),
        mark: fields.mark.offer([['', 'すべて'], ...marks.map((mark) => [mark, markName(edition, mark)] as const)]),
        year: fields.year.offer([['', 'いずれか'], ...plain(years)]),
        plan: fields.plan.offer([['', 'すべて'], ...plain(plans)]),
        unfilled: fields.unfilled.offer([['', 'すべて'], ['any', '未記入がある'], ...plain(unfilled)]),
        told: fields.told.offer([
          ['', 'すべて'],
          ['error', '誤りがある'],
          ['any', '誤りか注意がある'],
        ]) as Filters['told'],
      };
    },
    clear() {
      filters = noFilters;
      changed.checked = false;
      for (const { clear } of Object.values(fields)) clear();
    },
  };
}
