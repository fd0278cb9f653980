import type { AnnexData, CategoryData, DocumentData, GroupData, MeasureData, RevisionData } from './data.ts';
import type { Misfit } from './fit.ts';

// What templates/book.typ is asked for, and what it answers; lengths in pt.

/** A document to lay out; of 見え消し, whose texts may be marked (see papers/marked-text.ts), too. */
export interface BookData extends DocumentData {
  /** The texts of 表紙 where they are not those of `book`. */
  cover?: object;
  /** Of the marks, in the running head */
  legend?: Record<'removed' | 'added', string>;
  /** Behind the title of the document */
  titled?: string;
}

/** What every request needs of the document. */
export type Frame = Pick<
  BookData,
  'book' | 'parts' | 'years' | 'plans' | 'signs' | 'widths' | 'indicatorLabels' | 'legend' | 'titled'
>;

export interface MeasureRequest extends Frame {
  wish: 'measure';
  /** Absent where 表紙 is none of the parts, or known to fit. */
  cover?: object;
  /** Those of 改定履歴 that are not known to fit. */
  history?: RevisionData[];
  /** Those of 予算額 that may be the widest, which sets its column's width; none where the edition chooses that. */
  figures: string[];
  measures: MeasureData[];
  /** Whether that of 個票 is looked at too. */
  heading: boolean;
  labels: OverviewLabel[];
  lines: LineToMeasure[];
}

/** A merged label of 取組事項一覧. */
export interface OverviewLabel {
  level: 'category' | 'group';
  text: string;
}

/** What a line of 目次 is: a part of the book; a head of the lines below it; one of them. */
export type LineKind = 'part' | 'head' | 'category' | 'group' | 'section';

/** A line of 目次; one without a file always fits. */
export interface LineToMeasure {
  kind: LineKind;
  text: string;
  /** Behind the text */
  note: string;
  /** What stands at its end: of a head what the columns below it are called, of a 課 its 番号; of others a page of each of these. */
  names: string[];
  file: string | null;
  path: (string | number)[];
}

interface Fitted {
  height: number;
  problems: Misfit[];
}

/** A measure's rows that stay together on a page. */
export interface Band {
  /** Indices of its fiscal years; none of a 再掲. */
  years: number[];
  heights: number[];
}

/** The page, and what its parts share. */
export interface PageGrid {
  width: number;
  height: number;
  left: number;
  top: number;
  /** What a page has for its content, and what of it the heading of a part takes. */
  room: number;
  part: number;
}

/** The columns of 個票. */
export interface SheetGrid {
  /** By the names of templates/sheets.typ, in the sheet's order. */
  columns: [string, number][];
  /** Width of a 関連計画. */
  flag: number;
  heading: number[];
  /** What the first page leaves for rows; the others have room for `part` more. */
  room: number;
}

/** The columns of 取組事項一覧, or of 改定履歴. */
export interface ListGrid {
  columns: number[];
  heading: number;
}
export interface OverviewGrid extends ListGrid {
  /** White that each row may give, so that all take a page less */
  spare: number;
}

/** The columns of a page of 目次, and how lines stand in them: the indent, and the white above one that is not the first. */
export interface ContentsGrid {
  columns: number;
  width: number;
  gutter: number;
  /** Width of each page's number behind the first. */
  number: number;
  lines: Record<LineKind, { indent: number; gap: number }>;
}

/** What is asked for of parts that the document does not have is null. */
export interface MeasureAnswer extends PageGrid {
  problems: Misfit[];
  contents: (ContentsGrid & { heights: Fitted[] }) | null;
  overview: (OverviewGrid & { labels: Fitted[]; rows: Fitted[] }) | null;
  history: (ListGrid & { rows: Fitted[] }) | null;
  sheets: (SheetGrid & { problems: Misfit[]; measures: { bands: Band[]; problems: Misfit[] }[] }) | null;
}

/** Pages to be drawn, of one part after the other. */
export interface DrawRequest extends Frame {
  wish: 'draw';
  /** Levels of headings: they begin with 1 in every document that Typst writes (ISO 14289-1, 7.4.2). */
  levels: { part: number; measure: number };
  sections: Section[];
}

/** Pages of one part that follow one another. */
export type Section = { /** Number of the first one */ page: number } & (
  | { part: '表紙'; cover: object }
  | { part: '目次'; pages: ContentsPage[] }
  | { part: '取組事項一覧'; pages: OverviewPage[]; heading: number /** To 個票 */; linked: boolean }
  | { part: '個票'; pages: SheetsPage[]; columns: SheetGrid['columns']; headingHeights: number[] }
  | { part: '改定履歴'; pages: HistoryPage[]; heading: number }
  | { part: 'A4個票'; pages: PortraitSheet[] }
  | { part: 'annex'; annex: { title: string; count: number; pages: [number, AnnexData['pages'][number]][] } }
);

export interface ContentsPage {
  first: boolean;
  columns: ContentsLine[][];
}
/** With the places that it leads to, and what stands at its end for each. */
export interface ContentsLine extends LineToMeasure {
  targets: string[];
  numbers: string[];
}
/** Labels of the 大項目 and the 中項目 that a measure belongs to, for the running head. */
export type Place = Record<'category' | 'group', string>;
export interface OverviewPage {
  first: boolean;
  rows: OverviewRow[];
  /** Of its first and its last row; none without rows */
  ends: Place[];
  /** How much less white each row has than where there is room for all of it, pt. */
  given: number;
}
/** What 取組事項一覧 shows of a measure. */
export const listedProperties = [
  ...(['id', 'number', 'kind', 'reprint', 'reprintMark', 'changed'] as const),
  ...(['overviewTitle', 'overviewSection'] as const),
] as const;
export interface OverviewRow {
  measure: Pick<MeasureData, (typeof listedProperties)[number]>;
  category: string;
  categoryLabel: CategoryData['label'];
  group: string;
  groupLabel: GroupData['label'];
  /** Numbers of the 大項目 and 中項目 that begin with it. */
  begins: string[];
  height: number;
}
export interface SheetsPage {
  first: boolean;
  bands: SheetBand[];
  /** Of its first and its last measure; none without measures */
  ends: Place[];
}
export interface SheetBand extends Band {
  measure: MeasureData;
  /** The measure begins with it. */
  first: boolean;
}
export interface HistoryPage {
  first: boolean;
  rows: HistoryRow[];
}
export interface HistoryRow extends RevisionData {
  height: number;
}
/** On A4, where a measure flows on to as many pages as it needs. */
export interface PortraitSheet {
  measure: MeasureData;
  category: string;
  group: string;
}

/** A place in pages drawn, that bookmarks and links lead to; `page` from 1, x and y in pt from its top left corner. */
export interface Anchor {
  id: string;
  page: number;
  x: number;
  y: number;
}

/** The columns of a table, as its template hands them out: what a cell shows is known by its key, not by its place. */
export interface TableKeys {
  /** Of 構成 */
  part: string;
  /** Of the first row of its heading */
  heading: string[];
  columns: string[];
  /** Those with a cell in every row; cells of the others span rows. */
  every: string[];
}

/** Texts of some columns of 個票, to be measured in columns of each of some widths. */
export interface HeightsRequest {
  columns: [name: string, widths: number[], values: unknown[]][];
}
/** By column and text: where the look changes along the widths, its height there, and whether all its words fit. */
export type HeightsAnswer = [index: number, height: number, fits: boolean][][][];
