import { designed as columns, restColumn, restOf } from '../content/sheet-columns.ts';
import { measuresOf } from '../model/edition.ts';
import { type DocumentData, figuresIn, type MeasureData } from './data.ts';
import { held } from './held.ts';
import { em, hangs, pieceEnd, pt } from './text-width.ts';

// Which texts might not fit where they are printed: so few of an edition that only these need be measured by Typst.
// Every bound errs on the side of doubt: what is left out here fits whatever the layout does.

const body = 9; // pt
const line = 1.36; // em from one line to the next
/** mm; less than any page leaves for the rows of its tables. */
const leastRows = 190;

/**
 * Whether `text` surely fits a column of `width` and leastRows, in mm, in letters of `size` pt: its pieces, as wide as they
 * can be, fill lines one after another. Typst, which does the same with what is narrower or may be broken, needs no more.
 * What it may not break of a measure is marked: see held.ts.
 */
function fits(text: string, width: number, size = body): boolean {
  const room = width / pt / size; // em
  let lines = 0;
  for (const one of text.split('\n')) {
    lines += 1;
    if (em(one) <= room) continue;
    // The lines below the first one of a list begin behind its sign.
    const indent = one.includes(hangs) ? em(one.slice(0, one.indexOf(hangs))) : 0;
    let taken = 0;
    for (let from = 0, to: number; from < one.length; from = to) {
      to = pieceEnd(one, from);
      const own = em(one, from, to);
      if (own >= room - indent) return false;
      taken += own;
      if (taken <= room) continue;
      lines += 1;
      taken = indent + own;
    }
  }
  return lines * line * size * pt <= leastRows;
}

const { limits, overview, history } = columns;
type SheetWidths = typeof columns.sheets & { description: number; figure: number };
/** What each column has at least; where the edition chooses no widths, 取組内容 gives way to 予算額. */
const widthsOf = ({ widths, plans }: DocumentData): SheetWidths => {
  const [[least = 0] = [], [, most = 0] = []] = [limits[restColumn], limits.budget];
  const sheets = { ...columns.sheets, ...widths };
  return widths
    ? { ...sheets, description: restOf(widths, plans.length), figure: sheets.budget }
    : { ...sheets, description: least, figure: most };
};
const inside = (width: number) => width - 2 * columns.inset;

function sheetFits(measure: MeasureData, sheets: SheetWidths): boolean {
  const texts: [text: string | null, width: number][] = [
    [measure.departments, sheets.departments],
    [measure.sections, sheets.sections],
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
        figuresIn(budget).every((figure) => fits(figure, inside(sheets.figure))) &&
        (!Array.isArray(budget) ||
          (budget.length <= 8 &&
            budget.every(({ label }) => label.length <= 24 && fits(label, inside(sheets.budget))))),
    )
  );
}

/** `data` with only those measures and names of 大項目 and 中項目 that might not fit; undefined where all of it fits. */
export function doubtful(data: DocumentData, figures: readonly string[]): DocumentData | undefined {
  const label = (text: string, width: number, indent: number) =>
    fits(text, inside(width)) && fits(text, 185 - indent, 11);
  const sheets = widthsOf(data);
  const marked = new Map(measuresOf(held(data)).map((measure) => [measure.id, measure]));
  const categories = data.categories.flatMap((category) => {
    const own = label(category.label, overview.category, 6);
    const groups = category.groups.flatMap((group) => {
      const measures = group.measures.filter((measure) => !sheetFits(marked.get(measure.id) ?? measure, sheets));
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
  const budget = Math.max(...figures.map((figure) => em(figure)), 0) * body * pt + 2 * columns.inset;
  const { flag, number, budget: least, figure, ...others } = sheets;
  const sum = Object.values(others).reduce(
    (all, width) => all + width,
    3 * number + flag * data.plans.length + (data.widths ? least : Math.max(budget, least)),
  );
  const { planName, planPeriod, title, established, revised, publisher } = data.book;
  const short =
    budget <= figure &&
    sum <= columns.bodyWidth + 0.001 &&
    data.years.every((year) => em(year) * body * pt <= sheets.year - 0.6) &&
    JSON.stringify(data.signs).length <= 1000 &&
    data.plans.every((plan) => plan.length <= 16 && fits(plan, flag - 0.6, 7)) &&
    data.indicatorLabels.length <= 4 &&
    data.indicatorLabels.every((text) => text.length <= 16 && fits(text, inside(sheets.indicators))) &&
    Object.values(data.annexes).every((annex) => fits(annex.title, 180, 11)) &&
    data.history.every(({ date, text }) => fits(date, inside(history.date)) && fits(text, inside(history.text))) &&
    [planName, title, publisher].every((text) => text.length <= 20) &&
    [planPeriod, established, revised].every((text) => text.length <= 40);
  return short && categories.length === 0 ? undefined : { ...data, categories };
}
