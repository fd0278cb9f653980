import { dictOf, nameOf, numberOf, stringOf, value } from '../source/file.ts';
import { type PDFDict, PDFRawStream } from '../source/pdf.ts';
import { isComposite, isEmbedded, programOf, type ShownFont } from './font.ts';
import type { Reading } from './reader.ts';

/** A code that a font without a program shows. */
export interface Code {
  code: number;
  /** Of a composite font: the character that its CMap has for the code. */
  cid: number;
  /** 1/1000 of the size, as the dictionary or the metrics of the standard fonts say. */
  width: number;
  /** What it is read as. */
  text: string;
  /** What its glyph shows, by the encoding or the collection alone where these tell; '' where nothing does. */
  sign: string;
  /** The glyph's name by the encoding of a simple font's dictionary. */
  name: string | undefined;
  /** Of a simple font: whether its encoding has no glyph for the code. */
  isUndefined: boolean;
}

/** Character collections whose characters are known (ISO 32000-1, 9.7.5.2), by the names of CMaps. */
const collections: readonly (readonly [cmaps: RegExp, ordering: string])[] = [
  [/RKSJ|JIS|^(?:EUC-|Ext-|Add-)?[HV]$/, 'Japan1'],
  [/GB/, 'GB1'],
  [/B5|CNS/, 'CNS1'],
  [/KS/, 'Korea1'],
];
/** As CIDSystemInfo names them. */
export const orderings = [...collections.map(([, ordering]) => ordering), 'KR'];

/** The collection of a composite font's characters: by its CMap or, where that has none, by its own word. */
export function orderingOf(font: PDFDict): string | undefined {
  const cmap = nameOf(value(font, 'Encoding')) ?? '';
  const ofCmap = collections.find(([cmaps]) => cmaps.test(cmap))?.[1];
  if (ofCmap !== undefined) return ofCmap;
  const own = stringOf(value(dictOf(value(programOf(font), 'CIDSystemInfo')), 'Ordering'));
  return orderings.find((ordering) => ordering === own);
}

export function isVertical(font: PDFDict): boolean {
  const encoding = value(font, 'Encoding');
  return encoding instanceof PDFRawStream
    ? numberOf(value(encoding.dict, 'WMode')) === 1
    : /(?:^|-)V$/.test(nameOf(encoding) ?? '');
}

/** What a font without a program shows. */
export function codesOf({ dict }: ShownFont, { glyphs }: Reading): Code[] {
  const isNamed = !isComposite(dict) || orderingOf(dict) !== undefined;
  return [...glyphs].map(([code, { text, derived, name, cid, width }]) => {
    const sign = isNamed ? derived : text || signOfGlyph(cid);
    const isUndefined =
      !isComposite(dict) && !isEmbedded(dict) && derived === '' && ['', '.notdef'].includes(name ?? '');
    return { code, cid, width, text, sign, name, isUndefined };
  });
}

/** Fonts of Windows have their first glyphs in the order of the Macintosh: what a number without a map means there. */
function signOfGlyph(glyph: number): string {
  const code = glyph < 98 ? glyph + 29 : glyph + 30;
  return glyph >= 3 && code <= 0xff ? new TextDecoder('macintosh').decode(Uint8Array.of(code)) : '';
}

/** Whether a code shows a blank, or is a control code without a glyph. */
export function drawsNothing({ name }: ShownFont, { code, sign, isUndefined }: Code): boolean {
  if (/symbol|dings/i.test(name)) return sign === ' ' && code === 0x20;
  return (isUndefined && code < 0x20) || /^[\p{Zs}\p{Cc}\u200b]+$/u.test(sign);
}
