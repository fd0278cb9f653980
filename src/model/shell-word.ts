/** A name or a path as it is typed in a shell. */
export const shellWord = (word: string): string =>
  /^[\p{L}\p{N}ー・_./-]+$/u.test(word) && !word.startsWith('-') ? word : `"${word.replaceAll(/["\\$`]/g, '\\$&')}"`;
