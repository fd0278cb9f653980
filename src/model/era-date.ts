/** The year, AD, before the first of each era. */
export const eras: Record<string, number> = { 昭和: 1925, 平成: 1988, 令和: 2018 };

/** 令和8年3月 → { year: 2026, month: 3, day: 1 }; undefined when it is no date with an era. */
export function eraDate(text: string): { year: number; month: number; day: number } | undefined {
  const [, era = '', count = '', month = '', day = '1'] =
    /^(昭和|平成|令和)(元|[1-9]\d?)年([1-9]|1[0-2])月(?:([1-9]|[12]\d|3[01])日)?$/.exec(text) ?? [];
  const before = eras[era];
  if (before === undefined) return undefined;
  const date = { year: before + (count === '元' ? 1 : Number(count)), month: Number(month), day: Number(day) };
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDate() === date.day ? date : undefined;
}

export const eraLetters: Record<string, string> = { S: '昭和', H: '平成', R: '令和' };

/** A fiscal year as it is read aloud: R20 → 令和20年度; undefined when it is not written with an era's letter. */
export function spokenYear(text: string): string | undefined {
  const [, letter = '', count] = /^([SHR])([1-9]\d?)$/.exec(text) ?? [];
  const era = eraLetters[letter];
  return era === undefined ? undefined : `${era}${count === '1' ? '元' : count}年度`;
}
