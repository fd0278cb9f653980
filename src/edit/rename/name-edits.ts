import type { ReadFiles } from '../../content/readable.ts';
import { type Path, valueAt } from '../../content/yaml/yaml-file.ts';
import { type Field, fieldOf, type NameSource, pathOf, sheetFields } from '../../model/fields.ts';
import { withNewNames } from '../../model/names.ts';
import { numberOfFile } from '../../model/numbers.ts';
import type { YamlEdit } from '../yaml/edits.ts';
import { type Kind, kinds, namesOf, type Renaming } from './kinds.ts';

/** What a name as it is written is to be: itself, another one, or nothing. */
type NewName = (written: string) => string | undefined;
/** What a name gives way to, by where it comes from. */
type NewNames = Partial<Record<NameSource, NewName>>;
type KnownNames = Partial<Record<NameSource, readonly string[]>>;

/** What becomes of the names in a file. */
export interface FileNames {
  edits: YamlEdit[];
  /** Texts that are or hold names, as they are to be, by the keys of their paths. */
  texts: ReadonlyMap<string, string>;
  /** 予算額 that would have one 区分 twice: where the second stands. */
  clashes: Path[];
}

export const keyOf = (path: Path): string => JSON.stringify(path);

export const knownNames = (files: ReadFiles): KnownNames =>
  Object.fromEntries(kinds.flatMap((kind) => (kind.source ? [[kind.source, namesOf(files, kind)]] : [])));

/** The names of one file, by its path below the content folder. */
export function fileNames(path: string, value: unknown, renamings: readonly Renaming[], known: KnownNames): FileNames {
  const of = Object.fromEntries(renamings.map((renaming) => [renaming.kind.source ?? '', renaming.of])) as NewNames;
  if (numberOfFile(path) !== undefined) return measureNames(value, of, known);
  /** Where names are given, one that becomes another one goes, and that stays where it is. */
  const given = (source: NameSource) => (name: string) => {
    const fresh = of[source]?.(name) ?? name;
    return fresh !== name && known[source]?.includes(fresh) ? undefined : fresh;
  };
  const department = (name: string) => of.departments?.(name) ?? name;
  const headings = renamings.filter(({ kind }) => kind.source === undefined && kind.file === path);
  const texts = headings.flatMap((heading) =>
    heading.given.map((one): [string, string] => [keyOf(one.path), heading.of(one.name) ?? one.name]),
  );
  return {
    edits:
      path === 'organization.yaml'
        ? organizationEdits(value, department, given('sections'))
        : path === 'edition.yaml'
          ? listEdits(value, ['関連計画'], given('plans'))
          : [],
    texts: new Map(texts),
    clashes: [],
  };
}

const namesAt = (value: unknown, path: Path): string[] => {
  const names = valueAt(value, path);
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : [];
};

/** Other names for those of the list at `path`; one that thereby stands there twice goes the second time. */
function listEdits(value: unknown, path: Path, of: NewName): YamlEdit[] {
  const names = namesAt(value, path);
  const fresh = names.map(of);
  if (fresh.every((name, index) => name === names[index])) return [];
  const seen = new Set<string>();
  const [set, removed]: [YamlEdit[], YamlEdit[]] = [[], []];
  for (const [index, name] of fresh.entries()) {
    const at = [...path, index];
    if (name === undefined || seen.has(name)) removed.unshift({ path: at, remove: true });
    else if (name !== names[index]) set.push({ path: at, value: name });
    if (name !== undefined) seen.add(name);
  }
  return [...set, ...removed];
}

/** organization.yaml with other names. Of 局・部 that get the same name one stays, and takes the 課 of the others. */
function organizationEdits(value: unknown, department: (name: string) => string, section: NewName): YamlEdit[] {
  const list = valueAt(value, ['局・部']);
  const entries = (Array.isArray(list) ? list : []).map((entry, index) => {
    const name = String(valueAt(entry, ['名称']));
    const sections = namesAt(entry, ['課']).flatMap((one) => section(one) ?? []);
    return { index, name, fresh: department(name), sections: [...new Set(sections)] };
  });
  const edits: YamlEdit[] = [];
  const gone: YamlEdit[] = [];
  for (const { index, name, fresh, sections } of entries) {
    const same = entries.filter((entry) => entry.fresh === fresh);
    const kept = same.find((entry) => entry.name === fresh) ?? same[0];
    const path = ['局・部', index];
    if (kept?.index !== index && (name !== fresh || kept?.name !== fresh)) {
      gone.unshift({ path, remove: true });
      continue;
    }
    if (name !== fresh) edits.push({ path: [...path, '名称'], value: fresh });
    edits.push(...listEdits(value, [...path, '課'], section));
    const isJoined = same.some((entry) => entry.name !== fresh);
    const lacking = isJoined ? new Set(same.flatMap((entry) => entry.sections)) : new Set<string>();
    for (const own of sections) lacking.delete(own);
    for (const [place, one] of [...lacking].entries())
      edits.push({ path: [...path, '課', sections.length + place], insert: one });
  }
  return [...edits, ...gone];
}

/** Fields of names, and of texts that hold names of the list that they follow. */
const lists = sheetFields.measure.flatMap((field) => (field.names ? [{ field, source: field.names }] : []));
const wordings = sheetFields.measure.flatMap((field) => {
  const source = field.follows && fieldOf(sheetFields.measure, field.follows).names;
  return source ? [{ field: field as Field, source }] : [];
});
const schedule = sheetFields.measure.filter(({ kind }) => kind === 'years').map(pathOf);
const budgets = sheetFields.year.filter(({ kind }) => kind === 'budget');

/** The names of a kind that the lists of a measure use, with their roles. */
export const usedIn = (path: string, value: unknown, { source }: Kind): string[] =>
  numberOfFile(path) === undefined
    ? []
    : lists.flatMap((list) => (list.source === source ? namesAt(value, pathOf(list.field)) : []));

/** A measure with other names. */
function measureNames(value: unknown, names: NewNames, known: KnownNames): FileNames {
  const fresh = (source: NameSource) => (written: string) => names[source]?.(written) ?? written;
  const { edits, clashes } = labelEdits(value, fresh('sections'));
  const texts = wordings.flatMap(({ field, source }): [string, string][] => {
    const path = pathOf(field);
    const text = valueAt(value, path);
    if (typeof text !== 'string') return [];
    return [[keyOf(path), withNewNames(text, { known: known[source] ?? [], of: fresh(source) })]];
  });
  const listed = lists.flatMap(({ field, source }) => listEdits(value, pathOf(field), fresh(source)));
  return { edits: [...listed, ...edits], texts: new Map(texts), clashes };
}

/** The 区分 of 予算額 are 課. */
function labelEdits(value: unknown, of: (label: string) => string): Pick<FileNames, 'edits' | 'clashes'> {
  const edits: YamlEdit[] = [];
  const clashes: Path[] = [];
  for (const path of schedule)
    for (const year of Object.keys(Object(valueAt(value, path))))
      for (const { key } of budgets) {
        const parts = valueAt(value, [...path, year, key]);
        if (!Array.isArray(parts)) continue;
        const labels = parts.map((part) => valueAt(part, ['区分']));
        const fresh = labels.map((label) => (typeof label === 'string' ? of(label) : label));
        for (const [index, label] of fresh.entries()) {
          const before = fresh.indexOf(label);
          const at = [...path, year, key, index, '区分'];
          if (label !== labels[index]) edits.push({ path: at, value: label as string });
          if (before < index && labels[before] !== labels[index]) clashes.push(at);
        }
      }
  return { edits, clashes };
}
