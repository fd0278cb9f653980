import { decoded, nameOf, value } from '../source/file.ts';
import { type PDFDict, PDFName, PDFRawStream } from '../source/pdf.ts';
import { CffProgram } from './cff.ts';
import { type CodeMap, writeCodes } from './code-map.ts';
import { type AnyProgram, OpenTypeProgram, setProgram } from './embedded.ts';
import { programOf, type ShownFont } from './font.ts';
import type { Glyphs } from './glyphs.ts';
import { DamagedProgram, tolerance } from './program.ts';
import type { Reading } from './reader.ts';
import { keepTexts } from './texts-kept.ts';
import { TrueTypeProgram } from './truetype.ts';
import { addCidWidths } from './widths.ts';

/** Glyphs by CID (ISO 32000-1, 9.7.4.2); 0 or one that is not there: none. */
export function glyphOfCid(font: PDFDict, program: AnyProgram): (cid: number) => number {
  if (program instanceof TrueTypeProgram) return mapOf(font, program.count) ?? ((cid) => cid);
  if (!(program instanceof CffProgram)) throw new DamagedProgram();
  if (!program.isByCid) return (cid) => cid;
  const { cids } = program;
  return (cid) => cids.get(cid) ?? program.count;
}

/** What CIDToGIDMap makes of CIDs, where it is a stream. */
function mapOf(font: PDFDict, count: number): ((cid: number) => number) | undefined {
  const map = value(programOf(font), 'CIDToGIDMap');
  if (!(map instanceof PDFRawStream)) return undefined;
  const glyphs = Buffer.from(decoded(map));
  return (cid) => (2 * cid + 2 <= glyphs.length ? glyphs.readUInt16BE(2 * cid) : count);
}

/**
 * Glyphs by CID as readers find them: the map counts for programs in the Compact Font Format too, which the standard has
 * none for. It leads to glyphs of those keyed by names and of OpenType fonts, else to the program's CIDs.
 */
function readGlyphOfCid(font: PDFDict, program: AnyProgram): (cid: number) => number {
  const glyph = glyphOfCid(font, program);
  const map = program instanceof CffProgram ? mapOf(font, program.count) : undefined;
  if (!map) return glyph;
  return program instanceof OpenTypeProgram ? map : (cid) => glyph(map(cid));
}

/** Whether the kind that the dictionary tells is the program's, with a map from CIDs where it needs one (ISO 19005-3, 6.2.11.3.2). */
function isSoundKind(descendant: PDFDict, program: AnyProgram): boolean {
  const subtype = nameOf(value(descendant, 'Subtype'));
  if (program instanceof CffProgram) return subtype === 'CIDFontType0';
  const map = value(descendant, 'CIDToGIDMap');
  return subtype === 'CIDFontType2' && (map instanceof PDFRawStream || map === undefined || nameOf(map) === 'Identity');
}

/** Whether every code has a CID, and that a glyph of the width that the dictionary tells. */
export function isSoundComposite(
  font: PDFDict,
  codes: CodeMap,
  program: AnyProgram,
  width: (cid: number) => number,
): boolean {
  const glyph = glyphOfCid(font, program);
  return (
    codes.isSound &&
    isSoundKind(programOf(font) as PDFDict, program) &&
    [...codes.cids.values()].every((cid) => {
      const found = glyph(cid);
      return cid !== 0 && found < program.count && Math.abs(program.width(found) - width(cid)) <= tolerance;
    })
  );
}

/**
 * Makes CIDs, glyphs and widths agree. A code that cannot stay with its CID, 0 above all, gets another by a CMap of the
 * font's own. The font's descendant is its own.
 */
export function mendComposite(
  font: ShownFont,
  codes: CodeMap,
  program: AnyProgram,
  glyphsOf: (add: (like: number | undefined, width: number, code: number) => number) => Glyphs,
  width: (cid: number) => number,
  reading: Reading | undefined,
): void {
  const { dict } = font;
  const descendant = programOf(dict) as PDFDict;
  const glyph = readGlyphOfCid(dict, program);
  const isOutline = program instanceof TrueTypeProgram;
  const isByCid = program instanceof CffProgram && program.isByCid;
  const isMapped = !isOutline && mapOf(dict, 0) !== undefined;
  const own = new Map(isByCid ? [...program.cids].map(([cid, at]) => [at, cid]) : []);
  let free = [program.count, ...codes.cids.values(), ...own.values()].reduce((a, b) => Math.max(a, b)) + 1;
  const moved = new Map<number, number>();
  const move = (code: number, cid: number) => {
    moved.set(code, cid);
    return cid;
  };
  const glyphs = glyphsOf((like, wide, code) => {
    const cid = codes.cids.get(code) ?? 0;
    if (isByCid) return program.add(like, wide, cid === 0 || isMapped ? move(code, free++) : cid);
    const added = program.add(like, wide);
    if (!isOutline) move(code, added);
    return added;
  });
  const found = new Map<number, number>();
  for (const [code, cid] of [...codes.cids].sort(([a], [b]) => a - b)) {
    const before = glyph(cid);
    // A CID may lead to glyph 0 and show it; CID 0 is what is missing whatever it shows.
    const kept = isOutline && cid !== 0 && before === 0 ? program.add(0, width(cid)) : before;
    const settled = found.get(cid) ?? glyphs.settle(code, cid === 0 && !isOutline ? 0 : kept);
    if (isOutline) found.set(cid === 0 ? move(code, free++) : cid, settled);
    // The program alone leads from CIDs to glyphs from now on.
    else if (isMapped && !moved.has(code)) move(code, own.get(settled) ?? settled);
  }
  if (isOutline) writeGlyphMap(descendant, glyph, found);
  descendant.set(PDFName.of('Subtype'), PDFName.of(isOutline ? 'CIDFontType2' : 'CIDFontType0'));
  const cids = new Map([...codes.cids].map(([code, cid]) => [code, moved.get(code) ?? cid]));
  if (moved.size > 0) {
    keepTexts(font, reading);
    if (isMapped) for (const key of ['W', 'CIDToGIDMap']) descendant.delete(PDFName.of(key));
    const widths = [...moved].map(([code, cid]) => [cid, width(codes.cids.get(code) ?? 0)] as const);
    addCidWidths(descendant, new Map(widths));
  }
  if (moved.size > 0 || !codes.isSound) writeCodes(dict, codes, cids);
  setProgram(dict, program);
}

function writeGlyphMap(
  descendant: PDFDict,
  before: (cid: number) => number,
  glyphs: ReadonlyMap<number, number>,
): void {
  const isKept = [...glyphs].every(([cid, glyph]) => before(cid) === glyph);
  const map = value(descendant, 'CIDToGIDMap');
  if (isKept && (map instanceof PDFRawStream || nameOf(map) === 'Identity')) return;
  const { context } = descendant;
  if (isKept) {
    descendant.set(PDFName.of('CIDToGIDMap'), PDFName.of('Identity'));
    return;
  }
  const bytes = Buffer.alloc(2 * (Math.max(...glyphs.keys()) + 1));
  for (const [cid, glyph] of glyphs) bytes.writeUInt16BE(glyph, 2 * cid);
  descendant.set(PDFName.of('CIDToGIDMap'), context.register(context.flateStream(bytes)));
}
