// What stands in the cells of a 年度.
import { sumOf, units } from '../../model/amounts.ts';
import { type Field, fieldOf } from '../../model/fields.ts';
import type { Budget, YearEntry } from '../../model/measure.ts';
import type { Column } from './columns.ts';
import { entryOf } from './drafts.ts';
import type { Filled, Row } from './row.ts';
import { placeAt, plain, quoted, textAt, textOf } from './table.ts';
import { amountOf, markOf, partsOf } from './values.ts';

export function fillYear(of: Row, field: Field<keyof YearEntry>, filled: Filled): void {
  const { gathered, draft, continues } = of;
  const { column, text, place } = filled;
  const year = column.year ?? of.year;
  if (year === undefined)
    gathered.tell('error', place, `${column.heading}${quoted(text)}は、年度が分からないため読み込んでいません。`);
  else if (field.kind === 'choice') fillMark(of, field as Field<'mark'>, year, filled);
  else if (field.kind === 'budget') fillBudget(of, field as Field<'budget'>, year, filled);
  else gathered.putYear(draft, year, field as Field<'plan'>, text, place, continues);
}

/** A sign, however it looks; a word says what is done, and is 内容. */
function fillMark({ gathered, draft }: Row, field: Field<'mark'>, year: string, { text, place }: Filled): void {
  const mark = markOf(text);
  if (mark !== undefined) {
    if (mark !== plain(text)) gathered.count(`${field.name}の${quoted(text)}を ${mark} と読みました`, place);
    gathered.putYear(draft, year, field, mark, place, false);
    return;
  }
  const plan = fieldOf(gathered.fields.year, 'plan');
  const marks = field.choices?.join(' ');
  const message = `${year} の${field.name}${quoted(text)}は ${marks} のどれでもないため、${year} の${plan.name}に入れました。`;
  gathered.tell('warning', place, message);
  gathered.putYear(draft, year, plan, text, place, true);
}

function fillBudget(of: Row, field: Field<'budget'>, year: string, { column, text, place }: Filled): void {
  const { mapped, gathered, draft } = of;
  const cell = mapped.table.rows.get(of.row)?.get(column.index);
  // As it is, not as it is shown: rounded.
  const figure = typeof cell?.value === 'number' ? String(cell.value) : cell ? textOf(cell) : text;
  const unit = column.unit ?? units[of.unit] ?? mapped.assumedUnit;
  const parts = figure.includes('\n') ? partsOf(figure, unit) : undefined;
  const read = parts ? { amount: parts } : amountOf(figure, unit);
  if ('problem' in read) {
    gathered.tell('error', place, `${year} の${field.name}: ${read.problem}読み込んでいません。`);
    return;
  }
  if (/円$/.test(plain(figure)))
    gathered.count(`${field.name}の${quoted(figure)}を ${read.amount} 千円と読みました`, place);
  if (unit === undefined && typeof read.amount === 'number' && !/円/.test(plain(figure)))
    gathered.count(`${field.name}の単位が書かれていないため、千円と読みました`, place);
  const known = entryOf(draft, year).budget;
  // The sum of parts that are there already
  if (Array.isArray(known) && read.amount === sumOf(known)) return;
  gathered.putYear(draft, year, field, read.amount, place, false);
}

/** The parts of an amount, of which another column has the sum; or — instead of one. */
export function fillParts({ gathered, draft, year }: Row, { column, text, place }: Filled): void {
  if (year === undefined) return;
  const entry = entryOf(draft, year);
  const budget = markOf(text) === '—' ? '—' : partsOf(text);
  if (budget === '—' && entry.budget === undefined) entry.budget = budget;
  else if (Array.isArray(budget)) {
    const sum = sumOf(budget);
    if (typeof entry.budget === 'number' && entry.budget !== sum)
      gathered.tell(
        'warning',
        place,
        `予算額の内訳の合計(${sum})が、予算額(${entry.budget})と違います。内訳を読み込みました。`,
      );
    entry.budget = budget;
  } else if (column.target.to === 'parts')
    gathered.tell(
      'error',
      place,
      `予算額の内訳${quoted(text)}は読み込んでいません。「課の名前: 額」を1行に1つ書きます。`,
    );
}

/** One part of an amount, in a row of its own. */
export function fillPart({ mapped: { table, columns }, gathered, row, draft, year }: Row): void {
  const at = (isIt: (column: Column) => boolean) => {
    const column = columns.find(isIt);
    return column ? textAt(table, row, column.index) : '';
  };
  const label = at(({ target }) => target.to === 'part' && target.of === 'label');
  const figure = at(({ target }) => target.to === 'part' && target.of === 'amount');
  const read = amountOf(figure || at(({ target }) => target.to === 'written'));
  if (year === undefined || label === '' || !('amount' in read)) {
    const place = placeAt(table, row);
    gathered.tell(
      'error',
      place,
      `予算額の内訳${quoted(`${label} ${figure}`)}は読み込んでいません。年度、区分、額 が要ります。`,
    );
    return;
  }
  const entry = entryOf(draft, year);
  const parts: Budget = Array.isArray(entry.budget) ? entry.budget : [];
  entry.budget = [...parts, { label, amount: read.amount }];
}
