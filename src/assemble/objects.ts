/** One indirect object of a PDF file, as its bytes between "n 0 obj" and "endobj". */
export interface IndirectObject {
  number: number;
  body: Buffer;
  isStream: boolean;
}

export interface PdfObjects {
  objects: Map<number, IndirectObject>;
  /** The first free object number. */
  next: number;
  root: number;
  info: number;
  /** The trailer's /ID array as written. */
  id: string;
}

/**
 * Splits a PDF with one classic cross-reference table (what Typst writes, ISO 32000-1, 7.5.4) into its objects.
 * Throws when the file is not of that form: a defect of ours.
 */
export function splitObjects(pdf: Buffer): PdfObjects {
  const tail = pdf.toString('latin1', pdf.length - 1024);
  const start = Number(/startxref\s+(\d+)\s+%%EOF/.exec(tail)?.[1]);
  const table = pdf.toString('latin1', start);
  const header = /^xref\s+0 (\d+)\s+/.exec(table);
  if (!header) throw new Error('no classic cross-reference table where Typst is known to write one');
  const count = Number(header[1]);
  const offsets: { number: number; offset: number }[] = [];
  for (let number = 0; number < count; number++) {
    const entry = table.substr(header[0].length + number * 20, 18);
    if (entry[17] === 'n') offsets.push({ number, offset: Number(entry.slice(0, 10)) });
  }

  const objects = new Map<number, IndirectObject>();
  offsets.sort((a, b) => a.offset - b.offset);
  for (const [index, { number, offset }] of offsets.entries()) {
    const end = pdf.lastIndexOf('endobj', offsets[index + 1]?.offset ?? start);
    const begin = offset + `${number} 0 obj`.length;
    const body = trim(pdf.subarray(begin, end));
    objects.set(number, { number, body, isStream: body.subarray(-9).equals(endstream) });
  }
  return {
    objects,
    next: count,
    root: referred(table, 'Root'),
    info: referred(table, 'Info'),
    id: /\/ID (\[.*?\])/s.exec(table)?.[1] ?? '',
  };
}

const endstream = Buffer.from('endstream');
const isSpace = (byte: number | undefined) => byte === 0x0a || byte === 0x0d || byte === 0x20;

function trim(bytes: Buffer): Buffer {
  let [start, end] = [0, bytes.length];
  while (isSpace(bytes[start])) start++;
  while (isSpace(bytes[end - 1])) end--;
  return bytes.subarray(start, end);
}

/** The number of the object that a dictionary refers to. */
export function referred(dictionary: string, key: string): number {
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1];
  if (found === undefined) throw new Error(`no ${key} where Typst is known to write one`);
  return Number(found);
}

/** Gives an object its number, which is free (`file.next`) or its own already. */
export function put(file: PdfObjects, number: number, body: string): void {
  file.objects.set(number, { number, body: Buffer.from(body, 'latin1'), isStream: false });
}

/** Adds an object; returns its number. */
export function add(file: PdfObjects, body: string): number {
  const number = file.next++;
  put(file, number, body);
  return number;
}

/** A stream as it is written; `dictionary` names its length. */
export const streamBody = (dictionary: string, data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${dictionary}\nstream\n`, 'latin1'), data, Buffer.from('\nendstream')]);

/** Adds a stream; `entries` are those of its dictionary but for the length. Returns its number. */
export function addStream(file: PdfObjects, entries: string, data: Uint8Array): number {
  const number = file.next++;
  const body = streamBody(`<< ${entries} /Length ${data.length} >>`, data);
  file.objects.set(number, { number, body, isStream: true });
  return number;
}

/** The object as it is written. */
export function text(file: PdfObjects, number: number): string {
  return object(file, number).body.toString('latin1');
}

/** A stream's dictionary and data, as they are written. */
export function streamOf(file: PdfObjects, number: number): { dictionary: string; data: Buffer } {
  const { body } = object(file, number);
  const start = body.indexOf('\nstream\n');
  if (start < 0) throw new Error(`object ${number} is no stream`);
  const data = body.subarray(start + '\nstream\n'.length, body.length - '\nendstream'.length);
  return { dictionary: body.toString('latin1', 0, start), data };
}

function object(file: PdfObjects, number: number): IndirectObject {
  const found = file.objects.get(number);
  if (!found) throw new Error(`the PDF has no object ${number}`);
  return found;
}

/** A PDF text string in UTF-16BE (ISO 32000-1, 7.9.2.2). */
export function textString(value: string): string {
  return `<FEFF${Buffer.from(value, 'utf16le').swap16().toString('hex').toUpperCase()}>`;
}
