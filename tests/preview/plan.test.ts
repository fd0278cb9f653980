import { expect, test } from 'vitest';
import { fingerprint, type PlannedDocument, PreviewDocument } from '../../src/preview/document.ts';
import type { DocumentData } from '../../src/render/data.ts';
import { type Changes, cityContent, dataOf, Layout } from '../render/laid-out.ts';

type Content = ReturnType<typeof cityContent>;

/** A document over the layout that is made by rule, not by Typst. */
function preview() {
  const layout = new Layout();
  const document = new PreviewDocument(layout);
  const planOf = async (data: DocumentData, { holds }: Content): Promise<PlannedDocument> => {
    const plan = await document.plan(data, holds);
    if ('misfits' in plan) throw new Error(JSON.stringify(plan.misfits));
    return plan;
  };
  return { layout, document, planOf, plan: (...changes: Changes) => planned(planOf, cityContent(...changes)) };
}
const planned = (planOf: (data: DocumentData, content: Content) => Promise<PlannedDocument>, content: Content) =>
  planOf(dataOf(content), content);

const keys = ({ pages }: PlannedDocument) => pages.map(({ key }) => key);
/** Numbers of the pages that are others than before. */
const changed = (before: PlannedDocument, after: PlannedDocument) =>
  after.pages.filter(({ key }) => !keys(before).includes(key)).map(({ number }) => number);
const pageAt = ({ pages }: PlannedDocument, number: number) => {
  const page = pages[number - 1];
  if (!page) throw new Error(`no page ${number}`);
  return page;
};
const everyone = 'measure 1-1-1 1-1-2 1-2-1 2-1-1 3-1-1 3-1-2 3-1-3';
/** Of all measures, too. */
const yearsLater: Changes = [
  ['edition.yaml', 'R10, R11, R12]', 'R13, R11, R12]'],
  ['edition.yaml', '現状: R10', '現状: R11'],
  ...['1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-3'].map((id): Changes[0] => [
    `measures/${id}.yaml`,
    /^ {2}R10:/m,
    '  R13:',
  ]),
];
const dearer: Changes[0] = ['measures/2-1-1.yaml', '額: 1200', '額: 1300'];

/** Rows of 取組事項一覧 so high that it takes two pages. */
const tall = (layout: Layout) => {
  layout.rowHeight = () => 20;
};

test('every page of the document in its order, with its part, number, size, and what it is drawn from', async () => {
  const { layout, plan } = preview();
  tall(layout);
  const { pages } = await plan();
  expect(pages.map(({ part, number, width, height, cells }) => [part, number, width, height, cells.length])).toEqual([
    ['表紙', 1, 600, 400, 0],
    ['目次', 2, 600, 400, 22],
    ['取組事項一覧', 3, 600, 400, 18],
    ['取組事項一覧', 4, 600, 400, 24],
    ['個票', 5, 600, 400, 54],
    ['個票', 6, 600, 400, 88],
    ['個票', 7, 600, 400, 27],
  ]);
  for (const { key, piece, request } of pages) {
    expect(key).toMatch(/^[0-9a-f]{20}$/);
    expect(piece).toBe(fingerprint(request));
  }
  for (const names of [pages.map(({ key }) => key), pages.map(({ piece }) => piece)])
    expect(new Set(names).size).toBe(7);
  expect(pages.map(({ request }) => request.sections)).toMatchObject(
    pages.map(({ part, number }) => [{ part, page: number }]),
  );
  expect(pages[3]?.request.sections).toMatchObject([{ pages: [{ first: false, rows: [{}, {}, {}, {}] }] }]);
  expect(pages[4]?.cells[0]).toMatchObject({ file: 'measures/1-1-1.yaml', y: 76 });
  expect(pages[5]?.cells[0]).toMatchObject({ file: 'measures/1-2-1.yaml', y: 46 });
});

test('every place that a link may lead to, with its page and its height there', async () => {
  const { layout, plan } = preview();
  tall(layout);
  const { places } = await plan();
  const told = Object.entries(places).map(([id, { page, y }]) => `${id} ${page} ${y}`);
  expect(told).toEqual([
    ...['part-表紙 1 0', 'part-目次 2 0', 'part-取組事項一覧 3 0'],
    ...['overview-1 3 66', 'overview-1-1 3 66', 'overview-1-2 3 106', 'overview-2 4 36', 'overview-2-1 4 36'],
    ...['overview-3 4 56', 'overview-3-1 4 56'],
    ...['part-個票 5 0', 'sheet-1 5 76', 'sheet-1-1 5 76', 'sheet-1-1-1 5 76', 'sheet-1-1-2 5 106'],
    ...['sheet-1-2 6 46', 'sheet-1-2-1 6 46'],
    ...['sheet-2 6 76', 'sheet-2-1 6 76', 'sheet-2-1-1 6 76', 'sheet-3 6 106', 'sheet-3-1 6 106', 'sheet-3-1-1 6 106'],
    ...['sheet-3-1-2 6 126', 'sheet-3-1-3 7 46'],
  ]);
});

test('nothing is drawn for a plan; what is measured is asked for once', async () => {
  const { layout, plan } = preview();
  await plan();
  expect(layout.news()).toEqual([`${everyone} 7 labels 17 lines 1 cover`]);
  await plan(['structure.yaml', '暮らし', 'くらし']);
  expect(layout.news()).toEqual(['measure 1 labels 1 lines']);
});

test('目次 leads to where things stand', async () => {
  const { layout, plan } = preview();
  tall(layout);
  const [, contents] = (await plan()).pages;
  const lines = (contents?.cells ?? []).map(({ text, target }) => `${text} ${target}`);
  expect(lines).toEqual([
    ...['取組事項一覧 part-取組事項一覧', '個票 part-個票'],
    // Both pages of a 大項目 or 中項目
    ...['1. 暮らし', '1-1. 窓口', '1-2. 防災', '2. 仕事', '2-1. 漁業', '3. 学び', '3-1. 学校'].flatMap((text) =>
      ['sheet', 'overview'].map((part) => `${text} ${part}-${text.split('. ')[0]}`),
    ),
    // 課, each to its first 取組
    ...['学校課 sheet-3-1-2', '関係課 sheet-1-1-2', '漁港課 sheet-2-1-1', '窓口課 sheet-1-1-1', '防災課 sheet-1-2-1'],
    '流通課 sheet-2-1-1',
  ]);
  expect(contents?.cells.slice(1, 4)).toMatchObject([
    { x: 7, y: 48, width: 290, height: 11, file: '', path: [], target: 'part-個票' },
    { x: 13, y: 72, width: 284, height: 11, target: 'sheet-1' },
    { x: 257, y: 72, width: 40, height: 11, target: 'overview-1' },
  ]);
  const [section] = contents?.request.sections ?? [];
  const [drawn] = section?.part === '目次' ? section.pages : [];
  expect(drawn?.columns.map((lines) => lines.map(({ text, numbers }) => `${text} ${numbers.join()}`))).toEqual([
    [
      ...['取組事項一覧 3', '個票 5', '大項目・中項目 ', '1. 暮らし 5,3', '1-1. 窓口 5,3', '1-2. 防災 6,3'],
      ...['2. 仕事 6,4', '2-1. 漁業 6,4', '3. 学び 6,4', '3-1. 学校 6,4'],
    ],
    [
      ...['担当課 ', '学校課 3-1-2,3-1-3', '関係課 1-1-2', '漁港課 2-1-1', '窓口課 1-1-1,1-1-2,3-1-1', '防災課 1-2-1'],
      '流通課 2-1-1',
    ],
  ]);
});

test('目次 that takes another page moves what stands behind it', async () => {
  const { layout, plan } = preview();
  layout.lineHeight = () => 12;
  const { pages, places } = await plan();
  expect(pages.map(({ part }) => part)).toEqual([...['表紙', '目次', '目次', '取組事項一覧', '個票', '個票', '個票']]);
  expect([pages[1]?.cells.length, pages[2]?.cells.length]).toEqual([16, 6]);
  expect(places).toMatchObject({ 'overview-1': { page: 4 }, 'sheet-1': { page: 5 } });
});

test('parts in another order, without 表紙 or 個票: each where 構成 has it', async () => {
  const { layout, document, planOf } = preview();
  const content = cityContent();
  content.edition.parts = ['個票', '目次'];
  const { pages, places } = await planOf(dataOf(content), content);
  expect(pages.map(({ part, number }) => `${part} ${number}`)).toEqual(['個票 1', '個票 2', '個票 3', '目次 4']);
  expect(places).toMatchObject({ 'part-個票': { page: 1 }, 'part-目次': { page: 4 }, 'sheet-3-1-3': { page: 3 } });
  expect(Object.keys(places)).not.toContain('overview-1');
  expect(await document.cover(dataOf(content))).toBeUndefined();
  expect(layout.news()).toEqual([`${everyone} 16 lines`]);
  const last = pages[2];
  if (last) await document.vector(last);
  expect(layout.asked).toMatchObject([{ sections: [{ page: 3, pages: [{ first: false }] }] }]);
  content.edition.parts = ['個票'];
  expect((await planOf(dataOf(content), content)).pages.length).toBe(3);
  content.edition.parts = ['表紙'];
  const cover = await planOf(dataOf(content), content);
  expect(cover.pages.map(({ part }) => part)).toEqual(['表紙']);
  expect(layout.news().slice(-1)).toEqual([`${everyone} 1 cover`]);
});

test('an annex takes as many pages as it has, in their sizes, under its title', async () => {
  const { planOf } = preview();
  const content = cityContent();
  content.edition.parts.splice(1, 0, { annex: 'annexes/a.pdf', title: '資料' });
  const sizes: [number, number][] = [
    [595, 842],
    [842, 595],
    [100, 200],
  ];
  const { pages, places } = await planOf(dataOf(content, { 'annexes/a.pdf': sizes }), content);
  expect(
    pages.slice(0, 5).map(({ part, number, width, height, cells }) => [part, number, width, height, cells.length]),
  ).toEqual([
    ['表紙', 1, 600, 400, 0],
    ['資料', 2, 595, 842, 0],
    ['資料', 3, 842, 595, 0],
    ['資料', 4, 100, 200, 0],
    ['目次', 5, 600, 400, 17],
  ]);
  expect(pages[2]?.request.sections).toMatchObject([{ page: 3, part: 'annex', annex: { pages: [[2, [842, 595]]] } }]);
  expect(places).toMatchObject({ 'part-annexes/a.pdf': { page: 2, y: 0 }, 'part-目次': { page: 5, y: 0 } });
  expect(pages[4]?.cells.find(({ text }) => text === '資料')?.target).toBe('part-annexes/a.pdf');
});

test('the cover is there before anything is measured, is asked for once, and stays the first page', async () => {
  const { layout, document, plan } = preview();
  const cover = await document.cover(dataOf(cityContent()));
  expect(layout.news()).toEqual(['表紙 1']);
  expect(cover).toMatchObject({ part: '表紙', number: 1, width: 600, height: 400, cells: [] });
  expect(document.page(cover?.key ?? '')).toBe(cover);
  const { pages } = await plan();
  expect(layout.news()).toEqual([`${everyone} 7 labels 17 lines 1 cover`]);
  expect(pages[0]).toStrictEqual(cover);
  if (cover) await document.vector(cover);
  expect(layout.news()).toEqual([]); // drawn once
});

test('the cover is as large as it was laid out', async () => {
  const { layout, document } = preview();
  layout.paper = { width: 111, height: 222 };
  expect(await document.cover(dataOf(cityContent()))).toMatchObject({ width: 111, height: 222 });
});

test('nothing changed: the same pages, and nothing is asked for', async () => {
  const { layout, plan } = preview();
  const before = await plan();
  layout.news();
  const after = await plan();
  expect(after).toStrictEqual(before);
  expect(layout.news()).toEqual([]);
  expect(before).toStrictEqual(await preview().plan());
});

test.each<[string, Changes, number[]]>([
  // What is changed, and which pages are others then: 1 表紙, 2 目次, 3 取組事項一覧, 4 … 6 個票
  ['an amount', [dearer], [5]],
  ['a text', [['measures/3-1-3.yaml', '端末を更新', '機器を更新']], [6]],
  ['a name, of a 再掲 too', [['measures/1-1-1.yaml', '書かない窓口', '書く窓口']], [3, 4, 5]],
  ['its wording in the overview', [['measures/1-2-1.yaml', '避難所混雑の公開', '混雑の公開']], [3, 5]],
  ['the name of a 中項目', [['structure.yaml', '漁業', '水産']], [2, 3]],
  ['who publishes', [['edition.yaml', '発行者: 港町市', '発行者: 別の市']], [1, 2, 3, 4, 5, 6]],
  ['a 関連計画', [['measures/1-1-1.yaml', '関連計画: [総合計画]', '関連計画: [防災計画]']], [4]],
  ['年度', yearsLater, [4, 5, 6]],
  ['区分', [['measures/3-1-3.yaml', '区分: 継続', '区分: 新規']], [3, 6]],
])('another %s: other pages', async (_, changes, pages) => {
  const { plan } = preview();
  const before = await plan();
  const after = await plan(...changes);
  expect(changed(before, after)).toEqual(pages);
  expect(after).toStrictEqual(await preview().plan(...changes));
  expect(keys(await plan())).toEqual(keys(before));
});

test('the same text written elsewhere: the cells lead there, so the page is another', async () => {
  const { plan } = preview();
  const before = await plan();
  const own = await plan(['measures/3-1-1.yaml', '再掲: 1-1-1', '再掲: 1-1-1\n取組: 書かない窓口']);
  expect(changed(before, own)).toEqual([3, 5]);
  const file = (one: PlannedDocument, number: number) =>
    pageAt(one, number).cells.find(({ text, y }) => /書かない窓口$/.test(text) && y > 80)?.file;
  expect([file(before, 3), file(own, 3)]).toEqual(['measures/1-1-1.yaml', 'measures/3-1-1.yaml']);
  expect([file(before, 5), file(own, 5)]).toEqual(['measures/1-1-1.yaml', 'measures/3-1-1.yaml']);
});

test.each<[string, string, string, string, number[]]>([
  ['3-1-1', '再掲: 1-1-1', '再掲: 1-1-1\n担当局・部: [市民局]', '担当局・部', [5]],
  ['3-1-1', '再掲: 1-1-1', '再掲: 1-1-1\n担当課: [窓口課]', '担当課', [3, 5]],
  ['1-1-1', '関連計画', '一覧表: { 取組事項: 書かない窓口 }\n関連計画', '一覧表.取組事項', [3]],
  ['1-1-1', '関連計画', '一覧表: { 担当課: 窓口課 }\n関連計画', '一覧表.担当課', [3]],
])('%s with %s as %s: other cells of the same text', async (id, from, to, path, pages) => {
  const { plan } = preview();
  const before = await plan();
  const after = await plan([`measures/${id}.yaml`, from, to]);
  expect(changed(before, after)).toEqual(pages);
  const texts = ({ pages }: PlannedDocument) => pages.map(({ cells }) => cells.map(({ text }) => text));
  expect(texts(after)).toEqual(texts(before));
  for (const number of pages)
    expect(pageAt(after, number).cells.map((cell) => [cell.file, cell.path.join('.')])).toContainEqual([
      `measures/${id}.yaml`,
      path,
    ]);
});

test('a page that becomes the first one has its cells below the heading', async () => {
  const { layout, planOf } = preview();
  layout.bandsOf = () => [{ years: [], heights: [70] }];
  const content = cityContent();
  await planOf(dataOf(content), content);
  content.edition.categories.splice(0, 1);
  const { pages, places } = await planOf(dataOf(content), content);
  expect(pages[3]?.cells[0]).toMatchObject({ file: 'measures/2-1-1.yaml', y: 76 });
  expect(places).toMatchObject({ 'sheet-2-1-1': { page: 4, y: 76 }, 'sheet-3-1-1': { page: 5, y: 46 } });
});

test('a measure over many pages has the cells of its own years on each, after a save too', async () => {
  const { layout, plan } = preview();
  layout.bandsOf = ({ id, years, reprint }) =>
    id === '1-1-1'
      ? years.map((_, index) => ({ years: [index], heights: [100] }))
      : [{ years: [], heights: [reprint === null ? 30 : 20] }];
  const before = await plan();
  const years = ({ pages }: PlannedDocument) =>
    pages.slice(3, 6).map(({ cells }) => cells.filter(({ path }) => path.length === 2).map(({ text }) => text));
  expect(years(before)).toEqual([['R10'], ['R11'], ['R12']]);
  expect(before.places['sheet-1-1-1']).toEqual({ page: 4, y: 76 });
  const after = await plan(dearer);
  expect(years(after)).toEqual(years(before));
  expect(after.pages.slice(3, 6)).toStrictEqual(before.pages.slice(3, 6));
});

test('pages that move have other keys, for the number on them; they are not worked out again', async () => {
  const { layout, plan } = preview();
  const before = await plan();
  layout.lineHeight = () => 70;
  const after = await plan(['structure.yaml', '漁業', '水産']);
  expect(changed(before, after)).toEqual([2, 3, 4, 5, 6, 7]);
  expect(after.pages.slice(4).map(({ cells }) => cells)).toEqual(before.pages.slice(3).map(({ cells }) => cells));
  for (const [index, { cells }] of after.pages.slice(4).entries()) expect(cells).toBe(before.pages[3 + index]?.cells);
});

test('cells of a page that did not change are taken over; those of one that did are not', async () => {
  const { plan } = preview();
  const before = await plan();
  const after = await plan(dearer);
  expect(pageAt(after, 3).cells).toBe(pageAt(before, 3).cells);
  expect(pageAt(after, 4).cells).toBe(pageAt(before, 4).cells);
  expect(pageAt(after, 5).cells).not.toBe(pageAt(before, 5).cells);
  expect(pageAt(after, 5).cells).toContainEqual(expect.objectContaining({ text: '漁港課 1,300\n流通課 —' }));
  expect(pageAt(after, 6).cells).toBe(pageAt(before, 6).cells);
});

test('what does not fit is told, of parts as of sheets, and the pages before stay', async () => {
  const misfit = { file: 'edition.yaml', path: [], kind: 'wide' as const, text: 'x', need: 2, room: 1 };
  const { layout, document, plan } = preview();
  const before = await plan();
  const content = cityContent(dearer);
  layout.headingProblems = [misfit];
  expect(await document.misfits(dataOf(content))).toStrictEqual([misfit]);
  for (const page of before.pages) expect(document.page(page.key)).toBe(page);
  layout.headingProblems = [];
  expect(changed(before, await plan())).toEqual([]);

  const own = new Layout();
  own.lineProblems = ({ text }) => (text === '1. 暮らし' ? [misfit] : []);
  expect(await new PreviewDocument(own).misfits(dataOf(content))).toStrictEqual([misfit]);
});

test('a page is known as long as it may be asked for: in this plan and the one before', async () => {
  const { document, plan } = preview();
  const first = await plan();
  const second = await plan(dearer);
  const gone = pageAt(first, 5);
  expect(document.page(gone.key)).toBe(gone);
  expect(document.page(pageAt(second, 5).key)).toBe(pageAt(second, 5));
  await plan(['measures/2-1-1.yaml', '額: 1200', '額: 1400']);
  expect(document.page(gone.key)).toBeUndefined();
  expect(document.page(pageAt(second, 5).key)).toBe(pageAt(second, 5));
  expect(document.page('')).toBeUndefined();
});

test('a page is drawn when it is asked for, once, and forgotten with its plan', async () => {
  const { layout, document, plan } = preview();
  const first = await plan();
  layout.news();
  const vector = await document.vector(pageAt(first, 6));
  expect(JSON.parse(Buffer.from(vector).toString())).toMatchObject({
    ...{ wish: 'draw', sections: [{ part: '個票', page: 6 }] },
  });
  expect(layout.news()).toEqual(['個票 6']);
  expect(await document.vector(pageAt(first, 6))).toBe(vector);
  await document.vector(pageAt(first, 3));
  await document.vector(pageAt(first, 3));
  expect(layout.news()).toEqual(['取組事項一覧 3']);

  const edit = (to: number): Changes[0] => ['measures/3-1-3.yaml', '予算額: 3700000', `予算額: ${to}`];
  await plan(edit(1));
  await plan();
  layout.news();
  expect(await document.vector(pageAt(first, 6))).toBe(vector); // it was in the plan before the last one
  await plan(edit(2));
  await plan(edit(3));
  layout.news();
  await document.vector(pageAt(first, 6));
  expect(layout.news()).toEqual(['個票 6']);
});

test('what is on a screen is drawn as soon as a save changed it: the three pages asked for last', async () => {
  const { layout, document, plan } = preview();
  const first = await plan();
  for (const number of [1, 4, 5, 6, 4, 4, 4]) await document.vector(pageAt(first, number));
  layout.news();
  const saved = await plan(['edition.yaml', '発行者: 港町市', '発行者: 別の市']);
  expect(layout.news()).toEqual(['measure 1 cover', '個票 4', '個票 6', '個票 5']);
  await document.vector(pageAt(saved, 1));
  await document.vector(pageAt(saved, 3));
  layout.news();
  await plan(['edition.yaml', '発行者: 港町市', '発行者: 第三の市']);
  expect(layout.news()).toEqual(['measure 1 cover', '取組事項一覧 3', '表紙 1', '個票 4']);
});

test('a drawing that failed is tried again, and hurts no plan', async () => {
  const { layout, document, plan } = preview();
  const first = await plan();
  layout.failing = new Error('the thread ended');
  await expect(document.vector(pageAt(first, 4))).rejects.toThrow('the thread ended');
  await expect(document.vector(pageAt(first, 4))).rejects.toThrow('the thread ended');
  layout.failing = undefined;
  expect((await document.vector(pageAt(first, 4))).length).toBeGreaterThan(100);

  // One that is drawn ahead and fails is told to nobody.
  const own = new Layout();
  let broken = false;
  const other = new PreviewDocument({
    measure: own.measure,
    vector: async (request) => {
      if (broken) throw new Error('broken');
      return own.vector(request);
    },
  });
  const content = cityContent();
  const before = await other.plan(dataOf(content), content.holds);
  if ('misfits' in before) throw new Error('misfits');
  await other.vector(pageAt(before, 5));
  broken = true;
  const after = await other.plan(dataOf(cityContent(dearer)), content.holds);
  await new Promise(setImmediate);
  if ('misfits' in after) throw new Error('misfits');
  await expect(other.vector(pageAt(after, 5))).rejects.toThrow('broken');
});

test('a fingerprint names a value: the same for the same, another for another', () => {
  expect(fingerprint('a')).toBe('ca978112ca1bbdcafac2');
  expect(fingerprint('')).toBe('e3b0c44298fc1c149afb');
  expect(fingerprint({ a: [1] })).toBe(fingerprint('{"a":[1]}'));
  expect(fingerprint(['a'])).not.toBe(fingerprint(['b']));
});
