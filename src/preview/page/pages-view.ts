import { PageView } from './page-view.ts';
import type { Store } from './store.ts';
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

  /** Scrolls so that the place stands near the top. */
  goTo({ page, y }: Goal): void {
    const view = this.#pages[page - 1];
    if (!view) return;
    const scale = view.root.clientHeight / view.info.height;
    this.#root.scrollTo({ top: view.root.offsetTop + Math.max(0, y * scale - 48) });
  }

  /** Draws again what is near, after a change of size. */
  redraw(): void {
    for (const page of this.#pages) void page.draw();
  }

  #update({ state }: Store): void {
    const infos = state?.pages ?? [];
    for (const [index, info] of infos.entries()) {
      const known = this.#pages[index];
      if (known) {
        if (known.info.key !== info.key) known.update(info);
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
    requestIdleCallback(() => {
      for (const page of this.#pages) void page.list();
    });
  }
}
