import { expect, test, vi } from 'vitest';
import type { Chunk } from '../../src/assemble/chunk.ts';
import { DrawnChunks, drawBook, sectionsOf } from '../../src/book/draw.ts';
import type { ChunkRequest, Renderer } from '../../src/book/renderer.ts';
import type { Drawn } from '../../src/render/compiler.ts';
import type { PagePlan } from '../../src/render/plan.ts';
import type { BookData } from '../../src/render/requests.ts';
import { OwnRenderer } from '../pdf/book.ts';
import { blankMeasure, editionOf } from '../pdf/generated.ts';

const own = new OwnRenderer();
type Drawing = Pick<Renderer, 'measure' | 'chunk'>;

/** An edition of so many measures, in 中項目 of ten. */
function edition(count: number, parts: string[], change: (id: string) => object = () => ({})): BookData {
  const groups = Array.from({ length: Math.ceil(count / 10) }, (_, group) => {
    const number = `1-${group + 1}`;
    const measures = Array.from({ length: Math.min(10, count - 10 * group) }, (_, index) => {
      const id = `${number}-${index + 1}`;
      return { ...blankMeasure(id), begins: [], ...change(id) };
    });
    measures[0]?.begins.push(...((group === 0 ? ['1', number] : [number]) as never[]));
    return { number, name: number, label: number, measures };
  });
  return { ...editionOf([{ number: '1', name: '1', label: '1', groups }]), parts };
}

/** What is drawn, without Typst: as many pages as are asked for, on which every place stands at the top. */
function fake(pagesOf: (request: ChunkRequest) => number): Drawing & { chunks: ChunkRequest[] } {
  const chunks: ChunkRequest[] = [];
  return {
    chunks,
    measure: own.measure,
    chunk: async (asked) => {
      chunks.push(asked);
      const pages = pagesOf(asked);
      return { pages, chunk: { pages: Array(pages).fill({ number: 1, height: 1 }), anchors: [] } as unknown as Chunk };
    },
  };
}
const planned = ({ request }: ChunkRequest) =>
  (request?.sections ?? []).reduce((sum, section) => sum + ('pages' in section ? section.pages.length : 1), 0);

test('other pages than planned are a defect', async () => {
  const data = edition(3, ['表紙', '目次', '取組事項一覧', '個票']);
  await expect(drawBook({ data, renderer: fake(planned) })).resolves.toMatchObject({ pages: 4 });
  for (const more of [-1, 1])
    await expect(drawBook({ data, renderer: fake((asked) => planned(asked) + more) })).rejects.toThrow(
      `${4 + more} pages were drawn where 4 were planned, from 1 on`,
    );
});

test('what does not fit is not drawn', async () => {
  const renderer = fake(planned);
  const data = edition(1, ['個票'], () => ({ title: 'W'.repeat(200) }));
  const drawn = await drawBook({ data, renderer });
  expect('misfits' in drawn && drawn.misfits.map(({ path }) => path)).toEqual([['取組']]);
  expect(renderer.chunks).toEqual([]);
});

test('what is drawn is what is typeset, with words for its links alone', async () => {
  const renderer = fake(planned);
  const data = edition(2, ['目次', '個票'], (id) =>
    id === '1-1-2' ? { years: [], reprint: '1-1-1', reprintLink: true } : {},
  );
  await drawBook({ data, renderer });
  const [asked, ...others] = renderer.chunks;
  expect(others).toEqual([]);
  expect(asked?.typesetting).toEqual({ main: 'book.typ', data: asked?.request });
  const words = asked?.words?.({ anchors: [] } as unknown as Drawn) ?? {};
  expect(words).toMatchObject({
    'sheet-1-1-1': '1-1-1 題(個票、2ページ)',
    'sheet-1-1': '1-1. 1-1(個票、2ページ)',
  });
  expect(Object.keys(words)).not.toContain('sheet-1-1-2');
});

const cover: PagePlan = { part: '表紙' };
const contents = (count: number): PagePlan[] =>
  Array.from({ length: count }, (_, index) => ({ part: '目次', first: index === 0, columns: [] }));
const overview = (count: number): PagePlan[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ part: '取組事項一覧', first: index === 0, rows: [], ends: [], given: 0 },
  }));
const sheets = (count: number): PagePlan[] =>
  Array.from({ length: count }, (_, index) => ({ part: '個票', first: index === 0, bands: [], ends: [] }));
const annex = (path: string, count: number): PagePlan[] =>
  Array.from({ length: count }, (_, index) => ({ part: 'annex', annex: path, number: index + 1, size: [100, 200] }));

test.each<[string, PagePlan[], string[]]>([
  ['an edition', [cover, ...contents(1), ...overview(2), ...sheets(20)], ['1–24']],
  ['of as many pages as are drawn together', sheets(50), ['1–50']],
  ['of one more', sheets(51), ['1–50', '51–51']],
  ['what begins within a part ends with it', [...overview(52), ...sheets(3)], ['1–50', '51–52', '53–55']],
  ['what begins a part does not', [cover, ...overview(49), ...sheets(3), ...contents(1)], ['1–50', '51–54']],
  ['annexes stand between', [cover, ...annex('a', 3), ...annex('b', 1), ...sheets(1)], ['1–1', 'a', 'b', '6–6']],
  ['or at either end', [...annex('b', 1), ...sheets(1), ...annex('a', 3)], ['b', '2–2', 'a']],
  ['nothing', [], []],
])('drawn together: %s', (_, pages, expected) => {
  const annexes = { a: { title: '甲', pages: [[1, 2]] }, b: { title: '乙', pages: [[3, 4]] } };
  const sections = sectionsOf({ annexes } as unknown as BookData, pages);
  const shown = sections.map((section) =>
    'sizes' in section ? section.part : `${section.pages[0]?.number}–${section.pages.at(-1)?.number}`,
  );
  expect(shown).toEqual(expected);
  for (const section of sections)
    if ('sizes' in section)
      expect(section).toEqual({
        part: section.part,
        ...(section.part === 'a' ? { title: '甲', sizes: [[1, 2]] } : { title: '乙', sizes: [[3, 4]] }),
      });
    else for (const { page, number } of section.pages) expect(page).toBe(pages[number - 1]);
});

test('on A4 all is laid out at once; the words for links tell the pages that come of it', async () => {
  const data = edition(150, ['A4個票'], (id) =>
    id === '1-1-2' ? { years: [], reprint: '1-11-1', reprintLink: true } : {},
  );
  // The second of these measures takes two pages more.
  const told: unknown[] = [];
  const renderer: Drawing = {
    measure: () => Promise.reject(new Error('nothing is measured')),
    chunk: async ({ request, words }) => {
      const [section] = request?.sections ?? [];
      if (section?.part !== 'A4個票') throw new Error('another part');
      let page = 1;
      const anchors = section.pages.map(({ measure }) => {
        const place = { id: `sheet-${measure.id}`, page, x: 0, y: 0 };
        page += measure.id === '1-1-2' ? 3 : 1;
        return place;
      });
      told.push([section.page, words?.({ anchors } as unknown as Drawn)]);
      return { pages: page - 1, chunk: { anchors } as unknown as Chunk };
    },
  };
  const drawn = await drawBook({ data, renderer });
  if ('misfits' in drawn) throw new Error('misfits');
  expect(told).toEqual([[1, { 'sheet-1-11-1': '1-11-1 題(個票、103ページ)' }]]);
  expect(drawn.pages).toBe(152);
  expect(drawn.sections).toHaveLength(1);
  expect([drawn.places.get('sheet-1-1-1'), drawn.places.get('sheet-1-1-3'), drawn.places.get('sheet-1-15-10')]).toEqual(
    [1, 5, 152],
  );
});

test('a chunk of this book or the one before is not drawn again; one before that is', async () => {
  const drawn = new DrawnChunks();
  const draw = vi.fn(async () => ({}) as Chunk);
  const take = (key: string) => drawn.take(key, draw);
  const first = await take('a');
  expect(await take('a')).toBe(first);
  drawn.next();
  expect(await take('a')).toBe(first);
  expect(await take('b')).not.toBe(first);
  expect(draw).toHaveBeenCalledTimes(2);
  drawn.next();
  await take('b');
  drawn.next();
  expect(await take('a')).not.toBe(first);
  expect(draw).toHaveBeenCalledTimes(3);
});

test('what failed is drawn again', async () => {
  const drawn = new DrawnChunks();
  await expect(drawn.take('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  drawn.next();
  const chunk = {} as Chunk;
  expect(await drawn.take('a', async () => chunk)).toBe(chunk);
});

test('a second book draws what changed', async () => {
  const [drawn, renderer] = [new DrawnChunks(), fake(planned)];
  const data = edition(3, ['取組事項一覧', 'a', '個票']);
  data.annexes = { a: { title: '甲', pages: [[100, 100]] } };
  await drawBook({ data, renderer, drawn });
  expect(renderer.chunks.splice(0)).toHaveLength(2);
  const result = await drawBook({ data, renderer, drawn });
  expect(renderer.chunks).toEqual([]);
  expect(result).toMatchObject({ pages: 3, sections: [{}, { part: 'a' }, {}] });
  const [category] = data.categories;
  if (category?.groups[0]?.measures[0]) category.groups[0].measures[0].description = '内容';
  await drawBook({ data, renderer, drawn });
  expect(renderer.chunks.map(({ request }) => request?.sections.map(({ part }) => part))).toEqual([['個票']]);
});
