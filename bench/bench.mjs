// npm run bench: figures and ratios, measured side by side in one run. Prints; asserts nothing.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { ContentCache } from '../dist/annexes/checked-edition.js';
import { build } from '../dist/build.js';
import { write } from '../dist/commands/build.js';
import { checkContent } from '../dist/content/check.js';
import { readWorkingTree } from '../dist/content/source/source.js';
import { documentData } from '../dist/render/data.js';
import { Renderer } from '../dist/render/renderer.js';
import { withAnnexes } from '../scripts/with-annexes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'shisakushu-bench-'));
const content = join(root, 'content');

/** The edition `times` over: 大項目 1–5 again as 6–10, and so on. */
function replicate(times) {
  const folder = join(work, `content-x${times}`);
  cpSync(content, folder, { recursive: true });
  const structure = readFileSync(join(content, 'structure.yaml'), 'utf8');
  const [head, ...categories] = structure.split(/^(?= {2}- 番号:)/m);
  const count = categories.length;
  const shift = (text, by) => text.replace(/(番号: )(\d+)/g, (_, key, number) => `${key}${Number(number) + by}`);
  let whole = head;
  for (let copy = 0; copy < times; copy++) {
    whole += categories.map((category) => shift(category, copy * count)).join('');
    if (copy === 0) continue;
    for (const file of readdirSync(join(content, 'measures'))) {
      const text = readFileSync(join(content, 'measures', file), 'utf8').replace(
        /^(番号|再掲): (\d+)/gm,
        (_, key, number) => `${key}: ${Number(number) + copy * count}`,
      );
      const id = /^番号: (\S+)/m.exec(text)[1];
      writeFileSync(join(folder, 'measures', `${id}.yaml`), text);
    }
  }
  writeFileSync(join(folder, 'structure.yaml'), whole);
  return folder;
}

/** Templates with the data of `folder` beside them, for raw Typst. */
function rawInput(folder) {
  const { edition, diagnostics } = checkContent(readWorkingTree(folder));
  if (!edition) throw new Error(`the content has errors: ${JSON.stringify(diagnostics[0])}`);
  const templates = join(work, `templates-${statSync(join(folder, 'measures')).ino}`);
  cpSync(join(root, 'templates'), templates, { recursive: true });
  writeFileSync(join(templates, 'data.json'), JSON.stringify(documentData(edition, { whole: true })));
  return templates;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Median ms of each command, the commands taken in turn so that a slow moment hits all alike. */
function timeCommands(commands, runs) {
  const times = commands.map(() => []);
  for (let run = 0; run < runs; run++)
    for (const [index, command] of commands.entries()) {
      const start = performance.now();
      execFileSync(process.execPath, command, { stdio: 'ignore', cwd: root });
      times[index].push(performance.now() - start);
    }
  return times.map(median);
}

const line = (name, milliseconds, ratio) =>
  console.log(
    `${name.padEnd(44)} ${milliseconds.toFixed(0).padStart(7)} ms${ratio === undefined ? '' : `   ${ratio.toFixed(2)} × raw Typst`}`,
  );

function measure(folder, label, runs) {
  const templates = rawInput(folder);
  const out = join(work, 'out');
  const [raw, cold, check] = timeCommands(
    [
      ['bench/raw.mjs', templates, join(root, 'fonts'), join(work, 'raw.pdf')],
      ['dist/cli.js', 'build', '--content', folder, '--out', out],
      ['dist/cli.js', 'check', '--content', folder],
    ],
    runs,
  );
  console.log(`\n${label}`);
  line('raw Typst (whole process)', raw);
  line('build (whole process)', cold, cold / raw);
  line('check (whole process)', check, check / raw);
  return { raw, cold };
}

/** Two commits of the edition in a repository of their own; the second changes 30 measures. */
function twoRefs() {
  const repository = join(work, 'repository');
  cpSync(content, join(repository, 'content'), { recursive: true });
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', ...args], {
      cwd: repository,
    });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'base');
  const folder = join(repository, 'content', 'measures');
  const files = readdirSync(folder).filter((file) => /^取組内容: /m.test(readFileSync(join(folder, file), 'utf8')));
  for (const file of files.slice(0, 30)) {
    const text = readFileSync(join(folder, file), 'utf8');
    const changed = text
      .replace(/、/, '、また')
      .replace(/予算額: (\d+)/, (_, amount) => `予算額: ${Number(amount) + 100}`);
    writeFileSync(join(folder, file), changed);
  }
  git('commit', '-q', '-a', '-m', 'head');
  return repository;
}

/** Whole processes, taken in turn with a cold build. */
function measureDiff(runs) {
  const repository = twoRefs();
  const cli = join(root, 'dist/cli.js');
  const where = ['--content', join(repository, 'content')];
  const [cold, ...times] = timeCommands(
    [
      [cli, 'build', ...where, '--out', join(work, 'out-diff')],
      [cli, 'diff', 'HEAD~1', 'HEAD', ...where],
      [cli, 'diff', 'HEAD', 'HEAD', ...where],
    ],
    runs,
  );
  console.log('\nComparison of two refs (whole process)');
  for (const [index, name] of ['diff, 30 measures changed', 'diff, nothing changed'].entries())
    console.log(
      `${name.padEnd(44)} ${times[index].toFixed(0).padStart(7)} ms   ${(times[index] / cold).toFixed(2)} × cold build`,
    );
}

try {
  measureDiff(5);
  const one = measure(content, '×1', 7);
  const file = readdirSync(join(work, 'out')).find((name) => name.endsWith('.pdf'));
  console.log(`PDF ${(statSync(join(work, 'out', file)).size / 1024).toFixed(0)} KiB`);

  const renderer = new Renderer();
  const copy = replicate(1);
  const out = join(work, 'watch');
  mkdirSync(out);
  const cache = new ContentCache();
  const first = await build({ content: copy, renderer, cache });
  console.log('\nStages of a first build in one process (compile and export are parts of render)');
  for (const [step, time] of Object.entries(first.times)) line(`  ${step}`, time);
  const edited = join(copy, 'measures', readdirSync(join(copy, 'measures'))[0]);
  const original = readFileSync(edited, 'utf8');
  const rebuilds = [];
  for (let run = 0; run < 9; run++) {
    writeFileSync(edited, original.replace(/^取組: .*/m, `取組: 試験${run}`));
    const start = performance.now();
    const rebuilt = await build({ content: copy, renderer, cache });
    write(rebuilt, out);
    rebuilds.push({ whole: performance.now() - start, ...rebuilt.times });
  }
  await renderer.close();
  console.log('\nRebuild after a one-field edit (as in watch)');
  for (const step of Object.keys(rebuilds[0])) line(`  ${step}`, median(rebuilds.map((times) => times[step])));
  console.log(`${(median(rebuilds.map(({ whole }) => whole)) / one.cold).toFixed(2)} × cold build`);

  const compiler = NodeCompiler.create({ workspace: join(root, 'bench') });
  const annex = compiler.compile({ mainFilePath: join(root, 'bench/annex.typ') }).result;
  writeFileSync(join(work, 'annex.pdf'), compiler.pdf(annex, {}));
  const annexed = join(work, 'content-annexed');
  withAnnexes(content, annexed, [join(work, 'annex.pdf')]);
  const builds = [content, annexed].map((folder) => [
    'dist/cli.js',
    'build',
    '--content',
    folder,
    '--out',
    join(work, 'a'),
  ]);
  const [bare, merged] = timeCommands(builds, 7);
  console.log(`\nAn annex of ${annex.numOfPages} tagged pages`);
  line('build without', bare);
  line('build with', merged);
  line('merging it: the difference', merged - bare);

  const revised = join(work, 'revised');
  execFileSync(process.execPath, ['scripts/revise.mjs', revised], { cwd: root });
  const papers = [
    ['build', ['dist/cli.js', 'build', '--out', join(work, 'out')]],
    ['新旧対照表', ['bench/paper.mjs', 'beforeAfterPaper', content, revised]],
    ['見え消し', ['bench/paper.mjs', 'markupPaper', content, revised]],
    ['diff --pdf (both)', ['dist/cli.js', 'diff', content, revised, '--pdf', '--out', join(work, 'papers')]],
    ['diff --pages', ['dist/cli.js', 'diff', content, revised, '--pages', join(work, 'pages')]],
  ];
  const paperTimes = timeCommands(
    papers.map(([, command]) => command),
    5,
  );
  console.log('\nPapers of a revision that touches 30 measures (whole processes)');
  for (const [index, [name]] of papers.entries())
    console.log(
      `${name.padEnd(44)} ${paperTimes[index].toFixed(0).padStart(7)} ms   ${(paperTimes[index] / paperTimes[0]).toFixed(2)} × build`,
    );

  const ten = measure(replicate(10), '×10', 3);
  console.log(
    `build ×10 / ×1: ${(ten.cold / one.cold).toFixed(1)};  raw Typst ×10 / ×1: ${(ten.raw / one.raw).toFixed(1)}`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
