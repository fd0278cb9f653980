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
  /** Tells of it, in one line with other fonts of the same problem; `became`: the font in its place. */
  report(code: Problem['code'], severity: Problem['severity'], became?: string): void;
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
const shownName = (name: PDFObject | undefined) =>
  name instanceof PDFName ? decodedName(Uint8Array.from(name.asBytes())) : '名前なし';

/** A name is of UTF-8 (ISO 32000-1, 7.3.5); of Japanese producers, often of Shift_JIS; of Chinese ones, of GBK. */
function decodedName(bytes: Uint8Array): string {
  const read = (encoding: string) => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      return '';
    }
  };
  const names = ['utf-8', 'shift_jis', 'gbk'].map(read);
  // What is Chinese can be read as Shift_JIS too, but then has katakana of half width, which no name has.
  return names.find((name) => name !== '' && !/[\uff61-\uff9f]/.test(name)) ?? Buffer.from(bytes).toString('latin1');
}

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
