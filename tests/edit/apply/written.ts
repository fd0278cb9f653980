import { stringify } from 'yaml';
import type { OrganizationFile } from '../../../src/content/schema.ts';
import { type Edition, measuresOf } from '../../../src/model/edition.ts';
import { isOwnOfReprint, pathOf } from '../../../src/model/fields.ts';
import type { Measure } from '../../../src/model/measure.ts';
import { MemoryContent } from '../../compare/contents.ts';

/** Files that say what an edition of the model says, in a writing of their own. */
export function writtenFiles(edition: Edition, organization: OrganizationFile['局・部']): MemoryContent {
  const files = new MemoryContent(new Map());
  const write = (path: string, value: unknown) =>
    files.write(path, stringify(value, { schema: 'failsafe', lineWidth: 0 }));
  write('edition.yaml', {
    計画名: edition.planName,
    計画期間: edition.planPeriod,
    書名: edition.title,
    策定: edition.established,
    改定: edition.revised,
    発行者: edition.publisher,
    ...(edition.licence === undefined ? {} : { ライセンス: edition.licence }),
    年度: edition.years,
    '現状・実績・目標': Object.fromEntries(edition.indicatorYears.map(({ label, year }) => [label, year])),
    関連計画: edition.relatedPlans,
    構成: edition.parts.map((part) =>
      typeof part === 'string'
        ? part
        : {
            別冊: part.annex,
            題名: part.title,
            ...(part.alternative === undefined ? {} : { 代替テキスト: part.alternative }),
          },
    ),
  });
  write('structure.yaml', {
    大項目: edition.categories.map(({ number, name, groups }) => ({
      番号: number,
      名称: name,
      中項目: groups.map((group) => ({ 番号: group.number, 名称: group.name })),
    })),
  });
  write('organization.yaml', { '局・部': organization });
  for (const measure of measuresOf(edition)) write(`measures/${measure.id}.yaml`, measureValue(measure, edition));
  return files;
}

function measureValue(measure: Measure, { fields, years }: Edition): object {
  const value: Record<string, unknown> = {};
  const amounts = (budget: unknown) =>
    Array.isArray(budget)
      ? budget.map(({ label, amount }) => ({ 区分: label, 額: String(amount) }))
      : budget === undefined
        ? undefined
        : String(budget);
  const reprint = measure.reprintOf !== undefined;
  for (const field of fields.measure) {
    if (reprint && !isOwnOfReprint(field)) continue;
    const own = measure[field.property];
    if (own === undefined) continue;
    const [key = '', inner] = pathOf(field);
    if (field.kind === 'years')
      value[key] = Object.fromEntries(
        years.map((year) => [
          year,
          Object.fromEntries(
            fields.year.flatMap(({ key: cell, property, kind }) => {
              const entry = measure.schedule[year]?.[property];
              return entry === undefined ? [] : [[cell, kind === 'budget' ? amounts(entry) : entry]];
            }),
          ),
        ]),
      );
    else if (inner === undefined) value[key] = own;
    else value[key] = { ...(value[key] as object), [inner]: own };
  }
  return value;
}
