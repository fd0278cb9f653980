// node tests/survive.mjs [EDIT…] [-- ARGUMENT OF VITEST…]: whether the tests outlive what a city does to its content. In a clone of this repository
// each edit is made on the content as it is committed, its schemas are written anew, and all tests run. What is edited is
// taken from the content that is there. Not part of npm test: it runs all tests once for each edit.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'shisakushu-survive-'));
const clone = join(work, 'clone');
const git = (...args) => execFileSync('git', args, { cwd: clone, encoding: 'utf8' });

const path = (file) => join(clone, 'content', file);
const textOf = (file) => readFileSync(path(file), 'utf8');
const measure = (id) => `measures/${id}.yaml`;
function edit(file, pattern, replacement) {
  const before = textOf(file);
  const after = before.replace(pattern, replacement);
  if (after === before) throw new Error(`${file} has no ${pattern}`);
  writeFileSync(path(file), after);
}
const inAll = (pattern, replacement) => {
  for (const name of readdirSync(path('measures'))) {
    const file = path(`measures/${name}`);
    writeFileSync(file, readFileSync(file, 'utf8').replace(pattern, replacement));
  }
};
const edition = () => parse(textOf('edition.yaml'));
const parts = (id) => id.split('-').map(Number);
const groupOf = (id) => id.slice(0, id.lastIndexOf('-'));
const files = () =>
  readdirSync(path('measures'))
    .map((name) => parse(textOf(`measures/${name}`)))
    .sort(({ 番号: a }, { 番号: b }) => {
      const [one, other] = [parts(a), parts(b)];
      return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
    });
const schema = () => execFileSync(process.execPath, ['dist/cli.js', 'schema'], { cwd: clone });

const edits = {
  'two-budgets': () => {
    const amount = /^( {4}予算額: )(\d+)$/m;
    const [one, , other] = files().filter(({ 番号 }) => amount.test(textOf(measure(番号))));
    for (const { 番号 } of [one, other])
      edit(measure(番号), amount, (_, key, figure) => `${key}${Number(figure) + 1357}`);
  },
  'reprint-added': () => {
    // At the end of the second 中項目, a 再掲 of a measure of the first one.
    const [first, second] = [...new Set(files().map(({ 番号 }) => groupOf(番号)))];
    const target = files().filter(({ 番号, 再掲 }) => groupOf(番号) === first && !再掲)[1];
    const count = files().filter(({ 番号 }) => groupOf(番号) === second).length;
    const id = `${second}-${count + 1}`;
    writeFileSync(
      path(measure(id)),
      `# yaml-language-server: $schema=../measure.schema.json\n番号: ${id}\n区分: ${target.区分}\n再掲: ${target.番号}\n`,
    );
  },
  'measure-deleted': () => {
    const all = files();
    const targets = all.map(({ 再掲 }) => 再掲);
    const behind = (id) =>
      all.map(({ 番号 }) => 番号).filter((one) => groupOf(one) === groupOf(id) && parts(one)[2] > parts(id)[2]);
    // Best one behind which a measure has a 再掲.
    const free = all.filter(({ 番号, 再掲 }) => !再掲 && !targets.includes(番号) && behind(番号).length > 0);
    const { 番号: gone } = free.find(({ 番号 }) => behind(番号).some((id) => targets.includes(id))) ?? free[0];
    rmSync(path(measure(gone)));
    for (const id of behind(gone)) {
      const fresh = `${groupOf(id)}-${parts(id)[2] - 1}`;
      renameSync(path(measure(id)), path(measure(fresh)));
      edit(measure(fresh), /^番号: .*$/m, `番号: ${fresh}`);
      inAll(new RegExp(`^再掲: ${id}$`, 'm'), `再掲: ${fresh}`);
    }
  },
  'section-renamed': () => {
    const count = new Map();
    for (const { 担当課 } of files()) for (const name of 担当課 ?? []) count.set(name, (count.get(name) ?? 0) + 1);
    const [name] = [...count].sort(([, a], [, b]) => b - a).find(([one]) => !/[()・]/.test(one));
    const whole = new RegExp(`${name}(?=[\\],、\\n])`, 'g');
    edit('organization.yaml', whole, `新しい${name}`);
    inAll(whole, `新しい${name}`);
  },
  'revised-later': () => edit('edition.yaml', /^改定: .*$/m, '改定: 令和10年11月15日'),
  'plan-added': () => edit('edition.yaml', /^(関連計画: \[.*)\]$/m, '$1, みどりの計画]'),
  'year-rolled': () => {
    const { 年度: years, '現状・実績・目標': indicators } = edition();
    const following = (year) => year.replace(/\d+/, (number) => Number(number) + 1);
    const fresh = [...years.slice(1), following(years.at(-1))];
    edit('edition.yaml', /^年度: .*$/m, `年度: [${fresh.join(', ')}]`);
    const rolled = Object.entries(indicators).map(([label, year]) => `${label}: ${following(year)}`);
    edit('edition.yaml', /^現状・実績・目標: .*$/m, `現状・実績・目標: { ${rolled.join(', ')} }`);
    const first = new RegExp(`^ {2}${years[0]}:.*\\n(?: {3,}.*\\n| *\\n)*`, 'm');
    // A text may have lines that look like years: only those of スケジュール are.
    inAll(/^スケジュール:\n(?: +.*\n| *\n(?= ))*/m, (all) => `${all.replace(first, '')}  ${fresh.at(-1)}: {}\n`);
  },
};

edits['all-at-once'] = Object.values(edits).reduce(
  (before, edit) => () => {
    before();
    edit();
  },
  () => {},
);

const given = process.argv.slice(2);
const border = given.includes('--') ? given.indexOf('--') : given.length;
const [wanted, handedOn] = [given.slice(0, border), given.slice(border + 1)];
const failed = [];
try {
  execFileSync('git', ['clone', '-q', root, clone]);
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  execFileSync('npm', ['run', '--silent', 'prepare'], { cwd: clone });
  for (const [name, change] of Object.entries(edits).filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
    git('checkout', '-q', '--', 'content');
    git('clean', '-q', '-f', 'content');
    change();
    schema();
    const changed = git('status', '--porcelain', 'content').trim().split('\n').length;
    const started = Date.now();
    const { status, stdout, stderr } = spawnSync('npx', ['vitest', 'run', '--reporter=dot', ...handedOn], {
      cwd: clone,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    console.log(
      `${status === 0 ? 'green' : 'RED  '} ${name}: ${changed} files, ${Math.round((Date.now() - started) / 1000)} s`,
    );
    if (status === 0) continue;
    failed.push(name);
    console.log(stderr.slice(-20_000), stdout.slice(-2_000));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
if (failed.length > 0) process.exitCode = 1;
