import type { DocumentData, MeasureData } from './data.ts';
import type { Misfit } from './fit.ts';

// What templates/preview.typ is asked for, and what it answers; lengths in pt.

/** What every piece needs of the document. */
type Frame = Pick<DocumentData, 'parts' | 'years' | 'plans' | 'indicatorLabels'>;

/** Places that links lead to, with their page numbers. */
export type LinkedPlaces = [id: string, page: number][];

export type PieceRequest = NeedsRequest | FitRequest | SheetsRequest | PartRequest;

/** Measures some 取組. */
export interface NeedsRequest {
  wish: 'needs';
  data: Frame;
  /** Every figure of 予算額: the widest one sets its column's width. */
  figures: string[];
  measures: MeasureData[];
}

/** Asks what does not fit. */
export interface FitRequest {
  wish: 'fit';
  data: DocumentData;
  figures: string[];
}

/** Draws one page of 個票. */
export interface SheetsRequest {
  wish: 'sheets';
  data: Frame & Pick<DocumentData, 'book'>;
  page: number;
  first: boolean;
  columns: SheetGrid['columns'];
  bands: (Band & { measure: MeasureData; first: boolean })[];
  places: LinkedPlaces;
}

/** Draws the pages of another part. */
export interface PartRequest {
  wish: 'part';
  data: Pick<DocumentData, 'parts' | 'annexes' | 'book'> & { part: string; categories?: object[] };
  page: number;
  places: LinkedPlaces;
}

/** A measure's rows that stay together on a page. */
export interface Band {
  /** Indices of its fiscal years; none of a 再掲. */
  years: number[];
  heights: number[];
}

/** The grid of 個票 as templates/preview.typ measured it. */
export interface SheetGrid {
  /** By the names of templates/sheets.typ, in the sheet's order. */
  columns: [string, number][];
  /** Width of a 関連計画. */
  flag: number;
  heading: number[];
  /** What the first page leaves for rows; the others have room for `part` more. */
  room: number;
  part: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Needs extends SheetGrid {
  problems: Misfit[];
  measures: { bands: Band[]; problems: Misfit[] }[];
}

/** 取組事項一覧 as it was laid out. */
export interface OverviewGrid {
  columns: number[];
  heading: number;
  /** Numbers of the measures, page by page. */
  pages: string[][];
  /** Of all rows. */
  heights: number[];
}

/** A line of 目次: where it stands, on which page of 目次 from 1, and the place that it leads to. */
export interface ContentsEntry {
  target: string;
  page: number;
  x: number;
  y: number;
}

export type ContentsLayout = Extract<PartLayout, { kind: 'contents' }>;
export type PartLayout =
  | ({ kind: 'cover' } & Pick<SheetGrid, 'width' | 'height'>)
  /** `gutter`: between its columns */
  | { kind: 'contents'; gutter: number; entries: ContentsEntry[] }
  | ({ kind: 'overview' } & OverviewGrid)
  | { kind: 'annex' };

/** Pages in Typst's vector format, for typst-ts-renderer. */
interface Drawn {
  vector: Uint8Array;
  pages: number;
  misfits: Misfit[];
}

export type Piece = NeedsPiece | FitPiece | SheetsPiece | PartPiece;
export interface NeedsPiece {
  wish: 'needs';
  layout: Needs;
}
export interface FitPiece {
  wish: 'fit';
  misfits: Misfit[];
}
export interface SheetsPiece extends Drawn {
  wish: 'sheets';
}
export interface PartPiece extends Drawn {
  wish: 'part';
  layout: PartLayout;
}
export type DrawnPiece = SheetsPiece | PartPiece;

/** What a request is answered with. */
export type PieceOf<Request extends PieceRequest> = Extract<Piece, { wish: Request['wish'] }>;
export type RenderPiece = <Request extends PieceRequest>(request: Request) => Promise<PieceOf<Request>>;
