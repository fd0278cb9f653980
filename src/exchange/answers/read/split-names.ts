// Several names in one cell: each becomes a row of its list, where each of them is known.

import type { KnownNames } from '../../../compare/renames.ts';
import type { Fields } from '../../../model/fields.ts';
import { withoutRole } from '../../../model/names.ts';
import type { Answer } from '../answers.ts';
import type { BaseMeasure } from '../base.ts';
import { type FormKey, keyText } from '../key.ts';
import type { Place } from './keyed-row.ts';
import type { Finding } from './told.ts';

const between = /[、,，､・;；\n]/;

/** A field that is a list of names, and those that it may have */
export interface NamesField {
  field: string;
  names: ReadonlySet<string>;
}

export const namesFields = ({ measure }: Fields, known: Partial<KnownNames>): NamesField[] =>
  measure.flatMap(({ name, kind, names }) => {
    const all = new Set(kind === 'names' && names ? known[names] : []);
    return all.size > 0 ? [{ field: name, names: all }] : [];
  });

export function splitNames(
  { number, rows }: BaseMeasure,
  given: Map<string, Answer>,
  places: ReadonlyMap<string, Place>,
  fields: readonly NamesField[],
  findings: Finding[],
): void {
  for (const { field, names } of fields) {
    const own = rows.filter(({ key }) => key.field === field && key.year === undefined);
    const list = own.flatMap((row) => {
      const text = keyText(row.key);
      const answer = given.get(text) ?? { key: row.key, ...(row.value === undefined ? {} : { value: row.value }) };
      const value = answer.value === undefined ? undefined : String(answer.value);
      const parts = value === undefined || value === row.value ? [] : partsOf(value, names);
      return [{ row, text, value, parts }];
    });
    const split = list.filter(({ parts }) => parts.length > 1);
    if (split.length === 0) continue;
    const all = list.flatMap(({ value, parts }) => (parts.length > 1 ? parts : value === undefined ? [] : [value]));
    for (const { row, text, parts } of split) {
      const place = places.get(text);
      if (!place) continue;
      const at = { sheet: place.sheet, row: place.row, column: place.column };
      const shown = parts.map((part) => `「${part}」`).join('');
      findings.push(
        all.length <= own.length
          ? {
              ...{ ...at, severity: 'warning', what: `names ${number}` },
              message: `「${row.label}」に名前が ${parts.length} つあるので、${shown}に分けて読みました。`,
              hint: '違うときは、1つの欄に名前を1つずつ書き直してください。',
            }
          : {
              ...{ ...at, severity: 'error', what: `names ${number}` },
              message: `「${row.label}」に名前が ${parts.length} つ(${shown})ありますが、分けて入れる欄が足りません。`,
              hint: `${field}に書ける名前は ${own.length} つまでです。多いときは、取りまとめの担当に知らせてください。`,
            },
      );
      // What does not fit does so for one reason.
      if (all.length > own.length) break;
    }
    if (all.length > own.length) {
      for (const { text } of split) given.delete(text);
      continue;
    }
    const from = split[0]?.text ?? '';
    own.forEach((row, index) => {
      const value = all[index];
      const text = keyText(row.key);
      const at = given.get(text) ?? given.get(from);
      if (!at) return;
      const answer: { key: FormKey } & Pick<Answer, 'sheet' | 'cell'> = {
        key: row.key,
        sheet: at.sheet,
        cell: at.cell,
      };
      given.set(text, value === undefined ? answer : { ...answer, value });
    });
  }
}

/** Names joined to one text; one that is known as a whole is one. */
function partsOf(text: string, names: ReadonlySet<string>): string[] {
  const isKnown = (name: string) => names.has(name) || names.has(withoutRole(name));
  if (isKnown(text)) return [];
  const parts = text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.every(isKnown) ? parts : [];
}
