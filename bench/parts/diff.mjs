// Comparing an edition with its revision, which touches 30 measures.
import { join } from 'node:path';
import { buildCommand, cli, content, inTurn, root, run, work } from '../lib/processes.mjs';
import { ratio } from '../lib/table.mjs';

export function* rows() {
  const revised = join(work, 'revised');
  run([join(root, 'scripts/revise.mjs'), revised, content]);
  const diff = (...options) => [cli, 'diff', content, revised, ...options];
  const { build, words, pages, pdf } = inTurn(
    {
      build: buildCommand(content),
      words: diff(),
      pages: diff('--pages', join(work, 'pages')),
      pdf: diff('--pdf', '--out', join(work, 'papers')),
    },
    7,
  );
  yield ratio('diff --pages, 30 measures / build', pages, build, { reach: 1.3, aim: 1 });
  yield ratio('diff --pdf, both papers / build', pdf, build);
  yield ratio('diff / build', words, build);
}
