// Days and times of a spreadsheet: numbers that count days from one of two beginnings.
import { eras } from '../../model/era-date.ts';
import type { NumberFormat, Token } from './formats.ts';

/** A day and a time without a time zone */
export interface Moment {
  year: number;
  month: number;
  day: number;
  /** Of the day */
  seconds: number;
}

const secondsOfDay = 24 * 60 * 60;
const lastDay = 2958465;

/** undefined for what is no day: before the first, or beyond 9999. */
export function momentOf(serial: number, is1904: boolean): Moment | undefined {
  const days = is1904 ? serial + 1462 : serial;
  if (!(days >= 1 && days < lastDay + 1)) return undefined;
  let whole = Math.floor(days);
  let seconds = Math.round((days - whole) * secondsOfDay);
  if (seconds === secondsOfDay) {
    whole++;
    seconds = 0;
  }
  // 1900 has a February 29 there, as it had in Lotus 1-2-3.
  if (whole === 60) return { year: 1900, month: 2, day: 29, seconds };
  const date = new Date(Date.UTC(1899, 11, whole < 60 ? 31 : 30) + whole * secondsOfDay * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), seconds };
}

/** 2026-03-04, 2026-03-04T09:30:00.000Z: as cells of type d have it. A time alone is a part of a day. */
export function momentOfIso(text: string): Moment | number | undefined {
  const [, date, hours = '0', minutes = '0', whole = '0'] =
    /^(?:(\d{4}-\d{2}-\d{2})(?:T|$))?(?:(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?Z?$/.exec(text) ?? [];
  const seconds = Number(hours) * 3600 + Number(minutes) * 60 + Number(whole);
  if (seconds >= secondsOfDay) return undefined;
  // The day 0 of a spreadsheet is none.
  if (date === undefined || date < '1900') return text.includes(':') ? seconds / secondsOfDay : undefined;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month >= 1 && month <= 12;
  return isDay ? { year, month, day, seconds } : undefined;
}

const two = (value: number) => String(value).padStart(2, '0');

/** 2026-03-04T09:30:00 */
export const isoMoment = ({ year, month, day, seconds }: Moment) =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;

/** A day or time as its format shows it, where that can be told */
export function shownMoment(moment: Moment, { sections }: NumberFormat): string | undefined {
  const [section = []] = sections;
  // A point with digits are parts of a second.
  if (section.some(({ type }) => type === 'unknown' || type === 'digits' || type === 'percent')) return undefined;
  const hasNoon = section.some(({ type, text }) => type === 'date' && text.includes('/'));
  const parts = section.map((part, at) =>
    part.type === 'date' ? shownPart(part.text, moment, isMinute(section, at), hasNoon) : part.text,
  );
  return parts.includes(undefined) ? undefined : parts.join('').trim();
}

/** m behind hours, or in front of seconds */
function isMinute(section: readonly Token[], at: number): boolean {
  const before = section.slice(0, at).findLast(({ type }) => type === 'date');
  const after = section.slice(at + 1).find(({ type }) => type === 'date');
  return /^\[?h/.test(before?.text ?? '') || /^\[?s/.test(after?.text ?? '');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['日', '月', '火', '水', '木', '金', '土'];
/** The first day of each era */
const begun: readonly [name: string, letter: string, from: number][] = [
  ['令和', 'R', 20190501],
  ['平成', 'H', 19890108],
  ['昭和', 'S', 19261225],
  ['大正', 'T', 19120730],
  ['明治', 'M', 0],
];

function shownPart(part: string, moment: Moment, isMinutes: boolean, hasNoon: boolean): string | undefined {
  const { year, month, day, seconds } = moment;
  const padded = (value: number) => (part.length === 1 ? String(value) : two(value));
  const hours = Math.floor(seconds / 3600);
  const [era, letter] = begun.find(([, , from]) => year * 10000 + month * 100 + day >= from) ?? ['', ''];
  const weekday = weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? '';
  switch (part[0]) {
    case 'y':
      return part.length > 2 ? String(year) : two(year % 100);
    case 'm':
      if (isMinutes) return padded(Math.floor(seconds / 60) % 60);
      return part.length <= 2 ? padded(month) : part.length === 3 ? months[month - 1] : undefined;
    case 'd':
      return part.length <= 2 ? padded(day) : undefined;
    case 'h':
      return padded(hasNoon ? hours % 12 || 12 : hours);
    case 's':
      return padded(seconds % 60);
    case 'g':
      return part.length === 1 ? letter : part.length === 2 ? era[0] : era;
    case 'e':
      return padded(year - (eras[era] ?? 0));
    case 'a':
      if (part === 'am/pm') return hours < 12 ? 'AM' : 'PM';
      return part === 'aaa' ? weekday : part === 'aaaa' ? `${weekday}曜日` : undefined;
  }
  return undefined;
}
