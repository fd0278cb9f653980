import { DamagedAnnex } from '../problem.ts';
import { decoded, mendFilters } from './filters.ts';
import { numberOf } from './lookup.ts';
import { largestNumber, type ObjectParser } from './object-parser.ts';
import { PDFDict, PDFName, type PDFObject, PDFRawStream, PDFRef } from './pdf.ts';
import { isDigit, isWhite } from './signs.ts';

/** Where an object stands: its first byte, or the object stream that holds it. */
export type Place = { offset: number } | { container: number };

/** Where the objects of a file stand, by their numbers, and what its trailers say (ISO 32000-1, 7.5). */
export interface CrossReferences {
  places: Map<number, Place | undefined>;
  /** The newest first. */
  trailers: PDFDict[];
}

const numberIn = (dict: PDFDict, key: string): number | undefined => {
  const found = dict.get(PDFName.of(key));
  return numberOf(found);
};
const isType = (object: PDFObject, type: string): object is PDFRawStream =>
  object instanceof PDFRawStream && object.dict.get(PDFName.of('Type')) === PDFName.of(type);

/** Follows the tables and the streams from the last one to the first; undefined where one is not in its place, or in a circle. */
export function readCrossReferences(parser: ObjectParser): CrossReferences | undefined {
  const { bytes } = parser;
  const found: CrossReferences = { places: new Map(), trailers: [] };
  parser.position = bytes.lastIndexOf('startxref') + 'startxref'.length;
  const queue = [parser.integer()];
  const seen = new Set<number>();
  for (let start = queue.shift(); start !== undefined; start = queue.shift()) {
    if (seen.has(start)) return undefined;
    seen.add(start);
    parser.position = start;
    const trailer = parser.word() === 'xref' ? readTable(parser, found) : readStream(parser, start, found);
    if (!trailer) return undefined;
    found.trailers.push(trailer);
    // What a hybrid file hides from old readers goes before what its table replaces (7.5.8.4).
    queue.unshift(...['XRefStm', 'Prev'].flatMap((key) => numberIn(trailer, key) ?? []));
  }
  return found.trailers.length > 0 ? found : undefined;
}

/** The data of a stream that says where objects are. */
export function dataOf(stream: PDFRawStream): Buffer {
  mendFilters(stream);
  return Buffer.from(decoded(stream));
}

const note = ({ places }: CrossReferences, number: number, place: Place | undefined): void => {
  if (!places.has(number)) places.set(number, place);
};

function readTable(parser: ObjectParser, found: CrossReferences): PDFDict | undefined {
  for (let first = parser.integer(); first !== undefined; first = parser.integer()) {
    const count = parser.integer() ?? 0;
    for (let index = 0; index < count; index += 1) {
      const start = parser.position;
      const offset = parser.integer();
      const generation = parser.integer();
      const kind = parser.word();
      if (offset === undefined || generation === undefined || !/^[nf]$/.test(kind)) {
        // Fewer entries than it says.
        parser.position = start;
        break;
      }
      // Some producers count from 1 where they mean 0.
      if (index === 0 && first === 1 && kind === 'f' && generation === 65535) first = 0;
      note(found, first + index, kind === 'n' ? { offset } : undefined);
    }
  }
  if (parser.word() !== 'trailer' || [...found.places.keys()].some((number) => number > largestNumber))
    return undefined;
  const trailer = parser.objectAt(parser.position);
  return trailer instanceof PDFDict ? trailer : undefined;
}

function readStream(parser: ObjectParser, start: number, found: CrossReferences): PDFDict | undefined {
  const stream = parser.indirectAt(start, () => undefined)?.[1];
  if (!stream || !isType(stream, 'XRef')) return undefined;
  const numbers = (key: string) => {
    const array = stream.dict.get(PDFName.of(key)) as { asArray?: () => PDFObject[] } | undefined;
    return (array?.asArray?.() ?? []).map((item) => numberOf(item) ?? 0);
  };
  const [type = 0, second = 0, third = 0] = numbers('W');
  const width = type + second + third;
  if (!(width >= 1 && width <= 24) || [type, second, third].some((size) => size < 0)) return undefined;
  const data = dataOf(stream);
  const field = (from: number, size: number) => {
    let value = 0;
    for (let at = from; at < from + size; at += 1) value = value * 256 + (data[at] as number);
    return value;
  };
  const index = numbers('Index');
  if (index.length === 0) index.push(0, Math.floor(data.length / width));
  let at = 0;
  for (let pair = 0; pair + 1 < index.length; pair += 2)
    for (let count = 0; count < (index[pair + 1] as number) && at + width <= data.length; count += 1, at += width) {
      const kind = type === 0 ? 1 : field(at, type);
      const value = field(at + type, second);
      const place = kind === 1 ? { offset: value } : kind === 2 ? { container: value } : undefined;
      note(found, (index[pair] as number) + count, place);
    }
  return stream.dict;
}

/** Finds the objects by reading the file from its begin to its end, as viewers do where the tables are wrong: the last counts. */
export function findObjects(parser: ObjectParser): CrossReferences {
  const { bytes } = parser;
  const found: CrossReferences = { places: new Map(), trailers: [] };
  const catalogs: PDFDict[] = [];
  const lengthOf = (ref: PDFRef) => {
    const place = found.places.get(ref.objectNumber);
    return place && 'offset' in place ? lengthAt(parser, place.offset) : undefined;
  };
  let end = 0;
  const readTrailers = (to: number) => {
    const between = bytes.subarray(end, to);
    for (let at = between.indexOf('trailer'); at >= 0; at = between.indexOf('trailer', at + 1)) {
      const trailer = unlessBroken(() => parser.objectAt(end + at + 'trailer'.length));
      if (trailer instanceof PDFDict) found.trailers.unshift(trailer);
    }
  };
  for (let at = bytes.indexOf('obj'); at >= 0; at = bytes.indexOf('obj', Math.max(end, at + 1))) {
    const start = headerBefore(bytes, at);
    if (start === undefined) continue;
    readTrailers(start);
    parser.position = start;
    const number = parser.integer() as number;
    found.places.set(number, { offset: start });
    const object = unlessBroken(() => parser.indirectAt(start, lengthOf))?.[1];
    end = object ? parser.position : at;
    if (!object) continue;
    if (isType(object, 'XRef')) found.trailers.unshift(object.dict);
    if (isType(object, 'ObjStm'))
      for (const held of unlessBroken(() => membersOf(object))?.keys() ?? [])
        found.places.set(held, { container: number });
    if (object instanceof PDFDict && object.get(PDFName.of('Type')) === PDFName.of('Catalog'))
      catalogs.unshift(object.context.obj({ Root: PDFRef.of(number) }));
  }
  readTrailers(bytes.length);
  found.trailers.push(...catalogs);
  return found;
}

/** A Length that is an object of its own. */
export function lengthAt(parser: ObjectParser, offset: number): number | undefined {
  const length = unlessBroken(() => parser.indirectAt(offset, () => undefined))?.[1];
  return numberOf(length);
}

/** Where the two numbers before "obj" begin. */
function headerBefore(bytes: Buffer, at: number): number | undefined {
  let position = at;
  for (let part = 0; part < 2; part += 1) {
    const behind = position;
    while (isWhite(bytes[position - 1])) position -= 1;
    if (position === behind && part === 1) return undefined;
    const digits = position;
    while (isDigit(bytes[position - 1]) && digits - position < 10) position -= 1;
    if (position === digits) return undefined;
  }
  return position;
}

/** The objects of an object stream (7.5.7): where each begins in its data. */
export function membersOf(stream: PDFRawStream, data = dataOf(stream)): Map<number, number> {
  const members = new Map<number, number>();
  const first = numberIn(stream.dict, 'First') ?? 0;
  const numbers = data.toString('latin1', 0, first).match(/\d+/g) ?? [];
  for (let at = 0; at + 1 < numbers.length; at += 2) members.set(Number(numbers[at]), first + Number(numbers[at + 1]));
  return members;
}

/** What is read; undefined where DamagedAnnex is thrown. */
export function unlessBroken<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DamagedAnnex) return undefined;
    throw error;
  }
}
