import type { Cell, PageInfo } from '../messages.ts';
import { CellLayer } from './cell-layer.ts';
import { element } from './element.ts';
import { fetchJson } from './store.ts';
import type { Typst } from './typst.ts';

/** Pixels a pt at most: beyond, a canvas takes more memory than eyes can tell. */
const finest = 4;

interface Content {
  offset: number;
  cells: Cell[];
}

/** One page: its picture is there while it is near the window, its texts always. */
export class PageView {
  readonly root = element('section', { class: 'page' });
  readonly #typst: () => Promise<Typst>;
  readonly #layer = new CellLayer();
  #info: PageInfo;
  #content: { key: string; answer: Promise<Content> } | undefined;
  #vector: { key: string; answer: Promise<Uint8Array> } | undefined;
  #near = false;
  #drawn = '';
  #listed = '';

  constructor(info: PageInfo, typst: () => Promise<Typst>) {
    this.#typst = typst;
    this.#info = info;
    this.root.append(this.#layer.root);
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
    if (this.#near) void this.draw();
  }

  /** Near the window or not. */
  set near(near: boolean) {
    if (this.#near === near) return;
    this.#near = near;
    if (near) void this.draw();
    else {
      this.root.querySelector('canvas')?.remove();
      this.#drawn = '';
      this.#vector = undefined;
    }
  }

  /** Shows the cells, without the picture: what is not near can be found all the same. */
  async list(): Promise<void> {
    const { key } = this.#info;
    if (this.#listed === key) return;
    const content = await this.#fetchContent().catch(() => undefined);
    if (!content || key !== this.#info.key || this.#listed === key) return;
    this.#listed = key;
    flash(this.#layer.show(content.cells), this.#near);
  }

  /** Draws the page as it is now, at the present scale; what is on the screen stays until then. */
  async draw(): Promise<void> {
    const { key, width, height } = this.#info;
    const scale = Math.min(finest, (this.root.clientWidth / width) * devicePixelRatio);
    const wish = `${key} ${scale.toFixed(3)}`;
    if (!this.#near || this.#drawn === wish || scale === 0) return;
    const before = this.#drawn;
    this.#drawn = wish;
    try {
      const [typst, content, vector] = await Promise.all([this.#typst(), this.#fetchContent(), this.#fetchVector()]);
      if (this.#drawn !== wish) return;
      const canvas = element('canvas', { 'aria-hidden': 'true' });
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      await typst.draw(canvas, vector, content.offset, scale);
      if (this.#drawn !== wish) return;
      this.root.querySelector('canvas')?.remove();
      this.root.prepend(canvas);
      if (this.#listed !== key) {
        this.#listed = key;
        flash(this.#layer.show(content.cells), true);
      }
      this.root.dataset.drawn = key;
      requestIdleCallback(async () => {
        if (this.#drawn !== wish) return;
        const runs = await typst.texts(vector, content.offset);
        if (this.#drawn === wish) this.#layer.align(runs);
      });
    } catch {
      // The server no longer has this page: the next state tells another one.
      if (this.#drawn === wish) this.#drawn = before;
    }
  }

  #fetchContent(): Promise<Content> {
    const { key } = this.#info;
    if (this.#content?.key !== key) this.#content = { key, answer: fetchJson<Content>(`/pages/${key}.json`) };
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
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Once, so that the eye finds them. */
function flash(changed: readonly HTMLElement[], visible: boolean): void {
  if (!visible) return;
  for (const cell of changed) {
    cell.classList.add('changed');
    cell.addEventListener('animationend', () => cell.classList.remove('changed'), { once: true });
  }
}
