import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { addedUp, budgetRow } from '../../src/compare/budgets.ts';
import type { Comparison } from '../../src/compare/change.ts';
import { terminalText } from '../../src/compare/terminal.ts';
import { between, measure } from './editions.ts';

const measures = Array.from({ length: 12 }, (_, index) =>
  measure(`1-${1 + (index % 2)}-${1 + Math.floor(index / 2)}`, {
    title: `取組の名前その${index}`,
    description: `窓口を設け、${'手続を簡単にする。'.repeat(index)}\n・転入`,
  }),
);
const comparison = between(
  measures,
  measures.map((one) => ({
    ...one,
    title: `${one.title}改め`,
    description: one.description?.replace(/(?<=^.)/, `\u001b[31m をx${'long'.repeat(30)}`) ?? '',
  })),
);

test.each([20, 40, 80, 120])('no line is wider than %i cells, with colour or without', (width) => {
  for (const color of [false, true]) {
    const lines = terminalText(comparison, { color, width }).split('\n');
    expect(lines.length).toBeGreaterThan(measures.length);
    expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
  }
});

test('without colour nothing steers the terminal; what the content holds is written out', () => {
  const text = terminalText(comparison, { color: false, width: 100 });
  expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(text).toContain('\\u{1b}[31m');
});

const nothing = between([], []);
const text = (more: Partial<Comparison>, width = 40) =>
  terminalText(
    {
      ...nothing,
      base: { name: 'v1', errors: 0, warnings: 0, measures: 0, reprints: 0 },
      head: { name: 'v2', errors: 0, warnings: 0, measures: 0, reprints: 0 },
      ...more,
    },
    { color: false, width },
  );
const blocks = (more: Partial<Comparison>, width?: number) => text(more, width).split('\n\n').slice(2).join('\n\n');
const publisher = (added: string): Partial<Comparison> => ({
  edition: [{ field: '発行者', kind: 'added', type: 'text', runs: [{ kind: 'added', text: added }] }],
});

test.each<[string, number, string, string]>([
  ['a short line', 40, 'あ', '■ 版\n  発行者: {+あ+}\n'],
  // Two cells a sign: 10 for the label, 4 for the marks.
  ['just as wide as the terminal', 34, 'あいうえおかきくけこ', '■ 版\n  発行者: {+あいうえおかきくけこ+}\n'],
  [
    'a cell too wide: later lines are indented',
    33,
    'あいうえおかきくけこ',
    '■ 版\n  発行者: {+あいうえおかきくけこ\n    +}\n',
  ],
  [
    'broken between any two signs',
    20,
    'あいうえおかきくけこさしすせそ',
    '■ 版\n  発行者: {+あいうえ\n    おかきくけこさし\n    すせそ+}\n',
  ],
  ['no narrower than 20', 5, 'あいうえお', '■ 版\n  発行者: {+あいうえ\n    お+}\n'],
  ['a Latin word whole', 20, 'あabcdefgh', '■ 版\n  発行者: {+あ\n    abcdefgh+}\n'],
  [
    'a long one in pieces of sixteen',
    24,
    'abcdefghijklmnopqrstuvwxyz',
    '■ 版\n  発行者: {+\n    abcdefghijklmnop\n    qrstuvwxyz+}\n',
  ],
  ['line breaks of the text, indented', 40, 'あ\nい', '■ 版\n  発行者: {+あ\n    い+}\n'],
  ['no blanks at the end of a line', 40, 'あ  \nい', '■ 版\n  発行者: {+あ\n    い+}\n'],
])('%s', (_, width, added, expected) => {
  expect(blocks(publisher(added), width)).toBe(expected);
});

test('what steers is written, in names of sides, headings, labels and files too', () => {
  expect(text({ base: { name: 'a\u001b', errors: 0, warnings: 0, measures: 0, reprints: 0 } }, 80).split('\n')[0]).toBe(
    'a\\u{1b} → v2',
  );
  expect(blocks({ unread: [{ side: 'head', file: 'a\u202e' }] }, 80)).toBe(
    '■ 読めないため比べていないもの\n  変更後の a\\u{202e}\n',
  );
  expect(blocks({ renames: [{ field: '\u200b', before: '\u0007', after: 'い', measures: [] }] }, 80)).toBe(
    '■ 改称\n  \\u{200b}: [-\\u{7}-] → {+い+} (取組 0 件)\n',
  );
});

test('the totals: all 大項目 and 合計, all 年度 and 計, what is in no sum', () => {
  const budgets = addedUp({
    years: ['R10', 'R11'],
    onlyBefore: [],
    onlyAfter: ['R12', 'R13'],
    categories: [
      budgetRow({ number: '1', name: '暮らし' }, [1, 2], [1, 3]),
      budgetRow({ number: '2', name: '仕事' }, [1, 2], [1, 2]),
    ],
  });
  expect(blocks({ budgets }, 80)).toBe(
    [
      '■ 予算額の合計(千円、再掲を除く)',
      '  1 暮らし: R10 1、R11 2 → 3 (+1)、計 3 → 4 (+1)',
      '  2 仕事: R10 1、R11 2、計 3',
      '  合計: R10 2、R11 4 → 5 (+1)、計 6 → 7 (+1)',
      '  R12、R13 は変更後の版だけにある年度なので、合計に入れていません。\n',
    ].join('\n'),
  );
});
