import { readFileSync } from 'node:fs';
import type { Code } from '../../diagnostics/diagnostic.ts';
import { packagePath } from '../../package.ts';

/** A character, or a run of them, that must not be printed as it stands. */
export interface Finding {
  code: Code;
  severity: 'error' | 'warning';
  /** In UTF-16 units of the text. */
  from: number;
  to: number;
  actual: string;
  expected?: string;
}

const covered = readCoverage();
/** 1 for every UTF-16 unit that needs no second look. */
const harmless = harmlessUnits();

/** Finds what is wrong in text[from, to): wrong scripts, invisible characters, what the fonts lack. */
export function findCharacters(text: string, from: number, to: number): Finding[] {
  const findings: Finding[] = [];
  for (let index = from; index < to; index += 1) {
    if (harmless[text.charCodeAt(index)] === 1) continue;
    const finding = classify(text, index);
    if (!finding) continue;
    findings.push(finding);
    index = finding.to - 1;
  }
  return findings;
}

const japaneseOrLatin = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\u30fcA-Za-z\uff21-\uff3a\uff41-\uff5a]/u;
const latinLookAlikes = /[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινκυχρ]/;

function classify(text: string, from: number): Finding | undefined {
  const run = (pattern: RegExp) => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.[0];
  };
  const error = (code: Code, actual: string, expected?: string): Finding => ({
    code,
    severity: 'error',
    from,
    to: from + actual.length,
    actual,
    ...(expected === undefined ? {} : { expected }),
  });
  const point = text.codePointAt(from) ?? 0;
  const character = String.fromCodePoint(point);
  const name = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;

  const katakana = run(/[\uff61-\uff9f]+/y);
  if (katakana) return error('halfwidth-katakana', katakana, katakana.normalize('NFKC'));
  const foreign = run(/\p{Script=Cyrillic}+|\p{Script=Greek}+/uy);
  if (foreign) {
    const before = japaneseOrLatin.test(text[from - 1] ?? '');
    const after = japaneseOrLatin.test(text[from + foreign.length] ?? '');
    const cyrillic = /\p{Script=Cyrillic}/u.test(foreign);
    const finding = error('foreign-letter', foreign, cyrillic ? 'キリル文字(ロシア文字)' : 'ギリシャ文字');
    if ((before || after) && (cyrillic || latinLookAlikes.test(foreign))) return finding;
    if (before && after) return { ...finding, severity: 'warning' };
    return covered.has(point) ? undefined : error('missing-glyph', character);
  }
  if (character === '〇') {
    const numeral = /[一二三四五六七八九十百千〇]/;
    return numeral.test(text[from - 1] ?? '') || numeral.test(text[from + 1] ?? '')
      ? undefined
      : error('ideographic-zero', character);
  }
  if (character === '\t') return { ...error('control-character', 'タブ'), to: from + 1 };
  if (/\p{Cc}/u.test(character)) return { ...error('control-character', name), to: from + 1 };
  if (invisible.test(character)) return { ...error('invisible-character', name), to: from + character.length };
  // What NFC changes is reported as such.
  if (covered.has(point) || character.normalize('NFC') !== character) return undefined;
  return error('missing-glyph', character, standardForm(character));
}

/** Radicals as characters of their own, which Unicode does not decompose, or to a form that is not the Japanese one. */
const radicals = '⺝月⺟母⺠民⻁虎⻄西⻅見⻆角⻉貝⻑長⻘青⻝食⻢馬⻣骨⻤鬼⻥魚⻦鳥⻨麦⻩黄⻫斉⻭歯⻯竜⻲亀⻳亀⼾戸';

/** What a character that is there only for the sake of other character sets is printed as: ⾏ → 行, ㋿ → 令和. */
function standardForm(character: string): string | undefined {
  const at = radicals.indexOf(character);
  const form = at % 2 === 0 ? (radicals[at + 1] ?? '') : character.normalize('NFKC');
  return form !== character && [...form].every((sign) => covered.has(sign.codePointAt(0) ?? 0)) ? form : undefined;
}

const invisible = /[\p{Cf}\u00a0\u115f\u1160\u2000-\u200a\u2028\u2029\u3164\uffa0]/u;

/** The first difference between `text` and its NFC form in text[from, to). */
export function findDecomposed(text: string, from: number, to: number): Finding[] {
  const findings: Finding[] = [];
  // A base character with its marks is what NFC composes.
  for (const { 0: cluster, index } of text.slice(from, to).matchAll(/\P{M}\p{M}*/gu)) {
    const composed = cluster.normalize('NFC');
    if (composed === cluster) continue;
    findings.push({
      code: 'not-nfc',
      severity: 'error',
      from: from + index,
      to: from + index + cluster.length,
      actual: cluster,
      expected: composed,
    });
  }
  return findings;
}

/** Hyphens, minus signs, other dashes, the long vowel mark, box lines: all but U+2014. */
const dashes = '[-\u2010-\u2013\u2015\u2212\u2500\u30fc\uff0d\uff70]';
const loneDash = new RegExp(`^([ \\t]*)(${dashes}+)(?=(?:\\([^()\\n]*\\))?[ \\t]*$)`, 'gmu');
const wholeDash = new RegExp(`^${dashes}+(?:\\([^()]*\\))?$`, 'mu');

/** Lines of a value that are a hyphen or its like, alone or before "(R1)", where — is meant; `source` is text[from, to). */
export function findHyphens(value: string, text: string, from: number, to: number): Finding[] {
  if (!wholeDash.test(value)) return [];
  return [...text.slice(from, to).matchAll(loneDash)].map(({ 1: indent = '', 2: actual = '', index }) => ({
    code: 'hyphen-for-dash',
    severity: 'error',
    from: from + index + indent.length,
    to: from + index + indent.length + actual.length,
    actual,
    expected: '—',
  }));
}

/** Whether both fonts have a sign for a character. */
export const hasSign = (character: string): boolean => covered.has(character.codePointAt(0) ?? 0);

/** Ranges of code points that both fonts can print (fonts/coverage.json). */
function readCoverage(): Set<number> {
  const ranges: string[] = JSON.parse(readFileSync(packagePath('fonts/coverage.json'), 'utf8'));
  const points = new Set<number>();
  for (const range of ranges) {
    const [first = 0, last = first] = range.split('-').map((hex) => Number.parseInt(hex, 16));
    for (let point = first; point <= last; point += 1) points.add(point);
  }
  return points;
}

function harmlessUnits(): Uint8Array {
  const units = new Uint8Array(0x10000);
  for (const point of covered) if (point < 0x10000) units[point] = 1;
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
