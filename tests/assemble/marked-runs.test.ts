import { expect, test } from 'vitest';
import { speakerOf, strokeOf } from '../../src/assemble/marked-runs.ts';
import type { DrawRequest } from '../../src/render/requests.ts';
import { utf16 } from './objects.ts';

const span = (thickness: number | string) =>
  `<< /Type /StructElem /S /Span /P 9 0 R /A << /O /Layout /TextDecorationThickness ${thickness} >> /K [0] >>`;
/** Numbered as the lines stand in what is drawn; a kept run has no line. */
const request = {
  part: '個票',
  pages: [
    {
      title: {
        runs: [
          { kind: 'added', text: '新しい', strokes: [strokeOf(0)] },
          { kind: 'kept', text: 'と' },
        ],
      },
    },
    {
      rows: [
        null,
        { kind: 'removed', text: '古い\n\n→', strokes: [strokeOf(1), undefined, strokeOf(2)] },
        { kind: 'removed', text: '番号のない' },
      ],
    },
  ],
} as unknown as DrawRequest;
const speak = speakerOf(request);
const spoken = (words: string) => span(0.7).replace('/S /Span', `/S /Span /Alt ${utf16(words)}`);

test('the thickness numbers the runs, too little more to be seen', () => {
  expect([0, 1, 2, 1000].map((number) => strokeOf(number).toFixed(5))).toEqual([
    '0.70000',
    '0.70001',
    '0.70002',
    '0.71000',
  ]);
});

test('each line of a run is spoken as what became of it, and is as thick as the others', () => {
  expect(speak(span(0.7))).toBe(spoken('加える:新しい'));
  expect(speak(span('0.70001'))).toBe(spoken('削る:古い'));
  // As far off as floats of 32 bits are.
  expect(speak(span('0.7000199'))).toBe(spoken('削る:矢印'));
});
test('what has no line stays', () => {
  const plain = '<< /Type /StructElem /S /Span /P 9 0 R /K [1] >>';
  expect(speak(plain)).toBe(plain);
});

test('a line just below the first number is that of a sign that has two', () => {
  for (const thickness of [0.6, '0.69998']) expect(speak(span(thickness))).toBe(span(thickness));
  expect(speak(span('0.6999999'))).toBe(spoken('加える:新しい'));
});

test('a number that no run has is a defect', () =>
  expect(() => speak(span('0.70003'))).toThrow('no marked run for a line of 0.70003 pt'));
