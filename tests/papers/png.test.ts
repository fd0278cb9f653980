import fc from 'fast-check';
import { convertIndexedToRgb, decode } from 'fast-png';
import { expect, test } from 'vitest';
import { encodePng } from '../../src/render/png.ts';
import type { Bitmap } from '../../src/render/raster.ts';

const bitmap = (width: number, height: number, colors: readonly number[][]): Bitmap => ({
  width,
  height,
  data: Uint8Array.from(
    Array.from({ length: width * height }, (_, at) => [...(colors[at % colors.length] ?? []), 255]).flat(),
  ),
});
/** What is shown, and by how much the colour farthest from the one it stands for differs in one of its levels. */
function shown({ width, height, data }: Bitmap): { size: number[]; farthest: number } {
  const picture = decode(encodePng({ width, height, data }));
  const pixels = convertIndexedToRgb(picture);
  const differences = Array.from(pixels, (value, at) =>
    Math.abs(value - (data[Math.floor(at / 3) * 4 + (at % 3)] ?? 0)),
  );
  return {
    size: [picture.width, picture.height, picture.channels],
    farthest: differences.reduce((a, b) => Math.max(a, b)),
  };
}

const level = fc.nat(255);
const color = fc.array(level, { minLength: 3, maxLength: 3 });

test('any picture of at most 256 colours is shown, no level off by more than 4', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.array(color, { minLength: 1, maxLength: 256 }),
      (width, height, colors) => {
        const { size, farthest } = shown(bitmap(width, height, colors));
        expect(size).toEqual([width, height, 1]);
        expect(farthest).toBeLessThanOrEqual(4);
      },
    ),
  );
});

test('colours that fill more than a pixel are exact, whichever like them came before', () => {
  const areas = [
    [255, 255, 255],
    [233, 237, 242],
    [31, 29, 30],
  ];
  const edges = [
    [254, 254, 253],
    [234, 236, 241],
    [30, 28, 29],
  ];
  const { data } = bitmap(9, 1, [...edges, ...areas.flatMap((color) => [color, color])]);
  const pixels = convertIndexedToRgb(decode(encodePng({ width: 9, height: 1, data })));
  expect([...pixels]).toEqual(areas.concat(areas.flatMap((color) => [color, color])).flat());
});

test('of more colours, those without a place are shown as the nearest that has one', () => {
  const shades = Array.from({ length: 52 }, (_, index) => index * 5);
  const colors = [0, 5, 10, 250, 255].flatMap((blue) => shades.map((shade) => [shade, shade, blue]));
  expect(colors).toHaveLength(260);
  expect(shown(bitmap(52, 5, colors)).farthest).toBe(5);
});
