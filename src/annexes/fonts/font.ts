import type { FontUse } from '../content/usage.ts';
import { DamagedAnnex, type Problem } from '../problem.ts';
import { decoded, dictOf, itemsOf, nameOf, stringOf, value } from '../source/file.ts';
import { decodedName } from '../source/limits.ts';
import { type PDFDict, PDFHexString, PDFName, type PDFObject, PDFRawStream, PDFString } from '../source/pdf.ts';
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

/** A font's name without the tag of a subset, its bytes as text. */
export function fontName(font: PDFDict): string {
  const program = programOf(font);
  const descriptor = dictOf(value(program, 'FontDescriptor'));
  const written = [value(font, 'BaseFont'), value(program, 'BaseFont'), value(descriptor, 'FontName')];
  const ordering = stringOf(value(dictOf(value(program, 'CIDSystemInfo')), 'Ordering')) ?? '';
  const name = written.map((name) => readName(name, ordering)).find((name) => name !== '') ?? '';
  return name.replace(/^[A-Z]{6}\+/, '') || '名前なし';
}

const readName = (name: PDFObject | undefined, ordering: string): string =>
  name instanceof PDFName || name instanceof PDFString || name instanceof PDFHexString
    ? decodedName(name.asBytes(), ordering)
    : '';

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
    const read = readMap(decoded(map), codes);
    // Some readers go by the name alone.
    return nameOf(value(map.dict, 'CMapName'))?.startsWith('Identity-') ? { ...read, plain: new Set() } : read;
  } catch (error) {
    if (error instanceof DamagedAnnex) return undefined;
    throw error;
  }
}
