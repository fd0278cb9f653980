import { expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { checkedCity, city, parsedCity, put, textOf } from './city.ts';
import { edited, measure, told } from './told.ts';

const edition = (...changes: [string | RegExp, string][]) => edited('edition.yaml', ...changes);
const structure = (...changes: [string | RegExp, string][]) => edited('structure.yaml', ...changes);
const organization = (...changes: [string | RegExp, string][]) => edited('organization.yaml', ...changes);
/** A measure of its own under another number. */
const copied = (id: string, ...changes: [string | RegExp, string][]) => ({
  [`measures/${id}.yaml`]: Object.values(measure('1-2-1', ['番号: 1-2-1', `番号: ${id}`], ...changes))[0] ?? '',
});
const reprint = (id: string, target: string, kind = '継続') => ({
  [`measures/${id}.yaml`]: `番号: ${id}\n区分: ${kind}\n再掲: ${target}\n`,
});
const broken = (path: string) => ({ [path]: '"' });
const items = (from: number, to: number) =>
  Object.assign({}, ...Array.from({ length: to - from + 1 }, (_, index) => copied(`1-2-${from + index}`)));

test.each<[string, Record<string, string | undefined>, string[]]>([
  ['the city as it is', {}, []],
  [
    'lists that cannot be read',
    { ...edition([/構成: .*/, '構成: x']), 'organization.yaml': '局・部: x\n' },
    [
      'wrong-type edition.yaml 11:5-11:6 subject="構成" actual="「x」という文字" expected="一覧"',
      'wrong-type organization.yaml 1:6-1:7 subject="局・部" actual="「x」という文字" expected="一覧"',
    ],
  ],
  // edition.yaml
  [
    'dates that are none',
    edition(['令和9年4月', '2027年4月'], ['令和12年12月1日', '令和12年13月']),
    [
      'not-a-date edition.yaml 5:5-5:12 subject="策定" actual="2027年4月"',
      'not-a-date edition.yaml 6:5-6:13 subject="改定" actual="令和12年13月"',
    ],
  ],
  [
    'no date, no number: nothing but that is told of them',
    { ...edition(['策定: 令和9年4月\n', '']), ...measure('1-2-1', ['番号: 1-2-1\n', '']) },
    ['missing-key edition.yaml 2:1-2:4 subject="策定"', 'missing-key measures/1-2-1.yaml 2:1-2:3 subject="番号"'],
  ],
  [
    'a year twice, a plan twice',
    edition(['[R10, R11, R12]', '[R10, R11, R10, R12, R11]'], ['防災計画]', '防災計画, 総合計画]']),
    [
      'duplicate-value edition.yaml 8:16-8:19 subject="年度" actual="R10"',
      'duplicate-value edition.yaml 8:26-8:29 subject="年度" actual="R11"',
      'duplicate-value edition.yaml 10:20-10:24 subject="関連計画" actual="総合計画"',
    ],
  ],
  [
    'a year of the indicators that is written otherwise',
    edition(['現状: R10', '現状: 令和10年度']),
    ['unknown-year edition.yaml 9:17-9:23 actual="令和10年度" expected="R10、R11、R12" nearest="R10"'],
  ],
  [
    'years of the indicators that are none',
    edition(['現状: R10', '現状: R9'], ['目標値: R12', '目標値: R13']),
    [
      'unknown-year edition.yaml 9:17-9:19 actual="R9" expected="R10、R11、R12"',
      'unknown-year edition.yaml 9:26-9:29 actual="R13" expected="R10、R11、R12"',
    ],
  ],
  [
    'years of the indicators where 年度 cannot be read',
    edition(['年度: [R10, R11, R12]', '年度: R10']),
    ['wrong-type edition.yaml 8:5-8:8 subject="年度" actual="「R10」という文字" expected="一覧"'],
  ],
  [
    'a part twice',
    edition(['目次, ', '目次, 表紙, ']),
    ['duplicate-value edition.yaml 11:14-11:16 subject="構成" actual="表紙"'],
  ],
  [
    'an annex twice',
    {
      ...edition(['個票]', '{ 別冊: annexes/a.pdf, 題名: a }, { 別冊: annexes/a.pdf, 題名: b }]']),
      'annexes/a.pdf': '%PDF',
    },
    ['duplicate-value edition.yaml 11:52-11:80 subject="構成" actual="annexes/a.pdf"'],
  ],
  [
    'an annex that is nowhere, one elsewhere',
    { ...edition(['個票]', '{ 別冊: annexes/x.pdf, 題名: a }, { 別冊: a.pdf, 題名: b }]']), 'a.pdf': '%PDF' },
    [
      'annex-missing edition.yaml 11:28-11:41 actual="annexes/x.pdf"',
      'annex-missing edition.yaml 11:58-11:63 actual="a.pdf"',
    ],
  ],
  // structure.yaml
  [
    '大項目 out of order',
    structure(
      ['番号: 2\n', '番号: 3\n'],
      ['番号: 2-1', '番号: 3-1'],
      ['- 番号: 3\n    名称: 学び', '- 番号: 2\n    名称: 学び'],
      ['{ 番号: 3-1, 名称: 学校', '{ 番号: 2-1, 名称: 学校'],
    ),
    [
      'wrong-numbering structure.yaml 8:9-8:10 actual="3" expected="2"',
      'wrong-numbering structure.yaml 12:9-12:10 actual="2" expected="3"',
    ],
  ],
  [
    '中項目 out of order and of another 大項目',
    structure(
      ['番号: 1-1', '番号: 1-2'],
      ['番号: 1-2, 名称: 防災', '番号: 1-1, 名称: 防災'],
      ['番号: 3-1', '番号: 2-2'],
    ),
    [
      'wrong-numbering structure.yaml 6:15-6:18 actual="1-2" expected="1-1"',
      'wrong-numbering structure.yaml 7:15-7:18 actual="1-1" expected="1-2"',
      'wrong-numbering structure.yaml 15:15-15:18 actual="2-2" expected="3-1"',
    ],
  ],
  [
    'a 中項目 twice',
    structure(['番号: 1-2', '番号: 1-1']),
    ['wrong-numbering structure.yaml 7:15-7:18 actual="1-1" expected="1-2"'],
  ],
  // organization.yaml
  [
    'a 局 twice',
    organization(['名称: 教育局', '名称: 市民局']),
    [
      'name-not-given organization.yaml 3:3-10:13 subject="局・部" actual="教育局" expected="3-1-2、3-1-3"',
      'duplicate-value organization.yaml 7:9-7:12 subject="局・部" actual="市民局"',
    ],
  ],
  [
    'a 課 twice in one 局',
    organization(['[漁港課, 流通課]', '[漁港課, 流通課, 漁港課]']),
    ['duplicate-value organization.yaml 6:19-6:22 subject="課" actual="漁港課"'],
  ],
  ['a 課 in two 局 is none of both too much', organization(['[学校課]', '[学校課, 窓口課]']), []],
  // names of a measure
  [
    'the number of another file',
    measure('1-2-1', ['番号: 1-2-1', '番号: 1-2-2']),
    ['number-differs-from-file measures/1-2-1.yaml 2:5-2:10 actual="1-2-2" expected="1-2-1"'],
  ],
  [
    'names twice',
    measure(
      '2-1-1',
      ['[産業局 水産部]', '[産業局 水産部, 産業局 水産部]'],
      ['流通課]', '流通課, 流通課, (発注)漁港課]'],
      ['[総合計画, 防災計画]', '[防災計画, 総合計画, 防災計画]'],
    ),
    [
      'duplicate-value measures/2-1-1.yaml 7:18-7:25 subject="担当局・部" actual="産業局 水産部"',
      'duplicate-value measures/2-1-1.yaml 8:21-8:24 subject="担当課" actual="流通課"',
      'duplicate-value measures/2-1-1.yaml 8:26-8:33 subject="担当課" actual="(発注)漁港課"',
      'duplicate-value measures/2-1-1.yaml 16:20-16:24 subject="関連計画" actual="防災計画"',
    ],
  ],
  ['a 課 with a role and without is named twice and is no repetition', measure('2-1-1', ['流通課]', '漁港課]']), []],
  [
    'a 局 that is a slip',
    measure('1-2-1', ['[市民局]', '[市氏局]']),
    ['unknown-department measures/1-2-1.yaml 5:9-5:12 actual="市氏局" nearest="市民局"'],
  ],
  [
    'a 局 that is no slip',
    measure('1-2-1', ['[市民局]', '[宇宙開発局]']),
    ['unknown-department measures/1-2-1.yaml 5:9-5:14 actual="宇宙開発局"'],
  ],
  ['a 局 alone stands for its 部', measure('2-1-1', ['[産業局 水産部]', '[産業局]']), []],
  [
    'a 部 without its 局',
    measure('2-1-1', ['[産業局 水産部]', '[水産部]']),
    [
      'name-not-given organization.yaml 5:9-5:16 subject="局・部" actual="水産部" expected="2-1-1" nearest="産業局 水産部"',
    ],
  ],
  [
    'a 課 that is a slip, with its role',
    measure('2-1-1', ['(発注)漁港課', '(発注)漁巷課']),
    ['unknown-section measures/2-1-1.yaml 8:7-8:14 actual="漁巷課" nearest="漁港課"'],
  ],
  [
    'a 課 that is no slip',
    measure('1-2-1', ['[防災課]', '[防災課, 宇宙開発室]']),
    ['unknown-section measures/1-2-1.yaml 6:12-6:17 actual="宇宙開発室"'],
  ],
  [
    'a 課 of another 局',
    measure('1-2-1', ['[防災課]', '[防災課, 学校課]']),
    ['warning section-elsewhere measures/1-2-1.yaml 6:12-6:15 actual="学校課" expected="市民局" nearest="教育局"'],
  ],
  [
    'a 課 of two other 局',
    {
      ...measure('1-2-1', ['[防災課]', '[流通課]'], ['[市民局]', '[市民局, 教育局]']),
      ...organization(['名称: ほか\n    課: [関係課]', '名称: ほか\n    課: [関係課, 流通課]']),
    },
    [
      'warning section-elsewhere measures/1-2-1.yaml 6:7-6:10 actual="流通課" expected="市民局、教育局" nearest="産業局 水産部、ほか"',
    ],
  ],
  [
    'a 課 of another 局 beside one that is not known',
    measure('1-2-1', ['[市民局]', '[市民局, 宇宙開発局]'], ['[防災課]', '[学校課]']),
    ['unknown-department measures/1-2-1.yaml 5:14-5:19 actual="宇宙開発局"'],
  ],
  ['a 課 of another 局 beside ほか', measure('1-2-1', ['[市民局]', '[市民局, ほか]'], ['[防災課]', '[学校課]']), []],
  [
    'a 局 whose name ends with ほか leaves its 課 open',
    {
      ...measure('1-2-1', ['[市民局]', '[市民局ほか]'], ['[防災課]', '[学校課]']),
      ...organization(['名称: ほか', '名称: 市民局ほか']),
      ...measure('1-1-2', ['[市民局, ほか]', '[市民局]'], ['[窓口課, 関係課]', '[窓口課]']),
    },
    [],
  ],
  [
    'a 課 where 担当局・部 cannot be read',
    measure('1-2-1', ['[市民局]', '市民局'], ['[防災課]', '[学校課]']),
    ['wrong-type measures/1-2-1.yaml 5:8-5:11 subject="担当局・部" actual="「市民局」という文字" expected="一覧"'],
  ],
  [
    'names where organization.yaml cannot be read',
    { ...broken('organization.yaml'), ...measure('1-2-1', ['[防災課]', '[防炎課, 防炎課]']) },
    [
      'duplicate-value measures/1-2-1.yaml 6:12-6:15 subject="担当課" actual="防炎課"',
      'yaml-unclosed-quote organization.yaml 1:1-1:2 actual="\\""',
    ],
  ],
  // numbers
  [
    'one number is missing',
    { ...measure('3-1-3'), 'measures/3-1-2.yaml': undefined },
    ['missing-number measures/3-1-3.yaml 2:5-2:10 expected="3-1-2"'],
  ],
  [
    'the first number is missing',
    { 'measures/1-1-1.yaml': undefined, 'measures/3-1-1.yaml': undefined, ...copied('3-1-1') },
    ['missing-number measures/1-1-2.yaml 2:5-2:10 expected="1-1-1"'],
  ],
  [
    'two numbers are missing, then one',
    { ...copied('1-2-4'), ...copied('1-2-6') },
    [
      'missing-number measures/1-2-4.yaml 2:5-2:10 expected="1-2-2" nearest="1-2-3"',
      'missing-number measures/1-2-6.yaml 2:5-2:10 expected="1-2-5"',
    ],
  ],
  ['numbers by value: none is missing', items(2, 11), []],
  [
    'the largest number',
    copied('1-2-9999'),
    ['missing-number measures/1-2-9999.yaml 2:5-2:13 expected="1-2-2" nearest="1-2-9998"'],
  ],
  [
    'a number that is a date',
    copied('1-2-10000'),
    ['number-too-large measures/1-2-10000.yaml 2:5-2:14 actual="1-2-10000" expected="9999"'],
  ],
  [
    'a 中項目 that is none',
    copied('1-3-1'),
    ['unknown-group measures/1-3-1.yaml 2:5-2:10 actual="1-3-1" expected="1-1、1-2"'],
  ],
  [
    'a 大項目 that is none',
    copied('4-1-1'),
    ['unknown-category measures/4-1-1.yaml 2:5-2:10 actual="4-1-1" expected="1、2、3"'],
  ],
  [
    'a 大項目 that is none, too large',
    copied('4-1-10000'),
    ['unknown-category measures/4-1-10000.yaml 2:5-2:14 actual="4-1-10000" expected="1、2、3"'],
  ],
  [
    'a file of broken syntax has its number',
    { ...broken('measures/2-1-1.yaml'), ...broken('measures/3-1-1.yaml') },
    [
      'yaml-unclosed-quote measures/2-1-1.yaml 1:1-1:2 actual="\\""',
      'yaml-unclosed-quote measures/3-1-1.yaml 1:1-1:2 actual="\\""',
    ],
  ],
  [
    'an empty 中項目',
    { 'measures/2-1-1.yaml': undefined },
    ['empty-group structure.yaml 11:15-11:18 actual="2-1" expected="2-1-1"'],
  ],
  [
    'a file that is no text, of a 中項目 that is none',
    { 'measures/7-1-1.yaml': undefined, 'measures/1-9-1.yaml': '' },
    ['empty-file measures/1-9-1.yaml 1:1-1:1'],
  ],
  [
    'numbers where structure.yaml cannot be read',
    { ...broken('structure.yaml'), ...copied('4-1-1') },
    ['yaml-unclosed-quote structure.yaml 1:1-1:2 actual="\\""'],
  ],
  [
    'numbers where structure.yaml has a mistake',
    { ...structure(['番号: 3\n', '番号: 4\n']), ...copied('5-1-1') },
    [
      'wrong-numbering structure.yaml 12:9-12:10 actual="4" expected="3"',
      'wrong-numbering structure.yaml 15:15-15:18 actual="3-1" expected="4-1"',
    ],
  ],
  [
    'a file that is no text, its number too large',
    { 'measures/1-2-10000.yaml': '' },
    ['empty-file measures/1-2-10000.yaml 1:1-1:1'],
  ],
  // 再掲
  ['a 再掲 of itself', reprint('3-1-2', '3-1-2'), ['reprint-itself measures/3-1-2.yaml 3:5-3:10 actual="3-1-2"']],
  ['a 再掲 of nothing', reprint('3-1-2', '9-1-1'), ['reprint-unknown measures/3-1-2.yaml 3:5-3:10 actual="9-1-1"']],
  [
    'a 再掲 of a 再掲',
    reprint('3-1-2', '3-1-1', '新規'),
    ['reprint-of-reprint measures/3-1-2.yaml 3:5-3:10 actual="3-1-1" expected="1-1-1"'],
  ],
  [
    'a 再掲 of another 区分',
    reprint('3-1-2', '1-1-1'),
    ['reprint-kind-differs measures/3-1-2.yaml 2:5-2:7 subject="1-1-1" actual="継続" expected="新規"'],
  ],
  [
    'a 再掲 of another 区分, the other way round',
    reprint('3-1-2', '1-2-1', '新規'),
    ['reprint-kind-differs measures/3-1-2.yaml 2:5-2:7 subject="1-2-1" actual="新規" expected="継続"'],
  ],
  [
    'a 再掲 of a broken file',
    { ...reprint('3-1-2', '1-2-1', '新規'), ...broken('measures/1-2-1.yaml') },
    ['yaml-unclosed-quote measures/1-2-1.yaml 1:1-1:2 actual="\\""'],
  ],
  [
    'a 再掲 of a measure without a right 区分',
    measure('1-2-1', ['区分: 継続', '区分: 廃止']),
    ['unknown-value measures/1-2-1.yaml 3:5-3:7 subject="区分" actual="廃止" expected="新規、継続"'],
  ],
  [
    'a 再掲 without a right 区分',
    reprint('3-1-2', '1-2-1', '継'),
    ['unknown-value measures/3-1-2.yaml 2:5-2:6 subject="区分" actual="継" expected="新規、継続" nearest="継続"'],
  ],
  [
    'a 再掲 that is no number',
    reprint('3-1-2', '二'),
    ['not-a-number measures/3-1-2.yaml 3:5-3:6 subject="再掲" actual="二" expected="2-3-16"'],
  ],
  // amounts and mentions, in their places
  [
    'an amount of yen',
    measure('3-1-3', ['予算額: 0\n    事業実績', '予算額: 12\n    事業実績'], ['予算額: 0\n', '予算額: 37000\n']),
    [
      'warning amount-out-of-line measures/3-1-3.yaml 19:10-19:15 subject="R11" actual="37000" expected="37"',
      'warning amount-out-of-line measures/3-1-3.yaml 23:10-23:17 subject="R12" actual="3700000" expected="3700"',
    ],
  ],
  [
    'a mention of no measure',
    measure('3-1-3', ['端末を更新する。', '端末を更新する(1-1-9、2-1-1)。']),
    ['warning mention-unknown measures/3-1-3.yaml 8:11-8:16 actual="1-1-9"'],
  ],
])('%s', (_, changes, expected) => {
  const { diagnostics, edition } = checkedCity(changes);
  expect(told(diagnostics)).toEqual(expected);
  expect(edition === undefined).toBe(expected.some((line) => !line.startsWith('warning')));
});

test('a folder that the system does not list is told, not what is missing in it', () => {
  const { source, entries } = city();
  put(entries, 'edition.yaml', textOf('edition.yaml').replace('個票]', '{ 別冊: annexes/x.pdf, 題名: a }]'));
  entries.set('annexes', { kind: 'folder', unreadable: 'EACCES' });
  expect(told(checkContent(source, parsedCity()).diagnostics)).toEqual([
    'file-unreadable annexes 1:1-1:1 subject="annexes フォルダ" actual="EACCES"',
  ]);
  put(entries, 'edition.yaml', textOf('edition.yaml').replace('個票]', '{ 別冊: x.pdf, 題名: a }]'));
  expect(told(checkContent(source, parsedCity()).diagnostics)).toEqual([
    'file-unreadable annexes 1:1-1:1 subject="annexes フォルダ" actual="EACCES"',
    'annex-missing edition.yaml 11:28-11:33 actual="x.pdf"',
  ]);
  const measures = city();
  for (const path of [...measures.entries.keys()]) if (path.startsWith('measures/')) measures.entries.delete(path);
  measures.entries.set('measures', { kind: 'folder', unreadable: 'EIO' });
  expect(told(checkContent(measures.source, parsedCity()).diagnostics)).toEqual([
    'file-unreadable measures 1:1-1:1 subject="measures フォルダ" actual="EIO"',
  ]);
});

test('a folder is no annex', () => {
  const { source, entries } = city();
  put(entries, 'edition.yaml', textOf('edition.yaml').replace('個票]', '{ 別冊: annexes/x.pdf, 題名: a }]'));
  entries.set('annexes/x.pdf', { kind: 'folder' });
  expect(told(checkContent(source, parsedCity()).diagnostics)).toEqual([
    'annex-missing edition.yaml 11:28-11:41 actual="annexes/x.pdf"',
  ]);
});
