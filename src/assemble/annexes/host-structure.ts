import { PDFArray, PDFContext, type PDFDict, type PDFObject, PDFObjectParser, PDFRef } from '@cantoo/pdf-lib';
import { bytesOf, dictOf, nameOf, numberOf, raw, value } from '../../annexes/source/file.ts';
import { add, type PdfObjects, put, referred, replace, text } from '../objects.ts';

/** The structure tree of the document that annexes are grafted into. */
export interface HostStructure {
  /** The number of a new key of the parent tree. */
  nextKey(): number;
  /** What the parent tree holds for a key: an element, or the elements of a page's MCIDs. */
  setParent(key: number, elements: string): void;
  /** Puts the element `graft` where the page's content stands in the reading order; returns the number of its parent. */
  graft(page: number, graft: number): number;
  /** A name for `wanted` that no other annex uses with another meaning. */
  role(wanted: string, standard: string): string;
  attributeClass(wanted: string, attributes: string): string;
  /** An ID that no other element has; `element` bears it. */
  id(wanted: string, element: number): string;
  /** Writes the trees back. */
  finish(): void;
}

export function hostStructure(file: PdfObjects): HostStructure {
  const context = PDFContext.create();
  const load = (object: PDFObject | undefined): PDFObject | undefined => {
    if (!(object instanceof PDFRef)) return object;
    const body = file.objects.get(object.objectNumber)?.body;
    return body && PDFObjectParser.forBytes(body, context).parseObject();
  };
  const loaded = (dict: PDFDict | undefined, key: string) => dictOf(load(dict && raw(dict, key)));
  /** Pairs of a tree of one node, as Typst writes them. */
  const pairsOf = (tree: PDFDict | undefined, key: string): [PDFObject, PDFObject][] => {
    const items = tree && load(raw(tree, key));
    if (tree && !(items instanceof PDFArray)) throw new Error(`no flat ${key} where Typst is known to write them`);
    const all = items instanceof PDFArray ? items.asArray() : [];
    return all.flatMap((item, index) => (index % 2 === 0 ? [[item, all[index + 1] as PDFObject]] : []));
  };
  const rootNumber = referred(text(file, file.root), 'StructTreeRoot');
  const root = dictOf(load(PDFRef.of(rootNumber)));
  if (!root) throw new Error('no structure tree where Typst is known to write one');
  const parents = new Map<number, string>();
  const pages = new Map<number, PDFObject>();
  for (const [key, entry] of pairsOf(loaded(root, 'ParentTree'), 'Nums')) {
    parents.set(numberOf(key) ?? 0, entry.toString());
    pages.set(numberOf(key) ?? 0, entry);
  }
  const ids = new Map(
    pairsOf(loaded(root, 'IDTree'), 'Names').map(([name, entry]) => [bytesOf(name) ?? '', entry.toString()]),
  );
  const tried = new Map<string, number>(); // how often an ID was wanted
  const namesOf = (key: string) => loaded(root, key)?.entries() ?? [];
  const roles = new Map(namesOf('RoleMap').map(([name, to]) => [nameOf(name) ?? '', nameOf(to) ?? '']));
  const classes = new Map(namesOf('ClassMap').map(([name, to]) => [nameOf(name) ?? '', to.toString()]));
  let next = Math.max(-1, ...parents.keys()) + 1;

  const unique = (wanted: string, same: (name: string) => boolean): string => {
    let name = wanted;
    for (let count = 2; !same(name); count += 1) name = `${wanted}-${count}`;
    return name;
  };
  const named = <T>(map: Map<string, T>, wanted: string, meaning: T): string => {
    const name = unique(wanted, (candidate) => !map.has(candidate) || map.get(candidate) === meaning);
    map.set(name, meaning);
    return name;
  };

  return {
    nextKey: () => next++,
    setParent: (key, elements) => void parents.set(key, elements),
    role: (wanted, standard) => (wanted === standard ? wanted : named(roles, wanted, standard)),
    attributeClass: (wanted, attributes) => named(classes, wanted, attributes),
    id: (wanted, element) => {
      let name = wanted;
      let count = tried.get(wanted) ?? 1;
      while (ids.has(name)) {
        count += 1;
        name = `${wanted}-${count}`;
      }
      tried.set(wanted, count);
      ids.set(name, `${element} 0 R`);
      return name;
    },
    graft: (page, graft) => {
      const key = numberOf(value(dictOf(load(PDFRef.of(page))), 'StructParents')) ?? -1;
      const list = load(pages.get(key));
      let element: PDFObject | undefined =
        list instanceof PDFArray ? list.asArray().find((item) => item instanceof PDFRef) : undefined;
      parents.delete(key);
      // Up to the element below the root's own, which stands for the whole document.
      while (element instanceof PDFRef) {
        const parent: PDFObject | undefined = raw(dictOf(load(element)) ?? context.obj({}), 'P');
        const above = parent && dictOf(load(parent));
        const next = above && raw(above, 'P');
        if (parent instanceof PDFRef && next instanceof PDFRef && next.objectNumber === rootNumber) {
          putInto(file, parent.objectNumber, element.objectNumber, graft);
          return parent.objectNumber;
        }
        element = parent;
      }
      throw new Error(`no place in the structure tree for the annex on page object ${page}`);
    },
    finish: () => {
      const nums = [...parents].sort(([a], [b]) => a - b).map(([key, entry]) => `${key} ${entry}`);
      const names = [...ids]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, entry]) => `${byteString(name)} ${entry}`);
      const entries: Record<string, string> = {
        ParentTree: `${add(file, `<< /Nums [${nums.join(' ')}] >>`)} 0 R`,
        ParentTreeNextKey: String(next),
        ...(ids.size > 0 ? { IDTree: `${add(file, `<< /Names [${names.join(' ')}] >>`)} 0 R` } : {}),
        ...(roles.size > 0 ? { RoleMap: mapOf(roles, (standard) => pdfName(standard)) } : {}),
        ...(classes.size > 0 ? { ClassMap: mapOf(classes, (attributes) => attributes) } : {}),
      };
      const kept = root.entries().filter(([name]) => !((nameOf(name) ?? '') in entries));
      const body = [
        ...kept.map(([name, entry]) => `${name} ${entry}`),
        ...Object.entries(entries).map(([key, entry]) => `/${key} ${entry}`),
      ];
      put(file, rootNumber, `<< ${body.join(' ')} >>`);
    },
  };
}

/** Puts the element `graft` in the place of `kid` among the kids of `parent`. */
function putInto(file: PdfObjects, parent: number, kid: number, graft: number): void {
  const before = text(file, parent);
  const kids = /\/K \[[^\]]*\]/;
  replace(file, parent, (body) =>
    body.replace(kids, (all) => all.replace(new RegExp(`(?<=[[\\s])${kid} 0 R`), `${graft} 0 R`)),
  );
  if (text(file, parent) === before) throw new Error(`element ${kid} is no kid of ${parent}`);
}

const mapOf = (map: ReadonlyMap<string, string>, write: (value: string) => string) =>
  `<< ${[...map]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${pdfName(key)} ${write(entry)}`)
    .join(' ')} >>`;
export const pdfName = (name: string): string => `/${name}`;
/** A string of bytes, one character each. */
export const byteString = (bytes: string): string => `<${Buffer.from(bytes, 'latin1').toString('hex').toUpperCase()}>`;
