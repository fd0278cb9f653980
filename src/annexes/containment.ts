import type { PDFDict } from '@cantoo/pdf-lib';
import { type Element, elementsOf, type Kid } from './structure.ts';

/** What an element may hold, and what the rest is wrapped in (ISO 32000-1, 14.8.4.3; ISO 14289-1, 7.2). */
const holds: Record<string, { kids: string[]; wrap: string[] }> = {
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
const homes: Record<string, string[]> = {
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

/** Lists and tables that hold what they may hold. An element that means nothing (NonStruct) is looked through. */
export function mendContainment(kids: readonly Kid[], blank: PDFDict): void {
  const held = new Map<Element, string | undefined>(); // what stands around it
  for (const { element, parent } of elementsOf(kids)) {
    const around = parent?.standard === 'NonStruct' ? held.get(parent) : parent?.standard;
    held.set(element, around);
    const home = homes[element.standard];
    if (home && !home.includes(around as string)) rename(element, 'Div');
    if (element.standard === 'Table') mendSections(element);
    const rule = holds[element.standard];
    if (rule) element.kids = wrapped(element.kids, rule, blank);
  }
}

function rename(element: Element, standard: string): void {
  element.role = standard;
  element.standard = standard;
}

/** One THead and one TFoot at most, and these only beside a TBody. */
function mendSections({ kids }: Element): void {
  const sections = kids.flatMap((kid) => (kid.kind === 'element' ? [kid.element] : []));
  for (const type of ['THead', 'TFoot']) {
    const [first, ...more] = sections.filter(({ standard }) => standard === type);
    for (const section of more) rename(section, 'TBody');
    if (first && !sections.some(({ standard }) => standard === 'TBody')) rename(first, 'TBody');
  }
}

/** Kids with every run of those that may not stand here in elements of their own. */
function wrapped(
  kids: readonly Kid[],
  { kids: allowed, wrap }: { kids: string[]; wrap: string[] },
  blank: PDFDict,
): Kid[] {
  const fits = (kid: Kid) => kid.kind !== 'element' || [...allowed, 'NonStruct'].includes(kid.element.standard);
  if (kids.every(fits)) return [...kids];
  const result: Kid[] = [];
  let run: Kid[] | undefined;
  for (const kid of kids) {
    if (kid.kind === 'element' && fits(kid)) {
      run = undefined;
      result.push(kid);
    } else if (run) run.push(kid);
    else {
      run = [kid];
      let outer = run;
      for (const standard of wrap.toReversed())
        outer = [{ kind: 'element', element: { role: standard, standard, dict: blank, id: undefined, kids: outer } }];
      result.push(...outer);
    }
  }
  return result;
}
