// 一覧: the first sheet of an answer workbook.
import { type NewCell, type NewRow, type NewSheet, quoted } from '../../xlsx/write-book.ts';
import type { Base, BaseMeasure } from '../base.ts';
import { dueMark, headings, sheetNames } from '../layout.ts';
import { firstRow, type MeasureSheet, paper } from './measure-sheet.ts';
import { colors, style } from './styles.ts';

/** A 再掲 whose content follows another measure. */
export interface Reprint {
  number: string;
  title: string;
  target: string;
}

export function overviewSheet(
  base: Base,
  sheets: readonly (MeasureSheet & { measure: BaseMeasure })[],
  reprints: readonly Reprint[],
): NewSheet {
  const hasDue = sheets.some(({ measure }) => measure.rows.some(({ due }) => due));
  const rows: NewRow[] = [
    [{ value: `${base.plan} ${base.title} 回答ブック`, style: style({ bold: true, size: 14 }) }],
    [{ value: [`${base.revised}改定`, ...base.sections].join(' '), style: style({ color: colors.faint }) }],
    [],
    ...howTo(base, hasDue).map((value): NewRow => [{ value, style: style({}) }]),
    [],
  ];
  const headingRow = rows.length;
  rows.push(heading(['番号', '取組', '担当課', '記入するもの', '要記入', '記入済み', '書きかえ']));
  const first = rows.length;
  rows.push(...sheets.map(measureRow));
  rows.push(totalRow(first, rows.length, sheets));
  if (reprints.length > 0) {
    rows.push([], [{ value: '再掲の取組(シートはありません)', style: style({ bold: true }) }]);
    rows.push(heading(['番号', '取組', 'どこに書くか']));
    rows.push(...reprints.map((reprint) => reprintRow(reprint, sheets)));
  }
  return {
    name: sheetNames.overview,
    columns: [8, 25, 14, 18, 8, 8, 8].map((width) => ({ width })),
    rows,
    headingRow,
    protected: true,
    paper: paper(base, base.sections.join('、')),
  };
}

const howTo = ({ years, openYears }: Base, hasDue: boolean): string[] => [
  '記入のしかた',
  `1. 番号を押すと、その取組のシートが開きます。「${headings.answer}」だけを書きかえてください。「${headings.present}」は見くらべるためのものです。`,
  ...(hasDue
    ? [`2. 項目に${dueMark}とある黄色の欄を記入してください。ほかの欄も、直すところがあれば書きかえてください。`]
    : ['2. 直すところがあれば書きかえてください。']),
  '3. 書くことがないときは — と書きます。空欄は「まだ記入していない」ことを表します。セルの中の改行は Alt+Enter です。',
  ...(openYears.length < years.length
    ? [`4. 書きかえられる年度は ${openYears.join('、') || 'ありません'} です。`]
    : []),
  '終わったら、ファイルの形式を変えずに(.xlsx のまま)保存して返してください。',
];

const heading = (texts: readonly string[]): NewCell[] =>
  texts.map((value) => ({
    value,
    style: style({ fill: colors.heading, bold: true, box: true, wrap: true }),
  }));

function measureRow({ measure, start, last }: MeasureSheet & { measure: BaseMeasure }): NewRow {
  const { number, title, rows } = measure;
  const due = rows.filter((row) => row.due);
  const sections = rows.flatMap(({ key, value }) => (key.field === '担当課' && value !== undefined ? [value] : []));
  const range = (column: string) => `${quoted(number)}!$${column}$${firstRow + 1}:$${column}$${last + 1}`;
  const isDue = `ISNUMBER(SEARCH("${dueMark}",${range('B')}))`;
  const link = `${quoted(number)}!${start}`;
  const look = { box: true, wrap: true };
  // As texts: LibreOffice finds no two numbers the same in EXACT of ranges.
  const count = style({ ...look, align: 'center', format: '0' });
  return [
    { value: number, style: style({ ...look, color: colors.link, underline: true, format: '@' }), link },
    { value: title.replaceAll('\n', ' '), style: style(look) },
    { value: sections.join('、'), style: style(look) },
    { value: due.map(({ label }) => label).join('、') || '—', style: style(look) },
    { value: due.length, formula: `SUMPRODUCT(${isDue}*1)`, style: count },
    { value: 0, formula: `SUMPRODUCT(${isDue}*(1-ISBLANK(${range('C')})))`, style: count },
    { value: 0, formula: `SUMPRODUCT(1-EXACT(${range('C')}&"",${range('D')}&""))`, style: count },
  ];
}

function totalRow(first: number, end: number, sheets: readonly { measure: BaseMeasure }[]): NewRow {
  const due = sheets.reduce((sum, { measure }) => sum + measure.rows.filter((row) => row.due).length, 0);
  const look = { fill: colors.label, bold: true, box: true };
  const sum = (column: string, value: number): NewCell => ({
    ...{ value, formula: `SUM(${column}${first + 1}:${column}${end})` },
    style: style({ ...look, align: 'center', format: '0' }),
  });
  const blank = { style: style(look) };
  return [{ value: '合計', style: style(look) }, blank, blank, blank, sum('E', due), sum('F', 0), sum('G', 0)];
}

function reprintRow(
  { number, title, target }: Reprint,
  sheets: readonly (MeasureSheet & { measure: BaseMeasure })[],
): NewRow {
  const sheet = sheets.find(({ measure }) => measure.number === target);
  const look = { box: true, wrap: true };
  return [
    { value: number, style: style({ ...look, format: '@' }) },
    { value: title.replaceAll('\n', ' '), style: style(look) },
    sheet
      ? {
          value: `${target} に書きます`,
          style: style({ ...look, color: colors.link, underline: true }),
          link: `${quoted(target)}!${sheet.start}`,
        }
      : { value: `${target}(別の課の回答ブック)`, style: style(look) },
  ];
}
