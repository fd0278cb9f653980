import { PDFContext, PDFDict, type PDFObject, type PDFRef } from '@cantoo/pdf-lib';
import type { Annex, AnnexPage } from '../../src/annexes/annex.ts';
import type { Element, Kid } from '../../src/annexes/tags/structure.ts';
import { stream } from './objects.ts';

/**
 * A document as Typst writes it: a cover (20), blank pages for an annex of two pages (21, 22) and one of one page (23),
 * whose sign stands in a Div, and a page of its own (24) with a link to each of them.
 */
export const host: Record<number, string> = {
  1: '<< /Type /Catalog /Pages 30 0 R /StructTreeRoot 60 0 R >>',
  2: '<< >>',
  20: '<< /Type /Page /Resources << >> /MediaBox [0 0 595 842] /StructParents 0 /Parent 30 0 R /Contents 80 0 R >>',
  21: '<< /Type /Page /Resources << >> /MediaBox [0 0 300 400] /StructParents 1 /Parent 30 0 R /Contents 81 0 R >>',
  22: '<< /Type /Page /Resources << >> /MediaBox [0 0 300 400] /Parent 30 0 R /Contents 82 0 R >>',
  23: '<< /Type /Page /Resources << >> /MediaBox [0 0 300 400] /StructParents 10 /Parent 30 0 R /Contents 83 0 R >>',
  24: '<< /Type /Page /Resources << >> /MediaBox [0 0 595 842] /StructParents 2 /Parent 30 0 R /Annots [55 0 R] >>',
  30: '<< /Type /Pages /Count 5 /Kids [20 0 R 21 0 R 22 0 R 23 0 R 24 0 R] >>',
  50: '[21 0 R /XYZ 0 400 0]',
  51: '[23 0 R /XYZ 12.5 400 0]',
  52: '[24 0 R /XYZ 1 2 0]',
  53: `[21 0 R /XYZ ${'0 '.repeat(100)}]`,
  54: '[22 0 R /XYZ 0 400 0]',
  55: '<< /Type /Annot /Subtype /Link /Dest 50 0 R /StructParent 3 >>',
  56: '<< /D [23 0 R /XYZ 12.5 400 0] >>',
  60:
    '<<\n  /Type /StructTreeRoot\n  /RoleMap <<\n    /Title /P\n    /Strong /Span\n  >>\n  /K [90 0 R]\n' +
    '  /ParentTree <<\n    /Nums [0 61 0 R 1 62 0 R 2 64 0 R 3 96 0 R 10 63 0 R]\n  >>\n' +
    '  /IDTree <<\n    /Names [(U1x0y0) 95 0 R]\n  >>\n  /ParentTreeNextKey 11\n>>',
  61: '[91 0 R]',
  62: '[92 0 R]',
  63: '[null 93 0 R]',
  64: '[95 0 R]',
  69: stream('/X 1', '<< /N 3 /Range'),
  70: stream('/A 1 /N 3 /B 2 /Range [0 1 0 1 0 1]', 'sRGB'),
  71: stream('/N 1 /Range [0 1]', 'grey'),
  90: '<< /Type /StructElem /S /Document /P 60 0 R /K [91 0 R 92 0 R 192 0 R 94 0 R 95 0 R 96 0 R] >>',
  91: '<< /Type /StructElem /S /H1 /P 90 0 R /K [0] /Pg 20 0 R >>',
  92: '<< /Type /StructElem /S /P /P 90 0 R /K [0] /Pg 21 0 R >>',
  93: '<< /Type /StructElem /S /P /P 94 0 R /K [1] /Pg 23 0 R >>',
  94: '<< /Type /StructElem /S /Div /P 90 0 R /K [93 0 R] >>',
  95: '<< /Type /StructElem /S /TH /ID (U1x0y0) /P 90 0 R /K [0] /Pg 24 0 R >>',
  96: '<< /Type /StructElem /S /Link /P 90 0 R /K [<< /Type /OBJR /Pg 24 0 R /Obj 55 0 R >>] /Pg 24 0 R >>',
  192: '<< /Type /StructElem /S /P /P 90 0 R /K [] >>',
};

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
