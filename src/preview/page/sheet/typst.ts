type Module = typeof import('@myriaddreamin/typst-ts-renderer');
type Renderer = InstanceType<Module['TypstRenderer']>;

/** Typst's renderer, loaded once, when it is first called. */
export function loadTypst(): () => Promise<Typst> {
  let loading: Promise<Typst> | undefined;
  return () => {
    loading ??= (async () => {
      const module = (await import('/renderer/typst_ts_renderer.mjs' as string)) as Module;
      await module.default({ module_or_path: '/renderer/typst_ts_renderer_bg.wasm' });
      const build = () => new module.TypstRendererBuilder().build();
      return new Typst(module, await build(), await build());
    })();
    return loading;
  };
}

/** A text on a page, pt from its top left corner. */
export interface TextRun {
  x: number;
  y: number;
  size: number;
  text: string;
}

const body = 1; // bits of data_selection
const definitions = 2;
const semantics = 8;

/** Draws pages from Typst's vector format. */
export class Typst {
  readonly #module: Module;
  readonly #renderer: Renderer;
  /** Of its own: outlines are wanted while the other one draws. */
  readonly #outliner: Renderer;
  #busy: Promise<void> = Promise.resolve();

  constructor(module: Module, renderer: Renderer, outliner: Renderer) {
    this.#module = module;
    this.#renderer = renderer;
    this.#outliner = outliner;
  }

  /** The page of `vector` as SVG, sharp at every size; at once, as printing does not wait. */
  outlines(vector: Uint8Array): string {
    const opened = this.#outliner.create_session(this.#session(vector));
    try {
      return this.#outliner.svg_data(opened, body | definitions);
    } finally {
      opened.free();
    }
  }

  /** Draws the page of `vector` on a canvas that is `scale` pixels a pt. */
  async draw(canvas: HTMLCanvasElement, vector: Uint8Array, scale: number): Promise<void> {
    await this.#page(canvas, { vector, scale, selection: body });
  }

  /** The page's texts, in the order in which they are drawn. */
  async texts(vector: Uint8Array): Promise<TextRun[]> {
    const answer = await this.#page(document.createElement('canvas'), { vector, scale: 1, selection: semantics });
    return readRuns((answer as { htmlSemantics?: string[] }).htmlSemantics?.[0] ?? '');
  }

  async #page(
    canvas: HTMLCanvasElement,
    { vector, scale, selection }: { vector: Uint8Array; scale: number; selection: number },
  ): Promise<unknown> {
    // The renderer does one thing at a time.
    const before = this.#busy;
    let free = () => {};
    this.#busy = new Promise((resolve) => {
      free = resolve;
    });
    await before;
    const opened = this.#renderer.create_session(this.#session(vector));
    const options = new this.#module.RenderPageImageOptions();
    options.pixel_per_pt = scale;
    options.background_color = '#ffffff';
    options.data_selection = selection;
    try {
      return await this.#renderer.render_page_to_canvas(opened, canvas.getContext('2d'), options);
    } finally {
      opened.free();
      free();
    }
  }

  #session(vector: Uint8Array): InstanceType<Module['CreateSessionOptions']> {
    const session = new this.#module.CreateSessionOptions();
    session.format = 'vector';
    session.artifact_content = vector;
    return session;
  }
}

/** The renderer tells texts as HTML; it is only read, never put into the page. */
function readRuns(html: string): TextRun[] {
  const run =
    /<span class="typst-content-text"[^>]*font-size: calc\([^*]*\* ([\d.]+)\)[^>]*left: calc\([^*]*\* ([-\d.]+)\); top: calc\([^*]*\* ([-\d.]+)\)[^>]*>([^<]*)<\/span>/g;
  return [...html.matchAll(run)].map(([, size, x, y, text = '']) => ({
    x: Number(x),
    y: Number(y),
    size: Number(size),
    text: text.replace(/&(lt|gt|quot|#39|#x27|amp);/g, (_, name: string) => entities[name] ?? ''),
  }));
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", amp: '&' };
