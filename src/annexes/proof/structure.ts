import type { Annex } from '../annex.ts';
import type { PDFDict } from '../source/pdf.ts';

import { type Element, elementsOf, hasAlternative, pageOfElement } from '../tags/structure.ts';
import type { Breaches } from './rules.ts';
import { gridOf, tableOf, transparent, undescribed } from './table.ts';

/** Elements that may stand below an element, and where an element may stand (ISO 14289-1, 7.2). */
const below: Record<string, readonly string[]> = {
  Table: ['TR', 'THead', 'TBody', 'TFoot', 'Caption'],
  THead: ['TR'],
  TBody: ['TR'],
  TFoot: ['TR'],
  TR: ['TH', 'TD'],
  L: ['L', 'LI', 'Caption'],
  LI: ['Lbl', 'LBody'],
  TOC: ['TOC', 'TOCI', 'Caption'],
};
const above: Record<string, readonly string[]> = {
  TR: ['Table', 'THead', 'TBody', 'TFoot'],
  THead: ['Table'],
  TBody: ['Table'],
  TFoot: ['Table'],
  TH: ['TR'],
  TD: ['TR'],
  LI: ['L'],
  LBody: ['LI'],
  TOCI: ['TOC'],
};

/** The standard types below an element, those that mean nothing looked through; a link that gets its Link stands as one. */
function typesBelow(element: Element, links: ReadonlySet<string>, types: string[] = []): string[] {
  for (const kid of element.kids)
    if (kid.kind === 'annotation') {
      if (element.standard !== 'Link' && links.has(kid.annotation)) types.push('Link');
    } else if (kid.kind === 'element') {
      if (transparent.has(kid.element.standard)) typesBelow(kid.element, links, types);
      else types.push(kid.element.standard);
    }
  return types;
}

/** Captions and row groups that stand where they may (ISO 14289-1, 7.2). */
function isInOrder(type: string, kids: readonly string[]): boolean {
  const count = (kind: string) => kids.filter((kid) => kid === kind).length;
  const captions = count('Caption');
  if (captions > 0 && (type === 'L' || type === 'TOC')) return captions === 1 && kids[0] === 'Caption';
  if (type !== 'Table') return true;
  const place = kids.indexOf('Caption');
  const sections = [count('THead'), count('TFoot')];
  return (
    captions < 2 &&
    (captions === 0 || place === 0 || place === kids.length - 1) &&
    sections.every((number) => number <= 1) &&
    (sections.every((number) => number === 0) || count('TBody') > 0)
  );
}

/** Checks the structure elements of an annex as they will be written; `visit` is called for the dictionary of each. */
export function proveStructure(
  { structure, alternative, links }: Annex,
  breaches: Breaches,
  visit: (dict: PDFDict) => void,
): void {
  if (!structure) return;
  const annotations = new Set(links.map(({ key }) => key));
  /** What stands around an element, what means nothing looked through. */
  const around = new Map<Element, string>();
  let level = 0;
  const prove = (element: Element, parent: Element | undefined) => {
    const { standard } = element;
    visit(element.dict);
    const breach = (rule: Parameters<Breaches['add']>[0]) => breaches.add(rule, pageOfElement(element), standard);
    const outer = parent ? (around.get(parent) ?? '') : 'Document';
    around.set(element, transparent.has(standard) ? outer : standard);
    if (above[standard] && !above[standard].includes(outer)) breach('containment');
    const allowed = below[standard];
    if (allowed) {
      const kids = typesBelow(element, annotations);
      if (!kids.every((kid) => allowed.includes(kid)) || !isInOrder(standard, kids)) breach('containment');
    }
    if (standard.startsWith('H')) {
      const own = Number(standard.slice(1) || Number.POSITIVE_INFINITY);
      if (own > level + 1) breach('headings');
      level = own;
    } else if ((standard === 'Figure' || standard === 'Formula') && !hasAlternative(element) && !alternative)
      breach('alternative');
    else if (standard === 'Note' && element.id === '') breach('note');
    else if (standard === 'Table') {
      const table = tableOf(element, structure);
      const grid = gridOf(table);
      if (!grid) breach('table-grid');
      else if (undescribed(table, grid)) breach('table-headers');
    }
  };
  for (const { element, parent } of elementsOf(structure.kids)) prove(element, parent);
}
