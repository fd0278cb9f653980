import { describe, expect, test } from 'vitest';
import { amountUnit, grouped, signed, sumOf } from '../../src/model/amounts.ts';
import { eraDate, spokenYear } from '../../src/model/era-date.ts';
import type { Budget } from '../../src/model/measure.ts';
import { inOneLine, labelOf, oneLine, roleOf, withoutRole } from '../../src/model/names.ts';
import {
  categoryNumber,
  categoryOf,
  compareNumbers,
  groupNumber,
  groupOf,
  measureFile,
  measureNumber,
  numberCells,
  numberOfFile,
  numberParts,
} from '../../src/model/numbers.ts';
import { visible, visibleJson, visibleLines } from '../../src/model/visible.ts';
import { changeWords, markedWords, severityWords } from '../../src/model/words.ts';

describe('amounts', () => {
  test.each<[number | string, string]>([
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [1000, '1,000'],
    [99_999, '99,999'],
    [100_000, '100,000'],
    [999_999, '999,999'],
    [3_700_000, '3,700,000'],
    [1_234_567_890, '1,234,567,890'],
    [-1234, '-1,234'],
    ['▲1200', '▲1,200'],
    ['12500', '12,500'],
    ['—', '—'],
    ['', ''],
    ['1234円', '1234円'],
    ['1234.5678', '1234.5678'],
    ['12 3456', '12 3456'],
  ])('%j is written %s', (amount, text) => expect(grouped(amount)).toBe(text));

  test.each([
    [1200, '+1,200'],
    [1, '+1'],
    [0, '±0'],
    [-1, '−1'],
    [-3000, '−3,000'],
  ])('the change %d is written %s', (amount, text) => expect(signed(amount)).toBe(text));

  test.each<[string, Budget | null | undefined, number]>([
    ['an amount', 1200, 1200],
    ['nothing', 0, 0],
    ['no budget', '—', 0],
    ['a blank cell', undefined, 0],
    ['a blank cell of the data', null, 0],
    [
      'parts',
      [
        { label: 'a', amount: 1200 },
        { label: 'b', amount: '—' },
        { label: 'c', amount: 34 },
      ],
      1234,
    ],
    ['parts of no budget', [{ label: 'a', amount: '—' }], 0],
    ['no parts', [], 0],
  ])('the sum of %s', (_, budget, sum) => expect(sumOf(budget)).toBe(sum));

  test.each([
    [0, '千円'],
    [9999, '千円'],
    [10_000, '百万円'],
    [3_700_000, '百万円'],
  ])('charts of amounts up to %d are in %s', (largest, name) => expect(amountUnit(largest).name).toBe(name));

  test('in 千円 an amount stays what it is', () => {
    expect([0, 1, 50, 9999].map(amountUnit(9999).shown)).toEqual(['0', '1', '50', '9,999']);
  });

  test.each([
    [0, '0'],
    [1, '0.1未満'],
    [99, '0.1未満'],
    [100, '0.1'],
    [149, '0.1'],
    [150, '0.2'],
    [949, '0.9'],
    [950, '1'],
    [1000, '1'],
    [1049, '1'],
    [1050, '1.1'],
    [12_340, '12.3'],
    [12_360, '12.4'],
    [99_949, '99.9'],
    [99_950, '100'],
    [99_999, '100'],
    [100_000, '100'],
    [100_499, '100'],
    [100_500, '101'],
    [1_234_567, '1,235'],
  ])('%d 千円 is %s 百万円', (amount, text) => expect(amountUnit(10_000).shown(amount)).toBe(text));
});

describe('dates with an era', () => {
  test.each([
    ['令和8年3月', 2026, 3, 1],
    ['令和8年3月1日', 2026, 3, 1],
    ['令和元年5月', 2019, 5, 1],
    ['令和1年5月', 2019, 5, 1],
    ['令和12年12月31日', 2030, 12, 31],
    ['令和22年10月10日', 2040, 10, 10],
    ['令和99年11月29日', 2117, 11, 29],
    ['平成元年1月8日', 1989, 1, 8],
    ['平成31年4月30日', 2019, 4, 30],
    ['昭和64年1月7日', 1989, 1, 7],
    ['昭和元年12月25日', 1926, 12, 25],
    ['令和6年2月29日', 2024, 2, 29],
  ])('%s', (text, year, month, day) => expect(eraDate(text)).toEqual({ year, month, day }));

  test.each([
    '',
    '2026年3月',
    '大正8年3月',
    '令和年3月',
    '令和0年3月',
    '令和08年3月',
    '令和100年3月',
    '令和八年3月',
    '令和8年',
    '令和8年0月',
    '令和8年03月',
    '令和8年13月',
    '令和8年20月',
    '令和8年3月0日',
    '令和8年3月01日',
    '令和8年3月32日',
    '令和8年3月40日',
    '令和8年4月31日',
    '令和8年2月29日',
    '令和8年3月1',
    '令和8年3月日',
    '令和8年3月 ',
    ' 令和8年3月',
    '新令和8年3月',
    '令和8年3月版',
    '令和8年3月1日版',
    'R8年3月',
  ])('%j is none', (text) => expect(eraDate(text)).toBeUndefined());

  test.each([
    ['R1', '令和元年度'],
    ['R2', '令和2年度'],
    ['R10', '令和10年度'],
    ['R20', '令和20年度'],
    ['R11', '令和11年度'],
    ['H31', '平成31年度'],
    ['H1', '平成元年度'],
    ['S64', '昭和64年度'],
  ])('%s is read %s', (year, spoken) => expect(spokenYear(year)).toBe(spoken));

  test.each(['', 'R', 'R0', 'R01', 'R100', 'r1', 'T1', '2026', 'R8年', 'xR8', 'R元'])('%j is read as it is', (year) =>
    expect(spokenYear(year)).toBeUndefined(),
  );
});

describe('names', () => {
  test.each([
    ['(発注)営繕課', '(発注)', '営繕課'],
    ['\uff08発注\uff09営繕課', '\uff08発注\uff09', '営繕課'],
    ['(発注\uff09営繕課', '(発注\uff09', '営繕課'],
    ['(発注) 営繕課', '(発注) ', '営繕課'],
    ['(発注)\u3000 営繕課', '(発注)\u3000 ', '営繕課'],
    ['()営繕課', '()', '営繕課'],
    ['(発注)(支援)課', '(発注)', '(支援)課'],
    ['営繕課', '', '営繕課'],
    ['営繕課(発注)', '', '営繕課(発注)'],
    ['(発注営繕課', '', '(発注営繕課'],
    ['発注)営繕課', '', '発注)営繕課'],
    ['(発注)', '(発注)', ''],
  ])('%j is the role %j and the 課 %j', (written, role, section) => {
    expect([roleOf(written), withoutRole(written)]).toEqual([role, section]);
  });

  test('a label is number and name; what has several lines, or is a list, is in one', () => {
    expect(labelOf({ number: '1-2', name: '防災' })).toBe('1-2. 防災');
    expect(oneLine('競りの\n電子\n化')).toBe('競りの電子化');
    expect(inOneLine('競りの\n電子\n化')).toBe('競りの電子化');
    expect(inOneLine(['漁港課', '流通課'])).toBe('漁港課、流通課');
    expect(inOneLine(['漁港課'])).toBe('漁港課');
    expect(inOneLine([])).toBe('');
  });
});

describe('numbers', () => {
  test.each([
    [measureNumber, ['1-1-1', '2-3-16', '10-20-300'], ['1-1', '1-1-1-1', '0-1-1', '1-0-1', '1-1-0', '01-1-1']],
    [measureNumber, [], ['1-01-1', '1-1-01', '1--1', '-1-1-1', '1-1-1 ', ' 1-1-1', '1-1-x', '1-1-1\n', '１-1-1']],
    [groupNumber, ['1-1', '2-3', '10-20'], ['1', '1-1-1', '0-1', '1-0', '01-1', '1-01', ' 1-1', '1-1 ', 'x-1', '1-x']],
    [categoryNumber, ['1', '2', '10', '305'], ['', '0', '01', '1-1', ' 1', '1 ', 'x', '1x']],
  ])('%s', (pattern, right, wrong) => {
    expect(right.filter((text) => !pattern.test(text))).toEqual([]);
    expect(wrong.filter((text) => pattern.test(text))).toEqual([]);
  });

  test('a number by its parts', () => {
    expect(numberCells('2-3-16')).toEqual(['2', '3', '16']);
    expect(numberCells('2-3')).toEqual(['2', '3', '']);
    expect(numberCells('')).toEqual(['', '', '']);
    expect(numberParts('2-3-16')).toEqual({ category: '2', group: '2-3', item: '16' });
    expect(numberParts('2')).toEqual({ category: '2', group: '2-', item: '' });
    expect(groupOf('2-3-16')).toBe('2-3');
    expect(categoryOf('2-3-16')).toBe('2');
    expect(categoryOf('12-3')).toBe('12');
  });

  test('the order of the document is that of the values', () => {
    const ordered = ['1-1-1', '1-1-2', '1-1-10', '1-2-1', '1-10-1', '2-1-1', '2-1-3', '10-1-1'];
    expect([...ordered].reverse().sort(compareNumbers)).toEqual(ordered);
    expect(['3', '2-10', '2', '2-2', '10', '2-1'].sort(compareNumbers)).toEqual(['2', '2-1', '2-2', '2-10', '3', '10']);
    expect(compareNumbers('2-3-16', '2-3-16')).toBe(0);
    expect(compareNumbers('1-9-9', '2-1-1')).toBeLessThan(0);
    expect(compareNumbers('2-1-1', '1-9-9')).toBeGreaterThan(0);
  });

  test.each([
    ['measures/2-3-16.yaml', '2-3-16'],
    ['content/measures/10-20-30.yaml', '10-20-30'],
    ['a/b/measures/1-1-1.yaml', '1-1-1'],
    ['mymeasures/1-1-1.yaml', undefined],
    ['measures/1-1-1.yml', undefined],
    ['measures/1-1-1.yaml.bak', undefined],
    ['measures/1-1-1xyaml', undefined],
    ['measures/1-1.yaml', undefined],
    ['measures/0-1-1.yaml', undefined],
    ['measures/1-0-1.yaml', undefined],
    ['measures/1-1-0.yaml', undefined],
    ['measures/x-1-1.yaml', undefined],
    ['measures/x1-1-1.yaml', undefined],
    ['measures/old/1-1-1.yaml', undefined],
    ['1-1-1.yaml', undefined],
  ])('the file %s is of the measure %s', (path, number) => expect(numberOfFile(path)).toBe(number));

  test('a measure has its file', () => {
    expect(measureFile('2-3-16')).toBe('measures/2-3-16.yaml');
    expect(numberOfFile(measureFile('2-3-16'))).toBe('2-3-16');
  });
});

test('what is not seen is written, in one line, in several, in JSON', () => {
  const text = 'a\u001b[1m\nb\u200b\u{e0041}\ud800';
  expect(visible(text)).toBe('a\\u{1b}[1m\\u{a}b\\u{200b}\\u{e0041}\\u{d800}');
  expect(visibleLines(text)).toBe('a\\u{1b}[1m\nb\\u{200b}\\u{e0041}\\u{d800}');
  expect(visibleJson('{\n"a": "\u007f\u200b\u{e0041}"\n}')).toBe('{\n"a": "\\u007f\\u200b\\udb40\\udc41"\n}');
});

test('one word for one thing', () => {
  expect(severityWords).toEqual({ error: '誤り', warning: '注意' });
  expect(changeWords).toEqual({ added: '新設', removed: '廃止', changed: '変更' });
  expect(markedWords).toEqual({ added: '加える', removed: '削る' });
});
