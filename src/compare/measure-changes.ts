import type { Edition } from '../model/edition.ts';
import type { Measure } from '../model/measure.ts';
import { groupOf } from '../model/numbers.ts';
import { cellChanges } from './cell-changes.ts';
import type { MeasureChange, MeasureName } from './change.ts';
import type { Pairing } from './pairing.ts';

/** What became of the measures, in the order of head; a removed one stands behind its forerunner in base. */
export function measureChanges(pairing: Pairing): MeasureChange[] {
  const { base, head, before, after, matching, structure } = pairing;
  const cells = cellChanges(pairing);
  const [baseGroups, headGroups] = [groupNames(base.edition), groupNames(head.edition)];

  const removed = (old: Measure): MeasureChange => ({
    kind: 'removed',
    base: nameOf(old, baseGroups),
    renumbered: false,
    moved: false,
    fields: cells.removed(old),
  });
  const added = (fresh: Measure): MeasureChange => ({
    kind: 'added',
    head: nameOf(fresh, headGroups),
    renumbered: false,
    moved: false,
    fields: cells.added(fresh),
  });
  const changed = (old: Measure, fresh: Measure): MeasureChange[] => {
    const fields = cells.changed(old, fresh);
    const renumbered = old.id !== fresh.id;
    if (fields.length === 0 && !renumbered) return [];
    const moved = renumbered && structure.groups.get(groupOf(fresh.id)) !== groupOf(old.id);
    const [wasReprint, isReprint] = [old, fresh].map(({ reprintOf }) => reprintOf !== undefined);
    const flipped = wasReprint === isReprint ? {} : { reprint: isReprint ? ('made' as const) : ('dissolved' as const) };
    const names = { base: nameOf(old, baseGroups), head: nameOf(fresh, headGroups) };
    const reprint = matching.insteadOf.get(fresh.id);
    const instead = reprint && { instead: nameOf(reprint, baseGroups), reprint: 'dissolved' as const };
    return [{ kind: 'changed', ...names, renumbered, moved, ...flipped, ...instead, fields }];
  };

  // By the number in head of the nearest measure before it in base that is still there.
  const gone = new Map<string | undefined, Measure[]>();
  let forerunner: string | undefined;
  const replaced = new Set([...matching.insteadOf.values()].map(({ id }) => id));
  for (const old of before) {
    if (replaced.has(old.id)) continue;
    const successor = matching.headOf.get(old.id);
    if (successor) forerunner = successor.id;
    else gone.set(forerunner, [...(gone.get(forerunner) ?? []), old]);
  }
  const goneBehind = (id: string | undefined) => (gone.get(id) ?? []).map(removed);
  return [
    ...goneBehind(undefined),
    ...after.flatMap((fresh) => {
      const old = matching.baseOf.get(fresh.id);
      return [...(old ? changed(old, fresh) : [added(fresh)]), ...goneBehind(fresh.id)];
    }),
  ];
}

const groupNames = (edition: Edition) =>
  new Map(edition.categories.flatMap(({ groups }) => groups.map(({ number, name }) => [number, { number, name }])));

function nameOf({ id, title, reprintOf }: Measure, groups: ReturnType<typeof groupNames>): MeasureName {
  const number = groupOf(id);
  const group = groups.get(number) ?? { number, name: '' };
  return { id, title, group, ...(reprintOf === undefined ? {} : { reprintOf }) };
}
