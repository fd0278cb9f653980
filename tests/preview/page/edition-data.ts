import type { EditionData, MeasureData, YearData } from '../../../src/model/edition-json.ts';

/** The 年度 of a made measure. */
export const year = (年度: string, more: Partial<YearData> = {}): YearData => ({
  年度,
  項目: null,
  内容: null,
  予算額: null,
  事業実績: null,
  ...more,
});

/** A measure of a made edition: 大項目 and 中項目 by its number. */
export function measure(番号: string, more: Partial<MeasureData> = {}): MeasureData {
  const [category = '', group = ''] = 番号.split('-');
  return {
    番号,
    大項目: { 番号: category, 名称: `大${category}` },
    中項目: { 番号: `${category}-${group}`, 名称: `中${category}-${group}` },
    区分: '継続',
    再掲: null,
    取組: `取組${番号}`,
    '担当局・部': ['企画局'],
    担当課: ['企画課'],
    取組内容: null,
    '効果・KPI': null,
    '現状・実績・目標': null,
    スケジュール: [],
    関連計画: null,
    一覧表: { 取組事項: `取組${番号}`, 担当課: '企画課' },
    ...more,
  };
}

export const edition = (取組: MeasureData[], more: Partial<EditionData> = {}): EditionData => ({
  改定: '令和9年10月',
  年度: ['R8', 'R9'],
  関連計画: ['総合計画'],
  項目の印: null,
  予算額の印: null,
  取組,
  ...more,
});
