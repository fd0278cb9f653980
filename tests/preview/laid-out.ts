import { type CheckedContent, checkContent } from '../../src/content/check.ts';
import type { Entry } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import type { Edition } from '../../src/model/edition.ts';
import { type DocumentData, documentData, type MeasureData } from '../../src/render/data.ts';
import type { Misfit } from '../../src/render/fit.ts';
import type { PartLayout, PieceOf, PieceRequest, RenderPiece, SheetGrid } from '../../src/render/pieces.ts';
import { city, put } from '../content/city.ts';

const parsed = new ParsedFiles();

/** The city's content, a file changed where `changes` says [file, from, to]. */
export function cityContent(...changes: [file: string, from: string | RegExp, to: string][]) {
  const { source, entries } = city();
  for (const [file, from, to] of changes) replace(entries, file, from, to);
  const content = checkContent(source, parsed);
  if (!content.edition) throw new Error(JSON.stringify(content.diagnostics));
  return { ...content, edition: content.edition };
}

function replace(entries: Map<string, Entry>, file: string, from: string | RegExp, to: string): void {
  const entry = entries.get(file);
  const before = entry?.kind === 'file' ? Buffer.from(entry.read()).toString() : '';
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${from}`);
  put(entries, file, after);
}

/** The whole of it for the templates; its annexes have these pages. */
export const dataOf = (
  { edition }: { edition: Edition },
  annexes: Record<string, [width: number, height: number][]> = {},
): DocumentData =>
  documentData(
    edition,
    { whole: true },
    new Map(
      Object.entries(annexes).map(([path, pages]) => [
        path,
        { pages: pages.map(([width, height]) => ({ width, height })) },
      ]),
    ),
  );

export type Changes = Parameters<typeof cityContent>;
export type Content = CheckedContent & { edition: Edition };

/** A grid of round numbers: a page of 個票 has room for ten rows of a year, the first one for seven. */
export const grid: SheetGrid = {
  columns: [
    ...['department', 'section', 'kind', 'category', 'group', 'item', 'title', 'description', 'effect', 'indicators'],
    ...['year', 'mark', 'plan', 'budget', 'result'],
  ].map((name, index) => [name, 10 + index]),
  flag: 5,
  heading: [20, 15],
  room: 70,
  part: 30,
  left: 7,
  top: 11,
  width: 600,
  height: 400,
};

/** What takes the place of Typst: every row of a year is 10 high, a 再掲 20. */
export class Layout {
  /** What was asked for, in order. */
  readonly asked: PieceRequest[] = [];
  grid = grid;
  /** Pages of each part. */
  pages: Record<string, number> = {};
  misfits: Misfit[] = [];
  /** Of what is only asked whether it fits. */
  fits: Misfit[] = [];
  /** Of a measure; none fit a row of their own. */
  bandsOf = (measure: MeasureData) => [
    measure.reprint === null
      ? { years: [...measure.years.keys()], heights: measure.years.map(() => 10) }
      : { years: [], heights: [20] },
  ];
  layoutOf?: (part: string) => PartLayout | undefined;
  problemsOf = (_measure: MeasureData): Misfit[] => [];
  failing?: Error | undefined;

  readonly render: RenderPiece = async <Request extends PieceRequest>(request: Request) => {
    this.asked.push(request);
    if (this.failing) throw this.failing;
    return this.#answer(request) as PieceOf<Request>;
  };

  /** What was asked for since the last time. */
  news(): string[] {
    return this.asked
      .splice(0)
      .map((request) =>
        request.wish === 'part'
          ? `${request.data.part} ${request.page}`
          : request.wish === 'needs'
            ? `needs ${request.measures.map(({ id }) => id).join(' ')}`.trim()
            : request.wish === 'sheets'
              ? `sheets ${request.page}`
              : request.wish,
      );
  }

  #answer(request: PieceRequest) {
    const { wish } = request;
    const drawn = { vector: Buffer.from(JSON.stringify(request)), pages: 1, misfits: [] };
    if (wish === 'needs') {
      const measures = request.measures.map((measure) => ({
        bands: this.bandsOf(measure),
        problems: this.problemsOf(measure),
      }));
      return { wish, layout: { ...this.grid, problems: this.misfits, measures } };
    }
    if (wish === 'fit') return { wish, misfits: this.fits };
    if (wish === 'sheets') return { wish, ...drawn };
    const { part, annexes } = request.data;
    const pages = annexes[part]?.pages.length ?? this.pages[part] ?? 1;
    return { wish, ...drawn, pages, layout: this.layoutOf?.(part) ?? this.#layoutOf(request, pages) };
  }

  #layoutOf({ data, places }: Extract<PieceRequest, { wish: 'part' }>, pages: number): PartLayout {
    if (data.part === '表紙') return { kind: 'cover', width: 600, height: 400 };
    if (data.part === '目次')
      return {
        kind: 'contents',
        gutter: 20,
        entries: places.map(([target], index) => ({ target, page: 1, x: 40, y: 100 + 20 * index })),
      };
    if (data.part !== '取組事項一覧') return { kind: 'annex' };
    const ids = ((data.categories ?? []) as DocumentData['categories'])
      .flatMap(({ groups }) => groups)
      .flatMap(({ measures }) => measures.map(({ id }) => id));
    const each = Math.ceil(ids.length / pages);
    return {
      kind: 'overview',
      columns: [30, 40, 50, 60, 70, 80, 90],
      heading: 25,
      pages: Array.from({ length: pages }, (_, page) => ids.slice(page * each, (page + 1) * each)),
      heights: ids.map((_, index) => 10 + index),
    };
  }
}
