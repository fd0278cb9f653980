// The description of the tables for programs: Data Package v2 and Table Schema (datapackage.org).
import type { Edition } from '../model/edition.ts';
import { keywordsOf } from '../model/keywords.ts';
import type { Column, DataTable } from './tables.ts';

/** datapackage.json of the tables that are written, by the names of their files. */
export function dataPackage(edition: Edition, tables: readonly { table: DataTable; path: string }[]): string {
  const description = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    title: `${edition.planName} ${edition.title}`,
    description: [edition.planName, edition.planPeriod, edition.revised, edition.licence].filter(Boolean).join(' '),
    keywords: keywordsOf(edition),
    contributors: [{ title: edition.publisher, roles: ['publisher'] }],
    ...licences(edition.licence),
    resources: tables.map(({ table, path }) => ({
      name: table.name,
      title: table.title,
      description: table.description,
      path,
      type: 'table',
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      dialect: { lineTerminator: '\r\n' },
      schema: {
        $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
        fields: table.columns.map(fieldOf),
        missingValues: [''],
        primaryKey: table.key,
        foreignKeys: foreignKeys(table),
      },
    })),
  };
  return `${JSON.stringify(description, undefined, 1)}\n`;
}

const fieldOf = ({ heading, description, type, required, choices, pattern }: Column) => {
  const constraints = {
    ...(required && { required }),
    ...(choices && { enum: choices }),
    ...(pattern !== undefined && { pattern }),
    ...(type === 'integer' && { minimum: 0 }),
  };
  return {
    ...{ name: heading, type, description },
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
};

/** Rows of a 年度 belong to a measure, parts to a 年度, a 再掲 to its target. */
function foreignKeys({ name, columns }: DataTable): object[] {
  const [number = '', ...others] = columns.filter(({ isNumber }) => isNumber).map(({ heading }) => heading);
  if (name === 'measures') return others.map((fields) => ({ fields, reference: { fields: number } }));
  const year = '年度';
  return [
    { fields: number, reference: { resource: 'measures', fields: number } },
    ...(name === 'parts' ? [{ fields: [number, year], reference: { resource: 'years', fields: [number, year] } }] : []),
  ];
}

/**
 * The terms of use where they are a licence that the specification can name: one of Creative Commons by its identifier, any
 * other by its address. Other words stand in the description alone.
 */
function licences(text: string | undefined): { licenses?: object[] } {
  if (text === undefined) return {};
  const plain = text.normalize('NFKC').trim();
  const [path] = /https?:\/\/[!-~]+/.exec(plain) ?? [];
  const [, kind, version] = /^CC[ -]?(BY(?:-(?:SA|ND|NC|NC-SA|NC-ND))?|0)[ -](\d\.\d)$/i.exec(plain) ?? [];
  const name = kind === undefined ? undefined : `CC${kind === '0' ? '0' : `-${kind.toUpperCase()}`}-${version}`;
  if (name === undefined && path === undefined) return {};
  return {
    licenses: [{ ...(name === undefined ? {} : { name }), ...(path === undefined ? {} : { path }), title: text }],
  };
}
