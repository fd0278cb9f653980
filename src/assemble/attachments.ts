import { zlibSync } from 'fflate';
import type { DocumentData } from '../render/data.ts';
import { add, addStream, type PdfObjects, textString } from './objects.ts';

/** A file inside the PDF (ISO 19005-3, 6.8): the data that the document shows (Data), or was made from (Source). */
export interface Attachment {
  /** As viewers show it. */
  name: string;
  /** ASCII, for readers that know no Unicode names; also the order. */
  plainName: string;
  /** text/csv, application/json */
  type: string;
  description: string;
  relationship: 'Data' | 'Source';
  text: string;
}

export interface PackedAttachment extends Omit<Attachment, 'text'> {
  deflated: Uint8Array;
  /** Bytes before deflating. */
  size: number;
}

/** Deflates a file; worth doing while the document is being laid out. */
export function packAttachment({ text, ...rest }: Attachment): PackedAttachment {
  const bytes = new TextEncoder().encode(text);
  return { ...rest, deflated: zlibSync(bytes, { level: 9 }), size: bytes.length };
}

/** Adds the files; returns the entry of the catalog's Names and its AF. */
export function writeAttachments(
  file: PdfObjects,
  attachments: readonly PackedAttachment[],
  { year, month, day }: DocumentData['book']['date'],
): { Names: string; AF: string } {
  const date = `D:${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}000000Z`;
  const sorted = [...attachments].sort((a, b) => (a.plainName < b.plainName ? -1 : 1));
  const specifications = sorted.map((attachment) => {
    const embedded = addStream(
      file,
      `/Type /EmbeddedFile /Subtype /${attachment.type.replace('/', '#2F')} /Filter /FlateDecode ` +
        `/Params << /Size ${attachment.size} /ModDate (${date}) >>`,
      attachment.deflated,
    );
    return add(
      file,
      `<< /Type /Filespec /F (${attachment.plainName}) /UF ${textString(attachment.name)} ` +
        `/Desc ${textString(attachment.description)} /AFRelationship /${attachment.relationship} ` +
        `/EF << /F ${embedded} 0 R /UF ${embedded} 0 R >> >>`,
    );
  });
  const named = sorted.map(({ plainName }, index) => `(${plainName}) ${specifications[index]} 0 R`);
  return {
    Names: `/EmbeddedFiles << /Names [${named.join(' ')}] >>`,
    AF: `[${specifications.map((number) => `${number} 0 R`).join(' ')}]`,
  };
}
