import { expect, test } from 'vitest';
import type { EditionField } from '../../src/compare/change.ts';
import { compare } from '../../src/compare/compare.ts';
import { compareAnnexes, compareEditionFields, editionFields } from '../../src/compare/edition-fields.ts';
import type { Edition } from '../../src/model/edition.ts';
import { edition, othersTold, runsText, side } from './editions.ts';

const none = new Set<string>();
const history = [{ date: '令和9年4月', text: '策定' }];
const base: Edition = { ...edition([]), history };

/** What the base does not say */
const absent: readonly EditionField[] = ['ライセンス', '項目の印', '予算額の印', '列幅'];

const changes: [EditionField, Partial<Edition>, string][] = [
  ['計画名', { planName: '湾岸の計画' }, '湾岸{+の+}計画'],
  ['計画期間', { planPeriod: '2028→2032' }, '2028→[-2031-]{+2032+}'],
  ['書名', { title: '施策集' }, '[-取組-]{+施策+}集'],
  ['策定', { established: '令和9年5月' }, '令和9年[-4-]{+5+}月'],
  ['改定', { revised: '令和13年12月1日' }, '令和[-12-]{+13+}年12月1日'],
  ['発行者', { publisher: '湊町市' }, '[-港-]{+湊+}町市'],
  ['ライセンス', { licence: 'CC BY 4.0' }, '{+CC BY 4.0+}'],
  ['年度', { years: ['R11', 'R12'] }, '[-R10-] R11 {+R12+}'],
  ['項目の印', { meanings: { mark: [{ sign: '○', word: '一部を行う' }] } }, '{+○: 一部を行う+}'],
  ['予算額の印', { meanings: { budget: [{ sign: '空欄', word: '未定' }] } }, '{+空欄: 未定+}'],
  ['現状・実績・目標', { indicatorYears: [{ label: '現状', year: 'R11' }] }, '[-現状: R10-] {+現状: R11+}'],
  ['関連計画', { relatedPlans: ['防災計画'] }, '[-総合計画-] 防災計画'],
  ['構成', { parts: ['表紙', { annex: 'annexes/a.pdf', title: '付録' }, '個票'] }, '表紙 {+別冊 annexes/a.pdf+} 個票'],
  [
    '改定履歴',
    { history: [...history, { date: '令和12年3月', text: '追加\n更新' }] },
    '令和9年4月 策定 {+令和12年3月 追加\n更新+}',
  ],
  ['列幅', { widths: { budget: 21.5, plan: 48 } }, '{+内容: 48+} {+予算額: 21.5+}'],
];

test.each(changes)('%s', (field, more, expected) => {
  const found = compareEditionFields(base, { ...base, ...more }, none);
  expect(found.map((change) => change.field)).toEqual([field]);
  const [change] = found;
  expect(
    change?.type === 'text'
      ? runsText(change.runs)
      : change?.type === 'list' && change.items.map((run) => runsText([run])).join(' '),
  ).toBe(expected);
  expect(change?.kind).toBe(absent.includes(field) ? 'added' : 'changed');
  expect(compareEditionFields(base, { ...base, ...more }, new Set([field]))).toEqual([]);
  expect(compareEditionFields({ ...base, ...more }, base, none)[0]?.kind).toBe(
    absent.includes(field) ? 'removed' : 'changed',
  );
});

/** All changes at once; both legends stand in one property. */
const allOf = (): Partial<Edition> => ({
  ...Object.assign({}, ...changes.map(([, more]) => more)),
  meanings: Object.assign({}, ...changes.map(([, { meanings }]) => meanings)),
});

test('every key, in the order of edition.yaml', () => {
  expect(editionFields).toEqual(changes.map(([field]) => field));
  const all = allOf();
  expect(compareEditionFields(base, { ...base, ...all }, none).map(({ field }) => field)).toEqual(editionFields);
  expect(compareEditionFields(base, { ...base }, none)).toEqual([]);
});

test('a text that is empty is blank', () => {
  expect(compareEditionFields(base, { ...base, title: '' }, none)).toEqual([
    { field: '書名', kind: 'removed', type: 'text', runs: [{ kind: 'removed', text: '取組集' }] },
  ]);
});

test('where edition.yaml is whole on one side only, keys that cannot be read there are left out', () => {
  const all = allOf();
  const told = (...paths: (string | number)[][]) =>
    othersTold(
      compare(
        side(base, { unread: paths.slice(0, 1).map((path) => ({ file: 'edition.yaml', path })) }),
        side({ ...base, ...all }, { unread: paths.slice(1).map((path) => ({ file: 'edition.yaml', path })) }),
      ),
    ).flatMap((line) => (line.startsWith('版 ') ? [line.split(' ')[1]] : line.startsWith('?') ? [] : [line]));
  expect(told()).toEqual([...editionFields, '別冊 added annexes/a.pdf']);
  expect(told(['年度', 1], ['書名'])).toEqual([
    ...editionFields.filter((field) => field !== '年度' && field !== '書名'),
    '別冊 added annexes/a.pdf',
  ]);
  expect(told([])).toEqual([]);
  expect(told(['構成', 0])).toEqual(editionFields.filter((field) => field !== '構成'));
  const other = side({ ...base, title: '別' }, { unread: [{ file: 'measures/1-1-1.yaml', path: [] }] });
  expect(compare(side(base), other).edition.map(({ field }) => field)).toEqual(['書名']);
});

const annex = (path: string, title = '付録', alternative?: string) => ({
  annex: path,
  title,
  ...(alternative === undefined ? {} : { alternative }),
});
const annexes = (parts: ReturnType<typeof annex>[], digests: Record<string, string> = {}) => ({
  edition: { ...base, parts: ['表紙' as const, ...parts] },
  annexes: new Map(Object.entries(digests)),
});
const run = (kind: string, text: string) => ({ kind, text });

test.each<[string, ReturnType<typeof annexes>, ReturnType<typeof annexes>, unknown[]]>([
  ['the same', annexes([annex('a')], { a: '1' }), annexes([annex('a')], { a: '1' }), []],
  ['files that are not there', annexes([annex('a')]), annexes([annex('a')]), []],
  ['another order', annexes([annex('a'), annex('b')]), annexes([annex('b'), annex('a')]), []],
  [
    'added',
    annexes([]),
    annexes([annex('a', '地図', '市の地図')]),
    [{ kind: 'added', path: 'a', title: '地図', alternative: '市の地図' }],
  ],
  [
    'added without 代替テキスト',
    annexes([]),
    annexes([annex('a', '地図')]),
    [{ kind: 'added', path: 'a', title: '地図' }],
  ],
  [
    'removed',
    annexes([annex('a', '地図', '市の地図')]),
    annexes([]),
    [{ kind: 'removed', path: 'a', title: '地図', alternative: '市の地図' }],
  ],
  [
    'another path',
    annexes([annex('a')], { a: '1' }),
    annexes([annex('b')], { b: '1' }),
    [
      { kind: 'added', path: 'b', title: '付録' },
      { kind: 'removed', path: 'a', title: '付録' },
    ],
  ],
  [
    'another file',
    annexes([annex('a')], { a: '1' }),
    annexes([annex('a')], { a: '2' }),
    [{ kind: 'replaced', path: 'a', title: '付録' }],
  ],
  [
    'a file that is there now',
    annexes([annex('a')]),
    annexes([annex('a')], { a: '1' }),
    [{ kind: 'replaced', path: 'a', title: '付録' }],
  ],
  [
    'another title',
    annexes([annex('a', '地図')]),
    annexes([annex('a', '図面')]),
    [{ kind: 'reworded', path: 'a', title: '図面', titleBefore: '地図' }],
  ],
  [
    'another 代替テキスト',
    annexes([annex('a', '地図', '甲')]),
    annexes([annex('a', '地図', '乙')]),
    [
      {
        kind: 'reworded',
        path: 'a',
        title: '地図',
        alternative: '乙',
        alternativeRuns: [run('removed', '甲'), run('added', '乙')],
      },
    ],
  ],
  [
    '代替テキスト added',
    annexes([annex('a', '地図')]),
    annexes([annex('a', '地図', '乙')]),
    [{ kind: 'reworded', path: 'a', title: '地図', alternative: '乙', alternativeRuns: [run('added', '乙')] }],
  ],
  [
    '代替テキスト removed',
    annexes([annex('a', '地図', '甲')]),
    annexes([annex('a', '地図')]),
    [{ kind: 'reworded', path: 'a', title: '地図', alternativeRuns: [run('removed', '甲')] }],
  ],
  [
    'another file with another title',
    annexes([annex('a', '地図')], { a: '1' }),
    annexes([annex('a', '図面')], { a: '2' }),
    [{ kind: 'replaced', path: 'a', title: '図面', titleBefore: '地図' }],
  ],
])('別冊: %s', (_, before, after, expected) => {
  expect(compareAnnexes(before, after, () => true)).toStrictEqual(expected);
});

test('parts of our own are no 別冊', () => {
  const before = { edition: { ...base, parts: [annex('a')] }, annexes: new Map() };
  expect(compareAnnexes(before, annexes([annex('a')]), () => true)).toEqual([]);
  expect(compareAnnexes(annexes([annex('a')]), before, () => true)).toEqual([]);
});

test('a 別冊 that cannot be read is not told as replaced, but its words are', () => {
  const of = (title: string, digest: string, unread: boolean) =>
    side(
      { ...base, parts: [annex('a', title), annex('b', title)] },
      {
        annexes: new Map([
          ['a', digest],
          ['b', digest],
        ]),
        unread: unread ? [{ file: 'a', path: [] }] : [],
      },
    );
  expect(othersTold(compare(of('地図', '1', true), of('地図', '2', false)))).toEqual(['別冊 replaced b', '? base a']);
  expect(othersTold(compare(of('地図', '1', false), of('地図', '1', true)))).toEqual(['? head a']);
  expect(othersTold(compare(of('地図', '1', false), of('図面', '2', true)))).toEqual([
    '別冊 reworded a',
    '別冊 replaced b',
    '? head a',
  ]);
});
