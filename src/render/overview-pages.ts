import type { MeasureData } from './data.ts';
import type { Measured } from './measurer.ts';
import type { BookData } from './requests.ts';

/** A row of 取組事項一覧 with the numbers and texts of the labels beside it, and its height in pt. */
export interface LaidRow {
  measure: MeasureData;
  category: string;
  categoryLabel: string;
  group: string;
  groupLabel: string;
  height: number;
}

interface Row extends LaidRow {
  /** What the merged labels beside it need */
  categoryHeight: number;
  groupHeight: number;
}

/** The rows page by page; where a merged label needs more than the rows beside it, the last of them grows. */
export function overviewPages(data: BookData, measured: Measured): LaidRow[][] {
  const { page, overview } = measured;
  const room = page.room - (overview?.heading ?? 0);
  const pages: Row[][] = [[]];
  // Heights on this page: closed 大項目, closed 中項目 of the open one, the open 中項目.
  let [before, category, group] = [0, 0, 0];
  let last: Row | undefined;
  for (const row of rowsOf(data, measured)) {
    if (last && last.group !== row.group) {
      category += Math.max(group, last.groupHeight);
      group = 0;
    }
    if (last && last.category !== row.category) {
      before += Math.max(category, last.categoryHeight);
      category = 0;
    }
    const whole = before + Math.max(category + Math.max(group + row.height, row.groupHeight), row.categoryHeight);
    if (whole > room - (pages.length === 1 ? page.part : 0) + rounding && pages.at(-1)?.length !== 0) {
      pages.push([]);
      [before, category, group] = [0, 0, 0];
    }
    group += row.height;
    last = row;
    pages.at(-1)?.push(row);
  }
  return pages.map((rows) =>
    runs(rows, ({ category }) => category).flatMap((ofCategory) => {
      const grown = runs(ofCategory, ({ group }) => group).flatMap((ofGroup) =>
        stretched(ofGroup, ofGroup[0]?.groupHeight ?? 0),
      );
      const rows = stretched(grown, grown[0]?.categoryHeight ?? 0);
      return rows.map(({ categoryHeight: _, groupHeight: __, ...row }) => row);
    }),
  );
}

/** Far below what can be seen, far above sums of floating point numbers; pt. */
export const rounding = 1e-4;

const rowsOf = (data: BookData, { rowHeight, labelHeight }: Measured): Row[] =>
  data.categories.flatMap((category) => {
    const categoryHeight = labelHeight({ level: 'category', text: category.label });
    return category.groups.flatMap((group) => {
      const groupHeight = labelHeight({ level: 'group', text: group.label });
      return group.measures.map((measure) => ({
        measure,
        category: category.number,
        categoryLabel: category.label,
        group: group.number,
        groupLabel: group.label,
        height: rowHeight(measure.id),
        categoryHeight,
        groupHeight,
      }));
    });
  });

/** `rows` whose last one grows so that a merged label of `height` has room beside them. */
function stretched(rows: readonly Row[], height: number): Row[] {
  const missing = height - rows.reduce((all, row) => all + row.height, 0);
  return rows.map((row, index) =>
    index === rows.length - 1 && missing > 0 ? { ...row, height: row.height + missing } : row,
  );
}

/** Neighbours of the same key together. */
function runs<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const result: T[][] = [];
  for (const one of all) {
    const [first] = result.at(-1) ?? [];
    if (first !== undefined && keyOf(first) === keyOf(one)) result.at(-1)?.push(one);
    else result.push([one]);
  }
  return result;
}
