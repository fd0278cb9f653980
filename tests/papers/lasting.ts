import { Renderer } from '../../dist/render/renderer.js';
import { diff } from '../../src/compare/two-editions.ts';
import { preparePapers, type Wanted } from '../../src/papers/paper-files.ts';

/** One compiler for all papers of a file: its thread keeps the fonts and what it laid out. */
const renderer = new Renderer();
const lasting: Parameters<typeof preparePapers>[1] = {
  typeset: (document) => renderer.typeset(document),
  fonts: () => renderer.fonts(),
  close: async () => {},
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
