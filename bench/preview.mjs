// npm run bench, second part: from saving a file to seeing the page, over 50 edits of the whole edition. Prints; asserts nothing.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkContent } from '../dist/content/check.js';
import { readWorkingTree } from '../dist/content/source/source.js';
import { ParsedFiles } from '../dist/content/yaml/parsed-files.js';
import { PreviewDocument } from '../dist/preview/document.js';
import { documentData } from '../dist/render/data.js';
import { Renderer } from '../dist/render/renderer.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'shisakushu-bench-'));
const content = join(work, 'content');
cpSync(join(root, 'content'), content, { recursive: true });
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

const edits = 50;
const field = /^( {4}内容: )([^|\n].*)$/m;
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const at = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const line = (name, values) =>
  console.log(
    `${name.padEnd(44)} p50 ${at(values, 0.5).toFixed(0).padStart(5)} ms   p95 ${at(values, 0.95).toFixed(0).padStart(5)} ms`,
  );

/** The measures that stand on one page of 個票, in its middle. */
function measuresOnAPage(plan) {
  const page = plan.pages.filter(({ part }) => part === '個票')[13];
  const files = [...new Set(page.cells.map(({ file }) => file))].filter((file) =>
    field.test(readFileSync(join(content, file), 'utf8')),
  );
  return { page, files };
}

function save(file, run) {
  const path = join(content, file);
  const text = originals.get(path) ?? readFileSync(path, 'utf8');
  originals.set(path, text);
  writeFileSync(path, text.replace(field, `$1試験${run} $2`));
}
const originals = new Map();

/** Check and compile alone, in this process: what a save costs besides waiting and drawing. */
async function measureStages() {
  const renderer = new Renderer({ pieces: true });
  const document = new PreviewDocument((request) => renderer.piece(request));
  const parsed = new ParsedFiles();
  const plan = async (times) => {
    const start = performance.now();
    const { edition, holds } = checkContent(readWorkingTree(content), parsed);
    const data = documentData(edition, { whole: true });
    const checked = performance.now();
    const planned = await document.plan(data, holds);
    times?.check.push(checked - start);
    return { planned, checked };
  };
  const start = performance.now();
  let { planned } = await plan();
  console.log(`first plan of ${planned.pages.length} pages: ${(performance.now() - start).toFixed(0)} ms`);
  const { page, files } = measuresOnAPage(planned);
  await document.vector(page);
  const times = { check: [], compile: [] };
  for (let run = 0; run < edits; run += 1) {
    save(files[run % files.length], run);
    const next = await plan(times);
    planned = next.planned;
    await document.vector(planned.pages[page.number - 1]);
    times.compile.push(performance.now() - next.checked);
  }
  await renderer.close();
  line('check', times.check);
  line('compile (measure, lay out, vector)', times.compile);
  return { number: page.number, files };
}

/** The resident memory of a process in MiB; undefined where /proc is not. */
function memory(pid) {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
  const found = /VmRSS:\s+(\d+) kB/.exec(status);
  return found ? Number(found[1]) / 1024 : undefined;
}

async function measureScreen({ number, files }) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const start = performance.now();
  const server = spawn(process.execPath, [join(root, 'dist/cli.js'), 'preview', '--no-open', '--port', '0'], {
    cwd: work,
  });
  const address = await new Promise((resolve) => {
    server.stdout.on('data', (chunk) => {
      const found = /http:\S+/.exec(String(chunk));
      if (found) resolve(found[0]);
    });
  });
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForSelector('.page[data-drawn]');
  console.log(`first view after the command: ${(performance.now() - start).toFixed(0)} ms`);
  const view = page.locator('.page').nth(number - 1);
  await view.scrollIntoViewIfNeeded();
  await page.waitForFunction((index) => document.querySelectorAll('.page')[index].dataset.drawn, number - 1);
  await sleep(2000);
  const times = [];
  for (let run = 0; run < edits; run += 1) {
    await view.evaluate((root) => {
      window.seen = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
        });
        observer.observe(root, { attributes: true, attributeFilter: ['data-drawn'] });
      });
    });
    const saved = performance.timeOrigin + performance.now();
    save(files[run % files.length], `${run}番`);
    times.push((await page.evaluate(() => window.seen)) - saved);
    await sleep(250);
  }
  line(`save → changed page on screen, ${edits} edits`, times);

  const rss = [];
  for (let thousand = 1; thousand <= 2; thousand += 1) {
    for (let run = 0; run < 1000; run += 1) {
      save(files[run % files.length], `${thousand}の${run}番`);
      if (run % 4 === 0) await sleep(1);
    }
    const last = `試験${thousand}の999番`;
    await page.waitForFunction(
      (text) => [...document.querySelectorAll('.cell')].some((cell) => cell.textContent.startsWith(text)),
      last,
    );
    await sleep(1000);
    rss.push(memory(server.pid));
  }
  console.log(
    `2 × 1,000 saves end on the last one; RSS ${rss.map((size) => `${size?.toFixed(0)} MiB`).join(' → ')} (${(rss[1] / rss[0]).toFixed(2)} ×)`,
  );
  await browser.close();
  server.kill('SIGINT');
}

try {
  const scripts = readdirSync(join(root, 'dist/preview/page'), { recursive: true }).filter((name) =>
    name.endsWith('.js'),
  );
  const sizes = scripts.map((name) => gzipSync(readFileSync(join(root, 'dist/preview/page', name))).length);
  console.log(
    `the page's own JavaScript: ${(sizes.reduce((sum, size) => sum + size, 0) / 1000).toFixed(1)} kB gzipped`,
  );
  const page = await measureStages();
  if (existsSync(chromiumPath)) await measureScreen(page);
  else console.log(`no Chromium at ${chromiumPath} ($CHROMIUM): the screen was not measured`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
