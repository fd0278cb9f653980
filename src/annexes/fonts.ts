import { type PDFDict, PDFName, type PDFObject, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, dictOf, itemsOf, nameOf, numberOf, stringOf, value } from './file.ts';
import { glyphsOf, mappedTexts, toUnicode } from './glyph-names.ts';
import type { Problem } from './problem.ts';

/**
 * What keeps the fonts that print text out of PDF/A-3a and PDF/UA-1 (ISO 19005-3, 6.2.11.4, 6.2.11.7), and the ToUnicode
 * maps that mend it. Where `spoken`, the annex is a figure whose 代替テキスト speaks: then unknown signs are told, not refused.
 */
export function checkFonts(
  fonts: Iterable<PDFDict>,
  spoken: boolean,
): { problems: Problem[]; maps: Map<PDFDict, Uint8Array> } {
  const maps = new Map<PDFDict, Uint8Array>();
  const foreign = new Set<string>();
  const silent = new Set<string>();
  const doubtful = new Set<string>();
  for (const font of fonts) {
    if (!isEmbedded(font)) foreign.add(fontName(font));
    else {
      const simple = nameOf(value(font, 'Subtype')) !== 'Type0';
      const texts = simple ? missingMap(font) : hasCharacters(font) ? undefined : new Map();
      if (!texts) continue;
      const complete = texts.size > 0 && ![...texts.values()].includes(undefined);
      if (!complete) (simple && spoken ? doubtful : silent).add(fontName(font));
      if (simple) maps.set(font, toUnicode(texts));
    }
  }
  const told = (code: Problem['code'], severity: Problem['severity'], names: Set<string>): Problem[] =>
    names.size === 0 ? [] : [{ code, severity, actual: [...names].sort().join('、') }];
  const problems = [
    ...told('annex-font-not-embedded', 'error', foreign),
    ...told('annex-font-without-unicode', 'error', silent),
    ...told('annex-text-unreadable', 'warning', doubtful),
  ];
  return { problems, maps };
}

const programOf = (font: PDFDict) =>
  nameOf(value(font, 'Subtype')) === 'Type0' ? dictOf(itemsOf(value(font, 'DescendantFonts'))[0]) : font;

function isEmbedded(font: PDFDict): boolean {
  if (nameOf(value(font, 'Subtype')) === 'Type3') return true;
  const descriptor = dictOf(value(programOf(font), 'FontDescriptor'));
  return ['FontFile', 'FontFile2', 'FontFile3'].some((key) => dictOf(value(descriptor, key)));
}

/** The texts of a simple font's codes where readers could not tell them by themselves; none are known when it is empty. */
function missingMap(font: PDFDict): Map<number, string | undefined> | undefined {
  const glyphs = glyphsOf(font);
  const map = value(font, 'ToUnicode');
  const mapped = map instanceof PDFRawStream ? mappedTexts(decoded(map)) : undefined;
  if (glyphs) {
    // A map may lack signs whose names its maker did not know.
    const missing = [...glyphs.texts.keys()].some((code) => !mapped?.has(code));
    return glyphs.standard || !missing ? undefined : new Map([...glyphs.texts, ...(mapped ?? [])]);
  }
  if (mapped || value(font, 'Encoding') !== undefined) return undefined;
  const subtype = nameOf(value(font, 'Subtype'));
  const flags = numberOf(value(dictOf(value(font, 'FontDescriptor')), 'Flags')) ?? 0;
  // A symbolic TrueType font names no glyphs; a program in CFF has names that we do not read.
  return subtype === 'Type3' || (subtype === 'TrueType' && (flags & 4) !== 0) ? new Map() : undefined;
}

/** Whether a composite font's characters are those of a collection or of a CMap that Unicode values are known for (ISO 19005-3, 6.2.11.7.2). */
function hasCharacters(font: PDFDict): boolean {
  if (value(font, 'ToUnicode') !== undefined) return true;
  const encoding = nameOf(value(font, 'Encoding'));
  if (encoding !== undefined && !/^Identity-[HV]$/.test(encoding)) return true;
  const system = dictOf(value(programOf(font), 'CIDSystemInfo'));
  return (
    stringOf(value(system, 'Registry')) === 'Adobe' &&
    ['GB1', 'CNS1', 'Japan1', 'Korea1', 'KR'].includes(stringOf(value(system, 'Ordering')) ?? '')
  );
}

/** A font's name without the tag of a subset. */
const fontName = (font: PDFDict): string => shownName(value(font, 'BaseFont')).replace(/^[A-Z]{6}\+/, '');
const shownName = (name: PDFObject | undefined) => (name instanceof PDFName ? name.decodeText() : '名前なし');
