/** The year, AD, before the first of each era. */
export const eras: Record<string, number> = { 明治: 1867, 大正: 1911, 昭和: 1925, 平成: 1988, 令和: 2018 };

/** 令和8年3月 → { year: 2026, month: 3, day: 1 }; undefined when it is no date with an era. */
export function eraDate(text: string): { year: number; month: number; day: number } | undefined {
  const [, era = '', count = '', month = '', day = '1'] =
    /^(昭和|平成|令和)(元|[1-9]\d?)年([1-9]|1[0-2])月(?:([1-9]|[12]\d|3[01])日)?$/.exec(text) ?? [];
  const before = eras[era];
  if (before === undefined) return undefined;
  const date = { year: before + (count === '元' ? 1 : Number(count)), month: Number(month), day: Number(day) };
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDate() === date.day ? date : undefined;
}

export const eraLetters: Record<string, string> = { M: '明治', T: '大正', S: '昭和', H: '平成', R: '令和' };

/** A fiscal year as it is read aloud: R20 → 令和20年度; undefined when it is not written with an era's letter. */
export function spokenYear(text: string): string | undefined {
  const [, letter = '', count] = /^([SHR])([1-9]\d?)$/.exec(text) ?? [];
  const era = eraLetters[letter];
  return era === undefined ? undefined : `${era}${count === '1' ? '元' : count}年度`;
}

/** The western year of a 年度, R7 → 2025; undefined where its name tells none. */
export function westernYear(text: string): number | undefined {
  const year = fiscalYear(text) ?? 0;
  return year < 1000 ? undefined : year;
}

const kanji = '〇一二三四五六七八九';

/**
 * The fiscal year, AD, that a name may mean: R8, Ｒ８, R08, r 8, 令和8年度, 令和八年, 2026年度; of a number alone that number.
 */
export function fiscalYear(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}._-]/gu, '')
    .toUpperCase();
  const [, era = '', count = ''] =
    /^(令和|平成|昭和|大正|明治|[RHSTM])?(元|\d{1,4}|[〇一二三四五六七八九十]{1,3})(?:年度?)?$/.exec(plain) ?? [];
  if (count === '') return undefined;
  const number = count === '元' ? 1 : /\d/.test(count) ? Number(count) : fromKanji(count);
  return (eras[eraLetters[era] ?? era] ?? 0) + number;
}

/** 十二 → 12, 一二 → 12 */
function fromKanji(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : [undefined, text];
  const digits = Number([...(ones ?? '')].map((sign) => kanji.indexOf(sign)).join(''));
  return tens === undefined ? digits : (tens === '' ? 1 : kanji.indexOf(tens)) * 10 + digits;
}
