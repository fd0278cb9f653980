import { element } from '../element.ts';
import { remembered } from '../remembered.ts';

/** A window that has no room for the panel beside the pages: as in style.css. */
const narrow = '(max-width: 60rem)';

/**
 * Closes and opens the panel by a button in `root`: beside the pages as it was left, over them (where there is no room) only
 * until something is chosen. Returns what closes it where it covers the pages.
 */
export function sideDrawer(root: HTMLElement, panel: HTMLElement, pages: HTMLElement): () => void {
  const kept = remembered('side');
  const covers = matchMedia(narrow);
  const button = element(
    'button',
    { type: 'button', 'aria-controls': panel.id, title: '目次と検索を開く・閉じる' },
    '目次',
  );
  const set = (open: boolean) => {
    panel.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  };
  const begin = () => set(!(covers.matches || kept.get() === 'closed'));
  const leave = () => {
    if (!covers.matches || panel.hidden) return;
    const inside = panel.contains(document.activeElement);
    set(false);
    if (inside) pages.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  };
  button.addEventListener('click', () => {
    const open = panel.hidden !== false;
    set(open);
    if (!covers.matches) kept.set(open ? 'open' : 'closed');
    else if (open) panel.querySelector('input')?.focus();
  });
  panel.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !covers.matches) return;
    leave();
    button.focus();
  });
  for (const event of ['pointerdown', 'focusin']) pages.addEventListener(event, leave);
  covers.addEventListener('change', begin);
  root.prepend(button);
  begin();
  return leave;
}
