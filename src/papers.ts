import { seal } from './assemble/assemble.ts';
import { splitObjects } from './assemble/objects.ts';
import type { Bookmark } from './assemble/outline.ts';
import { provenanceOf } from './assemble/provenance.ts';
import { beforeAfterData } from './compare/before-after.ts';
import type { Compared } from './diff.ts';
import { editionJson } from './exchange/json.ts';
import type { Renderer } from './render/renderer.ts';

/** A PDF that shows a revision. */
export interface Paper {
  /** The file's name without ending: 施策集_新旧対照表 */
  name: string;
  pdf: Uint8Array;
  pages: number;
}

const plainLabels = '<< /Nums [0 << /S /D >>] >>';

/** 新旧対照表: both wordings of what changed, side by side. Throws for defects of ours. */
export async function beforeAfterPaper({ comparison, head }: Compared, renderer: Renderer): Promise<Paper> {
  const { edition } = head;
  const data = beforeAfterData(comparison, edition);
  const rendering = renderer.typeset({ main: 'before-after.typ', data });
  const provenance = provenanceOf(edition, editionJson(edition), { whole: true }, await renderer.fonts(), undefined);
  const { pdf, pages, anchors } = await rendering;
  if (!pdf) throw new Error('新旧対照表 breaks every text and cannot be too narrow');
  const bookmarks: Bookmark[] = data.sections.map(({ title, anchor, entries }) => ({
    title,
    anchor,
    children: entries.filter((entry) => entry.title !== '').map((entry) => ({ ...entry, children: [] })),
  }));
  const sealed = seal(splitObjects(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)), {
    bookmarks: bookmarks.length > 0 ? bookmarks : [{ title: '新旧対照表', anchor: 'top', children: [] }],
    anchors,
    labels: plainLabels,
    attachments: [],
    date: data.book.date,
    provenance: { ...provenance, parts: '新旧対照表' },
  });
  return { name: `${edition.title}_新旧対照表`, pdf: sealed, pages };
}
