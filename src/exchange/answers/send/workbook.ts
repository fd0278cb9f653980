// The workbook that a section fills in: 一覧, a sheet a measure, and hidden the names and the base.
import { type Edition, measuresOf } from '../../../model/edition.ts';
import { eraDate } from '../../../model/era-date.ts';
import type { NameSource } from '../../../model/fields.ts';
import { columnName } from '../../xlsx/book.ts';
import { type NewBook, type NewSheet, quoted } from '../../xlsx/write-book.ts';
import type { Base } from '../base.ts';
import { baseSheet } from '../base-sheet.ts';
import { sheetNames } from '../layout.ts';
import { formOf, rowsOfEdition } from './base-of.ts';
import { measureSheet, type NameRanges } from './measure-sheet.ts';
import { overviewSheet, type Reprint } from './overview-sheet.ts';
import { font } from './styles.ts';

export interface WorkbookRequest {
  /** See baseOfEdition */
  base: Base;
  /** The edition that the base is of */
  edition: Edition;
  /** Names that may be chosen besides those that stand in the edition: those of organization.yaml */
  names: Readonly<Record<Exclude<NameSource, 'plans'>, readonly string[]>>;
  /** 番号 of 再掲 that the section may look for */
  reprints?: readonly string[];
}

/** What names are called in formulas. */
const rangeNames: Readonly<Record<keyof WorkbookRequest['names'], string>> = {
  sections: '課の名前',
  departments: '局部の名前',
};

export function workbookOf({ base, edition, names, reprints = [] }: WorkbookRequest): NewBook {
  const numbers = base.measures.map(({ number }) => number);
  const forms = rowsOfEdition(edition, formOf(edition, base.openYears), numbers);
  const lists = namesOf(edition, names);
  const ranges: NameRanges = Object.fromEntries(
    lists.flatMap(({ source, range, list }) => (list.length > 0 ? [[source, range]] : [])),
  );
  const sheets = base.measures.map((measure) => ({
    measure,
    ...measureSheet(measure, forms.get(measure.number) ?? [], base, ranges),
  }));
  const { year, month } = eraDate(edition.revised) ?? { year: 2000, month: 1 };
  return {
    title: [base.plan, base.title, '回答ブック', ...base.sections].join(' '),
    author: base.publisher,
    date: new Date(Date.UTC(year, month - 1, 1)),
    font,
    sheets: [
      overviewSheet(base, sheets, reprintsOf(edition, reprints)),
      ...sheets.map(({ sheet }) => sheet),
      namesSheet(lists),
      hiddenSheet(sheetNames.base, baseSheet(base)),
    ],
    names: lists.flatMap(({ range, list }, column) =>
      list.length === 0 ? [] : [{ name: range, range: rangeOf(column, list.length) }],
    ),
  };
}

/** The names of each list: those of the organization, then what stands in the edition besides (with a role in front). */
const namesOf = (edition: Edition, names: WorkbookRequest['names']) =>
  (Object.keys(rangeNames) as (keyof typeof rangeNames)[]).map((source) => ({
    ...{ source, range: rangeNames[source] },
    list: [...new Set([...names[source], ...measuresOf(edition).flatMap((measure) => measure[source])])],
  }));

const rangeOf = (column: number, count: number): string => {
  const letter = columnName(column);
  return `${quoted(sheetNames.names)}!$${letter}$2:$${letter}$${count + 1}`;
};

function namesSheet(lists: readonly { range: string; list: readonly string[] }[]): NewSheet {
  const most = Math.max(...lists.map(({ list }) => list.length));
  return hiddenSheet(sheetNames.names, [
    lists.map(({ range }) => range),
    ...Array.from({ length: most }, (_, at) => lists.map(({ list }) => list[at] ?? '')),
  ]);
}

const hiddenSheet = (name: string, rows: readonly (readonly string[])[]): NewSheet => ({
  name,
  hidden: true,
  columns: [{ width: 20 }, { width: 60 }],
  rows: rows.map((row) => row.map((value) => ({ value, style: { protection: { locked: true } } }))),
  protected: true,
});

function reprintsOf(edition: Edition, numbers: readonly string[]): Reprint[] {
  const chosen = new Set(numbers);
  return measuresOf(edition).flatMap(({ id, title, reprintOf }) =>
    reprintOf !== undefined && chosen.has(id) ? [{ number: id, title, target: reprintOf }] : [],
  );
}
