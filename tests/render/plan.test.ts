import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentsOf } from '../../src/render/contents-lines.ts';
import type { LaidLine } from '../../src/render/contents-pages.ts';
import { type PagePlan, planBook, sum } from '../../src/render/plan.ts';
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
  const place = { category: 'l1', group: 'l1-1' };
  expect(page).toStrictEqual({
    ...{ part: '個票', first: true, ends: [place, place] },
    bands: [
      { years: [0], heights: [10, 20], measure, first: true },
      { years: [1], heights: [30], measure, first: false },
    ],
  });
  const nothing = planBook(bookOf([[1]], ['個票']), measuredOf({ sheets: undefined, bands: { '1-1-1': [] } }));
  expect(nothing.pages).toStrictEqual([{ part: '個票', first: true, bands: [], ends: [] }]);
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

const contents = (
  counts: number[][],
  parts: string[],
  lines: Record<string, number>,
  sections: string[] = [],
  more: Parameters<typeof measuredOf>[0] = {},
) =>
  pagesOf(
    planBook(
      bookOf(
        counts,
        ['目次', ...parts],
        annexes,
        sections.map((name) => ({ name, ids: ['1-1-1'] })),
      ),
      measuredOf({ lines: { '大項目・中項目': 10, 担当課: 10, l1: 10, 'l1-1': 10, 'l1-2': 10, ...lines }, ...more }),
    ).pages,
    '目次',
  );
/** Lines of a page, column by column, each with where it stands. */
const lines = (pages: Page<'目次'>[]) =>
  pages.map(({ columns }) => columns.map((all) => all.map(({ text, y }) => `${text} ${y}`).join(', ')));
const both = ['取組事項一覧', '個票'];
// A page has two columns and a room of 135; 30 of the first one is its heading. Lines are 2 apart, 大項目 4 and heads 6.

test('目次: below the heading parts, 大項目 and 中項目 in the first column, 課 in the next', () => {
  const pages = contents([[1]], [...both, 'annexes/a.pdf'], { 取組事項一覧: 10, 個票: 20 }, ['甲課', '乙課']);
  expect(lines(pages)).toEqual([
    ['取組事項一覧 30, 個票 42, 資料 64, 大項目・中項目 78, l1 92, l1-1 104', '担当課 30, 甲課 42, 乙課 52'],
  ]);
  expect(pages.map(({ first }) => first)).toEqual([true]);
});

test('目次: what there is nothing of has no column', () => {
  expect(lines(contents([[1]], ['個票'], {}))).toEqual([['個票 30, 大項目・中項目 44, l1 58, l1-1 70']]);
  expect(lines(contents([[1]], ['annexes/a.pdf'], {}))).toEqual([['資料 30']]);
  expect(contents([[1]], [], {})).toStrictEqual([{ part: '目次', first: true, columns: [] }]);
});

test.each<[string, Parameters<typeof contents>, string[][]]>([
  ['what just fits', [[[1]], ['個票'], { 個票: 60, 'l1-1': 5 }], [['個票 30, 大項目・中項目 96, l1 110, l1-1 122']]],
  [
    'a hair is no more than the room',
    [[[1]], ['個票'], { 個票: 63, 'l1-1': 10.00005 }],
    [['個票 30, 大項目・中項目 99, l1 113, l1-1 125']],
  ],
  [
    'a bit is; neither a head nor a 大項目 stands at the end of a column',
    [[[1]], ['個票'], { 個票: 63, 'l1-1': 10.001 }],
    [['個票 30', '大項目・中項目 30, l1 44, l1-1 56']],
  ],
  [
    'the next column says its head again',
    [[[1, 1]], ['個票'], { 個票: 30, 'l1-1': 30, 'l1-2': 30 }],
    [['個票 30, 大項目・中項目 66, l1 80, l1-1 92', '大項目・中項目 30, l1-2 42']],
  ],
  [
    'what no column holds stands alone',
    [[[1]], ['個票', 'annexes/a.pdf'], { 個票: 500 }],
    [['個票 30', '資料 30, 大項目・中項目 44, l1 58, l1-1 70']],
  ],
  [
    'the next page has more room',
    [[[1]], ['個票', 'annexes/a.pdf', 'annexes/b.pdf'], { 個票: 100, 資料: 100, 用語: 90 }],
    [
      ['個票 30', '資料 30'],
      ['用語 0', '大項目・中項目 0, l1 14, l1-1 26'],
    ],
  ],
])('目次 breaks: %s', (_, asked, expected) => {
  const pages = contents(...asked);
  expect(lines(pages)).toEqual(expected);
  expect(pages.map(({ first }) => first)).toEqual(pages.map((_, index) => index === 0));
});

test('目次: without measures of its lines they stand one on the other', () => {
  expect(lines(contents([[1]], ['個票', 'annexes/a.pdf'], {}, [], { contents: undefined }))).toEqual([
    ['個票 30, 資料 38, 大項目・中項目 46, l1 56, l1-1 66'],
  ]);
});

test('目次: every line once, in order, below its head; none over another or below the page; as few pages as hold them', () => {
  const counts = fc.array(fc.array(fc.constant(1), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
  const parts = fc.subarray([...both, 'annexes/a.pdf', 'annexes/b.pdf'], { minLength: 1 });
  const names = fc.array(fc.constantFrom('甲', '乙', '丙'), { maxLength: 20 });
  fc.assert(
    fc.property(
      counts,
      parts,
      names,
      fc.array(height, { minLength: 12, maxLength: 12 }),
      (counts, parts, names, own) => {
        const heightOf = ({ text }: { text: string }) => own[(text.length + Number(text.at(-1)) || 0) % 12] ?? 7;
        const sections = names.map((name, index) => ({ name: `${name}課${index}`, ids: ['1-1-1'] }));
        const book = bookOf(counts, ['目次', ...parts], annexes, sections);
        const pages = pagesOf(planBook(book, measuredOf({ lineHeight: heightOf })).pages, '目次');
        const columns = pages.flatMap((page) => page.columns);
        const streams = contentsOf(book);
        const placed = (all: LaidLine[]) => all.map(({ y: _, ...line }) => line);
        // A column begins with the head of its lines, said again where it is not the first of them.
        const isRepeated = (column: LaidLine[], index: number) =>
          column[0]?.kind === 'head' &&
          columns.slice(0, index).some((before) => before.some(({ text }) => text === column[0]?.text));
        const without = columns.map((column, index) => (isRepeated(column, index) ? column.slice(1) : column));
        expect(placed(without.flat())).toEqual(streams.flat());
        expect(pages.every((page, index) => page.columns.length === 2 || index === pages.length - 1)).toBe(true);
        for (const [index, column] of columns.entries()) {
          const top = index < 2 ? grid.page.part : 0;
          const kinds = without[index]?.map(({ kind }) => kind) ?? [];
          if (column.length > 0) expect(column[0]?.y).toBe(top);
          // 課 and the rest share no column.
          expect(kinds.includes('section') && kinds.some((kind) => kind === 'group' || kind === 'part')).toBe(false);
          for (const [at, line] of column.entries()) {
            const above = column[at - 1];
            if (above) expect(line.y - above.y - heightOf(above)).toBe(grid.contents.lines[line.kind].gap);
          }
          // What does not fit with the head above it, or the 大項目 that it belongs to, stands below the page's room: no page holds it.
          const last = column.at(-1);
          const lone = kinds.filter((kind) => kind !== 'head' && kind !== 'category').length <= 1;
          if (last && !lone) expect(last.y + heightOf(last)).toBeLessThanOrEqual(grid.page.room);
        }
      },
    ),
  );
});

const counted = fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 6,
});

test('every line of 目次 gives the page where its target begins', () => {
  const heights = fc.array(height, { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(counted, fc.shuffledSubarray(['表紙', ...both, 'annexes/a.pdf']), heights, (counts, parts, own) => {
      const book = bookOf(counts, ['目次', ...parts], annexes);
      const heightOf = (id: string) => own[(id.length * 7 + Number(id.at(-1))) % 20] ?? 5;
      const measured = measuredOf({
        rowHeight: heightOf,
        bandsOf: (id) => [{ years: [0], heights: [heightOf(id)] }],
      });
      const plan = planBook(book, measured);
      const isOn = (page: PagePlan | undefined, target: string): boolean => {
        if (!page) return false;
        const [kind, ...rest] = target.split('-');
        const id = rest.join('-');
        if (kind === 'part') return page.part === 'annex' ? page.annex === id : page.part === id;
        const all = page.part === '個票' ? page.bands : page.part === '取組事項一覧' ? page.rows : [];
        return all.some(({ measure }) => measure.id === id || measure.id.startsWith(`${id}-`));
      };
      const kept = plan.pages.filter((page): page is Page<'目次'> => page.part === '目次');
      for (const line of kept.flatMap(({ columns }) => columns.flat()))
        for (const target of line.targets) {
          const prefix = target.startsWith('sheet-') ? '個票' : '取組事項一覧';
          const first = plan.pages.findIndex(
            (page) => isOn(page, target) && (target.startsWith('part-') || page.part === prefix),
          );
          expect(plan.places.get(target), target).toBe(first + 1);
          expect(first, target).toBeGreaterThanOrEqual(0);
        }
    }),
  );
});

test('the running head of a page names where its first and its last measure belong', () => {
  const heights = fc.array(height, { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(counted, heights, (counts, own) => {
      const heightOf = (id: string) => own[(id.length * 7 + Number(id.at(-1))) % 20] ?? 5;
      const measured = measuredOf({
        rowHeight: heightOf,
        bandsOf: (id) => [1, 2].map((year) => ({ years: [year], heights: [heightOf(id)] })),
      });
      const { pages } = planBook(bookOf(counts, ['取組事項一覧', '個票']), measured);
      for (const page of pages) {
        if (page.part !== '取組事項一覧' && page.part !== '個票') throw new Error(page.part);
        const ids = (page.part === '個票' ? page.bands : page.rows).map(({ measure }) => measure.id.split('-'));
        const named = [ids.at(0), ids.at(-1)].map((id) => ({
          category: `l${id?.[0]}`,
          group: `l${id?.slice(0, 2).join('-')}`,
        }));
        expect(page.ends).toEqual(named);
      }
    }),
  );
});

test('the parts in the order of the document; an annex takes the pages that it has', () => {
  const parts = ['表紙', 'annexes/a.pdf', '個票', '目次', 'annexes/b.pdf', '取組事項一覧', 'annexes/c.pdf'];
  const { pages } = planBook(bookOf([[1]], parts, annexes), measuredOf());
  const annex = 'annexes/a.pdf';
  const place = { category: 'l1', group: 'l1-1' };
  expect(pages).toStrictEqual([
    { part: '表紙' },
    { part: 'annex', annex, number: 1, size: [595, 842] },
    { part: 'annex', annex, number: 2, size: [842, 595] },
    { part: 'annex', annex, number: 3, size: [100, 200] },
    { part: '個票', first: true, bands: [], ends: [] },
    { part: '目次', first: true, columns: [expect.any(Array)] },
    { part: 'annex', annex: 'annexes/b.pdf', number: 1, size: [1, 2] },
    {
      part: '取組事項一覧',
      first: true,
      rows: [expect.objectContaining({ height: 10 })],
      ends: [place, place],
      given: 0,
    },
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
    ...['overview-1-2 7', 'overview-2 7', 'overview-2-1 7'],
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
