/** Every code point of the ranges, both ends included: [[0x2000, 0x200a], 0x205f] */
export const points = (...ranges: readonly (number | readonly [number, number])[]): number[] =>
  ranges.flatMap((range) => {
    const [from, to] = typeof range === 'number' ? [range, range] : range;
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });

/** U+2028 */
export const named = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

/** Of the first plane, all scripts that have a class of ours, and their neighbours: no kanji, no Hangul, nothing private. */
export const common: readonly number[] = points(
  ...([
    [0, 0x9ff],
    [0x1100, 0x11ff],
    [0x1680, 0x169f],
    [0x1780, 0x18af],
    [0x1c80, 0x1c8f],
    [0x1d00, 0x1dff],
  ] as const),
  ...([
    [0x1f00, 0x33ff],
    [0xa640, 0xa69f],
    [0xd7b0, 0xd7ff],
    [0xf900, 0xfaff],
    [0xfe00, 0xffff],
  ] as const),
);
