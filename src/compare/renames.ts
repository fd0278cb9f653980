import type { ReadableEdition } from '../content/readable.ts';
import { type Field, type Fields, fieldOf, type NameSource } from '../model/fields.ts';
import type { Measure, YearEntry } from '../model/measure.ts';
import { withNewNames, withoutRole } from '../model/names.ts';
import type { Rename } from './change.ts';

/** The fields that hold names. */
const lists = ({ measure }: Fields) =>
  measure.filter((field): field is Field<keyof Measure> & { names: NameSource } => field.names !== undefined);
const namesIn = (measure: Measure, { property }: Field<keyof Measure>) => (measure[property] ?? []) as string[];
/** A name without its role, where names have one. */
const bare = ({ roles }: Field, written: string) => (roles ? withoutRole(written) : written);

/** Names that an edition knows, whether a measure uses them or not. */
export type KnownNames = Record<NameSource, readonly string[]>;
export const knownNames = ({ edition, organization }: Omit<ReadableEdition, 'unread'>): KnownNames => ({
  departments: organization.map(({ 名称 }) => 名称),
  sections: organization.flatMap(({ 課 }) => 課),
  plans: edition.relatedPlans,
});

export interface Renaming {
  pairs: readonly { old: Measure; fresh: Measure }[];
  base: KnownNames;
  head: KnownNames;
  fields: Fields;
}

/**
 * Names that head no longer has and whose place in every list another one took. A new name is a rename even if it is
 * told by a single measure; one that base had too (two 課 made one) only where all of several measures agree.
 */
export function findRenames({ pairs, base, head, fields }: Renaming): Rename[] {
  return lists(fields).flatMap((list) => {
    const names = (measure: Measure) => namesIn(measure, list).map((name) => bare(list, name));
    const still = new Set([...head[list.names], ...pairs.flatMap(({ fresh }) => names(fresh))]);
    const known = new Set([...base[list.names], ...pairs.flatMap(({ old }) => names(old))]);
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
      const [after, count] = [...counts].sort((a, b) => b[1] - a[1])[0] as [string, number];
      const all = users.get(before) ?? 0;
      if (known.has(after) ? count < 2 || count < all : count * 2 <= all) return [];
      const rename = { field: list.key, before, after };
      const touched = pairs.filter(({ old }) => renamed(old, [rename], fields) !== old);
      return [{ ...rename, measures: touched.map(({ fresh }) => fresh.id) }];
    });
  });
}

/** `measure` with the new names in its lists and in the 区分 of its 予算額; itself where nothing is renamed. */
export function renamed(measure: Measure, renames: readonly Omit<Rename, 'measures'>[], fields: Fields): Measure {
  let changed = false;
  const successor = (list: Field, written: string): string => {
    const name = bare(list, written);
    const rename = renames.find((one) => one.field === list.key && one.before === name);
    if (!rename) return written;
    changed = true;
    return written.slice(0, written.length - name.length) + rename.after;
  };
  const result: Record<string, unknown> = { ...measure };
  for (const list of lists(fields))
    if (measure[list.property] !== undefined)
      result[list.property] = [...new Set(namesIn(measure, list).map((name) => successor(list, name)))];
  // The 区分 of a 予算額 are 課.
  const sections = fieldOf(fields.measure, 'sections');
  const entryOf = (entry: YearEntry): YearEntry => {
    const own = fields.year.flatMap(({ property }) => {
      const value = entry[property];
      return Array.isArray(value)
        ? [[property, value.map((part) => ({ ...part, label: successor(sections, part.label) }))] as const]
        : [];
    });
    return { ...entry, ...Object.fromEntries(own) };
  };
  result.schedule = Object.fromEntries(Object.entries(measure.schedule).map(([year, entry]) => [year, entryOf(entry)]));
  // The overview lists the names of the sheet, or some in a wording of its own.
  for (const { property, follows } of fields.measure) {
    const list = lists(fields).find((one) => one.property === follows);
    const [wording, names] = [measure[property], list ? namesIn(measure, list) : []];
    if (!list || typeof wording !== 'string') continue;
    const known = [...names.map((name) => bare(list, name)), ...renames.flatMap((one) => [one.before, one.after])];
    result[property] =
      wording === names.join('、')
        ? (result[list.property] as string[]).join('、')
        : withNewNames(wording, { known, of: (name) => successor(list, name) });
  }
  return changed ? (result as unknown as Measure) : measure;
}
