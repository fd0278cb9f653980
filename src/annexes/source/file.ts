import { DamagedAnnex } from '../problem.ts';
import { type LoadedObjects, loadObjects } from './load.ts';
import { dictOf, itemsOf, nameOf, numberOf, raw, value } from './lookup.ts';
import { PDFArray, type PDFContext, PDFDict, PDFNull, type PDFObject, PDFRef } from './pdf.ts';

export { decoded, filtersOf, forgetData, inflated, repacked } from './filters.ts';
export * from './lookup.ts';

/** A page with what it inherits (ISO 32000-1, 7.7.3.4). */
export interface SourcePage {
  ref: PDFRef;
  dict: PDFDict;
  resources: PDFDict | undefined;
  /** MediaBox and CropBox: left, bottom, right, top in pt. */
  media: Box;
  crop: Box;
  /** 0, 90, 180 or 270 */
  rotation: number;
}
export type Box = [left: number, bottom: number, right: number, top: number];

/** Objects of one PDF, looked up through its references. */
export interface SourceFile {
  context: PDFContext;
  catalog: PDFDict;
  encrypted: boolean;
}

/** Opens a PDF. Throws DamagedAnnex when it is none or parts of it are missing. */
export function openFile(bytes: Uint8Array): SourceFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // What stands before the head is not counted by the tables.
  const head = buffer.subarray(0, 1024 + 5).indexOf('%PDF-');
  if (head < 0) throw new DamagedAnnex('PDF ではありません');
  const { context, catalog } = loadObjects(buffer.subarray(head), hasAllPages);
  return { context, catalog: catalog ?? context.obj({}), encrypted: !catalog };
}

/** Nodes of a page tree that are read: one that has more holds itself, or pages without end. */
const mostNodes = 100_000;

function hasAllPages({ context, catalog }: LoadedObjects): boolean {
  try {
    return catalog !== undefined && pagesOf({ context, catalog }, mostNodes).length > 0;
  } catch (error) {
    if (error instanceof DamagedAnnex) return false;
    throw error;
  }
}

/**
 * The pages in order; one that is listed twice is shown twice. Throws DamagedAnnex where a page is missing, or the tree has
 * no end. Count says nothing that viewers go by.
 */
export function pagesOf({ catalog, context }: Pick<SourceFile, 'catalog' | 'context'>, most: number): SourcePage[] {
  const broken = () => new DamagedAnnex('ページの一覧が壊れています');
  const pages: SourcePage[] = [];
  const stack: { object: PDFObject | undefined; chain: PDFDict[] }[] = [{ object: raw(catalog, 'Pages'), chain: [] }];
  for (let nodes = 0; stack.length > 0; nodes += 1) {
    const { object, chain } = stack.pop() as (typeof stack)[number];
    const node = object instanceof PDFRef ? context.lookup(object) : object;
    if (!(node instanceof PDFDict) || chain.includes(node) || chain.length > 100 || nodes > mostNodes) throw broken();
    const kids = value(node, 'Kids');
    if (kids instanceof PDFArray) {
      for (const kid of kids.asArray().toReversed())
        if (kid !== PDFNull) stack.push({ object: kid, chain: [node, ...chain] });
    } else if (nameOf(value(node, 'Type')) !== 'Pages') {
      const ref = object instanceof PDFRef ? object : context.register(node);
      pages.push({ ref, dict: node, ...inheritedOf([node, ...chain]) });
      if (pages.length > most) return pages;
    }
  }
  if (pages.length === 0) throw new DamagedAnnex('ページがありません');
  return pages;
}

function inheritedOf(chain: PDFDict[]): Pick<SourcePage, 'resources' | 'media' | 'crop' | 'rotation'> {
  const nearest = (key: string) => chain.map((dict) => value(dict, key)).find((found) => found !== undefined);
  // One that holds nothing is none, as readers take it.
  const box = (key: string) => {
    const found = boxOf(nearest(key));
    return found && found[0] < found[2] && found[1] < found[3] ? found : undefined;
  };
  const media = box('MediaBox') ?? [0, 0, 612, 792];
  const wanted = box('CropBox') ?? media;
  const crop = [0, 1, 2, 3].map((side) =>
    Math[side < 2 ? 'max' : 'min'](wanted[side] as number, media[side] as number),
  ) as Box;
  const rotation = (((numberOf(nearest('Rotate')) ?? 0) % 360) + 360) % 360;
  const size = [crop[2] - crop[0], crop[3] - crop[1]];
  const shown = size.every((length) => length >= 3) ? crop : media;
  return { resources: dictOf(nearest('Resources')), media, crop: shown, rotation: rotation % 90 === 0 ? rotation : 0 };
}

function boxOf(object: PDFObject | undefined): Box | undefined {
  const sides = itemsOf(object).map(numberOf);
  const [a, b, c, d] = sides;
  if (sides.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}
