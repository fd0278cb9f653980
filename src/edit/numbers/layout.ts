import type { ReadFiles } from '../../content/readable.ts';
import { type Path, placeOf, valueAt, type YamlFile } from '../../content/yaml/yaml-file.ts';
import { fieldOf, pathOf, sheetFields } from '../../model/fields.ts';
import { compareNumbers, groupOf, measureFile, numberOfFile } from '../../model/numbers.ts';

/** A 中項目 and its measures in order, by the numbers that they have. */
export interface GroupLayout {
  /** Its number as it shall be */
  group: string;
  measures: readonly string[];
}
export type Layout = readonly GroupLayout[];

/** The numbers of the measures that are there, in the order of the document. */
export const numbersIn = (files: ReadFiles): string[] =>
  [...files.keys()].flatMap((path) => numberOfFile(path) ?? []).sort(compareNumbers);

/** 中項目 as structure.yaml numbers them, and where. */
export function groupsIn(files: ReadFiles): { number: string; path: (string | number)[] }[] {
  const categories = valueAt(files.get('structure.yaml')?.value, ['大項目']);
  if (!Array.isArray(categories)) return [];
  return categories.flatMap((category, index) => {
    const groups = valueAt(category, ['中項目']);
    if (!Array.isArray(groups)) return [];
    return groups.map((group, inner) => ({
      number: String(valueAt(group, ['番号'])),
      path: ['大項目', index, '中項目', inner, '番号'],
    }));
  });
}

/** The measures as they are; those of no 中項目 of structure.yaml are left out. */
export function layoutOf(files: ReadFiles): GroupLayout[] {
  const numbers = numbersIn(files);
  return groupsIn(files).map(({ number: group }) => ({
    group,
    measures: numbers.filter((number) => groupOf(number) === group),
  }));
}

/** The numbers that follow from the places in a layout, by the numbers so far. */
export const newNumbers = (layout: Layout): Map<string, string> =>
  new Map(
    layout.flatMap(({ group, measures }) =>
      measures.map((number, index): [string, string] => [number, `${group}-${index + 1}`]),
    ),
  );

export const idPath = pathOf(fieldOf(sheetFields.measure, 'id'));
export const reprintPath = pathOf(fieldOf(sheetFields.measure, 'reprintOf'));

export const measureAt = (files: ReadFiles, number: string): YamlFile | undefined => files.get(measureFile(number));

const textAt = (files: ReadFiles, number: string, path: Path): string | undefined => {
  const value = valueAt(measureAt(files, number)?.value, path);
  return typeof value === 'string' ? value : undefined;
};
/** 番号 in the file that is named by it */
export const idOf = (files: ReadFiles, number: string): string | undefined => textAt(files, number, idPath);
/** The number of the measure that one reprints; undefined for one of its own. */
export const reprintOf = (files: ReadFiles, number: string): string | undefined => textAt(files, number, reprintPath);

/** As messages name it: content/measures/1-1-2.yaml:3 */
export const placeIn = (yaml: YamlFile, path: Path): string => `${yaml.file}:${placeOf(yaml, path).start.line}`;

/** 再掲 of a measure, in the order of the document. */
export const reprintsOf = (files: ReadFiles, number: string): string[] =>
  numbersIn(files).filter((one) => reprintOf(files, one) === number);
