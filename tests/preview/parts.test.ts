import { expect, test } from 'vitest';
import { partRequest } from '../../src/preview/parts.ts';
import { cityContent, dataOf } from './laid-out.ts';

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

test('表紙 and 別冊 are drawn from what the book is called, and from nothing else', () => {
  const content = cityContent();
  content.edition.parts.push({ annex: 'annexes/a.pdf', title: '資料' });
  const data = dataOf(content, { 'annexes/a.pdf': [[595, 842]] });
  const places = { 'part-目次': { page: 2, y: 0 }, 'sheet-1-1-1': { page: 4, y: 1 } };
  for (const [part, page] of [
    ['表紙', 1],
    ['annexes/a.pdf', 7],
  ] as const)
    expect(partRequest(part, page, data, places)).toStrictEqual({
      wish: 'part',
      data: {
        part,
        parts: [...parts, 'annexes/a.pdf'],
        annexes: { 'annexes/a.pdf': { title: '資料', pages: [[595, 842]] } },
        book,
      },
      page,
      places: [],
    });
});

const overviewed = {
  id: '1-1-1',
  number: '1-1-1',
  kind: '新規',
  reprint: null,
  reprintMark: '',
  changed: false,
  overviewTitle: '書かない窓口',
  overviewSection: '窓口課',
};

test('取組事項一覧 is drawn from what its rows show; its links look the same wherever they lead', () => {
  const data = dataOf(cityContent());
  const request = partRequest('取組事項一覧', 3, data, { 'sheet-1-1-1': { page: 9, y: 1 } });
  expect(request).toStrictEqual({
    wish: 'part',
    data: { part: '取組事項一覧', parts, annexes: {}, book, categories: expect.any(Array) },
    page: 3,
    places: ['1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-1', '3-1-2', '3-1-3'].map((id) => [`sheet-${id}`, 1]),
  });
  const [first] = request.data.categories ?? [];
  expect(first).toStrictEqual({
    number: '1',
    name: '暮らし',
    label: '1. 暮らし',
    groups: [
      {
        number: '1-1',
        name: '窓口',
        label: '1-1. 窓口',
        measures: [
          overviewed,
          {
            ...overviewed,
            ...{ id: '1-1-2', number: '1-1-2', kind: '継続', overviewSection: '窓口課、関係課' },
            overviewTitle: '電子申請#100%・_強調_・$式$・\\記号・@名前',
          },
        ],
      },
      {
        number: '1-2',
        name: '防災',
        label: '1-2. 防災',
        measures: [
          {
            ...overviewed,
            ...{ id: '1-2-1', number: '1-2-1', kind: '継続', overviewSection: '防災課' },
            overviewTitle: '避難所混雑の公開',
          },
        ],
      },
    ],
  });
  expect(request.data.categories?.at(-1)).toMatchObject({
    groups: [
      { measures: [{ ...overviewed, id: '3-1-1', number: '3-1-1', reprint: '1-1-1', reprintMark: '○' }, {}, {}] },
    ],
  });
});

test('without 個票 there is nothing that the rows could lead to', () => {
  const content = cityContent();
  content.edition.parts = ['表紙', '取組事項一覧'];
  expect(partRequest('取組事項一覧', 2, dataOf(content), {}).places).toStrictEqual([]);
});

test('目次 is drawn from names and from the pages of what it names, in its order', () => {
  const data = dataOf(cityContent());
  const at = (page: number) => ({ page, y: 7 });
  const places = {
    ...{ 'part-表紙': at(1), 'part-目次': at(2), 'part-取組事項一覧': at(3), 'part-個票': at(5) },
    ...{ 'overview-1': at(3), 'overview-1-1': at(3), 'overview-2-1': at(4) },
    ...{ 'sheet-1': at(5), 'sheet-1-2': at(6), 'sheet-1-1-1': at(5), 'sheet-3-1': at(8) },
  };
  const named = (number: string, name: string) => ({ number, name, label: `${number}. ${name}`, measures: [] });
  expect(partRequest('目次', 2, data, places)).toStrictEqual({
    wish: 'part',
    data: {
      part: '目次',
      parts,
      annexes: {},
      book,
      categories: [
        { number: '1', name: '暮らし', label: '1. 暮らし', groups: [named('1-1', '窓口'), named('1-2', '防災')] },
        { number: '2', name: '仕事', label: '2. 仕事', groups: [named('2-1', '漁業')] },
        { number: '3', name: '学び', label: '3. 学び', groups: [named('3-1', '学校')] },
      ],
    },
    page: 2,
    places: [
      ['part-表紙', 1],
      ['part-取組事項一覧', 3],
      ['part-個票', 5],
      ['overview-1', 3],
      ['sheet-1', 5],
      ['overview-1-1', 3],
      ['sheet-1-2', 6],
      ['overview-2-1', 4],
      ['sheet-3-1', 8],
    ],
  });
});

test('a save that one part does not show asks for the very same piece of it', () => {
  const before = dataOf(cityContent());
  const after = dataOf(
    cityContent(
      ['measures/1-1-1.yaml', '予算額: 12500', '予算額: 12501'],
      ['measures/1-1-2.yaml', /取組内容: \|-\n.*/, '取組内容: ほか'],
    ),
  );
  for (const part of parts.slice(0, 3))
    expect(partRequest(part, 1, after, {})).toStrictEqual(partRequest(part, 1, before, {}));
  const renamed = dataOf(cityContent(['measures/1-1-1.yaml', '書かない窓口', '書く窓口']));
  expect(partRequest('目次', 1, renamed, {})).toStrictEqual(partRequest('目次', 1, before, {}));
  expect(partRequest('取組事項一覧', 1, renamed, {})).not.toEqual(partRequest('取組事項一覧', 1, before, {}));
});
