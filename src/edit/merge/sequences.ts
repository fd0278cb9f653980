/**
 * Three lists of names as ordered sets: with all that either side added, without what either took away, in the order of the
 * side that changed it. What both put into the same gap stands there by the order of names, whichever side it is from.
 * Undefined where both put the same things in different orders or replaced the same name by different ones, or where a name
 * stands twice. A name that one side put into the place of another stands where the other side has that.
 */
export function mergeSequences(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): string[] | undefined {
  const [was, here, there] = [new Set(base), new Set(ours), new Set(theirs)];
  if (was.size < base.length || here.size < ours.length || there.size < theirs.length) return undefined;
  const replacing = replacedIn(base, ours, theirs) ?? replacedIn(base, theirs, ours);
  if (replacing) return replacing;
  const fresh = (list: readonly string[], other: ReadonlySet<string>) =>
    list.filter((name) => !was.has(name) && !other.has(name));
  const [oursFresh, theirsFresh] = [new Set(fresh(ours, there)), new Set(fresh(theirs, here))];
  const replaced = base.some((name) => !here.has(name) && !there.has(name));
  if (replaced && oursFresh.size > 0 && theirsFresh.size > 0) return undefined;

  const kept = (list: readonly string[]) => list.filter((name) => here.has(name) && there.has(name));
  const order = orderOf(kept(base), kept(ours), kept(theirs));
  if (!order) return undefined;
  const places = new Set(order);
  const gaps = [runsBehind(places, ours, oursFresh), runsBehind(places, theirs, theirsFresh)];
  return [undefined, ...order].flatMap((name) => [
    ...(name === undefined ? [] : [name]),
    ...gaps
      .flatMap((runs) => runs.get(name) ?? [])
      .sort(([a = ''], [b = '']) => compareNames(a, b))
      .flat(),
  ]);
}

/** `other` with what `side` put, name by name, into the place of names of `base`; undefined where that is not what it did. */
function replacedIn(base: readonly string[], side: readonly string[], other: readonly string[]): string[] | undefined {
  const changed = new Map(base.flatMap((name, index) => (name === side[index] ? [] : [[name, side[index] ?? name]])));
  const isReplacing =
    side.length === base.length &&
    changed.size > 0 &&
    [...changed].every(([name, by]) => !base.includes(by) && other.includes(name) && !other.includes(by));
  return isReplacing ? other.map((name) => changed.get(name) ?? name) : undefined;
}

/** The order of what both have: that of the side that changed it. */
function orderOf(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): readonly string[] | undefined {
  const same = (a: readonly string[], b: readonly string[]) => a.every((name, index) => name === b[index]);
  if (same(ours, theirs)) return ours;
  const known = new Set(base);
  const old = (list: readonly string[]) => list.filter((name) => known.has(name));
  if (same(old(ours), base)) return same(old(theirs), base) ? undefined : theirs;
  return same(old(theirs), base) ? ours : undefined;
}

/** What one side alone put behind each of `places`, or in front of all. */
function runsBehind(
  places: ReadonlySet<string>,
  list: readonly string[],
  fresh: ReadonlySet<string>,
): Map<string | undefined, [string[]]> {
  const runs = new Map<string | undefined, [string[]]>();
  let place: string | undefined;
  for (const name of list) {
    if (places.has(name)) place = name;
    if (!fresh.has(name)) continue;
    const [run] = runs.get(place) ?? [[]];
    runs.set(place, [[...run, name]]);
  }
  return runs;
}

let collator: Intl.Collator | undefined;
/** R9 before R10, 1-2 before 1-10. */
function compareNames(a: string, b: string): number {
  collator ??= new Intl.Collator('ja', { numeric: true });
  return collator.compare(a, b) || (a < b ? -1 : 1);
}
