import { expect, test } from 'vitest';
import { paginate, SheetMeasurer } from '../../src/preview/sheet-layout.ts';
import type { DocumentData, MeasureData } from '../../src/render/data.ts';
import type { Misfit } from '../../src/render/fit.ts';
import { cityContent, dataOf, grid, Layout } from './laid-out.ts';

const all = ['1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-1', '3-1-2', '3-1-3'];
const everyone = `needs ${all.join(' ')}`;
const dearer = ['measures/1-1-1.yaml', '予算額: 12500', '予算額: 12501'] as const;
const dataWith = (...changes: (readonly [string, string | RegExp, string])[]) =>
  dataOf(cityContent(...changes.map(([file, from, to]): [string, string | RegExp, string] => [file, from, to])));

function measurer() {
  const layout = new Layout();
  const own = new SheetMeasurer(layout.render);
  return {
    layout,
    measure: (data: DocumentData) => own.measure(data),
    asked: async (data: DocumentData) => {
      await own.measure(data);
      return layout.news();
    },
  };
}

test('asks for what every sheet needs to know, and for every figure of 予算額', async () => {
  const { layout, measure } = measurer();
  const data = dataWith();
  await measure(data);
  expect(layout.asked).toStrictEqual([
    {
      wish: 'needs',
      data: {
        parts: ['表紙', '目次', '取組事項一覧', '個票'],
        years: ['R10', 'R11', 'R12'],
        plans: ['総合計画', '防災計画'],
        indicatorLabels: ['現状(R10)', '目標値(R12)'],
      },
      figures: ['0', '12,500', '3,200', '', '—', '100', '1,200', '3,700,000'],
      measures: data.categories.flatMap(({ groups }) => groups.flatMap(({ measures }) => measures)),
    },
  ]);
});

test('measures what changed, and nothing twice', async () => {
  const { asked } = measurer();
  expect(await asked(dataWith())).toEqual([everyone]);
  expect(await asked(dataWith())).toEqual(['needs']);
  expect(await asked(dataWith(dearer))).toEqual(['needs 1-1-1']);
  // The text as it was is no longer known: only the last state is kept.
  expect(await asked(dataWith())).toEqual(['needs 1-1-1']);
  // A 再掲 shows its target's name.
  expect(await asked(dataWith(['measures/1-1-1.yaml', '書かない窓口', '書く窓口']))).toEqual(['needs 1-1-1 3-1-1']);
  expect(await asked(dataWith(['measures/3-1-3.yaml', '端末を更新', '機器を更新']))).toEqual([
    'needs 1-1-1 3-1-1 3-1-3',
  ]);
});

test.each<[string, (data: DocumentData) => DocumentData]>([
  ['年度', (data) => ({ ...data, years: ['R10', 'R11', 'R13'] })],
  ['関連計画', (data) => ({ ...data, plans: ['総合計画'] })],
  ['現状・実績・目標', (data) => ({ ...data, indicatorLabels: ['現状(R10)'] })],
  ['構成', (data) => ({ ...data, parts: ['個票'] })],
])('another %s: every measure is another', async (_, change) => {
  const { asked, measure } = measurer();
  await asked(dataWith());
  const { setting } = await measure(change(dataWith()));
  expect((await measure(dataWith())).setting).not.toBe(setting);
  expect(await asked(change(dataWith()))).toEqual([everyone, everyone, everyone]);
});

test('what no sheet shows of the book is no matter', async () => {
  const { asked, measure } = measurer();
  const { setting } = await measure(dataWith());
  await asked(dataWith());
  expect(await asked(dataWith(['edition.yaml', '発行者: 港町市', '発行者: 別の市']))).toEqual(['needs']);
  expect((await measure(dataWith())).setting).toBe(setting);
});

test('other widths of columns: all is measured again, once', async () => {
  const { layout, asked, measure } = measurer();
  const narrow = await measure(dataWith());
  layout.news();
  layout.grid = { ...grid, columns: [...grid.columns, ['more', 1]] };
  layout.bandsOf = () => [{ years: [], heights: [33] }];
  const wide = await measure(dataWith(dearer));
  expect(layout.news()).toEqual(['needs 1-1-1', everyone]);
  expect([...wide.bands.values()]).toEqual(all.map(() => [{ years: [], heights: [33] }]));
  expect(wide.grid.columns.at(-1)).toEqual(['more', 1]);
  expect(wide.setting).not.toBe(narrow.setting);
  expect(await asked(dataWith(dearer))).toEqual(['needs']);
  // Where all were asked for there is nothing to ask again.
  layout.grid = grid;
  const years = dataWith(dearer);
  years.years = ['1', '2', '3'];
  expect(await asked(years)).toEqual([everyone]);
});

test('tells the bands and the text of each measure, the grid, and what does not fit, the heading first', async () => {
  const { layout, measure } = measurer();
  const misfit = (file: string): Misfit => ({ file, path: [], kind: 'wide', text: 'x', need: 2, room: 1 });
  layout.misfits = [misfit('edition.yaml')];
  layout.problemsOf = ({ id }) => (id === '1-1-2' || id === '3-1-3' ? [misfit(id), misfit(`${id} too`)] : []);
  const data = dataWith();
  const { grid: own, bands, keys, misfits } = await measure(data);
  expect(own).toStrictEqual(grid);
  expect([...bands]).toStrictEqual(
    all.map((id) => [
      id,
      /^3-1-[12]/.test(id) ? [{ years: [], heights: [20] }] : [{ years: [0, 1, 2], heights: [10, 10, 10] }],
    ]),
  );
  expect([...keys.keys()]).toEqual(all);
  expect(new Set(keys.values()).size).toBe(all.length);
  const files = ['edition.yaml', '1-1-2', '1-1-2 too', '3-1-3', '3-1-3 too'];
  expect(misfits.map(({ file }) => file)).toEqual(files);
  // They are told again as long as they are there, measured or not.
  layout.problemsOf = ({ id }) => (id === '1-1-1' ? [misfit(id)] : []);
  layout.misfits = [];
  const later = await measure(dataWith(dearer));
  expect(later.misfits.map(({ file }) => file)).toEqual(['1-1-1', ...files.slice(1)]);
  expect([...later.keys].filter(([id, key]) => keys.get(id) !== key).map(([id]) => id)).toEqual(['1-1-1']);
});

test('an answer that lacks a measure is a defect of ours', async () => {
  const own = new SheetMeasurer((async () => ({ layout: { ...grid, problems: [], measures: [] } })) as never);
  await expect(own.measure(dataWith())).rejects.toThrow('not measured: 1-1-1');
});

/** Measures with these bands, each a list of heights, on pages of a room of 70, or 100 where no heading stands. */
function pagesOf(...measures: number[][][]) {
  const tree = measures.map((_, index) => ({ id: `${index}` }) as MeasureData);
  const data = { categories: [{ groups: [{ measures: tree }] }] } as unknown as DocumentData;
  const bands = new Map(
    measures.map((heights, index) => [`${index}`, heights.map((one, at) => ({ years: [at], heights: one }))]),
  );
  const pages = paginate(data, { grid, bands, keys: new Map(), setting: '', misfits: [] });
  for (const page of pages)
    for (const { measure, years, heights } of page.bands)
      expect(heights).toEqual(measures[Number(measure.id)]?.[years[0] ?? -1]);
  return pages.map((page) =>
    page.bands.map(({ measure, years, first }) => `${measure.id}.${years}${first ? ' first' : ''}`),
  );
}

test.each<[string, number[][][], string[][]]>([
  ['nothing: one page', [], [[]]],
  ['what just fits the first page', [[[70]]], [['0.0 first']]],
  ['rows fill it together', [[[30, 20]], [[20]]], [['0.0 first', '1.0 first']]],
  ['what does not fit any more begins the next', [[[70]], [[1]]], [['0.0 first'], ['1.0 first']]],
  ['a hair more than the room', [[[30]], [[40.001]]], [['0.0 first'], ['1.0 first']]],
  ['a hair is no more than the room', [[[70]], [[0.0001]]], [['0.0 first', '1.0 first']]],
  ['a sum of floating point numbers is no hair', [[[30]], [[40.00005]]], [['0.0 first', '1.0 first']]],
  [
    'the next pages have more room',
    [[[70]], [[60]], [[40]], [[1]]],
    [['0.0 first'], ['1.0 first', '2.0 first'], ['3.0 first']],
  ],
  [
    'each of them',
    [[[70]], [[100]], [[100]], [[50]], [[50]]],
    [['0.0 first'], ['1.0 first'], ['2.0 first'], ['3.0 first', '4.0 first']],
  ],
  ['a measure in bands goes over pages', [[[40], [40], [70]]], [['0.0 first'], ['0.1'], ['0.2']]],
  [
    'and the next one goes on behind it',
    [[[40], [40]], [[60]], [[1]]],
    [['0.0 first'], ['0.1', '1.0 first'], ['2.0 first']],
  ],
  ['what no page holds stands alone, and leaves no empty page', [[[200]], [[20]]], [['0.0 first'], ['1.0 first']]],
  [
    'what no page holds stands on a page of its own',
    [[[20]], [[200]], [[20]]],
    [['0.0 first'], ['1.0 first'], ['2.0 first']],
  ],
])('pages break: %s', (_, measures, pages) => {
  expect(pagesOf(...measures)).toEqual(pages);
});

test('a measure that was not measured has no band', () => {
  const measure = { id: '1-1-1' } as MeasureData;
  const data = { categories: [{ groups: [{ measures: [measure] }] }] } as unknown as DocumentData;
  expect(paginate(data, { grid, bands: new Map(), keys: new Map(), setting: '', misfits: [] })).toEqual([
    { bands: [] },
  ]);
});
