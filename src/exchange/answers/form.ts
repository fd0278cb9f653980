// The rows of an answer workbook: which there are for a measure, and what its cells are from what stands in the rows. Both
// ways go by the table of fields.
import { type Cell, keyOf, type Value } from '../../compare/cells.ts';
import type { Field, Fields } from '../../model/fields.ts';
import { groupedBy } from '../../model/grouped-by.ts';
import type { Amount } from '../../model/measure.ts';
import type { FormKey } from './key.ts';

/** What stands in a row: a text, or an amount in 千円 (— is a text). */
export type RowValue = string | number;

/** One row of a measure's sheet. */
export interface FormRow {
  key: FormKey;
  /** 項目, as the sheet shows it: R7 事業実績 */
  label: string;
  /** What may be written: amounts are whole numbers or —. */
  kind: 'text' | 'choice' | 'name' | 'flag' | 'amount';
  field: Field;
  /** What stands there now; none for a blank cell */
  value?: RowValue;
  /** Whether the section may write it */
  open: boolean;
}

/** What the rows follow from besides the measure. */
export interface FormOf {
  fields: Fields;
  /** 年度 of the edition, in order */
  years: readonly string[];
  /** 関連計画 of the edition */
  plans: readonly string[];
  /** 年度 that may be written; the others are closed. */
  openYears: readonly string[];
}

/** Signs of a flag */
export const flags = ['○', '×'] as const;
const [ring, cross] = flags;

/** The rows of a measure of its own, in the order of the sheet. `cells` are what it says: see cellsOf. */
export function formRows(number: string, cells: readonly Cell[], of: FormOf): FormRow[] {
  const values = new Map(cells.map((cell) => [keyOf(cell), cell.value]));
  const sections = values.get('担当課');
  const most = sections?.type === 'list' ? sections.names.length : 0;
  return of.fields.measure.flatMap((field): FormRow[] => {
    if (field.kind === 'number') return [];
    if (field.kind !== 'years')
      return rowsOf({ number, field: field.name }, field, values.get(field.name), true, of, 0);
    return of.years.flatMap((year) =>
      of.fields.year.flatMap((column) => {
        const open = of.openYears.includes(year);
        const key = { number, field: column.name, year };
        return rowsOf(key, column, values.get(keyOf(key)), open, of, open && most > 1 ? most : 0);
      }),
    );
  });
}

/** `split`: parts of an amount that have rows though there is no part yet. */
function rowsOf(
  key: FormKey,
  field: Field,
  value: Value | undefined,
  open: boolean,
  { plans }: FormOf,
  split: number,
): FormRow[] {
  const name = key.year === undefined ? field.name : `${key.year} ${field.name}`;
  const row = (kind: FormRow['kind'], label: string, part: FormKey['part'], given: RowValue | undefined): FormRow => ({
    key: { ...key, ...(part === undefined ? {} : { part }) },
    label,
    kind,
    field,
    open,
    ...(given === undefined ? {} : { value: given }),
  });
  if (field.kind === 'names') {
    const names = value?.type === 'list' ? value.names : [];
    return Array.from({ length: names.length + 2 }, (_, at) => row('name', `${name} ${at + 1}`, at + 1, names[at]));
  }
  if (field.kind === 'flags') {
    const chosen = value?.type === 'list' ? value.names : undefined;
    return plans.map((plan) => row('flag', `${name} ${plan}`, plan, chosen && (chosen.includes(plan) ? ring : cross)));
  }
  if (field.kind === 'budget') {
    const budget = value?.type === 'budget' ? value.budget : undefined;
    const parts = Array.isArray(budget) ? budget : [];
    const count = open ? Math.max(split, parts.length === 0 ? 0 : parts.length + 1) : parts.length;
    return [
      row('amount', name, undefined, Array.isArray(budget) ? undefined : budget),
      ...Array.from({ length: count }, (_, at) => [
        row('text', `${name} 内訳${at + 1} 区分`, { place: at + 1, of: '区分' }, parts[at]?.label),
        row('amount', `${name} 内訳${at + 1} 額`, { place: at + 1, of: '額' }, parts[at]?.amount),
      ]).flat(),
    ];
  }
  const text = value?.type === 'text' || value?.type === 'choice' ? value.text : undefined;
  return [row(field.kind === 'choice' ? 'choice' : 'text', name, undefined, text)];
}

/** What keeps rows from being the parts of one cell. */
export interface FormProblem {
  why: /** One amount, and parts too */
    | 'both'
    /** A part without its amount, or an amount without its 区分 */
    | 'half';
  /** The row to look at */
  key: FormKey;
}

/** One row with what stands in it, or with nothing. */
export interface FilledRow {
  key: FormKey;
  value?: RowValue | undefined;
}

/**
 * The cells of a measure as its rows have them: the inverse of formRows. A cell with a problem is not among them. 関連計画
 * without a sign beside others that have one has none.
 */
export function cellsOfRows(rows: readonly FilledRow[], fields: Fields): { cells: Cell[]; problems: FormProblem[] } {
  const problems: FormProblem[] = [];
  const cells = [...groupedBy(rows, ({ key }) => keyOf(key)).values()].flatMap((group): Cell[] => {
    const [{ key }] = group as [FilledRow];
    const field = (key.year === undefined ? fields.measure : fields.year).find(({ name }) => name === key.field);
    const value = field && valueOfRows(field, group, problems);
    return value ? [{ field: key.field, ...(key.year === undefined ? {} : { year: key.year }), value }] : [];
  });
  return { cells, problems };
}

function valueOfRows(field: Field, rows: readonly FilledRow[], problems: FormProblem[]): Value | undefined {
  const filled = rows.filter(({ value }) => value !== undefined);
  if (filled.length === 0) return undefined;
  if (field.kind === 'names') {
    const at = ({ key }: FilledRow) => (typeof key.part === 'number' ? key.part : 0);
    return { type: 'list', names: [...filled].sort((a, b) => at(a) - at(b)).map(({ value }) => String(value)) };
  }
  if (field.kind === 'flags')
    return { type: 'list', names: filled.flatMap(({ key, value }) => (value === ring ? [String(key.part)] : [])) };
  if (field.kind === 'budget') return budgetOf(rows, filled, problems);
  const [first] = filled as [FilledRow];
  return { type: field.kind === 'choice' ? 'choice' : 'text', text: String(first.value) };
}

function budgetOf(
  rows: readonly FilledRow[],
  filled: readonly FilledRow[],
  problems: FormProblem[],
): Value | undefined {
  const whole = filled.find(({ key }) => key.part === undefined);
  const parts = filled.filter(({ key }) => key.part !== undefined);
  if (parts.length === 0) return whole && { type: 'budget', budget: whole.value as Amount };
  if (whole) {
    problems.push({ why: 'both', key: whole.key });
    return undefined;
  }
  const places = new Set(parts.flatMap(({ key: { part } }) => (typeof part === 'object' ? [part.place] : [])));
  const partAt = (place: number, of: '区分' | '額') =>
    rows.find(({ key: { part } }) => typeof part === 'object' && part.place === place && part.of === of);
  const budget = [...places]
    .sort((a, b) => a - b)
    .flatMap((place) => {
      const [label, amount] = [partAt(place, '区分'), partAt(place, '額')];
      if (label?.value !== undefined && amount?.value !== undefined)
        return [{ label: String(label.value), amount: amount.value as Amount }];
      const blank = (label?.value === undefined ? label : amount) ?? label ?? amount;
      if (blank) problems.push({ why: 'half', key: blank.key });
      return [];
    });
  return budget.length === places.size ? { type: 'budget', budget } : undefined;
}
