import { createHash } from 'node:crypto';
import type { Renderer } from '../book/renderer.ts';
import { measureFile } from '../model/numbers.ts';
import type { DocumentData } from '../render/data.ts';
import { drawRequest } from '../render/draw-requests.ts';
import type { Misfit } from '../render/fit.ts';
import { type Measured, Measurer } from '../render/measurer.ts';
import { type PagePlan, planBook } from '../render/plan.ts';
import type { DrawRequest } from '../render/requests.ts';
import { type Begin, contentsCells, type Holds, historyCells, overviewCells, sheetCells } from './cells.ts';
import type { Cell, PageInfo, Places } from './messages.ts';

/** A page as it would be printed; it is drawn only when somebody looks at it. */
export interface PlannedPage extends PageInfo {
  request: DrawRequest;
  /** Names the request. */
  piece: string;
  cells: Cell[];
}

export interface PlannedDocument {
  pages: PlannedPage[];
  places: Places;
}

/** The cells of a page, without its number in the document. */
interface Sheet {
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

const pageKey = (piece: string, signature: string): string => fingerprint(`${piece} ${signature}`);

/** Plans the document's pages: which there are, where their cells stand. Draws a page when it is asked for. */
export class PreviewDocument {
  readonly #renderer: Pick<Renderer, 'measure' | 'vector'>;
  readonly #measurer: Measurer;
  /** Pages drawn, by the names of their requests; only those of the last two plans are kept. */
  readonly #drawn = new Map<string, ReturnType<Renderer['vector']>>();
  #pages: ReadonlyMap<string, PlannedPage> = new Map();
  /** Of the plan before, which somebody may still be asking for. */
  #before: ReadonlyMap<string, PlannedPage> = new Map();
  /** Numbers of the pages drawn last: they are on somebody's screen. */
  #watched: number[] = [];
  /** Cells by what they were made of, as of the last plan. */
  #sheets = new Map<string, Sheet>();

  constructor(renderer: Pick<Renderer, 'measure' | 'vector'>) {
    this.#renderer = renderer;
    this.#measurer = new Measurer((request) => renderer.measure(request));
  }

  /** The first page where it is a 表紙, which can be drawn before anything is measured. Throws ThreadFailure. */
  async cover(data: DocumentData): Promise<PlannedPage | undefined> {
    const [part] = data.parts;
    if (part !== '表紙') return undefined;
    const request = drawRequest([{ page: { part }, number: 1 }], { data, plan: { places: new Map() } });
    const piece = fingerprint(request);
    const { width, height } = await this.#draw(request, piece);
    const page = { key: pageKey(piece, ''), part, number: 1, width, height, request, piece, cells: [] };
    this.#pages = new Map([[page.key, page]]);
    return page;
  }

  /** What of `data` does not fit. Throws ThreadFailure. */
  async misfits(data: DocumentData): Promise<Misfit[]> {
    return (await this.#measurer.measure(data)).misfits;
  }

  /** The pages of `data`, whether all of it fits or not. Throws ThreadFailure. */
  async plan(data: DocumentData, holds: Holds): Promise<PlannedDocument> {
    const measured = await this.#measurer.measure(data);
    const plan = planBook(data, measured);
    const asked = new Map<PagePlan, Pick<PlannedPage, 'request' | 'piece'>>();
    const ask = (page: PagePlan, number: number) => {
      const known = asked.get(page);
      if (known) return known;
      const request = drawRequest([{ page, number }], { data, measured, plan });
      const made = { request, piece: fingerprint(request) };
      asked.set(page, made);
      return made;
    };
    // Those on somebody's screen are drawn while the others are looked at.
    for (const number of this.#watched) {
      const page = plan.pages[number - 1];
      if (!page) continue;
      const { request, piece } = ask(page, number);
      this.#draw(request, piece).catch(() => {});
    }
    const sheets = new Map<string, Sheet>();
    const places: Places = {};
    const pages = plan.pages.map((page, index): PlannedPage => {
      const number = index + 1;
      const { request, piece } = ask(page, number);
      const signature = signatureOf(page, { data, measured, holds });
      const sheet = this.#sheets.get(signature) ?? cellsOf(page, { data, measured, holds });
      sheets.set(signature, sheet);
      const [prefix, name] =
        page.part === 'annex' ? ['', page.annex] : [page.part === '取組事項一覧' ? 'overview-' : 'sheet-', page.part];
      places[`part-${name}`] ??= { page: number, y: 0 };
      for (const { id, y } of sheet.begins) places[prefix + id] ??= { page: number, y };
      const [width, height] = page.part === 'annex' ? page.size : [measured.page.width, measured.page.height];
      const part = data.annexes[name]?.title ?? name;
      return { key: pageKey(piece, signature), part, number, width, height, request, piece, cells: sheet.cells };
    });
    this.#before = this.#pages;
    this.#pages = new Map(pages.map((page) => [page.key, page]));
    this.#sheets = sheets;
    const current = new Set([...pages, ...this.#before.values()].map(({ piece }) => piece));
    for (const name of this.#drawn.keys()) if (!current.has(name)) this.#drawn.delete(name);
    return { pages, places };
  }

  page(key: string): PlannedPage | undefined {
    return this.#pages.get(key) ?? this.#before.get(key);
  }

  /** The page in Typst's vector format. Throws ThreadFailure. */
  async vector({ request, piece, number }: PlannedPage): Promise<Uint8Array> {
    this.#watched = [number, ...this.#watched.filter((other) => other !== number)].slice(0, screenful);
    return (await this.#draw(request, piece)).form;
  }

  /** `name` is the request's fingerprint. */
  #draw(request: DrawRequest, name: string): ReturnType<Renderer['vector']> {
    const known = this.#drawn.get(name);
    if (known) return known;
    const drawn = this.#renderer.vector(request);
    this.#drawn.set(name, drawn);
    drawn.catch(() => this.#drawn.delete(name));
    return drawn;
  }
}

interface CellContext {
  data: DocumentData;
  measured: Measured;
  holds: Holds;
}

function cellsOf(page: PagePlan, { data, measured, holds }: CellContext): Sheet {
  if (page.part === '個票') return sheetCells(page, { measured, data, holds });
  if (page.part === '取組事項一覧') return overviewCells(page, { measured, data, holds });
  if (page.part === '改定履歴') return { cells: historyCells(page, measured), begins: [] };
  if (page.part === '目次') return { cells: contentsCells(page, measured), begins: [] };
  return { cells: [], begins: [] };
}

/** The same for the same cells: what they are made of besides the heights. */
function signatureOf(page: PagePlan, { measured, holds }: CellContext): string {
  const own = (ids: readonly string[], paths: string[][]) =>
    ids.map((id) => [measured.keyOf(id), ...paths.map((path) => holds(measureFile(id), path))]);
  if (page.part === '個票') {
    const bands = page.bands.map(({ years, heights, first }) => [years, heights, first]);
    const ids = page.bands.map(({ measure }) => measure.id);
    return JSON.stringify([page.first, measured.setting, bands, own(ids, [['取組'], ['担当課'], ['担当局・部']])]);
  }
  if (page.part === '取組事項一覧') {
    const rows = page.rows.map(({ measure, height, categoryLabel, groupLabel }) => [
      [measure.id, measure.kind, measure.reprint, measure.overviewTitle, measure.overviewSection, measure.begins],
      ...[height, categoryLabel, groupLabel],
    ]);
    const ids = page.rows.map(({ measure }) => measure.id);
    const paths = [['一覧表', '取組事項'], ['一覧表', '担当課'], ['取組'], ['担当課']];
    return JSON.stringify([page.first, rows, ids.map((id) => paths.map((path) => holds(measureFile(id), path)))]);
  }
  return page.part === '目次' || page.part === '改定履歴' ? JSON.stringify(page) : '';
}
