/** 取組; of a 再掲, the names fall back to its target's. */
export interface Measure {
  /** 番号, "1-1-5" */
  id: string;
  /** 区分: 新規 or 継続 */
  kind: string;
  /** 再掲: the target's number */
  reprintOf?: string;
  title: string;
  /** 担当局・部 */
  departments: string[];
  /** 担当課 */
  sections: string[];
  /** 取組内容 */
  description?: string;
  /** 効果・KPI */
  effect?: string;
  /** 現状・実績・目標 */
  indicators?: string;
  /** By 年度; empty for a 再掲. */
  schedule: Record<string, YearEntry>;
  /** 関連計画 with ○; absent when the cells are blank. */
  relatedPlans?: string[];
  /** 取組事項 of the 取組事項一覧, one line, without "(再掲)" */
  overviewTitle: string;
  /** 担当課 of the 取組事項一覧, one line */
  overviewSection: string;
}

/** One fiscal year of a schedule; what is absent is a blank cell. */
export interface YearEntry {
  /** 項目 */
  mark?: string;
  /** 内容 */
  plan?: string;
  budget?: Budget;
  /** 事業実績 */
  result?: string;
}

/** 予算額 in 千円, "—" for none; a list where departments differ. */
export type Budget = Amount | { label: string; amount: Amount }[];
export type Amount = number | '—';

/** 項目 of a schedule. */
export const marks = ['→', '◎', '○', '△', '—'] as const;
export const kinds = ['新規', '継続'] as const;
