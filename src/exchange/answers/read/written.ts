// What stands in a cell, as its reader sees it.
import { atStart, type Code, type Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { messages } from '../../../diagnostics/messages.ts';
import { quoted } from '../../../diagnostics/sentences.ts';
import type { ReadCell } from '../../xlsx/book.ts';
import type { RowValue } from '../form.ts';

/** A text without what nobody sees: the blanks at the ends of its lines and its end. */
export const cleaned = (text: string): string =>
  /[\r\n]/.test(text)
    ? text
        .split(/\r\n|\r|\n/)
        .map((line) => line.trimEnd())
        .join('\n')
        .trimEnd()
    : text.trimEnd();

export const isDate = (value: ReadCell['value']): value is { date: string } => typeof value === 'object';

/** A number without the noise of its last digits. */
export const plainNumber = (value: number): string => String(Number(value.toPrecision(15)));

/** The text that a cell shows; '' for a blank one. */
export function shownText(cell: ReadCell | undefined): string {
  if (!cell) return '';
  const { value, shown } = cell;
  if (typeof value === 'string') return cleaned(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return cleaned(shown ?? (isDate(value) ? dayOf(value) : plainNumber(value)));
}

/** 2026-03-04, with its time where it has one. */
export function dayOf({ date }: { date: string }): string {
  const [day = '', time = ''] = date.split('T');
  return /^00:00(?::00)?/.test(time) || time === '' ? day : `${day} ${time.slice(0, 5)}`;
}

export const inLine = (text: string): string => text.replaceAll('\n', ' ');

/** A value in a sentence, in one line. */
export const told = (value: RowValue | undefined): string =>
  value === undefined || value === '' ? '空欄' : quoted(inLine(String(value)));

export const toldCell = (cell: ReadCell | undefined): string => told(shownText(cell));

/** What is said of such a value where it stands in the content. */
export const messageOf = (code: Code, of: Partial<Diagnostic>): string =>
  messages[code].message({ ...{ code, severity: 'error', file: '', ...atStart }, ...of });
