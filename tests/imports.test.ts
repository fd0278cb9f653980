import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { coverage } from '../scripts/coverage.mjs';

/** From left to right: each folder, and each file beside them, imports only from itself and from those to its left. */
const order = [
  ...[
    'package.ts',
    'model',
    'diagnostics',
    'environment.ts',
    'files.ts',
    'content',
    'annexes',
    'render',
    'assemble',
    'book',
    'compare',
  ],
  ...['edit', 'papers', 'exchange', 'build.ts', 'preview', 'commands', 'cli.ts'],
];
const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replaceAll('\\', '/'));
const textOf = (name: string) => readFileSync(join('src', name), 'utf8');
const top = (name: string) => name.split('/')[0] ?? '';
const imports = files.flatMap((name) =>
  [...textOf(name).matchAll(/(?:from|import|import\()\s*'(\.[^']+)'/g)].map(([, specifier = '']) => ({
    from: name,
    to: join(dirname(name), specifier).replaceAll('\\', '/'),
  })),
);

test('imports go from right to left: src/ has no circle and no arrow back up', () => {
  expect([...new Set(files.map(top))].filter((name) => !order.includes(name))).toEqual([]);
  const wrong = imports.filter(({ from, to }) => order.indexOf(top(to)) > order.indexOf(top(from)));
  expect(wrong).toEqual([]);
  expect(imports.length).toBeGreaterThan(200);
});

test('what is in model/ imports nothing of the rest and nothing of Node: the browser uses it too', () => {
  const own = files.filter((name) => top(name) === 'model');
  expect(own.length).toBeGreaterThan(4);
  expect(imports.filter(({ from, to }) => top(from) === 'model' && top(to) !== 'model')).toEqual([]);
  for (const name of own) expect(textOf(name), name).not.toMatch(/from 'node:|from '[^.]/);
});

test('no file imports itself by way of others', () => {
  const targets = new Map(files.map((name) => [name, imports.filter(({ from }) => from === name).map(({ to }) => to)]));
  const open = new Set<string>();
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (name: string): void => {
    if (open.has(name)) circles.push([...open, name].join(' → '));
    if (open.has(name) || done.has(name)) return;
    open.add(name);
    for (const target of targets.get(name) ?? []) visit(target);
    open.delete(name);
    done.add(name);
  };
  for (const name of files) visit(name);
  expect(circles).toEqual([]);
});

test('only commands and cli.ts read argv, print and set exit codes', () => {
  const elsewhere = files.filter(
    (name) =>
      name !== 'cli.ts' &&
      top(name) !== 'commands' &&
      /process\.(argv|stdout|stderr|exit|exitCode)|console\./.test(textOf(name)),
  );
  expect(elsewhere).toEqual([]);
});

test('all that is printed goes through commands/terminal.ts, which lets nothing of it steer the terminal', () => {
  const elsewhere = files.filter(
    (name) =>
      name !== 'commands/terminal.ts' && /\.(?:stdout|stderr)\.write|stream\.write\(|console\./.test(textOf(name)),
  );
  expect(elsewhere).toEqual([]);
});

test('a file is short, but for the tables of messages', () => {
  const long = files.filter((name) => !name.endsWith('messages.ts') && textOf(name).split('\n').length > 301);
  expect(long).toEqual([]);
});

test('fonts/coverage.json tells what the fonts hold: run node scripts/coverage.mjs after changing them', () => {
  expect(readFileSync('fonts/coverage.json', 'utf8')).toBe(coverage());
});
