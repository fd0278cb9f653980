import { seal } from '../assemble/assemble.ts';
import { pageLabels } from '../assemble/labels.ts';
import { speakRuns } from '../assemble/marked-runs.ts';
import { splitObjects } from '../assemble/objects.ts';
import type { Bookmark } from '../assemble/outline.ts';
import { type Provenance, provenanceOf } from '../assemble/provenance.ts';
import { clearTitles } from '../assemble/structure.ts';
import { completeTags } from '../assemble/tags.ts';
import type { Compared } from '../compare/two-editions.ts';
import type { Edition } from '../model/edition.ts';
import { editionJson } from '../model/edition-json.ts';
import { oneLine } from '../model/names.ts';
import type { RenderedDocument, Typesetting } from '../render/compiler.ts';
import type { Misfit } from '../render/fit.ts';
import type { Renderer } from '../render/renderer.ts';
import { beforeAfterData } from './before-after.ts';
import { numberRuns, plain } from './marked-text.ts';
import { markedDocument, unmarked } from './markup.ts';
import { picturesData } from './pictures.ts';
import { printable } from './printable.ts';

/** What lays papers out. */
export type Typesetter = Pick<Renderer, 'typeset' | 'fonts'>;

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

/** A paper laid out, and what it is made of: like any build, but of no one commit and without annexes. */
async function typesetPaper(
  typesetting: Typesetting,
  edition: Edition,
  renderer: Typesetter,
): Promise<RenderedDocument & { provenance: Provenance }> {
  // Together: a layout that fails while nobody waits for it would end the process.
  const [document, fonts] = await Promise.all([renderer.typeset(typesetting), renderer.fonts()]);
  const json = editionJson(edition);
  return { ...document, provenance: provenanceOf({ edition, json, selection: { whole: true }, fonts }) };
}

/** 新旧対照表: both wordings of what changed, side by side. Throws for defects of ours. */
export async function beforeAfterPaper({ comparison, head }: Compared, renderer: Typesetter): Promise<Paper> {
  const { edition } = head;
  const data = printable(beforeAfterData(comparison, edition));
  const { pdf, pages, anchors, provenance } = await typesetPaper({ main: 'before-after.typ', data }, edition, renderer);
  if (!pdf) throw new Error('新旧対照表 breaks every text and cannot be too narrow');
  const bookmarks: Bookmark[] = data.sections.map(({ title, anchor, entries }) => ({
    title,
    anchor,
    children: entries.filter((entry) => entry.title !== '').map((entry) => ({ ...entry, children: [] })),
  }));
  const file = splitObjects(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
  clearTitles(file);
  const sealed = seal(file, {
    bookmarks: bookmarks.length > 0 ? bookmarks : [{ title: '新旧対照表', anchor: 'top', children: [] }],
    anchors,
    labels: plainLabels,
    attachments: [],
    date: data.book.date,
    provenance: { ...provenance, parts: '新旧対照表' },
  });
  return { name: named(edition, '新旧対照表'), pdf: sealed, pages };
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
  const { data, runs } = numberRuns(printable(markedDocument(base.edition, edition, comparison)));
  const { pdf, pages, anchors, tables, misfits, provenance } = await typesetPaper(
    { main: 'markup.typ', data },
    edition,
    renderer,
  );
  if (!pdf) return { misfits };
  const file = splitObjects(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
  const places = new Map(anchors.map((anchor) => [anchor.id, anchor]));
  const unmarkedData = unmarked(data, edition.fields);
  completeTags(file, { data: unmarkedData, tables, pageOf: (id) => places.get(id)?.page ?? 0 });
  speakRuns(file, runs);
  const changed = data.categories
    .flatMap(({ groups }) => groups.flatMap(({ measures }) => measures))
    .filter((measure) => measure.changed && places.has(`sheet-${measure.id}`));
  const first = changed[0] ? `sheet-${changed[0].id}` : `part-${data.parts[0]}`;
  const sealed = seal(file, {
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
    anchors,
    labels: pageLabels(unmarkedData, [], pages),
    attachments: [],
    date: data.book.date,
    provenance: { ...provenance, parts: '見え消し' },
  });
  return { name: named(edition, '見え消し'), pdf: sealed, pages };
}

/** Pixels per pt of the pictures: 110 dpi. */
const scale = 110 / 72;

/** The changed sheets before and after as PNG files by name. Throws for defects of ours. */
export async function* pictures({ comparison, base, head }: Compared, renderer: Typesetter): AsyncGenerator<Picture> {
  const { data, names } = picturesData(comparison, base, head);
  if (names.length === 0) return;
  const { pdf } = await renderer.typeset({ main: 'pictures.typ', data: printable(data) });
  if (!pdf) throw new Error('a picture is as tall as its sheet and fits');
  const { rasterize } = await import('../render/raster.ts'); // PDFium is large
  let page = 0;
  for await (const png of rasterize(pdf, scale)) yield { name: `${names[page++]}.png`, png };
}

export interface Picture {
  /** 1-1-1_前.png */
  name: string;
  png: Uint8Array;
}
