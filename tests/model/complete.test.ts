import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shisakushu-types-'));
  const config = { extends: resolve('tsconfig.json'), compilerOptions: { types: [] }, include: ['model'], exclude: [] };
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of src/model with one file changed. */
function compiled(file: string, from: string | RegExp, to: string): string {
  cpSync('src/model', join(folder, 'model'), { recursive: true });
  const path = join(folder, 'model', file);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, to);
  if (from !== '' && after === before) throw new Error(`${file} has no ${from}`);
  writeFileSync(path, after);
  return spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder], {
    encoding: 'utf8',
  }).stdout;
}

test('as they are, the tables compile', () => {
  expect(compiled('fields.ts', '', '')).toBe('');
});

test.each<[string, string, string | RegExp, string, string]>([
  ['a field of a measure left out', 'fields.ts', /^ {2}effect: \{.*\},\n/m, '', "Property 'effect' is missing"],
  ['a field of a 年度 left out', 'fields.ts', /^ {2}plan: \{.*\},\n/m, '', "Property 'plan' is missing"],
  [
    'a property without a row',
    'measure.ts',
    '  title: string;',
    '  title: string;\n  issue?: string;',
    "Property 'issue' is missing",
  ],
  [
    'a row without a property',
    'fields.ts',
    '  effect: {',
    "  issue: { key: '課題', kind: 'text', note: '課題。' },\n  effect: {",
    "'issue' does not exist",
  ],
  ['a kind of change out of the words', 'words.ts', ", removed: '廃止'", '', "Property 'removed' is missing"],
  ['a severity out of the words', 'words.ts', ", warning: '注意'", '', "Property 'warning' is missing"],
  ['a text that is said to be a list', 'fields.ts', /(effect: \{[^}]*kind: )'text'/, "$1'names'", '\'"names"\' is not'],
])('%s does not compile', (_, file, from, to, message) => {
  expect(compiled(file, from, to)).toContain(message);
});
