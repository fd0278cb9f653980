import type { MendCode } from '../../diagnostics/annex-mends.ts';
import type { Link } from '../links.ts';
import { type Findings, pageList } from '../problem.ts';
import { stringOf, value } from '../source/file.ts';
import type { PDFContext } from '../source/pdf.ts';
import { holder, mendContainment, rename } from './containment.ts';
import { type Element, elementsOf, hasAlternative, type Kid, pageOfElement, type Structure } from './structure.ts';
import { mendTables } from './tables.ts';

interface Surroundings {
  context: PDFContext;
  links: readonly Link[];
  /** Form XObjects that are painted with their own marks, by reference. */
  forms: ReadonlySet<string>;
  findings: Findings;
}

/** Makes a structure tree right, whatever it was, without a change of what is read (ISO 14289-1, 7.1 to 7.9, 7.18). */
export function mendStructure(structure: Structure, { context, links, forms, findings }: Surroundings): void {
  const blank = () => context.obj({});
  const note = (code: MendCode) => (element: Element) => findings.mended(code, pageOfElement(element));
  const tooLong = new Set<number>();
  const kept = new Set(links.map(({ key }) => key));
  for (const key of structure.known.keys()) if (key.endsWith(' R') && !forms.has(key)) structure.known.delete(key);
  structure.kids = keptKids(structure.kids, undefined, { kept, forms, blank });
  for (const { element } of elementsOf(structure.kids)) {
    element.kids = keptKids(element.kids, element, { kept, forms, blank });
    // What a form held is left out; the whole document is the one that has the annex.
    if (element.standard === 'Form' || element.standard === 'Annot')
      rename(element, element.kids.length === 0 ? 'NonStruct' : 'Div');
    if (element.standard === 'Document') rename(element, 'Sect');
    if (needsText(element) && isEmpty(element)) rename(element, 'NonStruct');
    if (saysTooMuch(element)) tooLong.add(pageOfElement(element));
  }
  if (tooLong.size > 0)
    findings.report({
      code: 'annex-forbidden',
      severity: 'error',
      actual: `${pageList(tooLong)}ページの、図などの説明の長さ`,
      expected: `${longestText}字以内`,
    });
  mendContainment(structure.kids, blank, note('list-and-table-parts'));
  mendTables(structure.kids, { classes: structure.classes, blank, mended: (code, table) => note(code)(table) });
  mendHeadings(structure.kids, note('heading-levels'));
}

/** Figures and formulas that no text stands for (ISO 14289-1, 7.3, 7.7). */
export const bareFigures = (kids: readonly Kid[]): Element[] =>
  [...elementsOf(kids)].map(({ element }) => element).filter(needsText);

const needsText = (element: Element) =>
  (element.standard === 'Figure' || element.standard === 'Formula') && !hasAlternative(element);

/** Letters that a string may have: of two bytes each, 32,767 in all (ISO 19005-3, 6.1.13). */
const longestText = 16_000;
const texts = ['Alt', 'ActualText', 'E', 'T'];
const saysTooMuch = ({ dict }: Element) => texts.some((key) => (stringOf(value(dict, key)) ?? '').length > longestText);

/** Whether nothing at all is in an element. */
function isEmpty({ kids }: Element): boolean {
  const stack = [...kids];
  for (let kid = stack.pop(); kid; kid = stack.pop()) {
    if (kid.kind !== 'element') return false;
    for (const inner of kid.element.kids) stack.push(inner);
  }
  return true;
}

/**
 * Kids without the annotations that are not kept and the forms that are not painted with their marks; only a Link may hold
 * an annotation that is kept (ISO 14289-1, 7.18.5).
 */
function keptKids(
  kids: readonly Kid[],
  element: Element | undefined,
  { kept, forms, blank }: Pick<Surroundings, 'forms'> & { kept: ReadonlySet<string>; blank: () => Element['dict'] },
): Kid[] {
  const result: Kid[] = [];
  for (const kid of kids)
    if (kid.kind === 'element') result.push(kid);
    else if (kid.kind === 'content') {
      if (kid.stream === undefined || forms.has(kid.stream.tag)) result.push(kid);
    } else if (kept.has(kid.annotation))
      result.push(element?.standard === 'Link' ? kid : holder('Link', [kid], blank()));
  return result;
}

/** Headings without a gap in their levels (ISO 14289-1, 7.4.2): the first is H1, one below another is one level deeper. */
function mendHeadings(kids: readonly Kid[], mended: (element: Element) => void): void {
  const above: { written: number; level: number }[] = [];
  for (const { element } of elementsOf(kids)) {
    if (!element.standard.startsWith('H')) continue;
    const written = Number(element.standard.slice(1) || '1');
    while ((above.at(-1)?.written ?? 0) >= written) above.pop();
    const level = Math.min((above.at(-1)?.level ?? 0) + 1, 6);
    above.push({ written, level });
    if (level !== written) mended(element);
    element.standard = `H${level}`;
  }
}
