import { macGlyph } from './encodings.ts';

/** A character map of a TrueType program (its cmap table). */
export interface CharacterMap {
  platform: number;
  encoding: number;
  /** The glyph of a code; 0 where there is none. */
  glyph(code: number): number;
  /** A code that it has: of symbols it tells in which row of 256 they stand. */
  sample: number;
}

/** What a TrueType program tells of its glyphs. */
export interface TrueType {
  glyphs: number;
  /** 1/1000 of the size */
  width(glyph: number): number;
  maps: CharacterMap[];
  /** Glyphs by name (post table); built when first asked for. */
  named(name: string): number | undefined;
}

/** Reads a TrueType program, or the outlines of an OpenType one; undefined where it has no widths. Throws RangeError when it is cut off. */
export function readTrueType(bytes: Uint8Array): TrueType | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = tablesOf(data);
  const [horizontal, metrics, head] = [tables.get('hhea'), tables.get('hmtx'), tables.get('head')];
  if (horizontal === undefined || metrics === undefined) return undefined;
  const count = data.readUInt16BE(horizontal + 34);
  data.readUInt16BE(metrics + Math.max(0, 4 * count - 2));
  const units = head === undefined ? 1000 : data.readUInt16BE(head + 18);
  const profile = tables.get('maxp');
  const glyphs = profile === undefined ? count : data.readUInt16BE(profile + 4);
  const at = (index: number) => (data.readUInt16BE(metrics + 4 * index) * 1000) / units;
  let names: Map<string, number> | undefined;
  return {
    glyphs,
    width: (glyph) => (count === 0 ? 0 : glyph < count ? at(glyph) : glyph < glyphs ? at(count - 1) : at(0)),
    maps: mapsOf(data, tables.get('cmap')),
    named: (name) => {
      names ??= namesOf(data, tables.get('post'), glyphs);
      return names.get(name);
    },
  };
}

export function tablesOf(data: Buffer): Map<string, number> {
  const tables = new Map<string, number>();
  const count = data.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const entry = 12 + 16 * index;
    tables.set(data.toString('latin1', entry, entry + 4), data.readUInt32BE(entry + 8));
  }
  return tables;
}

function mapsOf(data: Buffer, start: number | undefined): CharacterMap[] {
  if (start === undefined) return [];
  return Array.from({ length: data.readUInt16BE(start + 2) }, (_, index) => {
    const entry = start + 4 + 8 * index;
    const at = start + data.readUInt32BE(entry + 4);
    const format = data.readUInt16BE(at);
    const read = format === 0 ? bytesAt : format === 4 ? segmentsAt : format === 6 ? runAt : undefined;
    const map = read?.(data, at) ?? { glyph: () => 0, sample: -1 };
    return { platform: data.readUInt16BE(entry), encoding: data.readUInt16BE(entry + 2), ...map };
  });
}

type Lookup = Pick<CharacterMap, 'glyph' | 'sample'>;

const bytesAt = (data: Buffer, at: number): Lookup => ({
  glyph: (code) => (code >= 0 && code < 256 ? data.readUInt8(at + 6 + code) : 0),
  sample: 0,
});

function runAt(data: Buffer, at: number): Lookup {
  const [first, count] = [data.readUInt16BE(at + 6), data.readUInt16BE(at + 8)];
  return {
    glyph: (code) => (code >= first && code < first + count ? data.readUInt16BE(at + 10 + 2 * (code - first)) : 0),
    sample: first,
  };
}

function segmentsAt(data: Buffer, at: number): Lookup {
  const size = data.readUInt16BE(at + 6);
  const [ends, starts, deltas, offsets] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size].map((place) => at + place) as [
    number,
    number,
    number,
    number,
  ];
  return {
    glyph: (code) => {
      for (let place = 0; place < size; place += 2) {
        if (code > data.readUInt16BE(ends + place)) continue;
        const start = data.readUInt16BE(starts + place);
        if (code < start) return 0;
        const [delta, offset] = [data.readUInt16BE(deltas + place), data.readUInt16BE(offsets + place)];
        if (offset === 0) return (code + delta) & 0xffff;
        const found = offsets + place + offset + 2 * (code - start);
        const glyph = found + 2 <= data.length ? data.readUInt16BE(found) : 0;
        return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
      }
      return 0;
    },
    sample: data.readUInt16BE(starts),
  };
}

/** Names of a post table of version 2. */
function namesOf(data: Buffer, start: number | undefined, glyphs: number): Map<string, number> {
  const names = new Map<string, number>();
  if (start === undefined || data.readUInt32BE(start) !== 0x20000) return names;
  const count = Math.min(data.readUInt16BE(start + 32), glyphs);
  const own: string[] = [];
  for (let at = start + 34 + 2 * count; at < data.length; ) {
    const length = data[at] as number;
    own.push(data.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  for (let glyph = 0; glyph < count; glyph += 1) {
    const index = data.readUInt16BE(start + 34 + 2 * glyph);
    const name = index < 258 ? macGlyph(index) : own[index - 258];
    if (name !== undefined && !names.has(name)) names.set(name, glyph);
  }
  return names;
}
