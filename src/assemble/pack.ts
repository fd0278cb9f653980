import { zlibSync } from 'fflate';
import { type IndirectObject, type PdfObjects, streamBody } from './objects.ts';

const objectsPerStream = 2000;

/** Objects that were packed elsewhere: streams as they are written, and object streams with what they hold. */
export interface PackedObjects {
  streams: { number: number; body: Uint8Array }[];
  /** Deflated; the numbers of the objects inside in their order */
  objectStreams: { dictionary: string; data: Uint8Array; numbers: readonly number[] }[];
}

/**
 * Writes the objects as a PDF 1.7 file with object streams and a cross-reference stream (ISO 32000-1, 7.5.7, 7.5.8),
 * behind those of `packed`. The bytes depend on the objects alone: fflate deflates alike on every machine, which zlib
 * builds do not.
 */
export function packObjects(file: PdfObjects, packed: readonly PackedObjects[] = []): Uint8Array {
  const { next: firstFree, root, info, id } = file;
  const sorted = [...file.objects.values()].sort((a, b) => a.number - b.number);
  const header = Buffer.from('%PDF-1.7\n%\x80\x80\x80\x80\n', 'latin1');
  const chunks: Uint8Array[] = [header];
  let position = header.length;
  const entries = new Map<number, [type: number, second: number, third: number]>();
  const write = (number: number, body: Uint8Array) => {
    entries.set(number, [1, position, 0]);
    for (const bytes of [Buffer.from(`${number} 0 obj\n`), body, Buffer.from('\nendobj\n')]) {
      chunks.push(bytes);
      position += bytes.length;
    }
  };

  let next = firstFree;
  const writeObjects = ({ streams, objectStreams }: PackedObjects) => {
    for (const { number, body } of streams) write(number, body);
    for (const { dictionary, data, numbers } of objectStreams) {
      const number = next++;
      for (const [place, inner] of numbers.entries()) entries.set(inner, [2, number, place]);
      write(number, streamBody(dictionary, data));
    }
  };
  for (const objects of packed) writeObjects(objects);
  for (const { number, body, isStream } of sorted) if (isStream) write(number, body);
  const packable = sorted.filter(({ isStream }) => !isStream);
  writeObjects({ streams: [], objectStreams: objectStreams(packable) });

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

/** Objects that are no streams, in object streams. */
export function objectStreams(
  objects: readonly Pick<IndirectObject, 'number' | 'body'>[],
): PackedObjects['objectStreams'] {
  const result: PackedObjects['objectStreams'] = [];
  for (let from = 0; from < objects.length; from += objectsPerStream) {
    const group = objects.slice(from, from + objectsPerStream);
    let offset = 0;
    const index: string[] = [];
    for (const { number, body } of group) {
      index.push(`${number} ${offset}`);
      offset += body.length + 1;
    }
    const prefix = `${index.join(' ')}\n`;
    const newline = Buffer.from('\n');
    const content = Buffer.concat([Buffer.from(prefix), ...group.flatMap(({ body }) => [body, newline])]);
    const data = zlibSync(content, { level: 4 });
    const dictionary = `<< /Type /ObjStm /N ${group.length} /First ${prefix.length} /Filter /FlateDecode /Length ${data.length} >>`;
    result.push({ dictionary, data, numbers: group.map(({ number }) => number) });
  }
  return result;
}
