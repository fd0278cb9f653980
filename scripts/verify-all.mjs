// npm run verify:all: every check that needs no root, one after the other. Browser, reference validator and spreadsheet
// only where the machine has them; the end says plainly what failed and what was left out. Exits 1 for a failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
const has = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && endings.some((ending) => existsSync(join(folder, name + ending))));

// The browser tests look where $CHROMIUM says, as tests/browser/preview.ts does.
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const openpyxl = '/usr/lib/python3/dist-packages/openpyxl';

// npm is a .cmd on Windows, which only a shell starts; node is started as it is.
const npm = (...args) => ({ command: ['npm', ...args].join(' '), shell: true });
const node = (...args) => ({ command: process.execPath, args });
const data = mkdtempSync(join(tmpdir(), 'shisakushu-'));
const tables = () => readdirSync(data).map((name) => join(data, name));

const checks = [
  { name: 'lint', runs: () => [npm('run', 'lint')] },
  { name: 'types', runs: () => [npm('run', 'types')] },
  { name: 'test', runs: () => [npm('test')] },
  { name: 'build', runs: () => [npm('run', 'build')] },
  { name: 'check', runs: () => [npm('run', 'check')] },
  { name: 'test:browser', needs: [chromium], runs: () => [npm('run', 'test:browser')] },
  { name: 'conformance', needs: ['java', 'mvn'], runs: () => [npm('run', 'conformance')] },
  {
    name: 'spreadsheet',
    needs: ['soffice'],
    runs: () => [
      node('dist/cli.js', 'export', 'csv', '--out', data),
      () => node('scripts/spreadsheet.mjs', ...tables()),
    ],
  },
  { name: 'test:spreadsheets', needs: ['soffice', openpyxl], runs: () => [npm('run', 'test:spreadsheets')] },
];

const passed = [];
const failed = [];
const leftOut = [];
for (const { name, needs = [], runs } of checks) {
  const missing = needs.filter((program) => !(program.includes('/') ? existsSync(program) : has(program)));
  if (missing.length > 0) {
    leftOut.push(`${name} (${missing.join(', ')} not found)`);
    continue;
  }
  console.log(`\n== ${name}`);
  const works = runs().every((run) => {
    const { command, args = [], shell = false } = typeof run === 'function' ? run() : run;
    return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell }).status === 0;
  });
  (works ? passed : failed).push(name);
}
rmSync(data, { recursive: true, force: true });

console.log(`\nPassed: ${passed.join(', ') || 'none'}`);
console.log(`FAILED: ${failed.join(', ') || 'none'}`);
console.log(`LEFT OUT: ${leftOut.join(', ') || 'none'}`);
process.exitCode = failed.length > 0 ? 1 : 0;
