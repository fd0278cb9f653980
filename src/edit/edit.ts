import type { Value } from '../compare/cells.ts';
import { type Fields, pathOf, sheetFields } from '../model/fields.ts';
import type { Budget } from '../model/measure.ts';
import { orderOf } from './orders.ts';
import { editYaml } from './yaml/edit-yaml.ts';
import type { Written, YamlEdit } from './yaml/edits.ts';

/** One cell of a measure as it is to be: the vocabulary of comparisons. Without a value, or with a blank text, it becomes blank. */
export interface CellEdit {
  /** The field's name: 取組内容, 一覧表・担当課, 番号, 再掲 */
  field: string;
  year?: string;
  value?: Value;
}

/**
 * The text of a measure's file with other cells, and nothing else changed. A 年度 that is not there comes where `years`, those
 * of the edition, have it, or else behind all.
 */
export function edit(
  text: string,
  cells: readonly CellEdit[],
  years?: readonly string[],
  fields: Fields = sheetFields,
): string {
  return editYaml(
    text,
    cells.map((cell) => editOf(cell, fields)),
    orderOf('measures/', years, fields),
  );
}

function editOf({ field, year, value }: CellEdit, fields: Fields): YamlEdit {
  const path = pathOfCell(field, year, fields);
  const written = value && writtenOf(value);
  if (written !== undefined && !(typeof written === 'string' && written.trim() === '')) return { path, value: written };
  // A 年度 without cells stays as {}, an empty 一覧表 is none.
  return { path, remove: true, ...(year === undefined ? { emptied: true } : {}) };
}

/** Where a cell is written in its measure's file; スケジュール as a whole, or one 年度 of it, has a place too. */
export function pathOfCell(name: string, year?: string, fields: Fields = sheetFields): string[] {
  const field = fields.measure.find((one) => one.name === name);
  const schedule = fields.measure.find(({ kind }) => kind === 'years');
  const column = fields.year.find((one) => one.name === name);
  if (schedule && year !== undefined) {
    if (column) return [...pathOf(schedule), year, ...pathOf(column)];
    if (field === schedule) return [...pathOf(schedule), year];
  } else if (field) return pathOf(field);
  throw new Error(`no field ${name}${year === undefined ? '' : ` of a year`}`);
}

/** What a measure's file says, or a map of it. */
export type Tree = { [key: string]: unknown };

/** A value at a path, with the maps above it that are not there. */
export function put(tree: Tree, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) tree[key] = value;
  else {
    tree[key] ??= {};
    put(tree[key] as Tree, rest, value);
  }
}

/** A value of a cell as it is written. */
export function writtenOf(value: Value): Written {
  if (value.type === 'list') return value.names;
  return value.type === 'budget' ? writtenBudget(value.budget) : value.text;
}

export const writtenBudget = (budget: Budget): Written =>
  Array.isArray(budget) ? budget.map(({ label, amount }) => ({ 区分: label, 額: amount })) : budget;
