import type { Seal } from '../assemble/assemble.ts';
import { pageLabels } from '../assemble/labels.ts';
import type { LinkWords } from '../assemble/link-names.ts';
import type { Bookmark } from '../assemble/outline.ts';
import { provenanceOf } from '../assemble/provenance.ts';
import { documentOf } from '../book/document.ts';
import { drawBook } from '../book/draw.ts';
import type { Renderer } from '../book/renderer.ts';
import type { Compared } from '../compare/two-editions.ts';
import { type Edition, measuresOf } from '../model/edition.ts';
import { editionJson } from '../model/edition-json.ts';
import { plain } from '../model/marked.ts';
import { oneLine } from '../model/names.ts';

import { documentData } from '../render/data.ts';
import type { Misfit } from '../render/fit.ts';
import type { Anchor, BookData } from '../render/requests.ts';
import { type BeforeAfterData, beforeAfterData } from './before-after.ts';
import { numberRuns } from './marked-text.ts';
import { markedDocument } from './markup.ts';
import { printable } from './printable.ts';

/** What lays papers out. */
export type Typesetter = Pick<Renderer, 'measure' | 'chunk' | 'typeset' | 'fonts'>;

/** A PDF that shows a revision. */
export interface Paper {
  /** The file's name without ending: 施策集_新旧対照表 */
  name: string;
  pdf: Uint8Array;
  pages: number;
}

/** 施策集_新旧対照表; where 書名 cannot be read, 新旧対照表. */
const named = ({ title }: Edition, paper: string): string => (title === '' ? paper : `${title}_${paper}`);

const plainLabels = '<< /Nums [0 << /S /D >>] >>';

/** What a paper says of itself: it is made like any build, but of no one commit and without annexes. */
async function sealOf(
  edition: Edition,
  paper: string,
  renderer: Typesetter,
): Promise<Pick<Seal, 'author' | 'date' | 'attachments' | 'provenance'>> {
  const fonts = await renderer.fonts();
  const made = provenanceOf({ edition, json: editionJson(edition), selection: { whole: true }, fonts });
  const { book } = documentData(edition, { whole: true });
  return { author: book.publisher, date: book.date, attachments: [], provenance: { ...made, parts: paper } };
}

/** 新旧対照表: both wordings of what changed, side by side. Throws for defects of ours. */
export async function beforeAfterPaper({ comparison, head }: Compared, renderer: Typesetter): Promise<Paper> {
  const { edition } = head;
  const data = printable(beforeAfterData(comparison, edition));
  // Together: a layout that fails while nobody waits for it would end the process.
  const [{ chunk, pages }, own] = await Promise.all([
    renderer.chunk({
      typesetting: { main: 'before-after.typ', data },
      words: ({ anchors }) => entryWords(data, anchors),
    }),
    sealOf(edition, '新旧対照表', renderer),
  ]);
  const summary: Bookmark[] = data.summary ? [{ title: '概要', anchor: 'summary', children: [] }] : [];
  const sections: Bookmark[] = data.sections.map(({ title, anchor, entries }) => ({
    title,
    anchor,
    children: entries.filter((entry) => entry.title !== '').map((entry) => ({ ...entry, children: [] })),
  }));
  const bookmarks = [...summary, ...sections];
  const pdf = documentOf([chunk], undefined, () => ({
    ...own,
    title: `${data.book.title} 新旧対照表`,
    bookmarks: bookmarks.length > 0 ? bookmarks : [{ title: '新旧対照表', anchor: 'top', children: [] }],
    labels: plainLabels,
  }));
  return { name: named(edition, '新旧対照表'), pdf, pages };
}

/** Where the links of the summary lead to, in words. */
export function entryWords({ sections }: BeforeAfterData, anchors: readonly Anchor[]): LinkWords {
  // The heading of a table, with its anchor, comes again on further pages: the first one counts.
  const pages = new Map(anchors.toReversed().map(({ id, page }) => [id, page]));
  const entries = sections.flatMap((section) => section.entries);
  return Object.fromEntries(entries.map(({ anchor, title }) => [anchor, `${title}(${pages.get(anchor)}ページ)`]));
}

/**
 * Why there is no 見え消し: head cannot be read as a whole, or says of no part that it belongs to the document; or it has
 * no part but annexes; or both wordings do not fit their cell.
 */
export type MarkupProblem = { unread: true } | { onlyAnnexes: true } | { misfits: Misfit[] };

/** 見え消し: the whole edition of head with what was removed and added, but for its annexes. */
export async function markupPaper(
  { comparison, base, head }: Compared,
  renderer: Typesetter,
): Promise<Paper | MarkupProblem> {
  if (comparison.unread.some(({ side }) => side === 'head')) return { unread: true };
  const { edition } = head;
  if (edition.parts.length === 0) return { unread: true };
  if (edition.parts.every((part) => typeof part !== 'string')) return { onlyAnnexes: true };
  const marked = numberRuns(printable(markedDocument(base.edition, edition, comparison)));
  const data = { ...marked, titled: ' 見え消し' } as unknown as BookData; // texts may be marked: templates take either
  const [drawn, own] = await Promise.all([drawBook({ data, renderer }), sealOf(edition, '見え消し', renderer)]);
  if ('misfits' in drawn) return drawn;
  const changed = measuresOf(marked).filter((measure) => measure.changed && drawn.places.has(`sheet-${measure.id}`));
  const first = changed[0] ? `sheet-${changed[0].id}` : `part-${data.parts[0]}`;
  const pdf = documentOf(drawn.sections, undefined, () => ({
    ...own,
    title: `${data.book.planName} ${data.book.title} 見え消し`,
    bookmarks: [
      {
        title: '変更箇所',
        anchor: first,
        children: changed.map((measure) => ({
          title: `${plain(measure.number)} ${oneLine(plain(measure.title))}`,
          anchor: `sheet-${measure.id}`,
          children: [],
        })),
      },
    ],
    labels: pageLabels(data, [], drawn.pages),
  }));
  return { name: named(edition, '見え消し'), pdf, pages: drawn.pages };
}
