import type { PageInfo, State } from '../../messages.ts';
import { element } from '../element.ts';
import type { Store } from '../store.ts';
import type { Found } from './found-rows.ts';
import { PageView } from './page-view.ts';
import type { Typst } from './typst.ts';
import { realScale, type Zoom } from './zoom.ts';

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
  /** What is in the middle of the window: a page by its index, parts of its width and height. */
  #place: { index: number; x: number; y: number } | undefined;
  #found: Found | undefined;

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
    root.addEventListener('scroll', () => this.#remember());
    // A window, a panel beside the pages, a view that is shown again: what was read stays in sight.
    new ResizeObserver(() => {
      if (root.clientWidth === 0) return;
      this.#restore();
      this.redraw();
    }).observe(root);
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
    this.#remember();
  }

  /** The page at the top of the window, from 1; 0 without pages. */
  get current(): number {
    const middle = this.#root.scrollTop + this.#root.clientHeight / 3;
    return this.#pages.findLastIndex(({ root }) => root.offsetTop <= middle) + 1;
  }

  get count(): number {
    return this.#pages.length;
  }

  /** What the pages are, in their order. */
  get infos(): PageInfo[] {
    return this.#pages.map(({ info }) => info);
  }

  /** Whether they are what is looked at. */
  get isShown(): boolean {
    return !this.#root.hidden;
  }

  /** Numbers of the pages in sight: whole, or over a third of the window. */
  get inSight(): number[] {
    const { scrollTop, clientHeight } = this.#root;
    return this.#pages.flatMap(({ root, info }) => {
      const top = Math.max(root.offsetTop, scrollTop);
      const seen = Math.min(root.offsetTop + root.clientHeight, scrollTop + clientHeight) - top;
      return seen >= Math.min(root.clientHeight - 1, clientHeight / 3) ? [info.number] : [];
    });
  }

  /** Numbers of the pages with rows of a measure, or of those of a 大項目 or 中項目. */
  numbersOf(measures: string): number[] {
    return this.#pages.flatMap((page) => (page.info.part === '個票' && page.shows(measures) ? [page.info.number] : []));
  }

  get found(): Found | undefined {
    return this.#found;
  }

  /** Outlines the rows of what was looked for, and no others. */
  outline(found: Found | undefined): void {
    this.#found = found;
    for (const page of this.#pages) page.found = found;
  }

  /** Size of the page in sight, in percent of the paper's own; 0 without pages. */
  get percent(): number {
    const view = this.#pages[this.current - 1];
    return view ? (view.root.clientWidth / (view.info.width * realScale)) * 100 : 0;
  }

  /** What is in the middle of the window stays there. */
  zoom(zoom: Zoom): void {
    this.#remember();
    const root = this.#root;
    root.dataset.zoom = typeof zoom === 'number' ? 'real' : zoom;
    if (typeof zoom === 'number') root.style.setProperty('--zoom', String(zoom / 100));
    const view = zoom === 'page' ? this.#pages[this.#place?.index ?? -1] : undefined;
    if (view) root.scrollTo({ top: view.root.offsetTop - (root.clientHeight - view.root.clientHeight) / 2 });
    else this.#restore();
    this.redraw();
  }

  /** Draws again what is near, after a change of size. */
  redraw(): void {
    for (const page of this.#pages) void page.draw();
  }

  #remember(): void {
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.#root;
    if (clientWidth === 0) return;
    const middle = scrollTop + clientHeight / 2;
    const index = this.#pages.findLastIndex(({ root }) => root.offsetTop <= middle);
    const view = this.#pages[index];
    if (!view) return;
    const { root } = view;
    this.#place = {
      index,
      x: (scrollLeft + clientWidth / 2 - root.offsetLeft) / root.clientWidth,
      y: (middle - root.offsetTop) / root.clientHeight,
    };
  }

  #restore(): void {
    const { index = -1, x = 0, y = 0 } = this.#place ?? {};
    const { root } = this.#pages[index] ?? {};
    if (!root) return;
    this.#root.scrollTo({
      left: root.offsetLeft + x * root.clientWidth - this.#root.clientWidth / 2,
      top: root.offsetTop + y * root.clientHeight - this.#root.clientHeight / 2,
    });
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
      view.found = this.#found;
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
