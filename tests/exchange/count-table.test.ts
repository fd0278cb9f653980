import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { countTable } from '../../src/exchange/count-table.ts';

const paint = picocolors.createColors(false);
const { longest, numbers, text } = countTable(
  [
    { heading: '取組', key: 'measures' },
    { heading: '誤り', key: 'errors' },
  ],
  [
    { name: '受け取ったもの/窓口課から戻ったもの.xlsx', counts: { measures: 12345, errors: 0 } },
    { name: '計', counts: { measures: 12345, errors: 0 } },
  ],
);

test('a name that is too long for its column is broken; one of its lines has its numbers', () => {
  expect([longest, numbers]).toEqual([40, 13]);
  expect(text(24, 'last', paint)).toMatchInlineSnapshot(`
    "課                         取組  誤り
    受け取ったもの/窓口課か
      ら戻ったもの.xlsx       12345     0
    計                        12345     0"
  `);
  expect(text(24, 'first', paint)).toMatchInlineSnapshot(`
    "課                         取組  誤り
    受け取ったもの/窓口課か   12345     0
      ら戻ったもの.xlsx
    計                        12345     0"
  `);
});
