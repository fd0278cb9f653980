import { nameOf, value } from '../source/file.ts';
import { isDamage, openProgram, streamOf } from './embedded.ts';
import { isComposite, isEmbedded, mapOf, type ShownFont } from './font.ts';
import { textOfName } from './glyph-names.ts';
import { publicText } from './private-use.ts';
import type { Reading } from './reader.ts';
import { encodingOf, readName } from './simple-encoding.ts';
import { isPublic } from './texts.ts';
import { TrueTypeProgram } from './truetype.ts';
import { readGlyphs } from './truetype-font.ts';

/**
 * Readers take the codes of a TrueType font that neither names them nor maps them for characters, which subsets number as
 * they like. Leaves of it what the program says, by its maps from characters and the names of its glyphs.
 */
export function readByProgram(font: ShownFont, { glyphs }: Reading): void {
  const { dict, use } = font;
  if (isComposite(dict) || nameOf(value(dict, 'Subtype')) === 'Type3' || !isEmbedded(dict)) return;
  const own = mapOf(dict, use.codes);
  const untold = [...use.codes].filter((code) => !own?.usesAnother && !own?.texts.has(code));
  const program = untold.length > 0 ? programOf(font) : undefined;
  if (!program) return;
  const encoding = encodingOf(dict);
  const glyphOf = readGlyphs(dict, program, () => '');
  const texts = textsOf(program, font.name);
  for (const code of untold) {
    const read = glyphs.get(code);
    const glyph = glyphOf(code);
    const isThere = glyph > 0 && glyph < program.count;
    if (!read || !isThere || !isNumber(readName(encoding, code), glyph)) continue;
    const said = texts.get(glyph);
    // Of characters that look the same, the one that readers take.
    const text = said?.has(read.derived) ? read.derived : [...(said ?? [])][0];
    read.isInFont = true;
    read.text = read.derived = text ?? (program.isEmpty(glyph) ? ' ' : '');
  }
}

/** Whether a name, if there is one, is the number of the glyph, which readers take for the code of a character. */
function isNumber(name: string | undefined, glyph: number): boolean {
  if (name === undefined) return true;
  const digits = /^[A-Za-z]{1,5}_?(\d[\dA-Fa-f]*)$/.exec(name)?.[1] ?? '';
  return textOfName(name) === undefined && (Number(digits) === glyph || Number.parseInt(digits, 16) === glyph);
}

function programOf({ dict }: ShownFont): TrueTypeProgram | undefined {
  try {
    const embedded = streamOf(dict);
    const program = embedded && openProgram(embedded.stream);
    return program instanceof TrueTypeProgram ? program : undefined;
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

/** What a program says that its glyphs mean, the best first. */
function textsOf(program: TrueTypeProgram, font: string): Map<number, Set<string>> {
  const texts = new Map<number, Set<string>>();
  const learn = (glyph: number, text: string | undefined) => {
    if (!isPublic(text) || /[\p{Cc}\p{Cn}]/u.test(text)) return;
    const known = texts.get(glyph);
    if (known) known.add(text);
    else texts.set(glyph, new Set([text]));
  };
  for (const { platform, encoding, glyphs } of program.cmaps)
    if (platform !== 1 && !(platform === 3 && encoding === 0))
      for (const [character, glyph] of glyphs)
        learn(glyph, publicText(character <= 0x10ffff ? String.fromCodePoint(character) : '', font));
  for (const [name, glyph] of program.names) learn(glyph, textOfName(name));
  const symbols = program.cmap(3, 0)?.glyphs ?? [];
  for (const [code, glyph] of symbols) learn(glyph, publicText(String.fromCodePoint(0xf000 + (code & 0xff)), font));
  return texts;
}
