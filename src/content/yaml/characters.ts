import { readFileSync } from 'node:fs';
import type { Code } from '../../diagnostics/diagnostic.ts';
import { packagePath } from '../../package.ts';
import { codePointName } from './blanks.ts';

/** A character, or a run of them, that must not be printed as it stands. */
export interface Finding {
  code: Code;
  severity: 'error' | 'warning';
  /** In UTF-16 units of the value. */
  from: number;
  to: number;
  actual: string;
  expected?: string;
  /** How many of its kind the value has, where they are one finding. */
  count?: number;
}

const covered = readCoverage();
/** 1 for every UTF-16 unit that needs no second look. */
const harmless = harmlessUnits();

/** Finds what is wrong in a value: wrong scripts, invisible characters, what the fonts lack. */
export function findCharacters(value: string): Finding[] {
  const findings: Finding[] = [];
  for (let index = 0; index < value.length; ) {
    if (harmless[value.charCodeAt(index)] === 1) {
      index += 1;
      continue;
    }
    const { to, found } = classify(value, index);
    for (const finding of found) findings.push(finding);
    index = to;
  }
  return invisibleInOne(findings);
}

const letter = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\u30fcA-Za-z\uff21-\uff3a\uff41-\uff5a]/u;
const latinLookAlikes = /[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινκυχρ]/;
const numeral = /[一二三四五六七八九十百千〇]/;
const katakanaRun = /[\uff61-\uff9f]+/y;
const foreignRun = /\p{Script=Cyrillic}+|\p{Script=Greek}+/uy;
const invisible = /[\p{Cf}\u00a0\u115f\u1160\u2000-\u200a\u2028\u2029\u3164\uffa0]/u;

/** What the characters from `from` up to `to` are found to be; `to` is behind all that has been looked at. */
function classify(value: string, from: number): { to: number; found: Finding[] } {
  const error = (code: Code, actual: string, expected?: string, at = from, length = actual.length): Finding => ({
    code,
    severity: 'error',
    from: at,
    to: at + length,
    actual,
    ...(expected === undefined ? {} : { expected }),
  });
  const character = String.fromCodePoint(value.codePointAt(from) ?? 0);
  const to = from + character.length;

  const katakana = runAt(katakanaRun, value, from);
  if (katakana !== undefined)
    return {
      to: from + katakana.length,
      found: [error('halfwidth-katakana', katakana, katakana.normalize('NFKC'))],
    };
  const foreign = runAt(foreignRun, value, from);
  if (foreign !== undefined) {
    const end = from + foreign.length;
    const [before, after] = [letter.test(characterBefore(value, from)), letter.test(characterAt(value, end))];
    const cyrillic = /\p{Script=Cyrillic}/u.test(foreign);
    const finding = error('foreign-letter', foreign, cyrillic ? 'キリル文字(ロシア文字)' : 'ギリシャ文字');
    if ((before || after) && (cyrillic || latinLookAlikes.test(foreign))) return { to: end, found: [finding] };
    if (before && after) return { to: end, found: [{ ...finding, severity: 'warning' }] };
    const missing = [...foreign.matchAll(/./gsu)].filter(([sign]) => !isSettled(sign));
    return {
      to: end,
      found: missing.map(({ 0: sign, index }) => error('missing-glyph', sign, undefined, from + index)),
    };
  }
  const one = (code: Code, actual: string) => ({ to, found: [error(code, actual, undefined, from, character.length)] });
  if (character === '〇') {
    const inNumber = numeral.test(characterBefore(value, from)) || numeral.test(characterAt(value, to));
    return inNumber ? { to, found: [] } : one('ideographic-zero', character);
  }
  if (character === '\t') return one('control-character', 'タブ');
  if (/\p{Cc}/u.test(character)) return one('control-character', codePointName(character));
  if (invisible.test(character)) return one('invisible-character', codePointName(character));
  return { to, found: isSettled(character) ? [] : [error('missing-glyph', character, standardForm(character))] };
}

/** Whether a character can be printed, or is reported anyway: as one that NFC changes. */
const isSettled = (character: string) => hasSign(character) || character.normalize('NFC') !== character;

/** Radicals as characters of their own, which Unicode does not decompose, or to a form that is not the Japanese one. */
const radicals = '⺝月⺟母⺠民⻁虎⻄西⻅見⻆角⻉貝⻑長⻘青⻝食⻢馬⻣骨⻤鬼⻥魚⻦鳥⻨麦⻩黄⻫斉⻭歯⻯竜⻲亀⻳亀⼾戸';

/** What a character that is there only for the sake of other character sets is printed as: ⾏ → 行, ㋿ → 令和. */
function standardForm(character: string): string | undefined {
  const at = radicals.indexOf(character);
  const form = at % 2 === 0 ? radicals.charAt(at + 1) : character.normalize('NFKC');
  return [...form].every(hasSign) ? form : undefined;
}

/** What a sticky `pattern` matches at `from`. */
export function runAt(pattern: RegExp, value: string, from: number): string | undefined {
  pattern.lastIndex = from;
  return pattern.exec(value)?.[0];
}

const characterAt = (value: string, index: number) => String.fromCodePoint(value.codePointAt(index) ?? 0x20);
const characterBefore = (value: string, index: number) =>
  characterAt(
    value,
    /[\ud800-\udbff][\udc00-\udfff]/.test(value.slice(Math.max(0, index - 2), index)) ? index - 2 : index - 1,
  );

/** Invisible characters of a value are one finding at the first of them, with the names of a few and how many there are. */
function invisibleInOne(findings: Finding[]): Finding[] {
  const all = findings.filter(({ code }) => code === 'invisible-character');
  const [first] = all;
  if (first === undefined || all.length === 1) return findings;
  const names = [...new Set(all.map(({ actual }) => actual))];
  const actual = names.slice(0, 3).join('、') + (names.length > 3 ? 'など' : '');
  return findings.flatMap((finding) =>
    finding === first ? { ...first, actual, count: all.length } : finding.code === first.code ? [] : finding,
  );
}

/** What of a value differs from its NFC form, each base character with its marks. */
export function findDecomposed(value: string): Finding[] {
  if (value.normalize('NFC') === value) return [];
  return [...value.matchAll(/\P{M}\p{M}*/gu)].flatMap(({ 0: actual, index: from }) => {
    const expected = actual.normalize('NFC');
    return actual === expected
      ? []
      : { code: 'not-nfc', severity: 'error', from, to: from + actual.length, actual, expected };
  });
}

/** Lines of hyphens, minus signs, other dashes, the long vowel mark, box lines: all but U+2014, alone or before "(R1)". */
const loneDash = /^([ \t]*)([-\u2010-\u2013\u2015\u2212\u2500\u30fc\uff0d\uff70]+)(?:\([^()\n]*\))?[ \t]*$/gmu;

/** Lines of a value that are a hyphen or its like where — is meant. */
export function findHyphens(value: string): Finding[] {
  return [...value.matchAll(loneDash)].map(({ 1: indent = '', 2: actual = '', index }) => {
    const from = index + indent.length;
    return { code: 'hyphen-for-dash', severity: 'error', from, to: from + actual.length, actual, expected: '—' };
  });
}

/** Whether both fonts have a sign for a character. */
export const hasSign = (character: string): boolean => covered[character.codePointAt(0) ?? 0] === 1;

/** 1 for every code point that both fonts can print (fonts/coverage.json). */
function readCoverage(): Uint8Array {
  const ranges: string[] = JSON.parse(readFileSync(packagePath('fonts/coverage.json'), 'utf8'));
  const points = new Uint8Array(0x110000);
  for (const range of ranges) {
    const [first = 0, last = first] = range.split('-').map((hex) => Number.parseInt(hex, 16));
    points.fill(1, first, last + 1);
  }
  return points;
}

function harmlessUnits(): Uint8Array {
  const units = covered.slice(0, 0x10000);
  units[0x0a] = 1;
  const second: [number, number][] = [
    [0x00, 0x09],
    [0x0b, 0x1f],
    [0x7f, 0xa0],
    [0xad, 0xad],
    [0x370, 0x52f],
    [0x2000, 0x200f],
    [0x2028, 0x202f],
    [0x205f, 0x206f],
    [0x3007, 0x3007],
    [0xd800, 0xdfff],
    [0xfeff, 0xfeff],
    [0xff61, 0xffa0],
  ];
  for (const [first, last] of second) units.fill(0, first, last + 1);
  return units;
}
