import { oneLine } from '../../../model/names.ts';
import { svg } from '../svg.ts';
import type { Scales } from './scales.ts';

export interface DifferenceBar {
  name: string;
  value: number;
  /** The value as it is shown. */
  label: string;
}

const width = 720;
const rowHeight = 26;
const margin = { top: 8, right: 116, bottom: 8, left: 330 };
/** Signs of a name in front of its bar. */
const nameLength = 24;

/** Bars from a common zero: to the right what grew, to the left what shrank. */
export function differenceChart(
  { scaleBand, scaleLinear }: Scales,
  description: string,
  bars: readonly DifferenceBar[],
): SVGSVGElement {
  const height = margin.top + margin.bottom + bars.length * rowHeight;
  const values = bars.map(({ value }) => value);
  // Labels of bars to the left stand between names and bars.
  const left = margin.left + (values.some((value) => value < 0) ? 110 : 0);
  const x = scaleLinear([Math.min(0, ...values), Math.max(0, ...values)], [left, width - margin.right]);
  const places = bars.map((_, index) => String(index));
  const y = scaleBand(places, [margin.top, height - margin.bottom]).padding(0.25);
  return svg(
    'svg',
    { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': description },
    ...bars.map(({ name, value, label }, index) => {
      const top = y(String(index)) ?? 0;
      const middle = top + y.bandwidth() / 2;
      const [from, to] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))];
      const grew = value >= 0;
      return svg(
        'g',
        { class: grew ? 'grew' : 'shrank' },
        svg('text', { x: margin.left - 8, y: middle, dy: '0.35em', 'text-anchor': 'end' }, shortened(name)),
        svg(
          'rect',
          { x: from, width: Math.max(1, to - from), y: top, height: y.bandwidth() },
          svg('title', {}, `${name} ${label}`),
        ),
        svg(
          'text',
          { class: 'sum', x: grew ? to + 6 : from - 6, y: middle, dy: '0.35em', 'text-anchor': grew ? 'start' : 'end' },
          label,
        ),
      );
    }),
    svg('line', { class: 'zero', x1: x(0), x2: x(0), y1: margin.top, y2: height - margin.bottom }),
  );
}

function shortened(name: string): string {
  const signs = [...oneLine(name)];
  return signs.length > nameLength ? `${signs.slice(0, nameLength - 1).join('')}…` : signs.join('');
}
