import { expect, test } from 'vitest';
import { strokeOf } from '../../src/assemble/marked-runs.ts';
import type { Run, Text } from '../../src/model/marked.ts';
import { markBudget, markLines, markText, markWhole, numberRuns } from '../../src/papers/marked-text.ts';
import { runsText } from '../compare/editions.ts';

const shown = (text: Text): string => (typeof text === 'string' ? text : `<${runsText(text.runs)}>`);

test.each([
  ['', '', ''],
  ['窓口', '窓口', '窓口'],
  ['窓口を設ける', '窓口を新たに設ける', '<窓口を{+新たに+}設ける>'],
  ['', '窓口', '<{+窓口+}>'],
  ['窓口', '', '<[-窓口-]>'],
])('texts by words: %j → %j', (before, after, expected) => {
  const text = markText(before, after);
  expect(shown(text)).toBe(expected);
  if (typeof text !== 'string') expect(text.framed).toBe(false);
});

test.each([
  ['○', '○', '○'],
  ['○', '△', '<[-○-]{+△+}>'],
  ['', '△', '<{+△+}>'],
  ['○', '', '<[-○-]>'],
])('values as a whole: %j → %j', (before, after, expected) => {
  expect(shown(markWhole(before, after))).toBe(expected);
});

test.each([
  ['甲\n乙', '甲\n乙', '甲\n乙'],
  ['甲\n乙', '甲\n丙', '<甲[-\n乙-]{+\n丙+}>'],
  ['甲', '甲課', '<[-甲-]{+\n甲課+}>'],
  ['', '甲\n乙', '<{+甲+}{+\n乙+}>'],
  ['甲\n乙', '', '<[-甲-][-\n乙-]>'],
])('names, a line each: %j → %j', (before, after, expected) => {
  expect(shown(markLines(before, after))).toBe(expected);
});

test('what parts add up to stands below them, its figures one below the other', () => {
  const total = (amount: string) => ({ label: '合計', amount, total: true as const });
  const two = [part('甲', '1'), part('乙', '2')];
  const look = (before: Budget, after: Budget) =>
    (markBudget(before, after) as { label: Text; amount: Text; total?: true }[]).map(({ label, amount, total }) => [
      shown(label),
      shown(amount),
      total ?? false,
    ]);
  expect(look([...two, total('3')], [part('甲', '5'), part('乙', '2'), total('7')])).toEqual([
    ['甲', '<[-1-]{+\n5+}>', false],
    ['乙', '2', false],
    ['合計', '<[-3-]{+\n7+}>', true],
  ]);
  expect(look([part('甲', '1')], [...two, total('3')]).at(-1)).toEqual(['<{+合計+}>', '<{+3+}>', true]);
  expect(look([...two, total('3')], '3').at(-1)).toEqual(['<[-合計-]>', '<[-3-]{+\n+}>', true]);
});

type Budget = Parameters<typeof markBudget>[0];
const part = (label: string, amount: string) => ({ label, amount });
test.each<[Budget, Budget, string | [string, string][]]>([
  ['', '', ''],
  ['5', '5', '5'],
  ['5', '8', '<[-5-]{+\n8+}>'],
  ['', '8', '<{+8+}>'],
  ['5', '', '<[-5-]{+\n+}>'],
  [[part('甲', '1')], [part('甲', '1')], [['甲', '1']]],
  [
    [part('甲', '1'), part('乙', '2')],
    [part('甲', '1'), part('乙', '3')],
    [
      ['甲', '1'],
      ['乙', '<[-2-]{+\n3+}>'],
    ],
  ],
  [
    [part('甲', '1')],
    [part('甲', '1'), part('乙', '2')],
    [
      ['甲', '1'],
      ['<{+乙+}>', '<{+2+}>'],
    ],
  ],
  [
    [part('甲', '1'), part('乙', '2')],
    [part('乙', '2')],
    [
      ['<[-甲-]>', '<[-1-]{+\n+}>'],
      ['乙', '2'],
    ],
  ],
  [
    [part('甲', '1')],
    [part('乙', '1')],
    [
      ['<[-甲-]>', '<[-1-]{+\n+}>'],
      ['<{+乙+}>', '<{+1+}>'],
    ],
  ],
  [
    '5',
    [part('甲', '1')],
    [
      ['', '<[-5-]{+\n+}>'],
      ['<{+甲+}>', '<{+1+}>'],
    ],
  ],
  [
    [part('甲', '1')],
    '5',
    [
      ['<[-甲-]>', '<[-1-]{+\n+}>'],
      ['', '<{+5+}>'],
    ],
  ],
  ['', [part('甲', '1')], [['<{+甲+}>', '<{+1+}>']]],
  [[part('甲', '1')], '', [['<[-甲-]>', '<[-1-]{+\n+}>']]],
])('amounts: %j → %j', (before, after, expected) => {
  const marked = markBudget(before, after);
  expect(
    Array.isArray(marked) ? marked.map(({ label, amount }) => [shown(label), shown(amount)]) : shown(marked),
  ).toEqual(expected);
});

const run = (kind: Run['kind'], text: string): Run => ({ kind, text });
test('marked lines are numbered through the document; kept ones are not', () => {
  const data = {
    title: { runs: [run('kept', '一\n二'), run('removed', '三')], framed: false },
    cells: ['四', { runs: [run('added', '五\n六'), run('removed', '七')], framed: true }],
  };
  expect(numberRuns(data)).toEqual({
    title: {
      runs: [
        { ...run('kept', '一\n二'), strokes: [] },
        { ...run('removed', '三'), strokes: [strokeOf(0)] },
      ],
      framed: false,
    },
    cells: [
      '四',
      {
        runs: [
          { ...run('added', '五\n六'), strokes: [strokeOf(1), strokeOf(2)] },
          { ...run('removed', '七'), strokes: [strokeOf(3)] },
        ],
        framed: true,
      },
    ],
  });
});
