import { Marker, tagged } from '../content/marking.ts';
import { DamagedAnnex, Findings, pageList } from '../problem.ts';
import type { SourceFile, SourcePage } from '../source/file.ts';
import type { PDFDict } from '../source/pdf.ts';
import { repeatTags } from './repeated-pages.ts';
import { readStructure, type Structure } from './structure.ts';

interface Reading {
  alternative: string | undefined;
  findings: Findings;
  /** A page's content. Throws DamagedAnnex. */
  contentOf(page: PDFDict): Uint8Array;
}

/**
 * The structure tree, where the annex can be read by it: because its producer says so (MarkInfo), or because it names all
 * that the pages show but for decoration. Tells what is wrong where it cannot.
 */
export function readableStructure(
  file: SourceFile,
  pages: readonly SourcePage[],
  { alternative, findings, contentOf }: Reading,
): Structure | undefined {
  const structure = readStructure(file, pages);
  const severity = alternative === undefined ? 'error' : 'warning';
  if (!structure) {
    if (severity === 'error') findings.report({ code: 'annex-untagged', severity });
    return undefined;
  }
  repeatTags(structure, pages);
  const { isMarked, hasHoles, count, known } = structure;
  const untold =
    known.size === 0 ? pages.keys() : isMarked && !hasHoles ? [] : untoldPages(structure, pages, contentOf);
  const where = pageList(untold);
  if (where === '') {
    if (hasHoles) findings.mended('tag-holes');
    if (!isMarked) findings.mended('mark-info');
    return structure;
  }
  findings.report({ code: 'annex-tags-incomplete', severity, actual: `${where}ページ`, expected: String(count) });
  return undefined;
}

/** The pages that show something, other than decoration, that no tag names. */
function untoldPages({ known }: Structure, pages: readonly SourcePage[], contentOf: Reading['contentOf']): Set<number> {
  const marker = new Marker(known, new Findings());
  for (const [index, { dict, resources = dict.context.obj({}) }] of pages.entries())
    try {
      marker.markPage(contentOf(dict), resources, tagged(known.get(String(index))), index);
    } catch (error) {
      // Told when the page is prepared.
      if (!(error instanceof DamagedAnnex)) throw error;
    }
  return marker.usage.untold;
}
