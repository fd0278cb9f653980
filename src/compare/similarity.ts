import { type Fields, measureTexts, yearTexts } from '../model/fields.ts';
import type { Measure } from '../model/measure.ts';

/** How alike two measures are by title and text, from 0 to 1: pairs of neighbouring characters that both have. */
export type Likeness = (base: Measure, head: Measure) => number;

/** By what they say of themselves and of `years`. Each measure's text is prepared once. */
export function likeness(fields: Fields, years: readonly string[]): Likeness {
  const own = measureTexts(fields).filter(({ reprint }) => reprint === undefined);
  const yearly = yearTexts(fields);
  const prepared = new Map<Measure, { title: Bag; text: Bag }>();
  const prepare = (measure: Measure) => {
    const found = prepared.get(measure);
    if (found) return found;
    const plans = years.flatMap((year) => yearly.map(({ property }) => measure.schedule[year]?.[property]));
    const text = [...own.map(({ property }) => measure[property]), ...plans].join('');
    const fresh = { title: bag(measure.title), text: bag(text) };
    prepared.set(measure, fresh);
    return fresh;
  };
  return (base, head) => {
    const [left, right] = [prepare(base), prepare(head)];
    const title = dice(left.title, right.title);
    return left.text.size + right.text.size === 0 ? title : (title + dice(left.text, right.text)) / 2;
  };
}

interface Bag {
  size: number;
  counts: Map<string, number>;
}

function bag(text: string): Bag {
  const plain = text.replaceAll(/\s/g, '');
  const counts = new Map<string, number>();
  for (let index = 0; index + 1 < plain.length; index += 1) {
    const pair = plain.slice(index, index + 2);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return { size: Math.max(0, plain.length - 1), counts };
}

/** Sørensen–Dice. */
function dice(left: Bag, right: Bag): number {
  if (left.size + right.size === 0) return 0;
  let common = 0;
  for (const [pair, count] of left.counts) common += Math.min(count, right.counts.get(pair) ?? 0);
  return (2 * common) / (left.size + right.size);
}
