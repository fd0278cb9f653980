import type { Severity } from '../model/words.ts';

/** What server and page tell each other. Types only: the page's code is served as it is compiled. */

/** One page of the document. */
export interface PageInfo {
  /** Changes whenever anything on the page changes. /pages/<key>.vector and /pages/<key>.json serve what is on it. */
  key: string;
  /** 構成: 表紙, 目次, 取組事項一覧, 個票 */
  part: string;
  /** From 1. */
  number: number;
  /** pt */
  width: number;
  height: number;
}

/** /pages/<key>.json: the page's cells in reading order. */
export interface PageContent {
  cells: Cell[];
}

/** A cell of a page and the YAML field that it shows; lengths in pt from the page's top left corner. */
export interface Cell {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Below the content folder; empty where a cell only leads to another place. */
  file: string;
  path: (string | number)[];
  /** As printed, "\n" breaks lines. */
  text: string;
  /** What the sign in it, or that it is blank, means: of 項目の印 and 予算額の印 */
  meaning?: string;
  /** The place that a click leads to on the pages: "sheet-1-1-2". */
  target?: string;
}

/** Where something begins on the pages: /places.json by "part-個票", "overview-1", "sheet-1-2", "sheet-1-1-1". */
export type Places = Record<string, { page: number; y: number }>;

export interface DiagnosticView {
  severity: Severity;
  code: string;
  /** As POST /open takes it. */
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
  hint: string;
  /** The field that it is about, as cells name theirs; absent where it is about no YAML. */
  field?: { file: string; path: (string | number)[] };
  /** How many this one stands for, where it is more than itself. */
  count?: number;
  /** The lines around the place. */
  frame: { line: number; text: string }[];
}

/** A file with a mistake whose pages are those of before. */
export interface FileBehind {
  /** Below the content folder. */
  file: string;
  /** When it was first read with the mistake, ms since 1970. */
  since: number;
}

/** An event "state" of /events; the first one comes at once. */
export interface State {
  /** Rises with each state of one server. */
  version: number;
  /** Sent with POST /open. */
  token: string;
  title: string;
  /** Of files with mistakes what can be shown; the cover alone while the rest is being laid out. */
  pages: PageInfo[];
  diagnostics: DiagnosticView[];
  /** Files whose pages are not as they are in the file; absent when all are. */
  behind?: FileBehind[];
  /** Below the content folder: files of which the pages show what can be read; absent when they show all. */
  partial?: string[];
  /** What else keeps the pages from being made. */
  problem?: string;
  /** Changes whenever /edition.json and /places.json do; absent before there were any. */
  edition?: string;
}

/** POST /open with the header x-preview-token: opens a content file in the editor. */
export type OpenRequest = { file: string; path: (string | number)[] } | { file: string; line: number; column: number };

export interface OpenAnswer {
  /** file:line:column, relative to the working directory. */
  place: string;
  /** To be copied into a terminal: quoted for its shell, without a sign that steers. Absent where that cannot be. */
  command?: string | undefined;
  /** Why no editor was opened. */
  failure?: string;
}
