import stringWidth from 'string-width';

/** Widths of the columns. */
const columns = [40, 46, 10, 10, 10, 10];

const line = (cells) =>
  console.log(
    cells
      .map((cell, index) =>
        index < 2 ? cell.padEnd(columns[index] - stringWidth(cell) + cell.length) : cell.padStart(columns[index]),
      )
      .join(' ')
      .trimEnd(),
  );

export const printHead = () => {
  line(['figure', 'measured', 'result', 'cpu', 'reach', 'aim']);
  line(columns.map((width) => '─'.repeat(width)));
};

/** A figure: what was measured of it in words; its result: a ratio, or a size; the same ratio of processor time. */
export const printRow = ({ figure, measured = '', result, unit = '', cpu, reach, aim }) =>
  line([
    figure,
    measured,
    `${result.toFixed(unit === '' ? 2 : 0)}${unit && ` ${unit}`}`,
    cpu === undefined ? '' : cpu.toFixed(2),
    ...[reach, aim].map((bound) => (bound === undefined ? '' : `≤ ${bound}${unit && ` ${unit}`}`)),
  ]);

export const ms = ({ ms, cpu }) => `${ms.toFixed(0)} ms${cpu === undefined ? '' : ` (cpu ${cpu.toFixed(0)})`}`;

/** The row of a time held against another. */
export const ratio = (figure, time, base, bounds = {}) => ({
  figure,
  measured: `${ms(time)} / ${ms(base)}`,
  result: time.ms / base.ms,
  ...(time.cpu !== undefined && base.cpu !== undefined && { cpu: time.cpu / base.cpu }),
  ...bounds,
});

/** The row of a peak of memory. */
export const memory = (figure, { peak }, bounds) => ({ figure, result: peak / 1e6, unit: 'MB', ...bounds });
