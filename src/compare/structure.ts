import type { OrganizationFile } from '../content/schema.ts';
import type { Edition } from '../model/edition.ts';
import { categoryOf, compareNumbers } from '../model/numbers.ts';
import type { NumberedName, OrganizationChange, Rename, StructureChange } from './change.ts';
import { textRuns } from './words.ts';

interface Level {
  /** Number in base by number in head. */
  baseOf: Map<string, string>;
  changes: (StructureChange & { order: string })[];
}

export interface StructureMatching {
  categories: ReadonlyMap<string, string>;
  groups: ReadonlyMap<string, string>;
  changes: StructureChange[];
}

/** 大項目 and 中項目 of two editions: the same name is the same one, else the same number. */
export function compareStructure(base: Edition, head: Edition): StructureMatching {
  const categories = compareLevel('大項目', base.categories, head.categories);
  const groups = compareLevel(
    '中項目',
    base.categories.flatMap((category) => category.groups),
    head.categories.flatMap((category) => category.groups),
    categories.baseOf,
  );
  const changes = [...categories.changes, ...groups.changes].sort((a, b) => compareNumbers(a.order, b.order));
  return {
    categories: categories.baseOf,
    groups: groups.baseOf,
    changes: changes.map(({ order: _, ...change }) => change),
  };
}

function compareLevel(
  level: StructureChange['level'],
  base: readonly NumberedName[],
  head: readonly NumberedName[],
  /** Of 中項目: the number of the 大項目 in base by that in head. */
  parents?: ReadonlyMap<string, string>,
): Level {
  const matched = new Map<NumberedName, NumberedName>();
  const taken = new Set<NumberedName>();
  const sameParent = (old: NumberedName, fresh: NumberedName) =>
    parents?.get(categoryOf(fresh.number)) === categoryOf(old.number);
  for (const same of [
    (old: NumberedName, fresh: NumberedName) => old.name === fresh.name && old.number === fresh.number,
    (old: NumberedName, fresh: NumberedName) => old.name === fresh.name && fresh.name !== '' && sameParent(old, fresh),
    (old: NumberedName, fresh: NumberedName) => old.name === fresh.name && fresh.name !== '',
    (old: NumberedName, fresh: NumberedName) => old.number === fresh.number,
  ])
    for (const fresh of head) {
      if (matched.has(fresh)) continue;
      const old = base.find((candidate) => !taken.has(candidate) && same(candidate, fresh));
      if (!old) continue;
      matched.set(fresh, old);
      taken.add(old);
    }
  const short = ({ number, name }: NumberedName): NumberedName => ({ number, name });
  const changes: Level['changes'] = [];
  for (const fresh of head) {
    const old = matched.get(fresh);
    const order = fresh.number;
    if (!old) changes.push({ level, head: short(fresh), order });
    else if (old.name !== fresh.name)
      changes.push({ level, base: short(old), head: short(fresh), runs: textRuns(old.name, fresh.name), order });
    else if (old.number !== fresh.number) changes.push({ level, base: short(old), head: short(fresh), order });
  }
  for (const old of base) if (!taken.has(old)) changes.push({ level, base: short(old), order: old.number });
  return { baseOf: new Map([...matched].map(([fresh, old]) => [fresh.number, old.number])), changes };
}

type Organization = OrganizationFile['局・部'];

/** 局・部 and 課; their order in the file is no content. Names of `renames` count as the new ones. */
export function compareOrganization(
  base: Organization,
  head: Organization,
  renames: readonly Rename[],
): OrganizationChange[] {
  const renamed = (field: string, name: string) =>
    renames.find((rename) => rename.field === field && rename.before === name)?.after ?? name;
  const before = base.map(({ 名称, 課 }) => ({
    名称: renamed('担当局・部', 名称),
    課: 課.map((section) => renamed('担当課', section)),
  }));
  const departments = (organization: Organization) => new Set(organization.map(({ 名称 }) => 名称));
  const pairs = (organization: Organization) =>
    new Map(
      organization.flatMap(({ 名称, 課 }) =>
        課.map((section) => [JSON.stringify([名称, section]), { department: 名称, section }] as const),
      ),
    );
  const [oldDepartments, newDepartments] = [departments(before), departments(head)];
  const [oldPairs, newPairs] = [pairs(before), pairs(head)];
  const gone = [...oldPairs].filter(([key]) => !newPairs.has(key)).map(([, pair]) => pair);
  const come = [...newPairs].filter(([key]) => !oldPairs.has(key)).map(([, pair]) => pair);
  const changes: OrganizationChange[] = [];
  for (const department of newDepartments)
    if (!oldDepartments.has(department)) changes.push({ kind: 'added', department });
  for (const pair of come) {
    const index = gone.findIndex(({ section }) => section === pair.section);
    const [from] = index < 0 ? [] : gone.splice(index, 1);
    changes.push(from ? { kind: 'moved', ...pair, from: from.department } : { kind: 'added', ...pair });
  }
  for (const pair of gone) changes.push({ kind: 'removed', ...pair });
  for (const department of oldDepartments)
    if (!newDepartments.has(department)) changes.push({ kind: 'removed', department });
  return changes;
}
