// The whole edition as plain tables for those who count: one row a record, one value a cell, nothing merged, units in columns of
// their own.
import { type Edition, measuresOf } from '../model/edition.ts';
import { eraDate, fiscalYear } from '../model/era-date.ts';
import type { Budget } from '../model/measure.ts';
import { type BudgetCells, measureRows, numberColumns, type Row, total, yearRows } from './csv.ts';
import { type CellStyle, type NewBook, type NewSheet, writeBook } from './xlsx/write-book.ts';

const unit = '千円';
const font = { name: 'BIZ UDPGothic', size: 10 };

/** The bytes of a spreadsheet file with the sheets 取組, 年度 and, where an amount has parts, 内訳. */
export function tableBook(edition: Edition): Promise<Uint8Array> {
  const parts = partRows(edition);
  const { year, month } = eraDate(edition.revised) ?? { year: 2000, month: 1 };
  const book: NewBook = {
    title: `${edition.planName} ${edition.title}`,
    author: edition.publisher,
    date: new Date(Date.UTC(year, month - 1, 1)),
    font,
    sheets: [
      tableSheet('取組', measureRows(edition).map(numbered)),
      tableSheet('年度', yearRows(edition, budgetCells).map(numbered).map(dated)),
      ...(parts.length > 0 ? [tableSheet('内訳', parts.map(numbered).map(dated))] : []),
    ],
    names: [],
  };
  return writeBook(book);
}

/** A figure is a number; — and parts are told in a column of their own. */
const budgetCells: BudgetCells = (key, budget) => [
  [key, total(budget)],
  ['単位', unit],
  [`${key}の記載`, Array.isArray(budget) ? '内訳あり' : budget === '—' ? '—' : ''],
];

/** One row for each part of an amount. */
const partRows = (edition: Edition): Row[] =>
  measuresOf(edition).flatMap((measure) =>
    edition.years.flatMap((year) =>
      edition.fields.year
        .filter(({ kind }) => kind === 'budget')
        .flatMap(({ key, property }) => {
          const budget = measure.schedule[year]?.[property] as Budget | undefined;
          if (!Array.isArray(budget)) return [];
          return budget.map(({ label, amount }, at) => ({
            ...numberColumns(measure.id),
            ...{ 取組: measure.title, 年度: year, 順: at + 1, 区分: label },
            ...Object.fromEntries(budgetCells(key, amount)),
          }));
        }),
    ),
  );

/** 番号 as a text in front of its parts */
const numbered = (row: Row): Row => ({ 番号: [row.大項目, row.中項目, row.小項目].join('-'), ...row });

/** The western year behind 年度, where it is one */
function dated(row: Row): Row {
  const year = fiscalYear(String(row.年度)) ?? 0;
  return Object.fromEntries(
    Object.entries(row).flatMap(([heading, value]) =>
      heading === '年度'
        ? [
            [heading, value],
            ['西暦年度', year < 1000 ? '' : year],
          ]
        : [[heading, value]],
    ),
  );
}

const head: CellStyle = {
  font: { ...font, bold: true, family: 3, charset: 128 },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E9EDF2' } },
  alignment: { vertical: 'top', wrapText: true },
};
const text: CellStyle = { alignment: { vertical: 'top', wrapText: true }, numFmt: '@' };
const number: CellStyle = { alignment: { vertical: 'top' }, numFmt: '0' };

function tableSheet(name: string, rows: readonly Row[]): NewSheet {
  const headings = Object.keys(rows[0] ?? { 番号: '' });
  return {
    name,
    columns: headings.map((heading) => ({ width: widthOf(heading, rows) })),
    rows: [
      headings.map((value) => ({ value, style: head })),
      ...rows.map((row) =>
        headings.map((heading) => {
          const value = row[heading] ?? '';
          return value === '' ? undefined : { value, style: typeof value === 'number' ? number : text };
        }),
      ),
    ],
    frozenRows: 1,
    headingRow: 0,
    filter: { rows: rows.length + 1, columns: headings.length },
  };
}

/** Wide enough for most of what stands there; what is longer is wrapped. */
function widthOf(heading: string, rows: readonly Row[]): number {
  const longest = rows.reduce((most, row) => Math.max(most, ...lengths(String(row[heading] ?? ''))), 0);
  return Math.min(Math.max(longest, ...lengths(heading)) + 3, 50);
}
const lengths = (value: string): number[] =>
  value.split('\n').map((line) => [...line].reduce((sum, sign) => sum + (sign > '\u02ff' ? 2 : 1), 0));
