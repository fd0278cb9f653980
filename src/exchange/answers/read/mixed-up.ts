// Sheets of which nothing can be believed: columns that nobody can tell, columns that were moved apart.
import type { Fields } from '../../../model/fields.ts';
import type { ReadSheet } from '../../xlsx/book.ts';
import type { BaseRow } from '../base.ts';
import { headings } from '../layout.ts';
import { bare } from './columns.ts';
import type { BaseRows, KeyedRow } from './keyed-row.ts';
import { type Finding, notRead, type WrittenCell } from './told.ts';
import { isSame, rowForm } from './typed.ts';
import { cleaned, shownText, told } from './written.ts';

/** Cells of rows with a key that have neither what went out nor a key: what somebody has written there. */
function written(rows: readonly KeyedRow[]): WrittenCell[] {
  const known = new Set<string>([
    '',
    ...rows.flatMap(({ base }) => (base ? [cleaned(String(base.value ?? '')), bare(base.label)] : [])),
  ]);
  return rows.flatMap(({ cells, key, columns }) =>
    [...cells].flatMap(([column, cell]) => {
      const text = shownText(cell);
      if (column === key.column || (columns && !columns.answer.includes(column))) return [];
      return known.has(text) || known.has(bare(text)) ? [] : [{ row: key.row, column, text }];
    }),
  );
}

/** Rows whose columns cannot be told */
export function withoutColumns(sheet: ReadSheet, all: readonly KeyedRow[]): Finding | undefined {
  const rows = all.filter(({ columns }) => columns === undefined);
  const [first] = rows;
  if (!first) return undefined;
  const { label, answer, present } = headings;
  return {
    ...{ severity: 'error', what: 'columns', sheet: sheet.name, row: first.key.row, column: first.key.column },
    message: `どの列が${label}と${answer}なのかがわからないため、このシートからは何も読んでいません。${notRead(written(rows))}`,
    hint: `見出しを元の「${label}」「${answer}」「${present}」に戻してください。列を消したのなら、元の回答ブックに書き直してください。`,
  };
}

/** Rows of which columns were moved apart: nothing of the sheet can be believed. */
export function mixedUp(
  sheet: ReadSheet,
  rows: readonly KeyedRow[],
  base: BaseRows,
  fields: Fields,
): Finding | undefined {
  return (
    finding(sheet, rows, movedLabels(rows), 'label') ??
    finding(sheet, rows, movedPresents(rows, base), 'present') ??
    finding(sheet, rows, movedAnswers(rows, base, fields), 'answer')
  );
}

/** Rows that show the label of another one */
function movedLabels(rows: readonly KeyedRow[]): KeyedRow[] {
  const labels = new Set(rows.map(({ base }) => bare(base?.label ?? '')));
  return rows.filter((row) => row.otherLabel && labels.has(bare(row.labelText())));
}

/** Rows that show what was in other ones: of another field, or many of them */
function movedPresents(rows: readonly KeyedRow[], base: BaseRows): KeyedRow[] {
  const wrong = rows.filter((row) => {
    const text = row.otherPresent ? row.presentText() : undefined;
    return text !== undefined && (text === '' || row.homesOf(text, base).length > 0);
  });
  return wrong.length > 2 || wrong.some((row) => isForeign(row, row.homesOf(row.presentText(), base))) ? wrong : [];
}

/**
 * Rows whose answer was that of another one, which has it no longer. Texts may change places by intent; what is of another
 * kind, such as an amount in a text, tells that 記入欄 was moved alone. So do two such texts too many.
 */
function movedAnswers(rows: readonly KeyedRow[], base: BaseRows, fields: Fields): KeyedRow[] {
  const inSheet = new Set(rows.map((row) => row.base));
  const changed = new Set(rows.filter((row) => row.changed).map((row) => row.base));
  const hasGone = (home: BaseRow) => changed.has(home) || !inSheet.has(home);
  const astray = rows.flatMap((row) => {
    for (const cell of row.answers) {
      const text = shownText(cell);
      const homes = isSame(cell, row.base?.value) ? [] : row.homesOf(text, base);
      if (isForeign(row, homes) && homes.some(hasGone)) return [{ row, text, homes }];
    }
    return [];
  });
  const hasOtherKind = astray.some(({ row, text, homes }) => {
    const kind = row.base && rowForm(row.base, fields).kind;
    return text !== '—' && homes.every((home) => rowForm(home, fields).kind !== kind);
  });
  const hasPresent = rows.every(({ columns }) => (columns?.present.length ?? 0) > 0);
  return hasOtherKind || astray.length > 2 || !hasPresent ? astray.map(({ row }) => row) : [];
}

/** Whether a text is at home in other fields alone. */
const isForeign = ({ key: { key } }: KeyedRow, homes: readonly BaseRow[]): boolean =>
  homes.length > 0 && homes.every((home) => home.key.field !== key.field);

function finding(
  sheet: ReadSheet,
  all: readonly KeyedRow[],
  [first, ...others]: readonly KeyedRow[],
  kind: 'label' | 'present' | 'answer',
): Finding | undefined {
  if (!first?.base) return undefined;
  const { label, value } = first.base;
  const why = {
    label: `この行の${headings.label}(${told(first.labelText())})と鍵(「${label}」)が合いません`,
    present: `この行の${headings.present}は${told(first.presentText())}で、鍵(「${label}」)の元の${told(value)}と合いません`,
    answer: `「${label}」の${headings.answer}に、ほかの行の元の値${told(shownText(first.answers[0]))}があります`,
  }[kind];
  const count = others.length > 0 ? `(ほか ${others.length} 行も)` : '';
  return {
    ...{ severity: 'error', what: 'mixed', sheet: sheet.name, row: first.key.row },
    column: first.columns?.[kind][0] ?? first.key.column,
    message: `${why}${count}。列の一部だけを並べ替えたか、ずらしたか、写したようです。値を別の欄に入れないように、このシートからは何も読んでいません。${notRead(written(all))}`,
    hint: '並べ替える前に戻すか、元の回答ブックに書き直してください。並べ替えるときは、隠れた列も含めて行全体を並べ替えます。',
  };
}
