import type { Field, Fields } from './fields.ts';
import type { YearEntry } from './measure.ts';
import { oneLine } from './names.ts';

/** What the signs of a field mean, in the order of the signs: the words of the edition, which nobody else has. */
export interface SignMeaning {
  /** ○, 0, 空欄 */
  sign: string;
  word: string;
}
/** By field; of one whose signs are not explained there is nothing. */
export type Meanings = { [P in keyof YearEntry]?: readonly SignMeaning[] };

/** The sign that stands for a blank cell where signs are explained */
export const blankSign = '空欄';

/** The word for what a cell of a field holds; undefined where the edition has none. */
export const meaningOf = (
  meanings: Meanings | undefined,
  property: keyof YearEntry,
  value: unknown,
): string | undefined => meanings?.[property]?.find(({ sign }) => sign === String(value ?? blankSign))?.word;

/** ○ 試行; the sign alone where it has no meaning. */
export const withMeaning = (sign: string, word: string | undefined): string =>
  word === undefined ? sign : `${sign} ${word}`;

/** Those that a file gives by sign, in the order of the field's signs. */
export const inOrderOfSigns = (given: Readonly<Record<string, string | undefined>>, signs: readonly string[]) =>
  signs.flatMap((sign): SignMeaning[] => {
    const word = given[sign];
    return word === undefined ? [] : [{ sign, word: oneLine(word) }];
  });

/** What an edition explains, by the key of edition.yaml and of JSON: 項目の印 → { ○: 試行 } */
export const meaningsByKey = (
  meanings: Meanings | undefined,
  { year }: Fields,
): [string, Record<string, string> | null][] =>
  year.flatMap((field): [string, Record<string, string> | null][] => {
    if (signsOf(field).length === 0) return [];
    const own = meanings?.[field.property];
    return [[legendKey(field), own ? Object.fromEntries(own.map(({ sign, word }) => [sign, word])) : null]];
  });

/** The key of edition.yaml that explains the signs of a field: 項目の印 */
export const legendKey = ({ key }: { key: string }): string => `${key}の印`;

/** The signs of a field that may be explained; none where it has none. */
export const signsOf = ({ explained }: Field): string[] => (explained ? [...explained, blankSign] : []);
