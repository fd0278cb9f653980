// Workbooks written by hand, part by part, as this or that program writes them.

import { strToU8, type Zippable, zipSync } from 'fflate';
import { expect } from 'vitest';
import type { ReadBook, ReadCell } from '../../../src/exchange/xlsx/book.ts';
import { cellName } from '../../../src/exchange/xlsx/book.ts';
import { BookProblem, readBook } from '../../../src/exchange/xlsx/read-book.ts';

const transitional = 'http://schemas.openxmlformats.org/';
export const main = `xmlns="${transitional}spreadsheetml/2006/main" xmlns:r="${transitional}officeDocument/2006/relationships"`;
const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

export interface Made {
  /** XML of each sheet, by name */
  sheets?: Record<string, string>;
  strings?: string;
  styles?: string;
  /** In front of the list of sheets */
  workbook?: string;
  /** Attributes of a sheet in the list */
  states?: Record<string, string>;
  mainType?: string;
  /** More parts, or other ones in their places; undefined for none */
  parts?: Record<string, string | Uint8Array | undefined>;
}

export function partsOf(made: Made): Record<string, string | Uint8Array> {
  const { sheets = { A: sheet('') }, strings, styles, workbook = '', states = {}, mainType = sheetType } = made;
  const names = Object.keys(sheets);
  const officeDocument = `${transitional}officeDocument/2006/relationships/`;
  const relations = [
    ...names.map((_, at) => [`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`]),
    ...(strings === undefined ? [] : [['rIdS', 'sharedStrings', 'sharedStrings.xml']]),
    ...(styles === undefined ? [] : [['rIdF', 'styles', 'styles.xml']]),
  ];
  const parts: Record<string, string | Uint8Array | undefined> = {
    '[Content_Types].xml': `${xmlHead}<Types xmlns="${transitional}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${mainType}"/></Types>`,
    '_rels/.rels': `${xmlHead}<Relationships xmlns="${transitional}package/2006/relationships"><Relationship Id="rId1" Type="${officeDocument}officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xmlHead}<workbook ${main}>${workbook}<sheets>${names
      .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" ${states[name] ?? ''} r:id="rId${at + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xmlHead}<Relationships xmlns="${transitional}package/2006/relationships">${relations
      .map(([id, type, target]) => `<Relationship Id="${id}" Type="${officeDocument}${type}" Target="${target}"/>`)
      .join('')}</Relationships>`,
    ...Object.fromEntries(names.map((name, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheets[name]])),
    'xl/sharedStrings.xml': strings,
    'xl/styles.xml': styles,
    ...made.parts,
  };
  return Object.fromEntries(
    Object.entries(parts).filter((part): part is [string, string | Uint8Array] => part[1] !== undefined),
  );
}

export const zipped = (parts: Record<string, string | Uint8Array>, level: 0 | 6 = 6): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
    ) as Zippable,
    { level, mtime: '2026-03-01T00:00:00' },
  );

export const bookOf = (made: Made): Uint8Array => zipped(partsOf(made));

/** A sheet's XML by that of its rows */
export const sheet = (rows: string, behind = '') =>
  `${xmlHead}<worksheet ${main}><sheetData>${rows}</sheetData>${behind}</worksheet>`;
export const oneRow = (cells: string) => sheet(`<row r="1">${cells}</row>`);
export const stringTable = (...items: string[]) =>
  `${xmlHead}<sst ${main} count="${items.length}" uniqueCount="${items.length}">${items.map((item) => `<si>${item}</si>`).join('')}</sst>`;
/** Styles of cells, by their number formats */
export const stylesOf = (formats: readonly (number | string)[]) =>
  `${xmlHead}<styleSheet ${main}><numFmts>${formats
    .map((code, at) =>
      typeof code === 'string'
        ? `<numFmt numFmtId="${164 + at}" formatCode="${code.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"/>`
        : '',
    )
    .join(
      '',
    )}</numFmts><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="${formats.length}">${formats
    .map((code, at) => `<xf numFmtId="${typeof code === 'string' ? 164 + at : code}" applyNumberFormat="1"/>`)
    .join('')}</cellXfs></styleSheet>`;

/** What stands where: A1 and the cell's value, or all that is known of it */
export function valuesOf(book: ReadBook, at = 0): Record<string, ReadCell['value']> {
  return Object.fromEntries(Object.entries(cellsOf(book, at)).map(([name, { value }]) => [name, value]));
}
export function cellsOf(book: ReadBook, at = 0): Record<string, ReadCell> {
  const rows = [...(book.sheets[at]?.rows ?? [])];
  return Object.fromEntries(
    rows.flatMap(([row, cells]) => [...cells].map(([column, cell]) => [cellName(row, column), cell])),
  );
}

/** Why the bytes are no book to read */
export async function problemOf(bytes: Uint8Array): Promise<BookProblem> {
  const problem = await readBook(bytes).then(
    () => undefined,
    (error) => error,
  );
  expect(problem).toBeInstanceOf(BookProblem);
  return problem;
}
