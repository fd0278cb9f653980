import { type Seal, seal } from '../../src/assemble/assemble.ts';
import { packAttachment } from '../../src/assemble/attachments.ts';
import { objectsOf, stream } from './objects.ts';

/** As Typst writes it, but for what nothing here asks for. */
export const xmp = Buffer.from(
  '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ' +
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ' +
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part><dc:title>T</dc:title>' +
    '<dc:creator>A</dc:creator><xmp:CreatorTool>C</xmp:CreatorTool><xmp:CreateDate>2030-12-01T00:00:00Z</xmp:CreateDate>' +
    '<xmp:ModifyDate>2030-12-01T00:00:00Z</xmp:ModifyDate></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
).toString('latin1');

/** Three pages with one paragraph each, as Typst writes them. */
export const threePages: Record<number, string> = {
  1:
    '<< /Type /Catalog /Pages 33 0 R /Metadata 44 0 R /PageLabels 5 0 R /Lang (ja-JP) /StructTreeRoot 66 0 R\n' +
    '/MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> /Outlines 7 0 R >>',
  2: '<< /Title (T) /Author (A) /Creator (C) /CreationDate (D:20301201000000Z) /ModDate (D:20301201000000Z) >>',
  33: '<< /Type /Pages /Count 3 /Kids [10 0 R 11 0 R\n12 0 R] >>',
  44: stream('/Type /Metadata /Subtype /XML', xmp),
  5: '<< /Nums [0 << /S /R >>] >>',
  66: '<< /Type /StructTreeRoot /K [9 0 R] /ParentTree << /Nums [0 13 0 R 1 14 0 R 2 15 0 R] >> /ParentTreeNextKey 3 >>',
  7: '<< /Type /Outlines >>',
  9: '<< /Type /StructElem /S /Document /P 66 0 R /K [16 0 R 17 0 R 18 0 R] >>',
  ...Object.fromEntries(
    [10, 11, 12].flatMap((page, index) => [
      [
        page,
        `<< /Type /Page /Parent 33 0 R /MediaBox [  -10.25  -0.5 \n595.2  ${800 + index}.25  ] /StructParents ${index} >>`,
      ],
      [page + 3, `[${page + 6} 0 R]`],
      [page + 6, `<< /Type /StructElem /S /P /P 9 0 R /K [0] /Pg ${page} 0 R >>`],
    ]),
  ),
};
export const anchors = ['a', 'b', 'c'].map((id, index) => ({ id, page: index + 1, x: 20, y: 100.004 + index }));
export const bookmark = (title: string, anchor: string, ...children: Seal['bookmarks']) => ({
  title,
  anchor,
  children,
});
export const usual: Seal = {
  bookmarks: [],
  anchors,
  labels: '<< /Nums [0 << /S /D >>] >>',
  attachments: [],
  date: { year: 2030, month: 12, day: 1 },
  provenance: { plan: 'p', title: 't', revised: 'r', parts: 'x', content: 'c', fonts: 'f', tool: 't' },
};
/** The bytes of a file of three pages, some of its parts given. */
export const sealed = (own: Partial<Seal> = {}, changes: Record<number, string> = {}): Buffer =>
  Buffer.from(seal(objectsOf({ ...threePages, ...changes }), { ...usual, ...own }));
export const attachment = (plainName: string) =>
  packAttachment({
    plainName,
    name: plainName,
    type: 'text/csv',
    description: 'd',
    relationship: 'Data',
    text: plainName,
  });
