import { type PDFDict, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, dictOf, nameOf, numberOf, stringOf, value } from '../file.ts';
import { CffProgram } from './cff.ts';
import { type AnyProgram, setProgram } from './embedded.ts';
import { programOf, type ShownFont } from './font.ts';
import type { Glyphs } from './glyphs.ts';
import { DamagedProgram, tolerance } from './program.ts';
import type { Reading } from './reader.ts';
import { keepTexts } from './texts-kept.ts';
import { TrueTypeProgram } from './truetype.ts';
import { addCidWidths } from './widths.ts';

/** Glyphs by CID (ISO 32000-1, 9.7.4.2); 0 or one that is not there: none. */
export function glyphOfCid(font: PDFDict, program: AnyProgram): (cid: number) => number {
  if (program instanceof CffProgram) {
    if (!program.isByCid) return (cid) => cid;
    const { cids } = program;
    return (cid) => cids.get(cid) ?? program.count;
  }
  if (!(program instanceof TrueTypeProgram)) throw new DamagedProgram();
  const map = value(programOf(font), 'CIDToGIDMap');
  if (!(map instanceof PDFRawStream)) return (cid) => cid;
  const glyphs = Buffer.from(decoded(map));
  return (cid) => (2 * cid + 2 <= glyphs.length ? glyphs.readUInt16BE(2 * cid) : program.count);
}

/** Whether the kind that the dictionary tells is the program's, with a map from CIDs where it needs one (ISO 19005-3, 6.2.11.3.2). */
function isSoundKind(descendant: PDFDict, program: AnyProgram): boolean {
  const subtype = nameOf(value(descendant, 'Subtype'));
  if (program instanceof CffProgram) return subtype === 'CIDFontType0';
  const map = value(descendant, 'CIDToGIDMap');
  return subtype === 'CIDFontType2' && (map instanceof PDFRawStream || map === undefined || nameOf(map) === 'Identity');
}

/** Whether every CID has a glyph of the width that the dictionary tells. */
export function isSoundComposite(
  font: PDFDict,
  cids: Iterable<number>,
  program: AnyProgram,
  width: (cid: number) => number,
): boolean {
  const descendant = programOf(font) as PDFDict;
  const glyph = glyphOfCid(font, program);
  return (
    isSoundKind(descendant, program) &&
    [...cids].every((cid) => {
      const found = glyph(cid);
      return cid !== 0 && found < program.count && Math.abs(program.width(found) - width(cid)) <= tolerance;
    })
  );
}

/**
 * Makes CIDs, glyphs and widths agree; codes are CIDs before. A code that cannot stay with its CID, 0 above all, gets
 * another by a CMap of the font's own. The font's descendant is its own.
 */
export function mendComposite(
  font: ShownFont,
  program: AnyProgram,
  glyphsOf: (add: (like: number | undefined, width: number, code: number) => number) => Glyphs,
  width: (cid: number) => number,
  reading: Reading | undefined,
): void {
  const { dict, use } = font;
  const descendant = programOf(dict) as PDFDict;
  const glyph = glyphOfCid(dict, program);
  const isByCid = program instanceof CffProgram && program.isByCid;
  const codes = [...use.codes].sort((a, b) => a - b);
  let free = Math.max(program.count, codes.at(-1) ?? 0) + 1;
  const moved = new Map<number, number>();
  const move = (code: number, cid: number) => {
    moved.set(code, cid);
    return cid;
  };
  const glyphs = glyphsOf((like, wide, code) => {
    if (isByCid) return program.add(like, wide, code === 0 ? move(code, free++) : code);
    const added = program.add(like, wide);
    if (program instanceof CffProgram) move(code, added);
    return added;
  });
  const found = new Map<number, number>();
  for (const code of codes) {
    const before = glyph(code);
    const isOutline = program instanceof TrueTypeProgram;
    // A CID may lead to glyph 0 and show it; CID 0 is what is missing whatever it shows.
    const kept = isOutline && code !== 0 && before === 0 ? program.add(0, width(code)) : before;
    const settled = glyphs.settle(code, code === 0 && !isOutline ? 0 : kept);
    if (isOutline) found.set(code === 0 ? move(0, free++) : code, settled);
  }
  if (found.size > 0) writeGlyphMap(descendant, glyph, found);
  descendant.set(
    PDFName.of('Subtype'),
    PDFName.of(program instanceof TrueTypeProgram ? 'CIDFontType2' : 'CIDFontType0'),
  );
  if (moved.size > 0) {
    keepTexts(font, (code) => reading?.glyphs.get(code)?.text ?? '');
    addCidWidths(descendant, new Map([...moved].map(([code, cid]) => [cid, width(code)])));
    writeCodes(dict, new Map(codes.map((code) => [code, moved.get(code) ?? code])));
  }
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

/** A CMap of codes of two bytes in the place of Identity (ISO 32000-1, 9.7.5.4; ISO 19005-3, 6.2.11.3). */
function writeCodes(font: PDFDict, cids: ReadonlyMap<number, number>): void {
  const { context } = font;
  const system = dictOf(value(programOf(font), 'CIDSystemInfo'));
  const [registry, ordering] = ['Registry', 'Ordering'].map((key) => stringOf(value(system, key)) ?? '');
  const supplement = numberOf(value(system, 'Supplement')) ?? 0;
  const mode = nameOf(value(font, 'Encoding')) === 'Identity-V' ? 1 : 0;
  const name = `Codes-${mode === 1 ? 'V' : 'H'}`;
  const lines = [...cids].map(([code, cid]) => `<${code.toString(16).padStart(4, '0')}> ${cid}`);
  const blocks: string[] = [];
  for (let from = 0; from < lines.length; from += 100) {
    const block = lines.slice(from, from + 100);
    blocks.push(`${block.length} begincidchar\n${block.join('\n')}\nendcidchar`);
  }
  const text = [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    `/CIDSystemInfo 3 dict dup begin /Registry (${registry}) def /Ordering (${ordering}) def /Supplement ${supplement} def end def`,
    `/CMapName /${name} def /CMapType 1 def /WMode ${mode} def`,
    '1 begincodespacerange <0000> <FFFF> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
  const stream = context.flateStream(text, { Type: 'CMap', CMapName: name, WMode: mode });
  const info = (system as PDFDict | undefined)?.clone(context);
  if (info) stream.dict.set(PDFName.of('CIDSystemInfo'), info);
  font.set(PDFName.of('Encoding'), context.register(stream));
}
