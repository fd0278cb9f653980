import { expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { measuresOf } from '../../src/model/edition.ts';
import { editionJson } from '../../src/model/edition-json.ts';
import { sheetFields } from '../../src/model/fields.ts';
import { checkedCity, city, parsedCity, put, textOf } from './city.ts';
import { edited, measure } from './told.ts';

const edition = (...changes: [string | RegExp, string][]) => edited('edition.yaml', ...changes);
const structure = (...changes: [string | RegExp, string][]) => edited('structure.yaml', ...changes);
const measureOf = (id: string, changes: Record<string, string | undefined> = {}) =>
  measuresOf(checkedCity(changes).readable().edition).find((one) => one.id === id);

test('the model of an edition, without its measures', () => {
  const { edition: whole } = checkedCity({
    ...edition([
      '個票]',
      '{ 別冊: annexes/a.pdf, 題名: 地図 }, { 別冊: annexes/b.pdf, 題名: 表, 代替テキスト: 表の画像 }]',
    ]),
    'annexes/a.pdf': '%PDF',
    'annexes/b.pdf': '%PDF',
  });
  expect({ ...whole, categories: whole?.categories.length }).toStrictEqual({
    planName: '港町デジタルプラン',
    planPeriod: '2028→2031',
    title: '取組集',
    established: '令和9年4月',
    revised: '令和12年12月1日',
    publisher: '港町市',
    licence: 'CC BY 4.0',
    years: ['R10', 'R11', 'R12'],
    indicatorYears: [
      { label: '現状', year: 'R10' },
      { label: '目標値', year: 'R12' },
    ],
    relatedPlans: ['総合計画', '防災計画'],
    parts: [
      ...['表紙', '目次', '取組事項一覧'],
      { annex: 'annexes/a.pdf', title: '地図' },
      { annex: 'annexes/b.pdf', title: '表', alternative: '表の画像' },
    ],
    beforeAfter: { after: '改正後', before: '改正前', left: 'after' },
    categories: 3,
    fields: sheetFields,
  });
  const { edition: plain } = checkedCity(edition(['\nライセンス: CC BY 4.0', '']));
  expect(plain).not.toHaveProperty('licence');
});

test.each([
  ['{ 新: 改正案, 旧: 現行, 左: 旧 }', { after: '改正案', before: '現行', left: 'before' }],
  ['{ 左: 新 }', { after: '改正後', before: '改正前', left: 'after' }],
  ['{ 旧: 現行 }', { after: '改正後', before: '現行', left: 'after' }],
])('the headings of 新旧対照表: %s', (written, beforeAfter) => {
  const { edition: whole } = checkedCity(edition(['構成:', `新旧対照表: ${written}\n構成:`]));
  expect(whole?.beforeAfter).toEqual(beforeAfter);
});

test('大項目, 中項目 and measures, each in its place and by its number', () => {
  const copies = [10, 2, 9, 3, 4, 5, 6, 7, 8].map((item) => [
    `measures/1-2-${item}.yaml`,
    textOf('measures/1-2-1.yaml').replace('1-2-1', `1-2-${item}`),
  ]);
  const { edition: whole } = checkedCity(Object.fromEntries(copies));
  expect(
    whole?.categories.map(({ number, name, groups }) => [
      number,
      name,
      groups.map((group) => [group.number, group.name, group.measures.map(({ id }) => id).join(' ')]),
    ]),
  ).toEqual([
    [
      '1',
      '暮らし',
      [
        ['1-1', '窓口', '1-1-1 1-1-2'],
        ['1-2', '防災', '1-2-1 1-2-2 1-2-3 1-2-4 1-2-5 1-2-6 1-2-7 1-2-8 1-2-9 1-2-10'],
      ],
    ],
    ['2', '仕事', [['2-1', '漁業', '2-1-1']]],
    ['3', '学び', [['3-1', '学校', '3-1-1 3-1-2 3-1-3']]],
  ]);
});

test('a measure has what its file says, and nothing where it says nothing', () => {
  expect(measureOf('2-1-1')).toStrictEqual({
    id: '2-1-1',
    kind: '新規',
    title: '競りの電子化\n(漁港・流通)',
    departments: ['産業局 水産部'],
    sections: ['(発注)漁港課', '流通課'],
    schedule: {
      R10: {
        mark: '○',
        plan: '機器の選定',
        budget: [
          { label: '漁港課', amount: 1200 },
          { label: '流通課', amount: '—' },
        ],
      },
      R11: {},
      R12: {},
    },
    relatedPlans: ['総合計画', '防災計画'],
    overviewTitle: '競りの電子化(漁港・流通)',
    overviewSection: '(発注)漁港課、流通課',
  });
  expect(measureOf('3-1-3')).toMatchObject({
    description: '端末を更新する。',
    indicators: '100%(R10)',
    schedule: { R10: { mark: '→', plan: '運用', budget: 0, result: '運用した。' } },
    relatedPlans: [],
  });
  expect(measureOf('1-2-1')).not.toHaveProperty('relatedPlans');
});

test('a 再掲 has what its target has, where it may have its own and has none', () => {
  expect(measureOf('3-1-1')).toStrictEqual({
    id: '3-1-1',
    kind: '新規',
    reprintOf: '1-1-1',
    title: '書かない窓口',
    departments: ['市民局'],
    sections: ['窓口課'],
    schedule: {},
    overviewTitle: '書かない窓口',
    overviewSection: '窓口課',
  });
  // Its own title is that of the overview too, whatever its target has there.
  expect(measureOf('3-1-2')).toStrictEqual({
    id: '3-1-2',
    kind: '継続',
    reprintOf: '1-2-1',
    title: '学校での避難所の公開',
    departments: ['教育局'],
    sections: ['学校課'],
    schedule: {},
    overviewTitle: '学校での避難所の公開',
    overviewSection: '学校課',
  });
  const bare = { 'measures/3-1-2.yaml': '番号: 3-1-2\n区分: 継続\n再掲: 1-2-1\n' };
  expect(measureOf('3-1-2', bare)).toMatchObject({
    title: '避難所の混雑状況の公開',
    overviewTitle: '避難所混雑の公開',
  });
  const own = { 'measures/3-1-2.yaml': '番号: 3-1-2\n区分: 継続\n再掲: 1-2-1\n一覧表: { 担当課: 防災課ほか }\n' };
  expect(measureOf('3-1-2', own)).toMatchObject({
    sections: ['防災課'],
    overviewTitle: '避難所混雑の公開',
    overviewSection: '防災課ほか',
  });
});

test('of an edition without a mistake all can be read', () => {
  const content = checkedCity();
  expect(content.readable()).toStrictEqual({
    edition: content.edition,
    organization: [
      { 名称: '市民局', 課: ['窓口課', '防災課'] },
      { 名称: '産業局 水産部', 課: ['漁港課', '流通課'] },
      { 名称: '教育局', 課: ['学校課'] },
      { 名称: 'ほか', 課: ['関係課'] },
    ],
    unread: [],
  });
});

/** What cannot be read, a file or a key a line. */
const unread = (changes: Record<string, string | undefined>) =>
  checkedCity(changes)
    .readable()
    .unread.map(({ file, path }) => [file, ...path].join(' '));
const one = (...changes: [string | RegExp, string][]) => measure('1-2-1', ...changes);

test.each<[string, Record<string, string | undefined>, string[], object]>([
  [
    'a text that is a list',
    one(['取組: 避難所の混雑状況の公開', '取組: [x]']),
    ['measures/1-2-1.yaml 取組'],
    { title: '', overviewTitle: '避難所混雑の公開', kind: '継続' },
  ],
  [
    'a list that is a text',
    one(['担当課: [防災課]', '担当課: 防災課']),
    ['measures/1-2-1.yaml 担当課'],
    { sections: [], overviewSection: '', departments: ['市民局'] },
  ],
  ['a list without items', one(['担当課: [防災課]', '担当課: []']), ['measures/1-2-1.yaml 担当課'], { sections: [] }],
  [
    'an item that is nothing',
    one(['[防災課]', '["", 防災課, ""]']),
    ['measures/1-2-1.yaml 担当課 2', 'measures/1-2-1.yaml 担当課 0'],
    { sections: ['防災課'] },
  ],
  [
    'two choices that are none',
    one(['区分: 継続', '区分: 廃止'], ['項目: ○', '項目: ✕']),
    ['measures/1-2-1.yaml 区分', 'measures/1-2-1.yaml スケジュール R10 項目'],
    { kind: '', schedule: { R10: { plan: '試行', budget: 100 }, R11: {}, R12: {} } },
  ],
  [
    'an amount that is none',
    one(['予算額: 100', '予算額: 1,000']),
    ['measures/1-2-1.yaml スケジュール R10 予算額'],
    { schedule: { R10: { mark: '○', plan: '試行' }, R11: {}, R12: {} } },
  ],
  [
    'a part of an amount that is none',
    one(['予算額: 100', '予算額: [{ 区分: a, 額: 5 }, { 区分: b, 額: x }, { 区分: c, 額: 6 }]']),
    ['measures/1-2-1.yaml スケジュール R10 予算額'],
    {
      schedule: {
        R10: {
          mark: '○',
          plan: '試行',
        },
        R11: {},
        R12: {},
      },
    },
  ],
  [
    'a key that is none',
    one(['一覧表:', '備考: x\n一覧表:']),
    ['measures/1-2-1.yaml 備考'],
    { title: '避難所の混雑状況の公開' },
  ],
  [
    'a key of a year that is none',
    one(['内容: 試行', '内用: 試行']),
    ['measures/1-2-1.yaml スケジュール R10 内用'],
    { schedule: { R10: { mark: '○', budget: 100 }, R11: {}, R12: {} } },
  ],
  [
    'a year that is none can be read',
    one(['R12:', 'R99:']),
    [],
    { schedule: { R10: { mark: '○', plan: '試行', budget: 100 }, R11: {}, R99: {} } },
  ],
  [
    'a year that is a text',
    one(['R12: {}', 'R12: x']),
    ['measures/1-2-1.yaml スケジュール R12'],
    { schedule: { R10: { mark: '○', plan: '試行', budget: 100 }, R11: {} } },
  ],
  ['a plan that is none can be read', one(['一覧表:', '関連計画: [x]\n一覧表:']), [], { relatedPlans: ['x'] }],
  [
    'a schedule that is a text',
    one([/スケジュール:[\s\S]*R12: \{\}/, 'スケジュール: x']),
    ['measures/1-2-1.yaml スケジュール'],
    { schedule: {} },
  ],
  [
    'a file without keys',
    { 'measures/1-2-1.yaml': '取組内容: x\n' },
    [],
    {
      id: '1-2-1',
      kind: '',
      title: '',
      departments: [],
      sections: [],
      description: 'x',
      schedule: {},
      overviewTitle: '',
      overviewSection: '',
    },
  ],
  ['a file with another number has that of its name', one(['番号: 1-2-1', '番号: 9-9-9']), [], { id: '1-2-1' }],
  [
    'a file of broken syntax',
    { 'measures/1-2-1.yaml': '"' },
    ['measures/1-2-1.yaml'],
    { id: '1-2-1', kind: '', title: '', schedule: {} },
  ],
  ['a file that is a list', { 'measures/1-2-1.yaml': '- x\n' }, ['measures/1-2-1.yaml'], { id: '1-2-1', title: '' }],
  ['a file that is a text', { 'measures/1-2-1.yaml': 'x\n' }, ['measures/1-2-1.yaml'], { id: '1-2-1', title: '' }],
  ['a file of nothing', { 'measures/1-2-1.yaml': 'null\n' }, ['measures/1-2-1.yaml'], { id: '1-2-1', title: '' }],
  [
    'a 再掲 of nothing',
    { 'measures/1-2-1.yaml': '番号: 1-2-1\n区分: 継続\n再掲: 9-9-9\n' },
    [],
    { reprintOf: '9-9-9', title: '', departments: [], schedule: {} },
  ],
  [
    'a 再掲 that is a list is none',
    one(['一覧表:', '再掲: [1-1-1]\n一覧表:']),
    ['measures/1-2-1.yaml 再掲'],
    { title: '避難所の混雑状況の公開' },
  ],
  [
    'a 再掲 that is no number',
    { 'measures/1-2-1.yaml': '番号: 1-2-1\n区分: 継続\n再掲: x\n' },
    ['measures/1-2-1.yaml 再掲'],
    { kind: '継続', title: '' },
  ],
])('%s', (_, changes, keys, expected) => {
  expect(unread(changes)).toEqual(keys);
  expect(measureOf('1-2-1', changes)).toMatchObject(expected);
});

test('without organization.yaml no names are given', () => {
  const { organization, unread: keys } = checkedCity({ 'organization.yaml': undefined }).readable();
  expect([organization, keys]).toEqual([[], [{ file: 'organization.yaml', path: [] }]]);
});

test('a file that is no text, and one that is no measure, are told; the others stay', () => {
  const { source, entries } = city();
  entries.set('measures/1-2-1.yaml', { kind: 'link' });
  put(entries, 'measures/メモ.yaml', 'x: y\n');
  const { edition: read, unread: keys } = checkContent(source, parsedCity()).readable();
  expect(keys).toEqual([
    { file: 'measures/1-2-1.yaml', path: [] },
    { file: 'measures/メモ.yaml', path: [] },
  ]);
  expect(measuresOf(read).map(({ id }) => id)).toEqual(['1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-1', '3-1-2', '3-1-3']);
});

test('without edition.yaml its texts are blank, the years those of the measures', () => {
  const { edition: read, unread: keys } = checkedCity({ 'edition.yaml': undefined }).readable();
  expect(keys).toEqual([{ file: 'edition.yaml', path: [] }]);
  expect({ ...read, categories: read.categories.length }).toStrictEqual({
    ...{ planName: '', planPeriod: '', title: '', established: '', revised: '', publisher: '' },
    years: ['R10', 'R11', 'R12'],
    indicatorYears: [],
    relatedPlans: [],
    parts: [],
    beforeAfter: { after: '改正後', before: '改正前', left: 'after' },
    categories: 3,
    fields: sheetFields,
  });
  expect(JSON.parse(editionJson(read))).toMatchObject({ 策定年月: null, 改定年月: null });
});

test('of an edition.yaml with mistakes the rest is read', () => {
  const changes = edition(
    ['年度: [R10, R11, R12]', '年度: R10'],
    ['構成: [表紙, 目次, 取組事項一覧, 個票]', '構成: [表紙, 奥付, { 別冊: a.pdf }, 個票, 5]'],
    ['関連計画: [総合計画, 防災計画]', '関連計画: [総合計画, "", 防災計画]'],
    ['書名: 取組集\n', ''],
  );
  const { edition: read, unread: keys } = checkedCity(changes).readable();
  expect(keys.map(({ file, path }) => [file, ...path].join(' '))).toEqual([
    'edition.yaml 年度',
    'edition.yaml 関連計画 1',
    'edition.yaml 構成 4',
    'edition.yaml 構成 2',
    'edition.yaml 構成 1',
  ]);
  expect(read).toMatchObject({
    title: '',
    planName: '港町デジタルプラン',
    years: ['R10', 'R11', 'R12'],
    parts: ['表紙', '個票'],
    relatedPlans: ['総合計画', '防災計画'],
  });
});

/** 大項目 and 中項目 with their names and measures. */
const tree = (changes: Record<string, string | undefined>) =>
  checkedCity(changes)
    .readable()
    .edition.categories.map(({ number, name, groups }) =>
      [`${number} ${name}:`, ...groups.map((group) => `${group.number} ${group.name} (${group.measures.length})`)].join(
        ' ',
      ),
    );
const copied = (id: string) => ({ [`measures/${id}.yaml`]: textOf('measures/1-2-1.yaml').replace('1-2-1', id) });

test.each<[string, Record<string, string | undefined>, string[]]>([
  ['none', { 'structure.yaml': undefined }, ['1 : 1-1  (2) 1-2  (1)', '2 : 2-1  (1)', '3 : 3-1  (3)']],
  [
    'one that is not named',
    { ...copied('4-1-1'), ...copied('10-1-1') },
    [
      '1 暮らし: 1-1 窓口 (2) 1-2 防災 (1)',
      '2 仕事: 2-1 漁業 (1)',
      '3 学び: 3-1 学校 (3)',
      '4 : 4-1  (1)',
      '10 : 10-1  (1)',
    ],
  ],
  [
    'a 中項目 that is not named',
    { ...copied('1-3-1'), ...copied('2-10-1'), ...copied('2-9-1') },
    ['1 暮らし: 1-1 窓口 (2) 1-2 防災 (1) 1-3  (1)', '2 仕事: 2-1 漁業 (1) 2-9  (1) 2-10  (1)', '3 学び: 3-1 学校 (3)'],
  ],
  [
    'a 大項目 twice',
    structure(['番号: 2\n', '番号: 1\n']),
    ['1 暮らし: 1-1 窓口 (2) 1-2 防災 (1) 2-1 漁業 (1)', '3 学び: 3-1 学校 (3)'],
  ],
  [
    'a 中項目 twice',
    structure(['1-2, 名称: 防災', '1-1, 名称: 防災']),
    ['1 暮らし: 1-1 窓口 (2) 1-2  (1)', '2 仕事: 2-1 漁業 (1)', '3 学び: 3-1 学校 (3)'],
  ],
  [
    'out of order',
    structure(['番号: 1\n', '番号: 9\n'], ['番号: 1-1', '番号: 9-2'], ['番号: 1-2', '番号: 9-1']),
    ['1 : 1-1  (2) 1-2  (1)', '2 仕事: 2-1 漁業 (1)', '3 学び: 3-1 学校 (3)', '9 暮らし: 9-1 防災 (0) 9-2 窓口 (0)'],
  ],
  [
    'without 中項目',
    structure([/ {4}中項目:\n {6}- \{ 番号: 2-1.*\n/, '']),
    ['1 暮らし: 1-1 窓口 (2) 1-2 防災 (1)', '2 : 2-1  (1)', '3 学び: 3-1 学校 (3)'],
  ],
  [
    'a name that is a list',
    structure(['名称: 漁業', '名称: [漁業]']),
    ['1 暮らし: 1-1 窓口 (2) 1-2 防災 (1)', '2 : 2-1  (1)', '3 学び: 3-1 学校 (3)'],
  ],
])('大項目 of structure.yaml: %s', (_, changes, expected) => expect(tree(changes)).toEqual(expected));

test('where something stands, what is there, and its text', () => {
  const content = checkedCity(one(['内容: 試行', '内容: 試行(庁内)']));
  const at = (line: number, from: number, to: number, file = 'measures/1-2-1.yaml') => ({
    file: `city/${file}`,
    start: { line, column: from },
    end: { line, column: to },
  });
  expect(content.locate('measures/1-2-1.yaml', ['スケジュール', 'R10', '内容'], '庁内')).toEqual(at(12, 12, 14));
  expect(content.locate('measures/1-2-1.yaml', ['取組'], '')).toEqual(at(4, 5, 16));
  expect(content.locate('measures/1-2-1.yaml', ['担当課', 0], '')).toEqual(at(6, 7, 10));
  expect(content.locate('measures/9-9-9.yaml', ['取組'], 'x')).toEqual(at(1, 1, 1, 'measures/9-9-9.yaml'));
  expect(content.holds('measures/1-2-1.yaml', ['一覧表', '取組事項'])).toBe(true);
  expect(content.holds('measures/1-2-1.yaml', ['一覧表', '担当課'])).toBe(false);
  expect(content.holds('measures/1-2-1.yaml', ['関連計画'])).toBe(false);
  expect(content.holds('measures/9-9-9.yaml', [])).toBe(false);
  expect(content.holds('edition.yaml', ['年度', 2])).toBe(true);
  expect(content.sources('city/structure.yaml')).toBe(textOf('structure.yaml'));
  expect(content.sources('structure.yaml')).toBeUndefined();
  expect(content.sources('city/measures')).toBeUndefined();
});

test('annexes that are named and there, with their size and place', () => {
  const { source, entries } = city();
  put(
    entries,
    'edition.yaml',
    textOf('edition.yaml').replace(
      '個票]',
      '{ 別冊: annexes/a.pdf, 題名: 地図, 代替テキスト: 絵 }, { 別冊: annexes/x.pdf, 題名: x }, { 別冊: annexes/b.pdf, 題名: b }, { 別冊: annexes/c.pdf, 題名: c }]',
    ),
  );
  const bytes = new Uint8Array([37, 80, 68, 70]);
  entries.set('annexes/a.pdf', { kind: 'file', read: () => bytes, size: () => 4 });
  entries.set('annexes/b.pdf', { kind: 'file', read: () => bytes });
  entries.set('annexes/c.pdf', { kind: 'folder' });
  const { annexes } = checkContent(source, parsedCity());
  expect(annexes.map(({ read, ...more }) => ({ ...more, bytes: read() }))).toStrictEqual([
    {
      path: 'annexes/a.pdf',
      alternative: '絵',
      place: { file: 'city/edition.yaml', start: { line: 11, column: 28 }, end: { line: 11, column: 41 } },
      size: 4,
      bytes,
    },
    {
      path: 'annexes/b.pdf',
      alternative: undefined,
      place: { file: 'city/edition.yaml', start: { line: 11, column: 100 }, end: { line: 11, column: 113 } },
      size: 0,
      bytes,
    },
  ]);
  entries.delete('edition.yaml');
  expect(checkContent(source, parsedCity()).annexes).toEqual([]);
});
