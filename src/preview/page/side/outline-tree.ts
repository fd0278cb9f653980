import type { NumberedName } from '../../../model/edition-json.ts';
import { element } from '../element.ts';
import type { Outline, OutlineMeasure } from './outline.ts';
import type { Excerpt, HitRun } from './search.ts';

/** A short word behind a measure's title: 変更, 誤り. */
export interface Badge {
  text: string;
  kind: 'changed' | 'error' | 'warning';
}

export interface OutlineTree {
  root: HTMLElement;
  /** Shows an outline; what was open, focused and scrolled to stays. */
  show(outline: Outline, badgesOf: (number: string) => Badge[], allOpen: boolean): void;
  /** Moves the focus to the first row, if there is any. */
  focus(): void;
}

/**
 * The outline as a tree (ARIA Authoring Practices): arrow keys, Home, End; Enter, Space or a click lead to the place.
 * Its rows are a flat list, so that each is called by its own text alone.
 */
export function outlineTree(label: string, select: (number: string) => void): OutlineTree {
  const root = element('ul', { role: 'tree', 'aria-label': label, class: 'outline' });
  /** What the user opened or closed, by number. */
  const toggled = new Map<string, boolean>();
  let everything: boolean | undefined;
  let current: string | undefined;

  const rows = () => [...root.children] as HTMLElement[];
  const visible = () => rows().filter(({ hidden }) => !hidden);
  const numberOf = (row: HTMLElement) => row.dataset.number ?? '';
  const isOpen = (number: string) => toggled.get(number) ?? (everything || !number.includes('-'));
  const rowAt = (target: EventTarget | null) =>
    target instanceof Element ? (target.closest<HTMLElement>('[role=treeitem]') ?? undefined) : undefined;

  function makeCurrent(row: HTMLElement | undefined, focus: boolean): void {
    if (!row) return;
    for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
    current = numberOf(row);
    if (!focus) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }

  function open(row: HTMLElement, wanted: boolean): void {
    toggled.set(numberOf(row), wanted);
    row.setAttribute('aria-expanded', String(wanted));
    for (const other of rows()) other.hidden = !above(numberOf(other)).every(isOpen);
  }

  root.addEventListener('click', (event) => {
    const row = rowAt(event.target);
    if (!row) return;
    makeCurrent(row, true);
    if ((event.target as Element).closest('.twisty')) open(row, row.getAttribute('aria-expanded') !== 'true');
    else select(numberOf(row));
  });

  root.addEventListener('keydown', (event) => {
    const row = rowAt(event.target);
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = visible();
    const at = all.indexOf(row);
    const expanded = row.getAttribute('aria-expanded');
    const parent = all.find((other) => numberOf(other) === above(numberOf(row))[0]);
    const actions: Record<string, () => void> = {
      ArrowDown: () => makeCurrent(all[at + 1], true),
      ArrowUp: () => makeCurrent(all[at - 1], true),
      Home: () => makeCurrent(all[0], true),
      End: () => makeCurrent(all.at(-1), true),
      ArrowRight: () => (expanded === 'false' ? open(row, true) : expanded && makeCurrent(all[at + 1], true)),
      ArrowLeft: () => (expanded === 'true' ? open(row, false) : makeCurrent(parent, true)),
      Enter: () => select(numberOf(row)),
      ' ': () => select(numberOf(row)),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  const row = (number: string, [place, among]: [number, number], branch: boolean, ...content: (Node | string)[]) => {
    const ancestors = above(number);
    const created = element(
      'li',
      {
        role: 'treeitem',
        'data-number': number,
        'aria-level': String(ancestors.length + 1),
        'aria-posinset': String(place + 1),
        'aria-setsize': String(among),
        ...(branch ? { 'aria-expanded': String(isOpen(number)) } : {}),
      },
      ...(branch ? [twisty()] : []),
      element('span', { class: 'name' }, ...content),
    );
    created.hidden = !ancestors.every(isOpen);
    return created;
  };

  return {
    root,
    show({ categories, history }, badgesOf, allOpen) {
      if (everything !== allOpen) toggled.clear();
      everything = allOpen;
      const focused = root.contains(document.activeElement);
      const tops = categories.length + (history ? 1 : 0);
      root.replaceChildren(
        ...categories.flatMap((category, at) => [
          row(category.番号, [at, tops], true, ...heading(category)),
          ...category.groups.flatMap((group, at) => [
            row(group.番号, [at, category.groups.length], true, ...heading(group)),
            ...group.measures.map((measure, at) => {
              const { 番号 } = measure.measure;
              return row(番号, [at, group.measures.length], false, ...measureName(measure, badgesOf(番号)));
            }),
          ]),
        ]),
        ...(history ? [row('改定履歴', [tops - 1, tops], false, ...found(history))] : []),
      );
      const all = visible();
      makeCurrent(all.find((one) => numberOf(one) === current) ?? all[0], focused);
    },
    focus: () => makeCurrent(visible()[0], true),
  };
}

/** 1-2-3 → 1-2, 1 */
function above(number: string): string[] {
  const parts = number.split('-');
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('-'));
}

/** For the mouse only: keys have arrows for it. */
const twisty = () => element('span', { class: 'twisty', 'aria-hidden': 'true' });

const heading = ({ 番号, 名称 }: NumberedName) => [element('span', { class: 'number' }, 番号), ' ', 名称];

function measureName({ measure, number, title, excerpt }: OutlineMeasure, badges: readonly Badge[]): (Node | string)[] {
  return [
    element('span', { class: 'number' }, ...shownRuns(number)),
    ' ',
    ...shownRuns(title),
    ...(measure.再掲 === null ? [] : [' ', element('span', { class: 'badge' }, '再掲')]),
    ...badges.flatMap(({ text, kind }) => [' ', element('span', { class: `badge ${kind}` }, text)]),
    ...(excerpt ? [' ', shownExcerpt(excerpt)] : []),
  ];
}

const found = ({ title, excerpt }: NonNullable<Outline['history']>): (Node | string)[] => [
  ...shownRuns(title),
  ...(excerpt ? [' ', shownExcerpt(excerpt)] : []),
];

const shownExcerpt = ({ field, runs }: Excerpt) =>
  element('span', { class: 'excerpt' }, element('span', { class: 'field' }, `${field}: `), ...shownRuns(runs));

const shownRuns = (runs: readonly HitRun[]) => runs.map(({ text, hit }) => (hit ? element('mark', {}, text) : text));
