// The files of a content folder, written as an editor would write them.
import { cellsOf } from '../../compare/cells.ts';
import { jsonSchemas, schemaText } from '../../content/schema-files.ts';
import { type NewFiles, withFiles } from '../../content/source/new-files.ts';
import type { ContentSource } from '../../content/source/source.ts';
import { pathOfCell, put, type Tree, writtenOf } from '../../edit/edit.ts';
import { orderOf } from '../../edit/orders.ts';
import { editYaml } from '../../edit/yaml/edit-yaml.ts';
import type { KeyOrder, Written, YamlEdit } from '../../edit/yaml/edits.ts';
import { type Fields, fieldOf, pathOf } from '../../model/fields.ts';
import type { Measure } from '../../model/measure.ts';
import { measureFile } from '../../model/numbers.ts';
import type { NumberedCategory } from './numbering.ts';
import type { Department } from './organization.ts';

export interface StartedEdition {
  /** By key of edition.yaml; what is not known has no value. */
  edition: Readonly<Record<string, Written | undefined>>;
  categories: readonly NumberedCategory[];
  departments: readonly Department[];
  measures: readonly Measure[];
  years: readonly string[];
  fields: Fields;
}

const firstLine = (schema: string): string => `# yaml-language-server: $schema=${schema}\n`;

/** All files of a new content folder with their schemas. `source`: that folder, which is empty. */
export function startedFiles(of: StartedEdition, source: ContentSource): NewFiles {
  const files = new Map<string, string>([
    ['edition.yaml', editionText(of)],
    ['structure.yaml', structureText(of.categories)],
    ['organization.yaml', organizationText(of.departments)],
  ]);
  const byNumber = new Map(of.measures.map((measure) => [measure.id, measure]));
  const order = orderOf('measures/', of.years, of.fields);
  for (const measure of of.measures)
    files.set(measureFile(measure.id), measureText(measure, byNumber.get(measure.reprintOf ?? ''), of, order));
  for (const [name, schema] of Object.entries(jsonSchemas(withFiles(source, files))))
    files.set(name, schemaText(schema));
  return files;
}

/** All keys that must be there stand there; behind what is not known nothing does. */
function editionText({ edition }: StartedEdition): string {
  const keys = Object.keys(edition).map((key) => `${key}:\n`);
  const edits = Object.entries(edition).flatMap(([key, value]): YamlEdit[] =>
    value === undefined ? [] : [{ path: [key], value }],
  );
  return editYaml(firstLine('edition.schema.json') + keys.join(''), edits, orderOf('edition.yaml'));
}

function structureText(categories: readonly NumberedCategory[]): string {
  const bare = categories.flatMap(({ number, groups }) => [
    `  - 番号: ${number}\n    名称:\n    中項目:\n`,
    ...groups.map((group) => `      - 番号: ${group.number}\n        名称:\n`),
  ]);
  const nameAt = (path: (string | number)[], name: string | undefined): YamlEdit[] =>
    name === undefined ? [] : [{ path: [...path, '名称'], value: name }];
  const edits = categories.flatMap(({ name, groups }, index) => [
    ...nameAt(['大項目', index], name),
    ...groups.flatMap((group, inner) => nameAt(['大項目', index, '中項目', inner], group.name)),
  ]);
  const order = orderOf('structure.yaml');
  return editYaml(`${firstLine('structure.schema.json')}大項目:\n${bare.join('')}`, edits, order);
}

function organizationText(departments: readonly Department[]): string {
  const bare = departments.map(() => '  - 名称:\n    課: []\n');
  const edits = departments.flatMap(({ name, sections }, index): YamlEdit[] => [
    { path: ['局・部', index, '名称'], value: name },
    { path: ['局・部', index, '課'], value: sections },
  ]);
  const order = orderOf('organization.yaml');
  return editYaml(`${firstLine('organization.schema.json')}局・部:\n${bare.join('')}`, edits, order);
}

function measureText(
  measure: Measure,
  target: Measure | undefined,
  { years, fields }: StartedEdition,
  order: KeyOrder,
): string {
  const file: Tree = {};
  put(file, pathOf(fieldOf(fields.measure, 'id')), measure.id);
  const schedule = Object.fromEntries(years.map((year) => [year, {}]));
  if (measure.reprintOf === undefined) put(file, pathOf(fieldOf(fields.measure, 'schedule')), schedule);
  for (const { field, year, value } of cellsOf(measure, target, years, fields))
    put(file, pathOfCell(field, year, fields), writtenOf(value));
  const keys = order([]).filter((key) => file[key] !== undefined);
  // With all keys in their places, none of the edits meets another.
  return editYaml(
    firstLine('../measure.schema.json') + keys.map((key) => `${key}:\n`).join(''),
    keys.map((key): YamlEdit => ({ path: [key], value: file[key] as Written })),
    order,
  );
}
