import { designed, restColumn, restOf, rounded, widthFields } from '../../content/sheet-columns.ts';
import { measuresOf } from '../../model/edition.ts';
import { sheetFields } from '../../model/fields.ts';
import type { DocumentData, MeasureData, YearData } from '../data.ts';
import type { HeightsAnswer, HeightsRequest } from '../requests.ts';

/** mm between two widths that are tried. */
export const step = 0.5;

/** A column of 個票, and how tall each of its texts is in each of its widths. */
export interface MeasuredColumn {
  name: string;
  /** mm, from the narrowest that all its words fit in to the widest */
  widths: readonly number[];
  /** Heights in pt by text and width */
  heights: readonly Float64Array[];
}

/** A measure by the columns of its texts: indices of `columns`, and of the texts there. */
export interface MeasureCells {
  left: readonly Cell[];
  /** Of each 年度 */
  rows: readonly (readonly Cell[])[];
}
export type Cell = readonly [column: number, text: number];

export interface Columns {
  columns: readonly MeasuredColumn[];
  measures: readonly MeasureCells[];
  /** The place of 取組内容 among the columns: it takes what the others leave of `sum` mm. */
  rest: number;
  sum: number;
}

type Ask = (request: HeightsRequest) => Promise<HeightsAnswer>;

/** Measures every text of an edition in every width that its column may have; undefined where not all of it fits any. */
export async function measureColumns(data: DocumentData, ask: Ask): Promise<Columns | undefined> {
  const names = widthFields(sheetFields).map(({ property }) => property);
  const sum = rounded(restOf({}, data.plans.length) + ownSum());
  const widths = names.map((name) => widthsOf(name, sum));
  const texts = names.map(() => new Texts());
  const measures = measuresOf(data).map((measure) => cellsOf(measure, names, texts));
  const people = ['departments', 'sections'];
  const answers = await Promise.all([
    ...names.map((name, at) => ask({ columns: [[name, widths[at] ?? [], texts[at]?.values ?? []]] })),
    ...people.map((name) => {
      const all = measuresOf(data).flatMap((measure) => String(measure[name as 'sections']).split('\n'));
      return ask({ columns: [[name, widths[names.indexOf(name)] ?? [], all]] });
    }),
  ]);
  const columns = names.map((name, at): MeasuredColumn | undefined => {
    const [looks = []] = answers[at] ?? [];
    const own = widths[at] ?? [];
    const whole = people.includes(name)
      ? wholeNamesFrom(
          answers[names.length + people.indexOf(name)]?.[0] ?? [],
          own,
          designed.sheets[name as 'sections'],
        )
      : 0;
    const from = Math.max(whole, ...looks.map(fitsFrom));
    if (from >= own.length) return undefined;
    return { name, widths: own.slice(from), heights: looks.map((look) => heightsOf(look, own.length).slice(from)) };
  });
  if (columns.some((column) => column === undefined)) return undefined;
  return { columns: columns as MeasuredColumn[], measures, rest: names.indexOf(restColumn), sum };
}

const ownSum = (): number =>
  widthFields(sheetFields).reduce((sum, { property }) => sum + (designed.sheets[property as 'plan'] ?? 0), 0);

/** From its narrowest width to its widest; those of 取組内容 are what multiples of the step leave of `sum`. */
function widthsOf(name: string, sum: number): number[] {
  const [least = 0, most = 0] = designed.limits[name] ?? [];
  const offset = name === restColumn ? sum % step : 0;
  const first = Math.ceil((least - offset) / step);
  const count = Math.floor((most - offset) / step) - first + 1;
  return Array.from({ length: count }, (_, index) => rounded(offset + (first + index) * step));
}

/** Texts of a column, each once. */
class Texts {
  readonly values: unknown[] = [];
  readonly #known = new Map<string, number>();

  index(value: unknown): number {
    const key = JSON.stringify(value);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}

function cellsOf(measure: MeasureData, names: readonly string[], texts: readonly Texts[]): MeasureCells {
  const cells = (record: MeasureData | YearData) =>
    names.flatMap((name, at): Cell[] => {
      const value = (record as unknown as Record<string, unknown>)[name];
      const text = name === restColumn && measure.reprint !== null ? measure.reprintNote : value;
      return text === undefined || text === null || text === '' ? [] : [[at, texts[at]?.index(text) ?? 0]];
    });
  return { left: cells(measure), rows: measure.years.map(cells) };
}

/** The first index from which on all words fit. */
const fitsFrom = (looks: HeightsAnswer[number][number]): number => {
  const last = looks.findLastIndex(([, , fits]) => !fits);
  return last < 0 ? 0 : (looks[last + 1]?.[0] ?? Number.POSITIVE_INFINITY);
};

function heightsOf(looks: HeightsAnswer[number][number], count: number): Float64Array {
  const heights = new Float64Array(count);
  for (const [index, height] of looks) heights.fill(height, index);
  return heights;
}

/** The first of `widths` at which no more names are broken than at the templates' own. */
function wholeNamesFrom(names: HeightsAnswer[number], widths: readonly number[], own: number): number {
  const heights = names.map((looks) => heightsOf(looks, widths.length));
  const line = Math.min(...heights.map((height) => height.at(-1) ?? 0));
  const broken = (at: number) => heights.filter((height) => (height[at] ?? 0) > line + 1).length;
  const most = broken(widths.findIndex((width) => width >= own));
  return widths.findIndex((_, at) => broken(at) <= most);
}
