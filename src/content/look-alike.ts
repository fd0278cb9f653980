import { codePointName } from './yaml/blanks.ts';

/** Signs that look alike in print, each row under its first. */
const alike = [
  ['力', 'カ'],
  ['口', 'ロ'],
  ['二', 'ニ'],
  ['工', 'エ'],
  ['夕', 'タ'],
  ['卜', 'ト'],
  ['八', 'ハ'],
  ['ヘ', 'へ'],
  ['ー', '一', '—', '―', '‐', '-', '−', '─', '–'],
  ['・', '·', '•', '‧', '∙', '⋅'],
  ['A', 'Α', 'А'],
  ['B', 'Β', 'В'],
  ['E', 'Ε', 'Е'],
  ['H', 'Η', 'Н'],
  ['I', 'Ι', 'І', 'l', '|'],
  ['K', 'Κ', 'К'],
  ['M', 'Μ', 'М'],
  ['O', 'Ο', 'О', '0', '〇'],
  ['P', 'Ρ', 'Р'],
  ['T', 'Τ', 'Т'],
  ['X', 'Χ', 'Х'],
];
const representatives = new Map(alike.flatMap(([first = '', ...others]) => others.map((other) => [other, first])));

const invisible = /[\s\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

/** Two names with the same look can hardly be told apart in print. */
export const lookOf = (name: string): string =>
  [...name.normalize('NFKC')]
    .filter((character) => !invisible.test(character))
    .map((character) => representatives.get(character) ?? character)
    .join('')
    .toUpperCase();

export const sameLook = (name: string, candidates: Iterable<string>): string | undefined => {
  const look = lookOf(name);
  for (const candidate of candidates) if (candidate !== name && lookOf(candidate) === look) return candidate;
  return undefined;
};

/** Whether nothing of `name` is hidden: no character without a look, none in parts. */
export const isPlain = (name: string): boolean =>
  name.normalize('NFC') === name && ![...name].some((character) => character !== ' ' && invisible.test(character));

/** What `actual` has that `expected` has not: U+FE0F、「⾏」(U+2F8F). */
export function differenceOf(actual: string, expected: string): string {
  if (actual.normalize('NFC') === expected.normalize('NFC')) {
    const parts = [...actual].filter((character) => !expected.includes(character));
    return `「${parts.join('').normalize('NFC')}」が ${parts.map(codePointName).join(' ')} に分かれています`;
  }
  const known = new Set(expected);
  const others = [...new Set(actual)].filter((character) => !known.has(character));
  return others
    .map((character) =>
      invisible.test(character) ? codePointName(character) : `「${character}」は ${codePointName(character)}`,
    )
    .join('、');
}
