// What is planned is what is drawn: by the PDF in chunks, by the preview a page at a time.
import { afterAll, describe, expect, test } from 'vitest';
import { wordsFor } from '../../src/assemble/link-names.ts';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { measuresOf, type Part } from '../../src/model/edition.ts';
import { PreviewDocument } from '../../src/preview/document.ts';
import { type DocumentData, documentData, type MeasureData } from '../../src/render/data.ts';
import { Measurer } from '../../src/render/measurer.ts';
import { planBook } from '../../src/render/plan.ts';
import type { DrawRequest, Frame, Section } from '../../src/render/requests.ts';
import { bookOf, drawnBook, fileOf, OwnRenderer } from './book.ts';
import { drawnOf } from './drawn.ts';
import { blankMeasure, editionOf, glyphsOf, random } from './generated.ts';
import { getDocument } from './pdfjs.ts';
import { readFacts } from './strict-rules.ts';

const renderer = new OwnRenderer();
const annexes: Record<string, [width: number, height: number][]> = {
  'annexes/a.pdf': [
    [300, 400],
    [400, 300],
    [200, 200],
    [200, 200],
    [200, 200],
  ],
  'annexes/b.pdf': [[842, 595]],
};

/** An invented city, whole, with annexes in the middle and at the end. */
function cityOf(folder: string) {
  const { edition, holds, diagnostics } = checkContent(readWorkingTree(folder));
  if (!edition) throw new Error(JSON.stringify(diagnostics));
  const [first, ...others] = Object.keys(annexes).map((annex) => ({ annex, title: `別冊 ${annex}` }));
  const parts: Part[] = [...edition.parts.slice(0, -1), first ?? '個票', ...edition.parts.slice(-1), ...others];
  const pages = new Map(
    Object.entries(annexes).map(([path, sizes]) => [
      path,
      { pages: sizes.map(([width, height]) => ({ width, height })) },
    ]),
  );
  return { data: documentData({ ...edition, parts }, { whole: true }, pages), holds };
}

/** What each page is drawn from, by itself. */
const pageByPage = ({ levels: _, sections, ...frame }: DrawRequest): (Section & Frame)[] =>
  sections.flatMap((section) => {
    const pages = 'pages' in section ? section.pages.map((one) => ({ pages: [one] })) : [{}];
    return pages.map((own, index) => ({ ...frame, ...section, ...own, page: section.page + index }) as Section & Frame);
  });

describe.each(['tests/city', 'tests/lake'])('%s', (folder) => {
  const { data, holds } = cityOf(folder);

  test('the preview draws from what the PDF is drawn from, page by page', async () => {
    const requests: DrawRequest[] = [];
    const { sections, pages } = await drawnBook(data, {
      measure: renderer.measure,
      chunk: (request) => {
        if (request.request) requests.push(request.request);
        expect(request.typesetting).toEqual({ main: 'book.typ', data: request.request });
        return renderer.chunk(request);
      },
    });
    const plan = await new PreviewDocument(renderer).plan(data, holds);
    if ('misfits' in plan) throw new Error(JSON.stringify(plan.misfits));
    expect(plan.pages.map(({ number }) => number)).toEqual(Array.from({ length: pages }, (_, index) => index + 1));
    const drawn = requests.flatMap(pageByPage).sort((a, b) => a.page - b.page);
    const previewed = plan.pages.map(({ number, request }) => {
      const [one, ...others] = pageByPage(request);
      expect([one?.page, others]).toEqual([number, []]);
      return one;
    });
    expect(previewed.filter((one) => one?.part !== 'annex')).toEqual(drawn);
    // The PDF has the annexes' own pages there, the preview pages of their sizes.
    const shown = plan.pages.flatMap(({ number, request: { sections }, width, height }) =>
      sections.flatMap((one) => (one.part === 'annex' ? [[number, one.annex.title, width, height]] : [])),
    );
    let number = 1;
    const joined = sections.flatMap((section) => {
      if (!('sizes' in section)) {
        number += section.pages.length;
        return [];
      }
      return section.sizes.map(([width, height]) => [number++, section.title, width, height]);
    });
    expect(shown).toEqual(joined);
    expect(shown).toHaveLength(6);
  });

  test('a page looks the same alone and among the others of its chunk', async () => {
    const own = { ...data, parts: data.parts.filter((part) => !(part in data.annexes)) };
    const plan = await new PreviewDocument(renderer).plan(own, holds);
    if ('misfits' in plan) throw new Error(JSON.stringify(plan.misfits));
    const alone: string[] = [];
    for (const { number, request } of plan.pages) {
      const words = wordsFor(request, new Map());
      const { chunk } = await renderer.chunk({
        request,
        words: () => words,
        typesetting: { main: 'book.typ', data: request },
      });
      expect(chunk.pages).toHaveLength(1);
      alone.push(
        ...(await drawnOf(fileOf({ sections: [chunk] }))).map((line) => line.replace(/^page 1 /, `page ${number} `)),
      );
    }
    expect(alone).toEqual(await drawnOf(await bookOf(own, renderer)));
  });
});

const structures = [
  '表紙 目次 取組事項一覧 annexes/a.pdf 個票 annexes/b.pdf',
  '目次 個票',
  '個票 annexes/b.pdf 取組事項一覧',
];
const words = (count: number, word = '長い名前') => word.repeat(count);
const lines = (count: number) => Array.from({ length: count }, (_, index) => `・その${index + 1}`).join('\n');

/** An edition with this many 大項目: few and long ones, or many; some texts as tall as a page lets them be. */
function edition(seed: number, count: number, parts: string): DocumentData {
  const next = random(seed);
  const upTo = (most: number) => Math.floor(next() ** 2 * (most + 1));
  const measureOf = (id: string, target: string | undefined): MeasureData => {
    const blank = blankMeasure(id);
    if (target !== undefined && next() < 0.2)
      return {
        ...blank,
        years: [],
        reprint: target,
        reprintLink: true,
        reprintMark: '○',
        reprintNote: `※再掲(${target})`,
      };
    return {
      ...blank,
      description: lines(upTo(20)),
      effect: words(upTo(12)),
      overviewTitle: words(1 + upTo(30)),
      overviewSection: words(upTo(6)),
      // Two of these are taller than a page.
      years: blank.years.map((year) => ({
        ...year,
        plan: lines(upTo(8)),
        result: lines(next() < 0.15 ? 45 : upTo(6)),
      })),
    };
  };
  const label = (number: string, most: number) => `${number}. ${words(1 + upTo(most))}`;
  let first: string | undefined;
  const categories = Array.from({ length: count }, (_, category) => {
    const number = String(category + 1);
    const groups = Array.from({ length: 1 + upTo(2) }, (_, group) => {
      const own = `${number}-${group + 1}`;
      const measures = Array.from({ length: 1 + upTo(count > 9 ? 1 : 7) }, (_, index) => {
        const measure = measureOf(`${own}-${index + 1}`, first);
        first ??= measure.id;
        return measure;
      });
      measures[0]?.begins.push(...(group === 0 ? [number] : []), own);
      return { number: own, name: own, label: label(own, 40), measures };
    });
    return { number, name: number, label: label(number, 60), groups };
  });
  const chosen = parts.split(' ');
  const sizes = Object.entries(annexes).filter(([path]) => chosen.includes(path));
  return {
    ...editionOf(categories),
    parts: chosen,
    annexes: Object.fromEntries(sizes.map(([path, pages]) => [path, { title: words(1 + upTo(9), path), pages }])),
  };
}

/** Every link leads to the page that it says; returns how many there are. */
async function expectLinks(pdf: Uint8Array): Promise<number> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  let count = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    for (const { dest, contentsObj } of await page.getAnnotations()) {
      const [target] = (await document.getDestination(dest)) ?? [];
      const told = /、(\d+)ページ\)$|\((\d+)ページ\)$/.exec(contentsObj.str);
      expect((await document.getPageIndex(target)) + 1, contentsObj.str).toBe(Number(told?.[1] ?? told?.[2]));
      count += 1;
    }
  }
  await task.destroy();
  return count;
}

test('sheets on A4 flow on, and those behind them know it', async () => {
  const data = { ...edition(40, 30, ''), parts: ['A4個票'] };
  const sheets = measuresOf(data).length;
  const { sections, pages, places } = await drawnBook(data, renderer);
  expect(pages).toBeGreaterThan(sheets);
  expect(places.size).toBeGreaterThan(sheets);
  const pdf = fileOf({ sections });
  expect(readFacts(Buffer.from(pdf)).pages).toHaveLength(pages);
  expect(await expectLinks(pdf)).toBeGreaterThan(3);
  const own = await glyphsOf(pdf);
  const numbers = own.map((glyphs) => glyphs.filter(({ y }) => y < 30).map(({ sign }) => sign));
  expect(numbers.map((signs) => signs.join(''))).toEqual(own.map((_, index) => String(index + 1)));
});

describe('every page of a generated edition is drawn as planned', () => {
  const seen = { chunks: 0, contents: 0, overview: 0, sheets: 0, parted: 0, stretched: 0 };
  const cases = [1, 3, 9, 45].flatMap((count, index) =>
    structures.map((parts, at): [number, number, string] => [10 * index + at, count, parts]),
  );

  test.each(cases)('%i: %i 大項目, %s', async (seed, count, parts) => {
    const data = edition(seed, count, parts);
    const measured = await new Measurer(renderer.measure).measure(data);
    expect(measured.misfits).toEqual([]);
    const plan = planBook(data, measured);
    // Throws where a chunk has other pages than planned.
    const drawn = await drawnBook(data, renderer);
    expect(drawn.pages).toBe(plan.pages.length);
    expect(drawn.places).toEqual(plan.places);

    let start = 1;
    const places = new Map<string, number>();
    for (const section of drawn.sections) {
      if ('sizes' in section) {
        places.set(`part-${section.part}`, start);
        start += section.sizes.length;
        continue;
      }
      for (const { id, page } of section.anchors) if (!places.has(id)) places.set(id, start + page - 1);
      start += section.pages.length;
    }
    expect([...places].sort()).toEqual([...plan.places].sort());

    const own = drawn.sections.filter((section) => !('sizes' in section));
    const pdf = fileOf({ sections: own });
    for (const [page, glyphs] of (await glyphsOf(pdf)).entries()) {
      const low = glyphs.filter(({ y }) => y < measured.page.height - measured.page.top - measured.page.room);
      // The page number.
      expect(low.map(({ sign }) => sign).join(''), `p. ${page + 1}`).toMatch(/^\d*$/);
    }
    if (own.length === drawn.sections.length) {
      expect(readFacts(Buffer.from(pdf)).pages).toHaveLength(drawn.pages);
      expect(await expectLinks(pdf)).toBeGreaterThan(data.categories.length);
    }
    seen.chunks = Math.max(seen.chunks, own.length);

    const of = (part: string) => plan.pages.filter((page) => page.part === part).length;
    seen.contents = Math.max(seen.contents, of('目次'));
    seen.overview = Math.max(seen.overview, of('取組事項一覧'));
    seen.sheets = Math.max(seen.sheets, of('個票'));
    for (const page of plan.pages) {
      if (page.part === '個票') seen.parted += page.bands.filter(({ years }) => (years[0] ?? 0) > 0).length;
      if (page.part === '取組事項一覧')
        seen.stretched += page.rows.filter(({ measure, height }) => height > measured.rowHeight(measure.id)).length;
    }
  });

  afterAll(() => {
    expect(seen.chunks).toBeGreaterThan(1);
    expect(seen.contents).toBeGreaterThan(2);
    expect(seen.overview).toBeGreaterThan(4);
    expect(seen.sheets).toBeGreaterThan(8);
    expect(seen.parted).toBeGreaterThan(4);
    expect(seen.stretched).toBeGreaterThan(20);
  });
});
