/** /edition.json as the page reads it: what exchange/json.ts writes, in the order in which it is printed. Types only. */
export interface EditionData {
  年度: string[];
  関連計画: string[];
  取組: MeasureData[];
}

export interface MeasureData {
  番号: string;
  大項目: NumberedName;
  中項目: NumberedName;
  区分: string;
  /** The target's 番号 */
  再掲: string | null;
  取組: string;
  '担当局・部': string[];
  担当課: string[];
  取組内容: string | null;
  '効果・KPI': string | null;
  '現状・実績・目標': string | null;
  /** One for each 年度; null of a 再掲. */
  スケジュール: YearData[] | null;
  /** Those with ○; null for blank cells. */
  関連計画: string[] | null;
  一覧表: { 取組事項: string; 担当課: string };
}

export interface YearData {
  年度: string;
  項目: string | null;
  内容: string | null;
  /** 千円 */
  予算額: AmountData | null | { 区分: string; 額: AmountData }[];
  事業実績: string | null;
}

export type AmountData = number | '—';

export interface NumberedName {
  番号: string;
  名称: string;
}
