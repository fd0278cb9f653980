import { createHash } from 'node:crypto';
import { measuresOf } from '../model/edition.ts';
import { measureFile } from '../model/numbers.ts';
import type { DocumentData } from '../render/data.ts';
import type { Misfit } from '../render/fit.ts';
import type {
  ContentsLayout,
  DrawnPiece,
  OverviewGrid,
  PartPiece,
  PartRequest,
  RenderPiece,
  SheetsRequest,
} from '../render/pieces.ts';
import { type Begin, contentsCells, type Holds, overviewCells, sheetCells } from './cells.ts';
import type { Cell, PageInfo, Places } from './messages.ts';
import { partRequest } from './parts.ts';
import { type MeasuredSheets, paginate, SheetMeasurer, type SheetPage } from './sheet-layout.ts';

/** A page as it would be printed; it is drawn only when somebody looks at it. */
export interface PlannedPage extends PageInfo {
  request: PartRequest | SheetsRequest;
  /** Names the request. */
  piece: string;
  /** Which one of the pages that `request` draws. */
  offset: number;
  cells: Cell[];
}

export interface PlannedDocument {
  pages: PlannedPage[];
  places: Places;
}

/** The cells of a page, without its number in the document. */
interface Sheet {
  /** The same for the same content. */
  signature: string;
  cells: Cell[];
  begins: Begin[];
}

/** The same for the same value. */
export const fingerprint = (value: unknown): string =>
  createHash('sha256')
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('hex')
    .slice(0, 20);

/** Pages near a window. */
const screenful = 3;

const pageKey = (piece: string, offset: number, signature: string): string =>
  fingerprint(`${piece} ${offset} ${signature}`);

/** Plans the document's pages: which there are, where their cells stand. Draws a page when it is asked for. */
export class PreviewDocument {
  readonly #render: RenderPiece;
  readonly #measurer: SheetMeasurer;
  /** By name; only those of the last two plans are kept. */
  readonly #pieces = new Map<string, Promise<DrawnPiece>>();
  #pages: ReadonlyMap<string, PlannedPage> = new Map();
  /** Of the plan before, which somebody may still be asking for. */
  #before: ReadonlyMap<string, PlannedPage> = new Map();
  /** Numbers of the pages drawn last: they are on somebody's screen. */
  #watched: number[] = [];
  /** Pages of each part, as of the last plan. */
  #counts = new Map<string, number>();
  /** By signature, as of the last plan. */
  #sheets = new Map<string, Sheet>();
  #overview: { of: PartPiece; holds: string; pages: Sheet[] } | undefined;

  constructor(render: RenderPiece) {
    this.#render = render;
    this.#measurer = new SheetMeasurer(render);
  }

  /** The first page where it is a 表紙, which can be drawn before anything is measured. Throws RenderFailure. */
  async cover(data: DocumentData): Promise<PlannedPage | undefined> {
    const [part] = data.parts;
    if (part !== '表紙') return undefined;
    const request = partRequest(part, 1, data, {});
    const piece = fingerprint(request);
    const { layout } = await this.#piece(request, piece);
    if (layout.kind !== 'cover') throw new Error('the cover has no layout of its own');
    const { width, height } = layout;
    const page = { key: pageKey(piece, 0, ''), part, number: 1, width, height, request, piece, offset: 0, cells: [] };
    this.#pages = new Map([[page.key, page]]);
    return page;
  }

  /** The pages of `data`, or what does not fit: then the pages before stay. Throws RenderFailure. */
  async plan(data: DocumentData, holds: Holds): Promise<PlannedDocument | { misfits: Misfit[] }> {
    const measured = await this.#measurer.measure(data);
    const sheets = this.#cells(paginate(data, measured), measured, data, holds);
    const { starts, places, parts } = await this.#numbers(data, measured, sheets, holds);
    const misfits = [...measured.misfits, ...[...parts.values()].flatMap(({ piece }) => piece.misfits)];
    if (misfits.length > 0) return { misfits };

    const { width, height, columns } = measured.grid;
    const pagesOf = (part: string) => data.annexes[part]?.pages ?? [];
    const pages: PlannedPage[] = [];
    const add = (
      part: string,
      { request, piece, offset }: Pick<PlannedPage, 'request' | 'piece' | 'offset'>,
      { signature, cells }: Omit<Sheet, 'begins'>,
    ) => {
      const key = pageKey(piece, offset, signature);
      const [own = width, tall = height] = pagesOf(part)[offset] ?? [];
      const name = data.annexes[part]?.title ?? part;
      const number = pages.length + 1;
      pages.push({ key, part: name, number, width: own, height: tall, request, piece, offset, cells });
    };
    for (const name of data.parts) {
      if (name === '個票')
        for (const [index, sheet] of sheets.entries()) {
          const page = (starts.get(name) ?? 1) + index;
          const own = { bands: sheet.bands, page, first: index === 0, columns };
          const piece = fingerprint(`${page} ${JSON.stringify(data.book)} ${sheet.signature}`);
          add(name, { request: sheetRequest(own, data), piece, offset: 0 }, sheet);
        }
      const drawn = parts.get(name);
      if (!drawn) continue;
      const piece = fingerprint(drawn.request);
      const own =
        name === '取組事項一覧'
          ? this.#overviewCells(drawn.piece, measured, data, holds)
          : name === '目次'
            ? contentsCells(contentsOf(drawn.piece), measured.grid, data)
            : [];
      for (let offset = 0; offset < drawn.piece.pages; offset += 1)
        add(name, { request: drawn.request, piece, offset }, own[offset] ?? { signature: '', cells: [] });
    }
    this.#before = this.#pages;
    this.#pages = new Map(pages.map((page) => [page.key, page]));
    this.#sheets = new Map(sheets.map((sheet) => [sheet.signature, sheet]));
    const current = new Set([...pages, ...this.#before.values()].map(({ piece }) => piece));
    for (const name of this.#pieces.keys()) if (!current.has(name)) this.#pieces.delete(name);
    // They will be asked for as soon as this plan is known.
    for (const { number, request, piece } of pages)
      if (this.#watched.includes(number)) this.#piece(request, piece).catch(() => {});
    return { pages, places };
  }

  page(key: string): PlannedPage | undefined {
    return this.#pages.get(key) ?? this.#before.get(key);
  }

  /** The page's piece in Typst's vector format; `offset` tells which page of it. Throws RenderFailure. */
  async vector({ request, piece, number }: PlannedPage): Promise<Uint8Array> {
    this.#watched = [number, ...this.#watched.filter((other) => other !== number)].slice(0, screenful);
    return (await this.#piece(request, piece)).vector;
  }

  /** The cells of the pages of 個票; those of a page that is as it was are taken over. */
  #cells(pages: SheetPage[], measured: MeasuredSheets, data: DocumentData, holds: Holds): (Sheet & SheetPage)[] {
    return pages.map((page, index) => {
      const signature = JSON.stringify([
        index === 0,
        measured.setting,
        ...page.bands.map(({ measure, years, first }) => [
          measured.keys.get(measure.id),
          years,
          first,
          ['取組', '担当課', '担当局・部'].map((key) => holds(measureFile(measure.id), [key])),
        ]),
      ]);
      const known = this.#sheets.get(signature);
      const sheet = known ?? sheetCells(page, { first: index === 0, grid: measured.grid, data, holds });
      return { ...sheet, signature, bands: page.bands };
    });
  }

  /** The cells of 取組事項一覧; its piece holds all of their text, but not where the text stands. */
  #overviewCells(piece: PartPiece, { grid }: MeasuredSheets, data: DocumentData, holds: Holds): Sheet[] {
    const own = measuresOf(data).map(({ id }) =>
      [['一覧表', '取組事項'], ['一覧表', '担当課'], ['取組'], ['担当課']].map((path) => holds(measureFile(id), path)),
    );
    const known = this.#overview;
    if (known?.of === piece && known.holds === own.join()) return known.pages;
    const pages = overviewCells(overviewOf(piece), grid, data, holds).map((page) => ({
      signature: fingerprint(page.cells),
      ...page,
    }));
    this.#overview = { of: piece, holds: own.join(), pages };
    return pages;
  }

  /** Where each part begins, where everything stands, and the parts other than 個票, which tell how many pages they take. */
  async #numbers(data: DocumentData, measured: MeasuredSheets, sheets: Sheet[], holds: Holds) {
    const parts = new Map<string, { request: PartRequest; piece: PartPiece }>();
    // 目次 last: it tells where the others begin.
    const order = data.parts.filter((name) => name !== '個票' && name !== '目次');
    if (data.parts.includes('目次')) order.push('目次');
    this.#counts.set('個票', sheets.length);
    for (;;) {
      const starts = new Map<string, number>();
      const places: Places = {};
      let next = 1;
      for (const name of data.parts) {
        starts.set(name, next);
        places[`part-${name}`] = { page: next, y: 0 };
        next += this.#counts.get(name) ?? 1;
      }
      const note = (prefix: string, first: number, pages: { begins: Begin[] }[]) => {
        for (const [index, { begins }] of pages.entries())
          for (const { id, y } of begins) places[prefix + id] = { page: first + index, y };
      };
      note('sheet-', starts.get('個票') ?? 1, sheets);
      let settled = true;
      for (const name of order) {
        const first = starts.get(name) ?? 1;
        const request = partRequest(name, first, data, places);
        const piece = await this.#piece(request, fingerprint(request));
        parts.set(name, { request, piece });
        if (name === '取組事項一覧') note('overview-', first, this.#overviewCells(piece, measured, data, holds));
        settled = (this.#counts.get(name) ?? 1) === piece.pages;
        this.#counts.set(name, piece.pages);
        if (!settled) break;
      }
      if (settled) return { starts, places, parts };
    }
  }

  /** `name` is the request's fingerprint. */
  #piece(request: PartRequest, name: string): Promise<PartPiece>;
  #piece(request: PartRequest | SheetsRequest, name: string): Promise<DrawnPiece>;
  #piece(request: PartRequest | SheetsRequest, name: string): Promise<DrawnPiece> {
    const known = this.#pieces.get(name);
    if (known) return known;
    const piece = this.#render(request);
    this.#pieces.set(name, piece);
    piece.catch(() => this.#pieces.delete(name));
    return piece;
  }
}

function overviewOf({ layout }: PartPiece): OverviewGrid {
  if (layout.kind !== 'overview') throw new Error('取組事項一覧 has no layout of its own');
  return layout;
}

function contentsOf({ layout }: PartPiece): ContentsLayout {
  if (layout.kind !== 'contents') throw new Error('目次 has no layout of its own');
  return layout;
}

function sheetRequest(
  { bands, page, first, columns }: Pick<SheetsRequest, 'bands' | 'page' | 'first' | 'columns'>,
  { book, parts, years, plans, indicatorLabels }: DocumentData,
): SheetsRequest {
  const here = new Set<string | null>(bands.filter(({ first }) => first).map(({ measure }) => measure.id));
  const distant = bands.filter(({ measure }) => measure.reprintLink && !here.has(measure.reprint));
  return {
    wish: 'sheets',
    data: { book, parts, years, plans, indicatorLabels },
    page,
    first,
    columns,
    bands,
    places: [...new Set(distant.map(({ measure }) => `sheet-${measure.reprint}`))].map((id) => [id, 1]),
  };
}
