import type { Budget, Category, Edition, Measure, YearEntry } from '../model/edition.ts';
import { oneLine } from '../model/names.ts';
import { compareNumbers, groupOf } from '../model/numbers.ts';
import type { EditionFile, RegularFile, ReprintFile, StructureFile } from './schema.ts';

/** The model of an edition whose files have been checked together. */
export function editionOf(
  edition: EditionFile,
  structure: StructureFile,
  files: ReadonlyMap<string, RegularFile | ReprintFile>,
): Edition {
  const measures = [...files.values()].map((file) => measureOf(file, files));
  const categories: Category[] = structure.大項目.map((category) => ({
    number: category.番号,
    name: category.名称,
    groups: category.中項目.map((group) => ({
      number: group.番号,
      name: group.名称,
      measures: measures.filter(({ id }) => groupOf(id) === group.番号).sort((a, b) => compareNumbers(a.id, b.id)),
    })),
  }));
  return {
    planName: edition.計画名,
    planPeriod: edition.計画期間,
    title: edition.書名,
    established: edition.策定,
    revised: edition.改定,
    publisher: edition.発行者,
    ...present({ licence: edition.ライセンス }),
    years: edition.年度,
    indicatorYears: Object.entries(edition['現状・実績・目標']).map(([label, year]) => ({ label, year })),
    relatedPlans: edition.関連計画,
    parts: edition.構成.map((part) =>
      typeof part === 'string'
        ? part
        : { annex: part.別冊, title: part.題名, ...present({ alternative: part.代替テキスト }) },
    ),
    beforeAfter: {
      after: edition.新旧対照表?.新 ?? '改正後',
      before: edition.新旧対照表?.旧 ?? '改正前',
      left: edition.新旧対照表?.左 === '旧' ? 'before' : 'after',
    },
    categories,
  };
}

function measureOf(file: RegularFile | ReprintFile, files: ReadonlyMap<string, RegularFile | ReprintFile>): Measure {
  const reprint = '再掲' in file ? file : undefined;
  const target = reprint ? files.get(reprint.再掲) : undefined;
  const own = reprint ? undefined : (file as RegularFile);
  const title = file.取組 ?? target?.取組 ?? '';
  const sections = file.担当課 ?? target?.担当課 ?? [];
  return {
    id: file.番号,
    kind: file.区分,
    ...(reprint ? { reprintOf: reprint.再掲 } : {}),
    title,
    departments: file['担当局・部'] ?? target?.['担当局・部'] ?? [],
    sections,
    ...present({
      description: own?.取組内容,
      effect: own?.['効果・KPI'],
      indicators: own?.['現状・実績・目標'],
      relatedPlans: own?.関連計画,
    }),
    schedule: Object.fromEntries(Object.entries(own?.スケジュール ?? {}).map(([year, entry]) => [year, yearOf(entry)])),
    overviewTitle: file.一覧表?.取組事項 ?? oneLine(file.取組 ?? target?.一覧表?.取組事項 ?? title),
    overviewSection:
      file.一覧表?.担当課 ?? (file.担当課 ? file.担当課.join('、') : (target?.一覧表?.担当課 ?? sections.join('、'))),
  };
}

function yearOf(entry: RegularFile['スケジュール'][string]): YearEntry {
  const budget: Budget | undefined = Array.isArray(entry?.予算額)
    ? entry.予算額.map((part) => ({ label: part.区分, amount: part.額 }))
    : entry?.予算額;
  return present({ mark: entry?.項目, plan: entry?.内容, budget, result: entry?.事業実績 });
}

/** Without the keys that are undefined. */
function present<T extends object>(record: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>;
}
