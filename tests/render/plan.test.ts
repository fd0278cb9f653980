import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentsOf } from '../../src/render/contents-lines.ts';
import { type LaidLine, type PagePlan, planBook, sum } from '../../src/render/plan.ts';
import type { Band } from '../../src/render/requests.ts';
import { bookOf, grid, measuredOf } from './laid-out.ts';

const annexes = {
  'annexes/a.pdf': {
    title: '資料',
    pages: [
      [595, 842],
      [842, 595],
      [100, 200],
    ] as [number, number][],
  },
  'annexes/b.pdf': { title: '用語', pages: [[1, 2]] as [number, number][] },
};
type Page<Part> = Extract<PagePlan, { part: Part }>;
const pagesOf = <Part extends PagePlan['part']>(pages: PagePlan[], part: Part) =>
  pages.filter((page): page is Page<Part> => page.part === part);

/** Measures with these bands, each a list of heights, on pages of a room of 70, or 100 where no heading stands. */
function sheets(...measures: number[][][]): Page<'個票'>[] {
  const bands = Object.fromEntries(
    measures.map((heights, m): [string, Band[]] => [
      `1-1-${m + 1}`,
      heights.map((own, at) => ({ years: [at], heights: own })),
    ]),
  );
  return pagesOf(planBook(bookOf([[measures.length]], ['個票']), measuredOf({ bands })).pages, '個票');
}
const told = (pages: Page<'個票'>[]) =>
  pages.map(({ bands }) =>
    bands.map(({ measure, years, first }) => `${measure.id.slice(4)}.${years}${first ? ' first' : ''}`),
  );

test.each<[string, number[][][], string[][]]>([
  ['nothing: one page', [], [[]]],
  ['what just fits the first page', [[[70]]], [['1.0 first']]],
  ['rows fill it together', [[[30, 20]], [[20]]], [['1.0 first', '2.0 first']]],
  ['what does not fit any more begins the next', [[[70]], [[1]]], [['1.0 first'], ['2.0 first']]],
  ['a hair more than the room', [[[30]], [[40.001]]], [['1.0 first'], ['2.0 first']]],
  ['a hair is no more than the room', [[[70]], [[0.0001]]], [['1.0 first', '2.0 first']]],
  ['a sum of floating point numbers is no hair', [[[30]], [[40.00005]]], [['1.0 first', '2.0 first']]],
  [
    'the next pages have more room',
    [[[70]], [[60]], [[40]], [[1]]],
    [['1.0 first'], ['2.0 first', '3.0 first'], ['4.0 first']],
  ],
  [
    'each of them',
    [[[70]], [[100]], [[100]], [[50]], [[50]]],
    [['1.0 first'], ['2.0 first'], ['3.0 first'], ['4.0 first', '5.0 first']],
  ],
  ['a measure in bands goes over pages', [[[40], [40], [70]]], [['1.0 first'], ['1.1'], ['1.2']]],
  [
    'and the next one goes on behind it',
    [[[40], [40]], [[60]], [[1]]],
    [['1.0 first'], ['1.1', '2.0 first'], ['3.0 first']],
  ],
  ['what no page holds stands alone, and leaves no empty page', [[[200]], [[20]]], [['1.0 first'], ['2.0 first']]],
  [
    'what no page holds stands on a page of its own',
    [[[20]], [[200]], [[20]]],
    [['1.0 first'], ['2.0 first'], ['3.0 first']],
  ],
  ['a measure without bands has none', [[], [[20]]], [['2.0 first']]],
])('個票 breaks: %s', (_, measures, pages) => {
  expect(told(sheets(...measures))).toEqual(pages);
});

test('個票: each band as it was measured, with its measure', () => {
  const [page] = sheets([[10, 20], [30]]);
  const measure = expect.objectContaining({ id: '1-1-1' });
  expect(page).toStrictEqual({
    ...{ part: '個票', first: true },
    bands: [
      { years: [0], heights: [10, 20], measure, first: true },
      { years: [1], heights: [30], measure, first: false },
    ],
  });
  const nothing = planBook(bookOf([[1]], ['個票']), measuredOf({ sheets: undefined, bands: { '1-1-1': [] } }));
  expect(nothing.pages).toStrictEqual([{ part: '個票', first: true, bands: [] }]);
});

const height = fc.integer({ min: 1, max: 60 });

test('個票: every band once, in order; no page over its room; a page begins only with what did not fit any more', () => {
  const band = fc.array(height, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(fc.array(band, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), (measures) => {
      const pages = sheets(...measures);
      const all = measures.flatMap((bands, m) => bands.map((_, at) => `${m + 1}.${at}${at === 0 ? ' first' : ''}`));
      expect(told(pages).flat()).toEqual(all);
      expect(pages.map(({ first }) => first)).toEqual(pages.map((_, index) => index === 0));
      for (const [index, { bands }] of pages.entries()) {
        const room = grid.sheets.room + (index === 0 ? 0 : grid.page.part);
        const taken = sum(bands.map(({ heights }) => sum(heights)));
        if (bands.length > 1) expect(taken).toBeLessThanOrEqual(room);
        const [next] = pages[index + 1]?.bands ?? [];
        if (next) expect(taken + sum(next.heights)).toBeGreaterThan(room);
      }
    }),
  );
});

const contents = (counts: number[][], parts: string[], lines: Record<string, number>, more = {}) =>
  pagesOf(planBook(bookOf(counts, ['目次', ...parts], annexes), measuredOf({ lines, ...more })).pages, '目次');
/** Lines of a page: column by column, then the annexes; each with where it stands. */
const lines = (pages: Page<'目次'>[]) =>
  pages.map(({ columns, annexes }) =>
    [...columns, annexes].map((all) => all.map(({ text, y }) => `${text} ${y}`).join(', ')),
  );
const both = ['取組事項一覧', '個票'];
// A page has a room of 135; 30 of the first one is its heading; lines are 2 apart, annexes 6 from what is above them.

test('目次: columns side by side below the heading, annexes below the longer one', () => {
  expect(lines(contents([[1]], [...both, 'annexes/a.pdf', 'annexes/b.pdf'], { 取組事項一覧: 10, 用語: 20 }))).toEqual([
    ['取組事項一覧 30, l1 42, l1-1 52', '個票 30, l1 40, l1-1 50', '資料 66, 用語 76'],
  ]);
  expect(contents([[1]], both, {})).toStrictEqual([
    { part: '目次', first: true, columns: [expect.any(Array), expect.any(Array)], annexes: [] },
  ]);
});

test('目次: what it lists in one column, or not at all', () => {
  expect(lines(contents([[1]], ['個票'], {}))).toEqual([['個票 30, l1 40, l1-1 50', '']]);
  expect(lines(contents([[1]], ['annexes/a.pdf'], {}))).toEqual([['資料 30']]);
  expect(contents([[1]], [], {})).toStrictEqual([{ part: '目次', first: true, columns: [], annexes: [] }]);
});

test.each<[string, Parameters<typeof contents>, string[][]]>([
  ['the hair itself', [[[1]], ['個票'], { 個票: 71, l1: 30, 'l1-1': 0.0001 }], [['個票 30, l1 103, l1-1 135', '']]],
  ['what just fits', [[[1]], ['個票'], { 個票: 71, l1: 22 }], [['個票 30, l1 103, l1-1 127', '']]],
  [
    'a hair is no more than the room',
    [[[1]], ['個票'], { 個票: 71, 'l1-1': 22.00005 }],
    [['個票 30, l1 103, l1-1 113', '']],
  ],
  [
    'a bit is',
    [[[1]], ['個票'], { 個票: 71, 'l1-1': 22.001 }],
    [
      ['個票 30, l1 103', ''],
      ['l1-1 0', ''],
    ],
  ],
  [
    'what no page holds stands alone',
    [[[1]], ['個票'], { l1: 500 }],
    [
      ['個票 30', ''],
      ['l1 0', ''],
      ['l1-1 0', ''],
    ],
  ],
  [
    'also in front',
    [[[1]], ['個票'], { 個票: 500 }],
    [
      ['個票 30', ''],
      ['l1 0, l1-1 10', ''],
    ],
  ],
  [
    'each column by itself',
    [[[1]], both, { 取組事項一覧: 90, 個票: 20, l1: 40 }],
    [
      ['取組事項一覧 30', '個票 30, l1 52, l1-1 94', ''],
      ['l1 0, l1-1 42', '', ''],
    ],
  ],
])('目次 breaks: %s', (_, asked, expected) => {
  const pages = contents(...asked);
  expect(lines(pages)).toEqual(expected);
  expect(pages.map(({ first }) => first)).toEqual(pages.map((_, index) => index === 0));
});

test('目次: annexes follow on the page where the last column ends, and go on on the next', () => {
  // The first column ends on a second page, where the annexes follow it.
  expect(lines(contents([[1]], [...both, 'annexes/a.pdf'], { 取組事項一覧: 90, l1: 40 }))).toEqual([
    ['取組事項一覧 30', '個票 30, l1 40, l1-1 82', ''],
    ['l1 0, l1-1 42', '', '資料 56'],
  ]);
  // On the first page both columns count, the longer one more.
  expect(lines(contents([[1]], [...both, 'annexes/a.pdf'], { 個票: 50 }))[0]?.at(-1)).toBe('資料 106');
  // What has no room below begins the next page.
  expect(lines(contents([[1]], [...both, 'annexes/a.pdf', 'annexes/b.pdf'], { 個票: 50, 資料: 40 }))).toEqual([
    ['取組事項一覧 30, l1 40, l1-1 50', '個票 30, l1 82, l1-1 92', ''],
    ['', '', '資料 0, 用語 42'],
  ]);
  expect(lines(contents([[1]], ['annexes/a.pdf', 'annexes/b.pdf'], { 資料: 500 }))).toEqual([['資料 30'], ['用語 0']]);
});

test('目次: without measures of its lines they stand one on the other', () => {
  expect(lines(contents([[1]], ['個票', 'annexes/a.pdf'], {}, { contents: undefined }))).toEqual([
    ['個票 30, l1 38, l1-1 46', '資料 54'],
  ]);
});

test('目次: every line once, in order; none over another or below the page; a page begins only with what did not fit', () => {
  const counts = fc.array(fc.array(fc.constant(1), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
  const parts = fc.subarray([...both, 'annexes/a.pdf', 'annexes/b.pdf']);
  fc.assert(
    fc.property(counts, parts, fc.array(height, { minLength: 12, maxLength: 12 }), (counts, parts, heights) => {
      const heightOf = ({ text }: { text: string }) => heights[text.length + Number(text.at(-1)) || 0] ?? 7;
      const book = bookOf(counts, ['目次', ...parts], annexes);
      const measured = measuredOf({ lineHeight: heightOf });
      const pages = pagesOf(planBook(book, measured).pages, '目次');
      const { columns, annexes: last } = contentsOf(book);
      const flows = [
        ...columns.map((_, column) => pages.map((page) => page.columns[column] ?? [])),
        pages.map((page) => page.annexes),
      ];
      const placed = (all: LaidLine[]) => all.map(({ y: _, ...line }) => line);
      expect(flows.map((flow) => placed(flow.flat()))).toEqual([...columns, last]);
      const topOf = (index: number) => (index === 0 ? grid.page.part : 0);
      for (const flow of flows.slice(0, -1))
        for (const [index, page] of flow.entries()) {
          const ends = page.map((line) => line.y + heightOf(line));
          if (page.length > 0) expect(page[0]?.y).toBe(topOf(index));
          for (const [at, { y }] of page.entries()) {
            if (at > 0) expect(y - (ends[at - 1] ?? 0)).toBe(grid.contents.between);
            if (at > 0) expect(ends[at]).toBeLessThanOrEqual(grid.page.room);
          }
          const [next] = flow[index + 1] ?? [];
          if (next) expect((ends.at(-1) ?? 0) + grid.contents.between + heightOf(next)).toBeGreaterThan(grid.page.room);
          if (next) expect(page.length).toBeGreaterThan(0);
        }
      // Annexes stand below all columns of their first page, and on no page before the columns' last one.
      const begin = pages.findIndex((page) => page.annexes.length > 0);
      if (begin >= 0) {
        const above = pages[begin]?.columns.flat().map((line) => line.y + heightOf(line)) ?? [];
        expect(pages[begin]?.annexes[0]?.y).toBe(above.length > 0 ? Math.max(...above) + 6 : topOf(begin));
        for (const page of pages.slice(begin + 1)) expect(page.columns.flat()).toEqual([]);
      }
      for (const page of pages)
        expect([...page.columns.flat(), ...page.annexes].length).toBeGreaterThan(parts.length > 0 ? 0 : -1);
    }),
  );
});

test('the parts in the order of the document; an annex takes the pages that it has', () => {
  const parts = ['表紙', 'annexes/a.pdf', '個票', '目次', 'annexes/b.pdf', '取組事項一覧', 'annexes/c.pdf'];
  const { pages } = planBook(bookOf([[1]], parts, annexes), measuredOf());
  const annex = 'annexes/a.pdf';
  expect(pages).toStrictEqual([
    { part: '表紙' },
    { part: 'annex', annex, number: 1, size: [595, 842] },
    { part: 'annex', annex, number: 2, size: [842, 595] },
    { part: 'annex', annex, number: 3, size: [100, 200] },
    { part: '個票', first: true, bands: [] },
    {
      part: '目次',
      first: true,
      columns: [expect.any(Array), expect.any(Array)],
      annexes: [expect.anything(), expect.anything()],
    },
    { part: 'annex', annex: 'annexes/b.pdf', number: 1, size: [1, 2] },
    { part: '取組事項一覧', first: true, rows: [expect.objectContaining({ height: 10 })] },
  ]);
});

test('only the first page of a part is its first', () => {
  const { pages } = planBook(
    bookOf([[3]], ['取組事項一覧']),
    measuredOf({ rows: { '1-1-1': 70, '1-1-2': 70, '1-1-3': 70 } }),
  );
  expect(pagesOf(pages, '取組事項一覧').map(({ first, rows }) => [first, rows.length])).toEqual([
    [true, 1],
    [false, 1],
    [false, 1],
  ]);
});

test('every place that bookmarks and links lead to, with the page where it begins', () => {
  const band = (...heights: number[]): Band[] => heights.map((own) => ({ years: [], heights: [own] }));
  const measured = measuredOf({
    rows: { '1-1-1': 50, '1-1-2': 50, '1-2-1': 50, '2-1-1': 20 },
    bands: { '1-1-1': band(60, 60), '1-1-2': band(20), '1-2-1': band(70), '2-1-1': band(20) },
  });
  const { places } = planBook(
    bookOf([[2, 1], [1]], ['表紙', 'annexes/a.pdf', '取組事項一覧', '個票'], annexes),
    measured,
  );
  expect([...places].map(([id, page]) => `${id} ${page}`)).toEqual([
    ...['part-表紙 1', 'part-annexes/a.pdf 2', 'part-取組事項一覧 5', 'overview-1 5', 'overview-1-1 5'],
    ...['overview-1-2 6', 'overview-2 7', 'overview-2-1 7'],
    ...['part-個票 8', 'sheet-1 8', 'sheet-1-1 8', 'sheet-1-1-1 8', 'sheet-1-1-2 9', 'sheet-1-2 10', 'sheet-1-2-1 10'],
    ...['sheet-2 10', 'sheet-2-1 10', 'sheet-2-1-1 10'],
  ]);
});

test('a sum of lengths', () => {
  expect([sum([]), sum([1, 2.5])]).toEqual([0, 3.5]);
});

test('改定履歴: whole rows; the first page has the heading of the part, each that of the table', () => {
  // A page has a room of 135, 30 of the first one is the heading of the part, 12 that of the table: 93, then 123.
  const pagesWith = (...lines: number[]) => {
    const history = lines.map((count, index) => ({
      index,
      date: '令和9年4月',
      text: Array(count).fill('あ').join('\n'),
    }));
    return pagesOf(planBook({ ...bookOf([[1]], ['改定履歴']), history }, measuredOf()).pages, '改定履歴');
  };
  const told = (pages: Page<'改定履歴'>[]) => pages.map(({ rows }) => rows.map(({ height }) => height));
  expect(told(pagesWith(9, 12, 1))).toEqual([[90], [120], [10]]);
  expect(told(pagesWith(4, 5, 11, 1))).toEqual([
    [40, 50],
    [110, 10],
  ]);
  expect(told(pagesWith(20, 1))).toEqual([[200], [10]]);
  expect(told(pagesWith())).toEqual([[]]);
  expect(pagesWith(9, 12).map(({ first }) => first)).toEqual([true, false]);
  const bare = measuredOf({ history: undefined });
  const history = [
    { index: 0, date: '', text: 'あ'.concat('\nあ'.repeat(9)) },
    { index: 1, date: '', text: 'あ' },
  ];
  expect(planBook({ ...bookOf([[1]], ['改定履歴']), history }, bare).pages.length).toBe(2);
});
