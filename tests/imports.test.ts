import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { coverage } from '../scripts/coverage.mjs';

/** From left to right: a stage imports only from itself and from stages to its left. */
const stages = ['diagnostics', 'content', 'annexes', 'render', 'assemble', 'compare', 'exchange', 'preview'];
const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replaceAll('\\', '/'));
const textOf = (name: string) => readFileSync(join('src', name), 'utf8');

test('a stage imports only from stages to its left; commands from stages; nobody from the command line', () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const name of files)
    for (const [, specifier = ''] of textOf(name).matchAll(/(?:from|import|import\()\s*'(\.[^']+)'/g)) {
      seen += 1;
      const target = join(dirname(name), specifier).replaceAll('\\', '/');
      const [from, to] = [name, target].map((path) => stages.indexOf(path.split('/')[0] ?? ''));
      const toStage = to !== undefined && to >= 0;
      const allowed =
        from === -1 ? toStage || target !== 'cli.ts' : toStage ? to <= (from ?? -1) : target === 'files.ts';
      if (!allowed) wrong.push(`${name} → ${target}`);
    }
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(50);
  expect(files.filter((name) => name.includes('/') && !stages.includes(name.split('/')[0] ?? ''))).toEqual([]);
});

test('only cli.ts reads argv, prints and sets exit codes; files.ts stands on nothing', () => {
  const elsewhere = files.filter(
    (name) => name !== 'cli.ts' && /process\.(argv|stdout|stderr|exit|exitCode)|console\./.test(textOf(name)),
  );
  expect(elsewhere).toEqual([]);
  expect(textOf('files.ts')).not.toMatch(/from '\./);
});

test('fonts/coverage.json tells what the fonts hold: run node scripts/coverage.mjs after changing them', () => {
  expect(readFileSync('fonts/coverage.json', 'utf8')).toBe(coverage());
});
