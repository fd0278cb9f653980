// The preview's plan beside the pages as Typst draws them for the PDF. What the plan does by itself: plan.test.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import type { ContentSource, Entry } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { type PlannedDocument, PreviewDocument } from '../../src/preview/document.ts';
import { Compiler } from '../../src/render/compiler.ts';
import { documentData } from '../../src/render/data.ts';
import type { DrawRequest, MeasureRequest } from '../../src/render/requests.ts';
import { getDocument } from '../pdf/pdfjs.ts';

let compiler: Compiler;
beforeAll(() => {
  compiler = new Compiler(join(process.cwd(), 'templates'), join(process.cwd(), 'fonts'));
});

type Files = Map<string, string>;
const filesOf = (folder: string): Files =>
  new Map(
    ['', 'measures/'].flatMap((below) =>
      readdirSync(join(folder, below))
        .filter((name) => name.endsWith('.yaml'))
        .map((name): [string, string] => [below + name, readFileSync(join(folder, below, name), 'utf8')]),
    ),
  );

/** The lake with its first 中項目 again and again: 目次 and 取組事項一覧 go over pages. */
function manyFiles(): Files {
  const files = filesOf('tests/lake');
  let structure = files.get('structure.yaml') ?? '';
  for (let category = 3; category <= 9; category += 1) {
    structure += `  - 番号: ${category}\n    名称: 大項目その${category}\n    中項目:\n`;
    for (let group = 1; group <= 8; group += 1) {
      structure += `      - { 番号: ${category}-${group}, 名称: 中項目の名称${group} }\n`;
      const [id, again] = [`${category}-${group}-1`, `${category}-${group}-2`];
      const target = `1-1-${group + 1}`;
      const text = files.get(`measures/${target}.yaml`) ?? '';
      files.set(`measures/${id}.yaml`, text.replace(/^番号: .*/m, `番号: ${id}`));
      files.set(`measures/${again}.yaml`, `番号: ${again}\n${/^区分: .*/m.exec(text)}\n再掲: ${target}\n`);
    }
  }
  const history = Array.from({ length: 90 }, (_, at) => `  - { 年月: 令和${1 + at}年5月, 内容: "改定\\nその${at}" }\n`);
  const withHistory = (files.get('edition.yaml') ?? '').replace(
    /(構成: .*)\]\n/,
    `$1, 改定履歴]\n改定履歴:\n${history.join('')}`,
  );
  return files.set('structure.yaml', structure).set('edition.yaml', withHistory);
}

const parsed = new ParsedFiles();
function contentOf(files: Files) {
  const entries = new Map<string, Entry>([['measures', { kind: 'folder' }]]);
  for (const [path, text] of files) entries.set(path, { kind: 'file', read: () => Buffer.from(text) });
  const source: ContentSource = { root: 'content', entries };
  const { edition, holds, diagnostics } = checkContent(source, parsed);
  if (!edition) throw new Error(JSON.stringify(diagnostics));
  return { data: documentData(edition, { whole: true }), holds, edition };
}

let compiled = 0;
const preview = () =>
  new PreviewDocument({
    measure: async (request: MeasureRequest) => {
      compiled += 1;
      return compiler.measure(request);
    },
    vector: async (request: DrawRequest) => {
      compiled += 1;
      return compiler.vector(request);
    },
  });

async function planned(document: PreviewDocument, files: Files): Promise<PlannedDocument> {
  const { data, holds } = contentOf(files);
  const plan = await document.plan(data, holds);
  if ('misfits' in plan) throw new Error(JSON.stringify(plan.misfits));
  return plan;
}

interface Link {
  target: string;
  x0: number;
  x1: number;
  y0: number;
  y1: number;
}

/** Links of a page, pt from its top left corner. */
async function linksOf(pdf: Uint8Array): Promise<Link[]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const page = await (await task.promise).getPage(1);
  const height = page.view[3] ?? 0;
  const annotations: { unsafeUrl?: string; rect: [number, number, number, number] }[] = await page.getAnnotations();
  await task.destroy();
  return annotations.map(({ unsafeUrl = '', rect: [x0, y0, x1, y1] }) => ({
    target: Buffer.from(unsafeUrl, 'latin1').toString().slice(1),
    ...{ x0, x1, y0: height - y1, y1: height - y0 },
  }));
}

const isMeasure = /^sheet-\d+-\d+-\d+$/;
/** A hair; pt. */
const hair = 0.01;

/** Each page takes one page; every place of the plan stands where it is drawn, and every cell that leads somewhere. */
async function expectAsPrinted(plan: PlannedDocument) {
  const found = new Set<string>();
  for (const { request, number, cells, part } of plan.pages) {
    const { pdf, pages, anchors } = compiler.pdf({ main: 'book.typ', data: request });
    expect(pages).toBe(1);
    for (const { id, y } of anchors) {
      const place = plan.places[id];
      // What goes on from another page is no place.
      expect.soft(place?.page, id).toBe(number);
      // An anchor stands on the first line of its cell, below the inset.
      if (!id.startsWith('part-')) expect.soft(Math.abs((place?.y ?? 0) - y), id).toBeLessThan(16);
      found.add(id);
    }
    const links = await linksOf(pdf);
    const leading = cells.filter(({ target }) => target !== undefined);
    const around = ({ target, x0, x1, y0, y1 }: Link) =>
      leading.filter(
        ({ x, y, width, height, ...cell }) =>
          cell.target === target &&
          Math.min(x0 - x, x + width - x1) > -hair &&
          Math.min(y0 - y, y + height - y1) > -hair,
      );
    // Of 目次 a whole line leads to the first 取組 of its 課.
    const single = links.filter((link) => part !== '目次' || !isMeasure.test(link.target) || around(link).length > 0);
    for (const link of single) expect.soft(around(link), `${part}: ${link.target}`).toHaveLength(1);
    expect.soft(leading.filter((cell) => !links.some((link) => around(link).includes(cell)))).toEqual([]);
  }
  const drawn = Object.keys(plan.places).filter(
    (id) => plan.pages[(plan.places[id]?.page ?? 0) - 1]?.request.sections[0]?.part !== 'annex',
  );
  expect([...found].sort()).toEqual(drawn.sort());
}

const cityPlan = async () => {
  const files = filesOf('tests/city');
  return { files, plan: await planned(preview(), files), ...contentOf(files) };
};

test('the city: the preview breaks pages where the PDF does', async () => {
  const { plan } = await cityPlan();
  await expectAsPrinted(plan);
});

type Edit = (file: string, text: string) => string;
const long = '長い文を足して行を増やす。'.repeat(30);
const edits: Edit[] = [
  (file, text) => (file === 'measures/1-1-2.yaml' ? text.replace(/(?<=効果・KPI: \|-\n {2})/, long) : text),
  (file, text) =>
    /measures\/1-/.test(file) ? text.replace(/^( {4}内容: [^|\n]+)$/m, `$1${'を進める'.repeat(12)}`) : text,
  (file, text) =>
    file === 'structure.yaml' ? text.replace(/名称: .*/, `名称: ${'長い名前の大項目'.repeat(5)}`) : text,
  (file, text) => (file === 'measures/1-1-2.yaml' ? text.replace('予算額: 1188', '予算額: 1234567890') : text),
  (file, text) => (file === 'edition.yaml' ? text.replace('関連計画: [', '関連計画: [追加の計画, ') : text),
];
const edited = (files: Files, ...all: Edit[]): Files =>
  new Map([...files].map(([file, text]) => [file, all.reduce((before, edit) => edit(file, before), text)]));

test('after edits of every kind, one after the other, the preview is what a fresh one would be, and the PDF', async () => {
  const document = preview();
  let files = filesOf('tests/lake');
  let before = await planned(document, files);
  for (const edit of edits) {
    files = edited(files, edit);
    const plan = await planned(document, files);
    expect(plan).not.toEqual(before);
    expect(plan).toEqual(await planned(preview(), files));
    before = plan;
  }
  await expectAsPrinted(before);
});

test('many pages of every part: as the PDF breaks them, and after all edits at once too', async () => {
  const document = preview();
  const plan = await planned(document, manyFiles());
  const parts = plan.pages.map(({ part }) => part);
  for (const part of ['目次', '取組事項一覧', '改定履歴'])
    expect(parts.filter((one) => one === part).length).toBeGreaterThan(1);
  expect(parts.filter((part) => part === '個票').length).toBeGreaterThan(4);
  const [contents] = plan.pages.filter(({ part }) => part === '目次');
  expect(new Set(contents?.cells.map(({ x }) => x > contents.width / 2))).toEqual(new Set([false, true]));
  const files = edited(manyFiles(), ...edits);
  const after = await planned(document, files);
  await expectAsPrinted(after);
  expect(after).toEqual(await planned(preview(), files));
});

test('a save that moves nothing costs one measuring and changes one page', async () => {
  const document = preview();
  const before = await planned(document, filesOf('tests/lake'));
  compiled = 0;
  // Two signs of one width change places.
  const edit: Edit = (file, text) => (file === 'measures/1-1-2.yaml' ? text.replace('調査と改善', '査調と改善') : text);
  const after = await planned(document, edited(filesOf('tests/lake'), edit));
  expect(compiled).toBe(1);
  const changed = after.pages.filter(({ key }, index) => key !== before.pages[index]?.key);
  expect(changed.map(({ number }) => number)).toEqual([before.places['sheet-1-1-2']?.page]);
});

test('what does not fit is told, and is on the pages when they are planned', async () => {
  const document = preview();
  const files = filesOf('tests/city');
  const before = await planned(document, files);
  const wide: Edit = (_, text) => text.replace('内容: 調査', `内容: ${'W'.repeat(200)}`);
  const { data, holds } = contentOf(edited(files, wide));
  const misfits = await document.misfits(data);
  expect(misfits).toEqual([expect.objectContaining({ kind: 'wide', file: 'measures/1-1-1.yaml' })]);
  const [page] = before.pages;
  if (!page) throw new Error('no page');
  expect(document.page(page.key)).toBe(page);
  expect((await document.vector(page)).length).toBeGreaterThan(1000);
  const { pages } = await document.plan(data, holds);
  const texts = pages.flatMap(({ cells }) => cells.map(({ text }) => text));
  expect(texts).toContain('W'.repeat(200));
});

test('every column that the templates hand out has its cells; a 再掲 the place that it leads to', async () => {
  const plan = await planned(preview(), filesOf('tests/lake'));
  const cells = plan.pages.flatMap((page) => page.cells.map((cell) => ({ ...cell, part: page.part })));
  const of = (file: string, ...path: (string | number)[]) =>
    cells.filter((cell) => cell.part === '個票' && cell.file === file && cell.path.join() === path.join());
  const texts = (...path: string[]) => of('measures/1-1-2.yaml', ...path).map(({ text }) => text);
  // 1-2-1 is a 再掲 of 1-1-2, whose file holds all that it has not of its own.
  expect(Object.fromEntries(['取組', '担当局・部', '担当課', '関連計画'].map((key) => [key, texts(key)]))).toEqual({
    取組: ['申込みの画面の整備', '申込みの画面の整備'],
    '担当局・部': ['総合局', '総合局'],
    担当課: ['計算課', '計算課'],
    関連計画: ['○', '×', '○', '', '', ''],
  });
  expect(texts('番号')).toEqual(['1', '1', '2']);
  for (const key of ['取組内容', '効果・KPI', '現状・実績・目標'])
    expect(texts(key)[0]?.length, key).toBeGreaterThan(10);
  for (const [key, text] of Object.entries({ 項目: '△', 内容: '・調査と改善の検討', 予算額: '1,188', 事業実績: '' }))
    expect(texts('スケジュール', 'R21', key)).toEqual([text]);
  expect(of('measures/1-2-1.yaml', '番号').length).toBe(3);
  expect(of('measures/1-2-1.yaml', '取組')).toEqual([]);
  expect(of('measures/1-1-2.yaml', '取組内容')[1]).toMatchObject({ text: '※再掲(1-1-2)', target: 'sheet-1-1-2' });
});

test('an annex takes as many pages as it has, in their sizes, where the PDF has them', async () => {
  const { edition, holds } = contentOf(filesOf('tests/city'));
  edition.parts.splice(2, 0, { annex: 'annexes/a.pdf', title: '資料' });
  const sizes = [
    { width: 595, height: 842 },
    { width: 842, height: 595 },
  ];
  const data = documentData(edition, { whole: true }, new Map([['annexes/a.pdf', { pages: sizes }]]));
  const plan = await preview().plan(data, holds);
  if ('misfits' in plan) throw new Error(JSON.stringify(plan.misfits));
  await expectAsPrinted(plan);
  const own = plan.pages.filter(({ part }) => part === '資料');
  expect(own.map(({ width, height }) => [width, height])).toEqual([
    [595, 842],
    [842, 595],
  ]);
  expect(plan.pages.flatMap(({ cells }) => cells).find(({ text }) => text === '資料')?.target).toBe(
    'part-annexes/a.pdf',
  );
});

test('the cover, drawn before the rest is measured, is the first page of the whole', async () => {
  const document = preview();
  const { data, plan } = await cityPlan();
  const cover = await document.cover(data);
  expect(cover).toMatchObject({ part: '表紙', number: 1, cells: [] });
  expect(plan.pages[0]).toEqual(cover);
});
