import { describe, expect, test } from 'vitest';
import { checkAmounts, checkMentions } from '../../src/content/plausible.ts';
import { parseYaml } from '../../src/content/yaml/yaml-file.ts';
import { told } from './told.ts';

describe('an amount at least a hundred times those of the other years', () => {
  /** What is told of the 予算額 of these years: the year, the amount, what it would be in 千円. */
  const warned = (...budgets: (number | string | undefined)[]): string[] => {
    const years = budgets.map(
      (budget, index) => `  R${index + 1}: ${budget === undefined ? '{}' : `{ 予算額: ${budget} }`}\n`,
    );
    const yaml = parseYaml('a.yaml', `スケジュール:\n${years.join('')}`);
    checkAmounts(yaml);
    return yaml.diagnostics.map(({ code, severity, subject, actual, expected, start, end }) => {
      expect([code, severity]).toEqual(['amount-out-of-line', 'warning']);
      return `${subject} ${actual} ${expected} ${start.line}:${start.column}-${end.column}`;
    });
  };
  const parts = (...amounts: [string, number | string][]) =>
    `[${amounts.map(([label, amount]) => `{ 区分: ${label}, 額: ${amount} }`).join(', ')}]`;

  test.each<[string, (number | string | undefined)[], string[]]>([
    ['the hundredfold', [10, 1000], ['R2 1000 1 3:14-18']],
    ['less than the hundredfold', [10, 999], []],
    ['the first year', [37_000, 12], ['R1 37000 37 2:14-19']],
    ['half of a thousand is rounded', [12, 1500], ['R2 1500 2 3:14-18']],
    ['of three the one', [1200, 120_000, 1300], []],
    ['a hundred times the largest of the others', [1200, 130_000, 1300], ['R2 130000 130 3:14-20']],
    ['all those above it', [12, 1200, 5000], ['R2 1200 1 3:14-18', 'R3 5000 5 4:14-18']],
    ['below ten it may be so', [9, 900], []],
    ['from ten on it may not', [10, 1000], ['R2 1000 1 3:14-18']],
    ['below ten, a thousandfold', [5, 5000], ['R2 5000 5 3:14-18']],
    ['below ten, three times a thousandfold', [5, 15_000], ['R2 15000 15 3:14-19']],
    ['below ten, more than three times a thousandfold', [5, 16_000], []],
    ['below ten, a third of a thousandfold', [6, 2000], ['R2 2000 2 3:14-18']],
    ['below ten, less than a third of a thousandfold', [7, 2000], []],
    ['below ten, no whole thousands', [5, 5001], []],
    ['nothing is no amount to compare with', [0, 5000], []],
    ['nothing beside amounts', [0, 12, 1200], ['R3 1200 1 4:14-18']],
    ['nothing is no amount of a year', [0, '[{ 区分: a, 額: 20 }]', 2000], ['R3 2000 2 4:14-18']],
    ['nothing is never too much', [0, 0, 0], []],
    ['blank cells and — are none', ['—', undefined, 5000], []],
    ['one year', [5000], []],
    [
      'parts, each among its own',
      [parts(['a', 20], ['b', 5000]), parts(['a', 2000], ['b', 5000])],
      ['R2 2000 2 3:27-31'],
    ],
    [
      'parts of other names are not held against each other',
      [parts(['a', 20], ['b', 5000]), parts(['a', 30], ['b', 6000])],
      [],
    ],
    ['a part of one year only against all', [parts(['a', 20], ['b', 3000]), parts(['a', 30])], ['R1 3000 3 2:45-49']],
    ['an amount of one year only beside parts', [parts(['a', 20]), 2000], ['R2 2000 2 3:14-18']],
    ['a part that is named twice in one year', [parts(['a', 20], ['a', 3000]), 30], ['R1 3000 3 2:45-49']],
    ['parts of nothing and of —', [parts(['a', 0], ['b', '—']), parts(['a', 3000], ['b', 30])], ['R2 3000 3 3:27-31']],
    ['what is no amount is passed over', [parts(['a', 'x']), '未定', '[x]', '[~]', 2000], []],
  ])('%s', (_, budgets, expected) => expect(warned(...budgets)).toEqual(expected));

  test.each([
    '取組: x\n',
    'スケジュール: R1\n',
    'スケジュール:\n',
    'スケジュール: [1]\n',
    'スケジュール:\n  R1:\n  R2: x\n',
    'x\n',
    '',
  ])('without years nothing is told: %j', (text) => {
    const yaml = parseYaml('a.yaml', text);
    const before = [...yaml.diagnostics];
    checkAmounts(yaml);
    checkMentions(yaml, new Set(), new Set(['1']));
    expect(yaml.diagnostics).toEqual(before);
  });
});

describe('a number in a text that looks like a measure and is none', () => {
  const names = new Set(['1-1-1', '2-3-16']);
  const mentioned = (text: string) => {
    const yaml = parseYaml('a.yaml', text);
    checkMentions(yaml, names, new Set(['1', '2', '12']));
    return told(yaml.diagnostics);
  };
  const within = (sentence: string) =>
    mentioned(`取組内容: |-\n  ${sentence}\n`)
      .filter((line) => line.includes('mention-unknown'))
      .map((line) => /actual="(.*)"$/.exec(line)?.[1]);

  test.each<[string, string[]]>([
    ['1-1-2 を見よ', ['1-1-2']],
    ['「1-1-2」、1-1-3', ['1-1-2', '1-1-3']],
    ['(1-1-2)', ['1-1-2']],
    ['取組1-1-2と1-1-3に', ['1-1-2', '1-1-3']],
    ['１－１－２に', ['１－１－２']],
    ['1‐1‐2 1‑1‑3 1−1−4 1–1–5', ['1‐1‐2', '1‑1‑3', '1−1−4', '1–1–5']],
    ['12-10-100', ['12-10-100']],
    // told once
    ['1-1-2 と 1-1-2 と １-１-２', ['1-1-2']],
    // measures
    ['1-1-1 と 2-3-16 と １－１－１', []],
    // of no 大項目
    ['3-1-1', []],
    // no numbers of measures
    ['0-1-1 1-0-1 1-1-0 01-1-1', []],
    ['1-1', []],
    // dates, addresses, telephone numbers, longer numbers
    ...[
      ...['1-1-2-3', '4-1-1-2', '1-1-2345', '123-1-1', '1.1-1-2', '1-1-2.5', '1-1-2/3', '3/1-1-2', 'A1-1-2', '1-1-2B'],
      ...[
        'Ａ1-1-2',
        '1-1-2ｚ',
        '1-1-2a',
        'z1-1-2',
        '1-1-2:30',
        '1-1-2：30',
        '〒1-1-2',
        '中央町1-1-2',
        '2丁目1-1-2',
        '1-1-2番地',
      ],
      ...[
        '1-1-2号',
        '北地区1-1-2',
        'みなと市1-1-2',
        '中央区1-1-2',
        '東村1-1-2',
        '二条1-1-2',
        '大通1-1-2',
        '高台1-1-2',
        '大字1-1-2',
      ],
      ...[
        '第1-1-2条',
        '1-1-2年',
        '1-1-2月',
        '1-1-2日',
        '令和1-1-2',
        '平成1-1-2',
        '昭和1-1-2',
        '1-1-2年度',
        '1-1-2台',
        '1-1-2－3',
      ],
    ].map((sentence): [string, string[]] => [sentence, []]),
  ])('%s', (sentence, numbers) => expect(within(sentence)).toEqual(numbers));

  test('the texts of the sheet and of each year, at their places', () => {
    expect(
      mentioned(
        [
          '取組: 1-1-2',
          '番号: 1-1-9',
          '担当課: [1-1-3]',
          '効果・KPI: 1-1-4',
          '現状・実績・目標: |-\n  1件\n  (1-1-5)',
          'スケジュール:',
          '  R1: { 項目: 1-1-6, 内容: 1-1-7, 事業実績: 1-1-8, 予算額: 1-1-9 }',
          '  R2: { 内容: 1-1-7 }',
          '一覧表: { 取組事項: 1-1-2, 担当課: 1-1-10 }\n',
        ].join('\n'),
      ),
    ).toEqual([
      'warning mention-unknown a.yaml 1:5-1:10 actual="1-1-2"',
      'warning mention-unknown a.yaml 4:9-4:14 actual="1-1-4"',
      'warning mention-unknown a.yaml 7:4-7:9 actual="1-1-5"',
      'warning mention-unknown a.yaml 9:24-9:29 actual="1-1-7"',
      'warning mention-unknown a.yaml 9:37-9:42 actual="1-1-8"',
      'warning mention-unknown a.yaml 10:13-10:18 actual="1-1-7"',
      'warning mention-unknown a.yaml 11:14-11:19 actual="1-1-2"',
      'warning mention-unknown a.yaml 11:26-11:32 actual="1-1-10"',
    ]);
    expect(mentioned('取組: [1-1-2]\n取組内容:\n')).toEqual([]);
  });
});
