import { measuresOf } from '../model/edition.ts';
import type { Fields } from '../model/fields.ts';
import type { Measure } from '../model/measure.ts';
import { carriedCells } from './carried.ts';
import { type Cell, cellsOf, inSheetOrder, keyOf } from './cells.ts';
import type { FieldChange } from './change.ts';
import type { Pairing } from './pairing.ts';
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

/** What follows from elsewhere counts as done: it is no change of a cell. */
export function cellChanges({ base, head, matching, renames, continued, isWhole }: Pairing): CellChanges {
  const { years, fields, relatedPlans } = head.edition;
  // A 再掲 may be read where its target cannot, on one side or the other.
  const [allBase, allHead] = [base, head].map(
    ({ edition }): ById => new Map(measuresOf(edition).map((measure) => [measure.id, measure])),
  ) as [ById, ById];
  const successor = (id: string) => {
    const fresh = matching.headOf.get(id);
    return fresh && { id: fresh.id, continued: continued.includes(fresh.id) };
  };
  const plans = isWhole('edition.yaml') ? relatedPlans : undefined;
  const expectedCells = carriedCells({ base: base.edition, successor, renames, years, plans });
  const freshCells = (fresh: Measure) => cellsOf(fresh, allHead.get(fresh.reprintOf), years, fields);
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
export function compareCells(
  before: Cell[],
  after: Cell[],
  years: readonly string[],
  fields: Fields,
): FieldChange<string>[] {
  const old = new Map(before.map((cell) => [keyOf(cell), cell]));
  const fresh = new Map(after.map((cell) => [keyOf(cell), cell]));
  const changes = [...new Map([...old, ...fresh])].flatMap(([key, { field, year }]): FieldChange<string>[] => {
    const change = compareValues(old.get(key)?.value, fresh.get(key)?.value);
    return change ? [{ field, ...(year === undefined ? {} : { year }), ...change }] : [];
  });
  return inSheetOrder(changes, years, fields);
}
