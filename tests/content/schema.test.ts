import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { jsonSchemas, schemaText } from '../../src/content/schema-files.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';

/** With the keywords of the YAML language server, which say nothing of what is accepted. */
const ajv = () =>
  new Ajv({ strictTypes: false }).addVocabulary([
    'errorMessage',
    'patternErrorMessage',
    'enumDescriptions',
    'defaultSnippets',
    'doNotSuggest',
  ]);
const source = readWorkingTree('content');
const schemas = jsonSchemas(source);
const files = [...source.entries.keys()].filter((path) => path.endsWith('.yaml'));
const kindOf = (path: string) =>
  path.startsWith('measures/') ? 'measure.schema.json' : path.replace('.yaml', '.schema.json');
const validators = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, ajv().compile(schema)]));
const accepts = (kind: string, text: string) => validators[kind]?.(parse(text)) as boolean;

test.each(Object.keys(schemas))(
  '%s is current: run npm run schema after changing names or src/content/schema.ts',
  (name) => {
    expect(readFileSync(`content/${name}`, 'utf8')).toBe(schemaText(schemas[name] as object));
  },
);

test.each(files)('%s names its schema and is accepted by it', (path) => {
  const text = readFileSync(`content/${path}`, 'utf8');
  expect(text.split('\n')[0]).toBe(
    `# yaml-language-server: $schema=${path.startsWith('measures/') ? '../' : ''}${kindOf(path)}`,
  );
  accepts(kindOf(path), text);
  expect(validators[kindOf(path)]?.errors ?? []).toEqual([]);
});

describe('the measure schema refuses in the editor what check refuses', () => {
  // The schema of an invented city, as its own names are in it.
  const own = jsonSchemas(readWorkingTree('tests/lake'))['measure.schema.json'] as object;
  const validate = ajv().compile(own);
  const text = readFileSync('tests/lake/measures/1-1-2.yaml', 'utf8');
  test('whole', () => {
    expect(validate(parse(text))).toBe(true);
  });
  test.each([
    ['unknown key', text.replace('取組内容:', '取組の内容:')],
    ['missing key', text.replace(/^区分: .*\n/m, '')],
    ['kind', text.replace('区分: 新規', '区分: 新規中')],
    ['department', text.replace('[総合局]', '[綜合局]')],
    ['section', text.replace('[計算課]', '[計算室]')],
    ['mark', text.replace('項目: ◎', '項目: ●')],
    ['negative amount', text.replace('予算額: 1188', '予算額: -1188')],
    ['amount with comma', text.replace('予算額: 1188', '予算額: 1,188')],
    ['year', text.replace('  R23:', '  R24:')],
    ['plan', text.replace('[水辺計画, ', '[水辺の計画, ')],
    ['number', text.replace('番号: 1-1-2', '番号: 一')],
    ...['null', '~', 'Null', 'NULL', ''].flatMap((nothing): [string, string][] => [
      [`text as "${nothing}"`, text.replace(/^取組: .*$/m, `取組: ${nothing}`)],
      [`amount as "${nothing}"`, text.replace('予算額: 1188', `予算額: ${nothing}`)],
      [`list as "${nothing}"`, text.replace(/^関連計画: .*$/m, `関連計画: ${nothing}`)],
    ]),
    ['reprint with schedule', text.replace('取組: ', '再掲: 1-1-1\n取組: ')],
  ])('%s', (_, broken) => {
    expect(broken).not.toBe(text);
    expect(validate(parse(broken))).toBe(false);
  });
});

test('keys and years carry Japanese descriptions for hover', () => {
  const undescribed: string[] = [];
  const walk = (schema: unknown, path: string) => {
    if (typeof schema !== 'object' || schema === null) return;
    const { properties = {} } = schema as { properties?: Record<string, boolean | { description?: string }> };
    for (const [key, inner] of Object.entries(properties))
      if (typeof inner === 'object' && !/[ぁ-ん]/.test(inner.description ?? '')) undescribed.push(`${path}/${key}`);
    for (const [key, inner] of Object.entries(schema)) walk(inner, `${path}/${key}`);
  };
  for (const [name, schema] of Object.entries(schemas)) walk(schema, name);
  expect(undescribed).toEqual([]);
});

test('VS Code is told which schema is whose, and which extension reads them', () => {
  const read = (name: string) => JSON.parse(readFileSync(`.vscode/${name}.json`, 'utf8'));
  expect(read('extensions').recommendations).toContain('redhat.vscode-yaml');
  const wired: Record<string, string> = read('settings')['yaml.schemas'];
  expect(Object.keys(wired).sort()).toEqual(
    Object.keys(schemas)
      .map((name) => `./content/${name}`)
      .sort(),
  );
  for (const path of files)
    expect(wired[`./content/${kindOf(path)}`]).toBe(`content/${path.replace(/\/.*/, '/*.yaml')}`);
});
