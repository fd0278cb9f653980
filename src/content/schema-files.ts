import { join } from 'node:path';
import * as z from 'zod';
import { writeWhole } from '../files.ts';
import { organizationOf } from './organization.ts';
import { editionSchema, measureSchemas, type Names, organizationSchema, structureSchema } from './schema.ts';
import { type Shaped, shaped } from './shape.ts';
import type { ContentSource } from './source/source.ts';
import { readText } from './source/text-file.ts';
import { parseYaml } from './yaml/yaml-file.ts';

/** The JSON Schemas of the four kinds of file, by file name; the names that `source` knows are offered in editors. */
export function jsonSchemas(source: ContentSource): Record<string, object> {
  const { regular, reprint } = measureSchemas(namesOf(source));
  const measure = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: '取組',
    if: { type: 'object', required: ['再掲'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: draft(reprint),
    else: draft(regular),
  };
  const titled = (title: string, schema: z.ZodType) => ({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...draft(schema),
  });
  return {
    'edition.schema.json': titled('版', editionSchema),
    'measure.schema.json': measure,
    'organization.schema.json': titled('組織', organizationSchema),
    'structure.schema.json': titled('大項目と中項目', structureSchema),
  };
}

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
function namesOf(source: ContentSource): Names {
  const read = <T extends z.ZodObject>(path: string, schema: T): Shaped<z.infer<T>> => {
    const { file, text } = readText(source, path);
    const yaml = text === undefined ? undefined : parseYaml(file, text);
    return yaml && 'value' in yaml ? shaped(yaml, schema) : {};
  };
  const { 年度: years, 関連計画: plans } = read('edition.yaml', editionSchema);
  const entries = read('organization.yaml', organizationSchema)['局・部'];
  const known = entries && organizationOf(entries);
  return {
    years,
    plans,
    ...(known ? { departments: withWholeOffices(known.departments), sections: [...known.sections] } : {}),
  };
}

/** A 局 alone stands for its 部, so it may be written too. */
const withWholeOffices = (departments: readonly string[]) => [
  ...new Set(departments.flatMap((name) => [name.split(' ')[0] ?? name, name])),
];

/** Editors read draft 7 best; to them a plain figure is a number, to us it is text where text is meant. */
function draft(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      if (
        jsonSchema.type === 'string' &&
        jsonSchema.enum === undefined &&
        (jsonSchema.pattern === undefined || jsonSchema.pattern === '^[1-9]\\d*$')
      )
        Object.assign(jsonSchema, { type: ['string', 'number', 'boolean'] });
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return rest;
}
