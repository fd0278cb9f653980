// npm run verify:all: every check that needs no root. What this machine lacks is left out, and said.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const shell = process.platform === 'win32'; // npm is a .cmd there
const run = (command, ...args) => spawnSync(command, args, { stdio: 'inherit', shell }).status === 0;
const has = (command) => spawnSync(command, ['--version'], { stdio: 'ignore', shell }).status === 0;
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const data = mkdtempSync(join(tmpdir(), 'shisakushu-'));
const csv = () => {
  if (!run(process.execPath, 'dist/cli.js', 'export', 'csv', '--out', data)) return false;
  return run(process.execPath, 'scripts/spreadsheet.mjs', ...readdirSync(data).map((name) => join(data, name)));
};

const steps = [
  ['lint', () => run('npm', 'run', 'lint')],
  ['types', () => run('npm', 'run', 'types')],
  ['tests', () => run('npm', 'test')],
  ['build', () => run('npm', 'run', 'build')],
  ['check', () => run('npm', 'run', 'check')],
  ['browser tests', () => run('npm', 'run', 'test:browser'), () => existsSync(chromium), `Chromium (${chromium})`],
  ['conformance', () => run('npm', 'run', 'conformance'), () => has('java') && has('mvn'), 'Java 17 and Maven'],
  ['spreadsheets', csv, () => has('soffice'), 'LibreOffice (soffice)'],
];

const results = [];
for (const [name, check, possible = () => true, needs = ''] of steps) {
  console.log(`\n== ${name}`);
  results.push([name, possible() ? (check() ? 'passed' : 'FAILED') : `left out: needs ${needs}`]);
}
rmSync(data, { recursive: true, force: true });
console.log('');
for (const [name, result] of results) console.log(`${name.padEnd(16)} ${result}`);
process.exitCode = results.some(([, result]) => result === 'FAILED') ? 1 : 0;
