import { readdirSync, readFileSync } from 'node:fs';
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, test } from 'vitest';

// Its other engines are programs of their own for some platforms.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

/** Not applied to what people write. */
const others: Record<string, string> = {
  'environment.ts': 'reads what the compiler says of a file that is missing',
  'content/source/git.ts': 'reads what git says of itself, a line or two',
  'content/source/git-program.ts': 'reads what git says of itself, a line or two',
  'commands/terminal.ts': 'reads an argument of the command line',
  'assemble/': 'reads objects of the PDF that Typst has just written, one at a time',
  'preview/page/sheet/typst.ts': 'reads the layer of text that the renderer has just written',
};

interface Found {
  file: string;
  pattern: string;
  flags: string;
}

function regexesOf(file: string, node: unknown, found: Found[], made: string[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, regex, callee } = node as { type?: string; regex?: Omit<Found, 'file'>; callee?: { name?: string } };
  if (type === 'Literal' && regex) found.push({ file, ...regex });
  if (callee?.name === 'RegExp') made.push(file);
  for (const inner of Object.values(node)) regexesOf(file, inner, found, made);
}

const found: Found[] = [];
const made: string[] = [];
const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !Object.keys(others).some((start) => name.startsWith(start)));
for (const file of files) regexesOf(file, parseAst(readFileSync(`src/${file}`, 'utf8'), { lang: 'ts' }), found, made);
const patterns = [...new Map(found.map((one) => [`/${one.pattern}/${one.flags}`, one])).entries()];

test('regular expressions are literals, which can be looked into', () => {
  expect(made).toEqual([]);
  expect(patterns.length).toBeGreaterThan(60);
});

describe('every regular expression takes time in proportion to its input', () => {
  test.each(patterns)('%s', (_, { file, pattern, flags }) => {
    // An attack that a busy machine is slow to try is none.
    const patient = { timeout: 100_000, attackTimeout: 60_000, incubationTimeout: 60_000 };
    const { status } = checkSync(pattern, flags, patient);
    expect({ file, status }).toEqual({ file, status: 'safe' });
  });
});

test('what is not linear is found', () => {
  expect(checkSync('\\n+$', '').status).toBe('vulnerable');
  expect(checkSync('^(?:#.*\\n|\\s*\\n)*---', '').status).toBe('vulnerable');
});
