import { element } from '../element.ts';
import type { PagesView } from './pages-view.ts';

const steps = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];

/** Buttons for the size of the pages, and the number of the page that is seen. */
export function showTools(root: HTMLElement, scrolled: HTMLElement, pages: PagesView): void {
  let zoom = 1;
  const seen = element('span', { class: 'seen' });
  const size = element('output', {}, '100%');
  const set = (next: number) => {
    if (next === zoom) return;
    zoom = next;
    size.textContent = `${Math.round(zoom * 100)}%`;
    pages.zoom(zoom);
  };
  const smaller = () => set(steps.findLast((step) => step < zoom) ?? zoom);
  const larger = () => set(steps.find((step) => step > zoom) ?? zoom);
  const button = (text: string, label: string, act: () => void) => {
    const made = element('button', { type: 'button', 'aria-label': label, title: label }, text);
    made.addEventListener('click', act);
    return made;
  };
  root.append(
    seen,
    button('−', '紙面を小さくする(- キー)', smaller),
    size,
    button('+', '紙面を大きくする(+ キー)', larger),
    button('幅', '窓の幅に合わせる(0 キー)', () => set(1)),
  );
  scrolled.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey) return;
    if (key === '-') smaller();
    else if (key === '+' || key === ';') larger();
    else if (key === '0') set(1);
  });
  const count = () => {
    seen.textContent = pages.count === 0 ? '' : `${pages.current} / ${pages.count} ページ`;
  };
  scrolled.addEventListener('scroll', count);
  pages.onUpdate(count);
}
