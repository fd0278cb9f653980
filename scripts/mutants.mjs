/**
 * Mutation testing of a folder or a file of src/: small defects (mutants) are put into its code, one at a time, and the
 * tests must fail. `npm run mutants compare` tries it with the tests of its rooms, `npm run mutants compare/match.ts
 * tests/compare/match.test.ts` with those named (beginnings of paths); `preview/.` is the folder without those below it.
 * `node scripts/mutants.mjs --quick …` leaves out what is computed when a module is loaded, where each mutant costs the
 * start of a process.
 *
 * The code is instrumented once, with every mutant behind a switch, in a copy of the project below out/mutants/;
 * tests/mutants/runner.mjs runs the tests there. Prints a table by file; the survivors stand in out/mutants/<folder>.txt,
 * but for those that tests/mutants/equivalent/ names as changing nothing that could be seen.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { parse } from 'yaml';

/** Tests of a folder of src/ beside those of the folder of the same name in tests/. */
const alsoTestedBy = {
  'files.ts': ['tests/files.test'],
  model: ['tests/exchange/data', 'tests/content/schema-files'],
};
/** What starts processes of its own, reads the sources, asks for times, or takes long. */
const unfit = new RegExp(
  [
    '^tests/(browser|survive|imports|docs|lockfile|workflows)',
    '(speed|regexes|complete|killed|upheavals|environment)\\.test',
    'tests/compare/(git|history|property|steering|compare)\\.test',
    'tests/content/(mutation|yaml-test-suite)\\.test',
  ].join('|'),
);
const copied =
  /^(\.vscode|conformance|content|docs|fonts|page|package\.json|profiles|scripts|src|templates|tests|tsconfig.*|vitest\.config\.ts)$/;

/** ms: a round of the quick tests, then one of the slower ones for what is still living, and so on. */
const rounds = [50, 500, 3_000];
/** ms in which a process must have something to tell. */
const patience = 60_000;

const quick = process.argv[2] === '--quick';
const [target, ...named] = process.argv.slice(quick ? 3 : 2);
if (target === undefined) throw new Error('npm run mutants FOLDER|FILE [TEST…]');
/** `preview/.` is the folder without those below. */
const alone = target.endsWith('/.');
const folder = target.replace(/^src\/|\/\.?$/g, '');
const name = target.replace(/^src\//, '').replaceAll('/', '-');
const room = resolve('out/mutants', name);
const log = join(room, 'log.jsonl');

const filesBelow = (top, ending) =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .map((path) => join(top, path))
    .filter((path) => path.endsWith(ending))
    .sort();
const sources = filesBelow('src', '.ts').filter((file) =>
  alone ? dirname(file) === `src/${folder}` : `${file}/`.startsWith(`src/${folder}/`),
);
if (sources.length === 0) throw new Error(`src/${folder} has no TypeScript`);
const wanted = named.length > 0 ? named : [`tests/${folder}`, ...(alsoTestedBy[folder] ?? [])];
const tests = filesBelow('tests', '.test.ts').filter(
  (path) =>
    !unfit.test(path) &&
    wanted.some((start) => (alone && start === `tests/${folder}` ? dirname(path) === start : path.startsWith(start))),
);
if (tests.length === 0) throw new Error(`no tests of ${folder}`);

/** Makes the copy of the project with all mutants in it; returns them as the library describes them. */
async function instrumented() {
  rmSync(room, { recursive: true, force: true });
  mkdirSync(room, { recursive: true });
  for (const entry of readdirSync('.').filter((each) => copied.test(each)))
    cpSync(entry, join(room, entry), { recursive: true });
  symlinkSync(resolve('node_modules'), join(room, 'node_modules'));
  const logger = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {} };
  const { files, mutants } = await new Instrumenter(logger).instrument(
    sources.map((file) => ({ name: file, content: readFileSync(file, 'utf8'), mutate: true })),
    { excludedMutations: [], ignorers: [], plugins: null, noHeader: false },
  );
  for (const file of files) writeFileSync(join(room, file.name), `// @ts-nocheck\n${file.content}`);
  // Commands run as they are compiled, in the process of the tests.
  spawnSync(process.execPath, ['scripts/compile.mjs'], { cwd: room });
  return mutants;
}

const say = (line) => appendFileSync(log, `${JSON.stringify(line)}\n`);
const said = () =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const ids = (key) => new Set(said().flatMap((line) => line[key] ?? []));

function vitest(environment, ...options) {
  const program = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/mutants/vitest.config.ts', ...options];
  return spawn(process.execPath, program, {
    cwd: room,
    stdio: process.env.MUTANTS_SHOW ? 'inherit' : 'ignore',
    detached: true,
    env: { ...process.env, CI: '1', MUTANTS_LOG: log, MUTANTS_TESTS: JSON.stringify(tests), ...environment },
  });
}
const ended = (child) => new Promise((done) => child.on('exit', done));

/** One round: the tests of at most `slow` ms; again while a mutant hangs, or spoils the process for the others. */
async function round(slow) {
  // Tests that were too slow for the round before are done now.
  const tooSlow = ids('slow');
  const kept = said().filter(
    (line) => line.killed || line.passed || line.useless || (line.done && !tooSlow.has(line.done)),
  );
  writeFileSync(log, kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
  for (;;) {
    const child = vitest({ MUTANTS_SLOW: String(slow) });
    let hung = false;
    const watch = setInterval(() => {
      hung ||= Date.now() - statSync(log).mtimeMs > patience;
      if (hung) process.kill(-child.pid, 'SIGKILL');
    }, 1_000);
    await ended(child);
    clearInterval(watch);
    const lines = said();
    const last = lines.at(-1);
    if (hung && last.trying) say({ killed: last.trying, by: 'time' });
    else if (hung || last?.spoilt) say({ done: lines.findLast((line) => line.started).started });
    else return;
  }
}

/** What is computed when a module is loaded: the tests as they stand, in a process that starts with the mutant. */
async function loaded() {
  const tried = new Set([...ids('passed'), ...ids('killed')]);
  const open = [...ids('loaded')].filter((id) => !tried.has(id));
  process.stdout.write(`${open.length} mutants of what is computed at loading\n`);
  say({ passed: open });
  const next = async () => {
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const child = vitest({ MUTANTS_SLOW: '', __STRYKER_ACTIVE_MUTANT__: id }, '--bail', '1');
      const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), patience);
      if ((await ended(child)) !== 0) say({ killed: id, by: 'loading' });
      clearTimeout(timer);
    }
  };
  await Promise.all([next(), next()]);
}

const mutants = await instrumented();
writeFileSync(log, '');
process.stdout.write(`${mutants.length} mutants, ${tests.length} files of tests\n`);
for (const slow of rounds) {
  const begin = Date.now();
  await round(slow);
  const seconds = Math.round((Date.now() - begin) / 1000);
  process.stdout.write(`tests of up to ${slow} ms: ${ids('killed').size} killed, ${seconds} s\n`);
  if (ids('slow').size === 0) break;
}
if (!quick) await loaded();
for (const { useless, why } of said()) if (useless) process.stdout.write(`left out: ${useless}: ${why}\n`);
for (const { slow, time } of said()) if (slow) process.stdout.write(`too slow: ${slow}: ${Math.round(time)} ms\n`);

const killed = ids('killed');
const passed = ids('passed');
const reasons = 'tests/mutants/equivalent';
const equivalent = Object.assign(
  {},
  ...readdirSync(reasons).map((file) => parse(readFileSync(join(reasons, file), 'utf8'))),
);
const rows = [];
const survivors = [];
for (const file of sources) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const entries = equivalent[file.slice('src/'.length)] ?? [];
  const used = new Set();
  const row = { killed: 0, equivalent: 0, survived: 0, unseen: 0, name: file.slice('src/'.length) };
  rows.push(row);
  for (const { id, fileName, location, mutatorName, replacement: written } of mutants) {
    if (fileName !== file) continue;
    const replacement = written.replaceAll('\n', ' ');
    const { line, column } = location.start;
    const text = lines[line].trim();
    const entry = entries.find((each) => each.line === text && (each.mutants?.includes(replacement) ?? true));
    if (killed.has(id)) row.killed += 1;
    else if (entry) {
      row.equivalent += 1;
      used.add(entry);
    } else {
      row[passed.has(id) ? 'survived' : 'unseen'] += 1;
      const what = `${passed.has(id) ? 'survived' : 'not run'} ${mutatorName}`;
      survivors.push(`${file}:${line + 1}:${column + 1} ${what}\n    ${text}\n    → ${replacement}\n`);
    }
  }
  for (const entry of entries)
    if (!used.has(entry)) process.stdout.write(`${file}: no survivor any more: ${entry.line}\n`);
}
writeFileSync(join('out/mutants', `${name}.txt`), survivors.join(''));

const total = { name: 'all' };
for (const key of ['killed', 'equivalent', 'survived', 'unseen'])
  total[key] = rows.reduce((sum, row) => sum + row[key], 0);
process.stdout.write('   score  killed  equivalent  survived  not run\n');
for (const row of [...rows, total]) {
  const all = row.killed + row.survived + row.unseen;
  const score = all === 0 ? '—' : `${((100 * row.killed) / all).toFixed(1)} %`;
  const counts = [row.killed, row.equivalent, row.survived, row.unseen];
  const columns = [8, 12, 10, 9].map((width, index) => String(counts[index]).padStart(width));
  process.stdout.write(`${score.padStart(8)}${columns.join('')}  ${row.name}\n`);
}
