import { expect, test } from 'vitest';
import { measuresOf } from '../../src/model/edition.ts';
import { contentsCells, historyCells, overviewCells, sheetCells } from '../../src/preview/cells.ts';
import type { Cell } from '../../src/preview/messages.ts';
import type { LaidLine } from '../../src/render/contents-pages.ts';
import type { DocumentData } from '../../src/render/data.ts';
import type { LaidRow } from '../../src/render/overview-pages.ts';
import { cityContent, dataOf, grid, measuredOf } from '../render/laid-out.ts';

/** One cell a line: left top width height, file and path, the text, and where it leads. */
const lines = (cells: Cell[]): string[] =>
  cells.map(({ x, y, width, height, file, path, text, target }) =>
    [
      ...[x, y, width, height],
      ...[file.replace(/^measures\//, ''), path.join('.'), JSON.stringify(text)],
      ...(target === undefined ? [] : ['→', target]),
    ].join(' '),
  );
const listed = (text: string): string[] => text.trim().split(/\n\s*/);

/** A page of 個票: each band as [id, years, heights, where it does not begin the measure]. */
function sheet(bands: [id: string, years: number[], heights: number[], goesOn?: 'goes on'][], first = true) {
  const content = cityContent();
  const data = dataOf(content);
  const measures = new Map(measuresOf(data).map((measure) => [measure.id, measure]));
  const page = {
    ...{ part: '個票' as const, first, ends: [] },
    bands: bands.flatMap(([id, years, heights, goesOn]) => {
      const measure = measures.get(id);
      return measure ? [{ measure, years, heights, first: goesOn === undefined }] : [];
    }),
  };
  return sheetCells(page, { measured: measuredOf(), data, holds: content.holds });
}

test('個票: each cell where it is printed, with the field that it shows and the text that stands there', () => {
  const { cells, begins } = sheet([
    ['1-1-1', [0, 1, 2], [10, 20, 5]],
    ['2-1-1', [0], [30]],
  ]);
  expect(lines(cells)).toEqual(
    listed(`
      7 76 10 35 1-1-1.yaml 担当局・部 "市民局"
      17 76 11 35 1-1-1.yaml 担当課 "窓口課"
      28 76 12 35 1-1-1.yaml 区分 "新規"
      40 76 13 35 1-1-1.yaml 番号 "1"
      53 76 14 35 1-1-1.yaml 番号 "1"
      67 76 15 35 1-1-1.yaml 番号 "1"
      82 76 16 35 1-1-1.yaml 取組 "書かない窓口"
      98 76 17 35 1-1-1.yaml 取組内容 "申請書を書かずに手続ができる窓口を設ける。\\n・転入、転出\\n・証明書の交付"
      115 76 18 35 1-1-1.yaml 効果・KPI "利用件数"
      133 76 19 35 1-1-1.yaml 現状・実績・目標 "0件(R10)\\n5,000件(R12)"
      152 76 20 10 1-1-1.yaml スケジュール.R10 "R10"
      152 86 20 20 1-1-1.yaml スケジュール.R11 "R11"
      152 106 20 5 1-1-1.yaml スケジュール.R12 "R12"
      172 76 21 10 1-1-1.yaml スケジュール.R10.項目 "△"
      172 86 21 20 1-1-1.yaml スケジュール.R11.項目 "◎"
      172 106 21 5 1-1-1.yaml スケジュール.R12.項目 "→"
      193 76 22 10 1-1-1.yaml スケジュール.R10.内容 "調査"
      193 86 22 20 1-1-1.yaml スケジュール.R11.内容 "導入"
      193 106 22 5 1-1-1.yaml スケジュール.R12.内容 "運用"
      215 76 23 10 1-1-1.yaml スケジュール.R10.予算額 "0"
      215 86 23 20 1-1-1.yaml スケジュール.R11.予算額 "12,500"
      215 106 23 5 1-1-1.yaml スケジュール.R12.予算額 "3,200"
      238 76 24 10 1-1-1.yaml スケジュール.R10.事業実績 "—"
      238 86 24 20 1-1-1.yaml スケジュール.R11.事業実績 ""
      238 106 24 5 1-1-1.yaml スケジュール.R12.事業実績 ""
      262 76 5 35 1-1-1.yaml 関連計画 "○"
      267 76 5 35 1-1-1.yaml 関連計画 "×"
      7 111 10 30 2-1-1.yaml 担当局・部 "産業局\\n水産部"
      17 111 11 30 2-1-1.yaml 担当課 "(発注)漁港課\\n流通課"
      28 111 12 30 2-1-1.yaml 区分 "新規"
      40 111 13 30 2-1-1.yaml 番号 "2"
      53 111 14 30 2-1-1.yaml 番号 "1"
      67 111 15 30 2-1-1.yaml 番号 "1"
      82 111 16 30 2-1-1.yaml 取組 "競りの電子化\\n(漁港・流通)"
      98 111 17 30 2-1-1.yaml 取組内容 ""
      115 111 18 30 2-1-1.yaml 効果・KPI ""
      133 111 19 30 2-1-1.yaml 現状・実績・目標 ""
      152 111 20 30 2-1-1.yaml スケジュール.R10 "R10"
      172 111 21 30 2-1-1.yaml スケジュール.R10.項目 "○"
      193 111 22 30 2-1-1.yaml スケジュール.R10.内容 "機器の選定"
      215 111 23 30 2-1-1.yaml スケジュール.R10.予算額 "漁港課 1,200\\n流通課 —"
      238 111 24 30 2-1-1.yaml スケジュール.R10.事業実績 ""
      262 111 5 30 2-1-1.yaml 関連計画 "○"
      267 111 5 30 2-1-1.yaml 関連計画 "○"`),
  );
  expect(begins).toEqual([
    { id: '1', y: 76 },
    { id: '1-1', y: 76 },
    { id: '1-1-1', y: 76 },
    { id: '2', y: 111 },
    { id: '2-1', y: 111 },
    { id: '2-1-1', y: 111 },
  ]);
});

test('個票: a 再掲 leads to its target, and its cells to the file that holds what they show', () => {
  const { cells, begins } = sheet(
    [
      ['3-1-1', [], [20]],
      ['3-1-2', [], [8, 12]],
    ],
    false,
  );
  expect(lines(cells)).toEqual(
    listed(`
      7 46 10 20 1-1-1.yaml 担当局・部 "市民局"
      17 46 11 20 1-1-1.yaml 担当課 "窓口課"
      28 46 12 20 3-1-1.yaml 区分 "新規"
      40 46 13 20 3-1-1.yaml 番号 "3"
      53 46 14 20 3-1-1.yaml 番号 "1"
      67 46 15 20 3-1-1.yaml 番号 "1"
      82 46 16 20 1-1-1.yaml 取組 "書かない窓口"
      98 46 17 20 1-1-1.yaml 取組内容 "※再掲(1-1-1)" → sheet-1-1-1
      115 46 18 20 1-1-1.yaml 効果・KPI ""
      133 46 19 20 1-1-1.yaml 現状・実績・目標 ""
      152 46 20 20 1-1-1.yaml スケジュール ""
      172 46 21 20 1-1-1.yaml スケジュール ""
      193 46 22 20 1-1-1.yaml スケジュール ""
      215 46 23 20 1-1-1.yaml スケジュール ""
      238 46 24 20 1-1-1.yaml スケジュール ""
      262 46 5 20 1-1-1.yaml 関連計画 ""
      267 46 5 20 1-1-1.yaml 関連計画 ""
      7 66 10 20 3-1-2.yaml 担当局・部 "教育局"
      17 66 11 20 3-1-2.yaml 担当課 "学校課"
      28 66 12 20 3-1-2.yaml 区分 "継続"
      40 66 13 20 3-1-2.yaml 番号 "3"
      53 66 14 20 3-1-2.yaml 番号 "1"
      67 66 15 20 3-1-2.yaml 番号 "2"
      82 66 16 20 3-1-2.yaml 取組 "学校での避難所の公開"
      98 66 17 20 1-2-1.yaml 取組内容 "※再掲(1-2-1)" → sheet-1-2-1
      115 66 18 20 1-2-1.yaml 効果・KPI ""
      133 66 19 20 1-2-1.yaml 現状・実績・目標 ""
      152 66 20 8 1-2-1.yaml スケジュール ""
      152 74 20 12 1-2-1.yaml スケジュール ""
      172 66 21 8 1-2-1.yaml スケジュール ""
      172 74 21 12 1-2-1.yaml スケジュール ""
      193 66 22 8 1-2-1.yaml スケジュール ""
      193 74 22 12 1-2-1.yaml スケジュール ""
      215 66 23 8 1-2-1.yaml スケジュール ""
      215 74 23 12 1-2-1.yaml スケジュール ""
      238 66 24 8 1-2-1.yaml スケジュール ""
      238 74 24 12 1-2-1.yaml スケジュール ""
      262 66 5 20 1-2-1.yaml 関連計画 ""
      267 66 5 20 1-2-1.yaml 関連計画 ""`),
  );
  expect(begins.map(({ id, y }) => `${id} ${y}`)).toEqual(['3 46', '3-1 46', '3-1-1 46', '3-1-2 66']);
});

test('個票: a measure that goes on from the page before has its cells again, and begins nothing', () => {
  const { cells, begins } = sheet([['1-1-2', [2], [10], 'goes on']], false);
  expect(begins).toEqual([]);
  expect(lines(cells).filter((line) => /スケジュール|取組 /.test(line))).toEqual(
    listed(`
      82 46 16 10 1-1-2.yaml 取組 "電子申請#100%・_強調_・$式$・\\\\記号・@名前"
      152 46 20 10 1-1-2.yaml スケジュール.R12 "R12"
      172 46 21 10 1-1-2.yaml スケジュール.R12.項目 "—"
      193 46 22 10 1-1-2.yaml スケジュール.R12.内容 "—"
      215 46 23 10 1-1-2.yaml スケジュール.R12.予算額 "—"
      238 46 24 10 1-1-2.yaml スケジュール.R12.事業実績 ""`),
  );
});

test('個票: a column that no field has, and a year that there is none of, have no cell', () => {
  const content = cityContent();
  const data = dataOf(content);
  const [measure] = measuresOf(data);
  if (!measure) throw new Error('no measure');
  const bands = [{ measure, years: [2, 3], heights: [10, 10], first: true }];
  const columns: [string, number][] = [...grid.sheets.columns, ['new', 50]];
  const measured = measuredOf({ sheets: { ...grid.sheets, columns } });
  const { cells } = sheetCells(
    { part: '個票', first: false, bands, ends: [] },
    { measured, data, holds: content.holds },
  );
  expect(lines(cells).filter((line) => /スケジュール|関連計画/.test(line))).toEqual(
    listed(`
      152 46 20 10 1-1-1.yaml スケジュール.R12 "R12"
      172 46 21 10 1-1-1.yaml スケジュール.R12.項目 "→"
      193 46 22 10 1-1-1.yaml スケジュール.R12.内容 "運用"
      215 46 23 10 1-1-1.yaml スケジュール.R12.予算額 "3,200"
      238 46 24 10 1-1-1.yaml スケジュール.R12.事業実績 ""
      312 46 5 20 1-1-1.yaml 関連計画 "○"
      317 46 5 20 1-1-1.yaml 関連計画 "×"`),
  );
});

/** A page of 取組事項一覧 whose rows are as high as `from`, one more, one more … */
function overview(ids: string[], { first = true, from = 10, data = dataOf(cityContent()) } = {}) {
  const rows = data.categories.flatMap((category) =>
    category.groups.flatMap((group) =>
      group.measures.map(
        (measure): Omit<LaidRow, 'height'> => ({
          ...{ measure, category: category.number, categoryLabel: category.label },
          ...{ group: group.number, groupLabel: group.label },
        }),
      ),
    ),
  );
  return {
    part: '取組事項一覧' as const,
    first,
    ends: [],
    given: 0,
    rows: ids.flatMap((id, index) =>
      rows.filter(({ measure }) => measure.id === id).map((row): LaidRow => ({ ...row, height: from + index })),
    ),
  };
}
const overviewOf = (page: ReturnType<typeof overview>, content = cityContent(), data: DocumentData = dataOf(content)) =>
  overviewCells(page, { measured: measuredOf(), data, holds: content.holds });

test('取組事項一覧: a row of cells a measure, labels as high as all rows that they stand for', () => {
  const pages = [
    overviewOf(overview(['1-1-1', '1-1-2', '1-2-1', '2-1-1'])),
    overviewOf(overview(['3-1-1', '3-1-2', '3-1-3'], { first: false, from: 14 })),
  ];
  expect(pages.map(({ begins }) => begins.map(({ id, y }) => `${id} ${y}`))).toEqual([
    ['1 66', '1-1 66', '1-2 87', '2 99', '2-1 99'],
    ['3 36', '3-1 36'],
  ]);
  expect(lines(pages[0]?.cells ?? [])).toEqual(
    listed(`
      7 66 30 33 structure.yaml 大項目.0.名称 "1. 暮らし"
      37 66 40 21 structure.yaml 大項目.0.中項目.0.名称 "1-1. 窓口"
      77 66 50 10 1-1-1.yaml 番号 "1-1-1"
      127 66 60 10 1-1-1.yaml 区分 "新規"
      187 66 70 10 1-1-1.yaml 再掲 ""
      257 66 80 10 1-1-1.yaml 取組 "書かない窓口" → sheet-1-1-1
      337 66 90 10 1-1-1.yaml 担当課 "窓口課"
      77 76 50 11 1-1-2.yaml 番号 "1-1-2"
      127 76 60 11 1-1-2.yaml 区分 "継続"
      187 76 70 11 1-1-2.yaml 再掲 ""
      257 76 80 11 1-1-2.yaml 取組 "電子申請#100%・_強調_・$式$・\\\\記号・@名前" → sheet-1-1-2
      337 76 90 11 1-1-2.yaml 担当課 "窓口課、関係課"
      37 87 40 12 structure.yaml 大項目.0.中項目.1.名称 "1-2. 防災"
      77 87 50 12 1-2-1.yaml 番号 "1-2-1"
      127 87 60 12 1-2-1.yaml 区分 "継続"
      187 87 70 12 1-2-1.yaml 再掲 ""
      257 87 80 12 1-2-1.yaml 一覧表.取組事項 "避難所混雑の公開" → sheet-1-2-1
      337 87 90 12 1-2-1.yaml 担当課 "防災課"
      7 99 30 13 structure.yaml 大項目.1.名称 "2. 仕事"
      37 99 40 13 structure.yaml 大項目.1.中項目.0.名称 "2-1. 漁業"
      77 99 50 13 2-1-1.yaml 番号 "2-1-1"
      127 99 60 13 2-1-1.yaml 区分 "新規"
      187 99 70 13 2-1-1.yaml 再掲 ""
      257 99 80 13 2-1-1.yaml 取組 "競りの電子化(漁港・流通)" → sheet-2-1-1
      337 99 90 13 2-1-1.yaml 担当課 "(発注)漁港課、流通課"`),
  );
  expect(lines(pages[1]?.cells ?? [])).toEqual(
    listed(`
      7 36 30 45 structure.yaml 大項目.2.名称 "3. 学び"
      37 36 40 45 structure.yaml 大項目.2.中項目.0.名称 "3-1. 学校"
      77 36 50 14 3-1-1.yaml 番号 "3-1-1"
      127 36 60 14 3-1-1.yaml 区分 "新規"
      187 36 70 14 3-1-1.yaml 再掲 "○"
      257 36 80 14 1-1-1.yaml 取組 "(再掲)書かない窓口" → sheet-3-1-1
      337 36 90 14 1-1-1.yaml 担当課 "窓口課"
      77 50 50 15 3-1-2.yaml 番号 "3-1-2"
      127 50 60 15 3-1-2.yaml 区分 "継続"
      187 50 70 15 3-1-2.yaml 再掲 "○"
      257 50 80 15 3-1-2.yaml 取組 "(再掲)学校での避難所の公開" → sheet-3-1-2
      337 50 90 15 3-1-2.yaml 担当課 "学校課"
      77 65 50 16 3-1-3.yaml 番号 "3-1-3"
      127 65 60 16 3-1-3.yaml 区分 "継続"
      187 65 70 16 3-1-3.yaml 再掲 ""
      257 65 80 16 3-1-3.yaml 取組 "1人1台端末" → sheet-3-1-3
      337 65 90 16 3-1-3.yaml 担当課 "学校課"`),
  );
});

test('取組事項一覧: labels begin anew on each page, 大項目 and 中項目 begin once', () => {
  const pages = [overviewOf(overview(['1-1-1'])), overviewOf(overview(['1-1-2', '1-2-1'], { first: false, from: 11 }))];
  expect(pages.map(({ begins }) => begins.map(({ id }) => id))).toEqual([['1', '1-1'], ['1-2']]);
  expect(lines(pages[1]?.cells ?? []).filter((line) => line.includes('structure'))).toEqual([
    '7 36 30 23 structure.yaml 大項目.0.名称 "1. 暮らし"',
    '37 36 40 11 structure.yaml 大項目.0.中項目.0.名称 "1-1. 窓口"',
    '37 47 40 12 structure.yaml 大項目.0.中項目.1.名称 "1-2. 防災"',
  ]);
});

test('取組事項一覧: a 中項目 of the next 大項目 has a cell of its own, whatever its name', () => {
  const content = cityContent();
  const data = dataOf(content);
  for (const category of data.categories) for (const group of category.groups) group.label = 'ほか';
  const { cells } = overviewOf(overview(['1-2-1', '2-1-1'], { data }), content, data);
  expect(lines(cells).filter((line) => line.includes('ほか'))).toEqual([
    '37 66 40 10 structure.yaml 大項目.0.中項目.1.名称 "ほか"',
    '37 76 40 11 structure.yaml 大項目.1.中項目.0.名称 "ほか"',
  ]);
});

test('取組事項一覧: its own wording leads to where it is written, 担当課 too', () => {
  const content = cityContent([
    'measures/1-2-1.yaml',
    '一覧表: { 取組事項: 避難所混雑の公開 }',
    '一覧表: { 担当課: 危機管理 }',
  ]);
  const { cells } = overviewOf(overview(['1-2-1'], { data: dataOf(content) }), content);
  expect(lines(cells).slice(-2)).toEqual([
    '257 66 80 10 1-2-1.yaml 取組 "避難所の混雑状況の公開" → sheet-1-2-1',
    '337 66 90 10 1-2-1.yaml 一覧表.担当課 "危機管理"',
  ]);
});

test('取組事項一覧: without a grid nothing has a width', () => {
  const content = cityContent();
  const page = overview(['1-1-1']);
  const context = { measured: measuredOf({ overview: undefined }), data: dataOf(content), holds: content.holds };
  const { cells, begins } = overviewCells(page, context);
  expect(new Set(cells.map(({ x, width }) => `${x} ${width}`))).toEqual(new Set(['0 0']));
  expect(begins[0]).toEqual({ id: '1', y: 41 });
});

const line = (text: string, y: number, more: Partial<LaidLine> = {}): LaidLine => ({
  ...{ kind: 'part', text, note: '', names: [], y, targets: [`to ${text}`], file: null, path: [], ...more },
});

test('目次: a line leads to its place, as wide as its column, a hair more than its text is tall', () => {
  const page = {
    ...{ part: '目次' as const, first: true },
    columns: [
      [line('表紙', 30), line('一', 40.5, { kind: 'group' })],
      [line('二', 50, { kind: 'category', file: 'structure.yaml', path: ['大項目'] })],
      [line('資料', 100, { file: 'edition.yaml' })],
    ],
  };
  expect(lines(contentsCells(page, measuredOf({ lines: { 一: 9, 資料: 16 } })))).toEqual([
    '7 39 290 12   "表紙" → to 表紙',
    '21 49.5 276 13   "一" → to 一',
    '323 59 284 12   "二" → to 二',
    '627 109 290 20   "資料" → to 資料',
  ]);
  for (const { path } of contentsCells(page, measuredOf())) expect(path).toEqual([]);
});

test('目次: numbers behind the first lead to their pages, over the line that leads to the first', () => {
  const columns = [
    [line('一', 30, { kind: 'category', targets: ['a', 'b', 'c'] })],
    [line('二', 30, { kind: 'group', targets: ['d', 'e'] })],
  ];
  expect(lines(contentsCells({ part: '目次', first: true, columns }, measuredOf()))).toEqual([
    ...['13 39 284 12   "一" → a', '217 39 40 12   "一" → b', '257 39 40 12   "一" → c'],
    ...['331 39 276 12   "二" → d', '567 39 40 12   "二" → e'],
  ]);
});

test('目次: a 課 leads to its first 取組, a head nowhere', () => {
  const columns = [
    [line('担当課', 30, { kind: 'head', targets: [] }), line('窓口課', 40, { kind: 'section', targets: ['a', 'b'] })],
  ];
  expect(lines(contentsCells({ part: '目次', first: true, columns }, measuredOf()))).toEqual([
    '7 49 290 12   "窓口課" → a',
  ]);
});

test('目次: without lines there are no cells, without a grid nothing has a width', () => {
  expect(contentsCells({ part: '目次', first: true, columns: [[]] }, measuredOf())).toEqual([]);
  const page = { part: '目次' as const, first: true, columns: [[line('一', 0)]] };
  expect(lines(contentsCells(page, measuredOf({ contents: undefined })))).toEqual(['7 9 0 12   "一" → to 一']);
});

test('改定履歴: a 年月 and a 内容, each at its place in edition.yaml', () => {
  const rows = [
    { index: 3, date: '令和9年4月', text: '策定', height: 10 },
    { index: 4, date: '令和10年4月', text: '追加\n更新', height: 20 },
  ];
  const cells = historyCells({ part: '改定履歴', first: true, rows }, measuredOf());
  expect(cells.map(({ x, y, width, height, text }) => [x, y, width, height, text])).toEqual([
    [7, 53, 60, 10, '令和9年4月'],
    [67, 53, 240, 10, '策定'],
    [7, 63, 60, 20, '令和10年4月'],
    [67, 63, 240, 20, '追加\n更新'],
  ]);
  expect(cells.map(({ file, path }) => `${file} ${path.join('.')}`)).toEqual([
    'edition.yaml 改定履歴.3.年月',
    'edition.yaml 改定履歴.3.内容',
    'edition.yaml 改定履歴.4.年月',
    'edition.yaml 改定履歴.4.内容',
  ]);
  expect(historyCells({ part: '改定履歴', first: false, rows }, measuredOf())[0]?.y).toBe(23);
  expect(historyCells({ part: '改定履歴', first: true, rows: [] }, measuredOf({ history: undefined }))).toEqual([]);
});
