import { PDFArray, type PDFDict, PDFNumber, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, dictOf, itemsOf, numberOf, value } from '../file.ts';
import { encodingOf, macCode, standardString, standardStrings, textOf } from './encodings.ts';
import type { Program } from './programs.ts';
import type { TrueType } from './truetype.ts';

/** What a font's program makes of a code. */
export interface Glyph {
  isPresent: boolean;
  /** 1/1000 of the size; undefined where the program says nothing. */
  width: number | undefined;
}
/** Undefined where we cannot tell. */
export type Glyphs = (code: number) => Glyph | undefined;

/** Characters of ligatures, whose texts are several letters. */
const ligatures = new Map(Object.entries({ ff: 0xfb00, fi: 0xfb01, fl: 0xfb02, ffi: 0xfb03, ffl: 0xfb04 }));
const absent: Glyph = { isPresent: false, width: undefined };

/** The glyphs of a simple font of Type 1 by its program. */
export function type1Glyphs(font: PDFDict, { kind, program }: Program): Glyphs {
  const encoding = encodingOf(font);
  return (code) => {
    const name = encoding(code) ?? (kind === 'truetype' ? undefined : program.builtIn(code));
    if (kind === 'truetype' || name === undefined) return undefined;
    if (kind === 'type1')
      return { isPresent: name !== '.notdef' && program.widths.has(name), width: program.widths.get(name) };
    const glyph = program.isCid ? undefined : program.ofName(name);
    return { isPresent: glyph !== undefined, width: program.width(glyph ?? 0) };
  };
}

/** The glyphs of a simple font of TrueType by its program. */
export function trueTypeGlyphs(font: PDFDict, program: TrueType, isSymbolic: boolean): Glyphs {
  const encoding = encodingOf(font);
  const hasEncoding = value(font, 'Encoding') !== undefined;
  const map = (platform: number, kind: number) =>
    program.maps.find((one) => one.platform === platform && one.encoding === kind);
  const [unicode, symbols, mac] = [map(3, 1), map(3, 0), map(1, 0)];
  const any = (code: number) => program.maps.map((one) => one.glyph(code)).find((glyph) => glyph !== 0) ?? 0;

  if (isSymbolic || !hasEncoding)
    return (code) => {
      const row = (symbols?.sample ?? 0) & 0xff00;
      const ofSymbols = symbols && [0, 0xf000, 0xf100, 0xf200].includes(row) ? symbols.glyph(row + code) : 0;
      const glyph = ofSymbols || (mac ? mac.glyph(code) : any(code));
      return { isPresent: (symbols ? ofSymbols : (mac?.glyph(code) ?? 0)) !== 0, width: program.width(glyph) };
    };
  return (code) => {
    const wanted = encoding(code);
    const name = wanted === undefined || wanted === '.notdef' ? standardStrings[standardString(code)] : wanted;
    if (name === undefined || name === '.notdef')
      return { ...absent, width: program.width(program.maps.length > 0 ? 0 : any(code)) };
    const text = textOf(name);
    if (text === undefined && unicode) return undefined;
    const glyph =
      (unicode && text ? unicode.glyph(ligatures.get(name) ?? (text.codePointAt(0) as number)) : 0) ||
      mac?.glyph(macCode(name) ?? -1) ||
      (program.named(name) ?? 0);
    return { isPresent: glyph > 0 && glyph < program.glyphs, width: program.width(glyph) };
  };
}

/** The glyphs of a composite font whose codes are CIDs. */
export function cidGlyphs(descendant: PDFDict, { kind, program }: Program): Glyphs {
  if (kind === 'type1') return () => undefined;
  if (kind === 'cff')
    return (cid) => {
      const glyph = program.isCid ? program.ofCid(cid) : cid < program.glyphs ? cid : undefined;
      return glyph === undefined ? absent : { isPresent: glyph !== 0, width: program.width(glyph) };
    };
  const map = value(descendant, 'CIDToGIDMap');
  const numbers = map instanceof PDFRawStream ? Buffer.from(decoded(map)) : undefined;
  return (cid) => {
    const isMapped = numbers === undefined || 2 * cid + 2 <= numbers.length;
    const glyph = numbers === undefined ? cid : isMapped ? numbers.readUInt16BE(2 * cid) : 0;
    return { isPresent: isMapped && cid !== 0 && glyph < program.glyphs, width: program.width(glyph) };
  };
}

/** The glyphs of a font of Type 3: the widths that its procedures state with d0 or d1. */
export function type3Glyphs(font: PDFDict): Glyphs {
  const encoding = encodingOf(font);
  const procedures = dictOf(value(font, 'CharProcs'));
  return (code) => {
    const procedure = value(procedures, encoding(code) ?? '');
    if (!(procedure instanceof PDFRawStream)) return absent;
    const stated = /^\s*([-+.\d]+)(?:\s+[-+.\d]+)(?:\s+d0|(?:\s+[-+.\d]+){4}\s+d1)\b/.exec(
      Buffer.from(decoded(procedure).subarray(0, 200)).toString('latin1'),
    )?.[1];
    return { isPresent: true, width: stated === undefined ? undefined : Number(stated) };
  };
}

/** The widths that the dictionary of a simple font states (ISO 32000-1, 9.2.4). */
export function simpleWidths(font: PDFDict): { of(code: number): number; otherwise: number } {
  const first = numberOf(value(font, 'FirstChar'));
  const widths = itemsOf(value(font, 'Widths'));
  const otherwise = numberOf(value(dictOf(value(font, 'FontDescriptor')), 'MissingWidth')) ?? 0;
  return { of: (code) => (first === undefined ? undefined : numberOf(widths[code - first])) ?? otherwise, otherwise };
}

/** The same of a composite font, by CID (9.7.4.3). */
export function cidWidths(descendant: PDFDict): { of(cid: number): number; otherwise: number } {
  const otherwise = numberOf(value(descendant, 'DW')) ?? 1000;
  const single = new Map<number, number>();
  const ranges: [from: number, to: number, width: number][] = [];
  const items = itemsOf(value(descendant, 'W'));
  for (let at = 0; at < items.length; ) {
    const from = numberOf(items[at]) ?? 0;
    const next = items[at + 1];
    if (next instanceof PDFArray) {
      for (const [by, width] of itemsOf(next).entries())
        if (width instanceof PDFNumber) single.set(from + by, width.asNumber());
      at += 2;
    } else {
      ranges.push([from, numberOf(next) ?? -1, numberOf(items[at + 2]) ?? 0]);
      at += 3;
    }
  }
  const inRange = (cid: number) => ranges.find(([from, to]) => cid >= from && cid <= to)?.[2];
  return { of: (cid) => single.get(cid) ?? inRange(cid) ?? otherwise, otherwise };
}
