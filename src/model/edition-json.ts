import type { Edition } from './edition.ts';
import { eraDate } from './era-date.ts';
import type { Fields, MeasureInJson, YearInJson } from './fields.ts';
import type { Measure } from './measure.ts';

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
          番号: measure.id, // in front of its 大項目
          大項目: { 番号: category.number, 名称: category.name },
          中項目: { 番号: group.number, 名称: group.name },
          ...measureJson(measure, edition),
        })),
      ),
    ),
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
}

/** Its fields by their keys, those of 一覧表 together; a 再掲 has no 年度. */
function measureJson(measure: Measure, { fields, years }: Edition): object {
  const record: Record<string, unknown> = {};
  for (const field of fields.measure) {
    const { key, within, property, kind } = field;
    const value = measure[property] ?? null;
    if (within !== undefined) record[within] = { ...(record[within] as object | undefined), [key]: value };
    else if (kind !== 'years') record[key] = value;
    else record[key] = measure.reprintOf === undefined ? years.map((year) => yearJson(measure, year, fields)) : null;
  }
  return record;
}

const yearJson = (measure: Measure, year: string, fields: Fields): object => ({
  年度: year,
  ...Object.fromEntries(
    fields.year.map(({ key, property }) => {
      const value = measure.schedule[year]?.[property];
      return [
        key,
        Array.isArray(value) ? value.map(({ label, amount }) => ({ 区分: label, 額: amount })) : (value ?? null),
      ];
    }),
  ),
});

/** 令和8年3月 → 2026-03, 令和8年3月1日 → 2026-03-01 (ISO 8601); null where an edition with errors has no such date. */
export function isoDate(date: string): string | null {
  const found = eraDate(date);
  if (!found) return null;
  const parts = [found.month, ...(date.endsWith('日') ? [found.day] : [])];
  return [found.year, ...parts.map((part) => String(part).padStart(2, '0'))].join('-');
}

/** What editionJson writes, as far as others read it. */
export interface EditionData {
  年度: string[];
  関連計画: string[];
  取組: MeasureData[];
}

export type MeasureData = MeasureInJson & {
  大項目: NumberedName;
  中項目: NumberedName;
  /** One for each 年度; null of a 再掲. */
  スケジュール: YearData[] | null;
  一覧表: { 取組事項: string; 担当課: string };
};

export type YearData = { 年度: string } & YearInJson;

export interface NumberedName {
  番号: string;
  名称: string;
}
