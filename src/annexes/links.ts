import type { Destination, Destinations } from './navigation.ts';
import { type Problem, pageList } from './problem.ts';
import { dictOf, itemsOf, nameOf, numberOf, raw, type SourcePage, stringOf, value } from './source/file.ts';
import { longest, shortText } from './source/limits.ts';
import { type PDFArray, type PDFDict, type PDFObject, PDFRef } from './source/pdf.ts';

/** A link of an annex: what of its annotation is kept. */
export interface Link {
  page: number;
  /** The annotation's reference, by which the structure tree names it; '' when it has none. */
  key: string;
  /** Rect, Border, BS, C, H, QuadPoints as they are. */
  appearance: [key: string, object: PDFObject][];
  target: Destination | { name: string } | { uri: string } | { action: string };
  /** Contents: what a screen reader says. */
  description: string | undefined;
}

const kept = ['Rect', 'Border', 'BS', 'C', 'H', 'QuadPoints'];
/** Flags Hidden and NoView (ISO 32000-1, Table 165). */
const hidden = 0b100010;
const namedActions = ['NextPage', 'PrevPage', 'FirstPage', 'LastPage'];

/** The links of all pages; every other annotation is left out and told, as PDF/A-3 and a book in print have no use for it. */
export function readLinks(
  pages: readonly SourcePage[],
  destinations: Destinations,
): { links: Link[]; problems: Problem[] } {
  const links: Link[] = [];
  const dropped = new Map<Problem['code'], number[]>();
  const drop = (code: Problem['code'], page: number) => dropped.set(code, [...(dropped.get(code) ?? []), page]);
  for (const [page, { dict }] of pages.entries()) {
    const annotations = value(dict, 'Annots');
    for (const [index, object] of itemsOf(annotations).entries()) {
      const annotation = dictOf(object);
      const subtype = nameOf(value(annotation, 'Subtype'));
      if (!annotation || subtype === 'Popup' || subtype === 'PrinterMark' || subtype === 'TrapNet') continue;
      if (subtype === 'Link' && (numberOf(value(annotation, 'F')) ?? 0) & hidden) continue; // nobody has it
      if (subtype === 'Widget') drop('annex-form', page);
      else if (subtype === 'FileAttachment') drop('annex-attachment', page);
      else if (subtype !== 'Link') drop('annex-annotation', page);
      else {
        const target = targetOf(annotation, destinations);
        if (typeof target === 'string') drop(target, page);
        else if (itemsOf(value(annotation, 'Rect')).filter((side) => numberOf(side) !== undefined).length === 4) {
          const ref = (annotations as PDFArray).get(index);
          const appearance = kept.flatMap((key): [string, PDFObject][] => {
            const found = raw(annotation, key);
            return found === undefined ? [] : [[key, found]];
          });
          const description = shortText(stringOf(value(annotation, 'Contents')) ?? '') || undefined;
          links.push({ page, key: ref instanceof PDFRef ? ref.tag : '', appearance, target, description });
        }
      }
    }
  }
  const problems = [...dropped].map(
    ([code, on]): Problem => ({ code, severity: 'warning', actual: `${pageList(on)}ページ` }),
  );
  return { links, problems };
}

/** Where a link leads (ISO 19005-3, 6.5.1 allows these), or why it is dropped. */
function targetOf(annotation: PDFDict, destinations: Destinations): Link['target'] | 'annex-script' | 'annex-link' {
  const action = dictOf(value(annotation, 'A'));
  const type = nameOf(value(action, 'S'));
  if (type === 'URI') {
    const uri = stringOf(value(action, 'URI'));
    return uri && encodeURI(uri).length <= longest.string ? { uri } : 'annex-link';
  }
  if (type === 'Named') {
    const name = nameOf(value(action, 'N')) ?? '';
    return namedActions.includes(name) ? { action: `/${name}` } : 'annex-script';
  }
  if (type !== undefined && type !== 'GoTo') return type === 'GoToR' ? 'annex-link' : 'annex-script';
  return destinations.read(type === 'GoTo' ? value(action, 'D') : value(annotation, 'Dest')) ?? 'annex-link';
}
