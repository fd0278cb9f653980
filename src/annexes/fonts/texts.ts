import { dictOf, nameOf, stringOf, value } from '../source/file.ts';
import { type PDFDict, PDFName } from '../source/pdf.ts';
import { hasBaseEncoding, isComposite, mapOf, programOf, type ShownFont } from './font.ts';
import { standardText, textOfName } from './glyph-names.ts';
import { publicText, signText } from './private-use.ts';
import type { ReadGlyph, Reading } from './reader.ts';
import { codespaces, writeMap } from './unicode-map.ts';

/** Whether a font tells the texts of all that it shows, as the standards want it (ISO 19005-3, 6.2.11.7), at a glance. */
export function tellsTexts({ dict, use: { codes, bytes } }: ShownFont): boolean {
  if (bytes === undefined) return false;
  const map = mapOf(dict, codes);
  if (map) return [...codes].every((code) => map.plain.has(code) && isPublic(map.texts.get(code)));
  const isPlain = value(dict, 'ToUnicode') === undefined && hasBaseEncoding(dict);
  return (
    isPlain && dictOf(value(dict, 'Encoding')) === undefined && [...codes].every((code) => code >= 0x20 && code < 0x7f)
  );
}

/** A text that others can read (ISO 19005-3, 6.2.11.7.2, 6.2.11.7.3). */
export const isPublic = (text: string | undefined): text is string =>
  text !== undefined && text !== '' && !/[\p{Co}\p{Cs}\0\ufffe\ufeff]/u.test(text);

/**
 * Gives a font the ToUnicode map that it lacks; true when it did. Where `spoken`, the annex is a figure whose
 * 代替テキスト speaks: then signs that nobody can read are told, not refused.
 */
export function mendTexts(font: ShownFont, reading: Reading | undefined, spoken: boolean): boolean {
  if (tellsTexts(font)) return false;
  const { dict, use, name } = font;
  const own = mapOf(dict, use.codes);
  const isTold = (code: number) =>
    own?.plain.has(code) === true && (isPublic(own.texts.get(code)) || isSpokenFor(own.texts.get(code), code));
  /** A private sign may stay where an ActualText speaks for it. */
  const isSpokenFor = (text: string | undefined, code: number) =>
    !use.unspoken.has(code) && isPublic(text?.replaceAll(/\p{Co}/gu, '-'));
  const knows = knowledge(dict, own !== undefined);
  if ([...use.codes].every((code) => isTold(code) || (!own?.texts.has(code) && knows(code, reading?.glyphs.get(code)))))
    return false;
  /** Of a sign that is not there, others tell. */
  const showsNothing = (code: number, glyph: ReadGlyph | undefined) =>
    (reading?.program !== undefined && glyph?.isInFont === false) ||
    (isComposite(dict) ? code === 0 : ['', '.notdef'].includes(glyph?.name ?? '-'));
  const isOfSigns = !isComposite(dict) && nameOf(value(dict, 'Subtype')) !== 'TrueType';
  const texts = new Map<number, string | undefined>();
  let isUnread = false;
  for (const code of use.codes) {
    const glyph = reading?.glyphs.get(code);
    const isMissing = showsNothing(code, glyph);
    const found = [
      own?.texts.get(code),
      // Where it goes on in another map, as pdf.js follows it.
      own?.usesAnother ? glyph?.text : undefined,
      isOfSigns && glyph?.name === undefined ? signText(code, name) : undefined,
      isMissing ? undefined : glyph?.derived,
      textOfName(glyph?.name),
    ];
    const text = found.find(isPublic) ?? found.map((text) => text && publicText(text, name)).find(isPublic);
    if (isTold(code)) texts.set(code, own?.texts.get(code));
    else
      texts.set(
        code,
        text ?? (isPublic(glyph?.shown) && !/[\p{Cc}\p{Cn}]/u.test(glyph.shown) ? glyph.shown : undefined),
      );
    isUnread ||= text === undefined && use.unspoken.has(code) && !isMissing;
  }
  if (isUnread)
    font.report(spoken ? 'annex-text-unreadable' : 'annex-font-without-unicode', spoken ? 'warning' : 'error');
  const { context } = dict;
  const map = writeMap(texts, reading?.codespace ?? codespaces[use.bytes ?? 2]);
  dict.set(PDFName.of('ToUnicode'), context.register(context.flateStream(map)));
  return true;
}

/**
 * Whether a code's text needs no map: by the name of its glyph in a simple font's own encoding, by its number in a
 * collection of characters (ISO 19005-3, 6.2.11.7.2).
 */
function knowledge(font: PDFDict, hasMap: boolean): (code: number, glyph: ReadGlyph | undefined) => boolean {
  if (value(font, 'ToUnicode') !== undefined && !hasMap) return () => false;
  if (!isComposite(font))
    return (_, glyph) => isPublic(glyph?.derived) && standardText(glyph?.name ?? '') !== undefined;
  const system = dictOf(value(programOf(font), 'CIDSystemInfo'));
  const ordering = stringOf(value(system, 'Ordering')) ?? '';
  const isKnown =
    /^Identity-[HV]$/.test(nameOf(value(font, 'Encoding')) ?? '') &&
    stringOf(value(system, 'Registry')) === 'Adobe' &&
    ['GB1', 'CNS1', 'Japan1', 'Korea1', 'KR'].includes(ordering);
  return (_, glyph) => isKnown && (ordering === 'KR' || isPublic(glyph?.derived));
}
