import { expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { unreadCells, unreadField, unreadFiles } from '../../src/compare/unread.ts';
import { sheetFields } from '../../src/model/fields.ts';
import type { Measure } from '../../src/model/measure.ts';
import { edition, measure, measuresTold, othersTold, reprint, side } from './editions.ts';

type Path = (string | number)[];
const file = 'measures/1-1-1.yaml';

test('files of which nothing is compared: unreadable ones, and those that may be a 再掲', () => {
  const parts = (...paths: Path[]) => paths.map((path, index) => ({ file: `${index}`, path }));
  expect(unreadFiles(parts([], ['取組'], ['再掲'], ['スケジュール', 'R10']))).toEqual(['0', '2']);
});

const cells: [string, string?][] = [
  ['区分'],
  ['取組'],
  ['担当課'],
  ['項目', 'R10'],
  ['予算額', 'R10'],
  ['予算額', 'R11'],
  ['関連計画'],
  ['一覧表・取組事項'],
  ['一覧表・担当課'],
];
const all = (year?: string) => cells.filter(([, of]) => of !== undefined && (year === undefined || of === year));
const only = (...names: string[]) => cells.filter(([name, year]) => year === undefined && names.includes(name));

test.each<[Path, [string, string?][]]>([
  [['区分'], only('区分')],
  [['取組'], only('取組', '一覧表・取組事項')],
  [['担当課'], only('担当課', '一覧表・担当課')],
  [['担当課', 0], only('担当課', '一覧表・担当課')],
  [['関連計画', 1], only('関連計画')],
  [['一覧表'], only('一覧表・取組事項', '一覧表・担当課')],
  [['一覧表', '取組事項'], only('一覧表・取組事項')],
  [['一覧表', '担当課'], only('一覧表・担当課')],
  [['スケジュール'], all()],
  [['スケジュール', 'R10'], all('R10')],
  [['スケジュール', 'R10', '予算額'], [['予算額', 'R10']]],
  [['スケジュール', 'R10', '予算額', 0, '額'], [['予算額', 'R10']]],
  [['スケジュール', 'R11', '項目'], []],
  [['知らない'], []],
])('%j hides these cells', (path, hidden) => {
  const isUnread = unreadCells([{ file, path }], '1-1-1', sheetFields);
  expect(cells.filter(([name, year]) => isUnread(name, year))).toEqual(hidden);
  const another = unreadCells([{ file, path }], '1-1-2', sheetFields);
  expect(cells.filter(([name, year]) => another(name, year))).toEqual([]);
});

test.each<[Path, ReturnType<typeof unreadField>]>([
  [[], {}],
  [['取組'], { field: '取組' }],
  [['担当課', 0], { field: '担当課' }],
  [['スケジュール'], { field: 'スケジュール' }],
  [['スケジュール', 'R10'], { field: 'スケジュール', year: 'R10' }],
  [['スケジュール', 'R10', '予算額'], { field: '予算額', year: 'R10' }],
  [['一覧表'], { field: '一覧表' }],
  [['一覧表', '担当課'], { field: '一覧表・担当課' }],
  [['構成', 0], { field: '構成' }],
])('%j is named %j', (path, named) => {
  expect(unreadField(path)).toStrictEqual(named);
});

/** Findings where `path` of 1-1-1 cannot be read in base, or in head. */
const between = (old: Partial<Measure>, fresh: Partial<Measure>, path: Path, of: 'base' | 'head') => {
  const unread = [{ file, path }];
  const [base, head] = [old, fresh].map((more) => edition([measure('1-1-1', more), measure('1-1-2')]));
  if (!base || !head) throw new Error();
  const comparison = compare(side(base, of === 'base' ? { unread } : {}), side(head, of === 'head' ? { unread } : {}));
  return [...measuresTold(comparison), ...othersTold(comparison).filter((line) => !line.startsWith('?'))];
};

test.each(['base', 'head'] as const)('what cannot be read in %s is no finding, the rest of the measure is', (of) => {
  const before = { effect: 'あ', schedule: { R10: { mark: '○', budget: 1 }, R11: { budget: 2 } } };
  const after = { effect: 'い', schedule: { R10: { mark: '△', budget: 3 }, R11: { budget: 4 } } };
  const rest = {
    effect: '効果・KPI [-あ-]{+い+}',
    mark: 'R10 項目 "○" → "△"',
    ten: 'R10 予算額 1 → 3 (2)',
    eleven: 'R11 予算額 2 → 4 (2)',
  };
  const found = (path: Path) => between(before, after, path, of);
  expect(found(['関連計画'])).toEqual([`1-1-1: ${[rest.effect, rest.mark, rest.ten, rest.eleven].join('; ')}`]);
  expect(found(['効果・KPI'])).toEqual([`1-1-1: ${[rest.mark, rest.ten, rest.eleven].join('; ')}`]);
  expect(found(['スケジュール', 'R10', '予算額'])).toEqual([
    `1-1-1: ${[rest.effect, rest.mark, rest.eleven].join('; ')}`,
  ]);
  expect(found(['スケジュール', 'R10'])).toEqual([`1-1-1: ${[rest.effect, rest.eleven].join('; ')}`]);
  expect(found(['スケジュール'])).toEqual([`1-1-1: ${rest.effect}`]);
  expect(found([])).toEqual([]);
  expect(found(['再掲'])).toEqual([]);
});

test('a measure that only the other side can read is neither new nor gone', () => {
  const [one, both] = [edition([measure('1-1-2')]), edition([measure('1-1-1'), measure('1-1-2')])];
  const unread = [{ file, path: [] }];
  expect(measuresTold(compare(side(one, { unread }), side(both)))).toEqual([]);
  expect(measuresTold(compare(side(both), side(one, { unread })))).toEqual([]);
  expect(measuresTold(compare(side(one), side(both)))).toEqual(['+ 1-1-1']);
});

test('関連計画 that the edition dropped are no finding, unless edition.yaml cannot be read', () => {
  const of = (relatedPlans: string[], own: string[], unread: Path[] = []) =>
    side(edition([measure('1-1-1', { relatedPlans: own })], { relatedPlans }), {
      unread: unread.map((path) => ({ file: 'edition.yaml', path })),
    });
  const base = of(['甲', '乙'], ['甲', '乙']);
  expect(measuresTold(compare(base, of(['乙'], ['乙'])))).toEqual([]);
  expect(measuresTold(compare(base, of(['甲', '乙'], ['乙'])))).toEqual(['1-1-1: 関連計画 ([-甲-] 乙)']);
  expect(measuresTold(compare(base, of([], ['甲', '乙'], [['関連計画']])))).toEqual([]);
});

test('a 再掲 of a measure that base does not let read says what it said: nothing of its own', () => {
  const own = measure('1-1-1', { title: '名前' });
  const both = edition([own, reprint('2-1-1', own)]);
  const unread = [{ file, path: [] }];
  expect(measuresTold(compare(side(both, { unread }), side(both)))).toEqual([]);
  expect(measuresTold(compare(side(both), side(both, { unread })))).toEqual([]);
  // As it is read where its target is not: without what it takes from there.
  const alone = {
    ...reprint('2-1-1', own),
    title: '',
    departments: [],
    sections: [],
    overviewTitle: '',
    overviewSection: '',
  };
  const without = side(edition([alone]), { unread });
  expect(measuresTold(compare(without, side(both)))).toEqual([]);
  expect(measuresTold(compare(side(both), without))).toEqual([]);
});
