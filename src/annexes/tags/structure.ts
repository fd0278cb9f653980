import { isUtf8 } from 'node:buffer';
import { leavesOf } from '../navigation.ts';
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
} from '../source/file.ts';
import { PDFArray, PDFDict, PDFInvalidObject, type PDFName, PDFNumber, type PDFObject, PDFRef } from '../source/pdf.ts';

/** A structure element of an annex, its role and its kids made right. */
export interface Element {
  /** As the annex names it, or the standard type that stands for it. */
  role: string;
  /** The standard type that the role means. */
  standard: string;
  dict: PDFDict;
  /** Bytes of its ID, as one character each. */
  id: string | undefined;
  kids: Kid[];
}
export type Kid =
  | { kind: 'element'; element: Element }
  | { kind: 'content'; mcid: number; page: number; stream?: PDFRef }
  | { kind: 'annotation'; annotation: string; page: number };

export interface Structure {
  kids: Kid[];
  /**
   * The MCIDs that the tree names, by 'page index' or the form XObject's reference, and whether an ActualText of their
   * element speaks for them.
   */
  known: Map<string, Map<number, boolean>>;
  classes: PDFDict | undefined;
}

/** A structure tree as it was found. */
export interface FoundStructure extends Structure {
  /** MarkInfo says that the whole is tagged (ISO 32000-1, 14.7.1). */
  isMarked: boolean;
  /** A part of it is missing. */
  hasHoles: boolean;
  /** How many elements it has. */
  count: number;
}

const standardTypes = new Set(
  (
    'Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody ' +
    'Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form'
  ).split(' '),
);
/** Types of PDF 2.0 (ISO 32000-2, 14.8.4) by what they are in PDF 1.7. */
const newerTypes: Record<string, string> = {
  DocumentFragment: 'Part',
  Aside: 'Div',
  Title: 'P',
  FENote: 'Note',
  Sub: 'Span',
  Em: 'Span',
  Strong: 'Span',
  Artifact: 'NonStruct',
};

/** Bytes of a name. */
export const longestName = 127;
/** Marked contents of one page: a list of their elements is written (ISO 32000-1, 14.7.4.4). */
const largestMcid = 200_000;
/** Elements that one annex may have: far more is a tree without end. */
const most = 2_000_000;

/** The annex's structure tree (ISO 32000-1, 14.7.2); undefined when it has none, or one without elements. */
export function readStructure(
  { catalog, context }: SourceFile,
  pages: readonly SourcePage[],
): FoundStructure | undefined {
  const root = dictOf(value(catalog, 'StructTreeRoot'));
  if (!root) return undefined;
  const indices = new Map(pages.map(({ ref }, index) => [ref.tag, index]));
  const role = roleReader(dictOf(value(root, 'RoleMap')));
  const structure: FoundStructure = {
    isMarked: String(value(dictOf(value(catalog, 'MarkInfo')), 'Marked')) === 'true',
    hasHoles: false,
    count: 0,
    kids: [],
    known: new Map(),
    classes: dictOf(value(root, 'ClassMap')),
  };
  const seen = new Set<PDFDict>();
  const annotations = new Set<string>();
  const claims = (key: string, mcid: number, element: PDFDict): boolean => {
    if (!Number.isInteger(mcid) || mcid < 0 || mcid > largestMcid) {
      structure.hasHoles = true;
      return false;
    }
    const known = structure.known.get(key) ?? new Map();
    structure.known.set(key, known);
    if (known.has(mcid)) return false;
    known.set(mcid, stringOf(value(element, 'ActualText')) !== undefined);
    return true;
  };
  const named = parentPages(root, pages);
  const pageOf = (dict: PDFDict, inherited: number | undefined): number | undefined => {
    const ref = raw(dict, 'Pg');
    return ref instanceof PDFRef ? indices.get(ref.tag) : inherited;
  };

  interface Step {
    dict: PDFDict;
    kids: Kid[];
    page: number | undefined;
  }
  const stack: Step[] = [{ dict: root, kids: structure.kids, page: undefined }];
  /** Reads what stands in an element; the element that it is, to be read in its turn. */
  const read = (kid: PDFObject, { dict, kids, page }: Step): Step | undefined => {
    const item = kid instanceof PDFRef ? context.lookup(kid) : kid;
    if (item instanceof PDFNumber) {
      const mcid = numberOf(item) as number;
      const itsPage = page ?? named(dict, mcid);
      if (itsPage !== undefined && claims(String(itsPage), mcid, dict))
        kids.push({ kind: 'content', mcid, page: itsPage });
      return undefined;
    }
    if (item === undefined || item instanceof PDFInvalidObject) structure.hasHoles = true;
    if (!(item instanceof PDFDict)) return undefined;
    const type = nameOf(value(item, 'Type'));
    const itsPage = pageOf(item, page);
    if (type === 'MCR') {
      const mcid = numberOf(value(item, 'MCID'));
      const stream = raw(item, 'Stm');
      const where = mcid === undefined ? undefined : (itsPage ?? named(dict, mcid));
      if (mcid === undefined || where === undefined) return undefined;
      const key = stream instanceof PDFRef ? stream.tag : String(where);
      if (claims(key, mcid, dict))
        kids.push({ kind: 'content', mcid, page: where, ...(stream instanceof PDFRef ? { stream } : {}) });
    } else if (type === 'OBJR') {
      const target = raw(item, 'Obj');
      if (!(target instanceof PDFRef) || annotations.has(target.tag)) return undefined;
      annotations.add(target.tag);
      kids.push({ kind: 'annotation', annotation: target.tag, page: itsPage ?? -1 });
    } else if (!seen.has(item) && seen.size < most && nameOf(value(item, 'S')) !== undefined) {
      seen.add(item);
      const element: Element = {
        ...role(item),
        dict: item,
        id: bytesOf(value(item, 'ID')) || undefined,
        kids: [],
      };
      kids.push({ kind: 'element', element });
      return { dict: item, kids: element.kids, page: itsPage };
    }
    return undefined;
  };
  for (let step = stack.pop(); step; step = stack.pop()) {
    const below: Step[] = [];
    for (const kid of kidsOf(step.dict)) {
      const inner = read(kid, step);
      if (inner) below.push(inner);
    }
    for (let inner = below.pop(); inner; inner = below.pop()) stack.push(inner);
  }
  structure.count = seen.size;
  return seen.size > 0 ? structure : undefined;
}

/**
 * Where an element's content is, by the parent tree (ISO 32000-1, 14.7.4.4): some producers name no page in the element.
 * The tree is read when it is asked first.
 */
function parentPages(
  root: PDFDict,
  pages: readonly SourcePage[],
): (element: PDFDict, mcid: number) => number | undefined {
  let owners: Map<PDFDict, Map<number, number>> | undefined; // the pages of an element's MCIDs
  const read = () => {
    const found = new Map<PDFDict, Map<number, number>>();
    const lists = new Map(
      leavesOf(dictOf(value(root, 'ParentTree')), 'Nums').map(([key, list]) => [numberOf(key), list]),
    );
    for (const [page, { dict }] of pages.entries())
      for (const [mcid, element] of itemsOf(lists.get(numberOf(value(dict, 'StructParents')) ?? -1)).entries()) {
        if (!(element instanceof PDFDict)) continue;
        const own = found.get(element) ?? new Map<number, number>();
        found.set(element, own);
        if (!own.has(mcid)) own.set(mcid, page);
      }
    return found;
  };
  return (element, mcid) => {
    owners ??= read();
    return owners.get(element)?.get(mcid);
  };
}

function kidsOf(dict: PDFDict): PDFObject[] {
  const kids = value(dict, 'K');
  if (kids instanceof PDFArray) return kids.asArray();
  const single = raw(dict, 'K');
  return single === undefined ? [] : [single];
}

type Role = Pick<Element, 'role' | 'standard'>;

/** The same as roleOf, of names without a namespace found once. */
function roleReader(roles: PDFDict | undefined): (dict: PDFDict) => Role {
  const known = new Map<PDFObject | undefined, Role>();
  return (dict) => {
    if (raw(dict, 'NS') !== undefined) return roleOf(dict, roles);
    const name = value(dict, 'S');
    const role = known.get(name) ?? roleOf(dict, roles);
    known.set(name, role);
    return role;
  };
}

/** A role and what it means; a role that means nothing known becomes NonStruct (ISO 14289-1, 7.1). */
function roleOf(dict: PDFDict, roles: PDFDict | undefined): Role {
  const written = nameOf(value(dict, 'S')) as string;
  let meant = meaningInNamespace(dict, written);
  for (let step = 0; step < 20; step += 1) {
    const next = nameOf(value(roles, meant));
    if (next === undefined) break;
    meant = next;
    if (standardTypes.has(meant)) break;
  }
  const standard = standardTypes.has(meant)
    ? meant
    : (newerTypes[meant] ?? (/^H\d+$/.test(meant) ? 'H6' : 'NonStruct'));
  // A standard type may not be given another meaning, a name must be short UTF-8 (ISO 19005-3, 6.1.8, 6.1.13): else the
  // meaning stands itself.
  const bytes = (value(dict, 'S') as PDFName).asBytes();
  const isSound = !standardTypes.has(written) && bytes.length <= longestName && isUtf8(bytes);
  return { role: isSound ? written : standard, standard };
}

/** A role of PDF 2.0 by the role map of its namespace (ISO 32000-2, 14.7.4.2), which PDF 1.7 does not know. */
function meaningInNamespace(dict: PDFDict, written: string): string {
  const target = value(dictOf(value(dictOf(value(dict, 'NS')), 'RoleMapNS')), written);
  return nameOf(target instanceof PDFArray ? target.lookup(0) : target) ?? written;
}

/** Every element, in reading order. */
export function* elementsOf(kids: readonly Kid[]): Generator<{ element: Element; parent: Element | undefined }> {
  const stack: { element: Element; parent: Element | undefined }[] = [];
  const push = (below: readonly Kid[], parent: Element | undefined) => {
    for (let index = below.length - 1; index >= 0; index -= 1) {
      const kid = below[index] as Kid;
      if (kid.kind === 'element') stack.push({ element: kid.element, parent });
    }
  };
  push(kids, undefined);
  for (let next = stack.pop(); next; next = stack.pop()) {
    yield next;
    push(next.element.kids, next.element);
  }
}

/** A text alternative of its own (Alt or ActualText) that is not empty. */
export const hasAlternative = ({ dict }: Element): boolean =>
  (stringOf(value(dict, 'Alt')) ?? '') !== '' || stringOf(value(dict, 'ActualText')) !== undefined;

/** The first page on which an element has content. */
export function pageOfElement({ kids }: Element): number {
  const stack = kids.toReversed();
  for (let kid = stack.pop(); kid; kid = stack.pop()) {
    if (kid.kind !== 'element') return Math.max(kid.page, 0);
    for (const inner of kid.element.kids.toReversed()) stack.push(inner);
  }
  return 0;
}
