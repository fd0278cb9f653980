// The hidden sheet with what a workbook was made from: exact whatever the texts have in them, and whichever program writes the
// workbook again. Each row is a word and a JSON text, cut into pieces that a cell can hold; the first row has their checksum.
import { createHash } from 'node:crypto';
import type { ReadBook, ReadSheet } from '../xlsx/book.ts';
import type { Base, BaseMeasure } from './base.ts';
import type { RowValue } from './form.ts';
import { keyJson, keyOfJson } from './key.ts';

/** In the first cell; the number in the second says how the rest is to be read. */
const marker = '回答ブックの元の値';
const version = '1';
/** Characters of a piece; a cell can hold 32,767. */
const longest = 30_000;

const words = { base: '版', measure: '取組', row: '行' } as const;

/** The cells of the sheet. */
export function baseSheet(base: Base): string[][] {
  const { measures, ...rest } = base;
  const row = (word: string, value: unknown) => [word, ...pieces(json(value))];
  const rows = [
    row(words.base, rest),
    ...measures.flatMap((measure) => [
      row(words.measure, [measure.number, measure.title]),
      ...measure.rows.map(({ key, label, value, open, due }) =>
        row(words.row, [keyJson(key), label, value ?? null, open, due]),
      ),
    ]),
  ];
  return [[marker, version, checksum(rows)], ...rows];
}

/**
 * What a workbook was made from; undefined for one without such a sheet, "damaged" where it is not what was written. A copy
 * of the sheet is the sheet.
 */
export function baseOf(book: ReadBook): Base | 'damaged' | undefined {
  const found = book.sheets.map(rowsOf).filter(([first]) => first?.[0] === marker);
  if (found.length === 0) return undefined;
  return found.map(read).find((base) => base !== undefined) ?? 'damaged';
}

/** The texts of a sheet, without what is blank. */
const rowsOf = ({ rows }: ReadSheet): string[][] =>
  [...rows]
    .sort(([a], [b]) => a - b)
    .map(([, cells]) => [...cells].sort(([a], [b]) => a - b).map(([, { value }]) => String(value)))
    .filter((cells) => cells.length > 0);

function read([head, ...rows]: readonly string[][]): Base | undefined {
  if (head?.[1] !== version || head[2] !== checksum(rows)) return undefined;
  // What has the checksum was written by baseSheet.
  let rest: Omit<Base, 'measures'> | undefined;
  const measures: BaseMeasure[] = [];
  for (const [word, ...texts] of rows) {
    const value = JSON.parse(texts.join(''));
    if (word === words.base) rest = value;
    else if (word === words.measure) measures.push({ number: value[0], title: value[1], rows: [] });
    else {
      const [written, label, given, open, due] = value as [unknown, string, RowValue | null, boolean, boolean];
      const key = keyOfJson(written);
      if (!key) return undefined;
      measures.at(-1)?.rows.push({ key, label, ...(given === null ? {} : { value: given }), open, due });
    }
  }
  return rest && { ...rest, measures };
}

const checksum = (rows: readonly string[][]): string =>
  createHash('sha256')
    .update(rows.map(([word, ...texts]) => `${word}\t${texts.join('')}`).join('\n'))
    .digest('hex');

/**
 * JSON of signs that every program keeps and every font has: all others by their number, and so _x000D_, which may be read as
 * the sign of that number.
 */
const json = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^ -~、-」ぁ-ヿ一-鿿！-～→◎○△×—]|_(?=x)/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** No piece begins or ends with a space: those of a text that is cut are written by their number. */
function pieces(text: string): string[] {
  if (text.length <= longest) return [text];
  const whole = text.replaceAll(' ', '\\u0020');
  return Array.from({ length: Math.ceil(whole.length / longest) }, (_, at) =>
    whole.slice(at * longest, (at + 1) * longest),
  );
}
