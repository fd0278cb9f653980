import type { Edition, Revision } from './edition.ts';
import { eraDate, westernYear } from './era-date.ts';
import type { Fields, MeasureInJson, YearInJson } from './fields.ts';
import { meaningsByKey } from './meanings.ts';
import type { Measure } from './measure.ts';

/** The edition as one JSON text; its keys are the sheet's own headings, null is a blank cell, amounts are 千円. */
export const editionJson = (edition: Edition): string => `${JSON.stringify(editionData(edition), undefined, 1)}\n`;

/** What that text says. */
export function editionData(edition: Edition): EditionData {
  const data = {
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
    予算額の単位: '千円',
    ...(Object.fromEntries(meaningsByKey(edition.meanings, edition.fields)) as Legends),
    '現状・実績・目標': Object.fromEntries(edition.indicatorYears.map(({ label, year }) => [label, year])),
    関連計画: edition.relatedPlans,
    ...(edition.history ? { 改定履歴: edition.history.map(revisionJson) } : {}),
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
  return data;
}

const revisionJson = ({ date, text }: Revision): RevisionData => ({ 年月: date, 西暦年月: isoDate(date), 内容: text });

/** Its fields by their keys, those of 一覧表 together; a 再掲 has no 年度. */
function measureJson(measure: Measure, { fields, years }: Edition): Omit<MeasureData, '番号' | '大項目' | '中項目'> {
  const record: Record<string, unknown> = {};
  for (const field of fields.measure) {
    const { key, within, property, kind } = field;
    const value = measure[property] ?? null;
    if (within !== undefined) record[within] = { ...(record[within] as object | undefined), [key]: value };
    else if (kind !== 'years') record[key] = value;
    else record[key] = measure.reprintOf === undefined ? years.map((year) => yearJson(measure, year, fields)) : null;
  }
  return record as unknown as MeasureData;
}

const yearJson = (measure: Measure, year: string, fields: Fields): object => ({
  年度: year,
  西暦年度: westernYear(year) ?? null,
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

/** What the signs mean, where edition.yaml says so */
type Legends = Pick<EditionData, '項目の印' | '予算額の印'>;

/** What editionJson writes, as far as others read it. */
export interface EditionData {
  改定: string;
  年度: string[];
  関連計画: string[];
  項目の印: Record<string, string> | null;
  予算額の印: Record<string, string> | null;
  /** Absent where the edition has none. */
  改定履歴?: RevisionData[];
  取組: MeasureData[];
}

export interface RevisionData {
  年月: string;
  西暦年月: string | null;
  内容: string;
}

export type MeasureData = MeasureInJson & {
  大項目: NumberedName;
  中項目: NumberedName;
  /** One for each 年度; null of a 再掲. */
  スケジュール: YearData[] | null;
  一覧表: { 取組事項: string; 担当課: string };
};

export type YearData = { 年度: string; 西暦年度?: number | null } & YearInJson;

export interface NumberedName {
  番号: string;
  名称: string;
}
