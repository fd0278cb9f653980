import { element } from './element.ts';

export interface View {
  name: string;
  root: HTMLElement;
  /** Called whenever it comes into sight. */
  shown?(): void;
}

/** Buttons in `root` that show one of several views. Returns how to show one. */
export function viewSwitch(root: HTMLElement, views: readonly View[]): (view: View | undefined) => void {
  const all = views.map((view) => {
    const button = element('button', { type: 'button' }, view.name);
    button.addEventListener('click', () => show(view));
    return { view, button };
  });
  function show(wanted: View | undefined): void {
    for (const { view, button } of all) {
      button.setAttribute('aria-pressed', String(view === wanted));
      view.root.hidden = view !== wanted;
    }
    wanted?.shown?.();
  }
  root.replaceChildren(...all.map(({ button }) => button));
  show(views[0]);
  return show;
}
