import { isScalar, isSeq } from 'yaml';
import type { Splice } from '../diagnostics/diagnostic.ts';
import { sheetFields } from '../model/fields.ts';
import { roleOf, withoutRole } from '../model/names.ts';
import { skipBlanks } from './yaml/line-parts.ts';
import { type Path, valueAt, type YamlFile } from './yaml/yaml-file.ts';
import { yearMeant } from './years.ts';

const comma = /[、，､；;]/g;

/** Lists of names in a file: of edition.yaml, of organization.yaml, of a measure. */
export const nameLists = {
  edition: (): Path[] => [['年度'], ['関連計画'], ['構成']],
  organization: (value: unknown): Path[] => {
    const entries = valueAt(value, ['局・部']);
    return Array.isArray(entries) ? entries.map((_, index) => ['局・部', index, '課']) : [];
  },
  measure: (): Path[] => sheetFields.measure.flatMap(({ key, names }) => (names ? [[key]] : [])),
};

/**
 * Splits the names that a full-width comma joins to one, [窓口課、防災課], and reports them once a list: what follows
 * is checked as it was meant. A name in quotes, or one that `known` holds, may have that sign in itself.
 */
export function splitJoinedNames(yaml: YamlFile, lists: readonly Path[], known: ReadonlySet<string>): void {
  for (const path of lists) {
    const names = valueAt(yaml.value, path);
    const node = yaml.document.getIn(path as string[]);
    if (!Array.isArray(names) || !isSeq(node)) continue;
    const isJoined = (name: unknown, index: number): name is string => {
      const item = node.items[index];
      return typeof name === 'string' && !known.has(withoutRole(name)) && isScalar(item) && item.type === 'PLAIN';
    };
    const commas = names.flatMap((name, index) =>
      isJoined(name, index) ? commasIn(yaml.text, node.items[index]) : [],
    );
    const [at] = commas;
    if (at === undefined) continue;
    const parts = names.map((name, index) => (isJoined(name, index) ? splitBehindRole(name) : [name]));
    const meant = parts.flatMap((names) => (names.length > 1 ? names.map((name) => withoutRole(String(name))) : []));
    // What a name is, other files say; years have a form.
    const isName = (name: string) => known.has(name) || yearMeant(name, [name]) === name;
    // A half-width 、 is told as what it does here alone.
    const places = commas.map(yaml.positionAt);
    yaml.diagnostics = yaml.diagnostics.filter(
      ({ start }) => !places.some(({ line, column }) => line === start.line && column === start.column),
    );
    yaml.diagnostics.push({
      ...{ code: 'yaml-fullwidth-comma', severity: 'error', file: yaml.file, actual: yaml.text[at] ?? '、' },
      start: yaml.positionAt(at),
      end: yaml.positionAt(at + 1),
      subject: String(path.at(-1)),
      ...(meant.every(isName) ? { fix: { splices: commas.map((comma) => separator(yaml.text, comma)) } } : {}),
    });
    const split = parts.flat();
    yaml.value = replaced(yaml.value, path, split);
  }
}

/** A comma, with the blanks behind it, as YAML writes it. */
export const separator = (text: string, at: number): Splice => ({ from: at, to: skipBlanks(text, at + 1), text: ', ' });

/** Where the commas of a joined name are, behind its role. */
function commasIn(text: string, item: unknown): number[] {
  const [from = 0, to = 0] = (item as { range?: [number, number, number] }).range ?? [];
  const raw = text.slice(from, to);
  const role = roleOf(raw).length;
  return [...raw.slice(role).matchAll(comma)].map(({ index }) => from + role + index);
}

/** A role may have that sign in itself: (発注、監理)営繕課、建築課. */
const splitBehindRole = (name: string): string[] => {
  const parts = withoutRole(name)
    .split(comma)
    .map((part) => part.trim());
  return [roleOf(name) + (parts[0] ?? ''), ...parts.slice(1)].filter(Boolean);
};

/** A copy of `value` with another one at `path`: the parsed one is kept for the next check. */
function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<PropertyKey, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}
