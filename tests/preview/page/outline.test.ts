import { expect, test } from 'vitest';
import type { Unfilled } from '../../../src/model/due.ts';
import type { MeasureData } from '../../../src/model/edition-json.ts';
import {
  choicesOf,
  type Filters,
  inUsualOrder,
  type Known,
  noFilters,
  passes,
} from '../../../src/preview/page/side/filters.ts';
import { emptyEdition, type Outline, outlineOf, toldOf } from '../../../src/preview/page/side/outline.ts';
import {
  excerptOf,
  type HitRun,
  hitRuns,
  type IndexedMeasure,
  isHit,
  searchIndex,
  words,
} from '../../../src/preview/page/side/search.ts';
import { edition, measure, year } from './edition-data.ts';

const nothing: Known = { changed: new Set(), errors: new Set(), warnings: new Set(), unfilled: new Map() };
const marked = (runs: readonly HitRun[] = []) => runs.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

const plain = measure('1-1-1', {
  区分: '新規',
  担当課: ['企画課', '(発注)営繕課', '(協力) 財政課'],
  スケジュール: [year('R8', { 項目: '○' }), year('R9')],
  関連計画: ['総合計画'],
});
const reprint = measure('1-1-2', { 再掲: '1-1-1', スケジュール: null, 関連計画: null });

test.each<[string, MeasureData, Partial<Filters>, boolean]>([
  ['no condition', plain, {}, true],
  ['its 課', plain, { section: '企画課' }, true],
  ['its 課 without the role', plain, { section: '営繕課' }, true],
  ['the role is no part of the name', plain, { section: '(発注)営繕課' }, false],
  ['a part of a name is no name', plain, { section: '企画' }, false],
  ['its 区分', plain, { kind: '新規' }, true],
  ['another 区分', plain, { kind: '継続' }, false],
  ['a mark of any year', plain, { mark: '○' }, true],
  ['a mark of its year', plain, { mark: '○', year: 'R8' }, true],
  ['a mark of another year', plain, { mark: '○', year: 'R9' }, false],
  ['a blank year', plain, { mark: '空欄' }, true],
  ['a blank year, that one', plain, { mark: '空欄', year: 'R9' }, true],
  ['a year that is not blank', plain, { mark: '空欄', year: 'R8' }, false],
  ['another mark', plain, { mark: '◎' }, false],
  ['a year alone is no condition', plain, { year: 'R7' }, true],
  ['a 再掲 has no marks', reprint, { mark: '○' }, false],
  ['a 再掲 is not blank either', reprint, { mark: '空欄' }, false],
  ['its plan', plain, { plan: '総合計画' }, true],
  ['another plan', plain, { plan: '人材計画' }, false],
  ['no plans at all', reprint, { plan: '総合計画' }, false],
  ['what it lacks', plain, { unfilled: 'any' }, false],
  ['changed', plain, { changed: true }, false],
  ['wrong', plain, { told: 'error' }, false],
  ['wrong or doubtful', plain, { told: 'any' }, false],
])('filters: %s', (_what, one, filters, expected) => {
  expect(passes(one, { ...noFilters, ...filters }, nothing)).toBe(expected);
});

test.each<[Partial<Filters>, Partial<Record<'changed' | 'errors' | 'warnings', string>>, boolean]>([
  [{ changed: true }, { changed: '1-1-1' }, true],
  [{ changed: true }, { changed: '1-1-11' }, false],
  [{ told: 'error' }, { errors: '1-1-1' }, true],
  [{ told: 'error' }, { warnings: '1-1-1' }, false],
  [{ told: 'any' }, { errors: '1-1-1' }, true],
  [{ told: 'any' }, { warnings: '1-1-1' }, true],
  [{ told: 'any' }, { warnings: '1-1-2' }, false],
  [{ changed: true, told: 'error' }, { errors: '1-1-1' }, false],
])('what is known beside: %j of %j', (filters, known, expected) => {
  const sets = Object.fromEntries(Object.entries(known).map(([name, id]) => [name, new Set([id])]));
  expect(passes(plain, { ...noFilters, ...filters }, { ...nothing, ...sets })).toBe(expected);
});

test.each<[string, Unfilled[], boolean]>([
  ['any', [], false],
  ['any', [{ field: '現状・実績・目標' }], true],
  ['現状・実績・目標', [{ field: '現状・実績・目標' }], true],
  ['R8 事業実績', [{ field: '現状・実績・目標' }, { field: '事業実績', year: 'R8' }], true],
  ['R8 事業実績', [{ field: '事業実績', year: 'R9' }], false],
])('lacking %s: %j', (unfilled, lacking, expected) => {
  const known = { ...nothing, unfilled: new Map([['1-1-1', lacking]]) };
  expect(passes(plain, { ...noFilters, unfilled }, known)).toBe(expected);
  expect(passes(reprint, { ...noFilters, unfilled }, known)).toBe(false);
});

test('the choices: 課 without roles in order, the rest as it stands in the edition; marks as in the legend', () => {
  const data = edition(
    [
      measure('1-1-1', {
        区分: '継続',
        担当課: ['水道課', '(発注)営繕課'],
        スケジュール: [year('R8', { 項目: '☆' }), year('R9', { 項目: '—' })],
      }),
      measure('1-1-2', { 区分: '新規', 担当課: ['営繕課', 'あおぞら課'], スケジュール: [year('R8', { 項目: '→' })] }),
      measure('1-1-3', { 区分: '継続', 担当課: ['アイス課'], スケジュール: null }),
    ],
    { 年度: ['R9', 'R8'], 関連計画: ['湖岸構想', 'あい計画'] },
  );
  expect(choicesOf(data)).toEqual({
    sections: ['アイス課', 'あおぞら課', '営繕課', '水道課'],
    kinds: ['継続', '新規'],
    marks: ['→', '—', '☆'],
    years: ['R9', 'R8'],
    plans: ['湖岸構想', 'あい計画'],
    unfilled: ['R8 事業実績', '現状・実績・目標'],
  });
  const blank = edition([measure('1-1-1', { スケジュール: [year('R8'), year('R9', { 項目: '△' })] })]);
  expect(choicesOf(blank).marks).toEqual(['△', '空欄']);
  expect(choicesOf(emptyEdition)).toEqual({
    ...{ sections: [], kinds: [], marks: [], years: [], plans: [] },
    unfilled: ['現状・実績・目標'],
  });
});

test('marks in the order of the legend, unknown ones behind, as they came', () => {
  const given = ['☆', '—', '△', 'x', '○', '◎', '→'];
  expect(inUsualOrder(given)).toEqual(['→', '◎', '○', '△', '—', '☆', 'x']);
  expect(given[0]).toBe('☆');
});

test('mistakes and warnings by the measure whose file they are in', () => {
  const told = [
    { severity: 'error', file: 'content/measures/1-1-1.yaml' },
    { severity: 'error', file: 'measures/1-1-1.yaml' },
    { severity: 'warning', file: 'content/measures/1-1-2.yaml' },
    { severity: 'error', file: 'content/edition.yaml' },
    { severity: 'warning', file: 'content/measures/notes.yaml' },
  ];
  expect(toldOf(told)).toEqual({ errors: new Set(['1-1-1']), warnings: new Set(['1-1-2']) });
});

/** An outline in short: 大項目 of its 中項目 of their measures. */
const short = ({ categories }: Outline) =>
  categories.map(({ 番号, 名称, groups }) => [
    番号,
    名称,
    groups.map(({ 番号, measures }) => [番号, measures.map(({ measure }) => measure.番号)]),
  ]);
const outline = (measures: MeasureData[], query = '', filters: Partial<Filters> = {}, known: Partial<Known> = {}) =>
  outlineOf(searchIndex(edition(measures)), words(query), { ...noFilters, ...filters }, { ...nothing, ...known });

test('the outline: each 大項目 and 中項目 once, in the order of the document; those without measures left out', () => {
  const all = ['1-1-1', '1-1-2', '1-2-1', '2-1-1', '2-1-2', '10-1-1'].map((id) => measure(id));
  expect(short(outline(all))).toEqual([
    [
      '1',
      '大1',
      [
        ['1-1', ['1-1-1', '1-1-2']],
        ['1-2', ['1-2-1']],
      ],
    ],
    ['2', '大2', [['2-1', ['2-1-1', '2-1-2']]]],
    ['10', '大10', [['10-1', ['10-1-1']]]],
  ]);
  expect(outline(all).count).toBe(6);
  const found = outline(all, '取組2-1-2');
  expect([short(found), found.count]).toEqual([[['2', '大2', [['2-1', ['2-1-2']]]]], 1]);
  const changed = outline(all, '', { changed: true }, { changed: new Set(['1-2-1', '10-1-1']) });
  expect(short(changed)).toEqual([
    ['1', '大1', [['1-2', ['1-2-1']]]],
    ['10', '大10', [['10-1', ['10-1-1']]]],
  ]);
  expect(outline(all, '取組1', { changed: true }, { changed: new Set(['2-1-1']) })).toEqual({
    categories: [],
    count: 0,
  });
});

test('what was found is marked in number and title; an excerpt only where neither has it', () => {
  const one = measure('1-1-1', { 取組: '窓口の改善', 取組内容: '書かない窓口を設ける。' });
  const [found] = outline([one], '窓口 設ける').categories[0]?.groups[0]?.measures ?? [];
  expect(found?.measure).toBe(one);
  expect([marked(found?.number), marked(found?.title)]).toEqual(['1-1-1', '[窓口]の改善']);
  expect([found?.excerpt?.field, marked(found?.excerpt?.runs)]).toEqual(['取組内容', '書かない窓口を[設ける]。']);
  const [number] = outline([one], '1-1').categories[0]?.groups[0]?.measures ?? [];
  expect([marked(number?.number), number && 'excerpt' in number]).toEqual(['[1-1]-1', false]);
});

const rich = measure('3-1-2', {
  区分: '継続',
  再掲: '1-1-1',
  取組: '題名',
  '担当局・部': ['総務局', '企画部'],
  担当課: ['総務課'],
  取組内容: '内容の文',
  '効果・KPI': '効果の文',
  '現状・実績・目標': '587件(R1)',
  スケジュール: [
    year('R8', { 項目: '○', 内容: '調査', 予算額: 12_500, 事業実績: '実績の文' }),
    year('R9', {
      予算額: [
        { 区分: '総務課', 額: 4_562 },
        { 区分: '企画課', 額: '—' },
      ],
    }),
  ],
  関連計画: ['総合計画', '人材計画'],
  一覧表: { 取組事項: '一覧の題名', 担当課: '一覧の課' },
});

test('a measure is searched by its number, title, 課, 局, 区分, then its texts, by their names on the sheet', () => {
  const [indexed] = searchIndex(edition([rich]));
  expect(indexed?.measure).toBe(rich);
  expect(indexed?.fields.map(({ name, text }) => `${name}: ${text}`)).toEqual([
    '番号: 3-1-2',
    '取組: 題名',
    '担当課: 総務課',
    '担当局・部: 総務局、企画部',
    '区分: 継続(再掲 1-1-1)',
    '取組内容: 内容の文',
    '効果・KPI: 効果の文',
    '現状・実績・目標: 587件(R1)',
    'R8 内容: 調査',
    'R8 予算額: 12,500',
    'R8 事業実績: 実績の文',
    'R9 予算額: 総務課 4,562、企画課 —',
    '関連計画: 総合計画、人材計画',
    '取組事項: 一覧の題名',
    '一覧表の担当課: 一覧の課',
  ]);
  expect(indexed?.fields.find(({ name }) => name === '現状・実績・目標')?.folded).toBe('587件(r1)');
});

test('what is blank is not searched', () => {
  const blank = measure('1-1-1', { スケジュール: null, '担当局・部': [], 関連計画: [] });
  expect(searchIndex(edition([blank]))[0]?.fields.map(({ name, text }) => `${name}: ${text}`)).toEqual([
    '番号: 1-1-1',
    '取組: 取組1-1-1',
    '担当課: 企画課',
    '区分: 継続',
    '取組事項: 取組1-1-1',
    '一覧表の担当課: 企画課',
  ]);
});

test.each([
  ['窓口　改善', ['窓口', '改善']],
  ['  ＳＭＳ\tでんわ\n', ['sms', 'デンワ']],
  ['', []],
  [' \u3000 ', []],
])('the words of 「%s」', (query, expected) => {
  expect(words(query)).toEqual(expected);
});

const indexOf = (one: MeasureData) => searchIndex(edition([one]))[0] as IndexedMeasure;

test.each([
  ['3-1-2', true],
  ['3-1', true],
  ['3-1-', true],
  ['3-', true],
  ['3-1-1', false],
  ['3-1-20', false],
  ['1-2', false],
  ['3-11', false],
  ['13-1', false],
  ['題名', true],
  ['総務課 実績', true],
  ['総務課 実績 ない', false],
  ['4562', true],
  ['4,562', true],
  ['562', true],
  ['456', false],
  ['12500', true],
  ['1250', false],
  ['人材', true],
  ['再掲', true],
  ['1-1-1', false],
  ['587件', true],
  ['○', false],
  ['', true],
])('「%s」 finds 3-1-2: %s', (query, expected) => {
  expect(isHit(indexOf(rich), words(query))).toBe(expected);
});

test('a number is searched as one of two or three parts only', () => {
  const dated = indexOf(measure('1-1-1', { 取組内容: '090-1234-5678-9 まで、R8-R9' }));
  expect(isHit(dated, words('090-1234-5678-9'))).toBe(true);
  expect(isHit(dated, words('r8-r9'))).toBe(true);
  expect(isHit(dated, words('090-1234'))).toBe(false);
});

test.each([
  ['SMSを活用', 'sms', '[SMS]を活用'],
  ['窓口と窓口', '窓口', '[窓口]と[窓口]'],
  ['窓口窓口', '窓口', '[窓口窓口]'],
  ['改善', '窓口', '改善'],
  ['予算4,562件', '4562', '予算[4,562]件'],
  ['予算4562件', '4562', '予算[4562]件'],
  ['予算4562件', '4,562', '予算4562件'],
  ['x1,234', 'x1234', 'x1,234'],
  ['予算562件', '562', '予算[562]件'],
  ['ｼｮｰﾄ㍍', 'ショート', '[ｼｮｰﾄ]㍍'],
  ['㍍を測る', 'ート', '[㍍]を測る'],
  ['書か\nない', '書かない', '[書か\nない]'],
  ['あいう', 'いう あい', '[あいう]'],
  ['あいうえ', 'え あ', '[あ]いう[え]'],
  ['がが', 'が', '[がが]'],
  ['がーが', 'ガ', '[が]ー[が]'],
  ['1ー1－2', '1-1', '[1ー1]－2'],
])('「%s」 with 「%s」 marked: %s', (text, query, expected) => {
  expect(marked(hitRuns(text, words(query)))).toBe(expected);
});

test('without words a text is one run; an empty text has none', () => {
  expect(hitRuns('題名', [])).toEqual([{ text: '題名', hit: false }]);
  expect(hitRuns('', ['x'])).toEqual([]);
  expect(hitRuns('ab', ['b'])).toEqual([
    { text: 'a', hit: false },
    { text: 'b', hit: true },
  ]);
});

const excerpt = (one: Partial<MeasureData>, query: string, length?: number) => {
  const found = excerptOf(indexOf(measure('1-1-1', { 取組: '題名', ...one })), words(query), length);
  return found && `${found.field}: ${marked(found.runs)}`;
};

test.each<[string, Partial<MeasureData>, string, string | undefined]>([
  ['no words', {}, '', undefined],
  ['in the title', {}, '題名', undefined],
  ['a number', {}, '1-1', undefined],
  ['nowhere', {}, 'ない', undefined],
  ['one in the title, one in a text', { 取組内容: '題名と文' }, '題名 文', '取組内容: 題名と[文]'],
  ['a number and a text', { 取組内容: '1-1 の文' }, '1-1 文', '取組内容: 1-1 の[文]'],
  ['the first field that has any', { 取組内容: '甲', '効果・KPI': '乙' }, '乙 甲', '取組内容: [甲]'],
  ['lines side by side', { 取組内容: '一行\n\n  二行\n三行' }, '二行', '取組内容: 一行 [二行] 三行'],
  ['an amount by its digits', { スケジュール: [year('R8', { 予算額: 4_562 })] }, '4562', 'R8 予算額: [4,562]'],
])('an excerpt: %s', (_what, one, query, expected) => {
  expect(excerpt(one, query)).toBe(expected);
});

test('of a long text what is around the first hit: a quarter before, the rest behind, 44 signs', () => {
  const digits = (length: number) => Array.from({ length }, (_, index) => String(index % 10)).join('');
  expect(excerpt({ 取組内容: `${digits(30)}甲${digits(60)}` }, '甲')).toBe(
    `取組内容: …${digits(30).slice(19)}[甲]${digits(32)}…`,
  );
  expect(excerpt({ 取組内容: `${digits(11)}甲${digits(32)}` }, '甲')).toBe(`取組内容: ${digits(11)}[甲]${digits(32)}`);
  expect(excerpt({ 取組内容: `${digits(11)}甲${digits(33)}` }, '甲')).toBe(`取組内容: ${digits(11)}[甲]${digits(32)}…`);
  expect(excerpt({ 取組内容: `${digits(12)}甲${digits(33)}` }, '甲')).toBe(
    `取組内容: …${digits(12).slice(1)}[甲]${digits(32)}…`,
  );
  expect(excerpt({ 取組内容: `${digits(80)}甲` }, '甲')).toBe(`取組内容: …${digits(80).slice(37)}[甲]`);
  expect(excerpt({ 取組内容: '𠮟𠮟𠮟𠮟甲𠮟𠮟' }, '甲', 4)).toBe('取組内容: …𠮟[甲]𠮟𠮟');
});

test('hits that follow the first are marked, too, and cut where the excerpt ends', () => {
  expect(excerpt({ 取組内容: '甲乙乙甲乙乙甲甲' }, '甲', 7)).toBe('取組内容: [甲]乙乙[甲]乙乙[甲]…');
});
