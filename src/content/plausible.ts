import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sheetFields } from '../model/fields.ts';
import { groupedBy } from '../model/grouped-by.ts';
import { measureNumber, numberParts } from '../model/numbers.ts';
import { mentionsIn, scheduleKey, textPaths, yearsOf } from './mentions.ts';
import { type Path, placeOf, valueAt, type YamlFile } from './yaml/yaml-file.ts';

// What has its form and is likely wrong all the same: warnings.

function warn(yaml: YamlFile, path: Path, more: Partial<Diagnostic> & Pick<Diagnostic, 'code'>, word?: string): void {
  yaml.diagnostics.push({ severity: 'warning', ...placeOf(yaml, path, word), ...more });
}

interface Entry {
  path: Path;
  year: string;
  label: string;
  amount: number;
}

/** 千円; below this a hundredfold is nothing strange. */
const least = 10;

/** An amount at least a hundred times all those that other years have: yen, most likely, where 千円 is meant. */
export function checkAmounts(yaml: YamlFile): void {
  for (const { key } of sheetFields.year.filter(({ kind }) => kind === 'budget')) {
    const entries = yearsOf(yaml).flatMap((year) => amountsAt(yaml, [scheduleKey, year, key], year));
    const limitOfAll = limitOf(entries);
    for (const same of groupedBy(entries, ({ label }) => label).values()) {
      // A part that has no other year is held against the sums of the other years.
      const limit = new Set(same.map(({ year }) => year)).size > 1 ? limitOf(same) : limitOfAll;
      for (const entry of same)
        if (entry.amount >= limit)
          warn(yaml, entry.path, {
            code: 'amount-out-of-line',
            subject: entry.year,
            actual: String(entry.amount),
            expected: String(Math.round(entry.amount / 1000)),
          });
    }
  }
}

/** The least amount that is a hundred times the next one below it or more; none, infinity. */
function limitOf(entries: readonly Entry[]): number {
  const sorted = entries.map(({ amount }) => amount).sort((a, b) => a - b);
  return (
    sorted.find((amount, index) => {
      const below = sorted[index - 1] ?? 0;
      return amount >= 100 * below && (below >= least || isThousandfold(amount, below));
    }) ?? Number.POSITIVE_INFINITY
  );
}

/** Of small amounts: 5000 beside 5, but not 800. */
const isThousandfold = (amount: number, below: number): boolean =>
  amount % 1000 === 0 && amount / 1000 <= 3 * below && amount / 1000 >= below / 3;

function amountsAt(yaml: YamlFile, path: Path, year: string): Entry[] {
  const budget = valueAt(yaml.value, path);
  if (typeof budget === 'number') return budget > 0 ? [{ path, year, label: '', amount: budget }] : [];
  if (!Array.isArray(budget)) return [];
  return budget.flatMap((part, index) =>
    typeof part?.額 === 'number' && part.額 > 0
      ? [{ path: [...path, index, '額'], year, label: String(part.区分), amount: part.額 }]
      : [],
  );
}

/** Numbers in the texts of a measure that look like measures of a known 大項目, and are none. */
export function checkMentions(yaml: YamlFile, names: ReadonlySet<string>, categories: ReadonlySet<string>): void {
  for (const path of textPaths(yaml)) {
    const text = valueAt(yaml.value, path);
    if (typeof text !== 'string') continue;
    const reported = new Set<string>();
    for (const { written, number } of mentionsIn(text)) {
      if (reported.has(number) || names.has(number) || !measureNumber.test(number)) continue;
      if (!categories.has(numberParts(number).category)) continue;
      reported.add(number);
      warn(yaml, path, { code: 'mention-unknown', actual: written }, written);
    }
  }
}
