import Ajv from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { tableCsv } from '../../src/exchange/csv.ts';
import { dataPackage } from '../../src/exchange/data-package.ts';
import { dataTables } from '../../src/exchange/tables.ts';
import type { Edition } from '../../src/model/edition.ts';
import { editionJson } from '../../src/model/edition-json.ts';
import { editionSchemaJson } from '../../src/model/edition-schema.ts';

const editions = ['tests/city', 'tests/lake', 'content'].map((folder): [string, Edition] => [
  folder,
  checkContent(readWorkingTree(folder)).edition as Edition,
]);

test.each(editions)('the JSON of %s has the form that its schema says, and no other', (_, edition) => {
  const validate = new Ajv.default({ strict: false, allErrors: true }).compile(JSON.parse(editionSchemaJson(edition)));
  const data = JSON.parse(editionJson(edition));
  validate(data);
  expect(validate.errors).toBe(null);
  const [first] = data.取組;
  for (const [key, value] of [
    ['番号', 1],
    ['関連計画', '○'],
    ['別', ''],
  ] as const)
    expect(validate({ ...data, 取組: [{ ...first, [key]: value }] })).toBe(false);
});

interface Field {
  name: string;
  type: string;
  constraints?: { required?: boolean; enum?: string[]; pattern?: string; minimum?: number };
}
interface Key {
  fields: string | string[];
  reference: { resource?: string; fields: string | string[] };
}

test.each(editions)('the tables of %s keep what datapackage.json says of them', (_, edition) => {
  const tables = dataTables(edition).map((table) => ({ table, path: `${table.name}.csv` }));
  const { resources, licenses } = JSON.parse(dataPackage(edition, tables));
  expect(licenses).toEqual(edition.licence === undefined ? undefined : [{ name: 'CC-BY-4.0', title: 'CC BY 4.0' }]);
  const rowsOf = new Map<string, Record<string, string>[]>(
    tables.map(({ table }) => [table.name, parse(tableCsv(table), { columns: true, bom: true })]),
  );
  const inKey = (row: Record<string, string>, fields: string | string[]) =>
    JSON.stringify([fields].flat().map((name) => row[name]));
  for (const { name, path, schema } of resources) {
    expect(path).toBe(`${name}.csv`);
    const rows = rowsOf.get(name) ?? [];
    const fields: Field[] = schema.fields;
    expect(new Set(fields.map((field) => field.name)).size).toBe(fields.length);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(fields.map((field) => field.name));
      // Spreadsheets make a date of this.
      for (const [heading, value] of Object.entries(row))
        if (heading !== '改定') expect(value).not.toMatch(/^\d+[-/]\d+([-/]\d+)?$/);
      for (const { name, type, constraints = {} } of fields) {
        const value = row[name] ?? '';
        if (value === '') expect(constraints.required ?? false, name).toBe(false);
        else {
          if (type === 'integer') expect(value).toMatch(/^\d+$/);
          if (constraints.enum) expect(constraints.enum).toContain(value);
          if (constraints.pattern) expect(value).toMatch(new RegExp(constraints.pattern));
        }
      }
    }
    expect(new Set(rows.map((row) => inKey(row, schema.primaryKey))).size).toBe(rows.length);
    for (const { fields, reference } of schema.foreignKeys as Key[]) {
      const known = new Set((rowsOf.get(reference.resource ?? name) ?? []).map((row) => inKey(row, reference.fields)));
      for (const row of rows) if (row[[fields].flat()[0] ?? ''] !== '') expect(known).toContain(inKey(row, fields));
    }
  }
});

test('terms that are no licence the specification can name stand in the description alone', () => {
  const [, [, edition] = ['', undefined]] = editions;
  const of = (licence: string) => JSON.parse(dataPackage({ ...(edition as Edition), licence }, []));
  expect(of('市の利用規約')).not.toHaveProperty('licenses');
  expect(of('市の利用規約').description).toContain('市の利用規約');
  expect(of('市の利用規約 https://example.jp/terms').licenses[0].path).toBe('https://example.jp/terms');
  expect(of('CC0 1.0').licenses[0].name).toBe('CC0-1.0');
});
