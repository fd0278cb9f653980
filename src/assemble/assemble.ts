import type { Anchor } from '../render/compiler.ts';
import type { DocumentData } from '../render/data.ts';
import { type IndirectObject, type PdfObjects, splitObjects } from './objects.ts';
import { type Bookmark, bookmarks } from './outline.ts';
import { packObjects } from './pack.ts';
import { declareArchivable } from './xmp.ts';

/** Distance in pt from a row's first line up to the rule above it, so that a bookmark shows the whole row. */
const above = 5;

/**
 * Adds bookmarks, page labels and the declaration of PDF/A-3a to the PDF/UA-1 file that Typst wrote, and packs it into
 * object streams; tags are kept as they are.
 */
export function assemble(pdf: Uint8Array, data: DocumentData, anchors: readonly Anchor[]): Uint8Array {
  const file = splitObjects(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
  const pages = pageReferences(file);
  const outlines = writeOutline(file, bookmarks(data), (id) => {
    const anchor = anchors.find((candidate) => candidate.id === id);
    const page = pages[(anchor?.page ?? 0) - 1];
    if (!anchor || !page) throw new Error(`no place in the document for the bookmark ${id}`);
    return `[${page.number} 0 R /XYZ 0 ${(page.height - anchor.y + above).toFixed(2)} null]`;
  });
  const labels = add(file, pageLabels(data));
  replace(file, file.root, (catalog) =>
    setKey(
      setKey(setKey(catalog, 'Outlines', `${outlines} 0 R`), 'PageLabels', `${labels} 0 R`),
      'PageMode',
      '/UseOutlines',
    ),
  );
  const metadata = Number(/\/Metadata (\d+) 0 R/.exec(text(file, file.root))?.[1]);
  replaceStream(file, metadata, declareArchivable);
  return packObjects(file);
}

/** Page numbers are those printed: the cover is page 1 but shows its name. */
function pageLabels(data: DocumentData): string {
  const cover = data.parts[0] === '表紙';
  return cover ? `<< /Nums [0 << /P ${textString('表紙')} >> 1 << /S /D /St 2 >>] >>` : '<< /Nums [0 << /S /D >>] >>';
}

function pageReferences(file: PdfObjects): { number: number; height: number }[] {
  const root = text(file, Number(/\/Pages (\d+) 0 R/.exec(text(file, file.root))?.[1]));
  const kids = /\/Kids \[([^\]]*)\]/.exec(root)?.[1] ?? '';
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, reference]) => {
    const number = Number(reference);
    const box = /\/MediaBox \[\s*[\d.]+\s+[\d.]+\s+[\d.]+\s+([\d.]+)\s*\]/.exec(text(file, number));
    if (!box) throw new Error(`page object ${number} has no MediaBox`);
    return { number, height: Number(box[1]) };
  });
}

/** Appends the outline's objects (ISO 32000-1, 12.3.3) and returns the number of its root. */
function writeOutline(file: PdfObjects, tree: Bookmark[], destination: (anchor: string) => string): number {
  const root = add(file, '');
  const writeLevel = (items: Bookmark[], parent: number, depth: number): string => {
    const numbers = items.map(() => add(file, ''));
    for (const [index, item] of items.entries()) {
      const number = numbers[index] ?? 0;
      const below = item.children.length > 0 ? writeLevel(item.children, number, depth + 1) : '';
      const previous = numbers[index - 1];
      const next = numbers[index + 1];
      replace(file, number, () =>
        [
          `<< /Title ${textString(item.title)} /Parent ${parent} 0 R /Dest ${destination(item.anchor)}`,
          previous ? `/Prev ${previous} 0 R` : '',
          next ? `/Next ${next} 0 R` : '',
          `${below} >>`,
        ].join(' '),
      );
    }
    // Below the parts everything starts closed: a negative count.
    const count =
      depth === 0 ? items.length + items.reduce((sum, item) => sum + item.children.length, 0) : items.length;
    return `/First ${numbers[0]} 0 R /Last ${numbers.at(-1)} 0 R /Count ${depth > 1 ? -count : count}`;
  };
  const children = tree.length > 0 ? writeLevel(tree, root, 0) : '';
  replace(file, root, () => `<< /Type /Outlines ${children} >>`);
  return root;
}

function add(file: PdfObjects, body: string): number {
  const number = file.next++;
  file.objects.set(number, { number, body: Buffer.from(body, 'latin1'), isStream: false });
  return number;
}

function text(file: PdfObjects, number: number): string {
  return object(file, number).body.toString('latin1');
}

function replace(file: PdfObjects, number: number, edit: (body: string) => string): void {
  const target = object(file, number);
  target.body = Buffer.from(edit(target.body.toString('latin1')), 'latin1');
}

/** Edits an uncompressed stream of text. */
function replaceStream(file: PdfObjects, number: number, edit: (content: string) => string): void {
  const target = object(file, number);
  const [, dictionary = '', content] =
    /^(.*?)\bstream\r?\n(.*?)\r?\nendstream$/s.exec(target.body.toString('utf8')) ?? [];
  if (content === undefined || dictionary.includes('/Filter')) throw new Error(`object ${number} is no plain stream`);
  const edited = Buffer.from(edit(content), 'utf8');
  const head = Buffer.from(`${dictionary.replace(/\/Length \d+/, `/Length ${edited.length}`)}stream\n`, 'latin1');
  target.body = Buffer.concat([head, edited, Buffer.from('\nendstream', 'latin1')]);
}

function object(file: PdfObjects, number: number): IndirectObject {
  const found = file.objects.get(number);
  if (!found) throw new Error(`the PDF has no object ${number}`);
  return found;
}

/** Sets `key` of a dictionary whose value, if any, is a reference, a name or a dictionary without inner ones. */
function setKey(dictionary: string, key: string, value: string): string {
  const without = dictionary.replace(new RegExp(`/${key} (\\d+ 0 R|/\\w+|<<[^<>]*>>)`), '');
  return without.replace(/>>\s*$/, `/${key} ${value} >>`);
}

/** A PDF text string in UTF-16BE (ISO 32000-1, 7.9.2.2). */
function textString(value: string): string {
  return `<FEFF${Buffer.from(value, 'utf16le').swap16().toString('hex').toUpperCase()}>`;
}
