import { element } from './element.ts';
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

/** The outline as a tree (ARIA Authoring Practices): arrow keys, Home, End; Enter, Space or a click lead to the place. */
export function outlineTree(label: string, select: (number: string) => void): OutlineTree {
  const root = element('ul', { role: 'tree', 'aria-label': label, class: 'outline' });
  /** What the user opened or closed, by number. */
  const toggled = new Map<string, boolean>();
  let everything = false;
  let current = '';

  const items = () => [...root.querySelectorAll<HTMLElement>('[role=treeitem]')];
  const visible = () => items().filter((item) => !item.parentElement?.closest('[aria-expanded=false]'));
  const numberOf = (item: HTMLElement) => item.dataset.number ?? '';
  const isOpen = (number: string) => toggled.get(number) ?? (everything || !number.includes('-'));

  function makeCurrent(item: HTMLElement | undefined, focus: boolean): void {
    if (!item) return;
    for (const other of items()) other.tabIndex = other === item ? 0 : -1;
    current = numberOf(item);
    if (!focus) return;
    item.focus({ preventScroll: true });
    item.firstElementChild?.scrollIntoView({ block: 'nearest' });
  }

  function open(item: HTMLElement, wanted: boolean): void {
    toggled.set(numberOf(item), wanted);
    item.setAttribute('aria-expanded', String(wanted));
    if (!wanted && item.contains(document.activeElement)) makeCurrent(item, true);
    else if (!wanted && item.querySelector('[tabindex="0"]')) makeCurrent(item, false);
  }

  root.addEventListener('click', (event) => {
    const target = event.target as Element;
    const item = target.closest<HTMLElement>('[role=treeitem]');
    if (!item) return;
    makeCurrent(item, true);
    if (target.closest('.twisty')) open(item, item.getAttribute('aria-expanded') !== 'true');
    else select(numberOf(item));
  });

  root.addEventListener('keydown', (event) => {
    const item = (event.target as Element).closest<HTMLElement>('[role=treeitem]');
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = visible();
    const at = all.indexOf(item);
    const expanded = item.getAttribute('aria-expanded');
    const parent = item.parentElement?.closest<HTMLElement>('[role=treeitem]') ?? undefined;
    const act: Record<string, () => void> = {
      ArrowDown: () => makeCurrent(all[at + 1], true),
      ArrowUp: () => makeCurrent(all[at - 1], true),
      Home: () => makeCurrent(all[0], true),
      End: () => makeCurrent(all.at(-1), true),
      ArrowRight: () => (expanded === 'false' ? open(item, true) : expanded && makeCurrent(all[at + 1], true)),
      ArrowLeft: () => (expanded === 'true' ? open(item, false) : makeCurrent(parent, true)),
      Enter: () => select(numberOf(item)),
      ' ': () => select(numberOf(item)),
    };
    const action = act[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  function branch(number: string, name: HTMLElement, level: number, children: HTMLElement[]): HTMLElement {
    const id = `outline-${number}`;
    const row = element('span', { class: 'row', id }, ...(children.length > 0 ? [twisty()] : []), name);
    return element(
      'li',
      {
        role: 'treeitem',
        tabindex: '-1',
        'data-number': number,
        'aria-level': String(level),
        'aria-labelledby': id,
        ...(children.length > 0 ? { 'aria-expanded': String(isOpen(number)) } : {}),
      },
      row,
      ...(children.length > 0 ? [element('ul', { role: 'group' }, ...children)] : []),
    );
  }

  return {
    root,
    show({ categories }, badgesOf, allOpen) {
      if (everything !== allOpen) toggled.clear();
      everything = allOpen;
      const focused = root.contains(document.activeElement);
      root.replaceChildren(
        ...categories.map(({ 番号, 名称, groups }) =>
          branch(
            番号,
            heading(番号, 名称),
            1,
            groups.map((group) =>
              branch(
                group.番号,
                heading(group.番号, group.名称),
                2,
                group.measures.map((measure) =>
                  branch(measure.measure.番号, measureName(measure, badgesOf(measure.measure.番号)), 3, []),
                ),
              ),
            ),
          ),
        ),
      );
      const all = visible();
      makeCurrent(all.find((item) => numberOf(item) === current) ?? all[0], focused);
    },
    focus: () => makeCurrent(visible()[0], true),
  };
}

/** For the mouse only: keys have arrows for it. */
const twisty = () => element('span', { class: 'twisty', 'aria-hidden': 'true' });

const heading = (number: string, name: string) =>
  element('span', { class: 'name' }, element('span', { class: 'number' }, number), ' ', name);

function measureName({ measure, number, title, excerpt }: OutlineMeasure, badges: readonly Badge[]): HTMLElement {
  return element(
    'span',
    { class: 'name' },
    element('span', { class: 'number' }, ...shownRuns(number)),
    ' ',
    ...shownRuns(title),
    ...(measure.再掲 === null ? [] : [' ', element('span', { class: 'badge' }, '再掲')]),
    ...badges.flatMap(({ text, kind }) => [' ', element('span', { class: `badge ${kind}` }, text)]),
    ...(excerpt ? [shownExcerpt(excerpt)] : []),
  );
}

const shownExcerpt = ({ field, runs }: Excerpt) =>
  element('span', { class: 'excerpt' }, element('span', { class: 'field' }, `${field}: `), ...shownRuns(runs));

const shownRuns = (runs: readonly HitRun[]) => runs.map(({ text, hit }) => (hit ? element('mark', {}, text) : text));
