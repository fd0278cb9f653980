/** Tables of a TrueType program that its glyphs need, by their tags (OpenType 1.9). */
type Tables = Map<string, Buffer>;

/** Flags of the components of a composite glyph. */
const component = { wordArguments: 1, scale: 8, more: 32, twoScales: 64, matrix: 128 } as const;

/** A TrueType program whose glyphs are looked up by their characters, in a cmap of format 12. */
export class TrueType {
  readonly #tables: Tables;
  readonly unitsPerEm: number;
  /** Advances, indexed by glyph, in units of the program. */
  readonly #metrics: number;
  #characters: Map<number, number> | undefined;

  constructor(bytes: Uint8Array) {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#tables = new Map(
      Array.from({ length: file.readUInt16BE(4) }, (_, index) => {
        const at = 12 + 16 * index;
        const start = file.readUInt32BE(at + 8);
        return [file.toString('latin1', at, at + 4), file.subarray(start, start + file.readUInt32BE(at + 12))];
      }),
    );
    this.unitsPerEm = this.table('head').readUInt16BE(18);
    this.#metrics = this.table('hhea').readUInt16BE(34);
  }

  table(tag: string): Buffer {
    return this.#tables.get(tag) as Buffer;
  }

  get glyphCount(): number {
    return this.table('maxp').readUInt16BE(4);
  }

  /** The index of a character's glyph. */
  glyphOf(character: number): number | undefined {
    this.#characters ??= charactersOf(this.table('cmap'));
    return this.#characters.get(character);
  }

  /** In units of the program. */
  advanceOf(glyph: number): number {
    return this.table('hmtx').readUInt16BE(4 * Math.min(glyph, this.#metrics - 1));
  }

  /** A glyph's outline as it stands in the program; nothing for one that draws nothing. */
  outlineOf(glyph: number): Buffer {
    const isLong = this.table('head').readInt16BE(50) === 1;
    const loca = this.table('loca');
    const [start, end] = [glyph, glyph + 1].map((at) =>
      isLong ? loca.readUInt32BE(4 * at) : 2 * loca.readUInt16BE(2 * at),
    );
    return this.table('glyf').subarray(start, end);
  }
}

/** Of the subtable of format 12 that a cmap begins with. */
function charactersOf(cmap: Buffer): Map<number, number> {
  const characters = new Map<number, number>();
  const table = cmap.subarray(cmap.readUInt32BE(8));
  for (let group = 0; group < table.readUInt32BE(12); group += 1) {
    const [first, last, glyph] = [16, 20, 24].map((at) => table.readUInt32BE(at + 12 * group)) as [
      number,
      number,
      number,
    ];
    for (let character = first; character <= last; character += 1) characters.set(character, glyph + character - first);
  }
  return characters;
}

/** Where a composite glyph names its components: places of their indices in its outline. */
export function componentsOf(outline: Buffer): number[] {
  const places: number[] = [];
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return places;
  for (let at = 10, flags: number = component.more; flags & component.more; ) {
    flags = outline.readUInt16BE(at);
    places.push(at + 2);
    const scale = flags & component.matrix ? 8 : flags & component.twoScales ? 4 : flags & component.scale ? 2 : 0;
    at += (flags & component.wordArguments ? 8 : 6) + scale;
  }
  return places;
}

export interface SubsetGlyph {
  /** Its index in the program that it comes from; undefined: one that draws nothing. */
  source: number | undefined;
  /** In units of the program. */
  advance: number;
}

/**
 * A program of `glyphs`, the first as glyph 1; glyph 0, of what is missing, is empty. `cmap`: a table, or none, as a composite
 * font of PDF needs none (ISO 32000-1, 9.9).
 */
export function subsetOf(font: TrueType, glyphs: readonly SubsetGlyph[], cmap: Buffer | undefined): Uint8Array {
  const all: SubsetGlyph[] = [{ source: undefined, advance: font.unitsPerEm / 2 }, ...glyphs];
  const places = new Map<number, number>();
  for (const [index, { source }] of all.entries())
    if (source !== undefined && !places.has(source)) places.set(source, index);
  const outlines: Buffer[] = [];
  for (const { source } of all) {
    // More join while the list is run through: the components.
    const outline = Buffer.from(source === undefined ? [] : font.outlineOf(source));
    for (const at of componentsOf(outline)) {
      const part = outline.readUInt16BE(at);
      if (!places.has(part)) places.set(part, all.push({ source: part, advance: font.advanceOf(part) }) - 1);
      outline.writeUInt16BE(places.get(part) as number, at);
    }
    outlines.push(outline);
  }
  return programOf(
    font,
    outlines,
    all.map(({ advance }) => advance),
    cmap,
  );
}

/** A program of these outlines and advances, whose other figures are those of `font`. */
export function programOf(
  font: TrueType,
  outlines: readonly Buffer[],
  advances: readonly number[],
  cmap: Buffer | undefined,
): Uint8Array {
  const count = outlines.length;
  const [head, hhea, maxp] = ['head', 'hhea', 'maxp'].map((tag) => Buffer.from(font.table(tag))) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  head.writeUInt32BE(0, 8);
  head.writeInt16BE(1, 50);
  hhea.writeUInt16BE(Math.max(...advances), 10);
  hhea.writeUInt16BE(count, 34);
  maxp.writeUInt16BE(count, 4);
  const hmtx = Buffer.alloc(4 * count);
  const loca = Buffer.alloc(4 * count + 4);
  const glyf: Buffer[] = [];
  let length = 0;
  for (const [glyph, outline] of outlines.entries()) {
    hmtx.writeUInt16BE(advances[glyph] as number, 4 * glyph);
    hmtx.writeInt16BE(outline.length > 0 ? outline.readInt16BE(2) : 0, 4 * glyph + 2);
    glyf.push(padded(outline));
    length += padded(outline).length;
    loca.writeUInt32BE(length, 4 * glyph + 4);
  }
  // A table of no bytes at all is a damage to some readers.
  if (length === 0) glyf.push(Buffer.alloc(4));
  const tables: Tables = new Map(Object.entries({ glyf: Buffer.concat(glyf), head, hhea, hmtx, loca, maxp }));
  return fileOf(cmap ? new Map([['cmap', cmap], ...tables]) : tables);
}

/** A file of these tables, which are in the order of their tags. */
function fileOf(tables: Tables): Uint8Array {
  const power = Math.floor(Math.log2(tables.size));
  const directory = Buffer.alloc(12 + 16 * tables.size);
  directory.writeUInt32BE(0x00010000, 0);
  for (const [index, number] of [tables.size, 16 * 2 ** power, power, 16 * (tables.size - 2 ** power)].entries())
    directory.writeUInt16BE(number, 4 + 2 * index);
  let offset = directory.length;
  for (const [index, [tag, table]] of [...tables].entries()) {
    const at = 12 + 16 * index;
    directory.write(tag, at, 'latin1');
    for (const [place, number] of [sumOf(table), offset, table.length].entries())
      directory.writeUInt32BE(number, at + 4 + 4 * place);
    offset += padded(table).length;
  }
  const file = Buffer.concat([directory, ...[...tables.values()].map(padded)]);
  const head = directory.readUInt32BE(12 + 16 * [...tables.keys()].indexOf('head') + 8);
  file.writeUInt32BE((0xb1b0afba - sumOf(file)) >>> 0, head + 8);
  return file;
}

const padded = (table: Buffer): Buffer =>
  table.length % 4 === 0 ? table : Buffer.concat([table, Buffer.alloc(4 - (table.length % 4))]);

function sumOf(table: Buffer): number {
  const whole = padded(table);
  let sum = 0;
  for (let at = 0; at < whole.length; at += 4) sum = (sum + whole.readUInt32BE(at)) >>> 0;
  return sum;
}

/** A cmap of codes of one byte (platform 1, encoding 0, format 6), by code the glyph. */
export function cmapOfBytes(glyphs: ReadonlyMap<number, number>): Buffer {
  const codes = [...glyphs.keys()];
  const [first, last] = [Math.min(...codes), Math.max(...codes)];
  const cmap = Buffer.alloc(22 + 2 * (last - first + 1));
  const numbers = [0, 1, 1, 0, 0, 12, 6, cmap.length - 12, 0, first, last - first + 1];
  for (const [index, number] of numbers.entries()) cmap.writeUInt16BE(number, 2 * index);
  for (const [code, glyph] of glyphs) cmap.writeUInt16BE(glyph, 22 + 2 * (code - first));
  return cmap;
}
