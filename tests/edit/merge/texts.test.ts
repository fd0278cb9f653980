import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeTexts } from '../../../src/edit/merge/texts.ts';

const settings = { numRuns: Number(process.env.RUNS ?? 500), seed: 14 };

const base = '窓口で申請を受け付ける。\n結果は郵送する。\n\n(R5) 587件';
test.each([
  [
    'different lines',
    [
      ['窓口', '駅前'],
      ['587', '600'],
    ],
    '駅前で申請を受け付ける。\n結果は郵送する。\n\n(R5) 600件',
  ],
  [
    'neighbouring lines',
    [
      ['受け付ける', '受ける'],
      ['郵送', '送付'],
    ],
    '窓口で申請を受ける。\n結果は送付する。\n\n(R5) 587件',
  ],
  [
    'words of one line',
    [
      ['窓口', '駅前'],
      ['申請', '届出'],
    ],
    '駅前で届出を受け付ける。\n結果は郵送する。\n\n(R5) 587件',
  ],
  [
    'the same word',
    [
      ['窓口', '駅前'],
      ['窓口', '区役所'],
    ],
    undefined,
  ],
  [
    'words side by side',
    [
      ['587', '600'],
      ['件', '人'],
    ],
    undefined,
  ],
  [
    'a line at the end, each another one',
    [
      ['587件', '587件\n(R6) 1件'],
      ['587件', '587件\n(R6) 2件'],
    ],
    undefined,
  ],
  [
    'the same line at the end',
    [
      ['587件', '587件\n(R6) 1件'],
      ['587件', '587件\n(R6) 1件'],
    ],
    `${base}\n(R6) 1件`,
  ],
  [
    'a line at the end, and a word of the last one',
    [
      ['587件', '587件\n(R6) 1件'],
      ['R5', 'R4'],
    ],
    `${base.replace('R5', 'R4')}\n(R6) 1件`,
  ],
  [
    'a line gone, and a word of it',
    [
      ['結果は郵送する。\n', ''],
      ['郵送', '送付'],
    ],
    undefined,
  ],
  [
    'a line gone, and another line',
    [
      ['結果は郵送する。\n', ''],
      ['窓口', '駅前'],
    ],
    '駅前で申請を受け付ける。\n\n(R5) 587件',
  ],
] as const)('%s', (_, [ours, theirs], expected) => {
  const edited = ([from, to]: readonly [string, string]) => base.replace(from, to);
  expect(mergeTexts(base, edited(ours), edited(theirs))).toBe(expected);
  expect(mergeTexts(base, edited(theirs), edited(ours))).toBe(expected);
});

const piece = fc.constantFrom(
  '窓口',
  'を',
  'R6',
  '12',
  '1,200',
  '件',
  '。',
  '、',
  '\n',
  '\n\n',
  'の',
  '実施',
  ' ',
  '😀',
);
const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));

test('any three texts: the same whichever is whose, and what one side alone says', () => {
  fc.assert(
    fc.property(text, text, text, (was, ours, theirs) => {
      expect(mergeTexts(was, ours, theirs)).toBe(mergeTexts(was, theirs, ours));
      expect(mergeTexts(was, was, theirs)).toBe(theirs);
      expect(mergeTexts(was, ours, was)).toBe(ours);
      expect(mergeTexts(was, ours, ours)).toBe(ours);
    }),
    settings,
  );
});

test('changes of different lines with one between them go together', () => {
  const line = fc
    .array(fc.constantFrom('窓口', 'を', '12', '件', '実施'), { maxLength: 5 })
    .map((words) => words.join(''));
  fc.assert(
    fc.property(fc.array(line, { minLength: 3, maxLength: 8 }), fc.nat(), fc.nat(), line, line, (lines, a, b, x, y) => {
      const [first, second] = [a % lines.length, b % lines.length];
      fc.pre(Math.abs(first - second) > 1);
      // Lines that can be told apart: of equal ones nobody knows which is meant.
      const all = lines.map((one, index) => `${index}${one}`);
      const [ours, theirs] = [all.with(first, x), all.with(second, y)].map((one) => one.join('\n')) as [string, string];
      expect(mergeTexts(all.join('\n'), ours, theirs)).toBe(all.with(first, x).with(second, y).join('\n'));
    }),
    settings,
  );
});
