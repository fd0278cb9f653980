import { writeTables } from './sfnt.ts';
import type { TrueTypeProgram } from './truetype.ts';

/** Flags of the components of a composite glyph. */
const component = { wordArguments: 1, scale: 8, more: 32, twoScales: 64, matrix: 128 } as const;

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
export function subsetOf(font: TrueTypeProgram, glyphs: readonly SubsetGlyph[], cmap: Buffer | undefined): Uint8Array {
  const all: SubsetGlyph[] = [{ source: undefined, advance: font.unitsPerEm / 2 }, ...glyphs];
  const places = new Map<number, number>();
  for (const [index, { source }] of all.entries())
    if (source !== undefined && !places.has(source)) places.set(source, index);
  const outlines: Buffer[] = [];
  for (const { source } of all) {
    // More join while the list is run through: the components.
    const outline = Buffer.from(source === undefined ? [] : font.outline(source));
    for (const at of componentsOf(outline)) {
      const part = outline.readUInt16BE(at);
      if (!places.has(part)) places.set(part, all.push({ source: part, advance: font.advance(part) }) - 1);
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
  font: TrueTypeProgram,
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
  const tables = new Map(Object.entries({ glyf: Buffer.concat(glyf), head, hhea, hmtx, loca, maxp }));
  return writeTables(0x10000, cmap ? tables.set('cmap', cmap) : tables);
}

const padded = (table: Buffer): Buffer =>
  table.length % 4 === 0 ? table : Buffer.concat([table, Buffer.alloc(4 - (table.length % 4))]);
