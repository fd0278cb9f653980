// The preview as its user has it: from the command to the first page, and from a save to the changed page on the screen.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { cli, content, median, quantile, root, run, work } from '../lib/processes.mjs';
import { ratio } from '../lib/table.mjs';
import { yardstickCommand } from '../lib/yardstick.mjs';

const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const views = 7;
const edits = 50;
const field = /^( {4}内容: )([^|\n].*)$/m;
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function* rows() {
  const scripts = readdirSync(join(root, 'dist/preview/page'), { recursive: true }).filter((name) =>
    name.endsWith('.js'),
  );
  const packed = scripts.map((name) => gzipSync(readFileSync(join(root, 'dist/preview/page', name))).length);
  const size = packed.reduce((sum, one) => sum + one, 0) / 1000;
  yield { figure: "the page's own JavaScript, gzipped", result: size, unit: 'kB' };
  if (!existsSync(chromiumPath)) {
    console.log(`no Chromium at ${chromiumPath} ($CHROMIUM): the screen was not measured`);
    return;
  }
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  try {
    const folder = join(work, 'content-previewed');
    cpSync(content, folder, { recursive: true });
    const command = yardstickCommand(content);
    const [first, yardstick] = [[], []];
    for (let view = 0; view < views; view += 1) {
      yardstick.push(run(command).ms);
      await opened(browser, folder, ({ ms }) => first.push(ms));
    }
    const base = { ms: median(yardstick) };
    yield ratio('first view / yardstick', { ms: median(first) }, base, { reach: 0.9, aim: 0.7 });

    const { times, memory } = await opened(browser, folder, (view) => edit(view, folder));
    const percentile = (share) => ({ ms: quantile(times, share) });
    yield ratio('save → pixels p95 / yardstick', percentile(0.95), base, { reach: 0.16, aim: 0.12 });
    yield ratio('save → pixels p50 / yardstick', percentile(0.5), base);
    yield { figure: `memory of the server after ${edits} edits`, result: memory / 1e6, unit: 'MB' };
  } finally {
    await browser.close();
  }
}

/** Starts the preview of `folder`, looks at it and hands on what is there; ms: until its first page is drawn. */
async function opened(browser, folder, look) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const start = performance.now();
  const server = spawn(process.execPath, [cli, 'preview', '--no-open', '--port', '0', '--content', folder], {
    cwd: work,
  });
  try {
    const address = await new Promise((resolve) => {
      server.stdout.on('data', (chunk) => {
        const found = /http:\S+/.exec(String(chunk));
        if (found) resolve(found[0]);
      });
    });
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForSelector('.page[data-drawn]');
    return await look({ server, page, ms: performance.now() - start });
  } finally {
    await page.close();
    server.kill('SIGINT');
    await once(server, 'exit');
  }
}

/** Edits what stands on a page in the middle of 個票; ms of each save until the page is changed on the screen. */
async function edit({ server, page }, folder) {
  const text = (file) => readFileSync(join(folder, file), 'utf8');
  const { number, files } = await page.evaluate(pageOfSheets);
  // Not the last ones: an edit may take a line more, and what stands at the end would go over to the next page.
  const edited = files
    .slice(0, Math.ceil(files.length / 2))
    .filter((file) => field.test(text(file)))
    .map((file) => [join(folder, file), text(file)]);
  const view = page.locator('.page').nth(number - 1);
  await view.scrollIntoViewIfNeeded();
  await page.waitForFunction((index) => document.querySelectorAll('.page')[index].dataset.drawn, number - 1);
  await sleep(2000);
  const times = [];
  for (let turn = 0; turn < edits; turn += 1) {
    await view.evaluate((root) => {
      window.seen = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error('the page did not change')), 20_000);
        const observer = new MutationObserver(() => {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
        });
        observer.observe(root, { attributes: true, attributeFilter: ['data-drawn'] });
      });
    });
    const [path, before] = edited[turn % edited.length];
    const saved = performance.timeOrigin + performance.now();
    writeFileSync(path, before.replace(field, `$1試験${turn}番 $2`));
    times.push((await page.evaluate(() => window.seen)) - saved);
    await sleep(250);
  }
  return { times, memory: memoryOf(server.pid) };
}

/** In the browser: a page in the middle of 個票 and the files of the measures on it. */
async function pageOfSheets() {
  const events = new EventSource('/events');
  const pages = await new Promise((resolve) => {
    events.addEventListener('state', ({ data }) => {
      const sheets = JSON.parse(data).pages.filter(({ part }) => part === '個票');
      if (sheets.length > 0) resolve(sheets);
    });
  });
  events.close();
  const { key, number } = pages[Math.floor(pages.length / 2)];
  const { cells } = await (await fetch(`/pages/${key}.json`)).json();
  // A 再掲 shows other cells of its target.
  const own = cells.filter(({ path }) => path.at(-1) === '内容');
  return { number, files: [...new Set(own.map(({ file }) => file))] };
}

/** Resident bytes of a process; 0 where /proc is not. */
function memoryOf(pid) {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
