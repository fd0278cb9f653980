// Writes a spreadsheet file by the library, then sets right what it has no way to say: see `patched`. The same book gives the
// same bytes on any machine.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { CellStyle, ConditionalRule, DataValidation, WriteOptions, WriteSheet } from 'hucre/xlsx';
import { writeXlsx } from 'hucre/xlsx';
import { UserError } from '../../diagnostics/user-error.ts';
import { cellName } from './book.ts';
import { rowHeight } from './row-height.ts';

export type { CellStyle, ConditionalRule, DataValidation } from 'hucre/xlsx';

export interface NewBook {
  title: string;
  author: string;
  /** When it was made, as the file says; never now */
  date: Date;
  /** Of all cells that have no other: in points */
  font: { name: string; size: number };
  sheets: NewSheet[];
  /** Names for ranges: 課の名前 → '名簿'!$A$1:$A$60 */
  names: { name: string; range: string }[];
}

export interface NewSheet {
  name: string;
  hidden?: boolean;
  /** Widths in characters */
  columns: { width: number; hidden?: boolean }[];
  rows: NewRow[];
  /** Rows that stay in view, and on every page from the first of the heading on */
  frozenRows?: number;
  headingRow?: number;
  /** The cells from the first one on that can be filtered */
  filter?: { rows: number; columns: number };
  validations?: DataValidation[];
  rules?: ConditionalRule[];
  /** Only cells that are not locked may be written; without a password. */
  protected?: boolean;
  /** On A4; without it the sheet is not made for paper */
  paper?: { orientation: 'portrait' | 'landscape'; header: string; footer: string };
}

export type NewRow = readonly (NewCell | undefined)[];

export interface NewCell {
  value?: string | number;
  /** Without the = in front; `value` is its result. */
  formula?: string;
  style?: CellStyle;
  /** Lines that there is room for, whatever stands there */
  lines?: number;
  /** A place of the workbook: '1-1-1'!C5 */
  link?: string;
}

/** A sheet's name as formulas have it. */
export const quoted = (sheet: string): string => `'${sheet.replaceAll("'", "''")}'`;

export async function writeBook(book: NewBook): Promise<Uint8Array> {
  const options: WriteOptions = {
    sheets: book.sheets.map((sheet) => sheetOf(sheet, book.font.size)),
    properties: { title: book.title, creator: book.author, created: book.date, modified: book.date },
    namedRanges: [
      ...book.names,
      // The library does not put quotation marks around a sheet's name there.
      ...book.sheets.flatMap(({ name, headingRow: row }) =>
        row === undefined
          ? []
          : [{ name: '_xlnm.Print_Titles', range: `${quoted(name)}!$${row + 1}:$${row + 1}`, scope: name }],
      ),
    ],
    defaultFont: { ...book.font, family: 3, charset: 128 },
  };
  const parts = unzipSync(await writeXlsx(options));
  patch(parts, book);
  // The time of a file in the package, by the clock of the place
  return zipSync(parts, { mtime: new Date(1980, 0, 1, 12), level: 6 });
}

function sheetOf(sheet: NewSheet, size: number): WriteSheet {
  const cells = new Map<string, NonNullable<ReturnType<typeof cellOf>>>();
  sheet.rows.forEach((row, at) => {
    row.forEach((cell, column) => {
      if (cell) cells.set(`${at},${column}`, cellOf(cell));
    });
  });
  return {
    name: sheet.name,
    ...(sheet.hidden ? { hidden: true } : {}),
    columns: sheet.columns,
    cells,
    ...(sheet.hidden ? {} : { rowDefs: heightsOf(sheet, size) }),
    ...(sheet.frozenRows === undefined ? {} : { freezePane: { rows: sheet.frozenRows } }),
    ...(sheet.filter === undefined
      ? {}
      : { autoFilter: { range: `A1:${cellName(sheet.filter.rows - 1, sheet.filter.columns - 1)}` } }),
    ...(sheet.validations?.length ? { dataValidations: sheet.validations } : {}),
    ...(sheet.rules?.length ? { conditionalRules: sheet.rules } : {}),
    ...(sheet.protected
      ? { protection: { sheet: true, formatCells: true, formatColumns: true, formatRows: true, autoFilter: true } }
      : {}),
    ...(sheet.paper
      ? {
          pageSetup: {
            ...{ paperSize: 'a4', orientation: sheet.paper.orientation, horizontalCentered: true },
            ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
            margins: { left: 0.45, right: 0.45, top: 0.75, bottom: 0.7, header: 0.35, footer: 0.35 },
          },
          headerFooter: { oddHeader: sheet.paper.header, oddFooter: sheet.paper.footer },
        }
      : {}),
    ...(sheet.paper ? { view: { showGridLines: false } } : {}),
  };
}

function heightsOf({ rows, columns }: NewSheet, size: number): NonNullable<WriteSheet['rowDefs']> {
  const widths = columns.map(({ width, hidden }) => (hidden ? Number.POSITIVE_INFINITY : width));
  return new Map(rows.map((row, at) => [at, { height: rowHeight(row, widths, size) }]));
}

/** Characters of a cell */
const longest = 32_767;

function cellOf({ value, formula, style, link }: NewCell) {
  if (typeof value === 'string' && value.length > longest)
    throw new UserError(
      `「${[...value].slice(0, 20).join('')}」で始まる文が長すぎます(${value.length}字)。表計算ソフトの1つのセルに入るのは ${longest} 字までです。短くしてください。`,
    );
  const text = typeof value === 'string' ? escaped(value) : value;
  return {
    ...(style ? { style } : {}),
    ...(link === undefined ? {} : { hyperlink: { target: '', location: link } }),
    ...(formula !== undefined
      ? { formula, ...(text === undefined ? {} : { formulaResult: text }) }
      : // A text that looks like an error (#N/A) would be written as one: not so in runs.
        typeof text === 'string' && text.startsWith('#')
        ? { value: text, richText: [{ text }] }
        : { value: text === undefined || text === '' ? null : text }),
  };
}

/** _x000D_ in a text is no sign that is meant by its number. */
const escaped = (text: string): string => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

type Parts = Record<string, Uint8Array>;

/**
 * Cells that are pasted are of the style Normal, which is therefore not locked; all that is not written by us is, so that the
 * Tab key goes from one cell that may be written to the next.
 */
function patch(parts: Parts, { sheets }: NewBook): void {
  const edit = (path: string, change: (text: string) => string) => {
    const part = parts[path];
    if (!part) throw new Error(`no part ${path}`);
    parts[path] = strToU8(change(strFromU8(part)));
  };
  edit('docProps/app.xml', (text) => text.replace('hucre', 'shisakushu'));
  let locked = 0;
  edit('xl/styles.xml', (text) => {
    const [, count = ''] = /<cellXfs count="(\d+)"/.exec(text) ?? [];
    if (count === '') throw new Error('styles without cellXfs');
    locked = Number(count);
    const plain = 'numFmtId="0" fontId="0" fillId="0" borderId="0"';
    const locking = (value: 0 | 1) => ` applyProtection="1"><protection locked="${value}"/></xf>`;
    return replaced(text, [
      [`<cellStyleXfs count="1"><xf ${plain}/>`, `<cellStyleXfs count="1"><xf ${plain}${locking(0)}`],
      [
        `<cellXfs count="${count}"><xf ${plain} xfId="0"/>`,
        `<cellXfs count="${locked + 1}"><xf ${plain} xfId="0"${locking(0)}`,
      ],
      ['</cellXfs>', `<xf ${plain} xfId="0"${locking(1)}</cellXfs>`],
    ]);
  });
  sheets.forEach((sheet, index) => {
    edit(`xl/worksheets/sheet${index + 1}.xml`, (written) => {
      // The library takes a height for one that was chosen: Excel would not fit the row any more.
      const text = written.replaceAll(' customHeight="1"', '');
      if (!sheet.protected) return text;
      const end = text.indexOf('</cols>');
      const rest = `<col min="${sheet.columns.length + 1}" max="16384" width="9" style="${locked}"/>`;
      return `${text.slice(0, end).replaceAll('<col ', `<col style="${locked}" `)}${rest}${text.slice(end)}`;
    });
  });
}

function replaced(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    if (after === before) throw new Error(`styles without ${from}`);
    return after;
  }, text);
}
