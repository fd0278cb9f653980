import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Finding,
  findCharacters,
  findDecomposed,
  findHyphens,
  hasSign,
  runAt,
} from '../../../src/content/yaml/characters.ts';
import { common, named, points } from './code-points.ts';

/** "error foreign-letter 1-2 д → キリル文字 ×3" */
const shown = ({ severity, code, from, to, actual, expected, count }: Finding) =>
  `${severity} ${code} ${from}-${to} ${actual}${expected === undefined ? '' : ` → ${expected}`}${count === undefined ? '' : ` ×${count}`}`;
const found = (value: string) => findCharacters(value).map(shown);
const sign = (code: number) => String.fromCodePoint(code);
/** The code points of which `told` says something else than of most, by what it says. */
const classes = (codes: readonly number[], told: (code: number) => string) => {
  const all: Record<string, string[]> = {};
  for (const code of codes) {
    const what = told(code);
    all[what] ??= [];
    all[what].push(named(code));
  }
  return all;
};
const codesOf = (code: number) =>
  findCharacters(sign(code))
    .map((finding) => finding.code)
    .join();

const printed = new Set(
  points(
    ...(JSON.parse(readFileSync('fonts/coverage.json', 'utf8')) as string[]).map((range) => {
      const [first = '', last = first] = range.split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
    }),
  ),
);

test('a character has a sign where both fonts have one', () => {
  for (const code of common) if (hasSign(sign(code)) !== printed.has(code)) expect.fail(named(code));
  for (const code of [0x4e00, 0x20b9f, 0x29e3d, 0x1f642, 0xe000, 0xe0100, 0x10ffff])
    expect([named(code), hasSign(sign(code))]).toEqual([named(code), printed.has(code)]);
  expect(hasSign('')).toBe(false);
});

test('every character alone is judged by its class', () => {
  const matching = (pattern: RegExp) => common.filter((code) => pattern.test(sign(code)));
  const expected: Record<string, readonly number[]> = {
    // All but the line break
    'control-character': points([0x00, 0x09], [0x0b, 0x1f], [0x7f, 0x9f]),
    // Formats, spaces that look like another one, line separators, fillers
    'invisible-character': [
      ...matching(/\p{General_Category=Format}/u),
      ...points(0xa0, [0x115f, 0x1160], [0x2000, 0x200a], [0x2028, 0x2029], 0x3164, 0xffa0),
    ].sort((a, b) => a - b),
    // With their sound marks and their punctuation
    'halfwidth-katakana': points([0xff61, 0xff9f]),
    'ideographic-zero': [0x3007],
  };
  const told = new Set(Object.values(expected).flat());
  // But for what is another character to Unicode (NFC), which is told as such
  expected['missing-glyph'] = common.filter(
    (code) => !printed.has(code) && !told.has(code) && code !== 0x0a && sign(code).normalize('NFC') === sign(code),
  );
  const { '': settled, ...all } = classes(common, codesOf);
  expect(settled?.length).toBeGreaterThan(1000);
  expect(Object.keys(all).sort()).toEqual(Object.keys(expected).sort());
  for (const [code, which] of Object.entries(expected)) expect(all[code]).toEqual(which.map(named));
});

test('nothing that is not seen gets by, in any plane', () => {
  const unseen = points(
    [0, 0x33ff],
    [0xd800, 0xe010],
    [0xf8f0, 0x1d1ff],
    [0xe0000, 0xe01f0],
    [0x10fff0, 0x10ffff],
  ).filter(
    (code) =>
      ![0x0a, 0x20, 0x3000].includes(code) &&
      /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u.test(sign(code)),
  );
  expect(unseen.length).toBeGreaterThan(2500);
  const past = unseen.filter(
    (code) => findCharacters(sign(code)).length !== 1 && sign(code).normalize('NFC') === sign(code),
  );
  expect(past.map(named)).toEqual([]);
});

test.each<[string, string[]]>([
  ['', []],
  ['窓口の案内(R8)ＡＢ\n①→②～', []],
  ['a\tb', ['error control-character 1-2 タブ']],
  ['a\u0085', ['error control-character 1-2 U+0085']],
  ['a\r', ['error control-character 1-2 U+000D']],
  // half-width katakana: a run is one, in full width
  ['ｱ', ['error halfwidth-katakana 0-1 ｱ → ア']],
  ['次のﾃﾞｰﾀとﾊﾟ', ['error halfwidth-katakana 2-6 ﾃﾞｰﾀ → データ', 'error halfwidth-katakana 7-9 ﾊﾟ → パ']],
  ['｢ﾎｳ｣､｡･', ['error halfwidth-katakana 0-7 ｢ﾎｳ｣､｡･ → 「ホウ」、。・']],
  // Cyrillic and Greek
  ['д', []],
  ['漢д', ['error foreign-letter 1-2 д → キリル文字(ロシア文字)']],
  ['дあ', ['error foreign-letter 0-1 д → キリル文字(ロシア文字)']],
  ['アдЖ ', ['error foreign-letter 1-3 дЖ → キリル文字(ロシア文字)']],
  ['1д2', []],
  ['DХ', ['error foreign-letter 1-2 Х → キリル文字(ロシア文字)']],
  ['ＤХ', ['error foreign-letter 1-2 Х → キリル文字(ロシア文字)']],
  ['хａ', ['error foreign-letter 0-1 х → キリル文字(ロシア文字)']],
  ['サーバーа', ['error foreign-letter 4-5 а → キリル文字(ロシア文字)']],
  ['𠮟д', ['error foreign-letter 2-3 д → キリル文字(ロシア文字)']],
  ['д𠮟', ['error foreign-letter 0-1 д → キリル文字(ロシア文字)']],
  ['𠮟aд', ['error foreign-letter 3-4 д → キリル文字(ロシア文字)']],
  ['𠮟 дa𠮟', ['error foreign-letter 3-4 д → キリル文字(ロシア文字)']],
  ['𠮟二〇', []],
  ['🙂д', ['error missing-glyph 0-2 🙂']],
  ['αβ', []],
  ['α版', []],
  ['版α', []],
  ['新α版', ['warning foreign-letter 1-2 α → ギリシャ文字']],
  ['Αpp', ['error foreign-letter 0-1 Α → ギリシャ文字']],
  ['ΑΒ版', ['error foreign-letter 0-2 ΑΒ → ギリシャ文字']],
  ['PΟ', ['error foreign-letter 1-2 Ο → ギリシャ文字']],
  ['Ω', []],
  ['(Ω)', []],
  ['ϐϑ', ['error missing-glyph 0-1 ϐ', 'error missing-glyph 1-2 ϑ']],
  ['xϐ', ['error missing-glyph 1-2 ϐ']],
  ['дα', []],
  // 〇
  ['〇', ['error ideographic-zero 0-1 〇']],
  ['a〇b〇', ['error ideographic-zero 1-2 〇', 'error ideographic-zero 3-4 〇']],
  ['二〇三〇年', []],
  ['〇〇', []],
  ['〇一', []],
  ['百〇', []],
  // invisible ones: one of a value
  ['a\u200bb', ['error invisible-character 1-2 U+200B']],
  ['\u200b\u200b', ['error invisible-character 0-1 U+200B ×2']],
  ['a\u200bb\u00a0c', ['error invisible-character 1-2 U+200B、U+00A0 ×2']],
  ['\u200b\u00a0\u200c\u200b', ['error invisible-character 0-1 U+200B、U+00A0、U+200C ×4']],
  ['\u200b\u00a0\u200c\u200d', ['error invisible-character 0-1 U+200B、U+00A0、U+200Cなど ×4']],
  [
    'ｱ\u200bд漢\u200c〇',
    [
      'error halfwidth-katakana 0-1 ｱ → ア',
      'error invisible-character 1-2 U+200B、U+200C ×2',
      'error foreign-letter 2-3 д → キリル文字(ロシア文字)',
      'error ideographic-zero 5-6 〇',
    ],
  ],
  // what the fonts lack, with what is meant
  ['🙂', ['error missing-glyph 0-2 🙂']],
  ['a🙂b🙂', ['error missing-glyph 1-3 🙂', 'error missing-glyph 4-6 🙂']],
  ['\ue000', ['error missing-glyph 0-1 \ue000']],
  ['⾏', ['error missing-glyph 0-1 ⾏ → 行']],
  ['㋿', []],
  ['\ud842', ['error missing-glyph 0-1 \ud842']],
  ['\ufe0f', ['error missing-glyph 0-1 \ufe0f']],
  ['\u0343', []],
  ['\u2126', []],
])('in %j: %j', (value, findings) => {
  expect(found(value)).toEqual(findings);
});

/** Greek letters by the Latin one that each looks like. */
const looksLike: Record<string, string> = {
  ...{ Α: 'A', Β: 'B', Ε: 'E', Ζ: 'Z', Η: 'H', Ι: 'I', Κ: 'K', Μ: 'M', Ν: 'N', Ο: 'O', Ρ: 'P', Τ: 'T', Υ: 'Y', Χ: 'X' },
  ...{ ο: 'o', ι: 'i', ν: 'v', κ: 'k', υ: 'u', χ: 'x', ρ: 'p' },
};

test('a Greek letter beside a Latin one is a mistake where it looks like one', () => {
  const letters = points([0x370, 0x3ff]).filter((code) => /\p{Script=Greek}/u.test(sign(code)));
  const told = classes(letters, (code) => codes(`(${sign(code)}m)`));
  expect(told['foreign-letter']).toEqual(
    Object.keys(looksLike)
      .map((letter) => letter.charCodeAt(0))
      .sort((a, b) => a - b)
      .map(named),
  );
});
const codes = (value: string) =>
  findCharacters(value)
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)
    .join();

test('every Cyrillic letter beside one of ours is a mistake', () => {
  for (const code of common.filter((point) => /\p{Script=Cyrillic}/u.test(sign(point))))
    expect([named(code), codes(`窓${sign(code)}`), codes(`${sign(code)}窓`)]).toEqual([
      named(code),
      'foreign-letter',
      'foreign-letter',
    ]);
});

test('a letter is one of kana, of kanji, of the Latin alphabet, or the long vowel mark', () => {
  const beside = classes(common, (code) => codes(`${sign(code)}д`).replace('missing-glyph,', ''));
  const letters = common.filter(
    (code) =>
      /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]|(?=\p{ASCII})\p{L}/u.test(sign(code)) ||
      code === 0x30fc ||
      /^[A-Z]$/i.test(/[\uff21-\uff5a]/.test(sign(code)) ? sign(code).normalize('NFKC') : ''),
  );
  const told = new Set(Object.entries(beside).flatMap(([key, all]) => (key.includes('foreign-letter') ? all : [])));
  const others = common.filter((code) => !/\p{Script=Cyrillic}/u.test(sign(code)));
  expect(others.map(named).filter((name) => told.has(name))).toEqual(letters.map(named));
});

test.each([...'一二三四五六七八九十百千〇'])('〇 beside %s is a number', (numeral) => {
  expect(found(`a〇${numeral}`)).toEqual([]);
  expect(found(`a${numeral}〇`)).toEqual([]);
});
test.each([...'万億零0０○あ'])('〇 beside %s is none', (other) => {
  expect(found(`a〇${other}`)).toEqual(['error ideographic-zero 1-2 〇']);
  expect(found(`${other}〇`)).toEqual(['error ideographic-zero 1-2 〇']);
});

/** The Japanese character of each radical that Unicode gives none, or another one. */
const radicals: Record<number, string> = {
  ...{ 11933: '月', 11935: '母', 11936: '民', 11969: '虎', 11972: '西', 11973: '見', 11974: '角', 11977: '貝' },
  ...{ 11985: '長', 11992: '青', 11997: '食', 12002: '馬', 12003: '骨', 12004: '鬼', 12005: '魚', 12006: '鳥' },
  ...{ 12008: '麦', 12009: '黄', 12011: '斉', 12013: '歯', 12015: '竜', 12018: '亀', 12019: '亀', 12094: '戸' },
};

test('a radical, a ligature, a letter of another width: told with the character that is meant, if it can be printed', () => {
  const lacking = points([0x2e80, 0x2fdf], [0xf900, 0xffef], [0x2100, 0x214f], [0x3200, 0x33ff]).filter(
    (code) => codesOf(code) === 'missing-glyph',
  );
  const expected = lacking.map((code) => {
    const meant = radicals[code] ?? sign(code).normalize('NFKC');
    return [
      named(code),
      meant !== sign(code) && [...meant].every((one) => printed.has(one.codePointAt(0) ?? 0)) ? meant : '',
    ];
  });
  expect(lacking.map((code) => [named(code), findCharacters(sign(code))[0]?.expected ?? ''])).toEqual(expected);
  expect(lacking.filter((code) => code in radicals)).toHaveLength(Object.keys(radicals).length);
});

describe('hyphens', () => {
  const lines = (value: string) => findHyphens(value).map(shown);
  test('a line of one is told, for every sign that is taken for the dash', () => {
    const told = common.filter((code) => findHyphens(sign(code)).length > 0);
    expect(told.map(named)).toEqual(
      points(0x2d, [0x2010, 0x2013], 0x2015, 0x2212, 0x2500, 0x30fc, 0xff0d, 0xff70).map(named),
    );
  });
  test.each<[string, string[]]>([
    ['-', ['error hyphen-for-dash 0-1 - → —']],
    ['—', []],
    ['a-', []],
    ['-a', []],
    ['', []],
    ['--', ['error hyphen-for-dash 0-2 -- → —']],
    ['-ー', ['error hyphen-for-dash 0-2 -ー → —']],
    [' \t- \t', ['error hyphen-for-dash 2-3 - → —']],
    ['a\n-\nb\n ー', ['error hyphen-for-dash 2-3 - → —', 'error hyphen-for-dash 7-8 ー → —']],
    ['-(R1)', ['error hyphen-for-dash 0-1 - → —']],
    ['-(R1) ', ['error hyphen-for-dash 0-1 - → —']],
    ['-()', ['error hyphen-for-dash 0-1 - → —']],
    ['-(R1', []],
    ['-(R\n1)', []],
    ['-(R1)(R2)', []],
    ['-(R(1))', []],
    ['-(R1)a', []],
    ['- -', []],
    ['(R1)', []],
  ])('in %j: %j', (value, findings) => {
    expect(lines(value)).toEqual(findings);
  });
});

describe('what is written in parts', () => {
  test.each<[string, string[]]>([
    ['がか', []],
    ['か\u3099', ['error not-nfc 0-2 か\u3099 → が']],
    ['あか\u3099い\u3099は\u309a', ['error not-nfc 1-3 か\u3099 → が', 'error not-nfc 5-7 は\u309a → ぱ']],
    ['e\u0301\u0302', ['error not-nfc 0-3 e\u0301\u0302 → é\u0302']],
    ['\ufa19', ['error not-nfc 0-1 \ufa19 → 神']],
    ['\u3099', []],
    ['𠮟か\u3099', ['error not-nfc 2-4 か\u3099 → が']],
  ])('in %j: %j', (value, findings) => {
    expect(findDecomposed(value).map(shown)).toEqual(findings);
  });
});

test('a sticky pattern matches where it is asked to, and nowhere else', () => {
  const digits = /\d+/y;
  expect([runAt(digits, 'a12b3', 1), runAt(digits, 'a12b3', 2), runAt(digits, 'a12b3', 0)]).toEqual([
    '12',
    '2',
    undefined,
  ]);
  expect(runAt(digits, 'a12b3', 4)).toBe('3');
  expect(runAt(digits, 'a12b3', 5)).toBeUndefined();
});
