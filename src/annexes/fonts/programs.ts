import { dictOf, nameOf, value } from '../source/file.ts';
import { type PDFDict, PDFName } from '../source/pdf.ts';
import { codesOf } from './code-map.ts';
import { isSoundComposite, mendComposite } from './composite-font.ts';
import { isDamage, isInPlace, openProgram, ownDescendant, streamOf } from './embedded.ts';
import { isComposite, mapOf, programOf, type ShownFont } from './font.ts';
import { Glyphs } from './glyphs.ts';
import { isSoundNamed, mendNamed, namedGlyph } from './named-font.ts';
import { DamagedProgram } from './program.ts';
import type { Reading } from './reader.ts';
import { isPublic } from './texts.ts';
import { TrueTypeProgram } from './truetype.ts';
import { isSoundTrueType, mendTrueType, readGlyphs } from './truetype-font.ts';
import { Type1Program } from './type1.ts';
import { isSoundType3, mendType3 } from './type3-font.ts';
import { cidWidths, hasName, hasWholeWidths, simpleWidths, writeWidths } from './widths.ts';

/** Whether a dictionary says that it is a font (ISO 32000-1, 9.6.2.1, 9.7.4.1). */
const isTyped = (font: PDFDict) => nameOf(value(font, 'Type')) === 'Font';
const isType3 = (font: PDFDict) => nameOf(value(font, 'Subtype')) === 'Type3';

/** Whether the embedded program is what the font's dictionary says, by a fast look (ISO 19005-3, 6.2.11). */
export function hasSoundProgram({ dict, use }: ShownFont): boolean {
  try {
    const descendant = programOf(dict);
    if (!descendant || !isTyped(dict) || !isTyped(descendant)) return false;
    if (isType3(dict)) return hasWholeWidths(dict) && isSoundType3(dict, use.codes, widthsOf(dict, undefined));
    const embedded = streamOf(dict);
    if (!embedded || !hasName(dict) || !hasName(descendant)) return false;
    const program = openProgram(embedded.stream);
    if (!program.isPlain || !isInPlace(program, dict)) return false;
    if (isComposite(dict)) {
      const codes = use.bytes === 2 ? codesOf(dict, use, undefined) : undefined;
      return codes !== undefined && isSoundComposite(dict, codes, program, cidWidths(descendant));
    }
    if (!hasWholeWidths(dict)) return false;
    const width = widthsOf(dict, undefined);
    const subtype = nameOf(value(dict, 'Subtype'));
    if (program instanceof TrueTypeProgram)
      return subtype === 'TrueType' && isSoundTrueType(dict, use.codes, program, width);
    const isType1 = subtype === 'Type1' || subtype === 'MMType1';
    const isNamed = program instanceof Type1Program || !program.isByCid;
    return isType1 && isNamed && isSoundNamed(dict, use.codes, program, width);
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** Widths by code of a simple font as readers take them. */
function widthsOf(font: PDFDict, own: ((code: number) => number) | undefined): (code: number) => number {
  return simpleWidths(font) ?? own ?? (() => 0);
}

/** Makes dictionary and program agree without a change of what is seen; reports what cannot be; true when it changed something. */
export function mendProgram(font: ShownFont, reading: Reading | undefined): boolean {
  if (hasSoundProgram(font)) return false;
  try {
    return mend(font, reading);
  } catch (error) {
    if (!isDamage(error)) throw error;
    font.report('annex-font-damaged', 'error');
    return false;
  }
}

/** True when it changed something. */
function mend(font: ShownFont, reading: Reading | undefined): boolean {
  const { dict, use } = font;
  const descendant = programOf(dict);
  const isWhole = [dict, descendant].every((part) => part && isTyped(part) && hasName(part));
  for (const part of [dict, descendant]) part?.set(PDFName.of('Type'), PDFName.of('Font'));
  if (isType3(dict)) {
    const width = widthsOf(dict, undefined);
    if (!hasWholeWidths(dict)) writeWidths(dict, use.codes, width);
    if (!isSoundType3(dict, use.codes, width) && !mendType3(font, width)) throw new DamagedProgram();
    return true;
  }
  const embedded = streamOf(dict);
  if (!embedded || !descendant) throw new DamagedProgram();
  const program = openProgram(embedded.stream);
  const own = mapOf(dict, use.codes)?.texts;
  const text = (code: number) => [own?.get(code)].find(isPublic);
  let told: Glyphs | undefined;
  const glyphsBy =
    (width: (code: number) => number) =>
    (add?: (like: number | undefined, width: number, code: number) => number): Glyphs => {
      told = new Glyphs(program, width, use.visible, text, add);
      return told;
    };
  nameFonts(dict);
  if (isComposite(dict)) {
    const codes = codesOf(dict, use, reading);
    const width = cidWidths(descendant);
    if (!codes) throw new DamagedProgram();
    if (program.isPlain && isInPlace(program, dict) && isSoundComposite(dict, codes, program, width)) return !isWhole;
    ownDescendant(dict);
    mendComposite(
      font,
      codes,
      program,
      (add) => glyphsBy((code) => width(codes.cids.get(code) ?? 0))(add),
      width,
      reading,
    );
  } else if (program instanceof TrueTypeProgram) {
    const read = readGlyphs(dict, program, () => '');
    const width = widthsOf(dict, (code) => Math.round(program.width(read(code))));
    if (!hasWholeWidths(dict)) writeWidths(dict, use.codes, width);
    dict.set(PDFName.of('Subtype'), PDFName.of('TrueType'));
    mendTrueType(font, program, glyphsBy(width)(), reading);
  } else {
    if (!(program instanceof Type1Program) && program.isByCid) throw new DamagedProgram();
    const width = widthsOf(dict, (code) => Math.round(program.width(namedGlyph(dict, program, code))));
    if (!hasWholeWidths(dict)) writeWidths(dict, use.codes, width);
    if (nameOf(value(dict, 'Subtype')) !== 'MMType1') dict.set(PDFName.of('Subtype'), PDFName.of('Type1'));
    mendNamed(font, program, glyphsBy(width), reading);
  }
  if (told && told.missing.size > 0) font.report('annex-missing-glyph', 'error');
  if (told && told.unfit.size > 0) font.report('annex-font-widths', 'error');
  return true;
}

/** A font without a name gets its descriptor's. */
function nameFonts(font: PDFDict): void {
  const descendant = programOf(font) as PDFDict;
  const named = [font, descendant].find(hasName);
  const name = value(named, 'BaseFont') ?? value(dictOf(value(descendant, 'FontDescriptor')), 'FontName');
  for (const dict of [font, descendant])
    if (!hasName(dict)) dict.set(PDFName.of('BaseFont'), name instanceof PDFName ? name : PDFName.of('Font'));
}
