// node bench/paper.mjs beforeAfterPaper|markupPaper BASE HEAD: one paper of a comparison, made as `diff --pdf` makes it.
import { diff } from '../dist/compare/two-editions.js';
import { beforeAfterPaper, markupPaper } from '../dist/papers/papers.js';
import { Renderer } from '../dist/render/renderer.js';

const [kind, base, head] = process.argv.slice(2);
const renderer = new Renderer();
const { pdf } = await { beforeAfterPaper, markupPaper }[kind](diff(base, head, base), renderer);
if (!pdf) throw new Error(`no ${kind}`);
await renderer.close();
