import { expect, test } from 'vitest';
import { type JsonChange, jsonChanges } from '../../src/exchange/json-changes.ts';
import type { Edition } from '../../src/model/edition.ts';
import { editionJson } from '../../src/model/edition-json.ts';
import { checkedCity, textOf } from '../content/city.ts';

type Json = Record<string, unknown>;
const year = (年度: string, more: Json = {}) => ({ 年度, 項目: '→', 予算額: 5, ...more });
const measure = (番号: string, more: Json = {}) => ({
  番号,
  取組: `取組${番号}`,
  担当課: ['a課', 'b課'],
  大項目: { 番号: '1', 名称: '暮らし' },
  スケジュール: [year('R1'), year('R2')],
  ...more,
});
const edition = (more: Json = {}, ...取組: Json[]) => ({ 書名: '取組集', 年度: ['R1', 'R2'], ...more, 取組 });

test.each<[string, unknown, unknown, JsonChange[]]>([
  ['the same', edition({}, measure('1-1-1')), edition({}, measure('1-1-1')), []],
  ['keys in another order', edition({ a: 1, b: 2 }), edition({ b: 2, a: 1 }), []],
  [
    'a value of the edition',
    edition(),
    edition({ 書名: '事業集' }),
    [{ path: ['書名'], before: '取組集', after: '事業集' }],
  ],
  [
    'a list is one value',
    edition(),
    edition({ 年度: ['R2'] }),
    [{ path: ['年度'], before: ['R1', 'R2'], after: ['R2'] }],
  ],
  [
    'keys that only one side has, the new ones first',
    edition({ 旧: null, 同: 1 }),
    edition({ 新: 0, 同: 1 }),
    [
      { path: ['新'], after: 0 },
      { path: ['旧'], before: null },
    ],
  ],
  [
    'a text, a list of names and a name inside, each by its path',
    edition({}, measure('1-1-1')),
    edition({}, measure('1-1-1', { 取組: '別', 担当課: ['a課'], 大項目: { 番号: '1', 名称: '仕事' } })),
    [
      { measure: '1-1-1', path: ['取組'], before: '取組1-1-1', after: '別' },
      { measure: '1-1-1', path: ['担当課'], before: ['a課', 'b課'], after: ['a課'] },
      { measure: '1-1-1', path: ['大項目', '名称'], before: '暮らし', after: '仕事' },
    ],
  ],
  [
    'a cell of a 年度',
    edition({}, measure('1-1-1')),
    edition({}, measure('1-1-1', { スケジュール: [year('R1'), year('R2', { 予算額: null })] })),
    [{ measure: '1-1-1', path: ['スケジュール', 'R2', '予算額'], before: 5, after: null }],
  ],
  [
    'a 年度 more and one less, by their names',
    edition({}, measure('1-1-1')),
    edition({}, measure('1-1-1', { スケジュール: [year('R2'), year('R3')] })),
    [
      { measure: '1-1-1', path: ['スケジュール', 'R3'], after: year('R3') },
      { measure: '1-1-1', path: ['スケジュール', 'R1'], before: year('R1') },
    ],
  ],
  [
    'a 再掲 has no 年度',
    edition({}, measure('1-1-1')),
    edition({}, measure('1-1-1', { スケジュール: null })),
    [{ measure: '1-1-1', path: ['スケジュール'], before: [year('R1'), year('R2')], after: null }],
  ],
  [
    'parts of an amount are one value',
    edition({}, measure('1-1-1', { 予算額: [{ 区分: 'a', 額: 1 }] })),
    edition({}, measure('1-1-1', { 予算額: [{ 区分: 'a', 額: 2 }] })),
    [{ measure: '1-1-1', path: ['予算額'], before: [{ 区分: 'a', 額: 1 }], after: [{ 区分: 'a', 額: 2 }] }],
  ],
  [
    'a value that becomes an object',
    edition({ a: 1 }),
    edition({ a: { b: 1 } }),
    [{ path: ['a'], before: 1, after: { b: 1 } }],
  ],
  [
    'a value that was an object, and nothing that was one',
    edition({ a: { b: 1 }, c: null }),
    edition({ a: 'x', c: { d: 1 } }),
    [
      { path: ['a'], before: { b: 1 }, after: 'x' },
      { path: ['c'], before: null, after: { d: 1 } },
    ],
  ],
  [
    'measures: added, removed, moved to another place; in the new order, then what is gone',
    edition({}, measure('1-1-1'), measure('1-1-2')),
    edition({}, measure('1-1-3'), measure('1-1-2')),
    [
      { measure: '1-1-3', path: [], after: '取組1-1-3' },
      { measure: '1-1-1', path: [], before: '取組1-1-1' },
    ],
  ],
  [
    'what is about the edition stands in front of the measures',
    edition({}, measure('1-1-1')),
    edition({ 書名: '事業集' }, measure('1-1-1', { 取組: '別' })),
    [
      { path: ['書名'], before: '取組集', after: '事業集' },
      { measure: '1-1-1', path: ['取組'], before: '取組1-1-1', after: '別' },
    ],
  ],
  [
    'before is nothing',
    undefined,
    edition({}),
    [
      { path: ['書名'], after: '取組集' },
      { path: ['年度'], after: ['R1', 'R2'] },
    ],
  ],
  [
    'before is null, a text, a list',
    null,
    { 取組: [measure('1-1-1')] },
    [{ measure: '1-1-1', path: [], after: '取組1-1-1' }],
  ],
  ['before is a text', '書名', { a: 1 }, [{ path: ['a'], after: 1 }]],
  ['取組 is no list', { 取組: 'x' }, { 取組: { a: 1 } }, []],
  [
    'items of 取組 that are no measures',
    { 取組: [null, 'x'] },
    { 取組: [{ 番号: '1-1-1', 取組: 'a' }] },
    [
      { measure: '1-1-1', path: [], after: 'a' },
      { measure: 'undefined', path: [], before: undefined },
    ],
  ],
  [
    'a list of which only one item has a 年度 is one of 年度',
    { a: [{ 年度: 'R1', x: 1 }, {}] },
    { a: [{ 年度: 'R1', x: 2 }, {}] },
    [{ path: ['a', 'R1', 'x'], before: 1, after: 2 }],
  ],
  ['an empty list', { a: [] }, { a: ['x'] }, [{ path: ['a'], before: [], after: ['x'] }]],
  [
    'false, 0 and "" are values',
    { a: false, b: 0, c: '' },
    {},
    [
      { path: ['a'], before: false },
      { path: ['b'], before: 0 },
      { path: ['c'], before: '' },
    ],
  ],
])('%s', (_, before, after, changes) => expect(jsonChanges(before, after)).toStrictEqual(changes));

test('between two editions as they are written', () => {
  const json = (changes: Record<string, string> = {}) =>
    JSON.parse(editionJson(checkedCity(changes).edition as Edition));
  const later = json({
    'edition.yaml': textOf('edition.yaml').replace('令和12年12月1日', '令和13年4月'),
    'measures/1-1-1.yaml': textOf('measures/1-1-1.yaml').replace('予算額: 12500', '予算額: 11000'),
  });
  expect(jsonChanges(json(), later)).toEqual([
    { path: ['改定'], before: '令和12年12月1日', after: '令和13年4月' },
    { path: ['改定年月'], before: '2030-12-01', after: '2031-04' },
    { measure: '1-1-1', path: ['スケジュール', 'R11', '予算額'], before: 12500, after: 11000 },
  ]);
});
