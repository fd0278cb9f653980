import type { Budget, Edition, Measure } from './edition.ts';
import { eraDate } from './era-date.ts';

/** The edition as one JSON text; its keys are the sheet's own headings, null is a blank cell, amounts are 千円. */
export function editionJson(edition: Edition): string {
  const document = {
    計画名: edition.planName,
    計画期間: edition.planPeriod,
    書名: edition.title,
    策定: edition.established,
    策定年月: isoDate(edition.established),
    改定: edition.revised,
    改定年月: isoDate(edition.revised),
    発行者: edition.publisher,
    ライセンス: edition.licence ?? null,
    年度: edition.years,
    '現状・実績・目標': Object.fromEntries(edition.indicatorYears.map(({ label, year }) => [label, year])),
    関連計画: edition.relatedPlans,
    取組: edition.categories.flatMap((category) =>
      category.groups.flatMap((group) =>
        group.measures.map((measure) => ({
          番号: measure.id,
          大項目: { 番号: category.number, 名称: category.name },
          中項目: { 番号: group.number, 名称: group.name },
          ...measureJson(measure, edition),
        })),
      ),
    ),
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
}

function measureJson(measure: Measure, edition: Edition): object {
  return {
    区分: measure.kind,
    再掲: measure.reprintOf ?? null,
    取組: measure.title,
    '担当局・部': measure.departments,
    担当課: measure.sections,
    取組内容: measure.description ?? null,
    '効果・KPI': measure.effect ?? null,
    '現状・実績・目標': measure.indicators ?? null,
    スケジュール:
      measure.reprintOf !== undefined
        ? null
        : edition.years.map((year) => {
            const { mark, plan, budget, result } = measure.schedule[year] ?? {};
            return {
              年度: year,
              項目: mark ?? null,
              内容: plan ?? null,
              予算額: budgetJson(budget),
              事業実績: result ?? null,
            };
          }),
    関連計画: measure.relatedPlans ?? null,
    一覧表: { 取組事項: measure.overviewTitle, 担当課: measure.overviewSection },
  };
}

function budgetJson(budget: Budget | undefined): unknown {
  if (!Array.isArray(budget)) return budget ?? null;
  return budget.map(({ label, amount }) => ({ 区分: label, 額: amount }));
}

/** 令和8年3月 → 2026-03, 令和8年3月1日 → 2026-03-01 (ISO 8601). */
export function isoDate(date: string): string {
  const found = eraDate(date);
  if (!found) throw new Error(`unchecked date: ${date}`);
  const parts = [found.month, ...(date.endsWith('日') ? [found.day] : [])];
  return [found.year, ...parts.map((part) => String(part).padStart(2, '0'))].join('-');
}
