import { expect, test } from 'vitest';
import { speakRuns, strokeOf } from '../../src/assemble/marked-runs.ts';
import { changed, objectsOf, stream, utf16 } from './objects.ts';

const span = (thickness: number | string) =>
  `<< /Type /StructElem /S /Span /P 9 0 R /A << /O /Layout /TextDecorationThickness ${thickness} >> /K [0] >>`;
const runs = [
  { kind: 'added', text: '新しい' },
  { kind: 'removed', text: '古い' },
  { kind: 'removed', text: '→' },
] as const;
const spoken = (words: string) => span(0.7).replace('/S /Span', `/S /Span /Alt ${utf16(words)}`);

test('the thickness numbers the runs, too little more to be seen', () => {
  expect([0, 1, 2, 1000].map((number) => strokeOf(number).toFixed(5))).toEqual([
    '0.70000',
    '0.70001',
    '0.70002',
    '0.71000',
  ]);
});

test('each run is spoken as what became of it, and its line is as thick as the others', () => {
  const before = {
    3: span(0.7),
    4: span('0.70001'),
    // As far off as floats of 32 bits are.
    5: span('0.7000199'),
    6: span(0.6),
    7: '<< /Type /StructElem /S /Span /P 9 0 R /K [1] >>',
    8: stream('/TextDecorationThickness 0.9', 'x'),
  };
  const file = objectsOf(before);
  speakRuns(file, runs);
  expect(changed(file, before)).toEqual({ 3: spoken('加える:新しい'), 4: spoken('削る:古い'), 5: spoken('削る:矢印') });
});

test('a line just below the first number is that of a sign that has two', () => {
  const before = { 3: span('0.69998') };
  const file = objectsOf(before);
  speakRuns(file, runs);
  expect(changed(file, before)).toEqual({});
  const nearly = objectsOf({ 3: span('0.6999999') });
  speakRuns(nearly, runs);
  expect(changed(nearly, { 3: '' })).toEqual({ 3: spoken('加える:新しい') });
});

test('a number that no run has is a defect', () =>
  expect(() => speakRuns(objectsOf({ 3: span('0.70003') }), runs)).toThrow('no marked run for a line of 0.70003 pt'));
