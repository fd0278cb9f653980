import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut, packed, type Stack, sharedOut } from '../../src/render/share-out.ts';

const stackOf = (heights: readonly number[], rooms: (index: number) => number): Stack => ({
  count: heights.length,
  *heights(from) {
    let height = 0;
    for (const one of heights.slice(from)) {
      height += one;
      yield height;
    }
  },
  room: rooms,
});
const first = (index: number) => (index === 0 ? 40 : 50);
const sizes = (ends: number[]) => cut([...Array(ends.at(-1) ?? 0).keys()], ends).map(({ length }) => length);

test('rows of one height: as few pages as hold them, none with less than half of the rows of another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 20 }), (count, height) => {
      const stack = stackOf(Array(count).fill(height), () => 50);
      const all = sizes(sharedOut(stack));
      expect(all.length).toBe(packed(stack).length);
      expect(Math.min(...all) * 2).toBeGreaterThanOrEqual(Math.max(...all) - 1);
      expect(Math.max(...all) * height).toBeLessThanOrEqual(50);
    }),
  );
});

test('any rows: each once, in order, none over the room of its page, on as few pages as when they are packed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 }), (heights) => {
      const stack = stackOf(heights, first);
      const ends = sharedOut(stack);
      expect(ends.length).toBe(packed(stack).length);
      expect(ends.at(-1)).toBe(heights.length);
      for (const [index, rows] of cut(heights, ends).entries())
        if (rows.length > 1) expect(rows.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(first(index));
    }),
  );
});

test('one row more moves an end by one at most', () => {
  const ends = (count: number) => sharedOut(stackOf(Array(count).fill(1), () => 50));
  for (let count = 151; count < 199; count += 1)
    for (const [index, end] of ends(count).slice(0, -1).entries())
      expect(Math.abs((ends(count + 1)[index] ?? 0) - end)).toBeLessThanOrEqual(1);
});
