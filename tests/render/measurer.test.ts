import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measuresOf } from '../../src/model/edition.ts';
import { lineOf } from '../../src/render/contents-lines.ts';
import { type DocumentData, figuresOf } from '../../src/render/data.ts';
import type { Misfit } from '../../src/render/fit.ts';
import { frameOf, Measurer } from '../../src/render/measurer.ts';
import type { BookData, MeasureAnswer, MeasureRequest } from '../../src/render/requests.ts';
import { bookOf, cityContent, dataOf, grid, Layout } from './laid-out.ts';

const all = ['1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-1', '3-1-2', '3-1-3'];
const everyone = `measure ${all.join(' ')}`;
const whole = `${everyone} 7 labels 17 lines 1 cover`;
type Change = readonly [string, string | RegExp, string];
const dearer: Change = ['measures/1-1-1.yaml', '予算額: 12500', '予算額: 12501'];
const dataWith = (...changes: Change[]) =>
  dataOf(cityContent(...changes.map(([file, from, to]): [string, string | RegExp, string] => [file, from, to])));

function measurer() {
  const layout = new Layout();
  const own = new Measurer(layout.measure);
  return {
    layout,
    own,
    asked: async (data: BookData) => {
      await own.measure(data);
      return layout.news();
    },
  };
}

const frame = {
  book: {
    planName: '港町デジタルプラン',
    planPeriod: '2028→2031',
    title: '取組集',
    established: '令和9年4月',
    revised: '令和12年12月1日',
    publisher: '港町市',
    date: { year: 2030, month: 12, day: 1 },
  },
  parts: ['表紙', '目次', '取組事項一覧', '個票'],
  years: ['R10', 'R11', 'R12'],
  plans: ['総合計画', '防災計画'],
  signs: [],
  widths: null,
  indicatorLabels: ['現状(R10)', '目標値(R12)'],
};

test('what every request needs of the document, and nothing of its measures', () => {
  const data = dataWith();
  expect(frameOf(data)).toStrictEqual(frame);
  const legend = { removed: '削除', added: '追加' };
  expect(frameOf({ ...data, legend, titled: '(見え消し)', cover: {} })).toStrictEqual({
    ...{ ...frame, legend, titled: '(見え消し)' },
  });
  expect(frameOf({ ...data, titled: '' })).toStrictEqual({ ...frame, titled: '' });
});

test('asks for every label, line and measure once, for the cover, and for every figure of 予算額 that may be the widest', async () => {
  const { layout, own } = measurer();
  const data = dataWith();
  await own.measure(data);
  const figures = ['12,500', '3,700,000'];
  const label = { names: ['個票', '取組事項一覧'], file: 'structure.yaml', path: ['大項目'] };
  const [first, ...more] = layout.asked as MeasureRequest[];
  expect(more).toEqual([]);
  expect(first).toStrictEqual({
    ...{ ...frame, wish: 'measure', figures, measures: measuresOf(data), heading: true, cover: frame.book },
    labels: [
      ...[
        { level: 'category', text: '1. 暮らし' },
        { level: 'group', text: '1-1. 窓口' },
        { level: 'group', text: '1-2. 防災' },
      ],
      ...[
        { level: 'category', text: '2. 仕事' },
        { level: 'group', text: '2-1. 漁業' },
      ],
      ...[
        { level: 'category', text: '3. 学び' },
        { level: 'group', text: '3-1. 学校' },
      ],
    ],
    lines: expect.any(Array),
  });
  expect(first?.lines.slice(1, 5)).toStrictEqual([
    { kind: 'part', text: '個票', note: '', names: ['個票'], file: null, path: [] },
    { kind: 'head', text: '大項目・中項目', note: '', names: label.names, file: null, path: [] },
    { ...label, kind: 'category', text: '1. 暮らし', note: '3件' },
    { ...label, kind: 'group', text: '1-1. 窓口', note: '2件' },
  ]);
});

test('a part that the document does not have is not measured for; its cover is what stands on it', async () => {
  const { asked, layout, own } = measurer();
  expect(await asked({ ...dataWith(), parts: ['個票'] })).toEqual([everyone]);
  expect(await asked({ ...dataWith(), parts: ['目次'], sections: [] })).toEqual([everyone]); // with nothing to list
  expect(await asked({ ...dataWith(), parts: ['取組事項一覧'] })).toEqual([`${everyone} 7 labels`]);
  const marked = { planName: ['marked'] };
  await own.measure({ ...dataWith(), parts: ['表紙'], cover: marked });
  expect(layout.asked[0]).toMatchObject({ cover: marked, book: frame.book });
});

test('measures what changed, and nothing twice', async () => {
  const { asked, own } = measurer();
  expect(own.knows).toBe(false);
  expect(await asked(dataWith())).toEqual([whole]);
  expect(own.knows).toBe(true);
  expect(await asked(dataWith())).toEqual([]);
  expect(await asked(dataWith(dearer))).toEqual(['measure 1-1-1']);
  // The text as it was is no longer known: only the last state is kept.
  expect(await asked(dataWith())).toEqual(['measure 1-1-1']);
  // A 再掲 shows its target's name.
  expect(await asked(dataWith(['measures/1-1-1.yaml', '書かない窓口', '書く窓口']))).toEqual(['measure 1-1-1 3-1-1']);
  expect(await asked(dataWith(['measures/3-1-3.yaml', '端末を更新', '機器を更新']))).toEqual([
    'measure 1-1-1 3-1-1 3-1-3',
  ]);
  expect(await asked(dataWith(['structure.yaml', '漁業', '水産']))).toEqual(['measure 3-1-3 1 labels 1 lines']);
  expect(await asked(dataWith(['edition.yaml', '発行者: 港町市', '発行者: 別の市']))).toEqual([
    'measure 1 labels 1 lines 1 cover',
  ]);
});

test.each<[string, (data: DocumentData) => DocumentData]>([
  ['年度', (data) => ({ ...data, years: ['R10', 'R11', 'R13'] })],
  ['関連計画', (data) => ({ ...data, plans: ['総合計画'] })],
  ['現状・実績・目標', (data) => ({ ...data, indicatorLabels: ['現状(R10)'] })],
  ['構成', (data) => ({ ...data, parts: ['取組事項一覧', '個票'] })],
])('another %s: everything is another', async (_, change) => {
  const { asked, own } = measurer();
  await asked(dataWith());
  const { setting } = await own.measure(change(dataWith()));
  expect((await own.measure(dataWith())).setting).not.toBe(setting);
  const [parts] = await asked(change(dataWith()));
  expect(parts).toMatch(/ 3-1-3 7 labels/);
  expect(await asked(dataWith())).toEqual([whole]);
});

test('what no table shows of the book is no matter', async () => {
  const { own, asked } = measurer();
  const { setting, keyOf } = await own.measure(dataWith());
  await asked(dataWith());
  const later = await own.measure(dataWith(['edition.yaml', '発行者: 港町市', '発行者: 別の市'], dearer));
  expect(later.setting).toBe(setting);
  expect(all.filter((id) => later.keyOf(id) !== keyOf(id))).toEqual(['1-1-1']);
  expect(new Set(all.map(keyOf)).size).toBe(all.length);
});

test.each<[string, Partial<Layout['sheets']>]>([
  ['columns', { columns: [...grid.sheets.columns, ['more', 1]] }],
  ['heights of the heading', { heading: [20, 16] }],
])('other %s of 個票: all measures are measured again, once', async (_, change) => {
  const { layout, asked, own } = measurer();
  const before = await own.measure(dataWith());
  layout.news();
  layout.sheets = { ...grid.sheets, ...change };
  layout.bandsOf = () => [{ years: [], heights: [33] }];
  layout.rowHeight = () => 44;
  const after = await own.measure(dataWith(dearer));
  expect(layout.news()).toEqual(['measure 1-1-1', `measure ${all.slice(1).join(' ')}`]);
  for (const id of all) expect(after.bandsOf(id)).toEqual([{ years: [], heights: [33] }]);
  expect(after.rowHeight('3-1-3')).toBe(44);
  expect(after.sheets).toMatchObject(change);
  expect(after.setting).not.toBe(before.setting);
  expect(await asked(dataWith(dearer))).toEqual([]);
});

test('other figures of 予算額 alone: the columns are asked for again', async () => {
  const { own, layout } = measurer();
  await own.measure(dataWith(), ['100']);
  layout.news();
  await own.measure(dataWith(), ['100', '9,999,999']);
  await own.measure(dataWith(), ['100', '9,999,999']);
  expect(layout.news()).toEqual(['measure']);
});

test('tells every height, the page and its parts; of parts that are not there nothing', async () => {
  const { layout, own } = measurer();
  layout.rowHeight = ({ id }) => all.indexOf(id) + 1;
  layout.labelHeight = ({ level, text }) => text.length * (level === 'group' ? 100 : 1);
  layout.lineHeight = ({ kind, text }) => text.length + (kind === 'category' ? 100 : 0);
  const data = dataWith();
  const { page, contents, overview, sheets, ...measured } = await own.measure(data);
  expect(page).toStrictEqual(grid.page);
  expect(contents).toMatchObject(grid.contents);
  expect(overview).toMatchObject(grid.overview);
  expect(sheets).toMatchObject(grid.sheets);
  for (const [index, id] of all.entries()) {
    const bands = /^3-1-[12]/.test(id) ? { years: [], heights: [20] } : { years: [0, 1, 2], heights: [10, 10, 10] };
    expect(measured.bandsOf(id)).toStrictEqual([bands]);
    expect(measured.rowHeight(id)).toBe(index + 1);
  }
  expect(measured.labelHeight({ level: 'category', text: '1. 暮らし' })).toBe(6);
  expect(measured.labelHeight({ level: 'group', text: '1-1. 窓口' })).toBe(700);
  const line = (text: string) =>
    lineOf({
      ...{ kind: 'category', text, note: '3件', names: ['個票', '取組事項一覧'] },
      ...{ file: 'structure.yaml', path: ['大項目'] },
    });
  expect(measured.lineHeight(line('1. 暮らし'))).toBe(106);
  expect(measured.misfits).toEqual([]);
  expect(() => measured.lineHeight(line('x'))).toThrow('not measured: {"kind":"category","text":"x",');
  expect(() => measured.lineHeight(line('x'.repeat(1000)))).toThrow(/^not measured: .{200}$/);
  expect(() => measured.bandsOf('9-9-9')).toThrow(/^not measured: $/);

  const cover = await own.measure({ ...data, parts: ['表紙'] });
  expect([cover.contents, cover.overview, cover.sheets]).toEqual([undefined, undefined, undefined]);
  expect([cover.bandsOf('1-1-1'), cover.rowHeight('1-1-1')]).toEqual([[], 0]);
});

const misfit = (file: string): Misfit => ({ file, path: [], kind: 'wide', text: 'x', need: 2, room: 1 });

test('tells what does not fit: of the heading, measures in sheet and row, labels, lines and the cover', async () => {
  const { layout, own } = measurer();
  layout.headingProblems = [misfit('edition.yaml')];
  layout.problemsOf = ({ id }) => (id === '1-1-2' || id === '3-1-3' ? [misfit(id), misfit(`${id} too`)] : []);
  layout.rowProblems = ({ id }) => (id === '1-1-2' ? [misfit('row')] : []);
  layout.labelProblems = ({ text }) => (text === '2. 仕事' ? [misfit('label')] : []);
  layout.lineProblems = ({ text }) => (text === '2. 仕事' ? [misfit('line')] : []);
  layout.problems = [misfit('cover')];
  const told = async (data: DocumentData) => (await own.measure(data)).misfits.map(({ file }) => file);
  const found = ['1-1-2', '1-1-2 too', 'row', '3-1-3', '3-1-3 too', 'label', 'line', 'cover'];
  expect(await told(dataWith())).toEqual(['edition.yaml', ...found]);
  // They are told again as long as they are there, measured or not.
  layout.problemsOf = ({ id }) => (id === '1-1-1' ? [misfit(id)] : []);
  layout.headingProblems = [];
  expect(await told(dataWith(dearer))).toEqual(['1-1-1', ...found]);
  expect(await told({ ...dataWith(), parts: ['表紙'] })).toEqual(['cover']);
});

test.each<[string, (answer: MeasureAnswer) => unknown]>([
  ['a measure in 個票', ({ sheets }) => sheets?.measures.pop()],
  ['a row', ({ overview }) => overview?.rows.pop()],
  ['a label', ({ overview }) => overview?.labels.pop()],
  ['a line', ({ contents }) => contents?.heights.pop()],
  ['all lines', (answer) => Object.assign(answer, { contents: null })],
  ['all labels', (answer) => Object.assign(answer, { overview: null })],
])('an answer that lacks %s is a defect of ours', async (_, spoil) => {
  const layout = new Layout();
  const own = new Measurer(async (request) => {
    const answer = await layout.measure(request);
    spoil(answer);
    return answer;
  });
  await expect(own.measure(dataWith())).rejects.toThrow('an answer lacks number ');
});

test('figures are those of the document, unless others are given', async () => {
  const { layout, own } = measurer();
  const [category] = dataWith().categories;
  const some = { ...dataWith(), categories: category ? [category] : [] };
  await own.measure(some, ['1', '2']);
  expect((layout.asked as MeasureRequest[]).map(({ figures }) => figures)).toEqual([['1', '2']]);
  layout.news();
  await own.measure({ ...some, parts: ['個票'] });
  expect(layout.asked[0]).toMatchObject({ figures: figuresOf(some) });
});

test('many measures are asked for in groups of forty, side by side', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 130 }), async (count) => {
      const data = bookOf([[count]], ['個票']);
      const layout = new Layout();
      const groups: string[][] = [];
      const own = new Measurer((request) => {
        groups.push(request.measures.map(({ id }) => id));
        return layout.measure(request);
      });
      const measuring = own.measure(data);
      const atOnce = [...groups];
      await measuring;
      expect(groups).toEqual(atOnce);
      expect(groups.flat()).toEqual(measuresOf(data).map(({ id }) => id));
      expect(groups.map((group) => group.length)).toEqual([
        ...Array.from({ length: Math.ceil(count / 40) - 1 }, () => 40),
        ((count - 1) % 40) + 1,
      ]);
    }),
    { numRuns: 20 },
  );
});

/** A measurer whose questions wait until they are let go. */
function held() {
  const layout = new Layout();
  const waiting: (() => void)[] = [];
  const own = new Measurer(async (request) => {
    const answer = layout.measure(request);
    await new Promise<void>((resolve) => void waiting.push(resolve));
    return answer;
  });
  const go = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  return { layout, own, go };
}
const soon = () => new Promise(setImmediate);

test('what is measured ahead is not measured again, whether it is answered or not', async () => {
  for (const isAnswered of [false, true]) {
    const { layout, own, go } = held();
    own.ahead(dataWith());
    expect(layout.asked).toMatchObject([
      { wish: 'measure', figures: figuresOf(dataWith()), heading: false, labels: [], lines: [] },
    ]);
    expect(layout.news()).toEqual([everyone]);
    own.ahead(dataWith());
    expect(layout.news()).toEqual([]);
    if (isAnswered) {
      go();
      await soon();
      own.ahead(dataWith());
      expect(layout.news()).toEqual([]);
    }
    own.ahead(dataWith(dearer));
    expect(layout.news()).toEqual(['measure 1-1-1']);
    const measuring = own.measure(dataWith(dearer));
    expect(layout.news()).toEqual(['measure 7 labels 17 lines 1 cover']);
    go();
    const measured = await measuring;
    expect(measured.bandsOf('1-1-1')).toEqual([{ years: [0, 1, 2], heights: [10, 10, 10] }]);
    own.ahead(dataWith(dearer));
    expect(layout.news()).toEqual([]);
    // What was measured ahead of another state is forgotten with it.
    own.ahead(dataWith());
    expect(layout.news()).toEqual(['measure 1-1-1']);
  }
});

test('measuring waits for what is measured ahead', async () => {
  const { own, go } = held();
  own.ahead(dataWith());
  let isMeasured = false;
  const measuring = own.measure(dataWith()).then(() => {
    isMeasured = true;
  });
  await soon();
  expect(isMeasured).toBe(false);
  go();
  await measuring;
});

test('a document that became another meanwhile: nothing of before is taken for it', async () => {
  for (const isAnswered of [false, true]) {
    const { layout, own, go } = held();
    layout.bandsOf = () => [{ years: [], heights: [99] }];
    own.ahead(dataWith());
    layout.bandsOf = () => [{ years: [], heights: [11] }];
    if (isAnswered) {
      go();
      await soon();
    }
    const years = { ...dataWith(), years: ['R11', 'R12', 'R13'] };
    const measuring = own.measure(years);
    for (let turn = 0; turn < 3; turn += 1) {
      go();
      await soon();
    }
    const measured = await measuring;
    for (const id of all) expect(measured.bandsOf(id)).toEqual([{ years: [], heights: [11] }]);
  }
});

test('what fails ahead is told to nobody, but again to who measures', async () => {
  const { layout, own } = measurer();
  layout.failing = new Error('the thread ended');
  own.ahead(dataWith());
  await soon(); // an unhandled rejection would end the run
  layout.failing = undefined;
  await expect(own.measure(dataWith())).rejects.toThrow('the thread ended');
});

test('many measures are measured ahead in groups, too', () => {
  const { layout, own } = measurer();
  own.ahead(bookOf([[41], [40]], ['個票']));
  expect((layout.asked as MeasureRequest[]).map(({ measures }) => measures.length)).toEqual([40, 40, 1]);
});

test('改定履歴: each entry once, as long as it stays as it is', async () => {
  const { asked, layout, own } = measurer();
  const entry = (index: number, text = 'あ') => ({ index, date: '令和9年4月', text });
  const data = (...history: ReturnType<typeof entry>[]) => ({ ...dataWith(), parts: ['改定履歴'], history });
  expect(await asked(data(entry(0), entry(1)))).toEqual([`${everyone} 2 revisions`]);
  expect(await asked(data(entry(0), entry(1)))).toEqual([]);
  expect(await asked(data(entry(0), entry(1, 'い')))).toEqual(['measure 1 revisions']);
  layout.revisionProblems = ({ index, text }) => [
    { file: 'edition.yaml', path: ['改定履歴', index, '内容'], kind: 'wide', text, need: 2, room: 1 },
  ];
  const { misfits, history, revisionHeight } = await own.measure(data(entry(0), entry(1, 'い\nう')));
  expect(misfits.map(({ path }) => path)).toEqual([['改定履歴', 1, '内容']]);
  expect([history, revisionHeight(entry(1, 'い\nう'))]).toEqual([
    expect.objectContaining({ columns: [60, 240], heading: 12 }),
    20,
  ]);
  layout.news();
  // Of a document without the part none is asked for.
  expect(await asked({ ...dataWith(), parts: ['目次'], sections: [], history: [entry(0)] })).toEqual([everyone]);
});
