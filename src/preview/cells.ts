import { sheetFields, sheetTexts, yearTexts } from '../model/fields.ts';
import { blankSign } from '../model/meanings.ts';
import { measureFile, numberCells } from '../model/numbers.ts';
import { lineOf } from '../render/contents-lines.ts';
import type { DocumentData, MeasureData } from '../render/data.ts';
import type { Measured } from '../render/measurer.ts';
import { type PagePlan, sum } from '../render/plan.ts';
import type { Cell } from './messages.ts';

/** Where something begins on a page, pt from its top. */
export interface Begin {
  id: string;
  y: number;
}

type Field = Pick<Cell, 'file' | 'path' | 'text' | 'target' | 'meaning'>;

/** Whether a content file has something at a path of its own. */
export type Holds = (file: string, path: (string | number)[]) => boolean;

/** Where the field of a measure stands: a 再掲 shows its target's, where it has none of its own. */
function home(measure: MeasureData, path: (string | number)[], holds: Holds): Pick<Cell, 'file' | 'path'> {
  const own = measureFile(measure.id);
  const { reprint } = measure;
  return { file: reprint === null || holds(own, path) ? own : measureFile(reprint), path };
}

export type PageOf<Part extends PagePlan['part']> = Extract<PagePlan, { part: Part }>;

interface Context {
  measured: Measured;
  data: DocumentData;
  holds: Holds;
}

/** The cells of one page of 個票, and where its measures begin. */
export function sheetCells(
  page: PageOf<'個票'>,
  { measured, data, holds }: Context,
): { cells: Cell[]; begins: Begin[] } {
  const cells: Cell[] = [];
  const begins: Begin[] = [];
  const { heading = [], columns = [], flag = 0 } = measured.sheets ?? {};
  const { top, left, part } = measured.page;
  let y = top + (page.first ? part : 0) + sum(heading);
  for (const { measure, years, heights, first: begin } of page.bands) {
    if (begin) for (const id of [...measure.begins, measure.id]) begins.push({ id, y });
    const height = sum(heights);
    let x = left;
    const column = (width: number, top: number, tall: number, field: Field | undefined) => {
      if (field) cells.push({ x, y: top, width, height: tall, ...field });
    };
    const whole = wholeFields(measure, holds);
    for (const [name, width] of columns) {
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
      column(flag, y, height, { ...home(measure, path, holds), text });
      x += flag;
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
    departments: field('担当局・部', measure.departments),
    sections: field('担当課', measure.sections),
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
  const meant = (property: string, text: string): Pick<Field, 'meaning'> => {
    const own = data.signs.find((signs) => signs.property === property)?.meanings;
    const word = own?.find(({ sign }) => sign === (text || blankSign))?.word;
    return word === undefined ? {} : { meaning: word };
  };
  return {
    year: { ...home(measure, ['スケジュール', label], holds), text: label },
    mark: { ...at('項目', year.mark), ...meant('mark', year.mark) },
    ...Object.fromEntries(yearTexts(sheetFields).map(({ property, key }) => [property, at(key, year[property])])),
    budget: {
      // As the content has it: without the sum.
      ...at(
        '予算額',
        Array.isArray(budget)
          ? budget.flatMap((part) => (part.total ? [] : [`${part.label} ${part.amount}`])).join('\n')
          : budget,
      ),
      ...(Array.isArray(budget) ? {} : meant('budget', budget)),
    },
  };
}

/** Columns with a cell for each fiscal year. */
const scheduleColumns = ['year', ...sheetFields.year.map(({ property }) => property)];

/** The cells of a page of 取組事項一覧, and which 大項目 and 中項目 begin there. */
export function overviewCells(
  { first, rows }: PageOf<'取組事項一覧'>,
  { measured, data, holds }: Context,
): { cells: Cell[]; begins: Begin[] } {
  const { columns = [], heading = 0 } = measured.overview ?? {};
  const { left, top, part } = measured.page;
  const cells: Cell[] = [];
  const begins: Begin[] = [];
  const lefts = columns.map((_, index) => left + sum(columns.slice(0, index)));
  const put = (column: number, y: number, height: number, field: Field): Cell => {
    const cell = { x: lefts[column] ?? 0, y, width: columns[column] ?? 0, height, ...field };
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
  const file = 'structure.yaml';
  let y = top + (first ? part : 0) + heading;
  for (const { measure, category, categoryLabel, group, groupLabel, height } of rows) {
    for (const id of measure.begins) begins.push({ id, y });
    const at = data.categories.findIndex(({ number }) => number === category);
    const below = data.categories[at]?.groups.findIndex(({ number }) => number === group) ?? 0;
    merge(0, y, height, { file, path: ['大項目', at, '名称'], text: categoryLabel });
    merge(1, y, height, { file, path: ['大項目', at, '中項目', below, '名称'], text: groupLabel });
    const own = measureFile(measure.id);
    const field = (key: string, text: string): Field => ({ ...home(measure, [key], holds), text });
    const worded = (key: string, plain: string, text: string): Field =>
      holds(own, ['一覧表', key]) ? { file: own, path: ['一覧表', key], text } : field(plain, text);
    put(2, y, height, field('番号', measure.id));
    put(3, y, height, field('区分', measure.kind));
    put(4, y, height, { file: own, path: ['再掲'], text: measure.reprintMark });
    put(5, y, height, {
      ...worded('取組事項', '取組', `${measure.reprint === null ? '' : '(再掲)'}${measure.overviewTitle}`),
      target: `sheet-${measure.id}`,
    });
    put(6, y, height, worded('担当課', '担当課', measure.overviewSection));
    y += height;
  }
  return { cells, begins };
}

/** The cells of a page of 改定履歴. */
export function historyCells({ first, rows }: PageOf<'改定履歴'>, { page, history }: Measured): Cell[] {
  const { columns: [date = 0, text = 0] = [], heading = 0 } = history ?? {};
  let y = page.top + (first ? page.part : 0) + heading;
  return rows.flatMap((row) => {
    const at = { y, height: row.height, file: 'edition.yaml' };
    y += row.height;
    return [
      { ...at, x: page.left, width: date, path: ['改定履歴', row.index, '年月'], text: row.date },
      { ...at, x: page.left + date, width: text, path: ['改定履歴', row.index, '内容'], text: row.text },
    ];
  });
}

/** The lines of a page of 目次; each leads to its place, over it further pages' numbers at its end to theirs; a 課 to its first 取組. */
export function contentsCells(page: PageOf<'目次'>, { page: grid, contents, lineHeight }: Measured): Cell[] {
  const { width = 0, gutter = 0, number = 0, lines: kinds } = contents ?? {};
  return page.columns.flatMap((lines, column) =>
    lines.flatMap((line) => {
      const indent = kinds?.[line.kind].indent ?? 0;
      const [first, ...more] = line.kind === 'section' ? line.targets.slice(0, 1) : line.targets;
      if (first === undefined) return [];
      const [left, right] = [indent, width].map((x) => grid.left + column * (width + gutter) + x) as [number, number];
      const own = {
        y: grid.top + line.y - 2,
        height: lineHeight(lineOf(line)) + 4,
        file: '',
        path: [],
        text: line.text,
      };
      return [
        { ...own, x: left, width: right - left, target: first },
        ...more.map((target, index) => ({ ...own, x: right - (more.length - index) * number, width: number, target })),
      ];
    }),
  );
}
