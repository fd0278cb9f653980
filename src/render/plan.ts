import { measuresOf } from '../model/edition.ts';
import { contentsOf, lineOf, type PlacedLine } from './contents-lines.ts';
import type { Measured } from './measurer.ts';
import { type LaidRow, overviewPages, rounding } from './overview-pages.ts';
import type { BookData, HistoryRow, SheetBand } from './requests.ts';

/** A page as it will be drawn; `first`: of its part. */
export type PagePlan =
  | { part: '表紙' }
  | { part: '目次'; first: boolean; columns: LaidLine[][]; annexes: LaidLine[] }
  | { part: '取組事項一覧'; first: boolean; rows: LaidRow[] }
  | { part: '個票'; first: boolean; bands: SheetBand[] }
  | { part: '改定履歴'; first: boolean; rows: HistoryRow[] }
  /** `number`: from 1, within the annex whose path is `annex` */
  | { part: 'annex'; annex: string; number: number; size: [width: number, height: number] };

/** A line of 目次; y in pt from where the page's content begins. */
export interface LaidLine extends PlacedLine {
  y: number;
}

export interface BookPlan {
  pages: PagePlan[];
  /** The page, from 1, of every place that bookmarks and links lead to. */
  places: ReadonlyMap<string, number>;
}

/** Plans all pages of a book of measured heights but those on A4, where a measure flows on by itself. */
export function planBook(data: BookData, measured: Measured): BookPlan {
  const pages = data.parts.flatMap((part): PagePlan[] => {
    if (part === '表紙') return [{ part }];
    if (part === '目次') return contentsPages(data, measured);
    if (part === '取組事項一覧')
      return overviewPages(data, measured).map((rows, index) => ({ part, first: index === 0, rows }));
    if (part === '個票') return sheetPages(data, measured).map((bands, index) => ({ part, first: index === 0, bands }));
    if (part === '改定履歴')
      return historyPages(data, measured).map((rows, index) => ({ part, first: index === 0, rows }));
    return (data.annexes[part]?.pages ?? []).map((size, index) => ({
      part: 'annex',
      annex: part,
      number: index + 1,
      size,
    }));
  });
  return { pages, places: placesOf(pages) };
}

function sheetPages(data: BookData, { sheets, page, bandsOf }: Measured): SheetBand[][] {
  const bands = measuresOf(data).flatMap((measure) =>
    bandsOf(measure.id).map((band, index): SheetBand => ({ ...band, measure, first: index === 0 })),
  );
  return stacked(bands, ({ heights }) => sum(heights), sheets?.room ?? 0, page.part);
}

function historyPages(data: BookData, { history, page, revisionHeight }: Measured): HistoryRow[][] {
  const rows = data.history.map((entry): HistoryRow => ({ ...entry, height: revisionHeight(entry) }));
  return stacked(rows, ({ height }) => height, page.room - page.part - (history?.heading ?? 0), page.part);
}

/** One below another: one begins a page when it does not fit any more. Pages but the first have room for `more`. */
function stacked<T>(all: readonly T[], heightOf: (one: T) => number, room: number, more: number): T[][] {
  const pages: T[][] = [[]];
  let left = room;
  for (const one of all) {
    const height = heightOf(one);
    if (height > left + rounding && pages.at(-1)?.length !== 0) {
      pages.push([]);
      left = room + more;
    }
    pages.at(-1)?.push(one);
    left -= height;
  }
  return pages;
}

/** Each column flows from page to page by itself; the annexes follow where the longest one ends. */
function contentsPages(data: BookData, { contents, page, lineHeight }: Measured): PagePlan[] {
  const { between = 0, beforeAnnexes = 0 } = contents ?? {};
  const { columns, annexes } = contentsOf(data);
  const pages: Extract<PagePlan, { part: '目次' }>[] = [];
  const at = (index: number) => {
    pages[index] ??= { part: '目次', first: index === 0, columns: columns.map(() => []), annexes: [] };
    return pages[index];
  };
  const topOf = (index: number) => (index === 0 ? page.part : 0);
  const flow = (
    lines: readonly PlacedLine[],
    start: { index: number; y: number },
    put: (line: LaidLine, index: number) => void,
  ) => {
    let { index, y } = start;
    let gap = 0;
    for (const line of lines) {
      const height = lineHeight(lineOf(line));
      if (y + gap + height > page.room + rounding && y > topOf(index)) {
        index += 1;
        y = topOf(index);
        gap = 0;
      }
      put({ ...line, y: y + gap }, index);
      y += gap + height;
      gap = between;
    }
    return { index, y };
  };
  at(0);
  const ends = columns.map((lines, column) =>
    flow(lines, { index: 0, y: topOf(0) }, (line, index) => at(index).columns[column]?.push(line)),
  );
  const last = pages.length - 1;
  const y = Math.max(topOf(last), ...ends.filter(({ index }) => index === last).map((end) => end.y));
  flow(annexes, { index: last, y: y + (ends.length > 0 ? beforeAnnexes : 0) }, (line, index) =>
    at(index).annexes.push(line),
  );
  return pages;
}

function placesOf(pages: readonly PagePlan[]): Map<string, number> {
  const places = new Map<string, number>();
  const put = (id: string, number: number) => places.has(id) || places.set(id, number);
  for (const [index, page] of pages.entries()) {
    const number = index + 1;
    put(`part-${page.part === 'annex' ? page.annex : page.part}`, number);
    if (page.part === '取組事項一覧')
      for (const { measure } of page.rows) for (const id of measure.begins) put(`overview-${id}`, number);
    if (page.part === '個票')
      for (const { measure } of page.bands)
        for (const id of [...measure.begins, measure.id]) put(`sheet-${id}`, number);
  }
  return places;
}

export const sum = (lengths: readonly number[]): number => lengths.reduce((all, length) => all + length, 0);
