import { inflateSync } from 'node:zlib';
import { type Provenance, provenanceNamespace, readProvenance } from './provenance.ts';

/** What a PDF of ours tells of itself; any bytes may be given. */
export type ReadBack =
  | { provenance: Provenance /** The edition as JSON, if the PDF carries it and it can be read. */; json?: unknown }
  | { problem: 'no-pdf' | 'cut' | 'encrypted' | 'broken' | 'foreign' };

const largestJson = 64 * 1024 * 1024; // bytes when inflated

/**
 * Finds the XMP packet, which is never compressed, and the attached JSON as packObjects writes them, without following
 * the file's tables: a damaged file is read as far as it goes, and nothing in it can make reading long.
 */
export function readBack(pdf: Buffer): ReadBack {
  if (pdf.subarray(0, 1024).indexOf('%PDF-') < 0) return { problem: 'no-pdf' };
  const place = pdf.indexOf(provenanceNamespace);
  if (place < 0) {
    if (!pdf.subarray(-1024).includes('%%EOF')) return { problem: 'cut' };
    return { problem: pdf.includes('/Encrypt ') ? 'encrypted' : 'foreign' };
  }
  const begin = pdf.lastIndexOf('<?xpacket begin', place);
  const end = pdf.indexOf('<?xpacket end', place);
  if (begin < 0) return { problem: 'broken' };
  const provenance = readProvenance(pdf.toString('utf8', begin, Math.min(end, begin + 1024 * 1024)));
  return provenance ? { provenance, ...attachedJson(pdf) } : { problem: 'broken' };
}

function attachedJson(pdf: Buffer): { json?: unknown } {
  const start = pdf.indexOf('/Type /EmbeddedFile /Subtype /application#2Fjson');
  if (start < 0) return {};
  const dictionary = pdf.toString('latin1', start, start + 512);
  const found = /.*?\/Length (\d+) >>\nstream\n/s.exec(dictionary);
  if (!found) return {};
  const [head, length] = found;
  const data = start + head.length;
  try {
    const bytes = inflateSync(pdf.subarray(data, data + Number(length)), { maxOutputLength: largestJson });
    return { json: JSON.parse(bytes.toString('utf8')) };
  } catch {}
  return {};
}
