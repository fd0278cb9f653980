import type { FontUse } from '../content/usage.ts';
import { collections, isPredefined } from '../fonts/code-map.ts';
import { isListed, notdef, unicodeOf } from '../fonts/encodings.ts';
import { builtInNames } from '../fonts/named-font.ts';
import { tolerance } from '../fonts/program.ts';
import { orderings } from '../fonts/shown-codes.ts';
import { encodingOf, writtenName } from '../fonts/simple-encoding.ts';
import { TrueTypeProgram } from '../fonts/truetype.ts';
import { readMap } from '../fonts/unicode-map.ts';
import { cidWidths, hasWholeWidths, simpleWidths } from '../fonts/widths.ts';
import { decoded, dictOf, itemsOf, nameOf, numberOf, stringOf, value } from '../source/file.ts';
import { PDFArray, type PDFDict, PDFName, PDFRawStream } from '../source/pdf.ts';
import { cidsOf } from './codes.ts';
import { proveName } from './colours.ts';
import { cidGlyphs, type Glyphs, simpleGlyphs, type3Glyphs } from './glyphs.ts';
import { programOf } from './programs.ts';
import type { Breaches, Rule } from './rules.ts';

const programSubtypes = ['Type1C', 'CIDFontType0C', 'OpenType'];

type Breach = (rule: Rule) => void;

/** Checks the fonts that show text, by the codes that they show (ISO 19005-3, 6.2.11; ISO 14289-1, 7.21). */
export function proveFonts(fonts: ReadonlyMap<PDFDict, FontUse>, breaches: Breaches): void {
  for (const [font, use] of fonts) {
    const named = value(font, 'BaseFont');
    const name = (named instanceof PDFName ? named.decodeText() : '名前なし').replace(/^[A-Z]{6}\+/, '');
    const breach: Breach = (rule) => {
      for (const page of use.pages) breaches.add(rule, page, name);
    };
    const [page = 0] = use.pages;
    proveName(named, breaches, page);
    const subtype = nameOf(value(font, 'Subtype')) ?? '';
    if (nameOf(value(font, 'Type')) !== 'Font' || (subtype !== 'Type3' && !(named instanceof PDFName)))
      breach('font-kind');
    if (subtype === 'Type0') proveComposite(font, use, breach);
    else proveSimple(font, subtype, use, breach);
  }
}

function proveSimple(font: PDFDict, subtype: string, use: FontUse, breach: Breach): void {
  if (!['Type1', 'MMType1', 'TrueType', 'Type3'].includes(subtype)) breach('font-kind');
  const descriptor = dictOf(value(font, 'FontDescriptor'));
  const program = programOf(descriptor, subtype);
  proveDescriptor(descriptor, breach);
  if (!hasWholeWidths(font) && (program || subtype === 'Type3')) breach('font-widths-missing');
  if (use.visible && subtype !== 'Type3' && !program) breach('font-program');
  const encoding = encodingOf(font);
  const isOutline = program instanceof TrueTypeProgram;
  for (const code of use.codes) {
    const isMissing = code === 0 && subtype === 'TrueType';
    if ((writtenName(encoding, code) ?? (isMissing ? notdef : undefined)) === notdef) breach('font-notdef');
  }
  if (isOutline) proveTrueType(font, program, breach);
  const glyphs = subtype === 'Type3' ? type3Glyphs(font) : program && simpleGlyphs(font, program);
  if (glyphs && use.visible) proveGlyphs(glyphs, simpleWidths(font), use.codes, breach);
  const builtIn = program && !isOutline ? builtInNames(program) : undefined;
  const isExpert = nameOf(value(font, 'Encoding')) === 'MacExpertEncoding';
  const isNamed = (code: number) => {
    if (isExpert) return true;
    const name = writtenName(encoding, code) ?? builtIn?.(code);
    if (name === undefined) return isOutline && (encoding.isSymbolic || !encoding.isThere);
    // Names by numbers are none that all readers know.
    return /^(\.notdef|afii\d{5})$/.test(name) || isListed(name);
  };
  proveTexts(font, use, isNamed, breach);
}

/** Character maps that a TrueType program has, by its font's flags and Encoding (ISO 19005-3, 6.2.11.6). */
function proveTrueType(font: PDFDict, program: TrueTypeProgram, breach: Breach): void {
  const { base, differences, isSymbolic, isThere } = encodingOf(font);
  const count = program.cmaps.length;
  const hasSymbols = program.cmap(3, 0) !== undefined;
  const isStandard = base === 'MacRomanEncoding' || base === 'WinAnsiEncoding';
  const hasDifferences = value(dictOf(value(font, 'Encoding')), 'Differences') !== undefined;
  const isUnicode =
    program.cmap(3, 1) !== undefined && [...differences.values()].every((name) => unicodeOf(name) !== undefined);
  const isSound = isSymbolic
    ? !isThere && (count === 1 || hasSymbols)
    : isStandard && (!hasDifferences || isUnicode) && count > (hasSymbols ? 1 : 0);
  if (!isSound) breach('font-encoding');
}

function proveComposite(font: PDFDict, use: FontUse, breach: Breach): void {
  const descendant = dictOf(itemsOf(value(font, 'DescendantFonts'))[0]);
  const subtype = nameOf(value(descendant, 'Subtype')) ?? '';
  if (!/^CIDFontType[02]$/.test(subtype)) breach('font-kind');
  if (!descendant) return;
  if (nameOf(value(descendant, 'Type')) !== 'Font' || !(value(descendant, 'BaseFont') instanceof PDFName))
    breach('font-kind');
  const descriptor = dictOf(value(descendant, 'FontDescriptor'));
  const program = programOf(descriptor, subtype);
  proveDescriptor(descriptor, breach);
  if (use.visible && !program) breach('font-program');
  // A map that is missing is written when the font is copied.
  const numbers = value(descendant, 'CIDToGIDMap');
  if (subtype === 'CIDFontType2' && numbers && !(numbers instanceof PDFRawStream) && nameOf(numbers) !== 'Identity')
    breach('font-glyph-map');
  proveCodeMap(font, descendant, breach);
  const isIdentity = /^Identity-[HV]$/.test(nameOf(value(font, 'Encoding')) ?? '');
  const cids = isIdentity ? (code: number) => code : cidsOf(font);
  if (!cids) return;
  if (program) {
    const [glyphs, width] = [cidGlyphs(font, program), cidWidths(descendant)];
    const glyph = (code: number) => glyphs(cids(code));
    if (use.visible) proveGlyphs(glyph, (code) => width(cids(code)), use.codes, breach);
    for (const code of use.codes) if (cids(code) === 0 || !glyph(code).isPresent) breach('font-notdef');
  }
  const system = dictOf(value(descendant, 'CIDSystemInfo'));
  const isKnown =
    stringOf(value(system, 'Registry')) === 'Adobe' && orderings.includes(stringOf(value(system, 'Ordering')) ?? '');
  proveTexts(font, use, () => isKnown, breach);
}

/** The CMap of a composite font: embedded or one that all readers have, and for the CIDs of the font (ISO 19005-3, 6.2.11.3). */
function proveCodeMap(font: PDFDict, descendant: PDFDict, breach: Breach): void {
  const encoding = value(font, 'Encoding');
  const name = nameOf(encoding) ?? nameOf(value(dictOf(encoding), 'CMapName')) ?? '';
  if (/^Identity-[HV]$/.test(name)) return;
  if (encoding instanceof PDFRawStream) {
    const text = Buffer.from(decoded(encoding)).toString('latin1');
    const written = Number(/\/WMode\s+(\d+)\s+def/.exec(text)?.[1] ?? 0);
    if (written !== (numberOf(value(encoding.dict, 'WMode')) ?? 0)) breach('font-code-map');
    const stood = value(encoding.dict, 'UseCMap');
    const base = nameOf(stood) ?? nameOf(value(dictOf(stood), 'CMapName'));
    if (base !== undefined && !isPredefined(base)) breach('font-code-map');
  } else if (!isPredefined(name)) {
    breach('font-code-map');
    return;
  }
  const system = dictOf(value(descendant, 'CIDSystemInfo'));
  const own = [
    stringOf(value(system, 'Registry')),
    stringOf(value(system, 'Ordering')),
    numberOf(value(system, 'Supplement')) ?? 0,
  ];
  const written = value(dictOf(encoding), 'CIDSystemInfo');
  const info = dictOf(written instanceof PDFArray ? written.lookup(0) : written);
  const known = collections.get(name);
  const wanted =
    encoding instanceof PDFRawStream
      ? [stringOf(value(info, 'Registry')), stringOf(value(info, 'Ordering')), numberOf(value(info, 'Supplement')) ?? 0]
      : ['Adobe', known?.ordering, known?.supplement];
  const isSame = own[0] !== undefined && own[0] === wanted[0] && own[1] !== undefined && own[1] === wanted[1];
  if (!isSame || Number(own[2]) > Number(wanted[2])) breach('font-collection');
}

function proveDescriptor(descriptor: PDFDict | undefined, breach: Breach): void {
  for (const key of ['FontFile', 'FontFile2', 'FontFile3']) {
    const subtype = nameOf(value(dictOf(value(descriptor, key)), 'Subtype'));
    if (subtype !== undefined && !programSubtypes.includes(subtype)) breach('font-kind');
  }
}

/** Every glyph is there and as wide as the dictionary says, within 1/1000 of the size. */
function proveGlyphs(
  glyphs: Glyphs,
  width: ((code: number) => number) | undefined,
  codes: ReadonlySet<number>,
  breach: Breach,
): void {
  for (const code of codes) {
    const glyph = glyphs(code);
    if (!glyph) continue;
    if (!glyph.isPresent && code !== 0) breach('font-glyph');
    else if (!(Math.abs((glyph.width ?? Number.NaN) - (width?.(code) ?? 0)) <= tolerance)) breach('font-width');
  }
}

/** Every code that is shown has a text (ISO 19005-3, 6.2.11.7): in the ToUnicode map, or by its name. */
function proveTexts(font: PDFDict, use: FontUse, isNamed: (code: number) => boolean, breach: Breach): void {
  const map = value(font, 'ToUnicode');
  const isIdentity = (nameOf(map) ?? nameOf(value(dictOf(map), 'CMapName')) ?? '').startsWith('Identity-');
  const texts = map instanceof PDFRawStream ? readMap(decoded(map), use.codes).texts : new Map<number, string>();
  for (const code of use.codes) {
    const text = isIdentity ? String.fromCharCode(code) : texts.get(code);
    if (text === undefined ? !isNamed(code) : ['\0', '\ufffe', '\ufeff'].some((sign) => text.includes(sign)))
      breach('font-unicode');
    if (text !== undefined && /\p{Co}/u.test(text) && use.unspoken.has(code)) breach('font-private');
  }
}
