import type { Fields } from '../model/fields.ts';
import type { Measure } from '../model/measure.ts';
import { groupOf } from '../model/numbers.ts';
import { likeness } from './similarity.ts';

/** The measures of two editions: which of head is which of base, by number in head; each at most once. */
export interface Matching {
  baseOf: ReadonlyMap<string, Measure>;
  /** By number in base. */
  headOf: ReadonlyMap<string, Measure>;
  /** By number in head, 再掲 of base in whose place what they reprinted stands now. */
  insteadOf: ReadonlyMap<string, Measure>;
}

/** Alike enough to be one measure under another number; under the same number; under the same number and title. */
const renumberedFrom = 0.6;
const rewrittenFrom = 0.25;
const settledFrom = 0.8;

/**
 * Matches by content, numbers only help: 1-1-20 that became 1-1-19 is found, and a number that was given to something
 * else is a removed and an added measure. A 再掲 is what it reprints: it is matched by its target.
 */
export function matchMeasures(base: readonly Measure[], head: readonly Measure[], fields: Fields): Matching {
  const baseOf = new Map<string, Measure>();
  const headOf = new Map<string, Measure>();
  const pair = (old: Measure, fresh: Measure) => {
    baseOf.set(fresh.id, old);
    headOf.set(old.id, fresh);
  };
  const baseById = new Map(base.map((measure) => [measure.id, measure]));
  const open = (measures: readonly Measure[], matched: ReadonlyMap<string, Measure>, reprints: boolean) =>
    measures.filter(({ id, reprintOf }) => !matched.has(id) && (reprintOf !== undefined) === reprints);
  // A 年度 that one edition dropped or the other added makes no two measures unlike.
  const years = commonYears(base, head);
  const alike = likeness(fields, years);

  // 1. The same number, and hardly another text: nearly all measures.
  for (const fresh of open(head, baseOf, false)) {
    const old = baseById.get(fresh.id);
    if (!old || old.reprintOf !== undefined) continue;
    if ((old.title === fresh.title && old.description === fresh.description) || alike(old, fresh) >= settledFrom)
      pair(old, fresh);
  }
  // 2. The most alike first; of equals the same number, then the order of the documents.
  const candidates = open(base, headOf, false).flatMap((old) =>
    open(head, baseOf, false).map((fresh) => ({ old, fresh, score: alike(old, fresh) })),
  );
  const same = ({ old, fresh }: { old: Measure; fresh: Measure }) => Number(old.id === fresh.id);
  candidates.sort((a, b) => b.score - a.score || same(b) - same(a));
  for (const { old, fresh, score } of candidates)
    if (score >= renumberedFrom && !headOf.has(old.id) && !baseOf.has(fresh.id)) pair(old, fresh);
  // 3. The same number, rewritten in large part: in its texts, or in all but them.
  for (const { old, fresh, score } of candidates) {
    if (old.id !== fresh.id || headOf.has(old.id) || baseOf.has(fresh.id)) continue;
    if (score >= rewrittenFrom || sameFigures(old, fresh, fields, years)) pair(old, fresh);
  }
  // 4. 再掲 of the same target: under the same number, in the same 中項目, anywhere.
  const targetOf = ({ reprintOf = '' }: Measure) => headOf.get(reprintOf)?.id ?? reprintOf;
  for (const near of [
    (old: Measure, fresh: Measure) => old.id === fresh.id && targetOf(old) === fresh.reprintOf,
    (old: Measure, fresh: Measure) => groupOf(old.id) === groupOf(fresh.id) && targetOf(old) === fresh.reprintOf,
    (old: Measure, fresh: Measure) => targetOf(old) === fresh.reprintOf,
    (old: Measure, fresh: Measure) => old.id === fresh.id, // another target now
  ])
    for (const fresh of open(head, baseOf, true)) {
      const old = open(base, headOf, true).find((candidate) => near(candidate, fresh));
      if (old) pair(old, fresh);
    }
  // 5. 再掲 made or dissolved.
  for (const fresh of head) {
    const old = baseById.get(fresh.id);
    if (!old || baseOf.has(fresh.id) || headOf.has(old.id)) continue;
    if ((old.reprintOf === undefined) !== (fresh.reprintOf === undefined)) pair(old, fresh);
  }
  return { baseOf, headOf, insteadOf: replacedReprints(base, head, { baseOf, headOf }) };
}

/**
 * 再掲 that went while their target came to stand there: under their number, or behind the same measure as they did. The
 * target has lost its own place, and the first of its 再掲 is it now.
 */
function replacedReprints(
  base: readonly Measure[],
  head: readonly Measure[],
  { baseOf, headOf }: Omit<Matching, 'insteadOf'>,
): Map<string, Measure> {
  const result = new Map<string, Measure>();
  for (const [index, old] of base.entries()) {
    const fresh = headOf.get(old.reprintOf ?? '');
    if (
      headOf.has(old.id) ||
      !fresh ||
      fresh.id === old.reprintOf ||
      fresh.reprintOf !== undefined ||
      result.has(fresh.id)
    )
      continue;
    const forerunner = base.slice(0, index).findLast(({ id }) => id !== old.reprintOf && headOf.has(id));
    const before = head.slice(0, head.indexOf(fresh)).findLast(({ id }) => baseOf.has(id));
    if (fresh.id === old.id || (forerunner && headOf.get(forerunner.id)) === before) result.set(fresh.id, old);
  }
  return result;
}

function commonYears(base: readonly Measure[], head: readonly Measure[]): string[] {
  const yearsOf = (measures: readonly Measure[]) => new Set(measures.flatMap(({ schedule }) => Object.keys(schedule)));
  const fresh = yearsOf(head);
  return [...yearsOf(base)].filter((year) => fresh.has(year));
}

/** At least half of the cells that are no running text are filled alike. */
function sameFigures(old: Measure, fresh: Measure, fields: Fields, years: readonly string[]): boolean {
  const own = fields.measure.filter(
    ({ kind, long, reprint, names }) => !long && (names !== undefined || (kind === 'text' && reprint === undefined)),
  );
  const yearly = fields.year.filter(({ long }) => !long);
  const cells = (measure: Measure) =>
    new Map(
      [
        ...own.map(({ property }) => [property, measure[property]] as const),
        ...years.flatMap((year) =>
          yearly.map(({ property }) => [`${year} ${property}`, measure.schedule[year]?.[property]] as const),
        ),
      ].flatMap(([key, value]) => (value === undefined ? [] : [[key, JSON.stringify(value)] as const])),
    );
  const [left, right] = [cells(old), cells(fresh)];
  const filled = new Set([...left.keys(), ...right.keys()]).size;
  const same = [...left].filter(([key, value]) => right.get(key) === value).length;
  return same * 2 >= filled;
}
