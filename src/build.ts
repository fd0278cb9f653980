import { type CheckedEdition, type ContentCache, checkAll } from './annexes/checked-edition.ts';
import { type AnnexPlace, assemble } from './assemble/assemble.ts';
import { packAttachment } from './assemble/attachments.ts';
import type { PdfObjects } from './assemble/objects.ts';
import { provenanceOf } from './assemble/provenance.ts';
import type { CheckedContent } from './content/check.ts';
import { type ContentCommit, commitOf } from './content/source/commit.ts';
import { readWorkingTree } from './content/source/source.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { editionAttachments } from './exchange/attachments.ts';
import type { Edition } from './model/edition.ts';
import { editionJson } from './model/edition-json.ts';
import { checkFit, hasEndless } from './render/check-fit.ts';
import { documentData } from './render/data.ts';
import { fitDiagnostics } from './render/fit.ts';
import type { Renderer } from './render/renderer.ts';
import { type Choice, sectionsOf, select } from './render/selection.ts';

export interface Build {
  content: CheckedContent;
  diagnostics: Diagnostic[];
  /** Absent when there are errors. */
  pdf?: Uint8Array;
  pages?: number;
  /** The file's name without ending: 書名, and what was chosen of it. */
  name?: string;
  /** Why the PDF does not say of which commit it is, though there is a repository. */
  commitProblem?: string;
  /** ms by step. */
  times: Record<string, number>;
}

export interface BuildRequest {
  /** The content folder */
  content: string;
  renderer: Renderer;
  /** What of the edition; all of it when left out. */
  choice?: Choice;
  /** Keeps what did not change from one build to the next. */
  cache?: ContentCache;
}

/** source → load → check → render → assemble. Bad content yields diagnostics and no PDF; throws UserError for an unknown choice. */
export async function build({ content: folder, renderer, choice = {}, cache }: BuildRequest): Promise<Build> {
  const times: Build['times'] = {};
  const timed = stopwatch(times);
  const commit = commitOf(folder);
  const source = timed('load', readWorkingTree(folder));
  const content = timed('check', await checkAll(source, cache, true));
  const { edition } = content;
  if (!edition) return { content, diagnostics: await withMisfits(content, renderer), times };
  const typesetting = await typeset({ content, edition, renderer, choice, commit });
  return { ...typesetting, times: { ...times, ...typesetting.times } };
}

/** One build for each 課 that has measures; with an error in any of them, none. */
export async function buildSections({
  content: folder,
  renderer,
  choice = {},
}: BuildRequest): Promise<Pick<Build, 'content' | 'diagnostics'> & { builds: Build[] }> {
  const commit = commitOf(folder);
  const content = await checkAll(readWorkingTree(folder));
  const { edition, diagnostics } = content;
  const builds: Build[] = [];
  for (const section of edition ? sectionsOf(edition) : [])
    if (edition) builds.push(await typeset({ content, edition, renderer, choice: { ...choice, section }, commit }));
  if (!edition) return { content, diagnostics: await withMisfits(content, renderer), builds };
  const failed = builds.filter(({ pdf }) => !pdf);
  // A measure of two 課 is built twice; its mistakes are reported once.
  if (failed.length > 0) return { content, diagnostics: withoutRepeats(failed), builds: [] };
  return { content, diagnostics, builds };
}

export interface TypesetRequest {
  /** Without errors */
  content: CheckedEdition;
  edition: Edition;
  renderer: Renderer;
  choice: Choice;
  /** What the PDF says of itself */
  commit: Promise<ContentCommit>;
}

/** The second half of a build, for content without errors: render → assemble. */
export async function typeset({ content, edition, renderer, choice, commit }: TypesetRequest): Promise<Build> {
  const times: Build['times'] = {};
  const timed = stopwatch(times);
  const { diagnostics, readAnnexes, annexDigest } = content;
  const { selection, name } = select(edition, choice);
  const data = documentData(edition, selection, readAnnexes);
  if (hasEndless(data)) return { content, diagnostics: await withMisfits(content, renderer), times };
  const rendering = renderer.render(data); // on its own thread; meanwhile:
  const breaches = content.prove?.() ?? [];
  const attachments = selection.whole ? editionAttachments(edition).map(packAttachment) : [];
  const json = editionJson(edition);
  const [rendered, fonts, { id, problem }] = await Promise.all([rendering, renderer.fonts(), commit]);
  const { pdf: laidOut, pages, anchors, tables, misfits, times: own } = timed('render', rendered);
  const provenance = provenanceOf({ edition, json, selection, fonts, commit: id, annexes: annexDigest });
  Object.assign(times, own);
  const problems = [...diagnostics, ...breaches, ...(laidOut ? [] : fitDiagnostics(misfits, content))];
  if (!laidOut || breaches.length > 0) return { content, diagnostics: problems, times };

  const mergeAnnexes =
    Object.keys(data.annexes).length > 0 && (await import('./assemble/annexes/merge.ts')).mergeAnnexes;
  const merge = mergeAnnexes && ((file: PdfObjects, places: AnnexPlace[]) => mergeAnnexes(file, places, readAnnexes));
  const pdf = assemble({ pdf: laidOut, data, anchors, tables, attachments, provenance, ...(merge ? { merge } : {}) });
  timed('assemble', pdf);
  const noCommit = problem === undefined ? {} : { commitProblem: problem };
  return { content, diagnostics, pdf, pages, name, ...noCommit, times };
}

/** What is wrong with content that is not laid out: what of it does not fit too. */
const withMisfits = async (content: CheckedEdition, renderer: Renderer): Promise<Diagnostic[]> => [
  ...content.diagnostics,
  ...(content.prove?.() ?? []),
  ...(await checkFit(content, renderer)),
];

const withoutRepeats = (builds: readonly Build[]): Diagnostic[] => [
  ...new Map(
    builds.flatMap(({ diagnostics }) => diagnostics).map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]),
  ).values(),
];

function stopwatch(times: Record<string, number>): <T>(step: string, value: T) => T {
  let last = performance.now();
  return (step, value) => {
    const now = performance.now();
    times[step] = now - last;
    last = now;
    return value;
  };
}
