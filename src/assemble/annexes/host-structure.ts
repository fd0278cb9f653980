import type { JoinedStructure } from '../structure-tree.ts';

/** What the annexes need of the structure tree of the document that they are grafted into. */
export interface HostStructure {
  /** The number of a new key of the parent tree. */
  nextKey(): number;
  /** What the parent tree holds for a key: an element, or the elements of a page's MCIDs. */
  setParent(key: number, elements: string): void;
  /** Puts the element `graft` where the annex stands in the reading order; returns the number of its parent. */
  graft(part: string, graft: number): number;
  /** The number of the page tree's node that holds all pages. */
  node: number;
  /** A name for `wanted` that no other annex uses with another meaning. */
  role(wanted: string, standard: string): string;
  attributeClass(wanted: string, attributes: string): string;
  /** An ID that no other element has; `element` bears it. */
  id(wanted: string, element: number): string;
}

export function hostStructure({ pages, document, kids, ids, parents, roles, classes }: JoinedStructure): HostStructure {
  const tried = new Map<string, number>(); // how often an ID was wanted
  let next = parents.size;
  const named = (map: Map<string, string>, wanted: string, meaning: string): string => {
    let name = wanted;
    for (let count = 2; map.has(name) && map.get(name) !== meaning; count += 1) name = `${wanted}-${count}`;
    map.set(name, meaning);
    return name;
  };
  return {
    nextKey: () => next++,
    setParent: (key, elements) => void parents.set(key, elements),
    graft: (part, graft) => {
      const place = kids.indexOf(part);
      if (place < 0) throw new Error(`no place in the structure tree for the annex ${part}`);
      kids[place] = graft;
      return document;
    },
    node: pages,
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
      ids.set(name, element);
      return name;
    },
  };
}
