import type { OrganizationFile } from './schema.ts';

/** The names that 担当 may use. */
export interface Organization {
  departments: readonly string[];
  sections: ReadonlySet<string>;
  /** The 局・部 that a name stands for: itself, or all 部 of a 局. */
  covered(department: string): string[];
  /** The 局・部 that a 課 belongs to. */
  homes(section: string): string[];
}

export function organizationOf(entries: OrganizationFile['局・部']): Organization {
  const departments = entries.map((entry) => entry.名称);
  const homes = new Map<string, string[]>();
  for (const { 名称, 課 } of entries)
    for (const section of 課) homes.set(section, [...(homes.get(section) ?? []), 名称]);
  return {
    departments,
    sections: new Set(homes.keys()),
    covered: (department) => departments.filter((name) => name === department || name.startsWith(`${department} `)),
    homes: (section) => homes.get(section) ?? [],
  };
}
