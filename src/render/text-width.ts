// How wide texts may be, by bounds that err on the side of too wide.

export const pt = 25.4 / 72; // mm

/** Signs without width or glyph that no text of the data has: no line breaks here; those below it begin here. */
export const [together, hangs] = ['\u2060', '\u2063'];

/** Least upper bounds of what a character takes, in em, over both weights; the narrow ones are those of many figures. */
const narrow = /[ !"'()*,\-./:;I[\\\]^_`fijlrt|{}~]/;
const widthOf = (sign: string): number =>
  /\d/.test(sign) ? 0.76 : narrow.test(sign) ? 0.55 : /[%@MWm#w&OQ]/.test(sign) ? 1 : 0.88;
/** By code, up to "~". */
const widths = Float64Array.from({ length: 0x7f }, (_, code) => widthOf(String.fromCharCode(code)));
export function em(text: string, from = 0, to = text.length): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x7f) sum += widths[code] ?? 1;
    else if (code !== 0x2060 && code !== 0x2063 && !isLowSurrogate(code)) sum += 1;
  }
  return sum;
}

export const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

// By what stands before and behind a place where a line may break.
const [before, beforeLatin, beforeOpening, japanese, latin, opening] = [1, 2, 4, 8, 16, 32];
const signs = new Uint8Array(0x10000);
const set = (bits: number, from: number, to = from) => {
  for (let code = from; code <= to; code += 1) signs[code] = (signs[code] ?? 0) | bits;
};
const ideographs = [[0x3041, 0x3096], [0x30a1, 0x30fa], [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xf900, 0xfad9]] as const; // biome-ignore format: a list
for (const [from, to] of ideographs) set(before | beforeLatin | beforeOpening | japanese, from, to);
for (const [from, to] of [[0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a]] as const) set(before | latin, from, to); // biome-ignore format: a list
for (const sign of ')）」、。・') set(before, sign.charCodeAt(0));
set(beforeLatin, '・'.charCodeAt(0));
set(before | beforeLatin | beforeOpening, 'ー'.charCodeAt(0));
set(before | beforeLatin | beforeOpening, '々'.charCodeAt(0));
for (const sign of '(「（') set(opening, sign.charCodeAt(0));
for (const sign of 'ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ')
  signs[sign.charCodeAt(0)] = before | beforeLatin | beforeOpening;

/** Whether UAX #14 lets a Japanese line break there: some of the places where it does, not all of them. */
export function mayBreak(text: string, at: number): boolean {
  const [left, right] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  if (left === 0x20) return right !== 0x20;
  const [one, next] = [signs[left] ?? 0, signs[right] ?? 0];
  return (
    ((one & before) !== 0 && (next & japanese) !== 0) ||
    ((one & beforeLatin) !== 0 && (next & latin) !== 0) ||
    ((one & beforeOpening) !== 0 && (next & opening) !== 0)
  );
}

/** Where the piece ends that begins at `from`. */
export function pieceEnd(text: string, from: number, end = text.length): number {
  let to = from + 1;
  while (to < end && !mayBreak(text, to)) to += 1;
  return to;
}
