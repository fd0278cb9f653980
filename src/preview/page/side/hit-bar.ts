import { oneLine } from '../../../model/names.ts';
import { element } from '../element.ts';

export interface Hit {
  number: string;
  title: string;
}

export interface HitBar {
  /** What was found, in order; where it was before, if that is still among them. */
  offer(hits: readonly Hit[]): void;
  /** To the next hit or the one before, round and round; from outside to the first or the last. */
  step(by: 1 | -1): void;
  /** No hit is looked at any more. */
  leave(): void;
}

/** Which hit of how many is looked at, over the pages, with the way to the others. */
export function hitBar(root: HTMLElement, goTo: (hit: Hit) => void, close: () => void): HitBar {
  let hits: readonly Hit[] = [];
  let current: string | undefined;
  const told = element('p', { role: 'status' });
  const button = (text: string, label: string, act: () => void) => {
    const made = element('button', { type: 'button', 'aria-label': label, title: label }, text);
    made.addEventListener('click', act);
    return made;
  };
  const next = button('↓', '次へ(Enter キー)', () => step(1));
  const bar = element(
    'div',
    { class: 'hits', role: 'group', 'aria-label': '見つかった取組' },
    told,
    button('↑', '前へ(Shift+Enter キー)', () => step(-1)),
    next,
    button('×', '検索をやめる(Escape キー)', close),
  );
  root.prepend(bar);
  bar.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });

  const at = () => hits.findIndex(({ number }) => number === current);
  function show(): void {
    const hit = hits[at()];
    bar.classList.toggle('open', hit !== undefined);
    const text = hit ? `${at() + 1} / ${hits.length} 件目: ${hit.number} ${oneLine(hit.title)}` : '';
    if (told.textContent !== text) told.textContent = text;
  }
  function step(by: 1 | -1): void {
    const from = at();
    const to = from < 0 ? (by === 1 ? 0 : hits.length - 1) : (from + by + hits.length) % hits.length;
    const hit = hits[to];
    if (!hit) return;
    current = hit.number;
    show();
    const before = document.activeElement;
    goTo(hit);
    // Where the panel that was searched in went away, the next key leads on from here.
    if (document.activeElement !== before) next.focus();
  }
  show();
  return {
    offer(fresh) {
      hits = fresh;
      show();
    },
    step,
    leave() {
      current = undefined;
      show();
    },
  };
}
