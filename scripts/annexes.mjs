// node scripts/annexes.mjs [--out FOLDER] [--jobs N] PDF|FOLDER …: merges each PDF, alone and with a 代替テキスト, into the
// invented city of tests/, and prints what became of them: built, refused with which code, invalid by veraPDF, letters
// that two readers no longer find, pages that look otherwise, time and memory. What was written stays in FOLDER, with
// results.json. Exits 1 when something is invalid, lost, changed, crashed or too slow. docs/annexes.md names collections.
import { fork, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { classPath, flavours, validate } from './verapdf.mjs';

const slowest = 10_000; // ms
const hung = 120_000; // ms
const largest = 1024; // MB
const compared = 40; // pages

if (process.argv[2] === '--worker') await work();
else await main();

async function main() {
  const { values, positionals } = parseArgs({
    options: { out: { type: 'string', default: join(tmpdir(), 'annexes') }, jobs: { type: 'string', default: '2' } },
    allowPositionals: true,
  });
  const out = values.out;
  mkdirSync(out, { recursive: true });
  const files = positionals.flatMap(pdfsOf);
  const tasks = files.map((file, index) => ({ file, index, name: `${index}-${basename(file)}`.slice(-120) }));
  const waiting = [...tasks];
  const results = [];
  await Promise.all(Array.from({ length: Number(values.jobs) }, () => worker(waiting, out, results)));
  results.sort((a, b) => a.index - b.index);
  const built = results.filter(({ status }) => status === 'built');
  const jars = classPath();
  for (let from = 0; from < built.length; from += 200) {
    const batch = built.slice(from, from + 200);
    const paths = batch.map(({ name }) => join(out, name));
    const reports = await Promise.all(Object.keys(flavours).map((flavour) => validate(jars, flavour, paths)));
    for (const [place, result] of batch.entries())
      result.rules = Object.keys(flavours).flatMap((flavour, index) => {
        const details = reports[index][place]?.validationResult?.[0]?.details;
        if (!details) return [`${flavour} not read`];
        return (details.ruleSummaries ?? []).map(({ clause, testNumber }) => `${flavour} ${clause}-${testNumber}`);
      });
  }
  writeFileSync(join(out, 'results.json'), JSON.stringify(results, undefined, 1));
  process.exitCode = print(results) ? 1 : 0;
}

function pdfsOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => (/\.pdf$/i.test(name) ? [join(path, name)] : []));
}

/** Prints the table; true when something is wrong. */
function print(results) {
  const folders = Map.groupBy ? Map.groupBy(results, ({ file }) => dirname(file)) : grouped(results);
  const wrong = {
    invalid: ({ rules }) => (rules ?? []).length > 0,
    lost: ({ lost }) => (lost ?? []).length > 0,
    changed: ({ changed, excused }) => (changed ?? []).length > 0 && !excused,
    crashed: ({ status }) => status === 'crashed' || status === 'hung',
    slow: ({ ms, rss }) => ms > slowest || rss > largest,
  };
  const unseen = results.filter((result) => result.unseen > 0).length;
  if (unseen > 0) console.log(`${unseen} files that PDFium cannot show before are not compared by their pixels`);
  const columns = ['files', 'built', 'refused', ...Object.keys(wrong)];
  console.log(columns.map((column) => column.padStart(8)).join(''), ' collection');
  for (const [folder, members] of [...folders, ['all', results]]) {
    const count = (test) => members.filter(test).length;
    const figures = [
      members.length,
      count(({ status }) => status === 'built'),
      count(({ status }) => status === 'refused'),
      ...Object.values(wrong).map(count),
    ];
    console.log(figures.map((figure) => String(figure).padStart(8)).join(''), ` ${folder}`);
  }
  const tally = new Map();
  for (const { codes } of results) for (const code of new Set(codes ?? [])) tally.set(code, (tally.get(code) ?? 0) + 1);
  for (const [code, count] of [...tally].sort(([, a], [, b]) => b - a))
    console.log(String(count).padStart(8), ` ${code}`);
  let failed = false;
  for (const [kind, test] of Object.entries(wrong))
    for (const result of results.filter(test)) {
      failed = true;
      const { file, rules, lost, changed, ms, rss, error } = result;
      const what = { invalid: rules, lost, changed, crashed: error ?? 'hung', slow: `${ms} ms, ${rss} MB` }[kind];
      console.log(`${kind}: ${file}: ${String(what).slice(0, 300)}`);
    }
  return failed;
}

function grouped(results) {
  const groups = new Map();
  for (const result of results) groups.set(dirname(result.file), [...(groups.get(dirname(result.file)) ?? []), result]);
  return groups;
}

/** Gives one task after another to a process of its own, a new one when it dies or hangs. */
async function worker(waiting, out, results) {
  let child;
  for (let task = waiting.shift(); task; task = waiting.shift()) {
    child ??= fork(fileURLToPath(import.meta.url), ['--worker', out], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let errors = '';
    const listen = (chunk) => {
      errors += chunk;
    };
    child.stderr.on('data', listen);
    const answer = await new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ status: 'hung', ms: hung }), hung);
      const ended = (code) => resolve({ status: 'crashed', error: `exit ${code} ${errors.slice(-1000)}` });
      child.once('exit', ended);
      child.once('message', (message) => {
        clearTimeout(timer);
        child.off('exit', ended);
        resolve(message);
      });
      child.send(task);
    });
    child.stderr.off('data', listen);
    if (answer.status === 'hung' || answer.status === 'crashed' || answer.rss > 700) {
      child.removeAllListeners();
      child.kill('SIGKILL');
      child = undefined;
    }
    results.push({ ...task, ...answer });
    if (results.length % 100 === 0) console.error(`${results.length} …`);
  }
  child?.kill();
}

async function work() {
  const [
    { readProven },
    { checkContent },
    { readWorkingTree },
    { documentData },
    { Renderer },
    { drawBook, DrawnChunks },
  ] = await Promise.all([
    import('../dist/annexes/proof/proof.js'),
    import('../dist/content/check.js'),
    import('../dist/content/source/source.js'),
    import('../dist/render/data.js'),
    import('../dist/book/renderer.js'),
    import('../dist/book/draw.js'),
  ]);
  const [{ writeAnnexes }, { documentOf }, { bookmarks }, { pageLabels }] = await Promise.all([
    import('../dist/assemble/annexes/write.js'),
    import('../dist/book/document.js'),
    import('../dist/assemble/outline.js'),
    import('../dist/assemble/labels.js'),
  ]);
  const readers = await readersOf();
  const out = process.argv[3];
  const provenance = { plan: '', title: '', revised: '', parts: '', content: '', fonts: '', tool: '' };
  const { edition } = checkContent(readWorkingTree(fileURLToPath(new URL('../tests/city', import.meta.url))));
  const renderer = new Renderer();
  const drawn = new DrawnChunks(); // every document has the same cover

  async function become({ file, name }) {
    const bytes = readFileSync(file);
    const start = performance.now();
    const { annex, problems } = await readProven(bytes, '別冊の紙面');
    const read = performance.now() - start;
    const codes = problems.map(({ severity, code }) => `${severity} ${code}`);
    const told = problems.map(({ code, actual }) => `${code} ${actual ?? ''}`);
    if (!annex || problems.some(({ severity }) => severity === 'error'))
      return { status: 'refused', codes, told, ms: Math.round(read) };
    const data = documentData(
      { ...edition, parts: ['表紙', { annex: 'a', title: '別冊' }] },
      { whole: true },
      new Map([['a', annex]]),
    );
    const { sections } = await drawBook({ data, renderer, drawn });
    const merged = performance.now();
    const pdf = documentOf(sections, writeAnnexes(new Map([['a', annex]])), (joined) => ({
      title: `${data.book.planName} ${data.book.title}`,
      author: data.book.publisher,
      bookmarks: bookmarks(data, joined.bookmarks),
      labels: pageLabels(data, joined.labels, 1 + annex.pages.length),
      attachments: [],
      date: data.book.date,
      provenance,
    }));
    const ms = Math.round(read + performance.now() - merged);
    writeFileSync(join(out, name), pdf);
    const rss = Math.round(process.memoryUsage.rss() / 1024 / 1024);
    const pages = Math.min(annex.pages.length, compared);
    const [before, after] = [await readers(bytes, 0, pages), await readers(pdf, 1, pages)];
    const lost = [];
    const changed = [];
    // poppler reads annotations too: where these are told to be left out, its letters are no measure.
    const measures = codes.some((code) => /annex-(annotation|form)$/.test(code)) ? ['pdfjs'] : ['pdfjs', 'poppler'];
    for (let page = 0; page < pages; page += 1) {
      for (const reader of measures) {
        const missing = lostLetters(before[page]?.[reader], after[page]?.[reader]);
        if (missing !== '') lost.push(`${reader} p. ${page + 1}: ${missing}`);
      }
      if (after[page]?.failed && !before[page]?.failed) changed.push(`PDFium fails: ${after[page].failed}`);
      const share = difference(before[page]?.pixels, after[page]?.pixels);
      if (share !== 0) changed.push(`p. ${page + 1}: ${share}`);
    }
    const excused = codes.some((code) => /annex-(cmyk|smoothing|font-replaced|annotation|form)$/.test(code));
    const unseen = before.filter(({ pixels }) => !pixels).length;
    return { status: 'built', codes, told, ms, rss, lost, changed, excused, unseen };
  }

  process.on('message', async (task) => {
    try {
      process.send(await become(task));
    } catch (error) {
      process.send({ status: 'crashed', error: error.stack });
    }
  });
}

/** Letters that the first text has oftener than the second; what no reader could read is none. */
function lostLetters(before = '', after = '') {
  const counts = new Map();
  for (const letter of after.normalize('NFKC')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let lost = '';
  for (const letter of before.normalize('NFKC')) {
    if (/[\s\p{C}\ufffd]/u.test(letter)) continue;
    const left = counts.get(letter) ?? 0;
    if (left === 0) lost += letter;
    else counts.set(letter, left - 1);
  }
  return lost.slice(0, 60);
}

/** Pixels that differ by more than rounding. */
function difference(before, after) {
  if (!before || !after) return 0; // what cannot be shown before is no measure
  if (before.width !== after.width || before.height !== after.height)
    return `${before.width} × ${before.height} px became ${after.width} × ${after.height}`;
  let count = 0;
  for (let at = 0; at < before.data.length; at += 1) if (Math.abs(before.data[at] - after.data[at]) > 8) count += 1;
  return count;
}

/** What readers make of `count` pages from `first` on: texts by pdf.js and poppler, pixels without annotations by PDFium. */
async function readersOf() {
  const work = mkdtempSync(join(tmpdir(), 'annexes-'));
  process.on('exit', () => rmSync(work, { recursive: true }));
  const { push } = Array.prototype;
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  Array.prototype.push = push;
  const { PDFiumLibrary } = await import('@hyzyla/pdfium');
  const { createRequire } = await import('node:module');
  const require = createRequire(import.meta.url);
  const folder = `${dirname(require.resolve('pdfjs-dist/package.json'))}/`;
  const binary = readFileSync(require.resolve('@hyzyla/pdfium/pdfium.wasm'));
  const library = () =>
    PDFiumLibrary.init({ wasmBinary: binary.buffer.slice(binary.byteOffset, binary.byteOffset + binary.byteLength) });

  const byPdfjs = async (bytes, first, count) => {
    const texts = [];
    const pdf = await pdfjs.getDocument({
      data: new Uint8Array(bytes),
      verbosity: 0,
      cMapUrl: `${folder}cmaps/`,
      cMapPacked: true,
      standardFontDataUrl: `${folder}standard_fonts/`,
    }).promise;
    try {
      for (let page = 0; page < count; page += 1)
        try {
          const { items } = await (await pdf.getPage(first + page + 1)).getTextContent();
          texts.push(items.map(({ str }) => str ?? '').join(''));
        } catch {
          texts.push('');
        }
    } finally {
      await pdf.destroy();
    }
    return texts;
  };
  const byPoppler = async (bytes, first, count) => {
    const path = join(work, 'read.pdf');
    writeFileSync(path, bytes);
    const { status, stdout, error } = spawnSync(
      'pdftotext',
      ['-q', '-f', String(first + 1), '-l', String(first + count), '-enc', 'UTF-8', path, '-'],
      { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 30_000 },
    );
    if (error) throw error;
    return status === 0 ? stdout.split('\f') : [];
  };
  const byPdfium = async (bytes, first, count) => {
    const pdfium = await library();
    const document = await pdfium.loadDocument(new Uint8Array(bytes));
    const results = [];
    for (let index = 0; index < count; index += 1) {
      const page = document.getPage(first + index);
      const module = page.module;
      if (!module.plain) {
        module.plain = module._FPDF_RenderPageBitmap;
        module._FPDF_RenderPageBitmap = (...args) => module.plain(...args.slice(0, 7), args[7] & ~1);
      }
      const { width, height } = page.getSize({ scale: 1 });
      const scale = Math.min(1, 1500 / Math.max(width, height));
      const pixels = await page.render({ scale, render: 'bitmap' });
      results.push(pixels);
    }
    document.destroy();
    pdfium.destroy();
    return results;
  };
  return async (bytes, first, count) => {
    const read = async (reader) => {
      try {
        return await reader(bytes, first, count);
      } catch (error) {
        return error.message;
      }
    };
    const [texts, others, drawn] = [await read(byPdfjs), await read(byPoppler), await read(byPdfium)];
    return Array.from({ length: count }, (_, index) => ({
      pdfjs: typeof texts === 'string' ? '' : texts[index],
      poppler: typeof others === 'string' ? '' : others[index],
      pixels: typeof drawn === 'string' ? undefined : drawn[index],
      failed: typeof drawn === 'string' ? drawn : undefined,
    }));
  };
}
