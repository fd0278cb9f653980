import { grouped } from '../../../model/amounts.ts';
import { svg } from '../svg.ts';
import type { Scales } from './scales.ts';
import { columnSums, type Totals } from './totals.ts';

export interface StackedChart {
  /** What is seen, for who does not see it; the numbers themselves are in a table. */
  description: string;
  /** One row a layer from the bottom, one column a bar. */
  totals: Totals;
  /** Beside the value axis: 百万円, 件 */
  unit: string;
  /** As short as labels must be. */
  shown(value: number): string;
  /** In front of a layer's value: what tells it from the others without its colour. */
  keys: string[];
}

/** Units of the drawing; CSS gives it its size. */
const width = 720;
const height = 320;
const margin = { top: 28, right: 8, bottom: 52, left: 64 };
const textHeight = 15;
/** Signs of a bar's name on a line. */
const nameLength = 9;

/** Bars side by side, in layers: each labelled with its key and value where there is room, with its sum above it. */
export function stackedChart({ scaleBand, scaleLinear }: Scales, chart: StackedChart): SVGSVGElement {
  const { totals, shown, keys, unit, description } = chart;
  const { columns, rows } = totals;
  const sums = columnSums(totals);
  const places = columns.map((_, index) => String(index));
  const x = scaleBand(places, [margin.left, width - margin.right]).padding(0.3);
  const y = scaleLinear([0, Math.max(1, ...sums)], [height - margin.bottom, margin.top]).nice(5);
  const ticks = y.ticks(5).filter((tick) => Number.isInteger(tick));
  const right = width - margin.right;

  const axis = ticks.map((tick) =>
    svg(
      'g',
      {},
      svg('line', { class: 'grid', x1: margin.left, x2: right, y1: y(tick), y2: y(tick) }),
      svg('text', { x: margin.left - 8, y: y(tick), dy: '0.35em', 'text-anchor': 'end' }, shown(tick)),
    ),
  );

  const bars = columns.map((name, column) => {
    const left = x(String(column)) ?? 0;
    const middle = left + x.bandwidth() / 2;
    let below = 0;
    const layers = rows.map((row, layer) => {
      const value = row.values[column] ?? 0;
      const [bottom, top] = [y(below), y(below + value)];
      below += value;
      const fits = bottom - top >= textHeight;
      return svg(
        'g',
        { class: `layer layer-${layer + 1}` },
        svg(
          'rect',
          { x: left, width: x.bandwidth(), y: top, height: bottom - top },
          svg('title', {}, `${name} ${row.name} ${grouped(value)}`),
        ),
        ...(fits
          ? [
              svg(
                'text',
                { x: middle, y: (top + bottom) / 2, dy: '0.35em', 'text-anchor': 'middle' },
                `${keys[layer] ?? ''} ${shown(value)}`.trim(),
              ),
            ]
          : []),
      );
    });
    return svg(
      'g',
      { class: 'bar' },
      ...layers,
      svg('text', { class: 'sum', x: middle, y: y(below) - 7, 'text-anchor': 'middle' }, shown(sums[column] ?? 0)),
      ...inLines(name).map((line, index) =>
        svg('text', { x: middle, y: height - margin.bottom + 20 + index * textHeight, 'text-anchor': 'middle' }, line),
      ),
    );
  });

  return svg(
    'svg',
    { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': description },
    svg('text', { class: 'unit', x: margin.left - 8, y: 12, 'text-anchor': 'end' }, unit),
    ...axis,
    ...bars,
    svg('line', { class: 'zero', x1: margin.left, x2: right, y1: y(0), y2: y(0) }),
  );
}

/** At most three lines, about as long as each other; what is left over is cut, the table has it. */
function inLines(name: string): string[] {
  const signs = [...name];
  const lines = Math.min(3, Math.ceil(signs.length / nameLength));
  const length = Math.min(nameLength, Math.ceil(signs.length / lines));
  const cut = signs.length > lines * length ? [...signs.slice(0, lines * length - 1), '…'] : signs;
  return Array.from({ length: lines }, (_, line) => cut.slice(line * length, (line + 1) * length).join(''));
}
