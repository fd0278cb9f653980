// node scripts/substitutes.mjs: cuts the fonts of fonts/substitutes/ from the packages that they come from
// (docs/dependencies.md): the glyphs that fonts which are not embedded can show, without their instructions. Packed, so
// that Typst does not take them for its own. The tests compare the results.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { create } from 'fontkit';
import { componentsOf, programOf } from '../dist/annexes/fonts/subset.js';
import { TrueTypeProgram } from '../dist/annexes/fonts/truetype.js';

const require = createRequire(import.meta.url);
/** Files of the packages by the files in fonts/substitutes/, whose names end in .br. */
export const sources = Object.fromEntries(
  [
    ...['arimo', 'tinos', 'cousine'].flatMap((name) =>
      ['400Regular', '700Bold', '400Regular_Italic', '700Bold_Italic'].map((style) => [name, style]),
    ),
    ...['biz-udgothic', 'biz-udmincho'].flatMap((name) => ['400Regular', '700Bold'].map((style) => [name, style])),
  ].map(([name, style]) => {
    const family = { 'biz-udgothic': 'BIZUDGothic', 'biz-udmincho': 'BIZUDMincho' }[name];
    const file = `${family ?? name[0].toUpperCase() + name.slice(1)}_${style}.ttf`;
    return [file, `@expo-google-fonts/${name}/${style}/${file}`];
  }),
);

/** Latin, Greek and Cyrillic, of the encodings of Windows and the Macintosh. */
const shown = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u;
const isLatin = (character) => character < 0x2c80 && shown.test(String.fromCodePoint(character));
const isLigature = (character) => character >= 0xfb00 && character <= 0xfb06;
/** Of a Japanese font all; of a bold one what Shift_JIS of Windows has, besides what Latin fonts have. */
const inShiftJis = new Set();
for (let lead = 0x81; lead <= 0xfc; lead += 1)
  for (let trail = 0x40; trail <= 0xfc; trail += 1)
    inShiftJis.add(new TextDecoder('shift_jis').decode(Uint8Array.of(lead, trail)).codePointAt(0));
for (let byte = 0xa1; byte <= 0xdf; byte += 1) inShiftJis.add(0xff61 + byte - 0xa1);

export function cut(path) {
  const bytes = readFileSync(require.resolve(path));
  const font = create(bytes);
  const isJapanese = /biz-/.test(path);
  const hasAll = isJapanese && !/Bold/.test(path);
  const characters = font.characterSet.filter(
    (it) => hasAll || isLatin(it) || isLigature(it) || (isJapanese && inShiftJis.has(it)),
  );
  const glyphs = new Map([...characters].sort((a, b) => a - b).map((it) => [it, font.glyphForCodePoint(it).id]));
  // The form that a sign has in vertical writing stands in plane 15.
  if (isJapanese)
    for (const character of characters.filter((it) => it < 0x10000)) {
      const [vertical] = font.layout(String.fromCodePoint(character), ['vert']).glyphs;
      if (vertical.id !== glyphs.get(character)) glyphs.set(0xf0000 + character, vertical.id);
    }
  return programWith(new TrueTypeProgram(bytes), glyphs);
}

/** The program with these glyphs by character alone. */
function programWith(font, glyphs) {
  const kept = [0, ...new Set([...glyphs.values()].filter((glyph) => glyph > 0))];
  const places = new Map(kept.map((glyph, index) => [glyph, index]));
  const outlines = [];
  for (const glyph of kept) {
    const outline = withoutInstructions(font.outline(glyph));
    for (const at of componentsOf(outline)) {
      const part = outline.readUInt16BE(at);
      if (!places.has(part)) places.set(part, kept.push(part) - 1);
      outline.writeUInt16BE(places.get(part), at);
    }
    outlines.push(outline);
  }
  const advances = kept.map((glyph) => font.advance(glyph));
  const maxp = font.table('maxp');
  for (let at = 14; at < 28; at += 2) maxp.writeUInt16BE(at === 14 ? 2 : 0, at); // what instructions need
  return programOf(font, outlines, advances, cmapOf([...glyphs].map(([it, glyph]) => [it, places.get(glyph)])));
}

function withoutInstructions(original) {
  const outline = Buffer.from(original);
  if (outline.length === 0) return outline;
  const contours = outline.readInt16BE(0);
  if (contours >= 0) {
    const at = 10 + 2 * contours;
    const length = outline.readUInt16BE(at);
    return Buffer.concat([outline.subarray(0, at), Buffer.alloc(2), outline.subarray(at + 2 + length)]);
  }
  let end = 0;
  for (const place of componentsOf(outline)) {
    const flags = outline.readUInt16BE(place - 2);
    outline.writeUInt16BE(flags & ~256, place - 2);
    end = place + (flags & 1 ? 6 : 4) + (flags & 128 ? 8 : flags & 64 ? 4 : flags & 8 ? 2 : 0);
  }
  return outline.subarray(0, end);
}

/** Platform 3, encoding 10, format 12. */
function cmapOf(glyphs) {
  const groups = [];
  for (const [character, glyph] of glyphs.sort(([a], [b]) => a - b)) {
    const last = groups.at(-1);
    if (last && character === last[1] + 1 && glyph === last[2] + character - last[0]) last[1] = character;
    else groups.push([character, character, glyph]);
  }
  const cmap = Buffer.alloc(28 + 12 * groups.length);
  for (const [index, number] of [0, 1, 3, 10, 0, 12, 12].entries()) cmap.writeUInt16BE(number, 2 * index);
  for (const [index, number] of [cmap.length - 12, 0, groups.length, ...groups.flat()].entries())
    cmap.writeUInt32BE(number, 16 + 4 * index);
  return cmap;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [file, path] of Object.entries(sources))
    writeFileSync(
      fileURLToPath(new URL(`../fonts/substitutes/${file}.br`, import.meta.url)),
      brotliCompressSync(cut(path)),
    );
