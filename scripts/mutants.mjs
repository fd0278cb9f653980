/**
 * Mutation testing of one folder or file of src/: small defects (mutants) are put into its code, one at a time, and the
 * tests must fail. `npm run mutants compare` tries it with the tests of `testsOf`, `npm run mutants compare
 * tests/compare/pairs.test.ts …` with the tests named. `--quick` leaves out what is computed when a module is loaded,
 * where a mutant costs the start of a process. Prints a table by file; the survivors stand in out/mutants/.
 *
 * The code is instrumented once, with every mutant behind a switch, in a copy of the project; tests/mutants/runner.mjs
 * runs the tests there, in one process.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { parse } from 'yaml';

/** Tests of a folder of src/ beside those of the folder of the same name in tests/. */
const alsoTestedBy = {
  model: ['tests/exchange/data', 'tests/content/schema-files'],
};
/** What starts processes of its own, reads the sources, or asks for times. */
const unfit =
  /^tests\/(browser|survive|imports|docs|lockfile|workflows)|(speed|regexes|complete|killed|upheavals|environment)\.test/;

const slowest = [50, 500, 3000];
const patience = 60_000;

const quick = process.argv[2] === '--quick';
const [target, ...named] = process.argv.slice(quick ? 3 : 2);
if (target === undefined) throw new Error('npm run mutants [--quick] FOLDER|FILE [TEST…]');
const folder = target.replace(/^src\//, '').replace(/\/$/, '');
const room = resolve('out/mutants', folder.replaceAll('/', '-'));
const log = join(room, 'log.jsonl');

const files = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => file === `src/${folder}` || file.startsWith(`src/${folder}/`));
if (files.length === 0) throw new Error(`src/${folder} has no TypeScript`);

const tests = readdirSync('tests', { recursive: true })
  .map((path) => join('tests', path))
  .filter((path) => path.endsWith('.test.ts') && !unfit.test(path))
  .filter((path) =>
    (named.length > 0 ? named : [`tests/${folder}`, ...(alsoTestedBy[folder] ?? [])]).some((name) =>
      path.startsWith(name),
    ),
  );
if (tests.length === 0) throw new Error('no tests');

/** Every mutant of `files`, as the library's own description, and the copy of the project that holds them all. */
async function instrumented() {
  rmSync(room, { recursive: true, force: true });
  mkdirSync(room, { recursive: true });
  for (const name of [
    'src',
    'tests',
    'content',
    'scripts',
    'templates',
    'fonts',
    'profiles',
    'page',
    'conformance',
    'docs',
    '.vscode',
  ])
    cpSync(name, join(room, name), { recursive: true });
  for (const name of ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.page.json', 'vitest.config.ts'])
    cpSync(name, join(room, name));
  symlinkSync(resolve('node_modules'), join(room, 'node_modules'));
  const logger = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {} };
  const result = await new Instrumenter(logger).instrument(
    files.map((name) => ({ name, content: readFileSync(name, 'utf8'), mutate: true })),
    { excludedMutations: [], ignorers: [], plugins: null, noHeader: false },
  );
  for (const file of result.files) writeFileSync(join(room, file.name), `// @ts-nocheck\n${file.content}`);
  // Commands run as they are compiled, in the same process.
  for (const project of ['tsconfig.build.json', 'tsconfig.page.json'])
    spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project, '--noCheck'], { cwd: room });
  return result.mutants;
}

const lines = () =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const add = (line) => writeFileSync(log, `${JSON.stringify(line)}\n`, { flag: 'a' });

function vitest(environment, ...options) {
  return spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/mutants/vitest.config.ts', ...options],
    {
      cwd: room,
      stdio: process.env.MUTANTS_SHOW ? 'inherit' : 'ignore',
      detached: true,
      env: { ...process.env, CI: '1', MUTANTS_LOG: log, MUTANTS_TESTS: JSON.stringify(tests), ...environment },
    },
  );
}

/** Runs the tests; again and again while a mutant hangs or spoils the process, which is what the log then ends with. */
async function run(slow) {
  for (;;) {
    const child = vitest({ MUTANTS_SLOW: String(slow) });
    let hung = false;
    const watch = setInterval(() => {
      if (Date.now() - statSync(log).mtimeMs < patience) return;
      hung = true;
      process.kill(-child.pid, 'SIGKILL');
    }, 1_000);
    await new Promise((ended) => child.on('exit', ended));
    clearInterval(watch);
    const [last] = lines().slice(-1);
    const spoilt = last?.spoilt;
    const trying = lines().findLast((line) => line.trying)?.trying;
    const started = lines().findLast((line) => line.started)?.started;
    if (hung && last?.trying) add({ killed: trying, by: 'time' });
    else if (hung || spoilt) add({ done: started });
    else return;
  }
}

/** What is computed when a module is loaded: the tests as they stand, in a process that starts with the mutant. */
async function runStatic(id) {
  const child = vitest({ MUTANTS_SLOW: '', __STRYKER_ACTIVE_MUTANT__: id }, '--bail', '1', '--test-timeout', '20000');
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), patience);
  const status = await new Promise((ended) => child.on('exit', ended));
  clearTimeout(timer);
  if (status !== 0) add({ killed: id, by: 'load' });
}

const mutants = await instrumented();
writeFileSync(join(room, 'mutants.json'), JSON.stringify(mutants));
writeFileSync(log, '');
process.stdout.write(`${mutants.length} mutants, ${tests.length} files of tests\n`);
for (const slow of slowest) {
  const begin = Date.now();
  // Each round tries again what is living, with the tests that were too slow before.
  const before = lines().filter((line) => !line.done || false);
  const slowBefore = new Set(before.flatMap((line) => line.slow ?? []));
  const doneBefore = lines()
    .flatMap((line) => line.done ?? [])
    .filter((name) => !slowBefore.has(name));
  const kept = before.filter((line) => !line.slow && !line.trying && !line.started && !line.spoilt);
  writeFileSync(
    log,
    [...kept, ...doneBefore.map((done) => ({ done }))].map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
  await run(slow);
  const killed = new Set(lines().flatMap((line) => line.killed ?? []));
  process.stdout.write(
    `tests of up to ${slow} ms: ${killed.size} killed, ${Math.round((Date.now() - begin) / 1000)} s\n`,
  );
  if (lines().every((line) => !line.slow)) break;
}

if (!quick) {
  const tried = new Set(lines().flatMap((line) => [...(line.passed ?? []), line.killed]));
  const loaded = new Set(lines().flatMap((line) => line.loaded ?? []));
  const open = [...loaded].filter((id) => !tried.has(id));
  add({ passed: open });
  process.stdout.write(`${open.length} mutants of what is computed at loading\n`);
  const next = async () => {
    for (let id = open.pop(); id !== undefined; id = open.pop()) await runStatic(id);
  };
  await Promise.all([next(), next()]);
}

const killed = new Set(lines().flatMap((line) => line.killed ?? []));
const passed = new Set(lines().flatMap((line) => line.passed ?? []));
for (const line of lines()) if (line.useless) process.stdout.write(`left out: ${line.useless}: ${line.why}\n`);
for (const line of lines())
  if (line.slow) process.stdout.write(`too slow: ${line.slow}: ${Math.round(line.time)} ms\n`);

// tests/mutants/equivalent/ names survivors that change nothing that could be seen, with why.
const equivalent = Object.assign(
  {},
  ...readdirSync('tests/mutants/equivalent').map((name) =>
    parse(readFileSync(join('tests/mutants/equivalent', name), 'utf8')),
  ),
);
const source = Object.fromEntries(files.map((file) => [file, readFileSync(file, 'utf8').split('\n')]));
const table = [];
const report = [];
for (const file of files) {
  const own = mutants.filter((mutant) => mutant.fileName === file);
  const entries = (equivalent[file.slice(4)] ?? []).map((entry) => ({ ...entry, used: false }));
  const count = { killed: 0, equivalent: 0, survived: 0, unseen: 0 };
  for (const { id, location, mutatorName, replacement: written } of own) {
    const replacement = written.split('\n').join(' ');
    const line = source[file][location.start.line].trim();
    const entry = entries.find(
      (each) => each.line === line && (each.mutants === undefined || each.mutants.includes(replacement)),
    );
    if (killed.has(id)) count.killed += 1;
    else if (entry) {
      count.equivalent += 1;
      entry.used = true;
    } else {
      count[passed.has(id) ? 'survived' : 'unseen'] += 1;
      const what = passed.has(id) ? 'survived' : 'not run';
      report.push(
        `${file}:${location.start.line + 1}:${location.start.column + 1} ${what} ${mutatorName}\n    ${line}\n    → ${replacement}`,
      );
    }
  }
  for (const entry of entries) if (!entry.used) process.stdout.write(`${file}: no survivor any more: ${entry.line}\n`);
  table.push([file.slice(4), ...Object.values(count)]);
}
const score = ([, killed, , survived, unseen]) => {
  const all = killed + survived + unseen;
  return all === 0 ? '—' : `${((100 * killed) / all).toFixed(1)} %`;
};
const sum = ['all', ...[1, 2, 3, 4].map((column) => table.reduce((all, row) => all + row[column], 0))];
writeFileSync(join('out/mutants', `${folder.replaceAll('/', '-')}.txt`), `${report.join('\n')}\n`);
process.stdout.write('score     killed  equivalent  survived  not run\n');
for (const row of [...table, sum])
  process.stdout.write(
    `${score(row).padEnd(9)} ${String(row[1]).padStart(6)} ${String(row[2]).padStart(11)} ${String(row[3]).padStart(9)} ${String(row[4]).padStart(8)}  ${row[0]}\n`,
  );
