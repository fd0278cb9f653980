import { type PDFDict, PDFName, type PDFObject } from '@cantoo/pdf-lib';
import { dictOf, itemsOf, nameOf, value } from '../file.ts';
import type { FontUse } from '../marking.ts';
import type { Problem } from '../problem.ts';

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

export function isEmbedded(font: PDFDict): boolean {
  if (nameOf(value(font, 'Subtype')) === 'Type3') return true;
  const descriptor = dictOf(value(programOf(font), 'FontDescriptor'));
  return ['FontFile', 'FontFile2', 'FontFile3'].some((key) => dictOf(value(descriptor, key)));
}

/** A font's name without the tag of a subset. */
export const fontName = (font: PDFDict): string => shownName(value(font, 'BaseFont')).replace(/^[A-Z]{6}\+/, '');
const shownName = (name: PDFObject | undefined) => (name instanceof PDFName ? name.decodeText() : '名前なし');
