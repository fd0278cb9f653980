import { Renderer } from '../../dist/book/renderer.js';
import { Rasterizer } from '../../dist/render/rasterizer.js';
import type { Renderer as OwnRenderer } from '../../src/book/renderer.ts';
import { diff } from '../../src/compare/two-editions.ts';
import { type Makers, preparePapers, type Wanted } from '../../src/papers/paper-files.ts';

/** For all papers of a file: their threads keep the fonts and what they laid out. */
const renderer = new Renderer() as unknown as OwnRenderer;
const rasterizer = new Rasterizer();
const close = async () => {};
const lasting: Makers = {
  typesetter: {
    measure: (request) => renderer.measure(request),
    chunk: (request) => renderer.chunk(request),
    typeset: (document) => renderer.typeset(document),
    fonts: () => renderer.fonts(),
    close,
  },
  rasterizer: { files: (pdf, scale) => rasterizer.files(pdf, scale), close },
};

/** The papers of a comparison as `diff --pdf --pages` writes them; what it says of them, and whether all was made. */
export async function writePapers(
  base: string,
  head: string,
  wanted: Wanted,
): Promise<{ whole: boolean; said: string }> {
  const said: string[] = [];
  const whole = await preparePapers(wanted, lasting)(diff(base, head, ''), (line) => said.push(line));
  return { whole, said: said.join('\n') };
}
