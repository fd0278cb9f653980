import { grouped, signed } from '../../../model/amounts.ts';
import { oneLine } from '../../../model/names.ts';
import { changeWords } from '../../../model/words.ts';
import type { Differences, MeasureDifference } from '../../difference-data.ts';
import { element } from '../element.ts';
import { differenceChart } from './difference-chart.ts';
import type { NarrowedComparison } from './narrowed.ts';
import { numberTable } from './number-table.ts';
import type { Scales } from './scales.ts';
import { sum } from './totals.ts';

/** How many measures the chart and its table show. */
const most = 15;

/** What differs from the ref: the measures whose budget changed most, and 予算額 by 大項目 before and after. */
export function differencesSection(
  scales: Scales,
  { differences, ref, waiting, left }: NarrowedComparison,
  select: (number: string) => void,
): HTMLElement[] {
  if (!differences) {
    if (waiting || ref !== '') return [];
    return [element('p', { class: 'note' }, '版を選ぶと、その版からの予算額の変化を示します。')];
  }
  const largest = largestChanges(differences);
  return [
    ...(largest.length === 0
      ? [element('p', {}, `${differences.ref} から予算額が変わった取組は${left ? '、絞り込んだ中に' : ''}ありません。`)]
      : [largestFigure(scales, differences, largest, select)]),
    ...(differences.years.length === 0 || left ? [] : [budgetTable(differences)]),
    ...(differences.measures.length === 0 ? [] : [measureTable(differences, select)]),
    ...(left ? [element('p', { class: 'note' }, left)] : []),
  ];
}

/** By the size of the change over all years, then in the order of the document. */
export function largestChanges({ measures }: Differences): { measure: MeasureDifference; total: number }[] {
  return measures
    .map((measure) => ({ measure, total: sum(measure.budget) }))
    .filter(({ measure }) => measure.budget.some((difference) => difference !== 0))
    .sort((a, b) => Math.abs(b.total) - Math.abs(a.total));
}

function largestFigure(
  scales: Scales,
  { ref, years }: Differences,
  largest: ReturnType<typeof largestChanges>,
  select: (number: string) => void,
): HTMLElement {
  const shown = largest.slice(0, most);
  const rest = largest.length - shown.length;
  return element(
    'figure',
    { class: 'wide' },
    element('figcaption', {}, element('h4', {}, `予算額の変化が大きい取組(${ref} から)`)),
    element(
      'div',
      { class: 'drawing' },
      differenceChart(
        scales,
        `予算額の変化が大きい取組 ${shown.length} 件の棒グラフ。右は増、左は減。数値は表にあります。`,
        shown.map(({ measure, total }) => ({
          name: `${measure.id} ${measure.title}`,
          value: total,
          label: signed(total),
        })),
      ),
      element(
        'p',
        { class: 'note' },
        `単位は千円。両方の版にある年度の合計の変化です。${rest > 0 ? `ほかに ${rest} 件あります。` : ''}`,
      ),
    ),
    element(
      'div',
      { class: 'data' },
      numberTable({
        caption: '取組ごとの予算額の変化(千円)',
        heading: ['取組', ...years, '計'],
        rows: shown.map(({ measure, total }) => ({
          name: measureName(measure, select),
          cells: [...measure.budget.map(signed), signed(total)],
        })),
      }),
    ),
  );
}

function budgetTable({ ref, years, budgets }: Differences): HTMLElement {
  const cell = (amount: number | null | undefined) => (amount == null ? '—' : grouped(amount));
  const table = numberTable({
    caption: `大項目ごとの予算額(千円): ${ref} → いま`,
    heading: ['大項目', ...years],
    rows: budgets.map(({ name, before, after }, index) => ({
      name,
      sum: index === budgets.length - 1,
      cells: years.map((_, year) => {
        const [old, fresh] = [before[year], after[year]];
        return old === fresh ? cell(fresh) : `${cell(old)} → ${cell(fresh)}`;
      }),
    })),
  });
  table.classList.add('wrapping');
  return table;
}

function measureTable({ ref, measures }: Differences, select: (number: string) => void): HTMLElement {
  const table = numberTable({
    caption: `${ref} から変わった取組`,
    heading: ['取組', '変化', '違う欄'],
    rows: measures.map((measure) => ({
      name: measureName(measure, select),
      cells: [changeWords[measure.kind], measure.fields.join('、')],
    })),
  });
  table.classList.add('texts');
  return table;
}

/** A removed measure leads nowhere. */
function measureName({ kind, id, title }: MeasureDifference, select: (number: string) => void): HTMLElement {
  const name = `${id} ${oneLine(title)}`;
  if (kind === 'removed') return element('span', {}, name);
  const button = element('button', { type: 'button', class: 'link' }, name);
  button.addEventListener('click', () => select(id));
  return button;
}
