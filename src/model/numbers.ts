/** 番号 of a measure by its parts: "2-3-16" → { category: "2", group: "2-3", item: "16" }. */
export interface NumberParts {
  /** 大項目 */
  category: string;
  /** 中項目, with its 大項目 in front */
  group: string;
  /** 小項目 */
  item: string;
}

/** 番号 of a measure, as its file is named. */
export const measureNumber = /^[1-9]\d*-[1-9]\d*-[1-9]\d*$/;
/** 番号 of a 中項目. */
export const groupNumber = /^[1-9]\d*-[1-9]\d*$/;
/** 番号 of a 大項目. */
export const categoryNumber = /^[1-9]\d*$/;

/** 大項目, 中項目 and 小項目 as the sheet shows them, each in a cell: "2-3-16" → ["2", "3", "16"]. */
export function numberCells(number: string): [category: string, group: string, item: string] {
  const [category = '', group = '', item = ''] = number.split('-');
  return [category, group, item];
}

export function numberParts(number: string): NumberParts {
  const [category, group, item] = numberCells(number);
  return { category, group: `${category}-${group}`, item };
}

/** 中項目 of a measure: "2-3-16" → "2-3". */
export const groupOf = (number: string): string => numberParts(number).group;

/** 大項目 of a measure or of a 中項目: "2-3" → "2". */
export const categoryOf = (number: string): string => numberParts(number).category;

/** In the order of the document: 2, 2-1, 2-2, 2-10, 3. */
export function compareNumbers(a: string, b: string): number {
  const [left, right] = [numberCells(a), numberCells(b)];
  for (const [index, part] of left.entries()) {
    const difference = Number(part) - Number(right[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Where the measure is written, below the content folder: "2-3-16" → "measures/2-3-16.yaml". */
export const measureFile = (number: string): string => `measures/${number}.yaml`;

/** The number of the measure that a file holds, by its path below the content folder or by a longer one. */
export const numberOfFile = (path: string): string | undefined =>
  /(?:^|\/)measures\/([1-9]\d*-[1-9]\d*-[1-9]\d*)\.yaml$/.exec(path)?.[1];
