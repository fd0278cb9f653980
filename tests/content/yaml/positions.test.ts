import { expect, test } from 'vitest';
import { countBelow, positionsIn } from '../../../src/content/yaml/positions.ts';

test.each<[string, (readonly [line: number, column: number])[]]>([
  ['', [[1, 1]]],
  [
    'a',
    [
      [1, 1],
      [1, 2],
    ],
  ],
  [
    '\n',
    [
      [1, 1],
      [2, 1],
    ],
  ],
  [
    'ab\n\nc',
    [
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [3, 1],
      [3, 2],
    ],
  ],
  // A kanji of two units: what stands behind it is in the next column; its second half is one too many.
  [
    '𠮟a\n',
    [
      [1, 1],
      [1, 2],
      [1, 2],
      [1, 3],
      [2, 1],
    ],
  ],
  [
    'a\n𠮟𩸽b\nc',
    [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
      [2, 2],
      [2, 3],
      [2, 3],
      [2, 4],
      [3, 1],
      [3, 2],
    ],
  ],
  // Halves alone are characters: a first one twice, a second one first, a first one at the end of a line.
  [
    '\ud842\ud842\udf9f|',
    [
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 3],
      [1, 4],
    ],
  ],
  [
    '\udf9f\ud842\n\udf9f',
    [
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
    ],
  ],
  // The first and last of their kind, and their neighbours.
  [
    '\ud800\udc00.',
    [
      [1, 1],
      [1, 2],
      [1, 2],
      [1, 3],
    ],
  ],
  [
    '\udbff\udfff.',
    [
      [1, 1],
      [1, 2],
      [1, 2],
      [1, 3],
    ],
  ],
  [
    '\ud7ff\udc00.',
    [
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
    ],
  ],
  [
    '\ud800\ue000.',
    [
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
    ],
  ],
  [
    '\ud800\udbff.',
    [
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
    ],
  ],
  [
    '\udc00\udc00.',
    [
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
    ],
  ],
])('every place in %j', (text, places) => {
  const at = positionsIn(text);
  expect(Array.from({ length: text.length + 1 }, (_, offset) => at(offset))).toEqual(
    places.map(([line, column]) => ({ line, column })),
  );
});

test.each([
  [[], 5, 0],
  [[5], 5, 0],
  [[5], 6, 1],
  [[1, 3, 5], 0, 0],
  [[1, 3, 5], 3, 1],
  [[1, 3, 5], 4, 2],
  [[1, 3, 5], 5, 2],
  [[1, 3, 5], 9, 3],
  [[1, 3, 3, 3, 5, 7, 9, 11], 3, 1],
  [[1, 3, 3, 3, 5, 7, 9, 11], 10, 7],
])('of %j less than %d: %d', (values, limit, count) => {
  expect(countBelow(values, limit)).toBe(count);
});
