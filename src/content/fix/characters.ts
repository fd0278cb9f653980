import type { Diagnostic, Splice } from '../../diagnostics/diagnostic.ts';
import { isForeignBlank, isZeroWidth } from '../yaml/blanks.ts';
import { offsetsOf } from '../yaml/scalar-source.ts';
import type { WrittenFile } from './written-file.ts';

/** The splice that puts `text` at a place of a value, as the way in which that is written wants it. */
export function inserted(file: WrittenFile, from: number, to: number, text: string): Splice[] | undefined {
  const type = file.scalarAt(from)?.type;
  if (type === 'QUOTE_DOUBLE') return [{ from, to, text: text.replaceAll(/["\\]/g, '\\$&') }];
  if (type === 'QUOTE_SINGLE') return [{ from, to, text: text.replaceAll("'", "''") }];
  // Where nothing tells that it is a text, a sign that YAML knows might become one.
  if (type === 'PLAIN' && /[-?:,[\]{}#&*!|>'"%@`]/.test(text)) return undefined;
  return [{ from, to, text }];
}

/** Letters that look the same as one Latin letter, and as nothing else that would stand beside Latin letters. */
const latin = new Map(
  [['ΑАаΒВΕЕеΖΗНΙІіΚКΜМΝΟОοоΡРрСсΤТΥΧХхуЅѕЈј', 'AAaBBEEeZHHIIiKKMMNOOooPPpCcTTYXXxySsJj']].flatMap(
    ([from = '', to = '']) => from.split('').map((sign, index) => [sign, to.charAt(index)] as const),
  ),
);

/** Foreign letters in a word of Latin ones: each the letter that it looks like, as wide as those beside it. */
export function latinFor(file: WrittenFile, from: number, to: number): string | undefined {
  const { text } = file;
  const written = text
    .slice(from, to)
    .replaceAll(/\\u([0-9A-Fa-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  const letters = written.split('').map((sign) => latin.get(sign));
  if (letters.includes(undefined)) return undefined;
  const beside = [text.charAt(from - 1), text.charAt(to)];
  const [half, wide] = [/[A-Za-z]/, /[Ａ-Ｚａ-ｚ]/].map((pattern) => beside.some((sign) => pattern.test(sign)));
  if (half === wide) return undefined;
  const word = letters.join('');
  return half ? word : word.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
}

/** Of an invisible character: a space for what is as wide as one, nothing for what has no width. */
function visibleFor(character: string): string | undefined {
  if (/[\u00a0\u2000\u2002\u2004-\u200a]/.test(character)) return ' ';
  // A line or a paragraph may begin there, or ruby; U+2003 may be a wide space.
  return /[\u2001\u2003\u2028\u2029\ufff9-\ufffb]/.test(character) ||
    !(isZeroWidth(character) || /\p{Cf}/u.test(character))
    ? undefined
    : '';
}

/** All invisible characters of the value that a diagnostic tells the first of. */
export function invisibles(file: WrittenFile, from: number): Splice[] | undefined {
  const scalar = file.scalarAt(from);
  if (!scalar) return undefined;
  const value = String(scalar.value);
  const offsets = offsetsOf(scalar, file.text);
  const splices: Splice[] = [];
  for (const { 0: character, index } of value.matchAll(
    /[\p{Cf}\u00a0\u115f\u1160\u2000-\u200a\u2028\u2029\u3164\uffa0]/gu,
  )) {
    const text = visibleFor(character);
    const [start, end] = [offsets[index], offsets[index + character.length]];
    if (text === undefined || start === undefined || end === undefined) return undefined;
    splices.push({ from: start, to: end, text });
  }
  return splices;
}

/** Blanks that YAML takes for letters, and tabs, where `written` has spaces: one space each run, none where none is wanted. */
export function foreignBlanks(text: string, written: string): Splice[] {
  const splices: Splice[] = [];
  for (const { 0: run, index } of text.matchAll(
    /[ \t\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/gu,
  )) {
    const end = index + run.length;
    if (!isForeignBlank(run) || !/^ +$/.test(written.slice(index, end))) continue;
    splices.push({ from: index, to: end, text: separates(text.charAt(index - 1), run, text.charAt(end)) ? ' ' : '' });
  }
  return splices;
}

/** Whether a run of blanks between two signs is wanted there: what has no width is none but behind what wants one. */
const separates = (before: string, run: string, behind: string): boolean =>
  behind !== '' &&
  !'\n,]'.includes(behind) &&
  (':,-'.includes(before) || (before !== '[' && ![...run].every(isZeroWidth)));

/** What of a diagnostic's `actual` NFKC makes the same sign in its usual form, without blanks around it. */
export const usual = ({ actual = '' }: Diagnostic): string => actual.normalize('NFKC').trim();
