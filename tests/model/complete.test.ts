import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';

type Row = [what: string, file: string, from: string | RegExp, to: string, message: string];
const rows: Row[] = [
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
];

/** What the compiler says of src/model, by copy of it: one as it is, and one for each row. */
const said = new Map<string, string[]>();
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'shisakushu-types-'));
  const config = { extends: resolve('tsconfig.json'), compilerOptions: { types: [] }, include: ['.'], exclude: [] };
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  cpSync('src/model', join(folder, 'whole'), { recursive: true });
  for (const [index, [, file, from, to]] of rows.entries()) {
    cpSync('src/model', join(folder, `row${index}`), { recursive: true });
    const path = join(folder, `row${index}`, file);
    const before = readFileSync(path, 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, after);
  }
  const { stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--noEmit', '-p', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  for (const message of stdout.split(/\n(?=\S)/)) {
    const [copy = ''] = message.split('/');
    said.set(copy, [...(said.get(copy) ?? []), message]);
  }
  rmSync(folder, { recursive: true, force: true });
});

test('as they are, the tables compile', () => {
  expect(said.get('whole')).toBeUndefined();
  expect(said.size).toBe(rows.length);
});

test.each(rows.map((row, index) => [...row, index] as const))(
  '%s does not compile',
  (_, __, ___, ____, message, index) => {
    expect(said.get(`row${index}`)?.join('\n')).toContain(message);
  },
);
