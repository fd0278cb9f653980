/** A blank that YAML does not take for one: it looks like a space and is a letter to the parser. */
const wide = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
/** A character of no width: marks of direction, joiners, variation selectors, U+FEFF inside a text. */
const zeroWidth = /\p{Default_Ignorable_Code_Point}/u;

export const isZeroWidth = (character = ''): boolean => zeroWidth.test(character);
/** Neither U+0020 nor a tab, and nothing that anybody sees; of more characters, whether one of them is. */
export const isForeignBlank = (character = ''): boolean => wide.test(character) || zeroWidth.test(character);
/** What separates in YAML, or looks as if it did. */
export const isBlank = (character = ''): boolean =>
  character === ' ' || character === '\t' || isForeignBlank(character);

/** U+3000 */
export function codePointName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
