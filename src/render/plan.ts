import { measuresOf } from '../model/edition.ts';
import { plain } from '../model/marked.ts';
import { oneLine } from '../model/names.ts';
import { contentsPages, type LaidLine } from './contents-pages.ts';
import type { MeasureData } from './data.ts';
import type { Measured } from './measurer.ts';
import { type LaidRow, overviewPages } from './overview-pages.ts';
import type { BookData, HistoryRow, Place, SheetBand } from './requests.ts';
import { cut, packed, type Stack, sharedOut } from './share-out.ts';

/** A page as it will be drawn; `first`: of its part. */
export type PagePlan =
  | { part: '表紙' }
  | { part: '目次'; first: boolean; columns: LaidLine[][] }
  | { part: '取組事項一覧'; first: boolean; rows: LaidRow[]; ends: Place[]; given: number }
  | { part: '個票'; first: boolean; bands: SheetBand[]; ends: Place[] }
  | { part: '改定履歴'; first: boolean; rows: HistoryRow[] }
  /** `number`: from 1, within the annex whose path is `annex` */
  | { part: 'annex'; annex: string; number: number; size: [width: number, height: number] };

export interface BookPlan {
  pages: PagePlan[];
  /** The page, from 1, of every place that bookmarks and links lead to. */
  places: ReadonlyMap<string, number>;
}

/** Plans all pages of a book of measured heights but those on A4, where a measure flows on by itself. */
export function planBook(data: BookData, measured: Measured): BookPlan {
  const placeOf = placesByMeasure(data);
  /** Where the first and the last measure of a page belong. */
  const ends = (all: readonly { measure: MeasureData }[]): Place[] =>
    [all.at(0), all.at(-1)].flatMap((one) => placeOf.get(one?.measure.id ?? '') ?? []);
  const pages = data.parts.flatMap((part): PagePlan[] => {
    if (part === '表紙') return [{ part }];
    if (part === '目次')
      return contentsPages(data, measured).map((columns, index) => ({ part, first: index === 0, columns }));
    if (part === '取組事項一覧') {
      const { pages, given } = overviewPages(data, measured);
      return pages.map((rows, index) => ({ part, first: index === 0, rows, ends: ends(rows), given }));
    }
    if (part === '個票') {
      const pages = sheetPages(data, measured);
      return pages.map((bands, index) => ({ part, first: index === 0, bands, ends: ends(bands) }));
    }
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
  const all = bands.map((band) => ({ ...band, height: sum(band.heights) }));
  const room = (index: number) => (sheets?.room ?? 0) + (index === 0 ? 0 : page.part);
  return cut(bands, packed(stackOf(all, room)));
}

function historyPages(data: BookData, { history, page, revisionHeight }: Measured): HistoryRow[][] {
  const rows = data.history.map((entry): HistoryRow => ({ ...entry, height: revisionHeight(entry) }));
  const room = page.room - (history?.heading ?? 0);
  return cut(rows, sharedOut(stackOf(rows, (index) => room - (index === 0 ? page.part : 0))));
}

/** Those that stand one right below another. */
export const stackOf = (all: readonly { height: number }[], room: Stack['room']): Stack => ({
  count: all.length,
  *heights(from) {
    let height = 0;
    for (const one of all.slice(from)) {
      height += one.height;
      yield height;
    }
  },
  room,
});

/** To which 大項目 and 中項目 a measure belongs, in one line each. */
const placesByMeasure = ({ categories }: BookData): Map<string, Place> =>
  new Map(
    categories.flatMap((category) =>
      category.groups.flatMap((group) => {
        const [large, small] = [category, group].map(({ label }) => oneLine(plain(label)));
        const place = { category: large ?? '', group: small ?? '' };
        return group.measures.map(({ id }): [string, Place] => [id, place]);
      }),
    ),
  );

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
