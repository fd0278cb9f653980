import { createHash } from 'node:crypto';
import type { DocumentData } from '../render/data.ts';
import type { MergedAnnexes } from './annexes/join.ts';
import { byteString, bytesOf } from './annexes/strings.ts';
import { type PackedAttachment, writeAttachments } from './attachments.ts';
import type { Joined } from './join.ts';
import { add, addStream, type PdfObjects, put, textString } from './objects.ts';
import type { Bookmark } from './outline.ts';
import type { Provenance } from './provenance.ts';
import { type About, xmpPacket } from './xmp.ts';

/** What lays pages out; the version is that which src/render/compiler.ts brings. */
const creator = 'Typst 0.14.2';
/** Distance in pt from a row's first line up to the rule above it, so that a bookmark shows the whole row. */
const above = 5;
/** pt above the place that a link leads to, as Typst has it. */
const aboveLink = 10;

export interface Seal {
  title: string;
  author: string;
  bookmarks: Bookmark[];
  /** The catalog's PageLabels (ISO 32000-1, 12.4.2) */
  labels: string;
  attachments: readonly PackedAttachment[];
  date: DocumentData['book']['date'];
  /** What it is about, where its content says so */
  about?: About | undefined;
  provenance: Provenance;
  merged?: MergedAnnexes | undefined;
}

/** Writes what makes pages a document: catalog, structure tree, bookmarks, destinations, and all that PDF/A-3a wants. */
export function seal(
  joined: Joined,
  { title, author, bookmarks, labels, attachments, date, provenance, merged, about }: Seal,
): PdfObjects {
  const { file, pages, places } = joined;
  const outlines = writeOutline(file, bookmarks, (id) => {
    const place = places.get(id);
    if (!place) throw new Error(`no place in the document for the bookmark ${id}`);
    return `[${place.page} 0 R /XYZ 0 ${(place.height - place.y + above).toFixed(2)} null]`;
  });
  const attached = attachments.length > 0 ? writeAttachments(file, attachments, date) : undefined;
  const day = [date.year, date.month, date.day].map((part) => String(part).padStart(2, '0'));
  const [documentId = '', instanceId = ''] = [JSON.stringify([title, author]), digestOf(joined, provenance)].map(
    (text) => createHash('sha256').update(text).digest('hex').slice(0, 32),
  );
  const facts = {
    title,
    author,
    creator,
    documentId,
    instanceId,
    pages: pages.length,
    date: `${day.join('-')}T00:00:00Z`,
    about,
  };
  const packet = Buffer.from(xmpPacket(facts, provenance));
  const names = [destinationNames(joined, merged), attached?.Names ?? ''].join(' ');
  const entries: Record<string, string> = {
    Type: '/Catalog',
    Pages: `${joined.structure.pages} 0 R`,
    Metadata: `${addStream(file, '/Type /Metadata /Subtype /XML', packet)} 0 R`,
    Lang: '(ja-JP)',
    StructTreeRoot: `${joined.structure.root} 0 R`,
    MarkInfo: '<< /Marked true /Suspects false >>',
    ViewerPreferences: '<< /DisplayDocTitle true /Direction /L2R >>',
    Outlines: `${outlines} 0 R`,
    PageLabels: `${add(file, labels)} 0 R`,
    PageMode: '/UseOutlines',
    ...(names.trim() === '' ? {} : { Names: `<< ${names} >>` }),
    ...(attached ? { AF: attached.AF } : {}),
    ...merged?.entries,
  };
  const written = Object.entries(entries).map(([name, value]) => `/${name} ${value}`);
  put(file, file.root, `<< ${written.join(' ')} >>`);
  const pdfDate = `(D:${day.join('')}000000Z)`;
  put(
    file,
    file.info,
    `<< /Title ${textString(title)} /Author ${textString(author)} ${aboutEntries(about)}/Creator ${textString(creator)} ` +
      `/ModDate ${pdfDate} /CreationDate ${pdfDate} >>`,
  );
  file.id = `[<${documentId.toUpperCase()}> <${instanceId.toUpperCase()}>]`;
  return file;
}

/** Of the information dictionary; the same stands in XMP. */
const aboutEntries = (about: About | undefined): string =>
  about ? `/Subject ${textString(about.subject)} /Keywords ${textString(about.keywords.join(', '))} ` : '';

/** The same for the same document. */
function digestOf({ chunks }: Joined, provenance: Provenance): string {
  const hash = createHash('sha256').update(JSON.stringify(provenance));
  for (const { objects } of chunks)
    for (const object of objects) hash.update(typeof object === 'string' ? object : object.data);
  return hash.digest('hex');
}

/**
 * The places that links lead to, by name (ISO 32000-1, 12.3.2.3): those of the pages drawn, and those that annexes name,
 * which are called otherwise where both have the same.
 */
function destinationNames({ places }: Joined, merged: MergedAnnexes | undefined): string {
  const own = [...places].map(([id, { page, height, x, y }]): [string, string] => [
    bytesOf(id),
    `[${page} 0 R /XYZ ${x.toFixed(2)} ${(height - Math.max(0, y - aboveLink)).toFixed(2)} null]`,
  ]);
  const tops = [...(merged?.tops ?? [])].map(([part, top]): [string, string] => [bytesOf(`part-${part}`), top]);
  // In the order of their bytes (7.9.6).
  const sorted = [...new Map([...(merged?.destinations ?? []), ...own, ...tops])].sort(([a], [b]) => (a < b ? -1 : 1));
  const written = sorted.map(([name, target]) => `${byteString(name)} ${target}`);
  return written.length > 0 ? `/Dests << /Names [${written.join(' ')}] >>` : '';
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
