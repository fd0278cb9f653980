import type { Annex } from './annexes/annex.ts';
import { type CheckedEdition, ContentCache, checkAll } from './annexes/checked-edition.ts';
import { AnnexThread } from './assemble/annexes/reader.ts';
import type { WrittenAnnexes } from './assemble/annexes/write.ts';
import { packAttachment } from './assemble/attachments.ts';
import { pageLabels } from './assemble/labels.ts';
import { bookmarks } from './assemble/outline.ts';
import { provenanceOf } from './assemble/provenance.ts';
import { documentOf } from './book/document.ts';
import { DrawnChunks, drawBook } from './book/draw.ts';
import type { Renderer } from './book/renderer.ts';
import type { CheckedContent } from './content/check.ts';
import { type ContentCommit, commitOf } from './content/source/commit.ts';
import { readWorkingTree } from './content/source/source.ts';
import { type Diagnostic, isError } from './diagnostics/diagnostic.ts';
import { editionAttachments } from './exchange/attachments.ts';
import type { Edition } from './model/edition.ts';
import { editionJson } from './model/edition-json.ts';
import { keywordsOf } from './model/keywords.ts';
import { checkFit, hasEndless } from './render/check-fit.ts';
import { documentData } from './render/data.ts';
import { fitDiagnostics } from './render/fit.ts';
import { Measurer } from './render/measurer.ts';
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
  cache?: BuildCache;
}

/** What is kept from one build to the next: what was read, measured and drawn; the annexes, on a thread of their own. */
export class BuildCache {
  readonly content = new ContentCache();
  readonly measurer: Measurer;
  readonly drawn = new DrawnChunks();
  readonly annexes = new AnnexThread();

  constructor(renderer: Renderer) {
    this.measurer = new Measurer((request) => renderer.measure(request));
  }
}

/** source → load → check → draw → assemble. Bad content yields diagnostics and no PDF; throws UserError for an unknown choice. */
export async function build({
  content: folder,
  renderer,
  choice = {},
  cache = new BuildCache(renderer),
}: BuildRequest): Promise<Build> {
  const times: Build['times'] = {};
  const timed = stopwatch(times);
  const commit = commitOf(folder);
  const source = timed('load', readWorkingTree(folder));
  // All of an edition is measured while the rest of it is being read.
  const isWhole = Object.values(choice).every((wish) => wish === undefined);
  const ahead = (edition: Edition) => cache.measurer.ahead(documentData(edition, { whole: true }));
  const onlookers = { reader: cache.annexes, ...(isWhole && !cache.measurer.knows ? { edition: ahead } : {}) };
  const content = timed('check', await checkAll(source, cache.content, onlookers));
  const { edition } = content;
  if (!edition) return { content, diagnostics: await withMisfits(content, renderer), times };
  const typesetting = await typeset({ content, edition, renderer, choice, commit, cache });
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
  cache?: BuildCache;
}

/** The second half of a build, for content without errors: render → assemble. */
export async function typeset({
  content,
  edition,
  renderer,
  choice,
  commit,
  cache = new BuildCache(renderer),
}: TypesetRequest): Promise<Build> {
  const times: Build['times'] = {};
  const timed = stopwatch(times);
  const { diagnostics, readAnnexes, annexDigest } = content;
  const { selection, name } = select(edition, choice);
  const data = documentData(edition, selection, readAnnexes);
  if (hasEndless(data)) return { content, diagnostics: await withMisfits(content, renderer), times };
  const { measurer, drawn: chunks } = cache;
  const drawing = drawBook({ data, renderer, measurer, drawn: chunks }); // Typst in its thread; meanwhile:
  const attachments = selection.whole ? editionAttachments(edition).map(packAttachment) : [];
  const json = editionJson(edition);
  const [drawn, fonts, { id, problem }, found] = await Promise.all([
    drawing,
    renderer.fonts(),
    commit,
    content.found?.() ?? [],
  ]);
  timed('draw', drawn);
  const problems = [...diagnostics, ...found, ...('misfits' in drawn ? fitDiagnostics(drawn.misfits, content) : [])];
  if ('misfits' in drawn || found.some(isError)) return { content, diagnostics: problems, times };

  const provenance = provenanceOf({ edition, json, selection, fonts, commit: id, annexes: annexDigest });
  const hasAnnexes = Object.keys(data.annexes).length > 0;
  const written = hasAnnexes ? await writtenAnnexes(readAnnexes, cache.annexes) : undefined;
  const pdf = documentOf(drawn.sections, written, (merged) => ({
    title: `${data.book.planName} ${data.book.title}`,
    author: data.book.publisher,
    bookmarks: bookmarks(data, merged?.bookmarks),
    labels: pageLabels(data, merged?.labels ?? [], drawn.pages),
    attachments,
    date: data.book.date,
    about: {
      subject: [edition.planName, edition.planPeriod].join(' '),
      keywords: keywordsOf(edition),
      rights: edition.licence,
    },
    provenance,
  }));
  timed('assemble', pdf);
  const noCommit = problem === undefined ? {} : { commitProblem: problem };
  return { content, diagnostics: problems, pdf, pages: drawn.pages, name, ...noCommit, times };
}

/** The annexes as they are joined to the document: of the thread that reads them, or of those that are read already. */
async function writtenAnnexes(read: CheckedEdition['readAnnexes'], thread: AnnexThread): Promise<WrittenAnnexes> {
  const annexes = new Map(
    [...read].flatMap(([path, annex]): [string, Annex][] => ('context' in annex ? [[path, annex]] : [])),
  );
  if (annexes.size === 0) return thread.written();
  const { writeAnnexes } = await import('./assemble/annexes/write.ts');
  return writeAnnexes(annexes);
}

/** What is wrong with content that is not laid out: what of it does not fit too. */
const withMisfits = async (content: CheckedEdition, renderer: Renderer): Promise<Diagnostic[]> => [
  ...content.diagnostics,
  ...((await content.found?.()) ?? []),
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
