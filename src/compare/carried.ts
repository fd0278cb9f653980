import { type Edition, measuresOf } from '../model/edition.ts';
import { kinds, type Measure } from '../model/measure.ts';
import { type Cell, cellsOf } from './cells.ts';
import type { Rename } from './change.ts';
import { renamed } from './renames.ts';

/** What became of the measures of base, and what head has that follows into all of them. */
export interface Carrying {
  base: Edition;
  /** The measure in head that one of base is, by its number in base. */
  successor(id: string): { id: string; continued: boolean } | undefined;
  renames: readonly Rename[];
  /** 年度 of head */
  years: readonly string[];
  /** 関連計画 of head; undefined where they are not known. */
  plans: readonly string[] | undefined;
}

/**
 * What base says of a measure, with all that follows from elsewhere already done: renames, 年度 that moved on, numbers of
 * 再掲's targets, 関連計画 that the edition dropped.
 */
export function carriedCells({ base, successor, renames, years, plans }: Carrying): (old: Measure) => Cell[] {
  const { fields } = base;
  const still = (measure: Measure): Measure => {
    const fresh = successor(measure.id);
    if (!fresh) return measure;
    const named = renamed(measure, renames, fields);
    return fresh.continued ? { ...named, kind: kinds[1] } : named;
  };
  const byId = new Map<string | undefined, Measure>(measuresOf(base).map((measure) => [measure.id, still(measure)]));
  const kindOf = new Map(fields.measure.map(({ name, kind }) => [name, kind]));
  return (old) =>
    cellsOf(byId.get(old.id) ?? old, byId.get(old.reprintOf), years, fields).map((cell): Cell => {
      const { value } = cell;
      const of = kindOf.get(cell.field);
      if (of === 'number' && value.type === 'choice')
        return { ...cell, value: { ...value, text: successor(value.text)?.id ?? value.text } };
      if (of === 'flags' && value.type === 'list' && plans)
        return { ...cell, value: { ...value, names: value.names.filter((name) => plans.includes(name)) } };
      return cell;
    });
}
