import { element } from './element.ts';

export interface View {
  name: string;
  root: HTMLElement;
  /** Called whenever it comes into sight. */
  shown?(): void;
}

/** Buttons in `root` that show one of several views. Returns how to show one. */
export function viewSwitch(root: HTMLElement, views: readonly View[]): (view: View | undefined) => void {
  const buttons = views.map((view) => {
    const button = element('button', { type: 'button' }, view.name);
    button.addEventListener('click', () => show(view));
    return button;
  });
  function show(wanted: View | undefined): void {
    for (const [index, view] of views.entries()) {
      const now = view === wanted;
      buttons[index]?.setAttribute('aria-pressed', String(now));
      view.root.hidden = !now;
    }
    wanted?.shown?.();
  }
  root.replaceChildren(...buttons);
  show(views[0]);
  return show;
}
