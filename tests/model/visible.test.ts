import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible, visibleJson, visibleLines } from '../../src/model/visible.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
/** C0, DEL and C1; what turns text round, joins or parts it unseen; line separators; tags; variation selectors; halves. */
const hidden = [
  ...[...range(0x00, 0x1f), ...range(0x7f, 0x9f), 0xa0, 0xad, 0x034f, 0x061c, 0x115f, 0x180e],
  ...[...range(0x2000, 0x200f), ...range(0x2028, 0x202f), ...range(0x205f, 0x206f), 0x3164, ...range(0xfe00, 0xfe0f)],
  ...[0xfeff, 0xffa0, ...range(0xfff9, 0xfffb), ...range(0xd800, 0xdfff), ...range(0xe000, 0xf8ff)],
  ...[...range(0xe0001, 0xe007f), ...range(0xe0100, 0xe01ef), 0xfdd0, 0xffff, 0x10ffff],
];

test('every hidden code point is written, alone and between others', () => {
  for (const code of hidden) {
    const written = `\\u{${code.toString(16)}}`;
    // Not String.fromCodePoint between others only: two halves would make one character.
    expect(visible(String.fromCodePoint(code))).toBe(written);
    expect(visible(`窓${String.fromCodePoint(code)}口`)).toBe(`窓${written}口`);
  }
});

test('what people read stays as it is', () => {
  const text = '施策集(R8) 𠮟る 𩸽 ①→② が "A" \\ \u3000 é か\u3099 🙂 ▲1,000 〜 Ω';
  expect(visible(text)).toBe(text);
});

test('any text: nothing hidden is left, once is as twice, lines stay lines, JSON stays the same value', () => {
  const sign = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom(...hidden).map((code) => String.fromCodePoint(code)),
  );
  const left = new RegExp(`[${hidden.map((code) => `\\u{${code.toString(16)}}`).join('')}]`, 'u');
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 20 }), (signs) => {
      const text = signs.join('');
      expect(visible(text)).not.toMatch(left);
      expect(visible(visible(text))).toBe(visible(text));
      expect(visibleLines(text)).toBe(text.split('\n').map(visible).join('\n'));
      const json = visibleJson(JSON.stringify({ [text]: [text] }, undefined, 2));
      expect(json.replaceAll('\n', '')).not.toMatch(left);
      expect(JSON.parse(json)).toEqual({ [text]: [text] });
    }),
    { numRuns: Number(process.env.RUNS ?? 300), seed: 20 },
  );
});
