// One row: what stands in its cells, given to the fields of its measure.
import { units } from '../../model/amounts.ts';
import { type Field, fieldOf } from '../../model/fields.ts';
import type { Measure } from '../../model/measure.ts';
import type { Filled, Row } from './row.ts';
import { placeAt, plain, quoted, type Table, textAt } from './table.ts';
import { departmentIn, flagOf, kindOf, namesOf, numberOf, yearIn } from './values.ts';
import { fillPart, fillParts, fillYear } from './year-cells.ts';

export function fillCells(given: Omit<Row, 'year' | 'unit'>): void {
  const { mapped, gathered, row } = given;
  const { table, columns } = mapped;
  const below = (to: string) => {
    const column = columns.find(({ target }) => target.to === to);
    return column ? mergedText(table, row, column.index).text : '';
  };
  const year = yearOf(below('year'), mapped.own);
  if (year !== undefined) gathered.years.add(year);
  const of: Row = { ...given, unit: plain(below('unit')), ...(year === undefined ? {} : { year }) };
  if (columns.some(({ target }) => target.to === 'part')) {
    fillPart(of);
    return;
  }
  // The parts of an amount come behind its sum, wherever their column stands.
  for (const column of columns.toSorted((a, b) => Number(a.target.to === 'parts') - Number(b.target.to === 'parts'))) {
    const { row: from, text } = mergedText(table, row, column.index);
    const cell = table.rows.get(from)?.get(column.index);
    if ((text === '' && cell?.formula === undefined) || (from !== row && of.continues)) continue;
    const place = placeAt(table, from, column.index);
    if (text === '')
      gathered.tell(
        'error',
        place,
        `${column.heading}の数式は、計算された値がファイルにないため、読み込んでいません。Excel で開いて保存し直してください。`,
      );
    else if (cell?.error)
      gathered.tell('error', place, `${column.heading}の${quoted(text)}は計算の誤りなので、読み込んでいません。`);
    else {
      if (cell?.formula !== undefined) gathered.count('数式は、計算された値を読みました', place);
      fillCell(of, { column, text, place });
    }
  }
  const unitColumn = columns.find(({ target }) => target.to === 'unit');
  if (unitColumn && of.unit !== '' && units[of.unit] === undefined && !of.unitIsUsed)
    gathered.tell(
      'error',
      placeAt(table, row, unitColumn.index),
      `${unitColumn.heading}${quoted(of.unit)}は、後ろに付ける数がないため読み込んでいません。`,
    );
}

const yearOf = (text: string, isLiteral: boolean): string | undefined => {
  if (text === '') return undefined;
  const named = isLiteral ? undefined : yearIn(text);
  return named?.rest === '' ? named.year : text.replaceAll('\n', '');
};

/** What a cell shows; of cells that are one, each shows what the first has. */
function mergedText(table: Table, row: number, column: number): { row: number; text: string } {
  const own = textAt(table, row, column);
  if (own !== '') return { row, text: own };
  const merge = table.merges.find(
    (one) => one.startCol <= column && column <= one.endCol && one.startRow < row && row <= one.endRow,
  );
  return merge ? { row: merge.startRow, text: textAt(table, merge.startRow, merge.startCol) } : { row, text: '' };
}

function fillCell(of: Row, filled: Filled): void {
  const { gathered, draft } = of;
  const { column, text, place } = filled;
  const { target } = column;
  if (target.to === 'field') fillField(of, target.field, filled);
  else if (target.to === 'year-field') fillYear(of, target.field, filled);
  else if (target.to === 'parts' || target.to === 'written') fillParts(of, filled);
  else if (target.to === 'plan') {
    const flag = flagOf(text);
    if (flag === undefined)
      gathered.tell(
        'error',
        place,
        `関連計画 ${target.name} の${quoted(text)}は読み込んでいません。○ か × が入ります。`,
      );
    else draft.plans ??= new Set();
    if (flag) draft.plans?.add(target.name);
  } else if (target.to === 'indicators') {
    for (const { label, year } of target.labels) gathered.labels.set(label, year);
    gathered.put(draft, fieldOf(gathered.fields.measure, 'indicators'), text, place, of.continues);
  } else if (target.to === 'indicator') fillIndicator(of, target.label, filled);
  else if (target.to === 'edition') {
    const known = gathered.edition.get(target.key);
    if (!known) gathered.edition.set(target.key, { value: text, place });
    else if (known.value !== text)
      gathered.tell(
        'error',
        place,
        `${target.key}${quoted(text)}は読み込んでいません。${known.place} では${quoted(known.value)}です。`,
      );
  }
  // Numbers, and names of 大項目 and 中項目, are read with the row.
}

/** A value with its unit and 年度, as 現状・実績・目標 has it: 587件(R1) */
function fillIndicator(of: Row, label: string, { column: { year }, text }: Filled): void {
  const { gathered, draft, unit } = of;
  const isBare = unit !== '' && units[unit] === undefined && /^[\d.,]+$/.test(plain(text));
  const value = isBare ? text + unit : text;
  if (isBare) of.unitIsUsed = true;
  if (year === undefined) draft.indicators.push(`${label} ${value}`);
  else {
    gathered.labels.set(label, gathered.labels.get(label) ?? year);
    draft.indicators.push(`${value}(${year})`);
  }
}

function fillField(of: Row, field: Field<keyof Measure>, { text, place }: Filled): void {
  const { gathered, draft, continues } = of;
  const refuse = (expected: string) =>
    gathered.tell('error', place, `${field.name}の${quoted(text)}は読み込んでいません。${expected}が入ります。`);
  // Our own export joins names by 、, which none of them has.
  if (field.kind === 'names') fillNames(of, field, of.mapped.own ? text.replaceAll('、', '\n') : text, place);
  else if (field.kind === 'flags') {
    draft.plans ??= new Set();
    for (const name of namesOf(text)) {
      if (flagOf(name) !== undefined) continue;
      gathered.plans.add(name);
      draft.plans.add(name);
    }
  } else if (field.kind === 'number') {
    // As our own export has it: 取組1-1-2
    const read = numberOf(text.split(/\s/)[0]?.replace(/^取組/, '') ?? '');
    if (read) gathered.put(draft, field, read.number, place, false);
    else refuse('再掲先の番号(例: 1-1-2)');
  } else if (field.kind === 'choice') {
    const kind = kindOf(text);
    if (kind !== undefined) gathered.put(draft, field, kind, place, false);
    else refuse(`${field.choices?.join(' か ')} `);
  } else gathered.put(draft, field, text, place, continues);
}

function fillNames({ mapped, gathered, draft }: Row, field: Field<keyof Measure>, text: string, place: string): void {
  const names = mapped.own ? text.split('\n') : namesOf(text);
  const hasDepartments = mapped.columns.some(
    ({ target }) => target.to === 'field' && target.field.property === 'departments',
  );
  if (mapped.own || hasDepartments || field.property !== 'sections') {
    gathered.put(draft, field, names, place, false);
    return;
  }
  // One column for both: 総務部 情報政策課
  const split = names.map((name) => departmentIn(name) ?? { section: name, department: undefined });
  const departments = [...new Set(split.flatMap(({ department }) => department ?? []))];
  if (departments.length > 0) {
    gathered.count('担当の欄の名前を、空白の前の局・部と、後ろの課とに分けました', place);
    gathered.put(draft, fieldOf(gathered.fields.measure, 'departments'), departments, place, false);
  }
  gathered.put(draft, field, [...new Set(split.map(({ section }) => section))], place, false);
}
