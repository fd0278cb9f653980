import type { Budget, Measure } from '../model/edition.ts';
import { withoutRole } from '../model/names.ts';
import type { Rename } from './change.ts';

const lists = [
  { field: '担当局・部', of: (measure: Measure) => measure.departments },
  { field: '担当課', of: (measure: Measure) => measure.sections },
  { field: '関連計画', of: (measure: Measure) => measure.relatedPlans ?? [] },
] as const;

/** Names that an edition knows, whether a measure uses them or not. */
export type KnownNames = Record<Rename['field'], readonly string[]>;

/**
 * Names that head no longer has and whose place in every list another one took. A new name is a rename even if it is
 * told by a single measure; one that base had too (two 課 made one) only where all of several measures agree.
 */
export function findRenames(
  pairs: readonly { old: Measure; fresh: Measure }[],
  base: KnownNames,
  head: KnownNames,
): Rename[] {
  return lists.flatMap(({ field, of }) => {
    const names = (measure: Measure) => of(measure).map(withoutRole);
    const still = new Set([...head[field], ...pairs.flatMap(({ fresh }) => names(fresh))]);
    const known = new Set([...base[field], ...pairs.flatMap(({ old }) => names(old))]);
    const votes = new Map<string, Map<string, number>>();
    const users = new Map<string, number>();
    for (const { old, fresh } of pairs) {
      if ((old.reprintOf === undefined) !== (fresh.reprintOf === undefined)) continue;
      const [before, after] = [names(old), names(fresh)];
      const gone = before.filter((name) => !after.includes(name));
      const come = after.filter((name) => !before.includes(name));
      for (const name of gone) users.set(name, (users.get(name) ?? 0) + 1);
      if (come.length !== gone.length && come.length !== 1) continue;
      for (const [index, name] of gone.entries()) {
        const successor = come.length === 1 ? come[0] : come[index];
        if (still.has(name) || successor === undefined) continue;
        const counts = votes.get(name) ?? new Map<string, number>();
        votes.set(name, counts.set(successor, (counts.get(successor) ?? 0) + 1));
      }
    }
    return [...votes].flatMap(([before, counts]): Rename[] => {
      const [[after, count] = ['', 0]] = [...counts].sort((a, b) => b[1] - a[1]);
      const all = users.get(before) ?? 0;
      if (known.has(after) ? count < 2 || count < all : count * 2 <= all) return [];
      const rename: Rename = { field, before, after, measures: [] };
      const touched = pairs.filter(({ old }) => renamed(old, [rename]) !== old);
      return [{ ...rename, measures: touched.map(({ fresh }) => fresh.id) }];
    });
  });
}

/** `measure` with the new names in its lists and in the 区分 of its 予算額; itself where nothing is renamed. */
export function renamed(measure: Measure, renames: readonly Rename[]): Measure {
  let changed = false;
  const successor = (field: Rename['field'], written: string): string => {
    const name = withoutRole(written);
    const rename = renames.find((one) => one.field === field && one.before === name);
    if (!rename) return written;
    changed = true;
    return written.slice(0, written.length - name.length) + rename.after;
  };
  const list = (field: Rename['field'], names: readonly string[]) => [
    ...new Set(names.map((name) => successor(field, name))),
  ];
  const budget = (value: Budget): Budget =>
    Array.isArray(value) ? value.map((part) => ({ ...part, label: successor('担当課', part.label) })) : value;
  const sections = list('担当課', measure.sections);
  const result: Measure = {
    ...measure,
    departments: list('担当局・部', measure.departments),
    sections,
    schedule: Object.fromEntries(
      Object.entries(measure.schedule).map(([year, entry]) => [
        year,
        entry.budget === undefined ? entry : { ...entry, budget: budget(entry.budget) },
      ]),
    ),
    ...(measure.relatedPlans ? { relatedPlans: list('関連計画', measure.relatedPlans) } : {}),
    // The overview lists the 課 of the sheet unless it has a wording of its own.
    overviewSection:
      measure.overviewSection === measure.sections.join('、') ? sections.join('、') : measure.overviewSection,
  };
  return changed ? result : measure;
}
