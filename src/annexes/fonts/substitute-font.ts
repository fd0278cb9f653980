import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { brotliDecompressSync } from 'node:zlib';
import { packagePath } from '../../package.ts';
import { type PDFContext, type PDFDict, PDFName, type PDFRef, PDFString } from '../source/pdf.ts';
import { type Face, faceFor } from './faces.ts';
import { isComposite, programOf, type ShownFont } from './font.ts';
import { writeCmap } from './sfnt.ts';
import { type Code, drawsNothing, isVertical, orderingOf } from './shown-codes.ts';
import { type SubsetGlyph, subsetOf } from './subset.ts';
import { TrueTypeProgram } from './truetype.ts';
import { codespaces, writeMap } from './unicode-map.ts';

/**
 * By how much a glyph of a Latin face may be wider than the dictionary says, 1/1000 of the size; by how much any other width
 * may differ.
 */
const tolerance = { wider: 40, other: 2 };
/** Where the forms of vertical writing stand in the packed fonts, above the characters themselves. */
const verticalForms = 0xf0000;
/** Characters of Japan1 that lie on their side (Adobe-Japan1, 8720–9353). */
const isTurned = (cid: number) => cid >= 8720 && cid <= 9353;
/** Characters that look alike: a font may have one of them, or both with other widths. */
const alike = new Map(
  ['\u00ad-', '\u00af\u02c9', '\u00b5\u03bc', '\u03a9\u2126', '\u0394\u2206', '\u2044\u2215', '\u00b7\u2219'].flatMap(
    ([one = '', other = '']) => [
      [one, other],
      [other, one],
    ],
  ) as [string, string][],
);

const faces = new Map<string, Promise<TrueTypeProgram>>();
function programFor({ file }: Face): Promise<TrueTypeProgram> {
  const program =
    faces.get(file) ??
    readFile(packagePath(`fonts/substitutes/${file}`)).then(
      (packed) => new TrueTypeProgram(brotliDecompressSync(packed)),
    );
  faces.set(file, program);
  return program;
}

/** Gives a font that is not seen a program of empty glyphs; false when it cannot be. */
export async function embedBlank(font: ShownFont, codes: readonly Code[]): Promise<boolean> {
  const program = await programFor(faceFor('Courier') as Face);
  // A font may be shown with no code at all.
  const blank = { code: 32, cid: 1, width: 500, text: ' ', sign: ' ', name: 'space', isUndefined: false };
  return embed(font, codes.length > 0 ? codes : [blank], { program, name: 'GlyphLessFont', glyphOf: () => undefined });
}

/** Gives a font a subset of a face; false when a glyph of what is seen is missing or of another width. */
export async function embedFace(font: ShownFont, codes: readonly Code[], face: Face): Promise<boolean> {
  const program = await programFor(face);
  const isDown = isVertical(font.dict);
  // Where numbers of glyphs tell the signs, or a Japanese font may be proportional, the widths must say the same.
  const isExact = isComposite(font.dict) || face.isJapanese;
  const places = new Map<Code, number>();
  for (const code of codes) {
    if (code.isUndefined || drawsNothing(font, code)) continue;
    if (face.isJapanese && isTurned(code.cid)) return false;
    const glyph = glyphsOf(program, code.sign, isDown).find((it) => {
      const width = program.width(it);
      return isExact ? Math.abs(width - code.width) <= tolerance.other : width <= code.width + tolerance.wider;
    });
    if (glyph === undefined) return false;
    places.set(code, glyph);
  }
  return embed(font, codes, { program, name: face.name, glyphOf: (code) => places.get(code) });
}

/** Glyphs that show a sign, the best first. */
function glyphsOf(program: TrueTypeProgram, sign: string, isDown: boolean): number[] {
  const characters = program.cmap(3, 10)?.glyphs;
  return [sign, alike.get(sign) ?? '', sign.normalize('NFKC')].flatMap((shown) => {
    const [character, ...more] = [...shown].map((it) => it.codePointAt(0) as number);
    if (character === undefined || more.length > 0) return [];
    const upright = characters?.get(character);
    return (isDown ? (characters?.get(verticalForms + character) ?? upright) : upright) ?? [];
  });
}

interface Source {
  program: TrueTypeProgram;
  name: string;
  glyphOf: (code: Code) => number | undefined;
}

/** Each code's glyph is as wide as the dictionary says: program and dictionary agree (ISO 19005-3, 6.2.11.5). */
function embed({ dict }: ShownFont, codes: readonly Code[], { program, name, glyphOf }: Source): boolean {
  const subset: SubsetGlyph[] = [];
  const indices = new Map<string, number>();
  const glyphs = new Map<Code, number>();
  for (const code of codes) {
    const advance = Math.round((code.width * program.unitsPerEm) / 1000);
    if (!(advance >= 0 && advance < 0x8000)) return false;
    const source = glyphOf(code);
    const index = indices.get(`${source} ${advance}`) ?? subset.push({ source, advance });
    indices.set(`${source} ${advance}`, index);
    glyphs.set(code, index);
  }
  if (isComposite(dict)) {
    const file = subsetOf(program, subset, undefined);
    const map = Buffer.alloc(2 * codes.reduce((most, { cid }) => Math.max(most, cid), 0) + 2);
    for (const [{ cid }, glyph] of glyphs) map.writeUInt16BE(glyph, 2 * cid);
    writeComposite(dict, codes, { program, file, name: tagged(name, file), map });
  } else {
    const byCode = new Map([...glyphs].map(([{ code }, glyph]) => [code, glyph]));
    const cmap = writeCmap([{ platform: 1, encoding: 0, glyphs: byCode }]);
    const file = subsetOf(program, subset, cmap);
    writeSimple(dict, codes, { program, file, name: tagged(name, file) });
  }
  return true;
}

/** The name of a subset (ISO 32000-1, 9.6.4), its tag by its bytes. */
function tagged(name: string, file: Uint8Array): string {
  const digest = createHash('sha256').update(file).digest();
  return `${String.fromCharCode(...digest.subarray(0, 6).map((byte) => 0x41 + (byte % 26)))}+${name}`;
}

interface Written {
  program: TrueTypeProgram;
  file: Uint8Array;
  /** With the tag of a subset. */
  name: string;
}

/** TrueType with codes of its own: symbolic, without an encoding (ISO 19005-3, 6.2.11.6). */
function writeSimple(dict: PDFDict, codes: readonly Code[], written: Written): void {
  const { context } = dict;
  const numbers = codes.map(({ code }) => code);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  const widths = new Map(codes.map(({ code, width }) => [code, width]));
  const texts = new Map(codes.map((code) => [code.code, textOf(code)]));
  for (const key of dict.keys()) dict.delete(key);
  const made = context.obj({
    Type: 'Font',
    Subtype: 'TrueType',
    BaseFont: written.name,
    FirstChar: first,
    LastChar: last,
    Widths: Array.from({ length: last - first + 1 }, (_, index) => widths.get(first + index) ?? 0),
    FontDescriptor: descriptorOf(context, written),
    ToUnicode: context.register(context.flateStream(writeMap(texts, codespaces[1]))),
  });
  for (const [key, object] of made.entries()) dict.set(key, object);
}

/** What a code is read as; what no text may be (ISO 19005-3, 6.2.11.7.2) is read as its sign, a control code as a blank of its width. */
const textOf = ({ text, sign, width }: Code): string =>
  [text, sign].find((it) => it !== '' && !/[\p{Cc}\p{Co}\ufeff\ufffe]/u.test(it)) ?? (width === 0 ? '\u200b' : ' ');

/** The codes and their CMap stay; a map leads from the CMap's characters to the glyphs. */
function writeComposite(dict: PDFDict, codes: readonly Code[], { map, ...written }: Written & { map: Buffer }): void {
  const { context } = dict;
  const own = programOf(dict);
  const ordering = orderingOf(dict);
  const system = ordering
    ? // No CMap is of an earlier supplement (ISO 19005-3, 6.2.11.3.1).
      { Registry: PDFString.of('Adobe'), Ordering: PDFString.of(ordering), Supplement: 0 }
    : { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 };
  const widths = new Map(codes.map(({ cid, width }) => [cid, width]));
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: written.name,
    CIDSystemInfo: system,
    DW: 1000,
    W: [...widths].sort(([a], [b]) => a - b).flatMap(([cid, width]) => [cid, [width]]),
    CIDToGIDMap: context.register(context.flateStream(map)),
    FontDescriptor: descriptorOf(context, written),
  });
  for (const key of ['W2', 'DW2'].map((it) => PDFName.of(it))) {
    const there = own?.get(key);
    if (there) descendant.set(key, there);
  }
  dict.set(PDFName.of('Type'), PDFName.of('Font'));
  dict.set(PDFName.of('BaseFont'), PDFName.of(written.name));
  dict.set(PDFName.of('DescendantFonts'), context.obj([context.register(descendant)]));
}

function descriptorOf(context: PDFContext, { program, file, name }: Written): PDFRef {
  const scaled = (table: string, places: readonly number[]) =>
    places.map((at) => Math.round((program.table(table).readInt16BE(at) * 1000) / program.unitsPerEm));
  const [ascent, descent] = scaled('hhea', [4, 6]);
  const descriptor = context.obj({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: 4 + (/Italic/.test(name) ? 64 : 0),
    FontBBox: scaled('head', [36, 38, 40, 42]),
    ItalicAngle: /Italic/.test(name) ? -12 : 0,
    Ascent: ascent,
    Descent: descent,
    CapHeight: 700,
    StemV: /Bold/.test(name) ? 140 : 80,
    FontFile2: context.register(context.flateStream(file, { Length1: file.length })),
  });
  return context.register(descriptor);
}
