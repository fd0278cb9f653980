import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../package.ts';
import type { DocumentData, MeasureData } from './data.ts';

// Which texts might not fit where they are printed: so few of an edition that only these need be measured by Typst.
// Every bound errs on the side of doubt: what is left out here fits whatever the layout does.

/** Widths in mm: templates/columns.json. */
interface Columns {
  sheets: Record<
    | ('department' | 'section' | 'title' | 'kind' | 'number' | 'description' | 'effect' | 'indicators')
    | ('year' | 'mark' | 'plan' | 'budget' | 'result' | 'flag'),
    number
  >;
  budgetMost: number;
  overview: Record<'category' | 'group' | 'title' | 'section', number>;
  history: Record<'date' | 'text', number>;
  inset: number;
}
const columns: Columns = JSON.parse(readFileSync(join(packagePath('templates'), 'columns.json'), 'utf8'));

const pt = 25.4 / 72; // mm
const body = 9; // pt
const line = 1.36; // em from one line to the next
/** mm; less than any page leaves for the rows of its tables. */
const leastRows = 190;
/** mm; what the columns of an A3 page share. */
const pageWidth = 400;

/** Least upper bounds of what a character takes, in em, over both weights; the narrow ones are those of many figures. */
const narrow = /[ !"'()*,\-./:;I[\\\]^_`fijlrt|{}~]/;
const widthOf = (sign: string): number =>
  /\d/.test(sign) ? 0.76 : narrow.test(sign) ? 0.55 : /[%@MWm#w&OQ]/.test(sign) ? 1 : 0.88;
/** By code, up to "~". */
const widths = Float64Array.from({ length: 0x7f }, (_, code) => widthOf(String.fromCharCode(code)));
const em = (text: string): number => {
  let sum = 0;
  for (const sign of text) sum += widths[sign.charCodeAt(0)] ?? 1;
  return sum;
};

/** Some of the places where UAX #14 lets a Japanese line break, not all of them. */
const breaks =
  /(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ーA-Za-z0-9)）」、。・])(?=(?![々〻ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ\u30fb-\u30fe\u31f0-\u31ff])[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])|(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー・])(?=[A-Za-z0-9])|(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー])(?=[(「（])|(?<= )(?=[^ ])/u;

/**
 * Whether `text` surely fits a column of `width` and leastRows, in mm, in letters of `size` pt: its pieces, as wide as they
 * can be, fill lines one after another. Typst, which does the same with what is narrower or may be broken, needs no more.
 */
function fits(text: string, width: number, size = body): boolean {
  const room = width / pt / size; // em
  let lines = 0;
  for (const one of text.split('\n')) {
    lines += 1;
    if (em(one) <= room) continue;
    let taken = 0;
    for (const piece of one.split(breaks)) {
      const own = em(piece);
      if (own >= room) return false;
      taken += own;
      if (taken <= room) continue;
      lines += 1;
      taken = own;
    }
  }
  return lines * line * size * pt <= leastRows;
}

const { sheets, overview, history } = columns;
const inside = (width: number) => width - 2 * columns.inset;

function sheetFits(measure: MeasureData): boolean {
  const texts: [text: string | null, width: number][] = [
    [measure.departments, sheets.department],
    [measure.sections, sheets.section],
    [measure.title, sheets.title],
    [measure.description, sheets.description],
    [measure.effect, sheets.effect],
    [measure.indicators, sheets.indicators],
    [`(再掲) ${measure.overviewTitle}`, overview.title],
    [measure.overviewSection, overview.section],
    ...measure.years.flatMap(({ plan, result }): [string | null, number][] => [
      [plan, sheets.plan],
      [result, sheets.result],
    ]),
  ];
  return (
    texts.every(([text, width]) => fits(text ?? '', inside(width))) &&
    measure.years.every(
      ({ budget }) =>
        !Array.isArray(budget) ||
        (budget.length <= 8 && budget.every(({ label }) => label.length <= 24 && fits(label, inside(sheets.budget)))),
    )
  );
}

/** `data` with only those measures and names of 大項目 and 中項目 that might not fit; undefined where all of it fits. */
export function doubtful(data: DocumentData, figures: readonly string[]): DocumentData | undefined {
  const label = (text: string, width: number, indent: number) =>
    fits(text, inside(width)) && fits(text, 185 - indent, 11);
  const categories = data.categories.flatMap((category) => {
    const own = label(category.label, overview.category, 6);
    const groups = category.groups.flatMap((group) => {
      const measures = group.measures.filter((measure) => !sheetFits(measure));
      return measures.length > 0
        ? [{ ...group, measures }]
        : label(group.label, overview.group, 14)
          ? []
          : [{ ...group, measures: group.measures.slice(0, 1) }];
    });
    return groups.length > 0 || own
      ? groups.length > 0
        ? [{ ...category, groups }]
        : []
      : [{ ...category, groups: category.groups.slice(0, 1) }];
  });
  const budget = Math.max(...figures.map(em), 0) * body * pt + 2 * columns.inset;
  const { flag, number, budget: least, ...others } = sheets;
  const sum = Object.values(others).reduce(
    (all, width) => all + width,
    3 * number + flag * data.plans.length + Math.max(budget, least),
  );
  const { planName, planPeriod, title, established, revised, publisher } = data.book;
  const short =
    budget <= columns.budgetMost &&
    sum <= pageWidth &&
    data.years.every((year) => em(year) * body * pt <= sheets.year - 0.6) &&
    data.plans.every((plan) => plan.length <= 16 && fits(plan, flag - 0.6, 7)) &&
    data.indicatorLabels.length <= 4 &&
    data.indicatorLabels.every((text) => text.length <= 16 && fits(text, inside(sheets.indicators))) &&
    Object.values(data.annexes).every((annex) => fits(annex.title, 180, 11)) &&
    data.history.every(({ date, text }) => fits(date, inside(history.date)) && fits(text, inside(history.text))) &&
    [planName, title, publisher].every((text) => text.length <= 20) &&
    [planPeriod, established, revised].every((text) => text.length <= 40);
  return short && categories.length === 0 ? undefined : { ...data, categories };
}
