import type { Measure } from '../../model/measure.ts';
import { withoutRole } from '../../model/names.ts';

export interface Department {
  name: string;
  sections: string[];
}

/**
 * 局・部 with their 課, as measures name them together: a 課 beside one 局・部 alone is of that one; beside several, of one
 * that it is known of, or of the one at the same place.
 */
export function departmentsOf(measures: readonly Pick<Measure, 'departments' | 'sections'>[]): Department[] {
  const homes = new Map<string, Set<string>>();
  for (const name of measures.flatMap(({ departments }) => departments)) homes.set(name, new Set());
  const isHome = (department: string, section: string) => homes.get(department)?.has(section) === true;
  const inTurn = [...measures].sort((a, b) => Number(a.departments.length > 1) - Number(b.departments.length > 1));
  for (const { departments, sections } of inTurn)
    for (const [index, written] of sections.entries()) {
      const section = withoutRole(written);
      if (departments.some((name) => isHome(name, section))) continue;
      const home =
        departments.length === sections.length
          ? departments[index]
          : departments.find((name) => homes.get(name)?.size === 0);
      homes.get(home ?? departments[0] ?? '')?.add(section);
    }
  return [...homes].map(([name, sections]) => ({ name, sections: [...sections] }));
}
