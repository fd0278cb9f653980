import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LaidRow, overviewPages } from '../../src/render/overview-pages.ts';
import { bookOf, grid, measuredOf } from './laid-out.ts';

/** What a page has for its rows below the heading; the first one has less. */
const roomOf = (page: number) => grid.page.room - grid.overview.heading - (page === 0 ? grid.page.part : 0);
const total = (lengths: readonly number[]) => lengths.reduce((sum, length) => sum + length, 0);

/** Rows by 大項目 and 中項目, each with its height; the heights of their labels. */
interface Shape {
  rows: number[][][];
  categories: number[];
  groups: number[][];
}

function laid({ rows, categories, groups }: Shape) {
  const book = bookOf(
    rows.map((category) => category.map((group) => group.length)),
    ['取組事項一覧'],
  );
  const labels = new Map(
    categories.flatMap((height, c): [string, number][] => [
      [`category l${c + 1}`, height],
      ...(groups[c] ?? []).map((own, g): [string, number] => [`group l${c + 1}-${g + 1}`, own]),
    ]),
  );
  const measured = measuredOf({
    rows: Object.fromEntries(
      rows.flatMap((category, c) =>
        category.flatMap((group, g) => group.map((height, m) => [`${c + 1}-${g + 1}-${m + 1}`, height])),
      ),
    ),
    labelHeight: ({ level, text }) => labels.get(`${level} ${text}`) ?? Number.NaN,
  });
  return { measured, ...overviewPages(book, measured) };
}
const told = (pages: LaidRow[][]) => pages.map((rows) => rows.map(({ measure, height }) => `${measure.id} ${height}`));

/** Small labels, unless others are given. */
const shape = (rows: number[][][], categories: number[] = [], groups: number[][] = []): Shape => ({
  rows,
  categories: rows.map((_, c) => categories[c] ?? 1),
  groups: rows.map((category, c) => category.map((_, g) => groups[c]?.[g] ?? 1)),
});

test('each row has its labels, and their numbers', () => {
  const { pages } = laid(shape([[[10, 11], [12]], [[13]]]));
  const row = (id: string, category: string, group: string, height: number) => ({
    ...{ measure: expect.objectContaining({ id }), category, categoryLabel: `l${category}` },
    ...{ group, groupLabel: `l${group}`, height },
  });
  expect(pages).toStrictEqual([
    [
      row('1-1-1', '1', '1-1', 10),
      row('1-1-2', '1', '1-1', 11),
      row('1-2-1', '1', '1-2', 12),
      row('2-1-1', '2', '2-1', 13),
    ],
  ]);
});

test.each<[string, Shape, string[][]]>([
  ['nothing: one page', shape([]), [[]]],
  ['what just fits the first page', shape([[[40, 40]]]), [['1-1-1 40', '1-1-2 40']]],
  ['a hair is no more than the room', shape([[[40, 40.00005]]]), [['1-1-1 40', '1-1-2 40.00005']]],
  ['nor is what the hair itself takes', shape([[[80, 0.0001]]]), [['1-1-1 80', '1-1-2 0.0001']]],
  ['a bit is', shape([[[40, 40.001]]]), [['1-1-1 40'], ['1-1-2 40.001']]],
  ['the next pages have more room', shape([[[80, 60, 50]]]), [['1-1-1 80'], ['1-1-2 60', '1-1-3 50']]],
  ['they are as full as each other', shape([[[80, 60, 50, 1]]]), [['1-1-1 80'], ['1-1-2 60'], ['1-1-3 50', '1-1-4 1']]],
  [
    'also the first',
    shape([[[10, 10, 10, 10, 50]]]),
    [
      ['1-1-1 10', '1-1-2 10', '1-1-3 10'],
      ['1-1-4 10', '1-1-5 50'],
    ],
  ],
  ['what no page holds stands alone', shape([[[20, 200, 20]]]), [['1-1-1 20'], ['1-1-2 200'], ['1-1-3 20']]],
  ['and leaves no empty page', shape([[[200, 20]]]), [['1-1-1 200'], ['1-1-2 20']]],
  [
    'where a label needs more, the last row beside it grows',
    shape([[[10, 10], [10]]], [], [[25, 30]]),
    [['1-1-1 10', '1-1-2 15', '1-2-1 30']],
  ],
  [
    'that of a 大項目, the last of its last 中項目',
    shape([[[10, 10], [10]], [[10]]], [50]),
    [['1-1-1 10', '1-1-2 10', '1-2-1 30', '2-1-1 10']],
  ],
  ['both', shape([[[10], [10]]], [60], [[20, 15]]), [['1-1-1 20', '1-2-1 40']]],
  [
    'a label that is as tall as its rows changes nothing',
    shape([[[10, 10]]], [20], [[20]]),
    [['1-1-1 10', '1-1-2 10']],
  ],
  ['a label takes room from what follows', shape([[[10], [10]]], [], [[75]]), [['1-1-1 75'], ['1-2-1 10']]],
  ['that of a 大項目, too', shape([[[10]], [[10]]], [75]), [['1-1-1 75'], ['2-1-1 10']]],
  ['and just fits', shape([[[10]], [[10]]], [70]), [['1-1-1 70', '2-1-1 10']]],
  [
    'a label begins anew on the next page',
    shape([[[40, 40, 10]]], [60], [[50]]),
    [['1-1-1 60'], ['1-1-2 40', '1-1-3 20']],
  ],
  [
    'a row whose label would not fit begins the next',
    shape([[[50], [10]]], [], [[1, 40]]),
    [['1-1-1 50'], ['1-2-1 40']],
  ],
  ['a row whose 大項目 would not', shape([[[50]], [[10]]], [1, 40]), [['1-1-1 50'], ['2-1-1 40']]],
  [
    'of two 大項目 the second needs its room below the first',
    shape([[[10]], [[10]], [[10]]], [30, 30, 30]),
    [['1-1-1 30'], ['2-1-1 30', '3-1-1 30']],
  ],
  [
    '中項目 add up within their 大項目',
    shape([[[10], [10], [10]]], [70], [[25, 25, 40]]),
    [['1-1-1 70'], ['1-2-1 25', '1-3-1 45']],
  ],
])('pages break: %s', (_, one, pages) => {
  expect(told(laid(one).pages)).toEqual(pages);
});

test('a page has less room by its heading; without one all of it', () => {
  const book = bookOf([[2]], ['取組事項一覧']);
  const measured = measuredOf({ rows: { '1-1-1': 50, '1-1-2': 55 }, overview: undefined });
  expect(told(overviewPages(book, measured).pages)).toEqual([['1-1-1 50', '1-1-2 55']]);
});

test('each row gives of the white in it where all then take a page less, and only there', () => {
  const laidWith = (spare: number, ...heights: number[]) => {
    const book = bookOf([[heights.length]], ['取組事項一覧']);
    const rows = Object.fromEntries(heights.map((height, index) => [`1-1-${index + 1}`, height]));
    const { given, pages } = overviewPages(book, measuredOf({ rows, overview: { ...grid.overview, spare } }));
    return { given, pages: told(pages) };
  };
  expect(laidWith(2, 42, 42)).toEqual({ given: 2, pages: [['1-1-1 40', '1-1-2 40']] });
  expect(laidWith(1, 42, 42)).toEqual({ given: 0, pages: [['1-1-1 42'], ['1-1-2 42']] });
  expect(laidWith(2, 40, 40)).toEqual({ given: 0, pages: [['1-1-1 40', '1-1-2 40']] });
});

/** What rows need that stand on one page, worked out another way: label by label. */
function needOf(
  rows: readonly { group: string; category: string; own: number }[],
  heights: Map<string, number>,
): number {
  const sumOf = (key: 'category' | 'group', all: typeof rows, inner: (own: typeof rows) => number) =>
    total(
      [...new Set(all.map((row) => row[key]))].map((name) =>
        Math.max(heights.get(name) ?? 0, inner(all.filter((row) => row[key] === name))),
      ),
    );
  return sumOf('category', rows, (own) => sumOf('group', own, (ofGroup) => total(ofGroup.map((row) => row.own))));
}

const height = fc.integer({ min: 1, max: 60 });
const group = fc.array(height, { minLength: 1, maxLength: 4 });
const shapes = fc.array(fc.array(group, { minLength: 1, maxLength: 3 }), { maxLength: 5 }).chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    categories: fc.tuple(...rows.map(() => height)) as fc.Arbitrary<number[]>,
    groups: fc.tuple(...rows.map((all) => fc.tuple(...all.map(() => height)))) as fc.Arbitrary<number[][]>,
  }),
);

test('every row once, in order; no page over its room; as few pages as when each takes all it has room for', () => {
  fc.assert(
    fc.property(shapes, (one) => {
      const { pages, measured } = laid(one);
      const ids = one.rows.flatMap((all, c) =>
        all.flatMap((own, g) => own.map((_, m) => `${c + 1}-${g + 1}-${m + 1}`)),
      );
      expect(pages.flat().map(({ measure }) => measure.id)).toEqual(ids);
      const heights = new Map(
        one.rows.flatMap((all, c): [string, number][] => [
          [`${c + 1}`, one.categories[c] ?? 0],
          ...all.map((_, g): [string, number] => [`${c + 1}-${g + 1}`, one.groups[c]?.[g] ?? 0]),
        ]),
      );
      const own = ({ measure, category, group }: LaidRow) => ({ category, group, own: measured.rowHeight(measure.id) });
      const packed: LaidRow[][] = [[]];
      for (const row of pages.flat()) {
        const last = packed.at(-1) ?? [];
        if (last.length === 0 || needOf([...last, row].map(own), heights) <= roomOf(packed.length - 1)) last.push(row);
        else packed.push([row]);
      }
      expect(pages.length).toBe(packed.length);
      for (const [index, rows] of pages.entries()) {
        const need = needOf(rows.map(own), heights);
        expect(total(rows.map(({ height }) => height))).toBe(need);
        if (rows.length > 1) expect(need).toBeLessThanOrEqual(roomOf(index));
        // Rows grow where a label ends, and nowhere else.
        for (const [at, row] of rows.entries()) {
          const grown = row.height - measured.rowHeight(row.measure.id);
          if (rows[at + 1]?.group === row.group) expect(grown).toBe(0);
          else expect(grown).toBeGreaterThanOrEqual(0);
        }
        for (const key of ['category', 'group'] as const)
          for (const name of new Set(rows.map((row) => row[key])))
            expect(total(rows.filter((row) => row[key] === name).map(({ height }) => height))).toBeGreaterThanOrEqual(
              heights.get(name) ?? 0,
            );
      }
    }),
  );
});
