// An amount in 千円 from what was typed: taken where there is one right reading.
import { budgetForm } from '../../../content/budget-form.ts';
import { grouped, inThousands, type Unit, units } from '../../../model/amounts.ts';
import type { Amount } from '../../../model/measure.ts';
import type { ReadCell } from '../../xlsx/book.ts';
import { dayOf, inLine, isDate, messageOf, plainNumber, shownText, toldCell } from './written.ts';

/** What is said of a cell: what is wrong and was expected, and what to do next. */
export interface Say {
  message: string;
  hint: string;
}

export type TypedAmount = { value: Amount; notice?: string } | { error: Say };

const dash = /^(?:[-\u2010-\u2015\u2212\u2500\u30fc\uff0d\uff70一]+|なし|無し|無|ナシ)$/;
const hint =
  '千円単位の0以上の整数を、数字だけで書き直してください(例: 1914)。額がない年度は — と書き、まだ決まっていなければ空欄にします。';

export function amountTyped(cell: ReadCell, label: string): TypedAmount {
  const { value, format, shown } = cell;
  if (isDate(value)) {
    const also = shown !== undefined && shown !== dayOf(value) ? `「${shown}」と表示される` : '';
    return wrong(
      `「${label}」が日付になっています。${also}日付 ${dayOf(value)} なのか、額として打った数なのかがわかりません。`,
      `セルの表示形式を「標準」に直してから、${hint}`,
    );
  }
  if (typeof value === 'boolean') return notAmount(cell, label);
  if (typeof value === 'string') return textTyped(value, cell, label);
  if (format?.includes('%'))
    return wrong(
      `「${label}」が百分率(${shown ?? `${plainNumber(value * 100)}%`})になっています。${plainNumber(value)} なのか ${plainNumber(value * 100)} なのかがわかりません。`,
      `セルの表示形式を「標準」に直してから、${hint}`,
    );
  if (!Number.isSafeInteger(Math.round(value))) return notAmount(cell, label);
  const typed = numberTyped(value, label);
  if ('error' in typed || shown === undefined) return typed;
  // A format may show another amount than the one that stands there: thousands, yen.
  const seen = readingOf(shown);
  return seen === undefined || Math.abs(seen - value) < 0.5
    ? typed
    : wrong(
        `「${label}」は「${shown}」と表示されていますが、入っている数は ${grouped(plainNumber(value))} です。千円で ${grouped(plainNumber(seen))} なのか ${grouped(plainNumber(value))} なのかがわかりません。`,
        `セルの表示形式を「標準」に直してから、${hint}`,
      );
}

function numberTyped(value: number, label: string): TypedAmount {
  const whole = Math.round(value);
  if (value < 0 && whole !== 0) return negative(plainNumber(value), label);
  if (Math.abs(value - whole) > 1e-6) return fraction(value, label);
  return value === whole ? { value: whole } : { value: whole, notice: `「${value}」を ${whole}(千円)と読みました。` };
}

function textTyped(text: string, cell: ReadCell, label: string): TypedAmount {
  const plain = text.normalize('NFKC').trim();
  if (text === '—') return { value: '—' };
  if (dash.test(plain)) return { value: '—', notice: `${toldCell(cell)}を — と読みました。` };
  if (/^[-−‐–▲△▼](?: ?[¥\\])? ?\d/.test(plain) || /^\([\d,]+\)$/.test(plain)) return negative(plain, label);
  const amount = readingOf(plain);
  if (amount === undefined) return notAmount(cell, label);
  const whole = Math.round(amount);
  if (!Number.isSafeInteger(whole)) return notAmount(cell, label);
  if (Math.abs(amount - whole) > 1e-6)
    return /円$|^[¥\\]/.test(plain) ? notWhole(plain, amount, label) : fraction(amount, label);
  return text === String(whole)
    ? { value: whole }
    : { value: whole, notice: `${toldCell(cell)}を ${whole}(千円)と読みました。` };
}

/** 千円 of 1,914 or ¥1,914,000 or 1914千円; undefined for what is none. */
function readingOf(text: string): number | undefined {
  const plain = text.normalize('NFKC').trim();
  const [, yen = '', digits = '', rest = '', unit = ''] =
    /^([¥\\]?) ?(\d{1,3}(?:,\d{3})+|\d+)((?:\.\d+)?(?:[eE]\+?\d{1,2})?) ?((?:千|万|百万|億)?円)?$/.exec(plain) ?? [];
  if (digits === '' || (yen !== '' && unit !== '' && unit !== '円')) return undefined;
  const number = Number(digits.replaceAll(',', '') + rest);
  return inThousands(number, units[unit || (yen === '' ? '千円' : '円')] as Unit);
}

export const wrong = (message: string, hint: string): { error: Say } => ({ error: { message, hint } });

const notAmount = (cell: ReadCell, label: string): TypedAmount => {
  const text = shownText(cell);
  return wrong(
    messageOf('not-an-amount', { subject: label, actual: inLine(text) }),
    budgetForm(text) === undefined
      ? hint
      : '課ごとに額を分けるときは、内訳の行に区分と額を書き、この欄は空欄にします。内訳の行がなければ、取りまとめの担当に知らせてください。',
  );
};

const negative = (text: string, label: string): TypedAmount =>
  wrong(`「${label}」の「${text}」は0より小さい額です。書けるのは千円単位の0以上の整数か — です。`, hint);

/** 0.5: of 千円 or of 百万円 */
const fraction = (value: number, label: string): TypedAmount =>
  wrong(
    `「${label}」の「${plainNumber(value)}」は整数ではありません。千円なら ${grouped(plainNumber(Math.round(value * 1000)))}円、百万円なら ${grouped(plainNumber(Math.round(value * 1000)))}千円です。`,
    hint,
  );

/** An amount in 円 that is no whole number of 千円 */
const notWhole = (text: string, amount: number, label: string): TypedAmount =>
  wrong(
    `「${label}」の「${text}」は千円で割り切れません。千円単位では ${grouped(plainNumber(Math.floor(amount)))} か ${grouped(plainNumber(Math.ceil(amount)))} です。`,
    hint,
  );
