import { sheetFields } from '../model/fields.ts';
import { inOrderOfSigns, legendKey, signsOf } from '../model/meanings.ts';
import { type MeasurePart, report } from './rules.ts';
import type { EditionFile } from './schema.ts';
import type { Shaped } from './shape.ts';
import type { YamlFile } from './yaml/yaml-file.ts';

/** 項目の印, 予算額の印: something is explained, and no two marks as the same. */
export function checkLegends(yaml: YamlFile, edition: Shaped<EditionFile>): void {
  for (const field of sheetFields.year.filter((field) => signsOf(field).length > 0)) {
    const subject = legendKey(field);
    const given = (edition as Record<string, Record<string, string> | undefined>)[subject];
    if (given && Object.keys(given).length === 0) report(yaml, [subject], 'empty-value', { subject });
    const signs = new Map<string, string>();
    for (const { sign, word: actual } of inOrderOfSigns(given ?? {}, field.explained ?? [])) {
      const expected = signs.get(actual);
      if (expected === undefined) signs.set(actual, sign);
      else
        report(yaml, [subject, sign], 'meaning-repeated', {
          ...{ severity: 'warning', subject, actual, expected, nearest: sign },
        });
    }
  }
}

/** Signs that stand in the measures' years and that a legend of the edition leaves out; a figure explains itself. */
export function checkSigns(yaml: YamlFile, edition: Shaped<EditionFile>, measures: Iterable<MeasurePart>): void {
  const legends = sheetFields.year.flatMap((field) => {
    const given = (edition as Record<string, Record<string, string> | undefined>)[legendKey(field)];
    const open = (field.explained ?? []).filter((sign) => given && given[sign] === undefined && !/^\d/.test(sign));
    return given && Object.keys(given).length > 0 && open.length > 0 ? [{ field, open }] : [];
  });
  if (legends.length === 0) return;
  const entries = [...measures].flatMap(({ スケジュール: years }) => Object.values(years ?? {}));
  for (const { field, open } of legends) {
    const used = new Set(
      entries.flatMap((entry) => {
        const value = (entry as Record<string, unknown> | null)?.[field.key];
        return Array.isArray(value) ? value.map(({ 額 }) => 額) : [value];
      }),
    );
    const missing = open.filter((sign) => used.has(sign));
    const subject = legendKey(field);
    if (missing.length > 0)
      report(yaml, [subject], 'sign-unexplained', {
        ...{ severity: 'warning', subject, actual: missing.join('、'), expected: missing[0] ?? '' },
      });
  }
}
