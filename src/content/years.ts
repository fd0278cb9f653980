import { eraLetters, eras } from '../model/era-date.ts';

const kanji = '〇一二三四五六七八九';

/** The fiscal year, AD, that an editor may mean: R8, Ｒ８, R08, r 8, 令和8年度, 令和八年, 2026年度. */
function yearOf(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}._-]/gu, '')
    .toUpperCase();
  const [, era = '', count = ''] =
    /^(令和|平成|昭和|[RHS])?(元|\d{1,4}|[〇一二三四五六七八九十]{1,3})(?:年度?)?$/.exec(plain) ?? [];
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

/** The one of `years` that another way of writing a fiscal year stands for. */
export function yearMeant(text: string, years: readonly string[]): string | undefined {
  const wanted = yearOf(text);
  if (wanted === undefined) return undefined;
  const same = years.find((year) => yearOf(year) === wanted);
  // "8" alone: the first year of that number, whatever its era.
  return same ?? (wanted < 100 ? years.find((year) => year.replace(/^\D+/, '') === String(wanted)) : undefined);
}
