import { carriedCells } from '../../compare/carried.ts';
import { type Cell, cellsOf, expectedOf, keyOf } from '../../compare/cells.ts';
import { type Comparison, type FieldChange, goneOf } from '../../compare/change.ts';
import { valueAfter } from '../../compare/values.ts';
import { type MeasureFile, measureOf } from '../../content/edition-of.ts';
import type { ReadableEdition, ReadFiles } from '../../content/readable.ts';
import { measuresOf } from '../../model/edition.ts';
import { type Field, type Fields, fieldOf, isOwnOfReprint, pathOf } from '../../model/fields.ts';
import type { Measure } from '../../model/measure.ts';
import { measureFile } from '../../model/numbers.ts';
import { pathOfCell, put, type Tree, writtenOf } from '../edit.ts';

/** Base, and what head has that follows into all measures. */
export interface Ground extends ReadableEdition {
  files: ReadFiles;
  years: readonly string[];
  plans: readonly string[] | undefined;
}

/** What becomes of a measure's file. */
export interface FileAfter {
  /** The file that it was; none of a new one */
  from?: string;
  /** Undefined where the measure went */
  value?: object;
}

/** The files of measures as head has them, by their paths there; those that went by their paths in base. */
export function measuresAfter(comparison: Comparison, ground: Ground): Map<string, FileAfter> {
  const { edition, files, years, plans } = ground;
  const { fields } = edition;
  const changes = new Map(comparison.measures.flatMap((change) => (change.base ? [[change.base.id, change]] : [])));
  const gone = new Set(goneOf(comparison));
  const unread = new Set(wholesUnread(comparison));
  const broken = new Set(ground.unread.map(({ file }) => file));
  const successor = (id: string) => {
    const change = changes.get(id);
    if (unread.has(measureFile(id)) || gone.has(id)) return undefined;
    const fresh = change?.head?.id ?? id;
    return { id: fresh, continued: comparison.continued.includes(fresh) };
  };
  const carried = carriedCells({ base: edition, successor, renames: comparison.renames, years, plans });

  const result = new Map<string, FileAfter>();
  const known = new Map<string, MeasureFile>();
  const wanted: Wanted[] = [];
  const moved: Omit<Wanted, 'cells'>[] = [];
  for (const old of measuresOf(edition)) {
    const from = measureFile(old.id);
    const value = files.get(from)?.value as MeasureFile | undefined;
    const id = successor(old.id)?.id;
    const change = changes.get(old.id);
    if (id !== undefined && value !== undefined && !broken.has(from))
      wanted.push({ id, from, value, cells: changed(carried(old), change?.fields ?? []) });
    else if (gone.has(old.id)) result.set(from, {});
    else if (id !== undefined && value !== undefined) moved.push({ id, from, value });
    else if (value !== undefined && !broken.has(from)) known.set(old.id, value);
  }
  for (const { kind, head, fields: cells } of comparison.measures)
    if (kind === 'added' && head) wanted.push({ id: head.id, value: {} as MeasureFile, cells: changed([], cells) });
  for (const { id, from } of [...wanted, ...moved])
    if (from !== undefined && from !== measureFile(id)) result.set(from, {});

  // Of what cannot be read in full nothing but the number changes.
  const { key } = fieldOf(fields.measure, 'id');
  for (const { id, from = '', value } of moved) result.set(measureFile(id), { from, value: { ...value, [key]: id } });

  // A 再掲 has what its target has.
  const target = fieldOf(fields.measure, 'reprintOf').name;
  const isReprint = ({ cells }: Wanted) => cells.has(target);
  for (const reprints of [false, true])
    for (const one of wanted.filter((each) => isReprint(each) === reprints)) {
      const value = fileSaying(one, reprints, { fields, years, known });
      known.set(one.id, value);
      result.set(measureFile(one.id), { value, ...(one.from === undefined ? {} : { from: one.from }) });
    }
  return result;
}

/** Files of measures that were not compared. */
const wholesUnread = ({ unread }: Comparison): string[] =>
  unread.flatMap(({ file, field }) => (field === undefined || field === '再掲' ? [file] : []));

/** A measure as head has it. */
interface Wanted {
  id: string;
  from?: string;
  /** What its file says in base */
  value: MeasureFile;
  /** What it shall say, by keyOf */
  cells: ReadonlyMap<string, Cell>;
}

function changed(before: readonly Cell[], changes: readonly FieldChange<string>[]): Map<string, Cell> {
  const cells = new Map(before.map((cell) => [keyOf(cell), cell]));
  for (const change of changes) {
    const { field, year } = change;
    const value = valueAfter(change);
    if (value) cells.set(keyOf(change), { field, ...(year === undefined ? {} : { year }), value });
    else cells.delete(keyOf(change));
  }
  return cells;
}

interface Context {
  fields: Fields;
  years: readonly string[];
  /** Files as they will be, by 番号 */
  known: ReadonlyMap<string, MeasureFile>;
}

/** The file with these cells; where it says so already, as it is. */
function fileSaying({ id, value: before, cells }: Wanted, isReprint: boolean, { fields, years, known }: Context) {
  const file: Tree = structuredClone(before) as unknown as Tree;
  put(file, pathOf(fieldOf(fields.measure, 'id')), id);
  const schedule = fieldOf(fields.measure, 'schedule');
  if (isReprint) for (const field of fields.measure) if (!isOwnOfReprint(field)) drop(file, pathOf(field));
  if (!isReprint) {
    const written = (file[schedule.key] ?? {}) as Tree;
    for (const year of Object.keys(written)) if (!years.includes(year)) delete written[year];
    for (const year of years) written[year] ??= {};
    file[schedule.key] = written;
  }
  const reprint = fieldOf(fields.measure, 'reprintOf');
  const read = () => {
    const measure = measureOf(file as unknown as MeasureFile, known, fields);
    const of = known.get(measure.reprintOf ?? '');
    const target = of && measureOf(of, known, fields);
    const now = new Map(cellsOf(measure, target, years, fields).map((cell) => [keyOf(cell), cell]));
    return { measure, target, now };
  };
  let reading = read();
  const settle = (field: Field, year?: string) => {
    const key = keyOf({ field: field.name, ...(year === undefined ? {} : { year }) });
    const path = pathOfCell(field.name, year, fields);
    const [is, shall] = [reading.now.get(key)?.value, cells.get(key)?.value];
    if (JSON.stringify(is) === JSON.stringify(shall)) return;
    if (shall) put(file, path, writtenOf(shall));
    else if (at(file, path) !== undefined) drop(file, path);
    // What it has follows from another field that it has of its own.
    else put(file, path, expectedOf(field as Field<keyof Measure>, reading.measure, reading.target, fields));
    reading = read();
  };
  const own = fields.measure.filter(({ kind, property }) => kind !== 'years' && property !== 'id');
  // Which measure a 再掲 has the rest from comes first.
  for (const field of [reprint, ...own]) settle(field);
  if (!isReprint) for (const year of years) for (const field of fields.year) settle(field, year);
  return file as unknown as MeasureFile;
}

const at = (tree: Tree, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Tree | undefined)?.[key], tree);

/** Of 一覧表 of which nothing is left the key goes too; a 年度 stays. */
function drop(tree: Tree, path: readonly string[]): void {
  const [key = ''] = path.slice(-1);
  const above = path.slice(0, -1);
  const inside = at(tree, above) as Tree | undefined;
  if (inside === undefined) return;
  delete inside[key];
  if (above.length === 1 && Object.keys(inside).length === 0) drop(tree, above);
}
