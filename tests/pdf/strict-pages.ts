import { packObjects } from '../../src/assemble/pack.ts';
import { objectsOf, stream, utf16 } from '../assemble/objects.ts';

export const xmp = Buffer.from(
  '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ' +
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">' +
    '<dc:title>T</dc:title><dc:creator>A</dc:creator><xmp:CreatorTool>C</xmp:CreatorTool>' +
    '<xmp:CreateDate>2030-12-01T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>2030-12-01T00:00:00Z</xmp:ModifyDate>' +
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
).toString('latin1');
export const metadata = (packet: string): string => stream('/Type /Metadata /Subtype /XML', packet);

export const catalog = (entries = ''): string =>
  '<< /Type /Catalog /Pages 33 0 R /Metadata 44 0 R /PageLabels 5 0 R /Lang (ja-JP) /StructTreeRoot 66 0 R ' +
  '/MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> /Outlines 7 0 R ' +
  `${entries} >>`;

/** A bookmark, the only one. */
export const bookmark = (title: string, destination = '[10 0 R /Fit]'): Record<number, string> => ({
  7: '<< /Type /Outlines /First 8 0 R /Last 8 0 R /Count 1 >>',
  8: `<< /Title ${utf16(title)} /Parent 7 0 R /Dest ${destination} >>`,
});

/** An attached file of one letter, the only one. */
export const attachment = ({ size = 1, associated = '[50 0 R]' } = {}): Record<number, string> => ({
  1: catalog(`/Names << /EmbeddedFiles << /Names [(a) 50 0 R] >> >> /AF ${associated}`),
  50: '<< /Type /Filespec /F (a) /UF (a) /Desc (d) /AFRelationship /Data /EF << /F 51 0 R /UF 51 0 R >> >>',
  51: stream(`/Type /EmbeddedFile /Subtype /text#2Fcsv /Params << /Size ${size} /ModDate (D:20301201000000Z) >>`, 'a'),
});

/** The objects of a file of three pages with one paragraph each, which nothing is wrong with. */
export const threePages: Record<number, string> = {
  1: catalog(),
  2: '<< /Title (T) /Author (A) /Creator (C) /CreationDate (D:20301201000000Z) /ModDate (D:20301201000000Z) >>',
  33: '<< /Type /Pages /Count 3 /Kids [10 0 R 11 0 R 12 0 R] >>',
  44: metadata(xmp),
  5: '<< /Nums [0 << /S /D >>] >>',
  66: '<< /Type /StructTreeRoot /K [9 0 R] /ParentTree << /Nums [0 13 0 R 1 14 0 R 2 15 0 R] >> /ParentTreeNextKey 3 >>',
  7: '<< /Type /Outlines >>',
  9: '<< /Type /StructElem /S /Document /P 66 0 R /K [16 0 R 17 0 R 18 0 R] >>',
  ...Object.fromEntries(
    [10, 11, 12].flatMap((page, index) => [
      [page, `<< /Type /Page /Parent 33 0 R /MediaBox [0 0 595 842] /StructParents ${index} >>`],
      [page + 3, `[${page + 6} 0 R]`],
      [page + 6, `<< /Type /StructElem /S /P /P 9 0 R /K [0] /Pg ${page} 0 R >>`],
    ]),
  ),
};

/** The file, some of its objects written otherwise. */
export const packed = (changes: Record<number, string> = {}): Buffer =>
  Buffer.from(packObjects(objectsOf({ ...threePages, ...changes })));
