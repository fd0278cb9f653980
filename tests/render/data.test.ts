import fc from 'fast-check';
import { openSync } from 'fontkit';
import { expect, test } from 'vitest';
import { grouped } from '../../src/model/amounts.ts';
import { fontFiles } from '../../src/package.ts';
import { type DocumentData, figuresOf } from '../../src/render/data.ts';

const fonts = Object.values(fontFiles).map((file) => openSync(`fonts/${file}`));
const widthOf = (figure: string, font: (typeof fonts)[number]): number =>
  'layout' in font ? font.layout(figure).advanceWidth : Number.NaN;

const dataOf = (figures: string[]): DocumentData => {
  const measures = figures.map((budget) => ({ years: [{ budget }] }));
  return { categories: [{ groups: [{ measures }] }] } as unknown as DocumentData;
};

test('the widest figure is among those that the column is measured by, whatever its digits', () => {
  const amount = fc.oneof(
    fc.maxSafeNat().map(grouped),
    fc
      .integer({ min: 1, max: 15 })
      .chain((digits) => fc.constantFrom('1', '8').map((digit) => grouped(Number(digit.repeat(digits))))),
    fc.constantFrom('', '—', '0'),
  );
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 12 }), (figures) => {
      const some = figuresOf(dataOf(figures));
      for (const font of fonts) {
        const widest = (all: string[]) => Math.max(...all.map((figure) => widthOf(figure, font)));
        expect(widest(some)).toBe(widest(figures));
      }
    }),
  );
});

test('those that cannot be the widest are left out, each other stands once', () => {
  expect(figuresOf(dataOf(['1,000', '', '—', '12', '1,000', '3,700,000', '88,888']))).toEqual(['3,700,000', '88,888']);
});
