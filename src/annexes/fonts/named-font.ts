import { Encodings } from '@cantoo/pdf-lib/standard-fonts';
import type { PDFDict } from '../source/pdf.ts';
import { CffProgram } from './cff.ts';
import { setProgram } from './embedded.ts';
import { expertEncoding, notdef, standardEncoding, unicodeOf } from './encodings.ts';
import { fontName, type ShownFont } from './font.ts';
import type { Glyphs } from './glyphs.ts';
import { tolerance } from './program.ts';
import type { Reading } from './reader.ts';
import { encodingOf, readName, writeDifferences, writtenName } from './simple-encoding.ts';
import { keepTexts } from './texts-kept.ts';
import type { Type1Program } from './type1.ts';

type NamedProgram = CffProgram | Type1Program;

/** The names of codes in the encoding that the program has, as the validator reads it; undefined where that is the one of expert fonts. */
export function builtInNames({ encoding }: NamedProgram): (code: number) => string | undefined {
  if (encoding === 1) return () => undefined;
  return (code) => (encoding === 0 ? standardEncoding[code] : encoding.get(code)) ?? notdef;
}

/** Whether every code has a name, by its dictionary or its program, and the program a glyph of that name and its width. */
export function isSoundNamed(
  font: PDFDict,
  codes: ReadonlySet<number>,
  program: NamedProgram,
  width: (code: number) => number,
): boolean {
  const encoding = encodingOf(font);
  const { names } = program;
  const builtIn = builtInNames(program);
  return (
    encoding.base !== 'MacExpertEncoding' &&
    [...codes].every((code) => {
      const written = writtenName(encoding, code);
      const name = written ?? builtIn(code);
      const isSame = written !== undefined || (readName(encoding, code) ?? builtIn(code)) === name;
      const glyph = names.get(name ?? notdef) ?? 0;
      return isSame && glyph > 0 && Math.abs(program.width(glyph) - width(code)) <= tolerance;
    })
  );
}

/** Names that readers take for each other where a program has but one of them. */
const twins: Record<string, string> = {
  nbspace: 'space',
  nonbreakingspace: 'space',
  uni00A0: 'space',
  sfthyphen: 'hyphen',
  softhyphen: 'hyphen',
  uni00AD: 'hyphen',
  Delta: 'increment',
  increment: 'Delta',
  Omega: 'Ohm',
  Ohm: 'Omega',
  mu: 'mu1',
  mu1: 'mu',
  macron: 'overscore',
  overscore: 'macron',
  periodcentered: 'middot',
  middot: 'periodcentered',
  fraction: 'fraction1',
};

/** The name of a code as readers take it. */
const nameFor = (font: PDFDict, program: NamedProgram, code: number): string =>
  readName(encodingOf(font), code) ??
  signs[fontName(font)]?.get(code) ??
  (program instanceof CffProgram ? program.supplement.get(code) : undefined) ??
  (program.encoding === 1 ? expertEncoding[code] : builtInNames(program)(code)) ??
  notdef;

/** Fonts of these names have encodings of these names, whatever their programs say. */
const signs = Object.fromEntries(
  (['Symbol', 'ZapfDingbats'] as const).map((name) => {
    const encoding = Encodings[name];
    const characters = encoding.supportedCodePoints.map((character) => encoding.encodeUnicodeCodePoint(character));
    return [name, new Map(characters.map(({ code, name: sign }) => [code, sign]))];
  }),
) as Record<string, ReadonlyMap<number, string>>;

/** The glyph of a code as readers find it; 0: none. */
export function namedGlyph(font: PDFDict, program: NamedProgram, code: number): number {
  const { names } = program;
  const name = nameFor(font, program, code);
  const character = unicodeOf(name);
  const twin = names.get(twins[name] ?? '');
  const found = names.get(name) ?? twin;
  if (found !== undefined || character === undefined) return found ?? 0;
  return [...names].find(([other]) => unicodeOf(other) === character)?.[1] ?? 0;
}

/** Makes codes, glyphs and widths agree; every code gets the name of its glyph. */
export function mendNamed(
  font: ShownFont,
  program: NamedProgram,
  glyphsOf: (add: (like: number | undefined, width: number, code: number) => number) => Glyphs,
  reading: Reading | undefined,
): void {
  const { dict, use } = font;
  const known = program.names;
  const names = new Map(known);
  const found = new Map([...use.codes].map((code) => [code, namedGlyph(dict, program, code)]));
  const given = new Map<number, string>();
  const glyphs = glyphsOf((like, width, code) => {
    const read = like === undefined ? reading?.glyphs.get(code) : undefined;
    // What a code without a glyph would mean in some encoding is not what it says.
    if (read) Object.assign(read, { derived: '', isInFont: false });
    const name = like === undefined ? 'space' : nameFor(dict, program, code);
    let free = name;
    for (let number = 1; names.has(free); number += 1) free = `${name}.${number}`;
    const glyph = program.add(like, width, free);
    names.set(free, glyph);
    given.set(code, free);
    return glyph;
  });
  for (const [code, glyph] of found) {
    glyphs.settle(code, glyph);
    if (!given.has(code)) given.set(code, [...names].find(([, other]) => other === glyph)?.[0] ?? notdef);
  }
  const encoding = encodingOf(dict);
  const builtIn = builtInNames(program);
  const isKept = [...given].every(
    ([code, name]) => name === nameFor(dict, program, code) && name === (writtenName(encoding, code) ?? builtIn(code)),
  );
  if (!isKept) {
    // Names that were made up tell nothing.
    if ([...given.values()].some((name) => !known.has(name))) keepTexts(font, reading);
    writeDifferences(dict, given);
  }
  setProgram(dict, program);
}
