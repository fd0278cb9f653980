import { element } from '../element.ts';
import { remembered } from '../remembered.ts';
import type { PagesView } from './pages-view.ts';
import { larger, readZoom, smaller, steps, type Zoom } from './zoom.ts';

/** The size of the pages, and the number of the page that is seen. */
export function showTools(root: HTMLElement, scrolled: HTMLElement, pages: PagesView): void {
  const kept = remembered('zoom');
  let zoom: Zoom = readZoom(kept.get()) ?? 'width';
  const seen = element('span', { class: 'seen' });
  const size = element('select', { 'aria-label': '紙面の大きさ(100% は紙の実際の大きさ)' });
  const button = (text: string, keys: string, label: string, act: () => void) => {
    const made = element('button', { type: 'button', title: `${label}(${keys} キー)` }, text);
    if (text !== label) made.setAttribute('aria-label', label);
    made.addEventListener('click', act);
    return made;
  };
  const set = (next: Zoom | undefined) => {
    if (next === undefined) return;
    zoom = next;
    kept.set(String(zoom));
    pages.zoom(zoom);
    show();
  };
  const down = () => set(smaller(pages.percent));
  const up = () => set(larger(pages.percent));
  const [width, page] = [() => set('width'), () => set('page')];
  const fits = [
    button('幅に合わせる', '0', '幅に合わせる', width),
    button('ページ全体', '9', 'ページ全体', page),
  ] as const;
  root.append(
    seen,
    element(
      'span',
      { class: 'sizes', role: 'group', 'aria-label': '紙面の大きさ' },
      button('−', '-', '紙面を小さくする', down),
      size,
      button('+', '+', '紙面を大きくする', up),
    ),
    element('span', { class: 'sizes', role: 'group', 'aria-label': '窓に合わせる' }, ...fits),
  );
  size.addEventListener('change', () => set(Number(size.value)));

  /** Says how large the page in sight is, whatever made it so. */
  function show(): void {
    const percent = Math.round(pages.percent);
    const all = [...new Set([...steps, ...(percent > 0 ? [percent] : [])])].sort((a, b) => a - b);
    const next = all.map((step) => `${step}%`).join();
    if (size.dataset.offered !== next) {
      size.dataset.offered = next;
      size.replaceChildren(...all.map((step) => element('option', { value: String(step) }, `${step}%`)));
    }
    size.value = String(percent > 0 ? percent : 100);
    fits[0].setAttribute('aria-pressed', String(zoom === 'width'));
    fits[1].setAttribute('aria-pressed', String(zoom === 'page'));
  }

  const keys: Record<string, () => void> = {
    '-': down,
    '+': up,
    ';': up,
    '=': up,
    '0': width,
    '9': page,
    '1': () => set(100),
  };
  scrolled.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
    if (!ctrlKey && !metaKey && !altKey) keys[key]?.();
  });
  const update = () => {
    seen.textContent = pages.count === 0 ? '' : `${pages.current} / ${pages.count} ページ`;
    show();
  };
  scrolled.addEventListener('scroll', update);
  pages.onUpdate(update);
  pages.zoom(zoom);
  show();
}
