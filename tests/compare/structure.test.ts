import { expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { compareOrganization, compareStructure } from '../../src/compare/structure.ts';
import { edition, measure, othersTold, side } from './editions.ts';

type Names = Record<string, string>;
const of = (names: Names) => edition([], { names });

/** What is told, and what of head is which of base: "1<2". */
const found = (before: Names, after: Names) => {
  const { categories, groups } = compareStructure(of(before), of(after));
  const told = othersTold(compare(side(of(before)), side(of(after))));
  const pairs = [...categories, ...groups].filter(([fresh, old]) => fresh !== old);
  return [...told, ...pairs.map(([fresh, old]) => `${old}>${fresh}`)];
};

const city = { 1: '暮らし', '1-1': '窓口', '1-2': '防災', 2: '仕事', '2-1': '漁業' };
const without = (...numbers: string[]): Names =>
  Object.fromEntries(Object.entries(city).filter(([number]) => !numbers.includes(number)));

test.each<[string, Names, Names, string[]]>([
  ['nothing', city, city, []],
  ['a 大項目 with another name', city, { ...city, 2: '仕事と海' }, ['大項目 2 [-仕事-]{+仕事と海+}']],
  ['a 中項目 with another name', city, { ...city, '1-2': '防災と減災' }, ['中項目 1-2 [-防災-]{+防災と減災+}']],
  ['a 中項目 added at the end', without('1-2'), city, ['中項目 + 1-2 防災']],
  ['a 中項目 removed', city, without('1-2'), ['中項目 - 1-2 防災']],
  [
    'a 中項目 in front',
    city,
    { ...city, '1-1': '税', '1-2': '窓口', '1-3': '防災' },
    ['中項目 + 1-1 税', '中項目 1-1 → 1-2 窓口', '中項目 1-2 → 1-3 防災', '1-1>1-2', '1-2>1-3'],
  ],
  [
    'two 中項目 change places',
    city,
    { ...city, '1-1': '防災', '1-2': '窓口' },
    ['中項目 1-2 → 1-1 防災', '中項目 1-1 → 1-2 窓口', '1-2>1-1', '1-1>1-2'],
  ],
  [
    'the first 大項目 removed: the others move up, named as before',
    city,
    { 1: '仕事', '1-1': '漁業' },
    [
      '大項目 2 → 1 仕事',
      '大項目 - 1 暮らし',
      '中項目 2-1 → 1-1 漁業',
      '中項目 - 1-1 窓口',
      '中項目 - 1-2 防災',
      '2>1',
      '2-1>1-1',
    ],
  ],
  [
    'the first 大項目 removed, whose 中項目 has a namesake',
    { 1: '暮らし', '1-1': 'ほか', 2: '仕事', '2-1': 'ほか' },
    { 1: '仕事', '1-1': 'ほか' },
    ['大項目 2 → 1 仕事', '大項目 - 1 暮らし', '中項目 - 2-1 ほか', '2>1'],
  ],
  [
    'namesakes stay in their 大項目',
    { 1: '暮らし', '1-1': '甲', 2: '仕事', '2-1': 'ほか', 3: '学び', '3-1': 'ほか' },
    { 1: '暮らし', '1-1': '甲', 2: '学び', '2-2': 'ほか', 3: '仕事', '3-2': 'ほか' },
    [
      '大項目 3 → 2 学び',
      '中項目 3-1 → 2-2 ほか',
      '大項目 2 → 3 仕事',
      '中項目 2-1 → 3-2 ほか',
      '3>2',
      '2>3',
      '3-1>2-2',
      '2-1>3-2',
    ],
  ],
  ['a 中項目 in another 大項目', city, { ...without('1-2'), '2-2': '防災' }, ['中項目 1-2 → 2-2 防災', '1-2>2-2']],
  ['a number given to something else: renamed', { 1: '暮らし' }, { 1: '学び' }, ['大項目 1 [-暮らし-]{+学び+}']],
  ['no name is no namesake', { 1: '', 2: '' }, { 2: '', 3: '' }, ['大項目 - 1 ', '大項目 + 3 ']],
  [
    'no name is none of another 大項目 either',
    { 1: '暮らし', '1-1': '', '1-2': '' },
    { 1: '暮らし', '1-2': '', '1-3': '' },
    ['中項目 - 1-1 ', '中項目 + 1-3 '],
  ],
  [
    'a name that could not be read is changed, not another one',
    { 1: '', '1-1': '' },
    { 1: '暮らし', '1-1': '窓口' },
    ['大項目 1 {+暮らし+}', '中項目 1-1 {+窓口+}'],
  ],
  [
    'in the order of the numbers, not of signs',
    { 1: 'あ' },
    { 1: 'あ', 10: 'う', 9: 'い' },
    ['大項目 + 9 い', '大項目 + 10 う'],
  ],
])('%s', (_, before, after, expected) => {
  expect(found(before, after)).toEqual(expected);
});

test('a structure.yaml that cannot be read on one side tells nothing of 大項目 and 中項目', () => {
  const whole = side(edition([measure('1-1-1'), measure('2-1-1')], { names: city }));
  const blank = { ...city, 1: '', 2: '', '1-1': '', '1-2': '', '2-1': '' };
  const unread = side(edition([measure('1-1-1'), measure('2-1-1')], { names: blank }), {
    unread: [{ file: 'structure.yaml', path: [] }],
  });
  expect(othersTold(compare(whole, unread))).toEqual(['? head structure.yaml']);
  expect(othersTold(compare(unread, whole))).toEqual(['? base structure.yaml']);
});

type Organization = Parameters<typeof compareOrganization>[0];
const told = (before: Record<string, string[]>, after: Record<string, string[]>, renames: string[][] = []) => {
  const organization = (names: Record<string, string[]>): Organization =>
    Object.entries(names).map(([名称, 課]) => ({ 名称, 課 }));
  return compareOrganization(
    organization(before),
    organization(after),
    renames.map(([field = '', old = '', fresh = '']) => ({ field, before: old, after: fresh, measures: [] })),
  );
};

test.each<[string, () => ReturnType<typeof told>, ReturnType<typeof told>]>([
  ['nothing', () => told({ 甲局: ['a'] }, { 甲局: ['a'] }), []],
  ['another order', () => told({ 甲局: ['a', 'b'], 乙局: [] }, { 乙局: [], 甲局: ['b', 'a'] }), []],
  ['a 局', () => told({ 甲局: [] }, { 甲局: [], 乙局: [] }), [{ kind: 'added', department: '乙局' }]],
  [
    'a 局 with a 課',
    () => told({}, { 甲局: ['a'] }),
    [
      { kind: 'added', department: '甲局' },
      { kind: 'added', department: '甲局', section: 'a' },
    ],
  ],
  [
    'a 局 removed with its 課',
    () => told({ 甲局: ['a'] }, {}),
    [
      { kind: 'removed', department: '甲局', section: 'a' },
      { kind: 'removed', department: '甲局' },
    ],
  ],
  ['a 課', () => told({ 甲局: ['a'] }, { 甲局: ['a', 'b'] }), [{ kind: 'added', department: '甲局', section: 'b' }]],
  [
    'a 課 removed',
    () => told({ 甲局: ['a', 'b'] }, { 甲局: ['b'] }),
    [{ kind: 'removed', department: '甲局', section: 'a' }],
  ],
  [
    'a 課 moved',
    () => told({ 甲局: ['a'], 乙局: [] }, { 甲局: [], 乙局: ['a'] }),
    [{ kind: 'moved', department: '乙局', section: 'a', from: '甲局' }],
  ],
  [
    'a 課 in one 局 more is added',
    () => told({ 甲局: ['a'], 乙局: [] }, { 甲局: ['a'], 乙局: ['a'] }),
    [{ kind: 'added', department: '乙局', section: 'a' }],
  ],
  [
    'one goes, another comes',
    () => told({ 甲局: ['a', 'b'] }, { 甲局: ['c', 'b'] }),
    [
      { kind: 'added', department: '甲局', section: 'c' },
      { kind: 'removed', department: '甲局', section: 'a' },
    ],
  ],
  [
    'two move to one',
    () => told({ 甲局: ['a'], 乙局: ['b'], 丙局: [] }, { 甲局: [], 乙局: [], 丙局: ['b', 'a'] }),
    [
      { kind: 'moved', department: '丙局', section: 'b', from: '乙局' },
      { kind: 'moved', department: '丙局', section: 'a', from: '甲局' },
    ],
  ],
  [
    'a 局 renamed: its 課 do not move',
    () => told({ 甲局: ['a'] }, { 乙局: ['a'] }, [['担当局・部', '甲局', '乙局']]),
    [],
  ],
  ['a 課 renamed', () => told({ 甲局: ['a'] }, { 甲局: ['b'] }, [['担当課', 'a', 'b']]), []],
  [
    'a 課 renamed and moved',
    () => told({ 甲局: ['a'], 乙局: [] }, { 甲局: [], 乙局: ['b'] }, [['担当課', 'a', 'b']]),
    [{ kind: 'moved', department: '乙局', section: 'b', from: '甲局' }],
  ],
  [
    'a 関連計画 of the same name renames no 局 and no 課',
    () => told({ a: ['a'] }, { b: ['b'] }, [['関連計画', 'a', 'b']]),
    [
      { kind: 'added', department: 'b' },
      { kind: 'added', department: 'b', section: 'b' },
      { kind: 'removed', department: 'a', section: 'a' },
      { kind: 'removed', department: 'a' },
    ],
  ],
])('organization: %s', (_, changes, expected) => {
  expect(changes()).toEqual(expected);
});

test('an organization.yaml that cannot be read on one side tells nothing of 局・部 and 課', () => {
  const whole = side(edition([measure('1-1-1')]));
  const unread = side(edition([measure('1-1-1')]), {
    organization: [],
    unread: [{ file: 'organization.yaml', path: ['局・部', 0] }],
  });
  expect(othersTold(compare(whole, unread))).toEqual(['? head organization.yaml 局・部']);
  expect(othersTold(compare(unread, whole))).toEqual(['? base organization.yaml 局・部']);
  expect(othersTold(compare(whole, side(whole.edition, { organization: [] })))).toEqual([
    '- 市民局/窓口課',
    '- 市民局',
  ]);
});
