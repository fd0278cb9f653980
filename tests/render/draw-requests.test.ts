import { expect, test } from 'vitest';
import type { DocumentData } from '../../src/render/data.ts';
import { drawRequest, portraitRequest } from '../../src/render/draw-requests.ts';
import { Measurer } from '../../src/render/measurer.ts';
import { type PagePlan, planBook } from '../../src/render/plan.ts';
import type { BookData } from '../../src/render/requests.ts';
import { type Changes, cityContent, dataOf, grid, Layout, measuredOf } from './laid-out.ts';

const book = {
  planName: '港町デジタルプラン',
  planPeriod: '2028→2031',
  title: '取組集',
  established: '令和9年4月',
  revised: '令和12年12月1日',
  publisher: '港町市',
  date: { year: 2030, month: 12, day: 1 },
};
const parts = ['表紙', '目次', '取組事項一覧', '個票'];
const sheetsFrame = {
  ...{ wish: 'draw', book, parts, years: ['R10', 'R11', 'R12'], plans: ['総合計画', '防災計画'] },
  ...{ signs: [], widths: null, indicatorLabels: ['現状(R10)', '目標値(R12)'], levels: { part: 1, measure: 2 } },
};
/** Without what 個票 alone shows. */
const frame = { ...sheetsFrame, years: [], plans: [], signs: [], widths: null, indicatorLabels: [] };
const covered = { part: 2, measure: 3 };
const inside = { part: 1, measure: 1 };

async function planned(data: DocumentData, layout = new Layout()) {
  const measured = await new Measurer(layout.measure).measure(data);
  const plan = planBook(data, measured);
  const of = (part: PagePlan['part']) => plan.pages.filter((page) => page.part === part);
  const requestOf = (part: PagePlan['part']) => drawRequest(numbered(of(part), 9), { data, measured, plan });
  return { data, measured, plan, of, requestOf };
}
const nowhere = { places: new Map() };
const bare = measuredOf({ overview: undefined, sheets: undefined });
const numbered = (pages: PagePlan[], from: number) => pages.map((page, index) => ({ page, number: from + index }));
const city = (...changes: Changes) => planned(dataOf(cityContent(...changes)));

test('表紙 is drawn from what the book is called, and from nothing else', async () => {
  const { requestOf, data } = await city();
  const expected = { ...frame, levels: covered, sections: [{ page: 9, part: '表紙', cover: book }] };
  expect(requestOf('表紙')).toStrictEqual(expected);
  // As it is known before anything is measured:
  expect(drawRequest(numbered([{ part: '表紙' }], 9), { data, plan: nowhere })).toStrictEqual(expected);
  const cover = { planName: ['marked'] };
  expect(drawRequest(numbered([{ part: '表紙' }], 9), { data: { ...data, cover } as BookData, plan: nowhere })).toEqual(
    {
      ...{ ...expected, sections: [{ page: 9, part: '表紙', cover }] },
    },
  );
});

const overviewed = {
  ...{ id: '1-1-1', number: '1-1-1', kind: '新規', reprint: null, reprintMark: '', changed: false },
  ...{ overviewTitle: '書かない窓口', overviewSection: '窓口課' },
};

const place = (category: string, group: string) => ({ category, group });
const [desk, last] = [place('1. 暮らし', '1-1. 窓口'), place('3. 学び', '3-1. 学校')];

test('取組事項一覧 is drawn from what its rows show', async () => {
  const { requestOf } = await city();
  const request = requestOf('取組事項一覧');
  const row = (category: string, categoryLabel: string, group: string, groupLabel: string) => ({
    ...{ category, categoryLabel, group, groupLabel, height: 10 },
  });
  const first = row('1', '1. 暮らし', '1-1', '1-1. 窓口');
  expect(request).toStrictEqual({
    ...frame,
    sections: [
      {
        ...{ page: 9, part: '取組事項一覧', heading: 25, linked: true },
        pages: [{ first: true, rows: expect.any(Array), ends: [desk, last], given: 0 }],
      },
    ],
  });
  const [{ pages }] = request.sections as unknown as [{ pages: [{ rows: unknown[] }] }];
  const [{ rows }] = pages;
  expect(rows.length).toBe(7);
  expect(rows.slice(0, 3)).toStrictEqual([
    { ...first, measure: overviewed, begins: ['1', '1-1'] },
    {
      ...{ ...first, begins: [] },
      measure: {
        ...{ ...overviewed, id: '1-1-2', number: '1-1-2', kind: '継続', overviewSection: '窓口課、関係課' },
        overviewTitle: '電子申請#100%・_強調_・$式$・\\記号・@名前',
      },
    },
    {
      ...row('1', '1. 暮らし', '1-2', '1-2. 防災'),
      measure: {
        ...{ ...overviewed, id: '1-2-1', number: '1-2-1', kind: '継続', overviewSection: '防災課' },
        overviewTitle: '避難所混雑の公開',
      },
      begins: ['1-2'],
    },
  ]);
  expect(rows[4]).toMatchObject({
    measure: { ...overviewed, id: '3-1-1', number: '3-1-1', reprint: '1-1-1', reprintMark: '○' },
    begins: ['3', '3-1'],
  });
});

test('without 個票 there is nothing that the rows could lead to', async () => {
  const content = cityContent();
  content.edition.parts = ['表紙', '取組事項一覧'];
  const { requestOf, of, data, plan } = await planned(dataOf(content));
  expect(requestOf('取組事項一覧').sections).toMatchObject([{ linked: false }]);
  expect(drawRequest(numbered(of('取組事項一覧'), 2), { data, plan }).sections).toMatchObject([{ heading: 0 }]);
  // Nor has a part that is not measured a grid.
  const nothing = { first: true, rows: [], bands: [], ends: [], given: 0 };
  for (const part of ['取組事項一覧', '個票'] as const)
    expect(drawRequest(numbered([{ ...nothing, part }], 2), { data, plan, measured: bare }).sections).toMatchObject([
      part === '個票' ? { columns: [] } : { heading: 0 },
    ]);
});

test('目次 is drawn from its lines and the pages that they lead to', async () => {
  const content = cityContent();
  content.edition.parts.push({ annex: 'annexes/a.pdf', title: '資料' });
  const layout = new Layout();
  layout.lineHeight = () => 5; // all of them on one page
  const { requestOf, data, of } = await planned(dataOf(content, { 'annexes/a.pdf': [[595, 842]] }), layout);
  const request = requestOf('目次');
  expect(request).toStrictEqual({
    ...{ ...frame, parts: [...parts, 'annexes/a.pdf'] },
    sections: [{ page: 9, part: '目次', pages: [expect.any(Object)] }],
  });
  const [section] = request.sections;
  if (section?.part !== '目次') throw new Error('no 目次');
  const [page = { first: false, columns: [] }] = section.pages;
  expect([page.first, page.columns.length]).toEqual([true, 2]);
  const line = { note: '', file: null, path: [] };
  const label = { names: ['個票', '取組事項一覧'], file: 'structure.yaml', path: ['大項目'] };
  const annex = { kind: 'part', text: '資料', names: ['annexes/a.pdf'], file: 'edition.yaml', path: ['構成'] };
  const [structure, sections] = page.columns;
  expect(structure?.slice(0, 6)).toStrictEqual([
    {
      ...line,
      kind: 'part',
      text: '取組事項一覧',
      names: ['取組事項一覧'],
      targets: ['part-取組事項一覧'],
      numbers: ['3'],
    },
    { ...line, kind: 'part', text: '個票', names: ['個票'], targets: ['part-個票'], numbers: ['4'] },
    { ...line, ...annex, targets: ['part-annexes/a.pdf'], numbers: ['7'] },
    { ...line, kind: 'head', text: '大項目・中項目', names: label.names, targets: [], numbers: [] },
    {
      ...label,
      kind: 'category',
      text: '1. 暮らし',
      note: '3件',
      targets: ['sheet-1', 'overview-1'],
      numbers: ['4', '3'],
    },
    {
      ...label,
      kind: 'group',
      text: '1-1. 窓口',
      note: '2件',
      targets: ['sheet-1-1', 'overview-1-1'],
      numbers: ['4', '3'],
    },
  ]);
  expect(structure?.slice(6).map(({ targets, numbers }) => `${targets[0]} ${numbers}`)).toEqual([
    ...['sheet-1-2 5,3', 'sheet-2 5,3', 'sheet-2-1 5,3', 'sheet-3 5,3', 'sheet-3-1 5,3'],
  ]);
  // A 課 leads to its 取組, by their numbers.
  expect(sections?.map(({ text, numbers }) => `${text} ${numbers}`)).toContain('防災課 1-2-1');
  expect(sections?.slice(1).every(({ numbers, names }) => numbers === names)).toBe(true);
  // A place that is not in the document has no number.
  expect(drawRequest(numbered(of('目次'), 1), { data, plan: nowhere }).sections).toMatchObject([
    { pages: [{ columns: [expect.arrayContaining([expect.objectContaining({ kind: 'part', numbers: [''] })]), {}] }] },
  ]);
});

test('個票 is drawn from the bands of its pages, in its columns', async () => {
  const { data, of, measured, plan, requestOf } = await city();
  const measures = data.categories.flatMap(({ groups }) => groups.flatMap((group) => group.measures));
  const band = (index: number) => ({
    ...(measures[index]?.reprint === null ? { years: [0, 1, 2], heights: [10, 10, 10] } : { years: [], heights: [20] }),
    ...{ measure: measures[index], first: true },
  });
  const { columns, heading: headingHeights } = grid.sheets;
  const pages = [
    { part: '個票', first: true, bands: [band(0), band(1)], ends: [desk, desk] },
    {
      part: '個票',
      first: false,
      bands: [band(2), band(3), band(4), band(5)],
      ends: [place('1. 暮らし', '1-2. 防災'), last],
    },
    { part: '個票', first: false, bands: [band(6)], ends: [last, last] },
  ];
  const section = { part: '個票', columns, headingHeights };
  expect(requestOf('個票')).toStrictEqual({ ...sheetsFrame, sections: [{ ...section, page: 9, pages }] });
  expect(drawRequest(numbered(of('個票').slice(1, 2), 5), { data, measured, plan })).toStrictEqual({
    ...{ ...sheetsFrame, levels: inside, sections: [{ ...section, page: 5, pages: [pages[1]] }] },
  });
  expect(drawRequest(numbered(of('個票'), 5), { data, plan }).sections).toMatchObject([
    { columns: [], headingHeights: [] },
  ]);
});

test('an annex: which of its pages, and how large they are', async () => {
  const content = cityContent();
  content.edition.parts = [{ annex: 'annexes/a.pdf', title: '資料' }];
  const sizes: [number, number][] = [
    [595, 842],
    [842, 595],
  ];
  const { requestOf, of, data, measured, plan } = await planned(dataOf(content, { 'annexes/a.pdf': sizes }));
  const expected = (page: number, ...pages: [number, unknown][]) => ({
    ...{ ...frame, parts: ['annexes/a.pdf'] },
    sections: [{ page, part: 'annex', annex: { title: '資料', count: 2, pages } }],
  });
  expect(requestOf('annex')).toStrictEqual(expected(9, [1, sizes[0]], [2, sizes[1]]));
  expect(drawRequest(numbered(of('annex').slice(1), 2), { data, measured, plan })).toStrictEqual(
    expected(2, [2, sizes[1]]),
  );
  const unread = { ...data, annexes: {} };
  expect(drawRequest(numbered(of('annex'), 2), { data: unread, plan }).sections).toMatchObject([
    { annex: { title: '', count: 0 } },
  ]);
});

test('A4: the sheets from the first page on', () => {
  const data = dataOf(cityContent());
  const [measure] = data.categories[0]?.groups[0]?.measures ?? [];
  if (!measure) throw new Error('no measure');
  const sheets = [{ measure, category: '1. 暮らし', group: '1-1. 窓口' }];
  expect(portraitRequest(sheets, data)).toStrictEqual({
    ...{ ...sheetsFrame, levels: inside, sections: [{ page: 1, part: 'A4個票', pages: sheets }] },
  });
});

test('pages of several parts: a section of each run of pages, where they follow one another', async () => {
  const layout = new Layout();
  layout.rowHeight = () => 40;
  const { plan, data, measured } = await planned(dataOf(cityContent()), layout);
  const pages = numbered(plan.pages, 1);
  const told = (some: typeof pages) => {
    const { sections, levels, years } = drawRequest(some, { data, measured, plan });
    const numbers = sections.map((section) => [
      section.page,
      section.part,
      'pages' in section ? section.pages.length : 1,
    ]);
    return { levels, hasYears: years.length > 0, told: numbers.map((one) => one.join(' ')) };
  };
  expect(plan.pages.map(({ part }) => part)).toEqual([
    ...['表紙', '目次', '取組事項一覧', '取組事項一覧', '取組事項一覧', '取組事項一覧', '個票', '個票', '個票'],
  ]);
  const sections = ['1 表紙 1', '2 目次 1', '3 取組事項一覧 4', '7 個票 3'];
  expect(told(pages)).toEqual({ levels: covered, hasYears: true, told: sections });
  expect(told(pages.slice(1, 4))).toEqual({
    ...{ levels: { part: 1, measure: 2 }, hasYears: false, told: ['2 目次 1', '3 取組事項一覧 2'] },
  });
  expect(told(pages.slice(3, 5))).toEqual({ levels: inside, hasYears: false, told: ['4 取組事項一覧 2'] });
  // Not those of which one is missing between them:
  expect(told(pages.filter(({ number }) => number !== 4)).told).toEqual([
    ...['1 表紙 1', '2 目次 1', '3 取組事項一覧 1', '5 取組事項一覧 2', '7 個票 3'],
  ]);
  expect(drawRequest([], { data, plan })).toStrictEqual({ ...frame, sections: [] });
});

test('見え消し: its legend, and what stands behind the title', async () => {
  const legend = { removed: '削除', added: '追加' };
  const { requestOf } = await planned({ ...dataOf(cityContent()), legend, titled: '(見え消し)' } as DocumentData);
  for (const part of ['表紙', '目次', '取組事項一覧', '個票'] as const)
    expect(requestOf(part)).toMatchObject({ legend, titled: '(見え消し)' });
});

test('a save that a part does not show asks for the very same pages of it', async () => {
  const before = await city();
  const after = await city(
    ['measures/1-1-1.yaml', '予算額: 12500', '予算額: 12501'],
    ['measures/1-1-2.yaml', /取組内容: \|-\n.*/, '取組内容: ほか'],
  );
  const unchanged = (other: typeof before) =>
    (['表紙', '目次', '取組事項一覧', '個票'] as const).filter(
      (part) => JSON.stringify(before.requestOf(part)) === JSON.stringify(other.requestOf(part)),
    );
  expect(unchanged(after)).toEqual(['表紙', '目次', '取組事項一覧']);
  expect(unchanged(await city(['measures/1-1-1.yaml', '書かない窓口', '書く窓口']))).toEqual(['表紙', '目次']);
  expect(unchanged(await city(['structure.yaml', '漁業', '水産']))).toEqual(['表紙', '個票']);
  const years = { ...before.data, years: ['R11', 'R12', 'R13'], plans: ['ほか'], indicatorLabels: [] };
  expect(unchanged(await planned(years))).toEqual(['表紙', '目次', '取組事項一覧']);
  // Where a label of another height changes no row, nothing is drawn again for it.
  const layout = new Layout();
  layout.labelHeight = () => 6;
  expect(unchanged(await planned(before.data, layout))).toEqual(['表紙', '目次', '取組事項一覧', '個票']);
});
