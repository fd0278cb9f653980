import { createHash } from 'node:crypto';
import type { Misfit } from '../render/compiler.ts';
import type { DocumentData } from '../render/data.ts';
import type { Piece, PieceRequest } from '../render/pieces.ts';
import { type Holds, type OverviewGrid, overviewCells, sheetCells } from './cells.ts';
import type { Cell, PageInfo, Places } from './messages.ts';
import { measuresOf, paginate, SheetMeasurer } from './sheet-layout.ts';

/** A page as it would be printed; it is drawn only when somebody looks at it. */
export interface PlannedPage extends PageInfo {
  request: PieceRequest;
  /** Which one of the pages that `request` draws. */
  offset: number;
  cells: Cell[];
}

export interface PlannedDocument {
  pages: PlannedPage[];
  places: Places;
}

/** The same for the same value. */
export const fingerprint = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 20);

/** Plans the document's pages: which there are, where their cells stand. Draws a page when it is asked for. */
export class PreviewDocument {
  readonly #render: (request: PieceRequest) => Promise<Piece>;
  readonly #measurer: SheetMeasurer;
  /** By fingerprint; only those of the last plan are kept. */
  readonly #pieces = new Map<string, Promise<Piece>>();
  #pages = new Map<string, PlannedPage>();

  constructor(render: (request: PieceRequest) => Promise<Piece>) {
    this.#render = render;
    this.#measurer = new SheetMeasurer(render);
  }

  /** The pages of `data`, or what does not fit: then the pages before stay. Throws RenderFailure. */
  async plan(data: DocumentData, holds: Holds): Promise<PlannedDocument | { misfits: Misfit[] }> {
    const { book } = data;
    const measured = await this.#measurer.measure(data);
    const sheets = paginate(data, measured);
    const { grid } = measured;
    const misfits = [...measured.misfits];

    // How many pages each part has, before any page number is known.
    const ids = measuresOf(data).map(({ id }) => id);
    const categories = data.categories.map(({ number, name, groups }) => ({ number, name, groups }));
    const bare = categories.map(({ groups, ...category }) => ({
      ...category,
      groups: groups.map(({ number, name }) => ({ number, name, measures: [] })),
    }));
    const listed = categories.map(({ groups, ...category }) => ({
      ...category,
      groups: groups.map((group) => ({
        ...group,
        measures: group.measures.map(({ id, kind, reprint, overviewTitle, overviewSection }) => ({
          id,
          kind,
          reprint,
          overviewTitle,
          overviewSection,
        })),
      })),
    }));
    const part = (name: string, page: number, content: object, places: [string, number][]): PieceRequest => ({
      wish: 'part',
      data: { part: name, parts: data.parts, book, ...content },
      page,
      places,
    });
    const overviewPlaces = data.parts.includes('個票') ? ids.map((id): [string, number] => [`sheet-${id}`, 1]) : [];
    const numbers = data.categories.flatMap(({ number, groups }) => [number, ...groups.map((group) => group.number)]);
    const starts = new Map<string, number>();
    const places: Places = {};
    const requests = new Map<string, PieceRequest>();
    let contentsPages = 1;
    for (let settled = false; !settled; ) {
      settled = true;
      let next = 1;
      for (const name of data.parts) {
        starts.set(name, next);
        places[`part-${name}`] = { page: next, y: 0 };
        if (name === '個票') next += sheets.length;
        else if (name === '目次') next += contentsPages;
        else if (name === '取組事項一覧') {
          const request = part(name, next, { categories: listed }, overviewPlaces);
          requests.set(name, request);
          next += (await this.#piece(request)).pages;
        } else next += 1;
      }
      for (const [index, sheet] of sheets.entries()) {
        const page = (starts.get('個票') ?? 1) + index;
        for (const { id, y } of sheetCells(sheet, index === 0, grid, data, holds).begins)
          places[`sheet-${id}`] = { page, y };
      }
      const overview = requests.get('取組事項一覧');
      if (overview) {
        const piece = await this.#piece(overview);
        misfits.push(...piece.misfits);
        for (const [index, { begins }] of overviewCells(piece.layout as OverviewGrid, grid, data, holds).entries())
          for (const { id, y } of begins)
            places[`overview-${id}`] = { page: (starts.get('取組事項一覧') ?? 1) + index, y };
      }
      if (!data.parts.includes('目次')) continue;
      const named: [string, number][] = [
        ...data.parts.map((name) => `part-${name}`),
        ...numbers.flatMap((number) => [`overview-${number}`, `sheet-${number}`]),
      ].flatMap((id) => (id !== 'part-目次' && places[id] ? [[id, places[id].page] as [string, number]] : []));
      const contents = part('目次', starts.get('目次') ?? 1, { categories: bare }, named);
      requests.set('目次', contents);
      const { pages } = await this.#piece(contents);
      settled = pages === contentsPages;
      contentsPages = pages;
    }
    if (misfits.length > 0) return { misfits };

    const { width, height } = grid;
    const pages: PlannedPage[] = [];
    const add = (name: string, request: PieceRequest, offset: number, cells: Cell[]) => {
      const number = pages.length + 1;
      const key = `${fingerprint([request, offset, cells])}`;
      pages.push({ key, part: name, number, width, height, request, offset, cells });
    };
    for (const name of data.parts) {
      if (name === '個票') {
        const { years, plans, indicatorLabels } = data;
        for (const [index, { bands }] of sheets.entries()) {
          const here = new Set(bands.flatMap(({ measure, first }) => (first ? [measure.id] : [])));
          const distant = bands.flatMap(({ measure: { reprint, reprintLink } }) =>
            reprint !== null && reprintLink && !here.has(reprint) ? [reprint] : [],
          );
          const request: PieceRequest = {
            wish: 'sheets',
            data: { book, years, plans, indicatorLabels },
            page: pages.length + 1,
            first: index === 0,
            columns: grid.columns,
            bands,
            places: [...new Set(distant)].map((id) => [`sheet-${id}`, 1]),
          };
          add(name, request, 0, sheetCells({ bands }, index === 0, grid, data, holds).cells);
        }
        continue;
      }
      const request = requests.get(name) ?? part(name, pages.length + 1, {}, []);
      const piece = await this.#piece(request);
      const cells =
        name === '取組事項一覧' ? overviewCells(piece.layout as OverviewGrid, grid, data, holds) : undefined;
      for (let offset = 0; offset < piece.pages; offset += 1) add(name, request, offset, cells?.[offset]?.cells ?? []);
    }
    this.#pages = new Map(pages.map((page) => [page.key, page]));
    const current = new Set(pages.map(({ request }) => fingerprint(request)));
    for (const key of this.#pieces.keys()) if (!current.has(key)) this.#pieces.delete(key);
    return { pages, places };
  }

  page(key: string): PlannedPage | undefined {
    return this.#pages.get(key);
  }

  /** The page's piece in Typst's vector format; `offset` tells which page of it. Throws RenderFailure. */
  async vector({ request }: PlannedPage): Promise<Uint8Array> {
    return (await this.#piece(request)).vector;
  }

  #piece(request: PieceRequest): Promise<Piece> {
    const key = fingerprint(request);
    const known = this.#pieces.get(key);
    if (known) return known;
    const piece = this.#render(request);
    this.#pieces.set(key, piece);
    piece.catch(() => this.#pieces.delete(key));
    return piece;
  }
}
