import { expect, test } from 'vitest';
import { codePointName, isBlank, isForeignBlank, isZeroWidth } from '../../../src/content/yaml/blanks.ts';
import { named, points } from './code-points.ts';

const signs = points([0, 0xffff]).map((code) => String.fromCharCode(code));
const among = (pattern: RegExp) => signs.filter((sign) => pattern.test(sign)).map((sign) => named(sign.charCodeAt(0)));
const found = (is: (sign: string) => boolean) => signs.filter(is).map((sign) => named(sign.charCodeAt(0)));

test('of no width is what Unicode says to be ignored where it is not known', () => {
  expect(found(isZeroWidth)).toEqual(among(/\p{Default_Ignorable_Code_Point}/u));
});

test('a blank that is none to YAML is every space but the one of the keyboard, and what has no width', () => {
  expect(found(isForeignBlank)).toEqual(among(/(?! )\p{Space_Separator}|\p{Default_Ignorable_Code_Point}/u));
});

test('a blank is either of them, the space, or the tab', () => {
  expect(found(isBlank)).toEqual(among(/[\p{Space_Separator}\t]|\p{Default_Ignorable_Code_Point}/u));
});

test('where a line ends there is none', () => {
  expect([isZeroWidth, isForeignBlank, isBlank].map((is) => is(undefined))).toEqual([false, false, false]);
  expect([isZeroWidth, isForeignBlank, isBlank].map((is) => is(''))).toEqual([false, false, false]);
});

test.each([
  ['\u3000', 'U+3000'],
  ['\u00a0', 'U+00A0'],
  ['\t', 'U+0009'],
  ['\u{e0100}', 'U+E0100'],
  ['\u{10ffff}', 'U+10FFFF'],
  ['\ufeffあ', 'U+FEFF'],
  ['\0', 'U+0000'],
])('the name of %j is %s', (sign, name) => {
  expect(codePointName(sign)).toBe(name);
});
