import type { RowValue } from './form.ts';
import type { FormKey } from './key.ts';

/** What an answer workbook was made from: it travels in the workbook itself, on a sheet that is hidden. */
export interface Base {
  /** Which city's plan: 計画名, 発行者 */
  plan: string;
  publisher: string;
  /** 書名 and 改定 of the edition */
  title: string;
  revised: string;
  /** The commit that the content stood for, where it was committed */
  commit?: string;
  /** SHA-256 of the content, hexadecimal: see contentDigest */
  digest: string;
  /** 課 that is to answer; several or none for a workbook of chosen measures */
  sections: string[];
  /** 年度 of the edition, and those of them that may be written */
  years: string[];
  openYears: string[];
  measures: BaseMeasure[];
}

export interface BaseMeasure {
  number: string;
  title: string;
  rows: BaseRow[];
}

/** A row as it went out. */
export interface BaseRow {
  key: FormKey;
  /** 項目, as the sheet shows it */
  label: string;
  /** What stood in the content; none for a blank cell */
  value?: RowValue;
  open: boolean;
  /** It is due, and was blank. */
  due: boolean;
}
