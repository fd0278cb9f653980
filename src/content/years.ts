import { fiscalYear, spokenYear } from '../model/era-date.ts';

/** The one of `years` that another way of writing a fiscal year stands for. */
export function yearMeant(text: string, years: readonly string[]): string | undefined {
  const wanted = fiscalYear(text);
  if (wanted === undefined) return undefined;
  const same = years.find((year) => fiscalYear(year) === wanted);
  // "8" alone: the first year of that number, whatever its era.
  return same ?? (wanted < 100 ? years.find((year) => year.replace(/^\D+/, '') === String(wanted)) : undefined);
}

/** Whether `text` is another way to write `year`, which is written as years are: R8, or where there are no eras 2026. */
export const isSpellingOf = (text: string, year: string): boolean =>
  yearMeant(text, [year]) === year &&
  spokenYear(text) === undefined &&
  (spokenYear(year) !== undefined || (/^\d{4}$/.test(year) && !/^\d{4}$/.test(text)));
