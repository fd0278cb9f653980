import { readdirSync, readFileSync } from 'node:fs';
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, test } from 'vitest';

// Its other engines are programs of their own for some platforms.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

/** Not applied to what people write. */
const others: Record<string, string> = {
  'environment.ts': 'reads what the compiler says of a file that is missing',
  'files.ts': 'reads the name of a file, of 255 bytes at most',
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
/** What repeats nothing without end looks at so many characters from each place and no more. */
const endless = patterns.filter(([, { pattern }]) =>
  /[*+]|\{\d+,\}/.test(pattern.replace(/\\./gs, '').replace(/\[[^\]]*\]/g, '')),
);

/**
 * Most are proven to be linear. Of those with lookahead or many repetitions attacks are tried instead: a few by default,
 * as many as the library does with ATTACKS=all npx vitest run tests/content/regexes.test.ts.
 */
const few = {
  maxIteration: 1,
  maxInitialGenerationSize: 60,
  maxGenerationSize: 20,
  crossoverSize: 10,
  mutationSize: 20,
};
const fewer = { ...few, incubationLimit: 2500, maxGeneStringSize: 500 };
// An attack that a busy machine is slow to try is none.
const patient = { timeout: 100_000, attackTimeout: 60_000, incubationTimeout: 60_000 };
const statusOf = (pattern: string, flags: string) =>
  checkSync(pattern, flags, { ...patient, ...(process.env.ATTACKS === 'all' ? {} : fewer) }).status;

test('regular expressions are literals, which can be looked into', () => {
  expect(made).toEqual([]);
  expect(patterns.length).toBeGreaterThan(100);
  expect(endless.length).toBeGreaterThan(40);
});

describe('every regular expression takes time in proportion to its input', () => {
  test.each(endless)('%s', (_, { file, pattern, flags }) => {
    expect({ file, status: statusOf(pattern, flags) }).toEqual({ file, status: 'safe' });
  });
});

test.each(['\\n+$', '(a*)*b(?=c)'])('what is not linear is found: %s', (pattern) =>
  expect(statusOf(pattern, '')).toBe('vulnerable'),
);
