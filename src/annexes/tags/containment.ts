import type { PDFDict } from '../source/pdf.ts';
import { type Element, elementsOf, type Kid } from './structure.ts';

interface Rule {
  kids: readonly string[];
  /** What other elements are wrapped in. */
  wrap: readonly string[];
}

/** What an element may hold, and what the rest is wrapped in (ISO 32000-1, 14.8.4.3; ISO 14289-1, 7.2). */
const holds: Readonly<Record<string, Rule>> = {
  L: { kids: ['L', 'LI', 'Caption'], wrap: ['LI', 'LBody'] },
  LI: { kids: ['Lbl', 'LBody'], wrap: ['LBody'] },
  Table: { kids: ['TR', 'THead', 'TBody', 'TFoot', 'Caption'], wrap: ['TR', 'TD'] },
  THead: { kids: ['TR'], wrap: ['TR', 'TD'] },
  TBody: { kids: ['TR'], wrap: ['TR', 'TD'] },
  TFoot: { kids: ['TR'], wrap: ['TR', 'TD'] },
  TR: { kids: ['TH', 'TD'], wrap: ['TD'] },
  TOC: { kids: ['TOC', 'TOCI', 'Caption'], wrap: ['TOCI'] },
};
/** Where an element must stand; elsewhere it is a Div. */
const homes: Readonly<Record<string, readonly string[]>> = {
  LI: ['L'],
  LBody: ['LI'],
  TR: ['Table', 'THead', 'TBody', 'TFoot'],
  THead: ['Table'],
  TBody: ['Table'],
  TFoot: ['Table'],
  TH: ['TR'],
  TD: ['TR'],
  TOCI: ['TOC'],
};

/** These only hold others together: what they hold stands, to a reader, in what they stand in. */
const isTransparent = ({ standard }: Element) => standard === 'NonStruct' || standard === 'Div' || standard === 'Part';

/** The elements that stand in one, looked for through those that only hold together; in reading order. */
export function partsOf({ kids }: Element): Element[] {
  const parts: Element[] = [];
  const stack = kids.toReversed();
  for (let kid = stack.pop(); kid; kid = stack.pop()) {
    if (kid.kind !== 'element') continue;
    if (isTransparent(kid.element)) for (const inner of kid.element.kids.toReversed()) stack.push(inner);
    else parts.push(kid.element);
  }
  return parts;
}

/** Lists and tables that hold what they may hold, and stand where they may. `blank` makes a dictionary for a new element. */
export function mendContainment(kids: readonly Kid[], blank: () => PDFDict, mended: (element: Element) => void): void {
  const held = new Map<Element, Element | undefined>(); // what stands around it
  for (const { element, parent } of elementsOf(kids)) {
    const around = parent && isTransparent(parent) ? held.get(parent) : parent;
    held.set(element, around);
    const home = homes[element.standard];
    if (home && !home.includes(around?.standard ?? '')) {
      rename(element, 'Div');
      mended(element);
    }
    const rule = holds[element.standard];
    if (!rule) continue;
    if (arrange(element, rule, blank)) mended(element);
    if (element.standard === 'Table' && arrangeSections(element, blank)) mended(element);
  }
}

export function rename(element: Element, standard: string): void {
  element.role = standard;
  element.standard = standard;
}

/** An element that holds `kids` and has nothing of its own. */
export const holder = (standard: string, kids: Kid[], dict: PDFDict): Kid & { kind: 'element' } => ({
  kind: 'element',
  element: { role: standard, standard, dict, id: undefined, kids },
});

/** Wraps what an element may not hold; true when there was something. */
function arrange(element: Element, rule: Rule, blank: () => PDFDict): boolean {
  const parts = partsOf(element);
  // A caption stands alone at the beginning; a table's may stand at its end.
  const caption = element.standard === 'Table' && parts[0]?.standard !== 'Caption' ? parts.at(-1) : parts[0];
  const fits = (part: Element) =>
    rule.kids.includes(part.standard) && (part.standard !== 'Caption' || part === caption);
  if (parts.every(fits)) return false;
  const fitting = holdingSome(element, fits);
  const alien = holdingSome(element, (part) => !fits(part));
  const open = [element];
  for (let next = open.pop(); next; next = open.pop()) {
    next.kids = wrapped(next.kids, { fits: (kid) => fitting.has(kid), isAlien: (kid) => alien.has(kid), rule, blank });
    for (const kid of next.kids)
      if (kid.kind === 'element' && fitting.has(kid.element) && isTransparent(kid.element)) open.push(kid.element);
  }
  return true;
}

/** What stands in an element and is, or only holds together, one that `test` finds. */
function holdingSome(element: Element, test: (part: Element) => boolean): Set<Element> {
  const all: { element: Element; parent: Element | undefined }[] = [];
  const stack = [{ element, parent: undefined as Element | undefined }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    all.push(next);
    if (next.element !== element && !isTransparent(next.element)) continue;
    for (const kid of next.element.kids)
      if (kid.kind === 'element') stack.push({ element: kid.element, parent: next.element });
  }
  const found = new Set<Element>();
  for (const { element: part, parent } of all.toReversed())
    if (parent && (found.has(part) || (!isTransparent(part) && test(part)))) {
      found.add(part);
      found.add(parent);
    }
  return found;
}

interface Wrapping {
  fits(element: Element): boolean;
  isAlien(element: Element): boolean;
  rule: Rule;
  blank(): PDFDict;
}

/** Kids with every run of those that may not stand here in elements of their own; content alone stays. */
function wrapped(kids: readonly Kid[], { fits, isAlien, rule, blank }: Wrapping): Kid[] {
  const result: Kid[] = [];
  let run: Kid[] = [];
  const close = () => {
    const isWrong = run.some((kid) => kid.kind === 'element' && isAlien(kid.element));
    if (isWrong)
      run = rule.wrap.toReversed().reduce((inner: Kid[], standard) => [holder(standard, inner, blank())], run);
    for (const kid of run) result.push(kid);
    run = [];
  };
  for (const kid of kids) {
    if (kid.kind === 'element' && fits(kid.element)) {
      close();
      result.push(kid);
    } else run.push(kid);
  }
  close();
  return result;
}

/** One THead and one TFoot at most, and these only beside a TBody; true when it was otherwise. */
function arrangeSections(table: Element, blank: () => PDFDict): boolean {
  const sections = partsOf(table);
  const of = (type: string) => sections.filter(({ standard }) => standard === type);
  const more = [...of('THead').slice(1), ...of('TFoot').slice(1)];
  for (const section of more) rename(section, 'TBody');
  const lone = [...of('THead'), ...of('TFoot')];
  if (lone.length === 0 || of('TBody').length > 0) return more.length > 0;
  const isRow = (kid: Kid) => kid.kind === 'element' && kid.element.standard === 'TR';
  if (!table.kids.some(isRow)) for (const section of lone.slice(0, 1)) rename(section, 'TBody');
  const kids: Kid[] = [];
  let body: Kid[] | undefined;
  for (const kid of table.kids) {
    if (!isRow(kid)) {
      body = undefined;
      kids.push(kid);
    } else if (body) body.push(kid);
    else {
      body = [kid];
      kids.push(holder('TBody', body, blank()));
    }
  }
  table.kids = kids;
  return true;
}
