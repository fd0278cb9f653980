import type * as z from 'zod';
import type { Edition } from '../model/edition.ts';
import { compareNumbers, numberOfFile, numberParts } from '../model/numbers.ts';
import { editionOf } from './edition-of.ts';
import {
  type EditionFile,
  editionSchema,
  measureSchemas,
  type OrganizationFile,
  organizationSchema,
  type RegularFile,
  type ReprintFile,
  structureSchema,
} from './schema.ts';
import { type Path, valueAt, type YamlFile } from './yaml/yaml-file.ts';

/** An edition as far as it can be read, whatever is wrong with it. */
export interface ReadableEdition {
  /** Blank where `unread` says so. */
  edition: Edition;
  /** organization.yaml */
  organization: OrganizationFile['局・部'];
  unread: UnreadPart[];
}

/** A key that is written but cannot be read, or with the path [] a whole file. */
export interface UnreadPart {
  /** Below the content folder: measures/1-1-1.yaml */
  file: string;
  path: Path;
}

/** By path below the content folder; a file that is there and is no text has no YamlFile. */
export type ReadFiles = ReadonlyMap<string, YamlFile | undefined>;

/**
 * The model of `files`, without what does not have its form: a year of a schedule, a cell, a name, never a whole file
 * for one mistake. Rules between files are not looked at; 大項目 and 中項目 that only numbers name have no name.
 */
export function readableEdition(files: ReadFiles): ReadableEdition {
  const unread: UnreadPart[] = [];
  const read = <T extends z.ZodObject>(file: string, schema: T): Partial<z.infer<T>> => {
    const yaml = files.get(file);
    if (!yaml || !('value' in yaml) || !isMap(yaml.value)) {
      unread.push({ file, path: [] });
      return {};
    }
    const { value, dropped } = wellFormed(yaml.value, schema);
    unread.push(...dropped.map((path) => ({ file, path })));
    return value as Partial<z.infer<T>>;
  };

  const written = read('edition.yaml', editionSchema);
  const schemas = measureSchemas({ years: undefined, plans: undefined });
  const measures = new Map<string, RegularFile | ReprintFile>();
  for (const [file, yaml] of files) {
    const id = numberOfFile(file);
    if (id === undefined) {
      if (file.startsWith('measures/')) unread.push({ file, path: [] });
      continue;
    }
    const isReprint = typeof valueAt(yaml?.value, ['再掲']) === 'string';
    const measure = { 区分: '', ...read(file, isReprint ? schemas.reprint : schemas.regular), 番号: id };
    measures.set(id, (isReprint ? measure : { スケジュール: {}, ...measure }) as RegularFile | ReprintFile);
  }
  const years = new Set(
    [...measures.values()].flatMap((file) => Object.keys('スケジュール' in file ? file.スケジュール : {})),
  );
  const edition: EditionFile = {
    計画名: '',
    計画期間: '',
    書名: '',
    策定: '',
    改定: '',
    発行者: '',
    年度: [...years],
    '現状・実績・目標': {},
    関連計画: [],
    構成: [],
    ...written,
  };
  const categories = completed(read('structure.yaml', structureSchema).大項目 ?? [], [...measures.keys()]);
  return {
    edition: editionOf(edition, { 大項目: categories }, measures),
    organization: read('organization.yaml', organizationSchema)['局・部'] ?? [],
    unread,
  };
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

type Categories = z.infer<typeof structureSchema>['大項目'];

/** With every 大項目 and 中項目 that a number names, each once, in the order of the numbers. */
function completed(known: Categories, ids: readonly string[]): Categories {
  const categories: Categories = [];
  const numbers = new Set<string>();
  const place = (category: Categories[number], groups: Categories[number]['中項目']) => {
    let home = categories.find(({ 番号 }) => 番号 === category.番号);
    if (!home) {
      home = { ...category, 中項目: [] };
      categories.push(home);
    }
    for (const group of groups) {
      if (!numbers.has(group.番号)) home.中項目.push(group);
      numbers.add(group.番号);
    }
  };
  for (const category of known) place(category, category.中項目 ?? []);
  for (const id of ids) {
    const { category, group } = numberParts(id);
    if (!numbers.has(group)) place({ 番号: category, 名称: '', 中項目: [] }, [{ 番号: group, 名称: '' }]);
  }
  const byNumber = (a: { 番号: string }, b: { 番号: string }) => compareNumbers(a.番号, b.番号);
  for (const { 中項目 } of categories) 中項目.sort(byNumber);
  return categories.sort(byNumber);
}

/** `value` without the smallest parts that keep it from having the form of `schema`, and where these are. */
function wellFormed(value: object, schema: z.ZodType): { value: unknown; dropped: Path[] } {
  const copy: unknown = structuredClone(value);
  const dropped: Path[] = [];
  // Each round drops something that is there, so this ends.
  for (;;) {
    const result = schema.safeParse(copy);
    if (result.success) return { value: result.data, dropped };
    const paths = result.error.issues.flatMap((issue): PropertyKey[][] =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [[...issue.path]],
    );
    const isThere = (path: PropertyKey[]) =>
      Object.hasOwn(Object(valueAt(copy, path.slice(0, -1))), path.at(-1) as PropertyKey);
    const there = paths.filter(isThere);
    if (there.length === 0) {
      // Keys that must be there and are not: nothing to drop, unless they are missing inside a list's item.
      const inside = paths.map((path) => path.slice(0, -1));
      const items = inside.filter((path) => typeof path.at(-1) === 'number');
      if (items.length === 0) return { value: copy, dropped };
      there.push(...items);
    }
    const once = [...new Map(there.map((path) => [JSON.stringify(path), path])).values()];
    for (const path of once.sort(lastFirst)) {
      const parent = valueAt(copy, path.slice(0, -1)) as Record<PropertyKey, unknown> | unknown[] | undefined;
      const key = path.at(-1) as PropertyKey;
      if (parent === undefined || parent === null) continue;
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      dropped.push(path);
    }
  }
}

/** Items of a list from its end: dropping one must not move another. */
function lastFirst(a: PropertyKey[], b: PropertyKey[]): number {
  const index = a.findIndex((key, at) => key !== b[at]);
  return Number(b[index]) - Number(a[index]) || 0;
}
