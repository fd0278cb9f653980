import type { Category, Edition } from '../model/edition.ts';
import { type Field, type FieldKind, type Fields, fieldOf, pathOf, sheetFields } from '../model/fields.ts';
import { inOrderOfSigns, legendKey, type Meanings, signsOf } from '../model/meanings.ts';
import type { Measure } from '../model/measure.ts';
import { inOneLine } from '../model/names.ts';
import { compareNumbers, groupOf } from '../model/numbers.ts';
import type { EditionFile, RegularFile, ReprintFile, StructureFile } from './schema.ts';
import { widthsBy } from './sheet-columns.ts';
import { valueAt } from './yaml/yaml-file.ts';

/** The model of an edition whose files have been checked together. */
export function editionOf(
  edition: EditionFile,
  structure: StructureFile,
  files: ReadonlyMap<string, RegularFile | ReprintFile>,
  fields = sheetFields,
): Edition {
  const measures = [...files.values()].map((file) => measureOf(file, files, fields));
  measures.sort((a, b) => compareNumbers(a.id, b.id));
  const byGroup = new Map<string, Measure[]>();
  for (const measure of measures) {
    const group = groupOf(measure.id);
    byGroup.set(group, [...(byGroup.get(group) ?? []), measure]);
  }
  const categories: Category[] = structure.大項目.map((category) => ({
    number: category.番号,
    name: category.名称,
    groups: category.中項目.map((group) => ({
      number: group.番号,
      name: group.名称,
      measures: byGroup.get(group.番号) ?? [],
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
    ...present({ meanings: meaningsOf(edition, fields) }),
    indicatorYears: Object.entries(edition['現状・実績・目標']).map(([label, year]) => ({ label, year })),
    relatedPlans: edition.関連計画,
    parts: edition.構成.map((part) =>
      typeof part === 'string'
        ? part
        : { annex: part.別冊, title: part.題名, ...present({ alternative: part.代替テキスト }) },
    ),
    ...present({ history: edition.改定履歴?.map(({ 年月, 内容 }) => ({ date: 年月, text: 内容 })) }),
    ...present({ widths: edition.列幅 && widthsBy(edition.列幅, fields) }),
    beforeAfter: {
      after: edition.新旧対照表?.新 ?? '改正後',
      before: edition.新旧対照表?.旧 ?? '改正前',
      left: edition.新旧対照表?.左 === '旧' ? 'before' : 'after',
    },
    categories,
    fields,
  };
}

/** What edition.yaml says of signs; undefined where it says nothing. */
export function meaningsOf(edition: object, { year }: Fields): Meanings | undefined {
  const given = year.flatMap((field) => {
    const signs = signsOf(field);
    const own = (edition as Record<string, Record<string, string> | undefined>)[legendKey(field)];
    return signs.length > 0 && own ? [[field.property, inOrderOfSigns(own, signs)] as const] : [];
  });
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

export type MeasureFile = RegularFile | ReprintFile;

/** What a measure's file says; a 再掲 has its target's where it may have its own and has none. */
export function measureOf(file: MeasureFile, files: ReadonlyMap<string, MeasureFile>, fields: Fields): Measure {
  const target = '再掲' in file ? files.get(file.再掲) : undefined;
  const written = (of: MeasureFile | undefined, field: Field) => of && valueAt(of, pathOf(field));
  /** A text that follows another field: its own wording, else that field's own, else what the target has. */
  const following = (field: Field, followed: Field): unknown => {
    const [own, source] = [written(file, field), written(file, followed)];
    if (own !== undefined) return own;
    const shown = source ?? written(target, field) ?? written(target, followed) ?? '';
    return inOneLine(shown as string | string[]);
  };
  const record: Record<string, unknown> = {};
  for (const field of fields.measure) {
    const { property, follows, kind } = field;
    if (kind === 'years') record[property] = scheduleOf(written(file, field), fields);
    else if (follows !== undefined) record[property] = following(field, fieldOf(fields.measure, follows));
    else record[property] = written(file, field) ?? (field.reprint === 'may' ? written(target, field) : undefined);
    record[property] ??= field.required ? empty[kind] : undefined;
  }
  return present(record) as unknown as Measure;
}

/** What stands for a field that cannot be read. */
const empty: Partial<Record<FieldKind, unknown>> = { text: '', names: [] };

function scheduleOf(written: unknown, fields: Fields): Measure['schedule'] {
  const years = Object.entries((written ?? {}) as Record<string, Record<string, unknown> | null>);
  return Object.fromEntries(
    years.map(([year, entry]) => [
      year,
      present(Object.fromEntries(fields.year.map(({ key, property }) => [property, modelValue(entry?.[key])]))),
    ]),
  );
}

/** A value as it is written; the parts of a 予算額 by their names in the model. */
const modelValue = (written: unknown): unknown =>
  Array.isArray(written) ? written.map(({ 区分, 額 }) => ({ label: 区分, amount: 額 })) : written;

/** Without the keys that are undefined. */
function present<T extends object>(record: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>;
}
