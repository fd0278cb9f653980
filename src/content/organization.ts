import { proposer } from './nearest.ts';
import type { OrganizationFile } from './schema.ts';
import { countBelow } from './yaml/positions.ts';

/** The names that 担当 may use. */
export interface Organization {
  departments: readonly string[];
  sections: ReadonlySet<string>;
  /** The 局・部 that a name stands for: itself, or all 部 of a 局. */
  covered(department: string): string[];
  /** The 局・部 that a 課 belongs to. */
  homes(section: string): string[];
  /** The known name that one is most likely a slip of, as a part of a diagnostic. */
  nearestDepartment(name: string): { nearest?: string };
  nearestSection(name: string): { nearest?: string };
}

export function organizationOf(entries: OrganizationFile['局・部']): Organization {
  const departments = entries.map((entry) => entry.名称);
  const homes = new Map<string, string[]>();
  for (const { 名称, 課 } of entries)
    for (const section of 課) {
      const known = homes.get(section);
      if (known) known.push(名称);
      else homes.set(section, [名称]);
    }
  const sorted = [...departments].sort();
  return {
    departments,
    sections: new Set(homes.keys()),
    covered: (department) => [
      ...beginningWith(department, sorted).filter((name) => name === department),
      ...beginningWith(`${department} `, sorted),
    ],
    homes: (section) => homes.get(section) ?? [],
    nearestDepartment: proposer(departments),
    nearestSection: proposer(homes.keys()),
  };
}

/** Those of the `sorted` names that begin with `start`, which stand side by side. */
function beginningWith(start: string, sorted: readonly string[]): readonly string[] {
  const low = countBelow(sorted, start);
  let end = low;
  while (sorted[end]?.startsWith(start)) end += 1;
  return sorted.slice(low, end);
}
