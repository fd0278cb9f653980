import { type PDFDict, PDFName, type PDFObject, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, dictOf, itemsOf, nameOf, numberOf, stringOf, value } from '../file.ts';
import type { FontUse } from '../marking.ts';
import type { Findings, Problem } from '../problem.ts';
import { glyphsOf } from './glyph-names.ts';
import { readMap, writeMap } from './unicode-map.ts';

/**
 * Mends what keeps the fonts that show text out of PDF/A-3a and PDF/UA-1 (ISO 19005-3, 6.2.11.4, 6.2.11.7, 6.2.11.8), in
 * their own dictionaries; reports what cannot be mended. Where `spoken`, the annex is a figure whose 代替テキスト speaks:
 * then signs that nobody can read are told, not refused.
 */
export async function mendFonts(
  fonts: ReadonlyMap<PDFDict, FontUse>,
  { spoken, findings }: { spoken: boolean; findings: Findings },
): Promise<void> {
  const names = { foreign: new Set<string>(), blank: new Set<string>(), unreadable: new Set<string>() };
  for (const [font, use] of fonts) {
    const name = fontName(font);
    if (use.visible && !isEmbedded(font)) names.foreign.add(name);
    else if (use.bytes === 2 && use.codes.has(0)) names.blank.add(name);
    else {
      const texts = mendedTexts(font, use);
      if (!texts) continue;
      if ([...use.codes].some((code) => texts.get(code) === undefined)) names.unreadable.add(name);
      const { context } = font;
      font.set(PDFName.of('ToUnicode'), context.register(context.flateStream(writeMap(texts, use.bytes ?? 2))));
      for (const page of use.pages) findings.mended('text-maps', page);
    }
  }
  const told = (code: Problem['code'], severity: Problem['severity'], fonts: Set<string>) => {
    if (fonts.size > 0) findings.report({ code, severity, actual: [...fonts].sort().join('、') });
  };
  told('annex-font-not-embedded', 'error', names.foreign);
  told('annex-missing-glyph', 'error', names.blank);
  told(spoken ? 'annex-text-unreadable' : 'annex-font-without-unicode', spoken ? 'warning' : 'error', names.unreadable);
}

const isComposite = (font: PDFDict) => nameOf(value(font, 'Subtype')) === 'Type0';
const programOf = (font: PDFDict) => (isComposite(font) ? dictOf(itemsOf(value(font, 'DescendantFonts'))[0]) : font);

function isEmbedded(font: PDFDict): boolean {
  if (nameOf(value(font, 'Subtype')) === 'Type3') return true;
  const descriptor = dictOf(value(programOf(font), 'FontDescriptor'));
  return ['FontFile', 'FontFile2', 'FontFile3'].some((key) => dictOf(value(descriptor, key)));
}

/** The texts of all codes that are shown, where the font does not tell them well enough; undefined where it does. */
function mendedTexts(font: PDFDict, { codes, bytes }: FontUse): Map<number, string | undefined> | undefined {
  if (bytes === undefined || (isComposite(font) && hasCharacters(font))) return undefined;
  const map = value(font, 'ToUnicode');
  const mapped = map instanceof PDFRawStream ? readMap(decoded(map), bytes) : undefined;
  const isTold = (code: number) => mapped?.has(code) === true && !isPrivate(mapped.get(code) as string);
  const shown = [...codes];
  if (shown.every(isTold)) return undefined;
  const glyphs = isComposite(font) ? undefined : glyphsOf(font);
  if (!mapped && !isComposite(font) && (glyphs ? glyphs.standard : namesItsGlyphs(font))) return undefined;
  return new Map(shown.map((code) => [code, isTold(code) ? mapped?.get(code) : glyphs?.texts.get(code)]));
}

/** Whether a simple font without names that we read has names all the same: a standard encoding, a program in CFF. */
function namesItsGlyphs(font: PDFDict): boolean {
  if (value(font, 'Encoding') !== undefined) return true;
  const subtype = nameOf(value(font, 'Subtype'));
  const flags = numberOf(value(dictOf(value(font, 'FontDescriptor')), 'Flags')) ?? 0;
  return subtype !== 'Type3' && (subtype !== 'TrueType' || (flags & 4) === 0);
}

/** Of the Private Use Area, or nothing: no text that others could read (ISO 19005-3, 6.2.11.7.2, 6.2.11.7.3). */
const isPrivate = (text: string) =>
  text === '' || /\p{Co}/u.test(text) || ['\0', '\ufffe', '\ufeff'].some((sign) => text.includes(sign));

/** Whether a composite font's characters are those of a collection that Unicode values are known for (ISO 19005-3, 6.2.11.7.2). */
function hasCharacters(font: PDFDict): boolean {
  if (value(font, 'ToUnicode') !== undefined) return false;
  const system = dictOf(value(programOf(font), 'CIDSystemInfo'));
  return (
    stringOf(value(system, 'Registry')) === 'Adobe' &&
    ['GB1', 'CNS1', 'Japan1', 'Korea1', 'KR'].includes(stringOf(value(system, 'Ordering')) ?? '')
  );
}

/** A font's name without the tag of a subset. */
const fontName = (font: PDFDict): string => shownName(value(font, 'BaseFont')).replace(/^[A-Z]{6}\+/, '');
const shownName = (name: PDFObject | undefined) => (name instanceof PDFName ? name.decodeText() : '名前なし');
