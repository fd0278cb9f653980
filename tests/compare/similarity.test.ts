import { expect, test } from 'vitest';
import { likeness } from '../../src/compare/similarity.ts';
import { sheetFields } from '../../src/model/fields.ts';
import type { Measure } from '../../src/model/measure.ts';
import { measure } from './editions.ts';

// Pairs of neighbouring characters: あいうえ has three, あい two less.
test.each<[string, Partial<Measure>, Partial<Measure>, number]>([
  ['the same title, no text', { title: 'あいう' }, { title: 'あいう' }, 1],
  ['two pairs of three', { title: 'あいうえ' }, { title: 'あいうお' }, 2 / 3],
  ['of unlike lengths', { title: 'あいう' }, { title: 'あいうえお' }, 4 / 6],
  ['no pair', { title: 'あいう' }, { title: 'かきく' }, 0],
  ['the order counts', { title: 'あいう' }, { title: 'ういあ' }, 0],
  ['a pair counts as often as both have it', { title: 'ああああ' }, { title: 'ああ' }, 2 / 4],
  ['the other way round', { title: 'ああ' }, { title: 'ああああ' }, 2 / 4],
  ['more kinds of pairs, fewer of each', { title: 'いあああ' }, { title: 'ああああああ' }, 4 / 8],
  ['a single character has no pair', { title: 'あ' }, { title: 'あ' }, 0],
  ['an empty one neither', { title: '' }, { title: 'あい' }, 0],
  ['white space is none', { title: 'あ い\nう' }, { title: 'あいう' }, 1],
  ['title and text count half each', { title: 'あい', effect: 'かき' }, { title: 'あい', effect: 'くけ' }, 0.5],
  ['also the other way', { title: 'あい', effect: 'かき' }, { title: 'うえ', effect: 'かき' }, 0.5],
  ['a text on one side only', { title: 'あい' }, { title: 'あい', description: 'かき' }, 0.5],
  ['a text on the other side only', { title: 'あい', description: 'かき' }, { title: 'あい' }, 0.5],
  ['取組内容', { title: 'あい', description: 'かきく' }, { title: 'あい', description: 'かきけ' }, 0.75],
  ['効果・KPI', { title: 'あい', effect: 'かきく' }, { title: 'あい', effect: 'かきけ' }, 0.75],
  ['現状・実績・目標', { title: 'あい', indicators: 'かきく' }, { title: 'あい', indicators: 'かきけ' }, 0.75],
  [
    '内容 of a 年度',
    { title: 'あい', schedule: { R10: { plan: 'かきく' } } },
    { title: 'あい', schedule: { R10: { plan: 'かきけ' } } },
    0.75,
  ],
  [
    '事業実績',
    { title: 'あい', schedule: { R10: { result: 'かきく' } } },
    { title: 'あい', schedule: { R10: { result: 'かきけ' } } },
    0.75,
  ],
  [
    'one 年度 after the other',
    { title: 'あい', schedule: { R10: { plan: 'か' }, R11: { plan: 'き' } } },
    { title: 'あい', schedule: { R11: { plan: 'かき' } } },
    1,
  ],
  [
    'not a 年度 that only one edition has',
    { title: 'あい', schedule: { R9: { plan: 'かきく' } } },
    { title: 'あい', schedule: { R12: { plan: 'さしす' } } },
    1,
  ],
  [
    'one field after the other',
    { title: 'あい', description: 'か', effect: 'き' },
    { title: 'あい', effect: 'かき' },
    1,
  ],
  [
    'neither 項目, 予算額, 課 nor the wording of the overview',
    { title: 'あい', sections: ['さし'], overviewTitle: 'たち', schedule: { R10: { mark: '○', budget: 1200 } } },
    { title: 'あい', sections: ['すせ'], overviewTitle: 'つて', schedule: { R10: { mark: '△', budget: 3400 } } },
    1,
  ],
])('%s', (_, left, right, value) => {
  const alike = likeness(sheetFields, ['R10', 'R11']);
  const [base, head] = [measure('1-1-1', left), measure('1-1-1', right)];
  expect(alike(base, head)).toBeCloseTo(value, 12);
  expect(alike(base, head)).toBeCloseTo(value, 12);
  expect(alike(head, base)).toBeCloseTo(value, 12);
});
