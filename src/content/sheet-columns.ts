import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Field, Fields } from '../model/fields.ts';
import { packagePath } from '../package.ts';

/** Widths in mm, as the designer gave them: templates/columns.json. */
interface DesignedColumns {
  /** Of 個票, where an edition chooses none; that of 予算額 is the least. 取組内容 takes the rest of the page. */
  sheets: Record<
    | ('departments' | 'sections' | 'title' | 'kind' | 'number' | 'effect' | 'indicators')
    | ('year' | 'mark' | 'plan' | 'budget' | 'result' | 'flag'),
    number
  >;
  /** The narrowest and the widest of those that an edition may choose, by the property of the field, in the sheet's order */
  limits: Record<string, [least: number, most: number]>;
  /** What the columns of a page share */
  bodyWidth: number;
  overview: Record<'category' | 'group' | 'title' | 'section', number>;
  history: Record<'date' | 'text', number>;
  inset: number;
}
export const designed: DesignedColumns = JSON.parse(
  readFileSync(join(packagePath('templates'), 'columns.json'), 'utf8'),
);

/** A column of 個票 that may be as wide as an edition chooses; mm. */
export interface WidthField extends Pick<Field, 'property' | 'key'> {
  least: number;
  most: number;
}

/** The keys of 列幅, in the sheet's order. */
export const widthFields = ({ measure, year }: Fields): WidthField[] =>
  Object.entries(designed.limits).flatMap(([property, [least, most]]) => {
    const field = [...measure, ...year].find((one) => one.property === property);
    return field ? [{ property, key: field.key, least, most }] : [];
  });

/** By property. */
export type Widths = Readonly<Record<string, number>>;

/** The column that takes what the others leave. */
export const restColumn = 'description';

/** What `widths`, and the templates' own where they name none, leave for 取組内容; `plans`: how many 関連計画 there are. */
export function restOf(widths: Widths, plans: number): number {
  const { kind, number, year, mark, flag, ...own } = designed.sheets;
  const chosen = Object.entries(own).reduce((sum, [property, width]) => sum + (widths[property] ?? width), 0);
  return rounded(designed.bodyWidth - chosen - kind - 3 * number - year - mark - plans * flag);
}

/** To a thousandth of a mm: sums of tenths are none. */
export const rounded = (width: number): number => Math.round(width * 1000) / 1000;

/** What 列幅 says, by the properties of the fields. */
export const widthsBy = (written: Readonly<Record<string, number | undefined>>, fields: Fields): Widths =>
  Object.fromEntries(
    widthFields(fields).flatMap(({ property, key }) => {
      const width = written[key];
      return width === undefined ? [] : [[property, width]];
    }),
  );
