import { expect, test } from 'vitest';
import { csvTable, decodedText } from '../../../src/exchange/start/csv-table.ts';
import { meaningOf, targetName } from '../../../src/exchange/start/headings.ts';
import { labelOf } from '../../../src/exchange/start/rows.ts';
import {
  amountOf,
  departmentIn,
  markOf,
  namesOf,
  numberOf,
  partsOf,
  yearIn,
} from '../../../src/exchange/start/values.ts';
import { sheetFields } from '../../../src/model/fields.ts';
import { cp932 } from './cp932.ts';

test('amounts come to 千円 where they do so exactly', () => {
  for (const [text, unit, amount] of [
    ['1,914', 1, 1914],
    ['１，９１４', undefined, 1914],
    ['1914000', 0.001, 1914],
    ['1.5', 1000, 1500],
    ['120.257', 1000, 120_257],
    ['3百万円', 1, 3000],
    ['2億円', undefined, 200_000],
    ['500千円', 0.001, 500],
    ['―', 1, '—'],
    ['0', 1, 0],
  ] as const)
    expect([text, amountOf(text, unit)]).toEqual([text, { amount }]);
  for (const [text, unit] of [
    ['1500', 0.001],
    ['1.5', 1],
    ['1,91', 1],
    ['△3', 1],
    ['要求中', 1],
    ['1.23456789', 1000],
    ['99999999999999999999', 1],
  ] as const)
    expect(amountOf(text, unit)).toHaveProperty('problem');
});

test('years, numbers, names and signs however they are written', () => {
  for (const text of ['R7', '令和7年度', '2025年度', '2025', 'Ｒ７', '令和７年', '令和7年度(2025年度)'])
    expect([text, yearIn(text)]).toEqual([text, { year: 'R7', rest: '' }]);
  expect(yearIn('平成31年度')).toMatchObject({ year: 'R1' });
  for (const text of ['R7~R9', '令和7年度～', 'PR7', '12025', '令和7年度と令和8年度', '7'])
    expect([text, yearIn(text)]).toEqual([text, undefined]);
  for (const [text, number] of [
    ['1-1-2', '1-1-2'],
    ['１－０１－２', '1-1-2'],
    ['(1)-2-3', '1-2-3'],
    ['1.2.3', '1-2-3'],
    ['2001-01-02', '1-1-2'],
    ['2001/1/2', '1-1-2'],
    ['12', undefined],
    ['1-2', undefined],
    ['1-2-0', undefined],
  ] as const)
    expect([text, numberOf(text)?.number]).toEqual([text, number]);
  expect(namesOf('窓口課、(発注、監督)営繕課,港・みなと推進課')).toEqual([
    '窓口課',
    '(発注、監督)営繕課',
    '港・みなと推進課',
  ]);
  expect(['⇒', '〇', '―', '-', '◎', '△', '検討', '●'].map(markOf)).toEqual([
    '→',
    '○',
    '—',
    '—',
    '◎',
    '△',
    undefined,
    undefined,
  ]);
  expect(departmentIn('総務部　情報政策課')).toEqual({ department: '総務部', section: '情報政策課' });
  expect(departmentIn('情報政策課')).toBeUndefined();
  expect(partsOf('窓口課: 10\n防災：海辺課: —')).toEqual([
    { label: '窓口課', amount: 10 },
    { label: '防災：海辺課', amount: '—' },
  ]);
});

test('a number in front of a name is its number', () => {
  expect(labelOf('1 安全')).toEqual({ number: '1', name: '安全' });
  expect(labelOf('１．安全')).toEqual({ number: '1', name: '安全' });
  expect(labelOf('2-3 交通')).toEqual({ number: '3', name: '交通' });
  expect(labelOf('12')).toEqual({ number: '12' });
  expect(labelOf('4次総合計画')).toEqual({ name: '4次総合計画' });
  expect(labelOf('2025年の姿')).toEqual({ name: '2025年の姿' });
});

test('headings of tables', () => {
  const read = (...parts: string[]) => {
    const meaning = meaningOf(parts, false, sheetFields);
    return meaning && targetName(meaning);
  };
  for (const [parts, name] of [
    [['事 業 名'], '取組'],
    [['取組名(事業名)'], '取組'],
    [['担当課※1'], '担当課'],
    [['担当', '課'], '担当課'],
    [['成果指標', '目標値(R8)'], '現状・実績・目標'],
    [['R7', '当初予算額(千円)'], 'R7 予算額'],
    [['予算額（千円）', '令和7年度'], 'R7 予算額'],
    [['2025年度 事業実績'], 'R7 事業実績'],
    [['令和7年度決算額'], undefined],
    [['備考'], undefined],
    [['計画期間', 'R5~R8'], '計画期間'],
  ] as const)
    expect([parts, read(...parts)]).toEqual([parts, name]);
});

test('texts of spreadsheets: their encoding, their separators, their quotes', () => {
  const text = '取組,担当\r\n"a ""b"", c","d\ne"\r\n最後,';
  for (const bytes of [
    new TextEncoder().encode(text),
    new TextEncoder().encode(`\ufeff${text}`),
    Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le')),
    Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
    cp932(text),
  ]) {
    const { table, remarks } = csvTable('a.csv', decodedText(bytes) ?? '');
    expect(remarks).toEqual([]);
    expect([...table.rows.values()].map((row) => [...row.values()].map(({ value }) => value))).toEqual([
      ['取組', '担当'],
      ['a "b", c', 'd\ne'],
      ['最後'],
    ]);
    expect([0, 1, 2].map((row) => table.lineOf?.(row))).toEqual([1, 2, 4]);
  }
  expect(decodedText(Uint8Array.of(0x81, 0x00, 0xff))).toBeUndefined();
  expect(csvTable('a.csv', 'a,b\n"c,d\n').remarks).toMatchObject([{ severity: 'error', place: 'a.csv:2' }]);
});
