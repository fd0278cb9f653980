import { CffProgram } from '../fonts/cff.ts';
import { glyphOfCid } from '../fonts/composite-font.ts';
import type { AnyProgram } from '../fonts/embedded.ts';
import { macOsRoman, notdef, standardEncoding, unicodeOf } from '../fonts/encodings.ts';
import { builtInNames } from '../fonts/named-font.ts';
import { type Cmap, isJudged } from '../fonts/sfnt.ts';
import { encodingOf, writtenName } from '../fonts/simple-encoding.ts';
import { TrueTypeProgram } from '../fonts/truetype.ts';
import { headOf, procedureOf } from '../fonts/type3-font.ts';
import { decoded } from '../source/file.ts';
import type { PDFDict } from '../source/pdf.ts';

/** What a font's program makes of a code. */
export interface Glyph {
  isPresent: boolean;
  /** 1/1000 of the size; undefined where the program says nothing. */
  width: number | undefined;
}
/** Undefined where nobody can tell. */
export type Glyphs = (code: number) => Glyph | undefined;

/** The glyphs of a simple font by its program. */
export function simpleGlyphs(font: PDFDict, program: AnyProgram): Glyphs {
  if (program instanceof TrueTypeProgram) return trueTypeGlyphs(font, program);
  if (program instanceof CffProgram && program.isByCid) return () => ({ isPresent: false, width: program.width(0) });
  const encoding = encodingOf(font);
  const builtIn = builtInNames(program);
  const { names } = program;
  return (code) => {
    const name = writtenName(encoding, code) ?? builtIn(code);
    if (name === undefined) return undefined;
    const glyph = names.get(name);
    const isPresent = glyph !== undefined && (program instanceof CffProgram || name !== notdef);
    return { isPresent, width: program.width(glyph ?? 0) };
  };
}

const glyphIn = (cmap: Cmap | undefined, code: number): number =>
  cmap && isJudged(cmap) ? (cmap.glyphs.get(code) ?? 0) : 0;

function trueTypeGlyphs(font: PDFDict, program: TrueTypeProgram): Glyphs {
  const encoding = encodingOf(font);
  const [unicode, symbols, mac] = [program.cmap(3, 1), program.cmap(3, 0), program.cmap(1, 0)];
  const any = (code: number) => program.cmaps.map((cmap) => glyphIn(cmap, code)).find((glyph) => glyph !== 0) ?? 0;
  if (encoding.isSymbolic || !encoding.isThere) {
    const row = (symbols?.glyphs.keys().next().value ?? 0) & 0xff00;
    const hasRow = [0, 0xf000, 0xf100, 0xf200].includes(row);
    return (code) => {
      const ofSymbols = hasRow ? glyphIn(symbols, row + code) : 0;
      const glyph = ofSymbols || (mac ? glyphIn(mac, code) : any(code));
      return { isPresent: (symbols ? ofSymbols : glyphIn(mac, code)) !== 0, width: program.width(glyph) };
    };
  }
  return (code) => {
    const written = writtenName(encoding, code) ?? notdef;
    const name = written === notdef ? (standardEncoding[code] ?? notdef) : written;
    if (name === notdef) return { isPresent: false, width: program.width(program.cmaps.length > 0 ? 0 : any(code)) };
    const character = unicodeOf(name);
    if (character === undefined && unicode) return undefined;
    const place = macOsRoman.indexOf(name);
    const glyph = glyphIn(unicode, character ?? -1) || glyphIn(mac, place) || program.named(name);
    return { isPresent: glyph > 0 && glyph < program.count, width: program.width(glyph) };
  };
}

/** The glyphs of a composite font by its CIDs. */
export function cidGlyphs(font: PDFDict, program: AnyProgram): (cid: number) => Glyph {
  const glyphOf = glyphOfCid(font, program);
  return (cid) => {
    const glyph = glyphOf(cid);
    const isMissing = program instanceof TrueTypeProgram ? cid === 0 : glyph === 0;
    return { isPresent: !isMissing && glyph < program.count, width: program.width(glyph) };
  };
}

/** The glyphs of a font of Type 3: the widths that its procedures state with d0 or d1. */
export function type3Glyphs(font: PDFDict): Glyphs {
  const encoding = encodingOf(font);
  return (code) => {
    const procedure = procedureOf(font, writtenName(encoding, code));
    const head = procedure && headOf(decoded(procedure));
    return { isPresent: procedure !== undefined, width: head?.isPlain ? head.width : undefined };
  };
}
