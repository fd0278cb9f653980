import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseAst } from 'rolldown/parseAst';
import { expect, test } from 'vitest';

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
 * Those of which is known that they take time in proportion to their input: what is true of a pattern once is true for
 * good. After WRITE=1 npx vitest run tests/content/regexes.test.ts they are those of src/, the new ones looked into.
 */
const list = 'tests/refs/linear-regexes.txt';
const known = new Set(readFileSync(list, 'utf8').split('\n').filter(Boolean));

/**
 * Most are proven to be linear. Of those with lookahead or many repetitions attacks are tried instead: a few by default,
 * as many as the library does with ATTACKS=all, which looks into all patterns.
 */
const few = {
  ...{ maxIteration: 1, maxInitialGenerationSize: 60, maxGenerationSize: 20, crossoverSize: 10, mutationSize: 20 },
  ...{ incubationLimit: 2500, maxGeneStringSize: 500 },
};
// An attack that a busy machine is slow to try is none.
const patient = { timeout: 100_000, attackTimeout: 60_000, incubationTimeout: 60_000 };
const all = process.env.ATTACKS === 'all';
async function statusOf(pattern: string, flags: string): Promise<string> {
  // Its other engines are programs of their own for some platforms.
  process.env.RECHECK_BACKEND = 'pure';
  const { checkSync } = await import('recheck');
  return checkSync(pattern, flags, { ...patient, ...(all ? {} : few) }).status;
}

test('regular expressions are literals, which can be looked into', () => {
  expect(made).toEqual([]);
  expect(patterns.length).toBeGreaterThan(100);
  expect(endless.length).toBeGreaterThan(40);
});

test('every regular expression takes time in proportion to its input', { timeout: 600_000 }, async () => {
  const open = endless.filter(([literal]) => all || !known.has(literal));
  // Whoever looks into them finds what is not linear.
  if (open.length > 0)
    for (const pattern of ['\\n+$', '(a*)*b(?=c)']) expect(await statusOf(pattern, '')).toBe('vulnerable');
  const statuses: object[] = [];
  for (const [literal, { file, pattern, flags }] of open)
    statuses.push({ literal, file, status: await statusOf(pattern, flags) });
  expect(statuses).toEqual(open.map(([literal, { file }]) => ({ literal, file, status: 'safe' })));
  const literals = endless.map(([literal]) => literal).sort();
  if (process.env.WRITE) writeFileSync(list, `${literals.join('\n')}\n`);
  else expect([...known], 'WRITE=1 writes them anew').toEqual(literals);
});
