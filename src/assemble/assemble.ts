import type { Anchor, TableKeys } from '../render/compiler.ts';
import type { DocumentData } from '../render/data.ts';
import { type PackedAttachment, writeAttachments } from './attachments.ts';
import { type PageLabels, pageLabels } from './labels.ts';
import {
  add,
  type PdfObjects,
  put,
  referred,
  replace,
  replaceStream,
  setKey,
  splitObjects,
  text,
  textString,
} from './objects.ts';
import { type Bookmark, bookmarks } from './outline.ts';
import { packObjects } from './pack.ts';
import type { Provenance } from './provenance.ts';
import { completeTags } from './tags.ts';
import { declareArchivable } from './xmp.ts';

/** Distance in pt from a row's first line up to the rule above it, so that a bookmark shows the whole row. */
const above = 5;

/** An annex's place: the objects of the blank pages that stand for its own. */
export interface AnnexPlace {
  /** Its path, as data.parts names it. */
  part: string;
  title: string;
  /** Index of its first page. */
  first: number;
  pages: number[];
  /** Levels by which its headings stand deeper than in itself: below 書名 on the cover, beside those of the other parts. */
  depth: 0 | 1;
}

/** What merged annexes add to the document as a whole. */
export interface MergedAnnexes {
  /** By part. */
  bookmarks: ReadonlyMap<string, Bookmark>;
  labels: PageLabels[];
  /** Entries of the catalog's Names; may be empty. */
  names: string;
  /** Entries of the catalog. */
  entries: Record<string, string>;
}

export interface Assembly extends Pick<Seal, 'anchors' | 'attachments' | 'provenance'> {
  /** PDF/UA-1, as Typst wrote it */
  pdf: Uint8Array;
  data: DocumentData;
  /** What stands where in them */
  tables: readonly TableKeys[];
  /** Puts the annexes in their places. */
  merge?: (file: PdfObjects, places: AnnexPlace[]) => MergedAnnexes;
}

/**
 * Adds bookmarks, page labels, attachments, annexes, provenance and the declaration of PDF/A-3a to the PDF/UA-1 file that
 * Typst wrote, and packs it into object streams; tags are completed.
 */
export function assemble({ pdf, data, anchors, tables, attachments, provenance, merge }: Assembly): Uint8Array {
  const file = splitObjects(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
  const places = new Map(anchors.map((anchor) => [anchor.id, anchor]));
  completeTags(file, { data, tables, pageOf: (id) => places.get(id)?.page ?? 0 });
  const pages = pageReferences(file);
  const merged = merge?.(file, annexPlaces(data, places, pages));
  return seal(file, {
    bookmarks: bookmarks(data, merged?.bookmarks),
    anchors,
    labels: pageLabels(data, merged?.labels ?? [], pages.length),
    attachments,
    date: data.book.date,
    provenance,
    merged,
  });
}

export interface Seal {
  bookmarks: Bookmark[];
  anchors: readonly Anchor[];
  /** The catalog's PageLabels (ISO 32000-1, 12.4.2) */
  labels: string;
  attachments: readonly PackedAttachment[];
  date: DocumentData['book']['date'];
  provenance: Provenance;
  merged?: Pick<MergedAnnexes, 'names' | 'entries'> | undefined;
}

/** Adds bookmarks and all that PDF/A-3a wants, and packs the file. */
export function seal(
  file: PdfObjects,
  { bookmarks, anchors, labels, attachments, date, provenance, merged }: Seal,
): Uint8Array {
  const pages = pageReferences(file);
  const places = new Map(anchors.map((anchor) => [anchor.id, anchor]));
  const outlines = writeOutline(file, bookmarks, (id) => {
    const anchor = places.get(id);
    const page = pages[(anchor?.page ?? 0) - 1];
    if (!anchor || !page) throw new Error(`no place in the document for the bookmark ${id}`);
    return `[${page.number} 0 R /XYZ 0 ${(page.height - anchor.y + above).toFixed(2)} null]`;
  });
  const entries: Record<string, string> = {
    Outlines: `${outlines} 0 R`,
    PageLabels: `${add(file, labels)} 0 R`,
    PageMode: '/UseOutlines',
    ...(attachments.length > 0 ? writeAttachments(file, attachments, date) : {}),
    ...merged?.entries,
  };
  if (merged?.names) entries.Names = `<< ${merged.names} ${entries.Names?.replace(/^<<|>>$/g, '') ?? ''} >>`;
  replace(file, file.root, (catalog) =>
    Object.entries(entries).reduce((edited, [key, value]) => setKey(edited, key, value), catalog),
  );
  replaceStream(file, referred(text(file, file.root), 'Metadata'), (packet) => declareArchivable(packet, provenance));
  return packObjects(file);
}

/** Where Typst left room for the annexes. */
function annexPlaces(
  data: DocumentData,
  anchors: ReadonlyMap<string, Anchor>,
  pages: { number: number }[],
): AnnexPlace[] {
  return Object.entries(data.annexes).map(([part, { title, pages: sizes }]) => {
    const anchor = anchors.get(`part-${part}`);
    if (!anchor) throw new Error(`no place in the document for the annex ${part}`);
    const first = anchor.page - 1;
    const depth = data.parts.slice(0, data.parts.indexOf(part)).includes('表紙') ? 1 : 0;
    return { part, title, first, pages: pages.slice(first, first + sizes.length).map(({ number }) => number), depth };
  });
}

function pageReferences(file: PdfObjects): { number: number; height: number }[] {
  const root = text(file, referred(text(file, file.root), 'Pages'));
  const kids = /\/Kids \[([^\]]*)\]/.exec(root)?.[1] ?? '';
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, reference]) => {
    const number = Number(reference);
    const box = /\/MediaBox \[\s*[-\d.]+\s+[-\d.]+\s+[-\d.]+\s+([-\d.]+)\s*\]/.exec(text(file, number));
    if (!box) throw new Error(`page object ${number} has no MediaBox`);
    return { number, height: Number(box[1]) };
  });
}

/** Appends the outline's objects (ISO 32000-1, 12.3.3) and returns the number of its root. */
function writeOutline(file: PdfObjects, tree: Bookmark[], destination: (anchor: string) => string): number {
  const root = file.next++;
  const writeLevel = (items: Bookmark[], parent: number, depth: number): string => {
    const numbers = items.map(() => file.next++);
    for (const [index, item] of items.entries()) {
      const number = numbers[index] ?? 0;
      const below = item.children.length > 0 ? writeLevel(item.children, number, depth + 1) : '';
      const placed = item.destination ?? destination(item.anchor);
      const previous = numbers[index - 1];
      const next = numbers[index + 1];
      const entries = [
        placed === '' ? '' : `/Dest ${placed}`,
        previous ? `/Prev ${previous} 0 R` : '',
        next ? `/Next ${next} 0 R` : '',
        below,
      ];
      put(file, number, `<< /Title ${textString(item.title)} /Parent ${parent} 0 R ${entries.join(' ')} >>`);
    }
    // Below the parts everything starts closed: a negative count.
    const count =
      depth === 0 ? items.length + items.reduce((sum, item) => sum + item.children.length, 0) : items.length;
    return `/First ${numbers[0]} 0 R /Last ${numbers.at(-1)} 0 R /Count ${depth > 1 ? -count : count}`;
  };
  const children = tree.length > 0 ? writeLevel(tree, root, 0) : '';
  put(file, root, `<< /Type /Outlines ${children} >>`);
  return root;
}
