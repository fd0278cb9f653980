import { type PDFDict, PDFName, type PDFObject } from '@cantoo/pdf-lib';
import { dictOf, itemsOf, nameOf, numberOf, stringOf, value } from './file.ts';

/** What keeps a font out of PDF/A-3a and PDF/UA-1 and cannot be mended; undefined when nothing does. */
export function fontProblem(font: PDFDict): 'annex-font-not-embedded' | 'annex-font-without-unicode' | undefined {
  const subtype = nameOf(value(font, 'Subtype'));
  if (subtype === 'Type3')
    return hasUnicode(font) || value(font, 'Encoding') ? undefined : 'annex-font-without-unicode';
  const program = subtype === 'Type0' ? dictOf(itemsOf(value(font, 'DescendantFonts'))[0]) : font;
  const descriptor = dictOf(value(program, 'FontDescriptor'));
  const embedded = ['FontFile', 'FontFile2', 'FontFile3'].some((key) => dictOf(value(descriptor, key)));
  if (!embedded) return 'annex-font-not-embedded';
  if (hasUnicode(font)) return undefined;
  if (subtype === 'Type0') return hasKnownCharacters(font, program) ? undefined : 'annex-font-without-unicode';
  // A symbolic TrueType font names no glyphs; a Type 1 font has its glyphs' names in its program.
  const isSymbolic = ((numberOf(value(descriptor, 'Flags')) ?? 0) & 4) !== 0;
  const named = subtype !== 'TrueType' || (value(font, 'Encoding') !== undefined && !isSymbolic);
  return named ? undefined : 'annex-font-without-unicode';
}

const hasUnicode = (font: PDFDict) => value(font, 'ToUnicode') !== undefined;

/** Whether a composite font's characters are those of a collection or of a CMap that Unicode values are known for (ISO 19005-3, 6.2.11.7.2). */
function hasKnownCharacters(font: PDFDict, program: PDFDict | undefined): boolean {
  const encoding = nameOf(value(font, 'Encoding'));
  if (encoding !== undefined && !/^Identity-[HV]$/.test(encoding)) return true;
  const system = dictOf(value(program, 'CIDSystemInfo'));
  return (
    stringOf(value(system, 'Registry')) === 'Adobe' &&
    ['GB1', 'CNS1', 'Japan1', 'Korea1', 'KR'].includes(stringOf(value(system, 'Ordering')) ?? '')
  );
}

/** A font's name without the tag of a subset. */
export const fontName = (font: PDFDict): string => shownName(value(font, 'BaseFont')).replace(/^[A-Z]{6}\+/, '');

const shownName = (name: PDFObject | undefined) => (name instanceof PDFName ? name.decodeText() : '名前なし');
