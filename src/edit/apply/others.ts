import type { Comparison, StructureChange } from '../../compare/change.ts';
import type { OrganizationFile, StructureFile } from '../../content/schema.ts';
import { categoryOf, compareNumbers } from '../../model/numbers.ts';

/** structure.yaml with the 大項目 and 中項目 of head. */
export function structureAfter(before: StructureFile, { structure }: Comparison): StructureFile {
  if (structure.length === 0) return before;
  type Group = StructureFile['大項目'][number]['中項目'][number];
  const groups = levelAfter<Group>(
    '中項目',
    before.大項目.flatMap(({ 中項目 }) => 中項目),
    structure,
  );
  const categories = levelAfter<StructureFile['大項目'][number]>('大項目', before.大項目, structure);
  return {
    ...before,
    大項目: categories.map((category) => ({
      ...category,
      中項目: groups.filter(({ 番号 }) => categoryOf(番号) === category.番号),
    })),
  };
}

/** Those of one level, in the order of their numbers in head. */
function levelAfter<T extends { 番号: string; 名称: string }>(
  level: StructureChange['level'],
  before: readonly T[],
  structure: readonly StructureChange[],
): T[] {
  const changes = structure.filter((change) => change.level === level);
  const written = ({ number, name }: { number: string; name: string }) => ({ 番号: number, 名称: name });
  const stays = before.flatMap((item): T[] => {
    const change = changes.find(({ base }) => base?.number === item.番号);
    if (!change) return [item];
    return change.head ? [{ ...item, ...written(change.head) }] : [];
  });
  const come = changes.flatMap(({ base, head }): T[] => (head && !base ? [written(head) as T] : []));
  return [...stays, ...come].sort((a, b) => compareNumbers(a.番号, b.番号));
}

type Department = OrganizationFile['局・部'][number];

/** organization.yaml with the 局・部 and 課 of head, and the names that they have there. */
export function organizationAfter(before: OrganizationFile, { organization, renames }: Comparison): OrganizationFile {
  if (organization.length === 0 && renames.length === 0) return before;
  const fresh = (field: string, name: string) =>
    renames.find((rename) => rename.field === field && rename.before === name)?.after ?? name;
  const departments = new Map<string, Department>();
  for (const item of before['局・部']) {
    const name = fresh('担当局・部', item.名称);
    const sections = item.課.map((section) => fresh('担当課', section));
    // Two that became one have the 課 of both.
    const known = departments.get(name);
    departments.set(name, { ...item, 名称: name, 課: [...new Set([...(known?.課 ?? []), ...sections])] });
  }
  const sectionsOf = (name: string, change: (sections: string[]) => string[]) => {
    const department = departments.get(name);
    if (department) departments.set(name, { ...department, 課: change(department.課) });
  };
  for (const { kind, department } of organization.filter(({ section }) => section === undefined))
    if (kind === 'added') departments.set(department, { 名称: department, 課: [] });
  for (const { kind, department, section, from = department } of organization) {
    if (section === undefined) continue;
    if (kind !== 'added') sectionsOf(from, (sections) => sections.filter((one) => one !== section));
    if (kind !== 'removed') sectionsOf(department, (sections) => [...sections, section]);
  }
  for (const { kind, department, section } of organization)
    if (kind === 'removed' && section === undefined) departments.delete(department);
  return { ...before, '局・部': [...departments.values()] };
}
