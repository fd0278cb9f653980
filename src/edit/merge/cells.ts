import { bareValue, type Cell, keyOf, type Value } from '../../compare/cells.ts';
import type { Conflict } from './conflict.ts';
import { budget, type Rule, whole } from './rules.ts';
import { type Clash, mergeValues } from './values.ts';

const rules: Readonly<Record<Value['type'], Rule>> = {
  text: { kind: 'text' },
  choice: whole,
  list: { kind: 'names' },
  budget: budget('label'),
};

/**
 * The cells of a measure that two sides have changed, as one, in the order of ours; what both changed differently stays as
 * ours has it and is told.
 */
export function mergeCells(
  base: readonly Cell[],
  ours: readonly Cell[],
  theirs: readonly Cell[],
): { cells: Cell[]; conflicts: Conflict<Value>[] } {
  const byKey = (cells: readonly Cell[]) => new Map(cells.map((cell) => [keyOf(cell), cell]));
  const [was, here, there] = [byKey(base), byKey(ours), byKey(theirs)];
  const conflicts: Conflict<Value>[] = [];
  const cells = [...new Map([...here, ...there])].flatMap(([key, { field, year }]): Cell[] => {
    const place = year === undefined ? { field } : { field, year };
    const three = { base: was.get(key)?.value, ours: here.get(key)?.value, theirs: there.get(key)?.value };
    const { value, why } = mergeCell(three);
    if (why !== undefined) conflicts.push({ ...place, ...three, why });
    return value === undefined ? [] : [{ ...place, value }];
  });
  return { cells, conflicts };
}

type ThreeValues = { [Side in 'base' | 'ours' | 'theirs']: Value | undefined };

function mergeCell(three: ThreeValues): { value: Value | undefined; why?: Conflict['why'] } {
  const types = new Set(Object.values(three).flatMap((value) => (value === undefined ? [] : [value.type])));
  const [type] = types;
  // Two kinds of values in one cell are no case of any rule.
  const isOne = type !== undefined && types.size === 1;
  const clashes: Clash[] = [];
  const merged = isOne
    ? mergeValues(rules[type], { base: bare(three.base), ours: bare(three.ours), theirs: bare(three.theirs) }, clashes)
    : mergeValues(whole, three, clashes);
  const value = (merged === undefined || !isOne ? merged : dressed(type, merged)) as Value | undefined;
  return { value, ...(clashes[0] === undefined ? {} : { why: clashes[0].why }) };
}

const bare = (value: Value | undefined): unknown => value && bareValue(value);

const dressed = (type: Value['type'], value: unknown) => ({
  type,
  [type === 'list' ? 'names' : type === 'budget' ? 'budget' : 'text']: value,
});
