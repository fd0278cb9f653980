import type { PdfObjects } from '../../src/assemble/objects.ts';
import { contentOf, parseObject, parseValue, textOf } from '../pdf/strict-file.ts';

/** A file as splitObjects gives it, of the bodies of its objects by number: 1 is its catalog, 2 its information. */
export function objectsOf(bodies: Record<number, string>): PdfObjects {
  const numbers = Object.keys(bodies).map(Number);
  return {
    objects: new Map(
      numbers.map((number) => {
        const body = Buffer.from(bodies[number] ?? '', 'latin1');
        return [number, { number, body, isStream: bodies[number]?.endsWith('endstream') === true }];
      }),
    ),
    next: Math.max(...numbers) + 1,
    root: 1,
    info: 2,
    id: '[(0123456789abcdef) (0123456789abcdef)]',
  };
}

/** Its objects as they are now, any white space as one blank. */
export const bodiesOf = (file: PdfObjects): Record<number, string> =>
  Object.fromEntries(
    [...file.objects.values()].map(({ number, body }) => [
      number,
      body.toString('latin1').replaceAll(/\s+/g, ' ').trim(),
    ]),
  );

/** Those that differ from `before`, or came. */
export function changed(file: PdfObjects, before: Record<number, string>): Record<number, string> {
  const known = bodiesOf(objectsOf(before));
  return Object.fromEntries(Object.entries(bodiesOf(file)).filter(([number, body]) => body !== known[Number(number)]));
}

export const stream = (entries: string, data: string): string =>
  `<< ${entries} /Length ${Buffer.byteLength(data, 'latin1')} >>\nstream\n${data}\nendstream`;

/** What stands in a text string, as it is written. */
export const utf16 = (text: string): string =>
  `<FEFF${[...text].map((sign) => (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')).join('')}>`;

/** A file with a classic table, as Typst writes it: the objects in this order, a free entry for each number without one. */
export function classicFile(objects: [number, body: string][], trailer: string): Buffer {
  let bytes = '%PDF-1.7\n%\x80\x80\x80\x80\n';
  const offsets = new Map<number, number>();
  for (const [number, body] of objects) {
    offsets.set(number, bytes.length);
    bytes += `${number} 0 obj${body}endobj\n\n`;
  }
  const size = Math.max(...offsets.keys()) + 1;
  const entries = Array.from({ length: size }, (_, number) => {
    const offset = offsets.get(number);
    return `${String(offset ?? 0).padStart(10, '0')} ${offset === undefined ? '65535 f' : '00000 n'}\r\n`;
  });
  const tail = `trailer\n${trailer}\nstartxref\n${bytes.length}\n%%EOF`;
  return Buffer.from(`${bytes}xref\n0 ${size}\n${entries.join('')}${tail}`, 'latin1');
}

/** What differs from `before`, an object a line: texts as they are read, streams with what they hold. */
export function described(file: PdfObjects, before: Record<number, string>): string {
  const known = bodiesOf(objectsOf(before));
  return [...file.objects.values()]
    .sort((a, b) => a.number - b.number)
    .filter(({ number }) => bodiesOf(file)[number] !== known[number])
    .map(({ number, body, isStream }) => {
      const object = parseObject(body, `object ${number}`);
      const head = body.toString('latin1', 0, isStream ? body.indexOf('\nstream\n') : body.length);
      const words = head
        .replaceAll(/<FEFF[0-9A-F]*>/g, (text) => `「${textOf(parseValue(text))}」`)
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/\/Length \d+/g, '/Length …');
      const content = isStream ? contentOf(object, 'a stream').toString('latin1') : '';
      const shown = content.length > 100 ? `${content.length} bytes` : JSON.stringify(content);
      return `${number}: ${words}${isStream ? ` ${shown}` : ''}\n`;
    })
    .join('');
}
