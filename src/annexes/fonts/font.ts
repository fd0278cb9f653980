import { type PDFDict, PDFName, type PDFObject, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, dictOf, itemsOf, nameOf, value } from '../file.ts';
import type { FontUse } from '../marking.ts';
import { DamagedAnnex, type Problem } from '../problem.ts';
import { type ReadMap, readMap } from './unicode-map.ts';

/** A font that shows text in an annex, and what it shows. */
export interface ShownFont {
  dict: PDFDict;
  use: FontUse;
  name: string;
  /** Tells of it, in one line with other fonts of the same problem. */
  report(code: Problem['code'], severity: Problem['severity']): void;
}

export const isComposite = (font: PDFDict) => nameOf(value(font, 'Subtype')) === 'Type0';
/** The dictionary that has the descriptor and the widths: the descendant of a composite font. */
export const programOf = (font: PDFDict) =>
  isComposite(font) ? dictOf(itemsOf(value(font, 'DescendantFonts'))[0]) : font;

/** Whether a simple font has one of the encodings that name the glyphs of all its codes (ISO 32000-1, 9.6.6). */
export function hasBaseEncoding(font: PDFDict): boolean {
  const encoding = value(font, 'Encoding');
  const name = nameOf(dictOf(encoding) ? value(dictOf(encoding), 'BaseEncoding') : encoding) ?? '';
  return !isComposite(font) && ['WinAnsiEncoding', 'MacRomanEncoding', 'MacExpertEncoding'].includes(name);
}

export function isEmbedded(font: PDFDict): boolean {
  if (nameOf(value(font, 'Subtype')) === 'Type3') return true;
  const descriptor = dictOf(value(programOf(font), 'FontDescriptor'));
  return ['FontFile', 'FontFile2', 'FontFile3'].some((key) => dictOf(value(descriptor, key)));
}

/** A font's name without the tag of a subset. */
export const fontName = (font: PDFDict): string => shownName(value(font, 'BaseFont')).replace(/^[A-Z]{6}\+/, '');
const shownName = (name: PDFObject | undefined) => (name instanceof PDFName ? name.decodeText() : '名前なし');

/** What a font's own ToUnicode map says of codes; undefined where there is none that can be read. */
export function mapOf(font: PDFDict, codes: Iterable<number>): ReadMap | undefined {
  const map = value(font, 'ToUnicode');
  // Identity: codes are UTF-16. By name, which the standard has not for it, but readers do.
  if (/^Identity-[HV]$/.test(nameOf(map) ?? ''))
    return {
      texts: new Map(Array.from(codes, (code) => [code, String.fromCharCode(code)])),
      plain: new Set(),
      usesAnother: false,
    };
  if (!(map instanceof PDFRawStream)) return undefined;
  try {
    return readMap(decoded(map, true), codes);
  } catch (error) {
    if (error instanceof DamagedAnnex) return undefined;
    throw error;
  }
}
