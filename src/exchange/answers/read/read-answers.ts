// What an answer workbook says: rows are found by their keys wherever they stand, and believed only where 項目 and いまの内容
// belong to the key.

import { keyOf } from '../../../compare/cells.ts';
import type { KnownNames } from '../../../compare/renames.ts';
import type { Fields } from '../../../model/fields.ts';
import { groupedBy } from '../../../model/grouped-by.ts';
import { oneLine } from '../../../model/names.ts';
import { cellName, type ReadBook, type ReadSheet } from '../../xlsx/book.ts';
import type { Answer, Answers, Told } from '../answers.ts';
import type { Base, BaseMeasure, BaseRow } from '../base.ts';
import { baseOf } from '../base-sheet.ts';
import { cellsOfRows, type FormProblem } from '../form.ts';
import { keyText } from '../key.ts';
import { bandTitle, headings, headTexts, sheetNames } from '../layout.ts';
import { chosenPlaces } from './chosen.ts';
import { headingRows, keyedCells } from './columns.ts';
import type { BaseRows, Place } from './keyed-row.ts';
import { sheetRows } from './sheet-rows.ts';
import { namesFields, splitNames } from './split-names.ts';
import { commentsTold, type Finding, grouped, notRead } from './told.ts';
import { isSame, rowForm, typedOf } from './typed.ts';
import { cleaned, shownText, told } from './written.ts';

/** The second for what is no answer workbook. */
export function readAnswers(
  file: string,
  book: ReadBook,
  fields: Fields,
  known: Partial<KnownNames> = {},
): Answers | { file: string; told: Told[] } {
  const base = baseOf(book);
  if (base === undefined || base === 'damaged') return { file, told: [withoutBase(file, book, base)] };
  return answersOf(file, book, base, fields, known);
}

function withoutBase(file: string, book: ReadBook, base: 'damaged' | undefined): Told {
  const hint = `書き出した回答ブックに書き直すか、その「${sheetNames.base}」のシート(隠れています)を消さずに保存し直したものを入れてください。`;
  if (base === 'damaged')
    return {
      severity: 'error',
      file,
      message: `回答ブックの隠れたシート「${sheetNames.base}」が書きかえられています。何から作ったブックかがわからないため、読めません。`,
      hint,
    };
  return book.sheets.some((sheet) => keyedCells(sheet).length > 0)
    ? {
        severity: 'error',
        file,
        message: `回答ブックの隠れたシート「${sheetNames.base}」がありません。何から作ったブックかがわからないため、読めません。`,
        hint,
      }
    : {
        ...{ severity: 'error', file },
        message: '回答ブックではありません(取組のシートも、何から作ったかを書いたシートもありません)。',
        hint: 'npx shisakushu export xlsx で書き出した回答ブックを入れてください。',
      };
}

export function answersOf(
  file: string,
  book: ReadBook,
  base: Base,
  fields: Fields,
  known: Partial<KnownNames> = {},
): Answers {
  const baseRows = rowsOfBase(base);
  const findings: Finding[] = [];
  const ignored: Told[] = [];
  const places: Place[] = [];
  const seen = new Set<string>();
  for (const sheet of book.sheets) {
    const read = sheetRows(sheet, baseRows, fields);
    if (read) {
      places.push(...read.places);
      for (const text of read.seen) seen.add(text);
      findings.push(...read.findings);
    } else if (sheet.rows.size > 0 && !isOwn(sheet)) ignored.push(withoutKeys(file, sheet));
    if (sheet.comments) ignored.push(commentsTold(file, sheet.name, sheet.comments));
  }
  const chosen = chosenPlaces(places, findings);
  const given = new Map<string, Answer>();
  for (const [text, place] of chosen) {
    const answer = answerOf(place, fields, findings);
    if (answer) given.set(text, answer);
  }
  const missing = base.measures.flatMap((measure) => missingRows(file, measure, seen));
  const lists = namesFields(fields, known);
  for (const measure of base.measures) {
    splitNames(measure, given, chosen, lists, findings);
    partsOf(measure, given, chosen, fields, findings);
  }
  return { file, base, given, told: [...grouped(file, findings), ...missing, ...ignored] };
}

function rowsOfBase({ measures, sections, years, openYears }: Base): BaseRows {
  const homes = measures.map(({ number, rows }) => {
    const filled = rows.filter(({ value }) => value !== undefined);
    return [number, groupedBy(filled, ({ value }) => cleaned(String(value)))] as const;
  });
  return {
    rows: new Map(measures.flatMap(({ rows }) => rows.map((row) => [keyText(row.key), row] as const))),
    numbers: new Set(measures.map(({ number }) => number)),
    around: new Set(
      [
        ...Object.values(headTexts),
        ...[sections.join('、'), ...measures.flatMap(({ number, title }) => [number, title])],
        ...[undefined, ...years].map((year) => bandTitle(year, openYears)),
      ].map(cleaned),
    ),
    homes: new Map(homes),
  };
}

function withoutKeys(file: string, sheet: ReadSheet): Told {
  if (headingRows(sheet, []).length > 0)
    return {
      ...{ severity: 'error', file, sheet: sheet.name },
      message: `隠れた列「${headings.key}」がないため、どの行が何の欄かがわからず、このシートからは何も読んでいません。`,
      hint: `元の回答ブックのシートの${headings.answer}に書き直してください。要らない写しなら、このシートを消してください。`,
    };
  return {
    ...{ severity: 'warning', file, sheet: sheet.name },
    message: '取組のシートではないため、読んでいません。',
    hint: `回答なら、取組のシートの${headings.answer}に書いてください。覚え書きなら、このままで構いません。`,
  };
}

/** Sheets of ours without keys, whose names may be others now. */
const isOwn = (sheet: ReadSheet): boolean =>
  Object.values(sheetNames).some((name) => name === sheet.name) || baseOf({ sheets: [sheet] }) !== undefined;

function answerOf(place: Place, fields: Fields, findings: Finding[]): Answer | undefined {
  const { base, cell, sheet, row, column } = place;
  const answer: Answer = { key: base.key, sheet, cell: cellName(row, column) };
  const tell = (severity: Finding['severity'], what: string, message: string, hint: string) =>
    void findings.push({ severity, what, sheet, row, column, message, hint });
  if (isSame(cell, base.value)) return base.value === undefined ? answer : { ...answer, value: base.value };
  if (!base.open) {
    tell(
      ...(['error', 'closed'] as const),
      `「${base.label}」は閉じた年度の欄で、書きかえられません(元は${told(base.value)}、いまは${told(shownText(cell))})。`,
      `${told(base.value)}に戻してください。直す必要があるときは、取りまとめの担当に知らせてください。`,
    );
    return undefined;
  }
  if (cell === undefined || (shownText(cell) === '' && !cell.error)) {
    tell(
      'warning',
      'emptied',
      `「${base.label}」を空欄にします(元は${told(base.value)})。`,
      `消すつもりがなければ、元に戻してください。${headings.present}から写せます。`,
    );
    return answer;
  }
  const typed = typedOf(cell, base, rowForm(base, fields));
  if ('error' in typed) {
    tell('error', `typed ${base.key.field} ${shownText(cell)}`, typed.error.message, typed.error.hint);
    return undefined;
  }
  const value = isSame({ value: typed.value ?? '' }, base.value) ? base.value : typed.value;
  if (typed.notice !== undefined && value !== base.value)
    tell('warning', `read ${base.key.field}`, `「${base.label}」の${typed.notice}`, '違うときは、書き直してください。');
  return value === undefined ? answer : { ...answer, value };
}

/** Rows that are not in the workbook at all. */
function missingRows(file: string, { number, title, rows }: BaseMeasure, seen: ReadonlySet<string>): Told[] {
  const missing = rows.filter((row) => row.open && !seen.has(keyText(row.key)));
  if (missing.length === 0) return [];
  const all = missing.length === rows.filter(({ open }) => open).length;
  return [
    {
      ...{ severity: 'warning', file },
      message: all
        ? `取組 ${number}(${oneLine(title)})の行がありません。回答されていないものとして、元のままにします。`
        : `取組 ${number} の ${missing.map(({ label }) => label).join('、')} の行がありません。回答されていないものとして、元のままにします。`,
      hint: '回答するときは、元の回答ブックに書いてください。',
    },
  ];
}

/** What keeps an amount and its parts from being one value; told where something of it was changed. */
function partsOf(
  { number, rows }: BaseMeasure,
  given: Map<string, Answer>,
  places: ReadonlyMap<string, Place>,
  fields: Fields,
  findings: Finding[],
): void {
  const valueNow = (row: BaseRow) => {
    const answer = given.get(keyText(row.key));
    return answer ? answer.value : row.value;
  };
  const { problems } = cellsOfRows(
    rows.map((row) => ({ key: row.key, value: valueNow(row) })),
    fields,
  );
  for (const { why, key } of problems) {
    const group = rows.filter((row) => keyOf(row.key) === keyOf(key));
    const changed = group
      .filter((row) => valueNow(row) !== row.value)
      .flatMap((row) => places.get(keyText(row.key)) ?? []);
    const [first] = changed;
    const label = group.find((one) => keyText(one.key) === keyText(key));
    if (!first || !label) continue;
    const { sheet, row, column } = places.get(keyText(key)) ?? first;
    const { message, hint } = partsProblem(why, label);
    const lost = changed.map((place) => ({ ...place, text: shownText(place.cell) }));
    findings.push({
      severity: 'error',
      what: `parts ${number}`,
      sheet,
      row,
      column,
      message: `${message}${notRead(lost)}`,
      hint,
    });
    // What is wrong with a value is told once.
    for (const one of group) given.delete(keyText(one.key));
  }
}

function partsProblem(why: FormProblem['why'], { label, key }: BaseRow): { message: string; hint: string } {
  if (why === 'both')
    return {
      message: `「${label}」と、その内訳の両方に書かれています。書けるのはどちらかです。`,
      hint: `1つの額なら内訳を空欄に、分けるなら「${label}」を空欄にしてください。`,
    };
  const other = typeof key.part === 'object' && key.part.of === '額' ? '区分' : '額';
  return {
    message: `「${label}」が空欄ですが、同じ内訳の${other}が書かれています。`,
    hint: '内訳は、区分と額の両方を書くか、両方を空欄にしてください。',
  };
}
