import { zlibSync } from 'fflate';
import { type IndirectObject, type PdfObjects, streamBody } from './objects.ts';

const objectsPerStream = 2000;

/**
 * Writes the objects as a PDF 1.7 file with object streams and a cross-reference stream (ISO 32000-1, 7.5.7, 7.5.8).
 * The bytes depend on the objects alone: fflate deflates alike on every machine, which zlib builds do not.
 */
export function packObjects(file: PdfObjects): Uint8Array {
  const { next: firstFree, root, info, id } = file;
  const sorted = reachable(file);
  const header = Buffer.from('%PDF-1.7\n%\x80\x80\x80\x80\n', 'latin1');
  const chunks: Buffer[] = [header];
  let position = header.length;
  const entries = new Map<number, [type: number, second: number, third: number]>();
  const write = (number: number, body: Buffer) => {
    entries.set(number, [1, position, 0]);
    for (const bytes of [Buffer.from(`${number} 0 obj\n`), body, Buffer.from('\nendobj\n')]) {
      chunks.push(bytes);
      position += bytes.length;
    }
  };

  for (const object of sorted) if (object.isStream) write(object.number, deflated(object.body));
  let next = firstFree;
  const packable = sorted.filter((object) => !object.isStream);
  for (let from = 0; from < packable.length; from += objectsPerStream) {
    const group = packable.slice(from, from + objectsPerStream);
    const number = next++;
    let offset = 0;
    const index: string[] = [];
    for (const [place, object] of group.entries()) {
      entries.set(object.number, [2, number, place]);
      index.push(`${object.number} ${offset}`);
      offset += object.body.length + 1;
    }
    const prefix = `${index.join(' ')}\n`;
    const newline = Buffer.from('\n');
    const content = Buffer.concat([Buffer.from(prefix), ...group.flatMap((object) => [object.body, newline])]);
    const data = zlibSync(content, { level: 9 });
    const dictionary = `<< /Type /ObjStm /N ${group.length} /First ${prefix.length} /Filter /FlateDecode /Length ${data.length} >>`;
    write(number, streamBody(dictionary, data));
  }

  const number = next++;
  const start = position;
  entries.set(number, [1, start, 0]);
  const table = Buffer.alloc(next * 7);
  for (let index = 0; index < next; index++) {
    const [type, second, third] = entries.get(index) ?? [0, 0, 65535];
    table.writeUInt8(type, index * 7);
    table.writeUInt32BE(second, index * 7 + 1);
    table.writeUInt16BE(third, index * 7 + 5);
  }
  const data = zlibSync(table);
  const dictionary =
    `<< /Type /XRef /Size ${next} /W [1 4 2] /Root ${root} 0 R /Info ${info} 0 R /ID ${id} ` +
    `/Filter /FlateDecode /Length ${data.length} >>`;
  write(number, streamBody(dictionary, data));
  chunks.push(Buffer.from(`startxref\n${start}\n%%EOF\n`));
  return Buffer.concat(chunks);
}

/** What the file's root and its information lead to; Typst's own outline and page labels are not among it, nor blank pages' tags. */
function reachable({ objects, root, info }: PdfObjects): IndirectObject[] {
  const found = new Map<number, IndirectObject>();
  const open = [root, info];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    const object = objects.get(number);
    if (!object || found.has(number)) continue;
    found.set(number, object);
    const { body, isStream } = object;
    const text = body.toString('latin1', 0, isStream ? body.indexOf('stream\n') : body.length);
    for (const [, reference] of text.matchAll(/(\d+) 0 R/g)) open.push(Number(reference));
  }
  return [...found.values()].sort((a, b) => a.number - b.number);
}

/** Typst leaves the fonts' ToUnicode maps as plain text; the metadata must stay readable (ISO 19005-3, 6.6.2.1). */
function deflated(stream: Buffer): Buffer {
  const end = stream.indexOf('\nstream\n');
  const dictionary = stream.toString('latin1', 0, end);
  if (!/\/Type \/CMap\b/.test(dictionary) || dictionary.includes('/Filter')) return stream;
  const data = zlibSync(stream.subarray(end + '\nstream\n'.length, -'\nendstream'.length), { level: 9 });
  return streamBody(dictionary.replace(/\/Length \d+/, `/Filter /FlateDecode /Length ${data.length}`), data);
}
