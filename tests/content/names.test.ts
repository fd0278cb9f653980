import { describe, expect, test } from 'vitest';
import { budgetForm } from '../../src/content/budget-form.ts';
import { differenceOf, isPlain, lookOf, sameLook } from '../../src/content/look-alike.ts';
import { nearest, proposer } from '../../src/content/nearest.ts';
import { organizationOf } from '../../src/content/organization.ts';
import { yearMeant } from '../../src/content/years.ts';

describe('the form of a 予算額 that is split among 課', () => {
  const form = (...pairs: [label: string, amount: string][]) =>
    `[${pairs.map(([label, amount]) => `{ 区分: ${label}, 額: ${amount} }`).join(', ')}]`;

  test.each<[string, unknown, string]>([
    ['a text', '窓口課 10', form(['窓口課', '10'])],
    ['a text with a colon', '窓口課:10', form(['窓口課', '10'])],
    ['a text with a full-width colon and 千円', '窓口課：10千円', form(['窓口課', '10'])],
    ['a text with 円 and commas', '窓口課: 1,234,567円', form(['窓口課', '1234567'])],
    ['full-width figures', '窓口課　１２３４', form(['窓口課', '1234'])],
    ['several in a text', '窓口課 10、防災課 20', form(['窓口課', '10'], ['防災課', '20'])],
    ['several in lines', '窓口課 10\n防災課 20', form(['窓口課', '10'], ['防災課', '20'])],
    ['blanks around', '  窓口課 10  ', form(['窓口課', '10'])],
    ['a name of several words', '市民局 窓口課 10', form(['市民局窓口課', '10'])],
    ['a map', { 窓口課: 10, 防災課: 20 }, form(['窓口課', '10'], ['防災課', '20'])],
    ['a map of amounts with commas', { 窓口課: '1,200' }, form(['窓口課', '1200'])],
    ['a map of no amounts', { 窓口課: {}, 防災課: true }, form(['窓口課', '…'], ['防災課', '…'])],
    ['a map of a text that is a pair', { '窓口課 10': null }, form(['窓口課', '10'])],
    ['a map of a text that is none', { 窓口課: null }, form(['窓口課', '…'])],
    ['one part that is no list', { 区分: '窓口課', 額: 10 }, form(['窓口課', '10'])],
    ['one part without 額', { 区分: '窓口課' }, form(['窓口課', '…'])],
    ['one part without 区分', { 額: 10 }, form(['…', '10'])],
    ['one part of commas', { 区分: '窓口課', 額: '1,200' }, form(['窓口課', '1200'])],
    ['a part with full-width colons', { '区分：窓口課': null, '額：10': null }, form(['窓口課', '10'])],
    ['one of its keys only', { '額：10': null }, form(['…', '10'])],
    ['with a line break', { '区分：窓口\n課': null, '額：10': null }, form(['窓口\n課', '10'])],
    ['a full-width colon beside another key', { '額：10': null, 課: 5 }, form(['額：10', '…'], ['課', '5'])],
    ['a list of texts', ['窓口課 10', '防災課 20'], form(['窓口課', '10'], ['防災課', '20'])],
    ['a list of amounts', [10, 20], form(['…', '10'], ['…', '20'])],
    ['a list of a text with two', ['窓口課 10、防災課 20'], form(['窓口課', '10'], ['防災課', '20'])],
    ['a list of names', ['窓口課', '防災課'], form(['窓口課', '…'], ['防災課', '…'])],
    ['a list of maps', [{ 窓口課: 10 }, { 防災課: 20 }], form(['窓口課', '10'], ['防災課', '20'])],
    ['a key that only ends like one', [{ 主区分: 1 }], form(['主区分', '1'])],
    ['a glued key that only ends like one', { '主区分：窓口課': null }, form(['主区分：窓口課', '…'])],
    ['a list of nothing', [null, true], form(['…', '…'], ['…', '…'])],
    [
      'parts beside other things',
      [{ 区分: '窓口課', 額: 10 }, '防災課 20', 30],
      form(['窓口課', '10'], ['防災課', '20'], ['…', '30']),
    ],
    ['one part as two items', [{ 区分: '窓口課' }, { 額: 10 }], form(['窓口課', '10'])],
    [
      'one part as two items that lack a blank, beside others',
      [{ '区分:窓口課': null }, { 額: 10 }, 'x 5'],
      form(['…', '…'], ['…', '10'], ['x 5', '…']),
    ],
    ['lists in a list', [['窓口課 10'], ['防災課 20']], form(['窓口課', '10'], ['防災課', '20'])],
  ])('%s', (_, value, expected) => expect(budgetForm(value)).toBe(expected));

  test.each<[string, unknown]>([
    ['an amount', 10],
    ['nothing', null],
    ['no value', undefined],
    ['an empty text', ''],
    ['a word', '未定'],
    ['an amount with a unit', '10千円'],
    ['an amount with a comma', '1,200'],
    ['a name without an amount', '窓口課'],
    ['one sign in front of an amount', '約10'],
    ['a sign and a blank in front of an amount', '約 10'],
    ['a name right in front of an amount', '窓口課10'],
    ['an amount in front of a name', '10 窓口課'],
    ['an amount in front of a name that has one', '10 窓口課 20'],
    ['what goes on behind the amount', '窓口課 10 以上'],
    ['two of which one is none', '窓口課 10、未定'],
    ['an empty list', []],
    ['an empty map', {}],
    ['parts in their form', [{ 区分: '窓口課', 額: 10 }]],
    ['parts in their form, wrong otherwise', [{ 区分: '窓口課', 額: 'x' }, { 区分: '防災課' }]],
    ['a part with a key more', [{ 区分: '窓口課', 額: 10, 課: 'x' }]],
    ['a part that lacks a blank', [{ '区分:窓口課': null }]],
    [
      'two parts of two keys each',
      [
        { 区分: '窓口課', 額: 10 },
        { 区分: '防災課', 額: 20 },
      ],
    ],
  ])('%s names no 課 in another way', (_, value) => expect(budgetForm(value)).toBeUndefined());
});

describe('names that look alike', () => {
  // Each row: signs that print alike; the name of one of them is taken for that of another.
  const rows = [
    '力カ',
    '口ロ',
    '二ニ',
    '工エ',
    '夕タ',
    '卜ト',
    '八ハ',
    'ヘへ',
    'ー一—―‐-−─–',
    '・·•‧∙⋅',
    'AΑА',
    'BΒВ',
    'EΕЕ',
    'HΗН',
    'IΙІl|',
    'KΚК',
    'MΜМ',
    'OΟО0〇',
    'PΡР',
    'TΤТ',
    'XΧХ',
  ];
  test.each(rows)('%s', (row) => {
    const names = [...row].map((sign) => `あ${sign}い`);
    expect(new Set(names.map(lookOf)).size).toBe(1);
    expect(lookOf(names[0] ?? '')).not.toBe(lookOf('あい'));
    for (const name of names) expect(sameLook(name, ['x', ...names.filter((other) => other !== name)])).toBeDefined();
  });

  test('signs of different rows do not', () => {
    expect(new Set(rows.map((row) => lookOf(row.slice(0, 1)))).size).toBe(rows.length);
  });

  test('what nobody sees, the width and the case make no look', () => {
    for (const name of [
      '窓 口課',
      '窓\u3000口課',
      '窓\u200b口課',
      '窓口課\ufe0f',
      '\u0007窓口課',
      '窓\u00ad口\u034f課',
    ])
      expect(lookOf(name)).toBe(lookOf('窓口課'));
    expect(lookOf('ｋｐｉ')).toBe(lookOf('KPI'));
    expect(lookOf('kpi')).toBe(lookOf('KPI'));
    expect(lookOf('窓口課')).not.toBe(lookOf('防災課'));
  });

  test('the first other name of the same look', () => {
    expect(sameLook('窓口課', ['窓口課'])).toBeUndefined();
    expect(sameLook('窓口課', ['窓口課', '窓ロ課', '窓 口課'])).toBe('窓ロ課');
    expect(sameLook('窓口課', ['防災課'])).toBeUndefined();
    expect(sameLook('窓口課', [])).toBeUndefined();
  });

  test.each([
    ['窓口課', true],
    ['産業局 水産部', true],
    ['が', true],
    ['か\u3099', false],
    ['窓\u3000口課', false],
    ['窓\u200b口課', false],
    ['窓\t口課', false],
    ['窓口課\ufe0f', false],
    ['', true],
  ])('%j hides nothing: %s', (name, plain) => expect(isPlain(name)).toBe(plain));

  test.each([
    ['窓ロ課', '窓口課', '「ロ」は U+30ED'],
    ['窓口課\ufe0f', '窓口課', 'U+FE0F'],
    ['窓ロ\u200bロ課', '窓口課', '「ロ」は U+30ED、U+200B'],
    ['⾏政課', '行政課', '「⾏」は U+2F8F'],
    ['か\u3099っこう課', 'がっこう課', '「が」が U+304B U+3099 に分かれています'],
    ['𠮟課', '叱課', '「𠮟」は U+20B9F'],
  ])('what %j has that %j has not', (actual, expected, difference) => {
    expect(differenceOf(actual, expected)).toBe(difference);
  });
});

describe('the name that one is most likely a slip of', () => {
  test.each<[string, string[], string | undefined]>([
    // One sign of a short name,
    ['防炎課', ['防災課'], '防災課'],
    ['防課', ['防災課'], '防災課'],
    ['防災減災課', ['防災課'], undefined],
    ['防炎室', ['防災課'], undefined],
    ['課', ['局'], undefined],
    ['', ['局'], undefined],
    ['局', ['局長'], '局長'],
    ['局', [''], undefined],
    // of eight two, of twelve three.
    ['あいうえおかき', ['あいうえおxx'], undefined],
    ['あいうえおかきく', ['あいうえおかxx'], 'あいうえおかxx'],
    ['あいうえおかきく', ['あいうえおxxx'], undefined],
    ['あいうえおかきくけこさ', ['あいうえおかきくxxx'], undefined],
    ['あいうえおかきくけこさし', ['あいうえおかきくけxxx'], 'あいうえおかきくけxxx'],
    ['あいうえおかきく', ['あいうえおかきくけこ'], 'あいうえおかきくけこ'],
    ['あいうえおかきく', ['あいうえおかきくけこさ'], undefined],
    // Two that have changed places are one slip; the same signs all mixed up count as that too.
    ['災防課', ['防災課'], '防災課'],
    ['課災防', ['防災課'], '防災課'],
    ['ABC', ['BAD'], undefined],
    ['ac課', ['bb課'], undefined],
    // The nearest, of two as near the first.
    ['防炎課', ['防火課', '防災課'], '防火課'],
    ['うみべサビス課', ['うみべさーびす課', 'うみべサービス課'], 'うみべサービス課'],
    ['あいうえおかきく', ['あいうえおかxx', 'あいうえおかきx'], 'あいうえおかきx'],
    // Width, blanks, dots and colons are no step.
    ['ＡＢＣ課', ['ABC課'], 'ABC課'],
    ['ＤＸ', ['DX'], 'DX'],
    ['産業局水産部', ['産業局 水産部'], '産業局 水産部'],
    ['担当局部', ['担当局・部'], '担当局・部'],
    ['項目:', ['項目'], '項目'],
    ['項目：', ['項目'], '項目'],
    // Itself is none.
    ['防災課', ['防災課'], undefined],
    ['防災課', [], undefined],
  ])('%s among %j: %s', (name, candidates, found) => {
    expect(nearest(name, candidates)).toStrictEqual(found === undefined ? {} : { nearest: found });
  });

  test('of a hundred names, each looked for once', () => {
    let looked = 0;
    const candidates = {
      *[Symbol.iterator]() {
        looked += 1;
        yield '防災課';
      },
    };
    const propose = proposer(candidates);
    expect([propose('防炎課'), propose('防炎課'), propose('窓口課')]).toEqual([
      { nearest: '防災課' },
      { nearest: '防災課' },
      {},
    ]);
    for (let count = 2; count < 99; count += 1) expect(propose(`課${count}`)).toEqual({});
    expect(propose('防火課')).toEqual({ nearest: '防災課' });
    // The hundredth was the last; what is known stays known.
    expect(propose('防水課')).toEqual({});
    expect(propose('防火課')).toEqual({ nearest: '防災課' });
    expect(propose('防炎課')).toEqual({ nearest: '防災課' });
    expect(looked).toBe(1);
  });
});

describe('the names of the organization', () => {
  const known = () =>
    organizationOf([
      { 名称: '市民局', 課: ['窓口課', '総務課'] },
      { 名称: '産業局 水産部', 課: ['漁港課', '総務課'] },
      { 名称: '産業局', 課: [] },
      { 名称: '産業局 農業部', 課: ['総務課'] },
      { 名称: '産業局分室', 課: ['分室課'] },
      { 名称: 'ほか', 課: [] },
      { 名称: '一局', 課: [] },
    ]);

  test('are as they are given', () => {
    const { departments, sections } = known();
    expect(departments).toEqual(['市民局', '産業局 水産部', '産業局', '産業局 農業部', '産業局分室', 'ほか', '一局']);
    expect([...sections]).toEqual(['窓口課', '総務課', '漁港課', '分室課']);
  });

  test.each([
    ['市民局', ['市民局']],
    ['一局', ['一局']],
    ['ほか', ['ほか']],
    ['産業局', ['産業局', '産業局 水産部', '産業局 農業部']],
    ['産業局 水産部', ['産業局 水産部']],
    ['産業局 ', []],
    ['産業', []],
    ['産業局分', []],
    ['学校局', []],
    ['', []],
  ])('%j stands for %j', (name, all) => expect(known().covered(name)).toEqual(all));

  test.each([
    ['窓口課', ['市民局']],
    ['総務課', ['市民局', '産業局 水産部', '産業局 農業部']],
    ['学校課', []],
  ])('%s is of %j', (section, all) => expect(known().homes(section)).toEqual(all));

  test('a slip of a name', () => {
    const { nearestDepartment, nearestSection } = known();
    expect(nearestDepartment('市氏局')).toEqual({ nearest: '市民局' });
    expect(nearestDepartment('窓口課')).toEqual({});
    expect(nearestSection('窓ロ課')).toEqual({ nearest: '窓口課' });
    expect(nearestSection('市民局')).toEqual({});
  });
});

describe('the fiscal year that is meant', () => {
  const years = ['H30', 'R1', 'R7', 'R8', 'R10', 'R12', 'R20', 'R21'];
  test.each([
    ['R8', 'R8'],
    ['Ｒ８', 'R8'],
    ['r8', 'R8'],
    ['r 8', 'R8'],
    ['R08', 'R8'],
    ['R008', 'R8'],
    ['R-8', 'R8'],
    ['R.8', 'R8'],
    ['R_8', 'R8'],
    ['R\u200b8', 'R8'],
    ['R8年', 'R8'],
    ['R8年度', 'R8'],
    ['令和8', 'R8'],
    ['令和8年度', 'R8'],
    ['令和８年', 'R8'],
    ['令和八年度', 'R8'],
    ['令和元年度', 'R1'],
    ['R元', 'R1'],
    ['令和十年度', 'R10'],
    ['令和一〇年度', 'R10'],
    ['令和十二年', 'R12'],
    ['令和一二年', 'R12'],
    ['令和二十年', 'R20'],
    ['令和二十一年', 'R21'],
    ['令和二一年', 'R21'],
    ['令和七年', 'R7'],
    ['2026', 'R8'],
    ['2026年度', 'R8'],
    ['２０２６', 'R8'],
    ['2018', 'H30'],
    ['H30', 'H30'],
    ['平成30年度', 'H30'],
    ['平成三十年', 'H30'],
    ['平成31年', 'R1'],
    ['昭和94年', 'R1'],
    ['S94', 'R1'],
    ['8', 'R8'],
    ['08', 'R8'],
    ['8年度', 'R8'],
    ['八', 'R8'],
    ['30', 'H30'],
    ['元', 'R1'],
  ])('%j means %s', (text, year) => expect(yearMeant(text, years)).toBe(year));

  test.each([
    '',
    'R',
    '年度',
    'R9',
    '昭和95年',
    '2017',
    '99',
    'T8',
    '大正8',
    'R8年月',
    'R8度',
    'xR8',
    'R8x',
    'R8-R9',
    'R12345',
    'R百',
    '令和',
    '令和R8',
    '百',
    '内容',
  ])('%j means none of them', (text) => expect(yearMeant(text, years)).toBeUndefined());

  test('a number alone is of the years that begin with letters, and of the first of them', () => {
    expect(yearMeant('8', ['8'])).toBe('8');
    expect(yearMeant('8', ['R8', 'H8'])).toBe('R8');
    expect(yearMeant('8', ['第8期'])).toBeUndefined();
    expect(yearMeant('100', ['R100'])).toBeUndefined();
    expect(yearMeant('99', ['期99'])).toBe('期99');
    expect(yearMeant('8', ['18', '計画', 'R18', '事業8'])).toBe('事業8');
    expect(yearMeant('2026', ['2026年度'])).toBe('2026年度');
    expect(yearMeant('18', ['1期8'])).toBeUndefined();
    expect(yearMeant('内容', ['計画'])).toBeUndefined();
  });
});
