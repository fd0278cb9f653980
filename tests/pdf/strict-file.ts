import { inflateSync } from 'node:zlib';

/**
 * A reader of the PDF files that we write, which forgives nothing (ISO 32000-1, 7.2, 7.3, 7.5): whatever other readers
 * mend is an error here. Names are strings with their slash, strings are their bytes.
 */
export type Value = null | boolean | number | string | Buffer | Reference | Value[] | Dictionary;
export type Dictionary = Map<string, Value>;
export class Reference {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}
export interface StrictObject {
  value: Value;
  /** Of a stream, as it stands in the file. */
  data?: Buffer;
}
export interface StrictFile {
  objects: Map<number, StrictObject>;
  /** Of the cross-reference stream. */
  trailer: Dictionary;
}

export class NotStrict extends Error {}
export function fail(what: string): never {
  throw new NotStrict(what);
}
export const isDictionary = (value: Value | undefined): value is Dictionary => value instanceof Map;
/** The dictionary of a value that must be one. */
export const dictionary = (value: Value | undefined, what: string): Dictionary =>
  isDictionary(value) ? value : fail(`${what} is no dictionary`);
export const integer = (value: Value | undefined, what: string): number =>
  typeof value === 'number' && Number.isInteger(value) ? value : fail(`${what} is no whole number`);

const blank = /[\0\t\n\f\r ]*/y;
const token =
  /(\d+) 0 R(?![^\0\t\n\f\r ()<>[\]{}/%])|(<<|>>|\[|\]|\()|(\/[^\0\t\n\f\r ()<>[\]{}/%]*)|<((?:[0-9A-Fa-f]{2})*)>|([+-]?(?:\d+\.?\d*|\.\d+)|true|false|null)(?![^\0\t\n\f\r ()<>[\]{}/%])/y;
const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '(': '(', ')': ')', '\\': '\\' };

/** The value that stands at `from` of a text with one character a byte, and where it ends. */
export function valueAt(text: string, from: number): { value: Value; end: number } {
  let at = from;
  const wrong = (what: string): never => fail(`${what}: ${JSON.stringify(text.slice(at, at + 40))}`);
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const skip = () => {
    at += match(blank)?.[0].length ?? 0;
  };
  const opens = (bracket: string): boolean => {
    skip();
    if (!text.startsWith(bracket, at)) return false;
    at += bracket.length;
    return true;
  };
  const read = (): Value => {
    skip();
    const [all, reference, bracket, name, hex, word] = match(token) ?? wrong('no value');
    at += all.length;
    if (reference !== undefined) return new Reference(Number(reference));
    if (name !== undefined) return nameOf(name);
    if (hex !== undefined) return Buffer.from(hex, 'hex');
    if (word !== undefined) return word === 'null' ? null : /^[tf]/.test(word) ? word === 'true' : Number(word);
    if (bracket === '(') return literal();
    if (bracket === '[') {
      const items: Value[] = [];
      while (!opens(']')) items.push(read());
      return items;
    }
    if (bracket !== '<<') wrong('a bracket that nothing opened');
    const entries: Dictionary = new Map();
    while (!opens('>>')) {
      const key = read();
      if (typeof key !== 'string') wrong('a key that is no name');
      else if (entries.has(key.slice(1))) wrong(`${key} twice`);
      else entries.set(key.slice(1), read());
    }
    return entries;
  };
  const nameOf = (written: string): string => {
    if (written === '/' || /#(?![0-9A-F]{2})|[^!-~]/.test(written)) wrong(`the name ${written}`);
    return written.replaceAll(/#(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  };
  const literal = (): Buffer => {
    let result = '';
    for (let depth = 1; ; at += 1) {
      const sign = text[at] ?? wrong('a string without end');
      if (sign === '\\') {
        at += 1;
        result += escapes[text[at] ?? ''] ?? wrong('an escape');
        continue;
      }
      if (sign === '(') depth += 1;
      if (sign === ')') depth -= 1;
      if (depth === 0) break;
      result += sign;
    }
    at += 1;
    return Buffer.from(result, 'latin1');
  };
  const value = read();
  return { value, end: at };
}

/** A value that a text holds, and nothing else. */
export function parseValue(text: string): Value {
  const { value, end } = valueAt(text, 0);
  if (text.slice(end).trim() !== '') fail(`more than one value: ${JSON.stringify(text.slice(end, end + 40))}`);
  return value;
}

/** What a text string says (ISO 32000-1, 7.9.2.2). */
export function textOf(value: Value | undefined, what = 'a text'): string {
  if (!Buffer.isBuffer(value)) return fail(`${what} is no string`);
  if (value.subarray(0, 2).toString('latin1') !== '\xfe\xff') {
    const text = value.toString('latin1');
    return /^[ -~]*$/.test(text) ? text : fail(`${what} is neither ASCII nor UTF-16`);
  }
  if (value.length % 2 !== 0) fail(`${what} has half a character`);
  const text = Buffer.from(value.subarray(2)).swap16().toString('utf16le');
  return !/\p{Cs}/u.test(text) ? text : fail(`${what} has half a surrogate pair`);
}

/** An object's own text: a value, and the bytes of a stream behind it. */
export function parseObject(bytes: Buffer, what: string): StrictObject {
  const text = bytes.toString('latin1');
  const { value, end } = valueAt(text, 0);
  if (end === text.length) return { value };
  if (!text.startsWith('\nstream\n', end) || !isDictionary(value)) fail(`${what}: something behind the value`);
  const start = end + '\nstream\n'.length;
  const stop = start + integer(value.get('Length'), `the length of ${what}`);
  if (text.slice(stop) !== '\nendstream') fail(`the length of ${what} is wrong`);
  return { value, data: bytes.subarray(start, stop) };
}

/** The bytes of a stream: as they are, or inflated, to the last one. */
export function contentOf({ value, data }: StrictObject, what: string): Buffer {
  const entries = dictionary(value, what);
  if (!data) return fail(`${what} is no stream`);
  if (!entries.has('Filter')) return data;
  if (entries.get('Filter') !== '/FlateDecode' || entries.has('DecodeParms')) fail(`${what} has another filter`);
  const { buffer, engine } = inflateSync(data, { info: true }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  return engine.bytesWritten === data.length ? buffer : fail(`${what} has bytes behind what is deflated`);
}

export function readStrictly(bytes: Buffer): StrictFile {
  const whole = bytes.toString('latin1');
  const header = /^%PDF-1\.7\n%[\x80-\xff]{4}\n/.exec(whole)?.[0] ?? fail('the header');
  const [tail, told] = /\nstartxref\n(\d+)\n%%EOF\n$/.exec(whole.slice(-64)) ?? fail('the end of the file');
  const last = whole.length - tail.length + 1;
  const objects = new Map<number, StrictObject>();

  const headOf = (number: number) => `${number} 0 obj\n`;
  const bodyAt = (number: number, from: number, to: number): StrictObject => {
    if (!whole.startsWith(headOf(number), from)) fail(`object ${number} is not at ${from}`);
    if (!whole.startsWith('\nendobj\n', to - 8)) fail(`object ${number} does not end at ${to}`);
    return parseObject(bytes.subarray(from + headOf(number).length, to - 8), `object ${number}`);
  };
  const start = Number(told);
  const number = Number(/^(\d+) 0 obj\n/.exec(whole.slice(start, start + 20))?.[1] ?? fail('startxref'));
  const table = bodyAt(number, start, last);
  const trailer = dictionary(table.value, 'the cross-reference stream');
  const size = integer(trailer.get('Size'), 'Size');
  if (trailer.get('Type') !== '/XRef' || String(trailer.get('W')) !== '1,4,2') fail('the cross-reference stream');
  for (const key of ['Index', 'Prev', 'Encrypt']) if (trailer.has(key)) fail(`${key} in the trailer`);
  const entries = contentOf(table, 'the cross-reference stream');
  if (entries.length !== size * 7) fail('Size is not the number of entries');
  if (number !== size - 1) fail('Size is not the last number and one');

  const places: { number: number; offset: number }[] = [];
  const packed: { number: number; stream: number; index: number }[] = [];
  for (let at = 0; at < size; at += 1) {
    const [type, second, third] = [0, 1, 5].map((from, place) =>
      entries.readUIntBE(at * 7 + from, [1, 4, 2][place] ?? 0),
    ) as [number, number, number];
    if (at === 0 && type !== 0) fail('object 0 is not free');
    if (type === 0 && (second !== 0 || third !== 65535)) fail(`the free entry ${at}`);
    if (type === 1 && third !== 0) fail(`the generation of object ${at}`);
    if (type === 1) places.push({ number: at, offset: second });
    if (type === 2) packed.push({ number: at, stream: second, index: third });
    if (type > 2) fail(`the type of entry ${at}`);
  }
  places.sort((a, b) => a.offset - b.offset);
  if (places[0]?.offset !== header.length) fail('bytes between the header and the first object');
  for (const [index, { number: own, offset }] of places.entries())
    objects.set(own, bodyAt(own, offset, places[index + 1]?.offset ?? last));

  for (const [own, stream] of [...objects]) {
    if (!isDictionary(stream.value) || stream.value.get('Type') !== '/ObjStm') continue;
    const inner = packed.filter((one) => one.stream === own).sort((a, b) => a.index - b.index);
    readPacked(stream, inner, objects, `object stream ${own}`);
  }
  for (const { number: own } of packed) if (!objects.has(own)) fail(`object ${own} is in no object stream`);
  return { objects, trailer };
}

function readPacked(
  stream: StrictObject,
  inner: { number: number; index: number }[],
  objects: StrictFile['objects'],
  what: string,
): void {
  const text = contentOf(stream, what).toString('latin1');
  const entries = dictionary(stream.value, what);
  const first = integer(entries.get('First'), 'First');
  const index = /^(?:\d+ \d+(?: (?=\d)|\n))+$/.exec(text.slice(0, first)) ?? fail(`the index of ${what}`);
  const pairs = [...index[0].matchAll(/(\d+) (\d+)/g)].map(([, number, offset]) => [Number(number), Number(offset)]);
  if (pairs.length !== entries.get('N') || pairs.length !== inner.length) fail(`${what} has another number of objects`);
  if (pairs[0]?.[1] !== 0) fail(`bytes in front of the first object of ${what}`);
  for (const [place, [number = 0, offset = 0]] of pairs.entries()) {
    if (inner[place]?.number !== number || inner[place]?.index !== place) fail(`place ${place} of ${what}`);
    const next = pairs[place + 1]?.[1];
    objects.set(number, {
      value: parseValue(text.slice(first + offset, next === undefined ? undefined : first + next)),
    });
  }
}
