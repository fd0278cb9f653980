import { matchMeasures } from '../../compare/match.ts';
import { valueAt } from '../../content/yaml/yaml-file.ts';
import { type Field, type Fields, fieldOf, pathOf } from '../../model/fields.ts';
import type { Measure } from '../../model/measure.ts';
import type { Why } from './conflict.ts';
import { measureRule } from './rules.ts';
import { type Clash, isMap, leavesOf, mergeValues, same, type Three } from './values.ts';

/** A measure's file, three times: by field, where it is the same measure in all of them. */
export function mergeMeasure(three: Three, fields: Fields, clashes: Clash[]): unknown {
  const rule = measureRule(fields);
  const { base, ours, theirs } = three;
  const maps = [base, ours, theirs].map(Object) as Record<string, unknown>[];
  // Nearly all keys are the same in all of them.
  const keys = Object.keys(Object.assign({}, ...maps)).filter((key) =>
    maps.some((map) => !same(map[key], maps[0]?.[key])),
  );
  const leavesIn = (side: unknown) =>
    leavesOf(
      rule,
      Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(Object(side), key) ? [[key, Object(side)[key]]] : []))),
    );
  const leaves = { base: leavesIn(base), ours: leavesIn(ours), theirs: leavesIn(theirs) };
  const at = (side: keyof Three, key: string) => leaves[side].get(key)?.value;
  /** What one side made of it that the other has not. */
  const news = (side: 'ours' | 'theirs') => {
    const other = side === 'ours' ? 'theirs' : 'ours';
    return [...new Map([...leaves.base, ...leaves[side]])].filter(
      ([key]) => !same(at(side, key), at('base', key)) && !same(at(side, key), at(other, key)),
    );
  };
  const fresh = { ours: news('ours'), theirs: news('theirs') };
  if (fresh.ours.length === 0 || fresh.theirs.length === 0) return mergeValues(rule, three, clashes);

  const clash = (key: string, path: readonly string[], why: Why) =>
    clashes.push({
      path,
      base: at('base', key),
      ours: at('ours', key),
      theirs: at('theirs', key),
      why,
    });
  const placeOf = (property: keyof Measure) => {
    const path = pathOf(fieldOf(fields.measure, property));
    return { path, key: JSON.stringify(path) };
  };
  const [number, target] = [placeOf('id'), placeOf('reprintOf')];
  const sides = ['ours', 'theirs'] as const;

  // Nothing of the one is of use in what the other has become: all that was changed in it is told, nothing done.
  const flipped = sides.filter(
    (side) => (at(side, target.key) === undefined) !== (at('base', target.key) === undefined),
  );
  const replaced = sides.filter((side) => !isOneMeasure(base, three[side], fields));
  for (const [turned, why] of [
    [flipped, 'reprint'],
    [replaced, 'replaced'],
  ] as const) {
    if (turned.length !== 1) continue;
    const changing = turned[0] === 'ours' ? 'theirs' : 'ours';
    if (why === 'reprint') clash(target.key, target.path, why);
    for (const [key, { path }] of fresh[changing]) if (key !== target.key) clash(key, path, why);
    return ours;
  }
  if (replaced.length === 2) {
    for (const [key, { path }] of new Map([...fresh.ours, ...fresh.theirs])) clash(key, path, 'replaced');
    return ours;
  }

  const renumbered = sides.filter((side) => fresh[side].some(([key]) => key === number.key));
  const merged = mergeValues(rule, three, clashes);
  if (renumbered.length !== 1) return merged;
  clash(number.key, number.path, 'renumbered');
  // As with any other conflict, ours stays.
  const { [number.path[0] as string]: _, ...rest } = merged as Record<string, unknown>;
  const kept = at('ours', number.key);
  return kept === undefined ? rest : { ...rest, [number.path[0] as string]: kept };
}

/** Whether it is the same measure, rewritten or not, as comparisons find it. */
function isOneMeasure(before: unknown, after: unknown, fields: Fields): boolean {
  const [old, fresh] = [measureOf(before, fields), measureOf(after, fields)];
  return matchMeasures([old], [fresh], fields).headOf.size > 0;
}

/** What a file says of a measure, as far as it has its form. */
function measureOf(file: unknown, fields: Fields): Measure {
  const read = (all: readonly Field[], map: unknown): Record<string, unknown> =>
    Object.fromEntries(
      all.flatMap((field) => {
        const value = valueAt(map, pathOf(field));
        const text = typeof value === 'string' ? value : undefined;
        const names = Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
        const years = Object.entries(isMap(value) ? value : {}).map(([year, entry]) => [
          year,
          read(fields.year, entry),
        ]);
        const own = {
          ...{ text, choice: text, number: text, names, flags: names, years: Object.fromEntries(years) },
          budget: isMap(value) ? undefined : value,
        }[field.kind];
        return own === undefined ? [] : [[field.property, own]];
      }),
    );
  return { id: '', title: '', ...read(fields.measure, file) } as unknown as Measure;
}
