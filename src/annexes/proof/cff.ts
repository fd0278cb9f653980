import { widthIn } from './charstring.ts';
import { standardString, standardStrings } from './encodings.ts';

/** What a CFF program tells of its glyphs. */
export interface Cff {
  glyphs: number;
  isCid: boolean;
  /** Advance of a glyph, 1/1000 of the size. */
  width(glyph: number): number;
  /** Glyph of a CID, where the program has CIDs. */
  ofCid(cid: number): number | undefined;
  ofName(name: string): number | undefined;
  /** Name of the glyph that the program itself has for a code. */
  builtIn(code: number): string | undefined;
}

type Dictionary = Map<number, number[]>;
/** Starts of the members of an INDEX, and its end as the last. */
type Index = number[];

interface Private {
  /** Whole numbers: what is behind the point, the reference validator leaves out. */
  usual: number;
  nominal: number;
  routines: Index;
  /** 1/1000 of the size in a unit. */
  scale: number;
}

/** Reads a CFF program (Adobe Technical Note 5176). Throws RangeError when it is cut off. */
export function readCff(bytes: Uint8Array): Cff {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { index: names, end: afterNames } = indexAt(data, data.readUInt8(2));
  const { index: tops, end: afterTops } = indexAt(data, afterNames);
  const { index: strings, end: afterStrings } = indexAt(data, afterTops);
  const { index: routines } = indexAt(data, afterStrings);
  if (names.length < 2 || tops.length < 2) throw new RangeError('no font');
  const top = dictionaryAt(data, tops[0] as number, tops[1] as number);
  const number = (key: number, otherwise: number) => top.get(key)?.at(-1) ?? otherwise;
  const { index: shapes } = indexAt(data, number(17, 0));
  const glyphs = shapes.length - 1;
  const isCid = top.has(0x0c1e);
  const matrix = top.get(0x0c07);
  const privates = isCid
    ? fontsOf(data, number(0x0c24, 0), matrix)
    : [privateOf(data, top, (matrix?.[0] ?? 0.001) * 1000)];
  const select = isCid ? selectorAt(data, number(0x0c25, 0), glyphs) : () => 0;
  const charset = charsetAt(data, number(15, 0), glyphs, isCid);
  const nameOf = (id: number) =>
    standardStrings[id] ??
    (id - 391 < strings.length - 1 ? data.toString('latin1', strings[id - 391], strings[id - 390]) : undefined);
  const byId = new Map<number | string, number>();
  for (let glyph = 0; glyph < glyphs; glyph += 1) {
    const place = charset(glyph);
    const name = isCid ? place : nameOf(place);
    if (name === undefined && place >= 0) throw new RangeError('no name');
    byId.set(name ?? place, glyph);
  }
  const encoding = isCid ? () => undefined : encodingAt(data, number(16, 0), (glyph) => nameOf(charset(glyph)));
  return {
    glyphs,
    isCid,
    ofCid: (cid) => byId.get(cid),
    ofName: (name) => byId.get(name),
    builtIn: encoding,
    width: (glyph) => {
      const own = privates[select(glyph)];
      if (!own || glyph >= glyphs) return 0;
      const found = widthIn(data, [shapes[glyph] as number, shapes[glyph + 1] as number], {
        global: routines,
        local: own.routines,
      });
      return (found === undefined ? own.usual : found + own.nominal) * own.scale;
    },
  };
}

function indexAt(data: Buffer, at: number): { index: Index; end: number } {
  const count = data.readUInt16BE(at);
  if (count === 0) return { index: [], end: at + 2 };
  const size = data.readUInt8(at + 2);
  const base = at + 2 + (count + 1) * size;
  const index = Array.from({ length: count + 1 }, (_, place) => base + data.readUIntBE(at + 3 + place * size, size));
  return { index, end: index.at(-1) as number };
}

function dictionaryAt(data: Buffer, from: number, to: number): Dictionary {
  const entries: Dictionary = new Map();
  let operands: number[] = [];
  for (let at = from; at < to; ) {
    const byte = data.readUInt8(at);
    at += 1;
    if (byte <= 21) {
      entries.set(byte === 12 ? 0x0c00 + data.readUInt8(at) : byte, operands);
      if (byte === 12) at += 1;
      operands = [];
    } else if (byte === 30) {
      let digits = '';
      for (let ended = false; !ended && at < to; at += 1)
        for (const nibble of [data.readUInt8(at) >> 4, data.readUInt8(at) & 15]) {
          ended ||= nibble === 15;
          if (!ended) digits += ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', 'E', 'E-', '', '-'][nibble];
        }
      if (digits === '') throw new RangeError('no number');
      operands.push(Number(digits));
    } else {
      const { number, end } = numberAt(data, at - 1, 29);
      operands.push(number);
      at = end;
    }
  }
  return entries;
}

/** A number of a dictionary (`long` 29: four bytes) or of a shape (255: 16.16). */
function numberAt(data: Buffer, at: number, long: 29 | 255): { number: number; end: number } {
  const byte = data.readUInt8(at);
  if (byte === 28) return { number: data.readInt16BE(at + 1), end: at + 3 };
  if (byte === long) return { number: data.readInt32BE(at + 1) / (long === 255 ? 65536 : 1), end: at + 5 };
  if (byte <= 246) return { number: byte - 139, end: at + 1 };
  const low = data.readUInt8(at + 1);
  return { number: byte <= 250 ? (byte - 247) * 256 + low + 108 : -(byte - 251) * 256 - low - 108, end: at + 2 };
}

function privateOf(data: Buffer, dictionary: Dictionary, scale: number): Private {
  const [size = 0, start = 0] = dictionary.get(18) ?? [];
  const entries = dictionaryAt(data, start, start + size);
  const routines = entries.get(19)?.at(-1);
  return {
    usual: Math.trunc(entries.get(20)?.at(-1) ?? 0),
    nominal: Math.trunc(entries.get(21)?.at(-1) ?? 0),
    routines: routines === undefined ? [] : indexAt(data, start + routines).index,
    scale,
  };
}

function fontsOf(data: Buffer, at: number, matrix: number[] | undefined): Private[] {
  const { index } = indexAt(data, at);
  return index.slice(0, -1).map((start, place) => {
    const dictionary = dictionaryAt(data, start, index[place + 1] as number);
    const own = dictionary.get(0x0c07);
    const scale = matrix && own ? (matrix[0] as number) * (own[0] as number) : ((own ?? matrix)?.[0] ?? 0.001);
    return privateOf(data, dictionary, scale * 1000);
  });
}

/** Which of its fonts each glyph belongs to (FDSelect). */
function selectorAt(data: Buffer, at: number, glyphs: number): (glyph: number) => number {
  if (data.readUInt8(at) === 0) return (glyph) => (glyph < glyphs ? data.readUInt8(at + 1 + glyph) : 0);
  const count = data.readUInt16BE(at + 1);
  return (glyph) => {
    let font = 0;
    for (let place = 0; place < count && data.readUInt16BE(at + 3 + 3 * place) <= glyph; place += 1)
      font = data.readUInt8(at + 5 + 3 * place);
    return font;
  };
}

/** CIDs of the glyphs, or the numbers of their names. */
function charsetAt(data: Buffer, at: number, glyphs: number, isCid: boolean): (glyph: number) => number {
  if (at <= 2) return (glyph) => (at === 0 || isCid ? glyph : -1 - glyph);
  const ids = [0];
  const format = data.readUInt8(at);
  for (let place = at + 1; ids.length < glyphs; ) {
    const first = data.readUInt16BE(place);
    const more = format === 0 ? 0 : format === 1 ? data.readUInt8(place + 2) : data.readUInt16BE(place + 2);
    for (let by = 0; by <= more && ids.length < glyphs; by += 1) ids.push(first + by);
    place += format === 0 ? 2 : format === 1 ? 3 : 4;
  }
  return (glyph) => ids[glyph] ?? 0;
}

function encodingAt(
  data: Buffer,
  at: number,
  nameOf: (glyph: number) => string | undefined,
): (code: number) => string | undefined {
  if (at <= 1) return (code) => (at === 0 ? standardStrings[standardString(code)] : undefined);
  const glyphs = new Map<number, number>();
  const format = data.readUInt8(at);
  const count = data.readUInt8(at + 1);
  let glyph = 1;
  for (let place = 0; place < count; place += 1)
    if ((format & 127) === 0) glyphs.set(data.readUInt8(at + 2 + place), glyph++);
    else
      for (let by = 0; by <= data.readUInt8(at + 3 + 2 * place); by += 1)
        glyphs.set(data.readUInt8(at + 2 + 2 * place) + by, glyph++);
  return (code) => (glyphs.has(code) ? nameOf(glyphs.get(code) as number) : '.notdef');
}
