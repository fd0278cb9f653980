import { measuresOf } from '../model/edition.ts';
import type { Fields } from '../model/fields.ts';
import type { Measure } from '../model/measure.ts';
import { type Cell, cellsOf, inSheetOrder, keyOf } from './cells.ts';
import type { FieldChange } from './change.ts';
import type { Pairing } from './pairing.ts';
import { renamed } from './renames.ts';
import { unreadCells } from './unread.ts';
import { compareValues } from './values.ts';

/** The cells that a measure got, lost, or has another value in. */
export interface CellChanges {
  added(fresh: Measure): FieldChange<string>[];
  removed(old: Measure): FieldChange<string>[];
  changed(old: Measure, fresh: Measure): FieldChange<string>[];
}

/** By number; none by that of no 再掲. */
type ById = ReadonlyMap<string | undefined, Measure>;

/** What follows from elsewhere (renames, numbers, 関連計画 that the edition dropped) counts as done: it is no change of a cell. */
export function cellChanges({ base, head, before, matching, renames, isWhole }: Pairing): CellChanges {
  const { years, fields, relatedPlans } = head.edition;
  const still = (measure: Measure) => (matching.headOf.has(measure.id) ? renamed(measure, renames, fields) : measure);
  const byId = (measures: readonly Measure[]): ById => new Map(measures.map((measure) => [measure.id, measure]));
  // A 再掲 may be read where its target cannot, on one side or the other.
  const [allBase, allHead] = [base, head].map(({ edition }) => byId(measuresOf(edition))) as [ById, ById];
  const baseById = byId(before.map(still));
  const newNumber = (id: string) => matching.headOf.get(id)?.id ?? id;
  const plansKnown = isWhole('edition.yaml');
  const kindOf = new Map(fields.measure.map(({ name, kind }) => [name, kind]));

  const freshCells = (fresh: Measure) => cellsOf(fresh, allHead.get(fresh.reprintOf), years, fields);
  /** What base says, with all that follows from elsewhere already done. */
  const expectedCells = (old: Measure): Cell[] => {
    const target = baseById.get(old.reprintOf) ?? allBase.get(old.reprintOf);
    return cellsOf(baseById.get(old.id) ?? old, target, years, fields).map((cell): Cell => {
      const { value } = cell;
      const kind = kindOf.get(cell.field);
      if (kind === 'number' && value.type === 'choice')
        return { ...cell, value: { ...value, text: newNumber(value.text) } };
      if (kind === 'flags' && value.type === 'list' && plansKnown)
        return { ...cell, value: { ...value, names: value.names.filter((name) => relatedPlans.includes(name)) } };
      return cell;
    });
  };
  return {
    added: (fresh) => compareCells([], freshCells(fresh), years, fields),
    removed(old) {
      const own = base.edition.years;
      return compareCells(cellsOf(old, allBase.get(old.reprintOf), own, fields), [], own, fields);
    },
    changed(old, fresh) {
      const unread = [unreadCells(base.unread, old.id, fields), unreadCells(head.unread, fresh.id, fields)];
      return compareCells(expectedCells(old), freshCells(fresh), years, fields).filter(
        ({ field, year }) => !unread.some((isUnread) => isUnread(field, year)),
      );
    },
  };
}

/** Every cell that is in only one of the two, or differs. */
function compareCells(before: Cell[], after: Cell[], years: readonly string[], fields: Fields): FieldChange<string>[] {
  const old = new Map(before.map((cell) => [keyOf(cell), cell]));
  const fresh = new Map(after.map((cell) => [keyOf(cell), cell]));
  const changes = [...new Map([...old, ...fresh])].flatMap(([key, { field, year }]): FieldChange<string>[] => {
    const change = compareValues(old.get(key)?.value, fresh.get(key)?.value);
    return change ? [{ field, ...(year === undefined ? {} : { year }), ...change }] : [];
  });
  return inSheetOrder(changes, years, fields);
}
