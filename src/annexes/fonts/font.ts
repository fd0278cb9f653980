import { type PDFDict, PDFName, type PDFObject } from '@cantoo/pdf-lib';
import { dictOf, itemsOf, nameOf, value } from '../file.ts';
import type { FontUse } from '../marking.ts';
import type { Problem } from '../problem.ts';

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
  for (const encoding of ['utf-8', 'shift_jis', 'gbk'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {}
  return Buffer.from(bytes).toString('latin1');
}
