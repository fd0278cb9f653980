import {
  bytesOf,
  dictOf,
  itemsOf,
  nameOf,
  numberOf,
  raw,
  type SourceFile,
  type SourcePage,
  stringOf,
  value,
} from './source/file.ts';
import { longest, shortText } from './source/limits.ts';
import { PDFArray, PDFDict, PDFName, type PDFObject, PDFRef } from './source/pdf.ts';

/** A place in an annex: its page, and how it is shown ("/XYZ 10 800 null"). */
export interface Destination {
  page: number;
  view: string;
}
export interface AnnexBookmark {
  title: string;
  destination: Destination | undefined;
  children: AnnexBookmark[];
}

/** Letters of a bookmark: a string has 32,767 bytes (ISO 19005-3, 6.1.13). */
const longestTitle = 16_000;
/** Nodes of a name, number or outline tree that are read: more is a tree without end. */
const most = 1_000_000;

/** Leaves of a name tree or a number tree (ISO 32000-1, 7.9.6), in the order of the file. */
export function leavesOf(
  root: PDFDict | undefined,
  key: 'Names' | 'Nums',
): [PDFObject | undefined, PDFObject | undefined][] {
  const leaves: [PDFObject | undefined, PDFObject | undefined][] = [];
  const seen = new Set<PDFDict>();
  const stack = root ? [root] : [];
  while (stack.length > 0 && leaves.length < most) {
    const node = stack.pop() as PDFDict;
    if (seen.has(node)) continue;
    seen.add(node);
    const items = itemsOf(value(node, key));
    for (let index = 0; index + 1 < items.length; index += 2) leaves.push([items[index], items[index + 1]]);
    for (const kid of itemsOf(value(node, 'Kids')).toReversed()) if (kid instanceof PDFDict) stack.push(kid);
  }
  return leaves;
}

/** Where links and bookmarks of an annex lead, by name and by page. */
export class Destinations {
  /** Named ones, by the bytes of their names. */
  readonly named = new Map<string, Destination>();
  readonly #pages: ReadonlyMap<string, number>;
  readonly #count: number;

  constructor({ catalog }: SourceFile, pages: readonly SourcePage[]) {
    this.#pages = new Map(pages.map(({ ref }, index) => [ref.tag, index]));
    this.#count = pages.length;
    const old = dictOf(value(catalog, 'Dests'));
    for (const [name] of old?.entries() ?? [])
      this.#add(Buffer.from(name.asBytes()).toString('latin1'), value(old, name.asString().slice(1)));
    const tree = dictOf(value(dictOf(value(catalog, 'Names')), 'Dests'));
    for (const [name, target] of leavesOf(tree, 'Names')) this.#add(bytesOf(name), target);
  }

  #add(name: string | undefined, target: PDFObject | undefined): void {
    const found = this.#explicit(target instanceof PDFDict ? value(target, 'D') : target);
    if (name !== undefined && name.length <= longest.string && found) this.named.set(name, found);
  }

  /** The destination that a Dest, or the D of an action, means; a name is given back as it is. */
  read(target: PDFObject | undefined): Destination | { name: string } | undefined {
    const name =
      bytesOf(target) ?? (target instanceof PDFName ? Buffer.from(target.asBytes()).toString('latin1') : undefined);
    if (name === undefined) return this.#explicit(target);
    return this.named.has(name) ? { name } : undefined;
  }

  resolve(target: PDFObject | undefined): Destination | undefined {
    const found = this.read(target);
    return found && 'name' in found ? this.named.get(found.name) : found;
  }

  #explicit(target: PDFObject | undefined): Destination | undefined {
    if (!(target instanceof PDFArray)) return undefined;
    const first = target.get(0);
    const [, type, ...rest] = itemsOf(target);
    const page = first instanceof PDFRef ? this.#pages.get(first.tag) : numberOf(first);
    if (page === undefined || page < 0 || page >= this.#count) return undefined;
    const numbers = rest.map((item) => sideOf(numberOf(item)));
    const wanted = { XYZ: 3, Fit: 0, FitH: 1, FitV: 1, FitR: 4, FitB: 0, FitBH: 1, FitBV: 1 }[nameOf(type) ?? ''];
    if (wanted === undefined) return { page, view: '/Fit' };
    const view = Array.from({ length: wanted }, (_, index) => numbers[index] ?? 'null');
    return { page, view: [`/${nameOf(type)}`, ...view].join(' ') };
  }
}

/** A number of a view as it is written: without exponent, and only within what a page can be (pt). */
const sideOf = (side: number | undefined) =>
  side !== undefined && Math.abs(side) < 1e6 ? Number(side.toFixed(4)) : 'null';

/** The annex's own bookmarks; those that lead elsewhere than into it keep their title alone. */
export function readBookmarks({ catalog, context }: SourceFile, destinations: Destinations): AnnexBookmark[] {
  const top: AnnexBookmark[] = [];
  const seen = new Set<string>();
  const stack: { ref: PDFObject | undefined; into: AnnexBookmark[]; depth: number }[] = [
    { ref: raw(dictOf(value(catalog, 'Outlines')) ?? context.obj({}), 'First'), into: top, depth: 0 },
  ];
  while (stack.length > 0) {
    const { ref, into, depth } = stack.pop() as (typeof stack)[number];
    const item = ref instanceof PDFRef ? context.lookup(ref) : undefined;
    if (!(ref instanceof PDFRef) || !(item instanceof PDFDict) || seen.has(ref.tag)) continue;
    seen.add(ref.tag);
    const action = dictOf(value(item, 'A'));
    const target = value(item, 'Dest') ?? (nameOf(value(action, 'S')) === 'GoTo' ? value(action, 'D') : undefined);
    const bookmark = {
      title: (stringOf(value(item, 'Title')) ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, longestTitle) || '—',
      destination: destinations.resolve(target),
      children: [],
    };
    into.push(bookmark);
    stack.push({ ref: raw(item, 'Next'), into, depth });
    // Outlines deeper than anyone reads would only exhaust the stack of those who read ours.
    if (depth < 50) stack.push({ ref: raw(item, 'First'), into: bookmark.children, depth: depth + 1 });
  }
  return top;
}

export interface PageLabel {
  /** Index of the first page that it counts for. */
  page: number;
  /** D, R, r, A, a; none: no number */
  style: string | undefined;
  prefix: string;
  first: number;
}

/** The annex's page labels (ISO 32000-1, 12.4.2). */
export function readLabels({ catalog }: SourceFile, count: number): PageLabel[] {
  return leavesOf(dictOf(value(catalog, 'PageLabels')), 'Nums')
    .map(([index, label]) => ({
      page: numberOf(index) ?? -1,
      style: ['D', 'R', 'r', 'A', 'a'].find((style) => style === nameOf(value(dictOf(label), 'S'))),
      prefix: shortText(stringOf(value(dictOf(label), 'P')) ?? ''),
      first: Math.min(Math.max(1, Math.trunc(numberOf(value(dictOf(label), 'St')) ?? 1)), 1e6),
    }))
    .filter(({ page }) => Number.isInteger(page) && page >= 0 && page < count)
    .sort((a, b) => a.page - b.page);
}

export interface Layers {
  /** Optional content groups, as references. */
  groups: PDFRef[];
  off: Set<string>;
  locked: Set<string>;
}

/** The annex's layers (ISO 32000-1, 8.11) and which of them are hidden at first. */
export function readLayers({ catalog }: SourceFile): Layers {
  const properties = dictOf(value(catalog, 'OCProperties'));
  const refs = (object: PDFObject | undefined) =>
    object instanceof PDFArray ? object.asArray().filter((item): item is PDFRef => item instanceof PDFRef) : [];
  const groups = [...new Map(refs(value(properties, 'OCGs')).map((ref) => [ref.tag, ref])).values()];
  const configuration = dictOf(value(properties, 'D'));
  const tags = (key: string) => new Set(refs(value(configuration, key)).map(({ tag }) => tag));
  const on = tags('ON');
  const hidden = nameOf(value(configuration, 'BaseState')) === 'OFF';
  const off = hidden ? new Set(groups.map(({ tag }) => tag).filter((tag) => !on.has(tag))) : tags('OFF');
  return { groups, off, locked: tags('Locked') };
}
