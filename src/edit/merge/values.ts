import { isDeepStrictEqual } from 'node:util';
import type { Why } from './conflict.ts';
import type { Rule } from './rules.ts';
import { mergeSequences } from './sequences.ts';
import { mergeTexts } from './texts.ts';

/** Where a value is: keys, and in lists the names that their maps go by. */
export type Names = readonly string[];

/** What was not merged: there the result has what ours has. */
export interface Clash {
  path: Names;
  base: unknown;
  ours: unknown;
  theirs: unknown;
  why: Why;
}

export interface Three {
  base: unknown;
  ours: unknown;
  theirs: unknown;
}

type ValueMap = Readonly<Record<string, unknown>>;

/** Three values as one, undefined for what is not there; what does not go together is added to `clashes`. */
export function mergeValues(rule: Rule, three: Three, clashes: Clash[], path: Names = []): unknown {
  const { base, ours, theirs } = three;
  if (same(ours, theirs) || same(base, theirs)) return ours;
  if (same(base, ours)) return theirs;
  const clash = (why: Why) => {
    clashes.push({ path, ...three, why });
    return ours;
  };
  const unmerged = () => clash(base === undefined ? 'added' : isAbsentFromOne(three) ? 'removed' : 'changed');
  const all = [base, ours, theirs];
  switch (rule.kind) {
    case 'whole':
      return unmerged();
    case 'text':
      return all.every(isText) ? (mergeTexts(...(all as [string, string, string])) ?? unmerged()) : unmerged();
    case 'names':
      return all.every(areNames)
        ? (mergeSequences(...(all as [string[], string[], string[]])) ?? unmerged())
        : unmerged();
    case 'cell': {
      const inner: Clash[] = [];
      const merged = mergeValues(rule.rule, three, inner, path);
      return inner.length === 0 ? merged : unmerged();
    }
    case 'map': {
      if (!all.every((side) => side === undefined || isMap(side))) return unmerged();
      if (!rule.bare && isAbsentFromOne(three)) return tellRemoved(rule, three, clashes, path);
      return mergeMaps(rule, three, clashes, path);
    }
    case 'list':
      return mergeLists(rule, three, clashes, path) ?? unmerged();
  }
}

function mergeMaps(rule: Rule & { kind: 'map' }, three: Three, clashes: Clash[], path: Names): unknown {
  const { base = {}, ours = {}, theirs = {} } = three as { [Side in keyof Three]: ValueMap | undefined };
  const keys = mergeSequences(Object.keys(base), Object.keys(ours), Object.keys(theirs)) ?? [];
  // Of what one side took away there may be more to say than that it goes.
  const merged = [...new Set([...keys, ...Object.keys(ours), ...Object.keys(theirs)])].flatMap((key) => {
    const of = (side: ValueMap) => (Object.hasOwn(side, key) ? side[key] : undefined);
    const inner = { base: of(base), ours: of(ours), theirs: of(theirs) };
    const value = mergeValues(rule.of(key), inner, clashes, [...path, key]);
    return value === undefined ? [] : [[key, value] as const];
  });
  return rule.bare && merged.length === 0 ? undefined : Object.fromEntries(merged);
}

/** Undefined where the lists do not consist of maps with different names. */
function mergeLists(rule: Rule & { kind: 'list' }, three: Three, clashes: Clash[], path: Names): unknown {
  const of = (side: unknown) => byName(side, rule.by);
  const [base, ours, theirs] = [of(three.base), of(three.ours), of(three.theirs)];
  if (!base || !ours || !theirs) return undefined;
  const told: Clash[] = [];
  const itemOf = (name: string) => {
    const inner = { base: base.get(name), ours: ours.get(name), theirs: theirs.get(name) };
    return mergeValues(rule.of, inner, told, [...path, name]);
  };
  const items = new Map([...new Set([...ours.keys(), ...theirs.keys()])].map((name) => [name, itemOf(name)]));
  // One that is there though the other side took it away has its place as if it had not.
  const contested = (name: string) =>
    base.has(name) && ours.has(name) !== theirs.has(name) && items.get(name) !== undefined;
  const settled = (side: Items) => [...side.keys()].filter((name) => !contested(name));
  const order = mergeSequences(settled(base), settled(ours), settled(theirs));
  if (!order) return undefined;
  const before = [...ours.keys()];
  for (const [index, name] of before.entries()) {
    if (!contested(name)) continue;
    const forerunner = before.slice(0, index).findLast((other) => order.includes(other));
    order.splice(forerunner === undefined ? 0 : order.indexOf(forerunner) + 1, 0, name);
  }
  clashes.push(...told);
  return order.map((name) => items.get(name));
}

type Items = ReadonlyMap<string, ValueMap>;

function byName(value: unknown, by: string): Items | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = new Map(value.map((item) => [isMap(item) ? item[by] : undefined, item as ValueMap]));
  return items.size === value.length && [...items.keys()].every(isText) ? (items as Items) : undefined;
}

/** Of what one side took away, all that the other changed in it; it stays as ours has it. */
function tellRemoved(rule: Rule, three: Three, clashes: Clash[], path: Names): unknown {
  const of = (side: unknown) => leavesOf(rule, side, path);
  const [base, ours, theirs] = [of(three.base), of(three.ours), of(three.theirs)];
  const changed = (side: Leaves, key: string) => !same(side.get(key)?.value, base.get(key)?.value);
  const [kept, changing] = three.ours === undefined ? [ours, theirs] : [theirs, ours];
  const found = clashes.length;
  for (const [key, leaf] of new Map([...base, ...changing]))
    if (changed(changing, key) && !same(changing.get(key)?.value, kept.get(key)?.value))
      clashes.push({
        path: leaf.path,
        base: base.get(key)?.value,
        ours: ours.get(key)?.value,
        theirs: theirs.get(key)?.value,
        why: 'removed',
      });
  if (clashes.length === found) clashes.push({ path, ...three, why: 'removed' });
  return three.ours;
}

export type Leaves = ReadonlyMap<string, { path: Names; value: unknown }>;

/** Every value by where it is: what a rule takes as one; a map without keys is one too. */
export function leavesOf(rule: Rule, value: unknown, path: Names = []): Leaves {
  const inner = (one: Rule, at: Names, side: unknown) => [...leavesOf(one, side, at)];
  if (value === undefined) return new Map();
  if (rule.kind === 'map' && isMap(value) && Object.keys(value).length > 0)
    return new Map(Object.entries(value).flatMap(([key, side]) => inner(rule.of(key), [...path, key], side)));
  const items = rule.kind === 'list' ? byName(value, rule.by) : undefined;
  if (rule.kind === 'list' && items)
    return new Map([...items].flatMap(([name, item]) => inner(rule.of, [...path, name], item)));
  return new Map([[JSON.stringify(path), { path, value }]]);
}

/** Whatever the order of keys. */
export const same = (a: unknown, b: unknown): boolean => a === b || isDeepStrictEqual(a, b);

const isAbsentFromOne = ({ ours, theirs }: Three) => ours === undefined || theirs === undefined;
const isText = (value: unknown): value is string => typeof value === 'string';
const areNames = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
export const isMap = (value: unknown): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
