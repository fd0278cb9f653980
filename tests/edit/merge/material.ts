import { readdirSync, readFileSync } from 'node:fs';
import { parseYaml } from '../../../src/content/yaml/yaml-file.ts';
import type { Three } from '../../../src/edit/merge/values.ts';
import { type Field, isOwnOfReprint, pathOf, sheetFields } from '../../../src/model/fields.ts';

export interface MeasureMaterial {
  path: string;
  text: string;
  value: Record<string, unknown>;
}

export const readValue = (path: string, text: string): unknown => parseYaml(path, text.replaceAll('\r\n', '\n')).value;

/** The measures of the edition and of the invented cities. */
export const measures: readonly MeasureMaterial[] = ['content', 'tests/city', 'tests/lake'].flatMap((folder) =>
  readdirSync(`${folder}/measures`)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => {
      const path = `${folder}/measures/${name}`;
      const text = readFileSync(path, 'utf8');
      return { path, text, value: readValue(path, text) as Record<string, unknown> };
    }),
);

/** One cell of a file, and other values that it may get; undefined: it becomes blank. */
export interface Cell {
  path: string[];
  name: string;
  others: unknown[];
}

/** All cells that a measure's file may have, but for those that say which measure it is. */
export function cellsOfFile({ value }: MeasureMaterial): Cell[] {
  const cell = (field: Field, path: string[], name: string): Cell => ({
    path,
    name,
    others: others(field, at(value, path)),
  });
  return sheetFields.measure
    .filter((field) => field.kind !== 'number' && ('再掲' in value ? isOwnOfReprint(field) : field.reprint !== 'only'))
    .flatMap((field) =>
      field.kind === 'years'
        ? Object.keys((value[field.key] as object | undefined) ?? {}).flatMap((year) =>
            sheetFields.year.map((inner) => cell(inner, [field.key, year, inner.key], `${inner.name}/${year}`)),
          )
        : [cell(field, pathOf(field), field.name)],
    );
}

function others({ kind, required, choices = [] }: Field, now: unknown): unknown[] {
  const blank = now === undefined || required ? [] : [undefined];
  if (kind === 'choice') return [...choices.filter((choice) => choice !== now).slice(0, 1), ...blank];
  if (kind === 'budget')
    return [now === 4_321 ? 1 : 4_321, [{ 区分: '足した課', 額: 5 }, ...(Array.isArray(now) ? now : [])], ...blank];
  if (kind === 'names' || kind === 'flags') return [[...((now as string[] | undefined) ?? []), '足した名前'], ...blank];
  return [now === undefined ? '書き足した文' : `# ${now}\n\n- 改行: 「追記」`, ...blank];
}

export const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

/** A value with another one at a path; a map that is not there comes with it, 一覧表 without any key goes. */
export function put(value: unknown, [key = '', ...rest]: readonly string[], other: unknown): unknown {
  const { [key]: now, ...kept } = (value ?? {}) as Record<string, unknown>;
  const next = rest.length === 0 ? other : put(now, rest, other);
  const isGone = next === undefined || (key === '一覧表' && Object.keys(next as object).length === 0);
  return isGone ? kept : { ...kept, [key]: next };
}

export const swapped = ({ base, ours, theirs }: Three): Three => ({ base, ours: theirs, theirs: ours });
