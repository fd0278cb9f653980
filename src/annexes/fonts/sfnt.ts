import { DamagedProgram } from './program.ts';

/** The tables of a TrueType or OpenType program (ISO/IEC 14496-22), by tag. */
export type Tables = Map<string, Buffer>;

export const isSfnt = (bytes: Uint8Array): boolean => {
  const tag = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return tag === '\0\x01\0\0' || tag === 'true' || tag === 'OTTO' || tag === 'ttcf';
};

/** Of several fonts in a file the first. A table that is cut off is as long as it can be. Throws DamagedProgram. */
export function readTables(bytes: Uint8Array): Tables {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const tables: Tables = new Map();
  const start = data.toString('latin1', 0, 4) === 'ttcf' && data.length > 16 ? data.readUInt32BE(12) : 0;
  if (data.length < start + 12) throw new DamagedProgram();
  const end = start + 12 + 16 * data.readUInt16BE(start + 4);
  if (data.length < end) throw new DamagedProgram();
  for (let at = start + 12; at < end; at += 16) {
    const [offset, length] = [data.readUInt32BE(at + 8), data.readUInt32BE(at + 12)];
    if (offset <= data.length) tables.set(data.toString('latin1', at, at + 4), data.subarray(offset, offset + length));
  }
  return tables;
}

export function writeTables(version: number, tables: Tables): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const count = sorted.length;
  const power = Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + 16 * count);
  head.writeUInt32BE(version, 0);
  for (const [place, number] of [count, 16 * 2 ** power, power, 16 * (count - 2 ** power)].entries())
    head.writeUInt16BE(number, 4 + 2 * place);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (const [index, [tag, table]] of sorted.entries()) {
    const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
    if (tag === 'head') padded.writeUInt32BE(0, 8);
    const at = 12 + 16 * index;
    head.write(tag, at, 'latin1');
    head.writeUInt32BE(sumOf(padded), at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(table.length, at + 12);
    parts.push(padded);
    offset += padded.length;
  }
  const file = Buffer.concat(parts);
  const place = sorted.findIndex(([tag]) => tag === 'head');
  if (place >= 0) file.writeUInt32BE((0xb1b0afba - sumOf(file)) >>> 0, head.readUInt32BE(20 + 16 * place) + 8);
  return file;
}

function sumOf(table: Buffer): number {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  return sum;
}

export interface Cmap {
  platform: number;
  encoding: number;
  format: number;
  /** Glyphs by character code, in the order of the table; a code without a glyph may be there with 0. */
  glyphs: Map<number, number>;
}

/** Tables of other formats tell the validator nothing. */
export const isJudged = ({ format }: Cmap): boolean => [0, 4, 6].includes(format);

/** The subtables of `cmap`; those of other formats than 0, 4, 6 and 12 are empty. Throws RangeError where one is cut off. */
export function readCmaps(table: Buffer | undefined): Cmap[] {
  if (!table) return [];
  return Array.from({ length: table.readUInt16BE(2) }, (_, index) => {
    const at = 4 + 8 * index;
    const offset = table.readUInt32BE(at + 4);
    return {
      platform: table.readUInt16BE(at),
      encoding: table.readUInt16BE(at + 2),
      format: table.readUInt16BE(offset),
      glyphs: new Map(glyphsOf(table.subarray(offset))),
    };
  });
}

function* glyphsOf(table: Buffer): Generator<[number, number]> {
  const format = table.readUInt16BE(0);
  if (format === 0) for (let code = 0; code < 256; code += 1) yield [code, table.readUInt8(6 + code)];
  else if (format === 4) yield* segmentsOf(table);
  else if (format === 6) {
    const [first, count] = [table.readUInt16BE(6), table.readUInt16BE(8)];
    for (let index = 0; index < count; index += 1) yield [first + index, table.readUInt16BE(10 + 2 * index)];
  } else if (format === 12) {
    let left = 0x10ffff;
    for (let at = 16; at < 16 + 12 * table.readUInt32BE(12); at += 12) {
      const [from, to, glyph] = [0, 4, 8].map((place) => table.readUInt32BE(at + place)) as [number, number, number];
      for (let code = from; code <= to && left > 0; code += 1, left -= 1) yield [code, glyph + code - from];
    }
  }
}

function* segmentsOf(table: Buffer): Generator<[number, number]> {
  const size = table.readUInt16BE(6);
  let left = 0x1ffff;
  for (let at = 0; at < size; at += 2) {
    const [to, from] = [table.readUInt16BE(14 + at), table.readUInt16BE(16 + size + at)];
    const delta = table.readUInt16BE(16 + 2 * size + at);
    const place = 16 + 3 * size + at;
    const offset = table.readUInt16BE(place);
    for (let code = from; code <= to && left > 0; code += 1, left -= 1) {
      if (offset === 0) yield [code, (code + delta) % 0x10000];
      else if (to !== 0xffff) {
        const glyph = table.readUInt16BE(place + offset + 2 * (code - from));
        yield [code, glyph === 0 ? 0 : (glyph + delta) % 0x10000];
      }
    }
  }
}

/** A `cmap` of subtables of format 4, each code a segment of its own. */
export function writeCmap(subtables: readonly Pick<Cmap, 'platform' | 'encoding' | 'glyphs'>[]): Buffer {
  const head = Buffer.alloc(4 + 8 * subtables.length);
  head.writeUInt16BE(subtables.length, 2);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (const [index, { platform, encoding, glyphs }] of subtables.entries()) {
    const table = segmentsFor(glyphs);
    head.writeUInt16BE(platform, 4 + 8 * index);
    head.writeUInt16BE(encoding, 6 + 8 * index);
    head.writeUInt32BE(offset, 8 + 8 * index);
    parts.push(table);
    offset += table.length;
  }
  return Buffer.concat(parts);
}

function segmentsFor(glyphs: ReadonlyMap<number, number>): Buffer {
  const codes = [...glyphs].sort(([a], [b]) => a - b);
  const rows = [...codes.map(([code, glyph]) => [code, (glyph - code + 0x10000) % 0x10000]), [0xffff, 1]];
  const power = 2 ** Math.floor(Math.log2(rows.length));
  const words = [4, 16 + 8 * rows.length, 0, 2 * rows.length, 2 * power, Math.log2(power), 2 * (rows.length - power)];
  const [ends, deltas] = [rows.map(([code]) => code as number), rows.map(([, delta]) => delta as number)];
  words.push(...ends, 0, ...ends, ...deltas, ...rows.map(() => 0));
  const table = Buffer.alloc(2 * words.length);
  for (const [index, word] of words.entries()) table.writeUInt16BE(word, 2 * index);
  return table;
}

/** Glyphs by name, as `post` of version 2 has them. */
export function namesOf(post: Buffer | undefined, order: readonly string[]): Map<string, number> {
  const names = new Map<string, number>();
  if (!post || post.length < 34 || post.readUInt32BE(0) !== 0x20000) return names;
  const count = post.readUInt16BE(32);
  const own: string[] = [];
  for (let at = 34 + 2 * count; at < post.length; at += 1 + post.readUInt8(at))
    own.push(post.toString('latin1', at + 1, at + 1 + post.readUInt8(at)));
  for (let glyph = 0; glyph < count && 36 + 2 * glyph <= post.length; glyph += 1) {
    const index = post.readUInt16BE(34 + 2 * glyph);
    const name = order[index] ?? own[index - order.length];
    if (name !== undefined) names.set(name, glyph);
  }
  return names;
}

/** Whether `post` has all that it says: others give the whole program up where it ends too early. */
export function isWholePost(post: Buffer | undefined): boolean {
  if (!post) return true;
  if (post.length < 32) return false;
  if (post.readUInt32BE(0) !== 0x20000) return post.readUInt32BE(0) !== 0x25000;
  if (post.length < 34 || post.length < 34 + 2 * post.readUInt16BE(32)) return false;
  let at = 34 + 2 * post.readUInt16BE(32);
  while (at < post.length) at += 1 + post.readUInt8(at);
  return at === post.length;
}
