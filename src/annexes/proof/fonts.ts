import { PDFArray, type PDFDict, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { decoded, dictOf, itemsOf, nameOf, numberOf, stringOf, value } from '../file.ts';
import { readMap } from '../fonts/unicode-map.ts';
import type { FontUse } from '../usage.ts';
import { collectionOf, isPredefined } from './cmaps.ts';
import { codeMapOf, codesIn } from './codes.ts';
import { proveName } from './colours.ts';
import { encodingOf, textOf } from './encodings.ts';
import { cidGlyphs, cidWidths, type Glyphs, simpleWidths, trueTypeGlyphs, type1Glyphs, type3Glyphs } from './glyphs.ts';
import { type Program, programOf } from './programs.ts';
import type { Breaches, Rule } from './rules.ts';

const programSubtypes = ['Type1C', 'CIDFontType0C', 'OpenType'];
const collections = ['GB1', 'CNS1', 'Japan1', 'Korea1', 'KR'];

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
  const [first, last] = [numberOf(value(font, 'FirstChar')), numberOf(value(font, 'LastChar'))];
  const widths = value(font, 'Widths');
  const descriptor = dictOf(value(font, 'FontDescriptor'));
  const program = programOf(descriptor, subtype);
  proveDescriptor(descriptor, breach);
  const isWhole =
    first !== undefined && last !== undefined && widths instanceof PDFArray && widths.size() === last - first + 1;
  if (!isWhole && (program || subtype === 'Type3')) breach('font-widths-missing');
  if (use.visible && subtype !== 'Type3' && !program) breach('font-program');
  const isSymbolic = ((numberOf(value(descriptor, 'Flags')) ?? 0) & 4) !== 0;
  const encoding = encodingOf(font);
  for (const code of use.codes)
    if ((encoding(code) ?? (code === 0 && subtype === 'TrueType' ? '.notdef' : '')) === '.notdef')
      breach('font-notdef');
  if (program?.kind === 'truetype') proveTrueType(font, program, isSymbolic, breach);
  const glyphs =
    subtype === 'Type3'
      ? type3Glyphs(font)
      : program?.kind === 'truetype'
        ? trueTypeGlyphs(font, program.program, isSymbolic)
        : program && type1Glyphs(font, program);
  if (glyphs && use.visible) proveGlyphs(glyphs, simpleWidths(font), use.codes, breach);
  const isExpert = nameOf(value(font, 'Encoding')) === 'MacExpertEncoding';
  const isNamed = (code: number) => {
    if (isExpert) return true;
    const name = encoding(code) ?? (program && program.kind !== 'truetype' ? program.program.builtIn(code) : undefined);
    if (name === undefined)
      return program?.kind === 'truetype' && (isSymbolic || value(font, 'Encoding') === undefined);
    // Names by numbers are none that all readers know.
    return /^(\.notdef|afii\d{5})$/.test(name) || (textOf(name) !== undefined && !/^u(ni)?[0-9A-F]{4,6}$/.test(name));
  };
  proveTexts(font, use, isNamed, breach);
}

/** Character maps that a TrueType program has, by its font's flags and Encoding (ISO 19005-3, 6.2.11.6). */
function proveTrueType(
  font: PDFDict,
  { program }: Program & { kind: 'truetype' },
  isSymbolic: boolean,
  breach: Breach,
): void {
  const { maps } = program;
  const has = (platform: number, encoding: number) =>
    maps.some((map) => map.platform === platform && map.encoding === encoding);
  const encoding = value(font, 'Encoding');
  const base = nameOf(encoding instanceof PDFName ? encoding : value(dictOf(encoding), 'BaseEncoding'));
  const isStandard = base === 'MacRomanEncoding' || base === 'WinAnsiEncoding';
  const names =
    encoding instanceof PDFName
      ? []
      : itemsOf(value(dictOf(encoding), 'Differences')).filter((item) => item instanceof PDFName);
  const isUnicode = has(3, 1) && names.every((name) => textOf((name as PDFName).decodeText()) !== undefined);
  const hasDifferences = !(encoding instanceof PDFName) && value(dictOf(encoding), 'Differences') !== undefined;
  const isSound = isSymbolic
    ? encoding === undefined && (maps.length === 1 || has(3, 0))
    : isStandard && (!hasDifferences || isUnicode) && (has(3, 0) ? maps.length > 1 : maps.length > 0);
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
  const map = isIdentity ? undefined : codeMapOf(font);
  if (!isIdentity && !map) return;
  const lengths =
    map && use.bytes === undefined ? codesIn(use.shown.keys(), map) : new Map([...use.codes].map((code) => [code, 2]));
  const codes = new Set(lengths.keys());
  const cid = (code: number) => map?.cid(code) ?? code;
  if (program) {
    const [glyphs, widths] = [cidGlyphs(descendant, program), cidWidths(descendant)];
    if (use.visible)
      proveGlyphs((code) => glyphs(cid(code)), { ...widths, of: (code) => widths.of(cid(code)) }, codes, breach);
    for (const code of codes) if (cid(code) === 0 || glyphs(cid(code))?.isPresent === false) breach('font-notdef');
  }
  const system = dictOf(value(descendant, 'CIDSystemInfo'));
  const isKnown =
    stringOf(value(system, 'Registry')) === 'Adobe' && collections.includes(stringOf(value(system, 'Ordering')) ?? '');
  const bytes = [...lengths.values()].every((length) => length === 2) ? 2 : 1;
  if (Math.max(...lengths.values()) <= 2) proveTexts(font, { ...use, codes, bytes }, () => isKnown, breach);
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
  const wanted =
    encoding instanceof PDFRawStream
      ? [stringOf(value(info, 'Registry')), stringOf(value(info, 'Ordering')), numberOf(value(info, 'Supplement')) ?? 0]
      : collectionOf(name);
  const isSame = own[0] !== undefined && own[0] === wanted[0] && own[1] !== undefined && own[1] === wanted[1];
  if (!isSame || (own[2] as number) > (wanted[2] as number)) breach('font-collection');
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
  widths: ReturnType<typeof simpleWidths>,
  codes: ReadonlySet<number>,
  breach: Breach,
): void {
  for (const code of codes) {
    const glyph = glyphs(code);
    if (!glyph) continue;
    if (!glyph.isPresent && code !== 0) breach('font-glyph');
    if (Math.abs((glyph.width ?? widths.otherwise) - widths.of(code)) > 1) breach('font-width');
  }
}

/** Every code that is shown has a text (ISO 19005-3, 6.2.11.7): in the ToUnicode map, or by its name. */
function proveTexts(font: PDFDict, use: FontUse, isNamed: (code: number) => boolean, breach: Breach): void {
  if (use.bytes === undefined) return;
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
