import { PDFContext, PDFDict, type PDFObject, type PDFRef } from '@cantoo/pdf-lib';
import type { Annex, AnnexPage } from '../../src/annexes/annex.ts';
import type { Element, Kid } from '../../src/annexes/tags/structure.ts';
import type { JoinedStructure } from '../../src/assemble/structure-tree.ts';

/** The structure of a document: a paragraph, an annex of two pages and one of one page, a table's heading. */
export const joinedStructure = (): JoinedStructure => ({
  pages: 30,
  root: 60,
  document: 90,
  kids: [91, 'a.pdf', 'b.pdf', 95],
  ids: new Map([['U1x0y0', 95]]),
  parents: new Map([
    [0, '61 0 R'],
    [1, '64 0 R'],
    [2, '96 0 R'],
  ]),
  roles: new Map([
    ['Title', 'P'],
    ['Strong', 'Span'],
  ]),
  classes: new Map(),
});

/** An annex of nothing but what a test gives it. */
export const annexOf = (own: Partial<Annex>): Annex => ({
  context: PDFContext.create(),
  pages: [],
  forms: new Map(),
  alternative: undefined,
  language: undefined,
  links: [],
  bookmarks: [],
  named: new Map(),
  labels: [],
  layers: { groups: [], off: new Set(), locked: new Set() },
  commonProfile: undefined,
  spots: new Map(),
  fonts: new Map(),
  ...own,
});

export const pageOf = (own: Partial<AnnexPage> = {}): AnnexPage => ({
  width: 300,
  height: 400,
  media: [0, 0, 300, 400],
  crop: [0, 0, 300, 400],
  rotation: 0,
  unit: 1,
  resources: undefined,
  content: { changed: Buffer.from('0 0 1 1 re f') },
  group: undefined,
  ...own,
});

export const content = (page: number, mcid: number, stream?: PDFRef): Kid => ({
  kind: 'content',
  page,
  mcid,
  ...(stream ? { stream } : {}),
});
export const annotation = (name: string, page = 0): Kid => ({ kind: 'annotation', annotation: name, page });
export const kid = (element: Element): Kid => ({ kind: 'element', element });

/** An element of an annex: "Custom = P" has a role of its own. */
export function elementOf(
  context: PDFContext,
  role: string,
  entries: Record<string, unknown> = {},
  ...kids: Kid[]
): Element {
  const [own = '', standard = own] = role.split(' = ');
  const { ID: id, ...rest } = entries;
  const dict = context.obj(rest as never) as PDFObject;
  if (!(dict instanceof PDFDict)) throw new Error('no dictionary');
  return { role: own, standard, dict, id: id as string | undefined, kids };
}
