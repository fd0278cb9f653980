import type { State } from '../../messages.ts';
import { element } from '../element.ts';
import type { Store } from '../store.ts';
import { PageView } from './page-view.ts';
import type { Typst } from './typst.ts';

/** Where to scroll: a page from 1, pt from its top. */
export interface Goal {
  page: number;
  y: number;
}

/** All pages in a column; those near the window are drawn. */
export class PagesView {
  readonly #root: HTMLElement;
  readonly #typst: () => Promise<Typst>;
  readonly #pages: PageView[] = [];
  readonly #views = new WeakMap<Element, PageView>();
  readonly #observer: IntersectionObserver;
  readonly #listeners: (() => void)[] = [];
  /** Whether what is here was whole, not the cover alone. */
  #whole = false;
  readonly #waiting = element('p', { class: 'message' });

  constructor(root: HTMLElement, store: Store, typst: () => Promise<Typst>) {
    this.#root = root;
    this.#typst = typst;
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const view = this.#views.get(target);
          if (view) view.near = isIntersecting;
        }
      },
      { root, rootMargin: '75% 0px' },
    );
    store.subscribe(() => this.#update(store));
  }

  /** After the pages were taken over from a new state. */
  onUpdate(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Scrolls so that the place stands near the top. */
  goTo({ page, y }: Goal): void {
    const view = this.#pages[page - 1];
    if (!view) return;
    const scale = view.root.clientHeight / view.info.height;
    this.#root.scrollTo({ top: view.root.offsetTop + Math.max(0, y * scale - 48) });
  }

  /** The page at the top of the window, from 1; 0 without pages. */
  get current(): number {
    const middle = this.#root.scrollTop + this.#root.clientHeight / 3;
    return this.#pages.findLastIndex(({ root }) => root.offsetTop <= middle) + 1;
  }

  get count(): number {
    return this.#pages.length;
  }

  /** Width of a page in the window's widths; what is in the middle of the window stays there. */
  zoom(factor: number): void {
    const root = this.#root;
    const middle = (size: number, from: number, whole: number) => (from + size / 2) / whole;
    const [x, y] = [
      middle(root.clientWidth, root.scrollLeft, root.scrollWidth),
      middle(root.clientHeight, root.scrollTop, root.scrollHeight),
    ];
    root.style.setProperty('--zoom', String(factor));
    root.scrollTo(x * root.scrollWidth - root.clientWidth / 2, y * root.scrollHeight - root.clientHeight / 2);
    this.redraw();
  }

  /** Draws again what is near, after a change of size. */
  redraw(): void {
    for (const page of this.#pages) void page.draw();
  }

  #update({ state }: Store): void {
    const infos = state?.pages ?? [];
    // A server that begins anew knows its cover first: what is here stays until it knows the rest.
    if (state && state.edition === undefined && this.#whole && this.#pages.length > infos.length) return;
    this.#whole = state?.edition !== undefined;
    for (const [index, info] of infos.entries()) {
      const known = this.#pages[index];
      if (known) {
        known.update(info);
        continue;
      }
      const view = new PageView(info, this.#typst);
      this.#pages.push(view);
      this.#views.set(view.root, view);
      this.#root.append(view.root);
      this.#observer.observe(view.root);
    }
    for (const view of this.#pages.splice(infos.length)) {
      this.#observer.unobserve(view.root);
      view.root.remove();
    }
    this.#message(state);
    for (const listener of this.#listeners) listener();
    void this.#list();
  }

  /** Lists what is not near, one page after the other, when nothing is being drawn. */
  async #list(): Promise<void> {
    for (const page of [...this.#pages]) {
      if (page.isListed) continue;
      await new Promise((resolve) => requestIdleCallback(resolve));
      await page.list();
    }
  }

  /** What stands where the pages are not yet. */
  #message(state: State | undefined): void {
    const broken = state && (state.diagnostics.length > 0 || state.problem !== undefined);
    this.#waiting.textContent = broken ? '誤りを直すと、ここに紙面が出ます。' : '紙面を組んでいます…';
    if (this.#pages.length === 0) this.#root.append(this.#waiting);
    else this.#waiting.remove();
  }
}
