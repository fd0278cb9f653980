import type { MeasureData } from './data.ts';
import type { Measured } from './measurer.ts';
import type { BookData } from './requests.ts';
import { cut, packed, type Stack, sharedOut } from './share-out.ts';

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

export interface OverviewPages {
  /** What each row gives of the white in it, so that they take a page less. */
  given: number;
  pages: LaidRow[][];
}

/** Pages as full as each other, as few as there can be. */
export function overviewPages(data: BookData, measured: Measured): OverviewPages {
  const { page, overview } = measured;
  const room = (index: number) => page.room - (overview?.heading ?? 0) - (index === 0 ? page.part : 0);
  const stackOf = (rows: readonly Row[]): Stack => ({ count: rows.length, heights: heightsOf(rows), room });
  const rows = rowsOf(data, measured);
  const dense = rowsOf(data, measured, overview?.spare);
  const saves = packed(stackOf(dense)).length < packed(stackOf(rows)).length;
  const all = saves ? dense : rows;
  return { given: saves ? (overview?.spare ?? 0) : 0, pages: cut(all, sharedOut(stackOf(all))).map(laid) };
}

/** How tall rows are on a page, with their merged labels. */
const heightsOf = (rows: readonly Row[]) =>
  function* (from: number): Iterable<number> {
    // Heights on this page: closed 大項目, closed 中項目 of the open one, the open 中項目.
    let [before, category, group] = [0, 0, 0];
    let last: Row | undefined;
    for (let at = from; at < rows.length; at += 1) {
      const row = rows[at] as Row;
      if (last && last.group !== row.group) {
        category += Math.max(group, last.groupHeight);
        group = 0;
      }
      if (last && last.category !== row.category) {
        before += Math.max(category, last.categoryHeight);
        category = 0;
      }
      group += row.height;
      last = row;
      yield before + Math.max(category + Math.max(group, row.groupHeight), row.categoryHeight);
    }
  };

/** The rows of a page; where a merged label needs more than the rows beside it, the last of them grows. */
const laid = (rows: readonly Row[]): LaidRow[] =>
  runs(rows, ({ category }) => category).flatMap((ofCategory) => {
    const grown = runs(ofCategory, ({ group }) => group).flatMap((ofGroup) =>
      stretched(ofGroup, ofGroup[0]?.groupHeight ?? 0),
    );
    const rows = stretched(grown, grown[0]?.categoryHeight ?? 0);
    return rows.map(({ categoryHeight: _, groupHeight: __, ...row }) => row);
  });

/** The rows, each by `given` less tall. */
const rowsOf = (data: BookData, { rowHeight, labelHeight }: Measured, given = 0): Row[] =>
  data.categories.flatMap((category) => {
    const categoryHeight = labelHeight({ level: 'category', text: category.label }) - given;
    return category.groups.flatMap((group) => {
      const groupHeight = labelHeight({ level: 'group', text: group.label }) - given;
      return group.measures.map((measure) => ({
        measure,
        category: category.number,
        categoryLabel: category.label,
        group: group.number,
        groupLabel: group.label,
        height: rowHeight(measure.id) - given,
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
