// What stands in a cell of the column 記入欄 as the value of its row, with what is to be told of it.
import { sameLook } from '../../../content/look-alike.ts';
import { nearest } from '../../../content/nearest.ts';
import { nearestMark } from '../../../content/shape.ts';
import type { Field, Fields } from '../../../model/fields.ts';
import type { ReadCell } from '../../xlsx/book.ts';
import type { BaseRow } from '../base.ts';
import { type FormRow, flags, type RowValue } from '../form.ts';
import { amountTyped, type Say, wrong } from './amount-typed.ts';
import { cleaned, dayOf, inLine, isDate, messageOf, plainNumber, shownText, toldCell } from './written.ts';

/** What a row may have in it. */
export interface RowForm {
  kind: FormRow['kind'];
  choices: readonly string[];
  field?: Field;
}

export function rowForm({ key }: Pick<BaseRow, 'key'>, fields: Fields): RowForm {
  const field = (key.year === undefined ? fields.measure : fields.year).find(({ name }) => name === key.field);
  if (!field) return { kind: 'text', choices: [] };
  if (field.kind === 'names') return { kind: 'name', choices: [], field };
  if (field.kind === 'flags') return { kind: 'flag', choices: flags, field };
  if (field.kind === 'choice') return { kind: 'choice', choices: field.choices ?? [], field };
  const isText = typeof key.part === 'object' && key.part.of === '区分';
  return { kind: field.kind === 'budget' && !isText ? 'amount' : 'text', choices: [], field };
}

export type Typed = { value?: RowValue; notice?: string } | { error: Say };

/** Whether a cell shows what the base has, whichever program wrote it again. */
export function isSame(cell: ReadCell | undefined, value: RowValue | undefined): boolean {
  if (cell?.error) return false;
  if (value === undefined || cell === undefined) return value === undefined && shownText(cell) === '';
  if (typeof cell.value === 'number' && typeof value === 'number') return Math.abs(cell.value - value) < 1e-6;
  const text = shownText(cell);
  if (text === cleaned(String(value))) return true;
  if (typeof cell.value === 'number') return plainNumber(cell.value) === value;
  if (typeof cell.value === 'boolean') return text === String(value).toUpperCase();
  if (typeof value === 'number' || value === '—') {
    const typed = amountTyped(cell, '');
    return 'value' in typed && typed.value === value;
  }
  return false;
}

/** What stands in a cell that is not blank and not as in the base. */
export function typedOf(cell: ReadCell, row: BaseRow, form: RowForm): Typed {
  const { label } = row;
  if (cell.error)
    return wrong(
      `「${label}」の値が計算の誤り(${shownText(cell)})になっています。`,
      '数式を消し、値を打ち直してください。',
    );
  const typed = ofKind(cell, label, form);
  if ('error' in typed || cell.formula === undefined) return typed;
  const result = `数式(=${short(cell.formula)})の結果の${toldCell(cell)}を値として読みました。`;
  return { ...typed, notice: `${result}${typed.notice ?? ''}` };
}

const short = (formula: string) => (formula.length > 40 ? `${formula.slice(0, 40)}…` : formula);

function ofKind(cell: ReadCell, label: string, form: RowForm): Typed {
  if (form.kind === 'amount') return amountTyped(cell, label);
  if (isDate(cell.value)) return dateTyped(cell, cell.value, label);
  if (form.kind === 'choice' || form.kind === 'flag') return choiceTyped(cell, label, form);
  const value = form.kind === 'name' ? shownText(cell).trim() : shownText(cell);
  if (typeof cell.value === 'string' || (typeof cell.value === 'number' && value === plainNumber(cell.value)))
    return { value };
  return { value, notice: `表示されているとおりの${toldCell(cell)}を文字として読みました。` };
}

function dateTyped(cell: ReadCell, value: { date: string }, label: string): Typed {
  const shown = shownText(cell);
  const readings = shown === dayOf(value) ? `「${shown}」` : `「${shown}」と表示される日付 ${dayOf(value)} `;
  return wrong(
    `「${label}」に打った文字を、表計算ソフトが日付に変えています。${readings}なのか、1-1-2 や 3/4 のような文字なのかがわかりません。`,
    "先頭に ' を付けて打ち直すか、セルの表示形式を「文字列」にしてから打ち直してください。",
  );
}

function choiceTyped(cell: ReadCell, label: string, { choices, field, kind }: RowForm): Typed {
  const actual = shownText(cell);
  const isSign = kind === 'flag' || field?.signs === true;
  const plain = actual.normalize('NFKC').trim();
  const exact = [actual, plain].find((text) => choices.includes(text));
  // ● and ▲ are as likely a sign of their own as a slip of ○ and △: as in `check --fix`.
  const alike = isSign
    ? (nearestMark(actual, choices).nearest ?? nearestMark(plain, choices).nearest)
    : sameLook(actual, choices);
  const value = exact ?? (/[●▲]/.test(actual) ? undefined : alike);
  if (value !== undefined)
    return value === actual ? { value } : { value, notice: `${toldCell(cell)}を${value}と読みました。` };
  const code = field?.signs ? 'unknown-mark' : 'unknown-value';
  const expected = choices.join(isSign ? ' ' : '、');
  const near = alike === undefined ? nearest(actual, choices) : { nearest: alike };
  const said = messageOf(code, { subject: label, actual: inLine(actual), expected, ...near });
  const meant = near.nearest === undefined ? '' : `「${near.nearest}」の間違いではありませんか。`;
  return wrong(
    `${said}${field?.signs ? '' : `書けるのは ${expected} です。`}`,
    `${meant}セルの一覧から選び直してください。${field?.signs ? '文は「内容」に書きます。' : ''}`,
  );
}
