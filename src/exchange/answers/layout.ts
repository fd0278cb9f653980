// How the sheets of an answer workbook are laid out, for those who write and for those who read it.

/** Headings of the columns of a measure's sheet. Readers find columns by them, wherever they stand; the first is hidden. */
export const headings = {
  /** keyText of the row */
  key: '鍵',
  label: '項目',
  answer: '記入欄',
  present: 'いまの内容',
} as const;

/** Stands above the headings, besides 番号, 取組 and who is to answer. */
export const headTexts = {
  back: '← 一覧にもどる',
  how: `「${headings.answer}」だけを書きかえます。`,
} as const;

/** Stands behind 項目 of what is due; 一覧 counts by it. */
export const dueMark = '【要記入】';
/** Stands behind 項目 of an amount. */
export const unitMark = '(千円)';

/** The line over the rows of a 年度, or over those that are of none. */
export function bandTitle(year: string | undefined, openYears: readonly string[]): string {
  if (year === undefined) return '年度によらない欄';
  return openYears.includes(year) ? year : `${year}(閉じた年度: 書きかえられません)`;
}

/** Sheets besides those of the measures, which are named by their 番号 */
export const sheetNames = {
  overview: '一覧',
  /** Names that may be chosen; hidden */
  names: '名簿',
  /** The base; hidden */
  base: '元の値',
} as const;
