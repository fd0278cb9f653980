import { sheetFields, sheetTexts, yearTexts } from '../model/fields.ts';
import { measureFile, numberCells } from '../model/numbers.ts';
import type { DocumentData, MeasureData } from '../render/data.ts';
import type { ContentsLayout, OverviewGrid, SheetGrid } from '../render/pieces.ts';
import type { Cell } from './messages.ts';
import type { SheetPage } from './sheet-layout.ts';

/** Where something begins on a page, pt from its top. */
export interface Begin {
  id: string;
  y: number;
}

type Field = Pick<Cell, 'file' | 'path' | 'text'> & { target?: string };

/** Whether a content file has something at a path of its own. */
export type Holds = (file: string, path: (string | number)[]) => boolean;

/** Where the field of a measure stands: a 再掲 shows its target's, where it has none of its own. */
function home(measure: MeasureData, path: (string | number)[], holds: Holds): Pick<Cell, 'file' | 'path'> {
  const own = measureFile(measure.id);
  const { reprint } = measure;
  return { file: reprint === null || holds(own, path) ? own : measureFile(reprint), path };
}

/** The cells of one page of 個票, and where its measures begin. */
export function sheetCells(
  page: SheetPage,
  { first, grid, data, holds }: { first: boolean; grid: SheetGrid; data: DocumentData; holds: Holds },
): { cells: Cell[]; begins: Begin[] } {
  const cells: Cell[] = [];
  const begins: Begin[] = [];
  let y = grid.top + (first ? grid.part : 0) + grid.heading.reduce((sum, row) => sum + row, 0);
  for (const { measure, years, heights, first: begin } of page.bands) {
    if (begin) for (const id of [...measure.begins, measure.id]) begins.push({ id, y });
    const height = heights.reduce((sum, row) => sum + row, 0);
    let x = grid.left;
    const column = (width: number, top: number, tall: number, field: Field | undefined) => {
      if (field) cells.push({ x, y: top, width, height: tall, ...field });
    };
    const whole = wholeFields(measure, holds);
    for (const [name, width] of grid.columns) {
      if (name in whole) column(width, y, height, whole[name]);
      else {
        let top = y;
        for (const [row, tall] of heights.entries()) {
          column(width, top, tall, yearFields(measure, data, years[row], holds)[name]);
          top += tall;
        }
      }
      x += width;
    }
    for (const text of measure.flags) {
      const path = ['関連計画'];
      column(grid.flag, y, height, { ...home(measure, path, holds), text });
      x += grid.flag;
    }
    y += height;
  }
  return { cells, begins };
}

/** Cells that all fiscal years of a measure share, by column. */
function wholeFields(measure: MeasureData, holds: Holds): Record<string, Field> {
  const field = (key: string, text: string | null): Field => ({ ...home(measure, [key], holds), text: text ?? '' });
  const [category, group, item] = numberCells(measure.id);
  const { reprint } = measure;
  return {
    department: field('担当局・部', measure.departments),
    section: field('担当課', measure.sections),
    ...Object.fromEntries(
      sheetTexts(sheetFields).map(({ property, key }) => [property, field(key, measure[property])]),
    ),
    kind: field('区分', measure.kind),
    category: field('番号', category),
    group: field('番号', group),
    item: field('番号', item),
    description:
      reprint === null
        ? field('取組内容', measure.description)
        : { ...field('取組内容', measure.reprintNote), target: `sheet-${reprint}` },
  };
}

/** Cells of one fiscal year, by column; none where a measure has no such year. */
function yearFields(
  measure: MeasureData,
  data: DocumentData,
  index: number | undefined,
  holds: Holds,
): Record<string, Field> {
  const blank: Field = { ...home(measure, ['スケジュール'], holds), text: '' };
  if (index === undefined) return Object.fromEntries(scheduleColumns.map((name) => [name, blank]));
  const [label, year] = [data.years[index] ?? '', measure.years[index]];
  if (!year) return {};
  const at = (key: string, text: string | null): Field => ({
    ...home(measure, ['スケジュール', label, key], holds),
    text: text ?? '',
  });
  const { budget } = year;
  return {
    year: { ...home(measure, ['スケジュール', label], holds), text: label },
    mark: at('項目', year.mark),
    ...Object.fromEntries(yearTexts(sheetFields).map(({ property, key }) => [property, at(key, year[property])])),
    budget: at(
      '予算額',
      Array.isArray(budget) ? budget.map((part) => `${part.label} ${part.amount}`).join('\n') : budget,
    ),
  };
}

/** Columns with a cell for each fiscal year. */
const scheduleColumns = ['year', ...sheetFields.year.map(({ property }) => property)];

/** The cells of 取組事項一覧, page by page, and where 大項目 and 中項目 begin. */
export function overviewCells(
  layout: OverviewGrid,
  grid: SheetGrid,
  data: DocumentData,
  holds: Holds,
): { cells: Cell[]; begins: Begin[] }[] {
  const rows = new Map(
    data.categories.flatMap((category, at) =>
      category.groups.flatMap((group, below) =>
        group.measures.map((measure) => [measure.id, { measure, category, group, at, below }] as const),
      ),
    ),
  );
  const seen = new Set<string>();
  let row = 0;
  return layout.pages.map((ids, page) => {
    const cells: Cell[] = [];
    const begins: Begin[] = [];
    const lefts = layout.columns.map((_, index) =>
      layout.columns.slice(0, index).reduce((sum, width) => sum + width, grid.left),
    );
    const put = (column: number, y: number, height: number, field: Field): Cell => {
      const cell = { x: lefts[column] ?? 0, y, width: layout.columns[column] ?? 0, height, ...field };
      cells.push(cell);
      return cell;
    };
    const merged = new Map<number, Cell>();
    /** A label that goes on downwards while it stays the same. */
    const merge = (column: number, y: number, height: number, field: Field) => {
      const open = merged.get(column);
      if (open?.text === field.text) open.height += height;
      else {
        merged.set(column, put(column, y, height, field));
        if (column === 0) merged.delete(1);
      }
    };
    let y = grid.top + (page === 0 ? grid.part : 0) + layout.heading;
    for (const id of ids) {
      const height = layout.heights[row] ?? 0;
      row += 1;
      const found = rows.get(id);
      if (!found) continue;
      const { measure, category, group, at, below } = found;
      for (const number of [category.number, group.number]) {
        if (!seen.has(number)) begins.push({ id: number, y });
        seen.add(number);
      }
      const file = 'structure.yaml';
      merge(0, y, height, { file, path: ['大項目', at, '名称'], text: category.label });
      merge(1, y, height, { file, path: ['大項目', at, '中項目', below, '名称'], text: group.label });
      const own = measureFile(id);
      const field = (key: string, text: string): Field => ({ ...home(measure, [key], holds), text });
      const worded = (key: string, plain: string, text: string): Field =>
        holds(own, ['一覧表', key]) ? { file: own, path: ['一覧表', key], text } : field(plain, text);
      put(2, y, height, field('番号', id));
      put(3, y, height, field('区分', measure.kind));
      put(4, y, height, { file: own, path: ['再掲'], text: measure.reprintMark });
      put(5, y, height, {
        ...worded('取組事項', '取組', `${measure.reprint === null ? '' : '(再掲)'}${measure.overviewTitle}`),
        target: `sheet-${id}`,
      });
      put(6, y, height, worded('担当課', '担当課', measure.overviewSection));
      y += height;
    }
    return { cells, begins };
  });
}

/** The lines of 目次, page by page; each leads to its place. */
export function contentsCells(
  { entries, gutter }: ContentsLayout,
  { width, left }: SheetGrid,
  data: DocumentData,
): { signature: string; cells: Cell[]; begins: Begin[] }[] {
  const names = new Map<string, string>(data.parts.map((part) => [`part-${part}`, data.annexes[part]?.title ?? part]));
  for (const { number, label, groups } of data.categories)
    for (const one of [{ number, label }, ...groups])
      for (const prefix of ['overview-', 'sheet-']) names.set(prefix + one.number, one.label);
  const isLeft = (x: number) => x < width / 2;
  const divided = new Set(entries.map(({ x }) => isLeft(x))).size === 2;
  const last = Math.max(0, ...entries.map(({ page }) => page));
  return Array.from({ length: last }, (_, offset) => ({
    signature: '', // all of it is in the piece
    begins: [],
    cells: entries
      .filter(({ page }) => page === offset + 1)
      .map(({ target, x, y }) => {
        const right = divided && isLeft(x) ? (width - gutter) / 2 : width - left;
        const text = names.get(target) ?? target;
        return { x, y: y - 2, width: right - x, height: 16, file: '', path: [], text, target };
      }),
  }));
}
