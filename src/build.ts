import type { KnownAnnexes } from './annexes/check.ts';
import { type AnnexPlace, assemble } from './assemble/assemble.ts';
import { packAttachment } from './assemble/attachments.ts';
import type { PdfObjects } from './assemble/objects.ts';
import { provenanceOf } from './assemble/provenance.ts';
import { type CheckedEdition, checkAll } from './check.ts';
import type { CheckedContent, ParsedFiles } from './content/check.ts';
import { commitOf } from './content/commit.ts';
import type { Edition } from './content/edition.ts';
import { readWorkingTree } from './content/source.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { editionAttachments } from './exchange/attachments.ts';
import { editionJson } from './exchange/json.ts';
import { documentData } from './render/data.ts';
import { fitDiagnostics } from './render/fit.ts';
import type { Renderer } from './render/renderer.ts';
import { type Choice, select } from './select.ts';

export interface Build {
  content: CheckedContent;
  diagnostics: Diagnostic[];
  /** Absent when there are errors. */
  pdf?: Uint8Array;
  pages?: number;
  /** The file's name without ending: 書名, and what was chosen of it. */
  name?: string;
  /** ms by step. */
  times: Record<string, number>;
}

/** source → load → check → render → assemble. Bad content yields diagnostics and no PDF; throws UnknownName, and for defects of ours. */
export async function build(
  contentFolder: string,
  renderer: Renderer,
  choice: Choice = {},
  parsed?: ParsedFiles,
  known?: KnownAnnexes,
): Promise<Build> {
  const times: Record<string, number> = {};
  const timed = stopwatch(times);
  const commit = commitOf(contentFolder);
  const source = timed('load', readWorkingTree(contentFolder));
  const content = timed('check', await checkAll(source, parsed, known));
  const { edition, diagnostics } = content;
  if (!edition) return { content, diagnostics, times };
  return typeset(content, edition, renderer, choice, times, commit);
}

/** The second half of a build, for content without errors: render → assemble. `commit` is told by the PDF. */
export async function typeset(
  content: CheckedEdition,
  edition: Edition,
  renderer: Renderer,
  choice: Choice,
  times: Record<string, number>,
  commit: Promise<string | undefined>,
): Promise<Build> {
  const timed = stopwatch(times);
  const { diagnostics } = content;
  const { selection, name } = select(edition, choice);
  const data = documentData(
    edition,
    selection,
    (path) => content.readAnnexes.get(path)?.pages.map(({ width, height }) => [width, height]) ?? [],
  );
  const rendering = renderer.render(data); // on its own thread; meanwhile:
  const attachments = selection.whole ? editionAttachments(edition).map(packAttachment) : [];
  const json = editionJson(edition);
  const [rendered, fonts, id] = await Promise.all([rendering, renderer.fonts(), commit]);
  const document = timed('render', rendered);
  const provenance = provenanceOf(edition, json, selection, fonts, id, content.annexDigest);
  Object.assign(times, document.times);
  if (!document.pdf)
    return { content, diagnostics: [...diagnostics, ...fitDiagnostics(document.misfits, content)], times };

  const merge = Object.keys(data.annexes).length > 0 ? (await import('./assemble/annexes.ts')).mergeAnnexes : undefined;
  const annexes = merge && ((file: PdfObjects, places: AnnexPlace[]) => merge(file, places, content.readAnnexes));
  const pdf = timed('assemble', assemble(document.pdf, data, document.anchors, attachments, provenance, annexes));
  return { content, diagnostics, pdf, pages: document.pages, name, times };
}

function stopwatch(times: Record<string, number>): <T>(step: string, value: T) => T {
  let last = performance.now();
  return (step, value) => {
    const now = performance.now();
    times[step] = now - last;
    last = now;
    return value;
  };
}
