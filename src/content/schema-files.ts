import { join } from 'node:path';
import type * as z from 'zod';
import { atStart, type Diagnostic, isError } from '../diagnostics/diagnostic.ts';
import { writeWhole } from '../files.ts';
import { type Field, sheetFields } from '../model/fields.ts';
import { meaningsOf } from './edition-of.ts';
import { editorSchema, type JsonSchema, keySchema, mapSchema, say, when } from './editor-schema.ts';
import { type Organization, organizationOf } from './organization.ts';
import type { ReadFiles } from './readable.ts';
import { editionSchema, measureSchemas, type Names, organizationSchema, structureSchema } from './schema.ts';
import { type Shaped, shaped } from './shape.ts';
import { type AnySchema, keysSample, yearSample } from './snippets.ts';
import type { ContentSource, Entry } from './source/source.ts';
import { readText } from './source/text-file.ts';
import { parseYaml, type YamlFile } from './yaml/yaml-file.ts';

type Read = (path: string) => YamlFile | undefined;

const file = (title: string, schema: AnySchema) => whole(title, editorSchema(schema, 'このファイル'));
const whole = (title: string, schema: JsonSchema) => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title,
  ...schema,
});
const schemas: Record<string, (names: () => Names) => object> = {
  'edition.schema.json': () => file('版', editionSchema),
  'measure.schema.json': (names) => whole('取組', measureSchema(names())),
  'organization.schema.json': () => file('組織', organizationSchema),
  'structure.schema.json': () => file('大項目と中項目', structureSchema),
};

/** The JSON Schemas of the four kinds of file, by file name; the names that `source` knows are offered in editors. */
export function jsonSchemas(source: ContentSource): Record<string, object> {
  const read: Read = (path) => {
    const { file, text } = readText(source, path);
    return text === undefined ? undefined : parseYaml(file, text);
  };
  const names = namesOf(read);
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema(() => names)]));
}

/** Those of the folder's schemas that are not those of its content; none are told where names cannot be read. */
export function outdatedSchemas(
  { root, entries }: ContentSource,
  { files, diagnostics }: { files: ReadFiles; diagnostics: readonly Diagnostic[] },
): Diagnostic[] {
  const sources = new Set([`${root}/edition.yaml`, `${root}/organization.yaml`]);
  if (diagnostics.some((diagnostic) => sources.has(diagnostic.file) && isError(diagnostic))) return [];
  let known: Names | undefined;
  const names = () => {
    known ??= namesOf((path) => files.get(path));
    return known;
  };
  return Object.entries(schemas).flatMap(([name, schema]): Diagnostic[] => {
    const written = textOf(entries.get(name));
    if (written === undefined) return [];
    const text = schemaText(schema(names));
    if (written.replaceAll('\r\n', '\n') === text) return [];
    return [
      { code: 'schema-outdated', severity: 'warning', file: `${root}/${name}`, ...atStart, fix: { whole: text } },
    ];
  });
}

/** Undefined for what is no text: that is not the tool's. */
function textOf(entry: Entry | undefined): string | undefined {
  if (entry?.kind !== 'file') return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(entry.read());
  } catch {
    return undefined;
  }
}

/** A 再掲 is told what it cannot have; its key is offered to a measure of its own too, which becomes one by it. */
function measureSchema(names: Names): JsonSchema {
  const { regular, reprint } = measureSchemas(names);
  const own = mapSchema(regular, 'このファイル');
  const other = mapSchema(reprint, 'このファイル');
  const mark = sheetFields.measure.filter(({ reprint }) => reprint === 'only').map(({ key }) => key);
  const shapes: Record<'regular' | 'reprint', Record<string, AnySchema>> = {
    regular: regular.shape,
    reprint: reprint.shape,
  };
  const pick = (chosen: (field: Field) => boolean, shape: Record<string, AnySchema>) =>
    Object.fromEntries(
      sheetFields.measure
        .filter((field) => field.within === undefined && chosen(field))
        .map(({ key }) => [key, shape[key]]),
    );
  const forbidden = Object.keys(shapes.regular).filter((key) => !Object.hasOwn(shapes.reprint, key));
  const schedule = sheetFields.measure.find(({ kind }) => kind === 'years')?.key ?? '';
  const properties = own.properties as Record<string, JsonSchema>;
  const years: Record<string, AnySchema> = shapes.regular[schedule]?.def.shape ?? {};
  if (Object.keys(years).length > 0)
    Object.assign(properties[schedule] ?? {}, { defaultSnippets: [snippet('年度', yearSample(years))] });
  return {
    defaultSnippets: [
      snippet('新しい取組', keysSample(pick(({ reprint }) => reprint !== 'only', shapes.regular))),
      snippet(
        '新しい再掲',
        keysSample(pick(({ reprint }) => reprint === 'must' || reprint === 'only', shapes.reprint)),
      ),
    ],
    ...when(
      { type: 'object', required: mark },
      {
        ...other,
        properties: {
          ...(other.properties as object),
          ...Object.fromEntries(
            forbidden.map((key) => [
              key,
              { title: key, description: properties[key]?.description, doNotSuggest: true },
            ]),
          ),
        },
        allOf: forbidden.map((key) => ({
          properties: { [key]: false },
          errorMessage: say('reprint-has-own', { actual: key }),
        })),
      },
      {
        ...own,
        properties: {
          ...properties,
          ...Object.fromEntries(mark.map((key) => [key, keySchema(shapes.reprint[key], key)])),
        },
      },
    ),
  };
}

const snippet = (label: string, body: string) => ({ label, body });

/** Writes the JSON Schemas into the content folder; returns their paths. */
export function writeSchemas(folder: string, source: ContentSource): string[] {
  return Object.entries(jsonSchemas(source)).map(([name, schema]) => {
    const path = join(folder, name);
    writeWhole(path, schemaText(schema));
    return path;
  });
}

export const schemaText = (schema: object): string => `${JSON.stringify(schema, undefined, 2)}\n`;

/** What is still unknown, because its file is missing or broken, is left open. */
function namesOf(yamlOf: Read): Names {
  const read = <T extends z.ZodObject>(path: string, schema: T): Shaped<z.infer<T>> => {
    const yaml = yamlOf(path);
    return yaml && 'value' in yaml ? shaped(yaml, schema) : {};
  };
  const edition = read('edition.yaml', editionSchema);
  const entries = read('organization.yaml', organizationSchema)['局・部'];
  const known = entries && organizationOf(entries);
  return {
    years: edition.年度,
    plans: edition.関連計画,
    meanings: meaningsOf(edition, sheetFields),
    ...(known
      ? { departments: withWholeOffices(known.departments), sections: [...known.sections], homes: homesOf(known) }
      : {}),
  };
}

const homesOf = ({ sections, homes }: Organization) => new Map([...sections].map((name) => [name, homes(name)]));

/** A 局 alone stands for its 部, so it may be written too. */
const withWholeOffices = (departments: readonly string[]) => [
  ...new Set(departments.flatMap((name) => [name.split(' ')[0] ?? name, name])),
];
