import type { LaidLine } from './contents-pages.ts';
import type { MeasureData } from './data.ts';
import { frameOf, type Measured } from './measurer.ts';
import type { BookPlan, PagePlan } from './plan.ts';
import {
  type BookData,
  type ContentsLine,
  type DrawRequest,
  listedProperties,
  type OverviewRow,
  type PortraitSheet,
  type Section,
} from './requests.ts';

/** A page with its number in the document. */
export interface NumberedPage {
  page: PagePlan;
  number: number;
}

interface Book {
  data: BookData;
  measured?: Measured;
  plan: Pick<BookPlan, 'places'>;
}

/**
 * What to draw `pages` from. It holds no more than the pages show, so that nothing else makes them be drawn again. Those
 * that begin within a part have no other part behind it: see sectionsOf in book/draw.ts.
 */
export function drawRequest(pages: readonly NumberedPage[], book: Book): DrawRequest {
  const sections: NumberedPage[][] = [];
  for (const one of pages) {
    const last = sections.at(-1);
    const [first] = last ?? [];
    if (last && first?.page.part === one.page.part && number(last) + 1 === one.number) last.push(one);
    else sections.push([one]);
  }
  const frame = frameOf(book.data);
  const hasSheets = pages.some(({ page }) => page.part === '個票');
  return {
    ...(hasSheets ? frame : { ...frame, years: [], plans: [], signs: [], widths: null, indicatorLabels: [] }),
    wish: 'draw',
    levels: levelsOf(pages[0]?.page),
    sections: sections.map((section) => sectionOf(section, book)),
  };
}

const number = (section: readonly NumberedPage[]): number => section.at(-1)?.number ?? 0;

/** 書名 › part › measure, as far as they begin here. */
function levelsOf(first: PagePlan | undefined): DrawRequest['levels'] {
  const isInside = first !== undefined && 'first' in first && !first.first;
  if (first?.part === '表紙') return { part: 2, measure: 3 };
  return isInside ? { part: 1, measure: 1 } : { part: 1, measure: 2 };
}

function sectionOf(section: readonly NumberedPage[], { data, measured, plan }: Book): Section {
  const [{ page: first, number: page } = { page: undefined, number: 1 }] = section;
  const of = <Part extends PagePlan['part']>(part: Part) =>
    section.map((one) => one.page).filter((page): page is Extract<PagePlan, { part: Part }> => page.part === part);
  switch (first?.part) {
    case '目次':
      return {
        page,
        part: '目次',
        pages: of('目次').map(({ first, columns }) => ({
          first,
          columns: columns.map((lines) => lines.map((line) => numbered(line, plan))),
        })),
      };
    case '取組事項一覧':
      return {
        page,
        part: '取組事項一覧',
        heading: measured?.overview?.heading ?? 0,
        linked: data.parts.includes('個票'),
        pages: of('取組事項一覧').map(({ first, rows, ends, given }) => ({
          first,
          ends,
          given,
          rows: rows.map((row): OverviewRow => ({ ...row, measure: listed(row.measure), begins: row.measure.begins })),
        })),
      };
    case '個票':
      return {
        page,
        part: '個票',
        columns: measured?.sheets?.columns ?? [],
        headingHeights: measured?.sheets?.heading ?? [],
        pages: of('個票'),
      };
    case '改定履歴':
      return { page, part: '改定履歴', heading: measured?.history?.heading ?? 0, pages: of('改定履歴') };
    case 'annex':
      return {
        page,
        part: 'annex',
        annex: {
          title: data.annexes[first.annex]?.title ?? '',
          count: data.annexes[first.annex]?.pages.length ?? 0,
          pages: of('annex').map(({ number, size }) => [number, size]),
        },
      };
    default:
      return { page, part: '表紙', cover: data.cover ?? data.book };
  }
}

/** The sheets on A4, which flow from page to page by themselves. */
export const portraitRequest = (pages: PortraitSheet[], data: BookData): DrawRequest => ({
  ...frameOf(data),
  wish: 'draw',
  levels: { part: 1, measure: 1 },
  sections: [{ page: 1, part: 'A4個票', pages }],
});

const numbered = ({ y: _, ...line }: LaidLine, { places }: Pick<BookPlan, 'places'>): ContentsLine => ({
  ...line,
  numbers: line.kind === 'section' ? line.names : line.targets.map((target) => String(places.get(target) ?? '')),
});

const listed = (measure: MeasureData): OverviewRow['measure'] =>
  Object.fromEntries(listedProperties.map((name) => [name, measure[name]])) as OverviewRow['measure'];
