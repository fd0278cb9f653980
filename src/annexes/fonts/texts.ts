import { type PDFDict, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, dictOf, nameOf, numberOf, stringOf, value } from '../file.ts';
import type { FontUse } from '../marking.ts';
import { isComposite, programOf, type ShownFont } from './font.ts';
import { glyphsOf } from './glyph-names.ts';
import type { Reading } from './reader.ts';
import { readMap, writeMap } from './unicode-map.ts';

/** Whether a font tells the texts of all that it shows, as the standards want it (ISO 19005-3, 6.2.11.7). */
export const tellsTexts = ({ dict, use }: ShownFont): boolean => mendedTexts(dict, use) === undefined;

/**
 * Gives a font the ToUnicode map that it lacks; true when it did. Where `spoken`, the annex is a figure whose
 * 代替テキスト speaks: then signs that nobody can read are told, not refused.
 */
export function mendTexts(font: ShownFont, _reading: Reading | undefined, spoken: boolean): boolean {
  const { dict, use } = font;
  const texts = mendedTexts(dict, use);
  if (!texts) return false;
  if ([...use.codes].some((code) => texts.get(code) === undefined))
    font.report(spoken ? 'annex-text-unreadable' : 'annex-font-without-unicode', spoken ? 'warning' : 'error');
  const { context } = dict;
  dict.set(PDFName.of('ToUnicode'), context.register(context.flateStream(writeMap(texts, use.bytes ?? 2))));
  return true;
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
