// The edition as JSON: every key, with what it means.
import { expect, test } from 'vitest';
import { editionJson, isoDate } from '../../src/model/edition-json.ts';
import { edition, measure, reprint } from '../compare/editions.ts';

const own = measure('1-1-1', {
  title: '競りの\n電子化',
  sections: ['(発注)漁港課', '流通課'],
  effect: '件数',
  schedule: {
    R10: {
      mark: '○',
      plan: '導入',
      budget: [
        { label: '漁港課', amount: 1200 },
        { label: '流通課', amount: '—' },
      ],
    },
    R11: { budget: 0, result: '済み' },
  },
  relatedPlans: [],
});

test('all of it', () => {
  const of = edition([own, reprint('2-1-1', own, { kind: '新規' })], {
    revised: '令和12年3月',
    names: { 1: '暮らし' },
  });
  const text = editionJson(of);
  expect(text.endsWith('\n}\n')).toBe(true);
  expect(JSON.parse(text)).toStrictEqual({
    計画名: '湾岸計画',
    計画期間: '2028→2031',
    書名: '取組集',
    策定: '令和9年4月',
    策定年月: '2027-04',
    改定: '令和12年3月',
    改定年月: '2030-03',
    発行者: '港町市',
    ライセンス: null,
    年度: ['R10', 'R11'],
    予算額の単位: '千円',
    項目の印: null,
    予算額の印: null,
    '現状・実績・目標': { 現状: 'R10' },
    関連計画: ['総合計画', '防災計画'],
    取組: [
      {
        番号: '1-1-1',
        大項目: { 番号: '1', 名称: '暮らし' },
        中項目: { 番号: '1-1', 名称: '中1-1' },
        区分: '継続',
        再掲: null,
        取組: '競りの\n電子化',
        '担当局・部': ['市民局'],
        担当課: ['(発注)漁港課', '流通課'],
        取組内容: null,
        '効果・KPI': '件数',
        '現状・実績・目標': null,
        スケジュール: [
          {
            年度: 'R10',
            西暦年度: 2028,
            項目: '○',
            内容: '導入',
            予算額: [
              { 区分: '漁港課', 額: 1200 },
              { 区分: '流通課', 額: '—' },
            ],
            事業実績: null,
          },
          { 年度: 'R11', 西暦年度: 2029, 項目: null, 内容: null, 予算額: 0, 事業実績: '済み' },
        ],
        関連計画: [],
        一覧表: { 取組事項: '競りの電子化', 担当課: '(発注)漁港課、流通課' },
      },
      {
        番号: '2-1-1',
        大項目: { 番号: '2', 名称: '大2' },
        中項目: { 番号: '2-1', 名称: '中2-1' },
        区分: '新規',
        再掲: '1-1-1',
        取組: '競りの\n電子化',
        '担当局・部': ['市民局'],
        担当課: ['(発注)漁港課', '流通課'],
        取組内容: null,
        '効果・KPI': null,
        '現状・実績・目標': null,
        スケジュール: null,
        関連計画: null,
        一覧表: { 取組事項: '競りの電子化', 担当課: '(発注)漁港課、流通課' },
      },
    ],
  });
  const meanings = {
    mark: [
      { sign: '○', word: '一部を行う' },
      { sign: '空欄', word: '未定' },
    ],
  };
  expect(JSON.parse(editionJson({ ...of, meanings }))).toMatchObject({
    項目の印: { '○': '一部を行う', 空欄: '未定' },
    予算額の印: null,
  });
  expect(JSON.parse(editionJson({ ...of, licence: 'CC BY 4.0' })).ライセンス).toBe('CC BY 4.0');
});

test.each([
  ['令和8年3月', '2026-03'],
  ['令和8年12月1日', '2026-12-01'],
  ['令和元年5月', '2019-05'],
  ['令和8年13月', null],
  ['', null],
])('%j is %j', (date, iso) => {
  expect(isoDate(date)).toBe(iso);
});

test('改定履歴, where the edition has it: behind 関連計画', () => {
  const history = [
    { date: '令和9年4月', text: '策定' },
    { date: '令和12年3月31日', text: '追加\n更新' },
  ];
  const keys = Object.keys(JSON.parse(editionJson(edition([own]))));
  const json = JSON.parse(editionJson(edition([own], { history })));
  expect(json.改定履歴).toEqual([
    { 年月: '令和9年4月', 西暦年月: '2027-04', 内容: '策定' },
    { 年月: '令和12年3月31日', 西暦年月: '2030-03-31', 内容: '追加\n更新' },
  ]);
  expect(Object.keys(json)).toEqual(keys.flatMap((key) => (key === '関連計画' ? [key, '改定履歴'] : [key])));
});
