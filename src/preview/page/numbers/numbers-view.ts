import { amountUnit, grouped } from '../../../model/amounts.ts';
import type { EditionData } from '../../../model/edition-json.ts';
import type { Comparison } from '../comparison.ts';
import { element } from '../element.ts';
import type { Narrowing } from '../narrowing.ts';
import { refForm } from '../ref-form.ts';
import { differencesSection } from './differences-section.ts';
import { narrowed, narrowingBanner } from './narrowed.ts';
import { numberTable } from './number-table.ts';
import { loadScales, type Scales } from './scales.ts';
import { stackedChart } from './stacked-chart.ts';
import {
  budgetTotals,
  type Counts,
  columnSums,
  kindTotals,
  markTotals,
  reprintTotals,
  sum,
  type Totals,
} from './totals.ts';
import { unfilledSection } from './unfilled-section.ts';

export interface NumbersView {
  /** Draws what is new since it was last seen; to be called when the view is shown. */
  show(): void;
}

export interface Numbers {
  root: HTMLElement;
  comparison: Comparison;
  narrowing: Narrowing;
  onEdition: (listener: (edition: EditionData) => void) => void;
  select: (number: string) => void;
  scales?: () => Promise<Scales>;
}

/**
 * 予算額, 区分 and 項目 of the measures that search and filters leave as charts, each with its table, what is still to be
 * filled in, and the largest changes against a ref.
 */
export function numbersView({
  root,
  comparison,
  narrowing,
  onEdition,
  select,
  scales = loadScales(),
}: Numbers): NumbersView {
  const banner = narrowingBanner(narrowing);
  const totals = element('div', { class: 'totals' });
  const differences = element('div', { class: 'differences' });
  root.replaceChildren(
    element('div', { class: 'line screen' }, element('h2', {}, '数字で見る'), printButton()),
    banner.root,
    totals,
    element(
      'section',
      { 'aria-labelledby': 'differences-title' },
      element('h3', { id: 'differences-title' }, '前の版からの変化'),
      refForm('numbers', comparison),
      differences,
    ),
  );
  let edition: EditionData | undefined;
  /** The same while it is not drawn. */
  let due: EditionData | undefined;

  async function draw(): Promise<void> {
    if (root.hidden || !due) return;
    const shown = due;
    due = undefined;
    const loaded = await scales();
    if (shown !== edition) return;
    const counts: Counts = (measure) => narrowing.counts(measure);
    banner.show(shown.取組);
    totals.replaceChildren(...totalFigures(loaded, shown, counts), unfilledSection(shown, counts));
    differences.replaceChildren(...differencesSection(loaded, narrowed(comparison, narrowing, shown), select));
  }
  const renew = () => {
    due = edition;
    void draw();
  };
  onEdition((fresh) => {
    edition = fresh;
    renew();
  });
  comparison.subscribe(renew);
  narrowing.subscribe(renew);
  return { show: () => void draw() };
}

function printButton(): HTMLElement {
  const button = element('button', { type: 'button' }, '印刷する');
  button.addEventListener('click', () => print());
  return button;
}

function totalFigures(scales: Scales, edition: EditionData, counts: Counts): HTMLElement[] {
  const budgets = budgetTotals(edition, counts);
  const unit = amountUnit(Math.max(0, ...columnSums(budgets)));
  const kinds = kindTotals(edition, counts);
  const marks = markTotals(edition, counts);
  const reprints = reprintTotals(edition, counts);
  const numberOf = (name: string) => name.split(' ')[0] ?? name;
  return [
    figure({
      title: '年度ごとの予算額(大項目別)',
      chart: stackedChart(scales, {
        description: `年度ごとの予算額を大項目別に積み上げた棒グラフ。${spoken(budgets, '千円')}数値は表にあります。`,
        totals: budgets,
        unit: unit.name,
        shown: unit.shown,
        keys: budgets.rows.map(({ name }) => `${numberOf(name)}:`),
      }),
      names: legend(budgets),
      table: withSums(budgets, '予算額(千円)', '大項目'),
      note: '再掲の取組は再掲先で数えます。「—」と空欄は 0 とします。',
    }),
    figure({
      title: '大項目ごとの取組の数(区分別)',
      chart: stackedChart(scales, {
        description: `大項目ごとの取組の数を区分別に積み上げた棒グラフ。${spoken(transposed(kinds), '件')}数値は表にあります。`,
        totals: transposed(kinds),
        unit: '件',
        shown: grouped,
        keys: kinds.columns,
      }),
      names: legend(transposed(kinds)),
      table: numberTable({
        caption: '取組の数(件)',
        heading: ['大項目', ...kinds.columns, '計', 'うち再掲'],
        rows: [
          ...kinds.rows.map(({ name, values }, index) => ({
            name,
            cells: [...values, sum(values), reprints[index] ?? 0].map(grouped),
          })),
          {
            name: '計',
            cells: [...columnSums(kinds), sum(columnSums(kinds)), sum(reprints)].map(grouped),
            sum: true,
          },
        ],
      }),
      note: '再掲の取組も数えます。',
    }),
    figure({
      title: '年度ごとの取組の数(項目の印別)',
      chart: stackedChart(scales, {
        description: `年度ごとの取組の数を項目の印別に積み上げた棒グラフ。${spoken(marks, '件')}数値は表にあります。`,
        totals: marks,
        unit: '件',
        shown: grouped,
        keys: marks.rows.map(({ name }) => signOf(name)),
      }),
      names: legend(marks),
      table: withSums(marks, '取組の数(件)', '項目'),
      note: '再掲の取組は、スケジュールを持たないため数えません。',
    }),
  ];
}

/** ○ of ○ 試行 */
const signOf = (name: string): string => name.split(' ')[0] ?? '';

interface Figure {
  title: string;
  chart: Element;
  /** What the colours stand for */
  names: HTMLElement;
  table: HTMLElement;
  note: string;
}

function figure({ title, chart, names, table, note }: Figure): HTMLElement {
  return element(
    'figure',
    {},
    element('figcaption', {}, element('h3', {}, title)),
    element('div', { class: 'drawing' }, names, chart),
    element('div', { class: 'data' }, table, element('p', { class: 'note' }, note)),
  );
}

function legend({ rows }: Totals): HTMLElement {
  return element(
    'ul',
    { class: 'legend' },
    ...rows.map(({ name }, index) =>
      element('li', {}, element('span', { class: `swatch layer-${index + 1}`, 'aria-hidden': 'true' }), ' ', name),
    ),
  );
}

function withSums(totals: Totals, caption: string, first: string): HTMLElement {
  return numberTable({
    caption,
    heading: [first, ...totals.columns],
    rows: [
      ...totals.rows.map(({ name, values }) => ({ name, cells: values.map(grouped) })),
      { name: '計', cells: columnSums(totals).map(grouped), sum: true },
    ],
  });
}

/** The sums in words. */
function spoken(totals: Totals, unit: string): string {
  const sums = columnSums(totals);
  return `${totals.columns.map((name, index) => `${name} ${grouped(sums[index] ?? 0)}${unit}`).join('、')}。`;
}

function transposed({ columns, rows }: Totals): Totals {
  return {
    columns: rows.map(({ name }) => name),
    rows: columns.map((name, index) => ({ name, values: rows.map(({ values }) => values[index] ?? 0) })),
  };
}
