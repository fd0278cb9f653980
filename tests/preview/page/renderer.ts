// Stands in for Typst's renderer, which draws on a canvas: remembers what it was asked for.

export interface Asked {
  format: string;
  artifact_content: Uint8Array;
  pixel_per_pt: number;
  background_color: string;
  data_selection: number;
  context: unknown;
}

export const rendering = {
  /** What the module was begun with, how often. */
  begun: [] as unknown[],
  asked: [] as Asked[],
  open: 0,
  /** Held up until it is resolved; an error is thrown. */
  hold: undefined as Promise<void> | undefined,
  /** What the page's texts are, as HTML. */
  html: '' as string | undefined,
};

export function renew(): typeof rendering {
  return Object.assign(rendering, { begun: [], asked: [], open: 0, hold: undefined, html: '' });
}

export default async function begin(options: unknown): Promise<void> {
  rendering.begun.push(options);
}

export class CreateSessionOptions {
  format = '';
  artifact_content = new Uint8Array();
}

export class RenderPageImageOptions {
  pixel_per_pt = 0;
  background_color = '';
  data_selection = 0;
}

class Renderer {
  create_session(session: CreateSessionOptions) {
    rendering.open += 1;
    return {
      session,
      free: () => {
        rendering.open -= 1;
      },
    };
  }

  async render_page_to_canvas(
    { session }: { session: CreateSessionOptions },
    context: unknown,
    options: RenderPageImageOptions,
  ) {
    rendering.asked.push({ ...session, ...options, context });
    await rendering.hold;
    return rendering.html === undefined ? {} : { htmlSemantics: [rendering.html] };
  }
}

export class TypstRendererBuilder {
  async build(): Promise<Renderer> {
    return new Renderer();
  }
}
