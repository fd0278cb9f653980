import { type PDFDict, PDFName } from '../source/pdf.ts';
import { setProgram } from './embedded.ts';
import { isListed, macOsRoman, notdef, standardEncoding, unicodeOf } from './encodings.ts';
import type { ShownFont } from './font.ts';
import type { Glyphs } from './glyphs.ts';
import { tolerance } from './program.ts';
import type { Reading } from './reader.ts';
import { isJudged } from './sfnt.ts';
import {
  encodingOf,
  readName,
  type SimpleEncoding,
  setSymbolic,
  writeDifferences,
  writtenName,
} from './simple-encoding.ts';
import { keepTexts } from './texts-kept.ts';
import type { TrueTypeProgram } from './truetype.ts';

/** The glyph of a code by the words of the standard (ISO 32000-1, 9.6.6.4); 0: it leads to none, or not by them. */
function standardGlyph(program: TrueTypeProgram, encoding: SimpleEncoding, code: number): number {
  if (encoding.isSymbolic) {
    const symbols = program.cmap(3, 0)?.glyphs;
    if (!symbols) return program.cmap(1, 0)?.glyphs.get(code) ?? 0;
    const first = symbols.keys().next().value ?? 0;
    return symbols.get((first & 0xff00) + code) ?? 0;
  }
  const name = writtenName(encoding, code);
  return name === undefined || name === notdef ? 0 : namedGlyph(program, name);
}

function namedGlyph(program: TrueTypeProgram, name: string): number {
  const character = unicodeOf(name);
  const byUnicode = character === undefined ? undefined : program.cmap(3, 1)?.glyphs.get(character);
  if (byUnicode) return byUnicode;
  const place = macOsRoman.indexOf(name);
  return (place < 0 ? undefined : program.cmap(1, 0)?.glyphs.get(place)) || program.named(name);
}

/** Whether Flags, Encoding and `cmap` go together (ISO 19005-3, 6.2.11.6). */
function isSoundEncoding(program: TrueTypeProgram, encoding: SimpleEncoding): boolean {
  const { cmaps } = program;
  const hasSymbols = program.cmap(3, 0) !== undefined;
  const asked = [program.cmap(3, 0), program.cmap(3, 1), program.cmap(1, 0)];
  if (asked.some((cmap) => cmap && !isJudged(cmap))) return false;
  if (encoding.isSymbolic) return !encoding.isThere && (cmaps.length === 1 || hasSymbols);
  const isStandard = encoding.base === 'WinAnsiEncoding' || encoding.base === 'MacRomanEncoding';
  const areListed = encoding.differences.size === 0 || program.cmap(3, 1) !== undefined;
  return (
    isStandard && areListed && [...encoding.differences.values()].every(isListed) && cmaps.length > (hasSymbols ? 1 : 0)
  );
}

/** Whether every code leads to a glyph by the words of the standard. */
export function isSoundTrueType(
  font: PDFDict,
  codes: ReadonlySet<number>,
  program: TrueTypeProgram,
  width: (code: number) => number,
): boolean {
  const encoding = encodingOf(font);
  return (
    isSoundEncoding(program, encoding) &&
    [...codes].every((code) => {
      const glyph = standardGlyph(program, encoding, code);
      const isNamed = !encoding.isSymbolic || code !== 0;
      return isNamed && glyph > 0 && glyph < program.count && Math.abs(program.width(glyph) - width(code)) <= tolerance;
    })
  );
}

/** The glyphs that readers show for codes, however they come to them. */
export function readGlyphs(
  font: PDFDict,
  program: TrueTypeProgram,
  texts: (code: number) => string,
): (code: number) => number {
  const encoding = encodingOf(font);
  const [symbols, unicode, mac] = [program.cmap(3, 0), program.cmap(3, 1), program.cmap(1, 0)].map(
    (cmap) => cmap?.glyphs,
  );
  const anyUnicode = unicode ?? program.cmaps.find(({ platform }) => platform === 0 || platform === 3)?.glyphs;
  const bySymbol = (code: number) =>
    [0xf000, 0xf100, 0xf200, 0].map((prefix) => symbols?.get(prefix + code)).find((glyph) => glyph) ?? 0;
  const isStandard = encoding.base === 'WinAnsiEncoding' || encoding.base === 'MacRomanEncoding';
  const byName = (code: number): number => {
    const name = readName(encoding, code);
    const chosen = unicode ?? (encoding.isNonsymbolic ? (mac ?? symbols) : (symbols ?? mac));
    if (name === undefined) return (chosen ?? anyUnicode)?.get(code) ?? 0;
    if (chosen === symbols && symbols) return bySymbol(code);
    const character = unicodeOf(name) ?? texts(code).codePointAt(0);
    const place = macOsRoman.indexOf(name);
    const found = chosen === mac ? (place < 0 ? 0 : mac?.get(place)) : chosen?.get(character ?? -1);
    if (found) return found;
    if (name === notdef) return chosen?.get(32) ?? 0;
    const byText = chosen?.get(texts(code).codePointAt(0) ?? -1);
    return program.named(name) || byText || namedGlyph(program, name);
  };
  if ((isStandard && encoding.differences.size === 0 && !isBuiltIn(encoding, program)) || encoding.isNonsymbolic) {
    if (program.cmaps.length > 0 || program.named('space') > 0) return byName;
    return (code) => code;
  }
  const codes = Array.from({ length: 256 }, (_, code) => code);
  if (symbols && codes.some((code) => bySymbol(code) !== 0)) return bySymbol;
  if (mac) return (code) => mac.get(code) ?? 0;
  if (anyUnicode && codes.some((code) => anyUnicode.get(code))) return (code) => anyUnicode.get(code) ?? 0;
  return (code) => code;
}

/** A symbolic font's standard encoding does not count where the program has no table for it. */
function isBuiltIn({ isSymbolic, base }: SimpleEncoding, { cmaps }: TrueTypeProgram): boolean {
  if (!isSymbolic) return false;
  const supportsWin = cmaps.some(({ platform }) => platform === 0 || platform === 3);
  const supportsMac = cmaps.some(({ platform }) => platform === 1);
  return base === 'WinAnsiEncoding' ? !supportsWin : !supportsMac;
}

/** Makes codes, glyphs and widths agree; true when it changed something. */
export function mendTrueType(
  font: ShownFont,
  program: TrueTypeProgram,
  glyphs: Glyphs,
  reading: Reading | undefined,
): void {
  const { dict, use } = font;
  const texts = (code: number) => reading?.glyphs.get(code)?.text || reading?.glyphs.get(code)?.derived || '';
  const read = readGlyphs(dict, program, texts);
  const encoding = encodingOf(dict);
  const found = new Map([...use.codes].map((code) => [code, glyphs.settle(code, read(code))]));
  const isKept =
    isSoundEncoding(program, encoding) &&
    [...found].every(
      ([code, glyph]) => glyph === standardGlyph(program, encoding, code) && (!encoding.isSymbolic || code !== 0),
    );
  if (isKept) {
    setProgram(dict, program);
    return;
  }
  keepTexts(font, reading);
  const isSymbolic = !use.codes.has(0);
  if (isSymbolic) {
    const symbols = new Map([...found].map(([code, glyph]) => [0xf000 + code, glyph]));
    program.setCmaps([
      { platform: 1, encoding: 0, glyphs: found },
      { platform: 3, encoding: 0, glyphs: symbols },
    ]);
    dict.delete(PDFName.of('Encoding'));
  } else {
    // Code 0 of a symbolic font is the missing glyph whatever it shows: all codes get names, and glyphs by these.
    const names = standardEncoding.filter((name) => name !== notdef && name !== 'space');
    const spare = [...names, ...macOsRoman.slice(128).filter((name) => !names.includes(name))].filter(isListed);
    const given = new Map([...found.keys()].map((code, index) => [code, spare[index] ?? notdef]));
    const characters = [...found].map(([code, glyph]) => [unicodeOf(given.get(code) as string) ?? 0, glyph] as const);
    program.setCmaps([{ platform: 3, encoding: 1, glyphs: new Map(characters) }]);
    writeDifferences(dict, given, 'WinAnsiEncoding');
  }
  setSymbolic(setProgram(dict, program), isSymbolic);
}
