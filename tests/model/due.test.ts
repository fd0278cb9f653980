import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  aboutDue,
  dueOf,
  type Unfilled,
  unfillable,
  unfilledByNumber,
  unfilledName,
  unfilledOf,
} from '../../src/model/due.ts';
import { fiscalYear } from '../../src/model/era-date.ts';
import { edition, measure, year } from '../preview/page/edition-data.ts';

const settings = { numRuns: Number(process.env.RUNS ?? 500), seed: 14 };

test.each<[改定: string, 年度: string, due: string, undated: string]>([
  ['令和8年3月', 'R5 R6 R7 R8', 'R5 R6', ''],
  ['令和8年3月31日', 'R6 R7', 'R6', ''],
  ['令和8年4月', 'R6 R7 R8', 'R6 R7', ''],
  ['令和8年4月1日', 'R6 R7 R8', 'R6 R7', ''],
  ['令和8年12月', 'R7 R8', 'R7', ''],
  ['令和2年10月', 'H29 H30 H31 R1 R2', 'H29 H30 H31 R1', ''],
  ['令和2年10月', '平成30年度 令和元年度 令和2年度', '平成30年度 令和元年度', ''],
  ['令和2年10月', '2018 2019年度 2020', '2018 2019年度', ''],
  ['平成元年4月', 'S62 S63 H1', 'S62 S63', ''],
  ['昭和2年4月', 'M45 T14 T15 S2', 'M45 T14 T15', ''],
  ['令和8年3月', 'Ｒ６ r7', 'Ｒ６', ''],
  ['令和8年3月', 'R7 R6', 'R6', ''],
  ['令和8年3月', '', '', ''],
  // Names that are no years go by their place; a number alone is one of no era.
  ['令和8年3月', '第1期 R6 R7', '第1期 R6', ''],
  ['令和8年3月', 'R6 第2期 R7 第3期', 'R6', '第2期 第3期'],
  ['令和8年3月', '第1期 R7', '', '第1期'],
  ['令和8年3月', '第1期 第2期', '', '第1期 第2期'],
  ['令和8年3月', '6 7 999', '', '6 7 999'],
  ['令和8年3月', '1000', '1000', ''],
  ['2026-03', 'R5 R6', '', 'R5 R6'],
  ['', 'R5', '', 'R5'],
])('in %s of %s are due: %s; nobody can tell: %s', (改定, years, due, undated) => {
  const list = (names: string) => names.split(' ').filter((name) => name !== '');
  expect(dueOf({ 改定, 年度: list(years) })).toEqual({ years: list(due), undated: list(undated) });
});

test.each([
  ['M45', 1912],
  ['明治元年度', 1868],
  ['T1', 1912],
  ['大正15年', 1926],
  ['s64', 1989],
  ['令和八年', 2026],
  ['2026年度', 2026],
  ['8', 8],
  ['第1期', undefined],
])('%s is the fiscal year %j', (name, year) => expect(fiscalYear(name)).toBe(year));

/** One way or another to write a fiscal year, AD. */
const written = (year: number, way: number): string => {
  const [era, before] = year > 2018 ? ['令和', 2018] : ['平成', 1988];
  const letter = era === '令和' ? 'R' : 'H';
  const ways = [
    `${letter}${year - before}`,
    `${era}${year - before === 1 ? '元' : year - before}年度`,
    `${year}`,
    `${year}年度`,
  ];
  return ways[way % ways.length] ?? '';
};

test('a 年度 is due when its March 31 lies before 改定, however both are written', () => {
  const given = fc.record({
    years: fc.uniqueArray(fc.integer({ min: 1989, max: 2060 }), { maxLength: 8 }),
    ways: fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }),
    revised: fc.record({ year: fc.integer({ min: 2020, max: 2060 }), month: fc.integer({ min: 1, max: 12 }) }),
    day: fc.option(fc.integer({ min: 1, max: 28 })),
  });
  fc.assert(
    fc.property(given, ({ years, ways, revised: { year, month }, day }) => {
      const 年度 = years.map((one, at) => written(one, ways[at] ?? 0));
      expect(年度.map(fiscalYear)).toEqual(years);
      const 改定 = `令和${year - 2018}年${month}月${day === null ? '' : `${day}日`}`;
      const date = Date.UTC(year, month - 1, day ?? 1);
      const ended = 年度.filter((_, at) => Date.UTC((years[at] ?? 0) + 1, 2, 31) < date);
      expect(dueOf({ 改定, 年度 })).toEqual({ years: ended, undated: [] });
    }),
    settings,
  );
});

test.each<[what: string, entry: Parameters<typeof year>[1], due: boolean]>([
  ['a blank year: nothing was planned', {}, false],
  ['項目 —', { 項目: '—' }, false],
  ['項目 — with its words', { 項目: '—', 内容: '実施しない。', 予算額: '—' }, false],
  ['項目 — with an amount', { 項目: '—', 内容: '—', 予算額: 20_000 }, true],
  ['項目 — with 0', { 項目: '—', 予算額: 0 }, false],
  ['項目 — with an amount of one 課', { 項目: '—', 予算額: parts('—', 5) }, true],
  ['項目 — with no amount of any 課', { 項目: '—', 予算額: parts('—', 0) }, false],
  ...['→', '◎', '○', '△'].map((項目): [string, { 項目: string }, boolean] => [`項目 ${項目}`, { 項目 }, true]),
  ['a blank 項目 beside a 内容', { 内容: '整備' }, true],
  ['a blank 項目 beside —', { 内容: '—' }, false],
  ['a blank 項目 beside an amount', { 予算額: 1 }, true],
  ['a result', { 項目: '→', 事業実績: '行った。' }, false],
  ['— as a result', { 項目: '→', 事業実績: '—' }, false],
])('事業実績: %s', (_what, entry, due) => {
  const one = measure('1-1-1', { '現状・実績・目標': '1件(R8)', スケジュール: [year('R8', entry), year('R9', entry)] });
  expect(unfilledOf(one, ['R8']).map(unfilledName)).toEqual(due ? ['R8 事業実績'] : []);
  expect(unfilledOf(one, ['R8', 'R9']).map(unfilledName)).toEqual(due ? ['R8 事業実績', 'R9 事業実績'] : []);
  expect(unfilledOf(one, [])).toEqual([]);
  expect(unfilledOf({ ...one, 再掲: '1-1-2' }, ['R8'])).toEqual([]);
});

function parts(...amounts: (number | '—')[]) {
  return amounts.map((額, at) => ({ 区分: `${at}課`, 額 }));
}

test('現状・実績・目標 of each measure of its own; a 再掲 has none', () => {
  const one = measure('1-1-1');
  expect(unfilledOf(one, ['R8'])).toEqual<Unfilled[]>([{ field: '現状・実績・目標' }]);
  expect(unfilledOf({ ...one, 再掲: '1-1-2', スケジュール: null }, ['R8'])).toEqual([]);
  expect(unfilledOf({ ...one, スケジュール: null }, ['R8'])).toHaveLength(1);
});

test('of a whole edition: what may be lacking, and which measure lacks what', () => {
  const data = edition([
    measure('1-1-1', { スケジュール: [year('R8', { 項目: '○' }), year('R9', { 項目: '○' })] }),
    measure('1-1-2', { '現状・実績・目標': '1件', スケジュール: [year('R8', { 項目: '○', 事業実績: '—' })] }),
    measure('1-1-3', { 再掲: '1-1-1', スケジュール: null }),
  ]);
  expect(unfillable(data)).toEqual(['R8 事業実績', '現状・実績・目標']);
  expect(unfilledByNumber(data)).toEqual(
    new Map([['1-1-1', [{ field: '事業実績', year: 'R8' }, { field: '現状・実績・目標' }]]]),
  );
});

test('what is due is said, and what nobody can tell', () => {
  const told = (改定: string, ...年度: string[]) => aboutDue({ 改定 }, dueOf({ 改定, 年度 }));
  expect(told('令和8年3月', 'R5', 'R6', 'R7')).toEqual([
    '事業実績を書く年度は、改定(令和8年3月)の前に終わった R5、R6 です。',
  ]);
  expect(told('令和8年3月', 'R7')).toEqual([
    '改定(令和8年3月)の前に終わった年度がないため、事業実績の未記入は数えていません。',
  ]);
  const unknown = (names: string) =>
    `${names} は、いつ終わる年度かわからないため、事業実績の未記入を数えていません。年度の名前が R6、令和6年度、2024 のような形なら数えます。`;
  expect(told('令和8年3月', 'R7', '第2期', '第3期')).toEqual([unknown('第2期、第3期')]);
  expect(told('令和8年3月', 'R6', '第2期')).toEqual([
    '事業実績を書く年度は、改定(令和8年3月)の前に終わった R6 です。',
    unknown('第2期'),
  ]);
  expect(told('令和8年', 'R6')).toEqual(['改定の年月がわからないため、事業実績の未記入は数えていません。']);
});
