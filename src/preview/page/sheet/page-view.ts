import type { PageContent, PageInfo } from '../../messages.ts';
import { element } from '../element.ts';
import { fetchJson } from '../store.ts';
import { CellLayer } from './cell-layer.ts';
import { type Found, FoundRows } from './found-rows.ts';
import { outlinesOf } from './outlines.ts';
import type { Typst } from './typst.ts';

/** Pixels a pt at most: beyond, a canvas takes too much memory, and outlines are drawn by the browser. */
const finest = 4;

/** One page: its picture is there while it is near the window, its texts always. */
export class PageView {
  readonly root = element('section', { class: 'page' });
  readonly #typst: () => Promise<Typst>;
  readonly #layer = new CellLayer();
  readonly #rows = new FoundRows();
  #info: PageInfo;
  #content: { key: string; answer: Promise<PageContent> } | undefined;
  #vector: { key: string; answer: Promise<Uint8Array> } | undefined;
  #near = false;
  #picture: Element | undefined;
  /** The state of its picture, of its cells. */
  #drawn: string | undefined;
  #listed: string | undefined;
  #busy = false;
  #wanted = false;

  constructor(info: PageInfo, typst: () => Promise<Typst>) {
    this.#typst = typst;
    this.#info = info;
    this.root.append(this.#rows.root, this.#layer.root);
    this.root.addEventListener('animationend', ({ target }) => (target as Element).classList.remove('changed'));
    this.update(info);
  }

  get info(): PageInfo {
    return this.#info;
  }

  update(info: PageInfo): void {
    this.#info = info;
    this.root.setAttribute('aria-label', `${info.number}ページ ${info.part}`);
    this.root.style.setProperty('--page-width', String(info.width));
    this.root.style.setProperty('--page-height', String(info.height));
    void this.draw();
  }

  /** Near the window or not. */
  set near(near: boolean) {
    this.#near = near;
    if (near) void this.draw();
    else {
      this.#picture?.remove();
      delete this.root.dataset.drawn;
      this.#drawn = undefined;
      this.#vector = undefined;
    }
  }

  /** What of it is outlined. */
  set found(found: Found | undefined) {
    this.#rows.find(found);
  }

  /** Whether rows of a measure stand on it, or of one of a 大項目 or 中項目. */
  shows(number: string): boolean {
    return this.#rows.shows(number);
  }

  /** Whether its cells are those of the page as it is now. */
  get isListed(): boolean {
    return this.#listed === this.#info.key;
  }

  /** Shows the cells, without the picture: what is not near can be found all the same. */
  async list(): Promise<void> {
    const { key } = this.#info;
    const content = await this.#fetchContent().catch(() => undefined);
    if (content) this.#show(content, key);
    else this.#content = undefined; // to be asked for again
  }

  /** Draws the page as it is now, at the present scale; what is on the screen stays until then. One drawing at a time. */
  async draw(): Promise<void> {
    this.#wanted = true;
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#wanted) {
        this.#wanted = false;
        await this.#drawOnce();
      }
    } finally {
      this.#busy = false;
    }
  }

  async #drawOnce(): Promise<void> {
    if (!this.#near) return;
    const { key, width, height } = this.#info;
    const scale = (this.root.clientWidth / width) * devicePixelRatio;
    const wish = `${key} ${scale > finest ? 'outlines' : scale.toFixed(3)}`;
    if (this.#drawn === wish || scale === 0) return;
    const draw = async (typst: Typst, vector: Uint8Array): Promise<Element> => {
      if (scale > finest) return outlinesOf(typst.outlines(vector), width, height);
      const canvas = element('canvas', { 'aria-hidden': 'true' });
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      await typst.draw(canvas, vector, scale);
      return canvas;
    };
    try {
      const [typst, content, vector] = await Promise.all([this.#typst(), this.#fetchContent(), this.#fetchVector()]);
      const picture = await draw(typst, vector);
      if (!this.#near) return;
      this.#picture?.remove();
      this.#picture = picture;
      this.root.prepend(picture);
      this.#drawn = wish;
      this.root.dataset.drawn = key;
      this.#show(content, key);
      requestIdleCallback(async () => {
        if (this.#drawn !== wish) return;
        const runs = await typst.texts(vector);
        if (this.#listed === key) this.#layer.align(runs);
      });
    } catch {
      // The server has no such page any more, or is away: the next state says what to draw.
      this.#content = undefined;
      this.#vector = undefined;
    }
  }

  /** Never an older content over a newer one. */
  #show(content: PageContent, key: string): void {
    if (this.isListed) return;
    this.#listed = key;
    this.#rows.show(content.cells);
    flash(this.#layer.show(content.cells), this.#near);
  }

  #fetchContent(): Promise<PageContent> {
    const { key } = this.#info;
    if (this.#content?.key !== key) this.#content = { key, answer: fetchJson<PageContent>(`/pages/${key}.json`) };
    return this.#content.answer;
  }

  #fetchVector(): Promise<Uint8Array> {
    const { key } = this.#info;
    if (this.#vector?.key !== key) this.#vector = { key, answer: fetchBytes(`/pages/${key}.vector`) };
    return this.#vector.answer;
  }
}

async function fetchBytes(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (response.status !== 200) throw new Error(address);
  return new Uint8Array(await response.arrayBuffer());
}

/** Once, so that the eye finds them. */
function flash(changed: readonly HTMLElement[], visible: boolean): void {
  if (!visible) return;
  for (const cell of changed) cell.classList.add('changed');
}
