import { describe, expect, test } from 'vitest';
import { valueAt } from '../../src/content/yaml/yaml-file.ts';
import { edit } from '../../src/edit/edit.ts';
import { orderOf } from '../../src/edit/orders.ts';
import { editYaml } from '../../src/edit/yaml/edit-yaml.ts';
import type { Written, YamlEdit } from '../../src/edit/yaml/edits.ts';
import { files, leavesOf, readAs } from './files.ts';

const lines = (...all: string[]) => `${all.join('\n')}\n`;
const order = orderOf('measures/1-1-1.yaml', ['R8', 'R9', 'R10', 'R11']);
const made = (text: string, ...edits: YamlEdit[]) => editYaml(text, edits, order);

describe('a value is written as an editor would', () => {
  const of = (before: string, value: string) => made(`取組: ${before}\n`, { path: ['取組'], value }).slice(4, -1);
  test.each([
    ['古い', '新しい', '新しい'],
    ['古い', '00123', '00123'],
    ['古い', '1e3', '1e3'],
    ['古い', 'true', 'true'],
    ['古い', '10:00から', '10:00から'],
    ['古い', 'a, b', 'a, b'],
    ['古い', "市民の'声'", "市民の'声'"],
    ['古い', 'a: b', '"a: b"'],
    ['古い', '#1', '"#1"'],
    ['古い', '- a', '"- a"'],
    ['古い', '-5', '-5'],
    ['古い', 'null', '"null"'],
    ['古い', '~', '"~"'],
    ['古い', '[a]', '"[a]"'],
    ['古い', '"a"', `'"a"'`],
    ['古い', ' a', '" a"'],
    ['古い', 'a\nb', '|-\n  a\n  b'],
    ['古い', 'a\n\n b', '|-\n  a\n\n   b'],
    ['古い', ' a\nb', '|2-\n   a\n  b'],
    ['古い', 'a\n<<<<<<< b', '"a\\n<<<<<<< b"'],
    ['"古い"', '新しい', '"新しい"'],
    ["'古い'", '新しい', "'新しい'"],
    ["'古い'", "新'しい", "'新''しい'"],
    ['"古い"', 'a\nb', '|-\n  a\n  b'],
    ['"古\\nい"', 'a\nb', '"a\\nb"'],
    ['|-\n    古い', '新しい', '|-\n    新しい'],
    ['|\n  古い', '- 新しい', '|\n  - 新しい'],
    ['|+\n  古い\n\n', 'a\nb', '|+\n  a\n  b\n\n'],
    ['|2-\n   古い', 'a', '|2-\n  a'],
    ['|- # 注\n  古い', 'a', '|- # 注\n  a'],
    ['古い  # 注', '新しい', '新しい  # 注'],
    ['"古い" # 注', '新しい', '"新しい" # 注'],
    ['古い  # 注', 'a\nb', '|-  # 注\n  a\n  b'],
    ['古い\n    # 深い注', 'a\nb', '"a\\nb"\n    # 深い注'],
    ['\n  古い', '新しい', '\n  新しい'],
  ])('%j becomes %j: %j', (before, value, after) => {
    expect(of(before, value)).toBe(after);
  });

  test.each([
    ['[a, b]', ['a', 'b', 'c'], '[a, b, c]'],
    ['[a,  b]  # 注', ['b'], '[b]  # 注'],
    ['[ "a", b ]', ['a', 'c: d'], '[ "a", "c: d" ]'],
    ['[a, b]', ['b', 'a'], '[b, a]'],
    ['[]', ['a、b', 'c,d'], '[a、b, "c,d"]'],
    ['[a]', [], '[]'],
    ['\n  - a  # 注\n  - b', ['a', 'x', 'b'], '\n  - a  # 注\n  - x\n  - b'],
    ['\n- a\n- b', ['b', 'c'], '\n- b\n- c'],
    ['\n  - a', [], ' []'],
    ['a', ['b'], '[b]'],
  ] as [string, string[], string][])('a list stays as it was: %j', (before, value, after) => {
    expect(made(`担当課:${before.startsWith('\n') ? '' : ' '}${before}\n区分: x\n`, { path: ['担当課'], value })).toBe(
      `担当課:${/^[\n ]/.test(after) ? '' : ' '}${after}\n区分: x\n`,
    );
  });
});

describe('a key comes at its place', () => {
  const schedule = lines('スケジュール:', '  R8: {}', '  R9:', '    内容: a', '    # 注', '    事業実績: b');
  test.each<[string, string, YamlEdit, string]>([
    [
      'behind the one before it',
      lines('番号: 1', '取組: a', '', '関連計画: []'),
      { path: ['区分'], value: '新規' },
      lines('番号: 1', '区分: 新規', '取組: a', '', '関連計画: []'),
    ],
    [
      'in whatever order',
      lines('関連計画: []', '取組: a  # 注', '番号: 1'),
      { path: ['担当課'], value: ['b'] },
      lines('関連計画: []', '取組: a  # 注', '担当課: [b]', '番号: 1'),
    ],
    [
      'behind the comments at the beginning',
      lines('# 注', '取組: a'),
      { path: ['番号'], value: '1-1-1' },
      lines('# 注', '番号: 1-1-1', '取組: a'),
    ],
    [
      'in front of the comments of the next',
      schedule,
      { path: ['スケジュール', 'R9', '予算額'], value: 5 },
      schedule.replace('内容: a\n', '内容: a\n    予算額: 5\n'),
    ],
    [
      'first of all',
      schedule,
      { path: ['スケジュール', 'R9', '項目'], value: '→' },
      schedule.replace('    内容: a', '    項目: →\n    内容: a'),
    ],
    [
      'in a year that was empty',
      schedule,
      { path: ['スケジュール', 'R8', '項目'], value: '→' },
      schedule.replace('R8: {}', 'R8:\n    項目: →'),
    ],
    [
      'in a year that was not there',
      schedule,
      { path: ['スケジュール', 'R10', '項目'], value: '→' },
      `${schedule}  R10:\n    項目: →\n`,
    ],
    [
      'with its year behind the one before it',
      schedule.replace('R8', 'R11'),
      { path: ['スケジュール', 'R10'], value: {} },
      `${schedule.replace('R8', 'R11')}  R10: {}\n`,
    ],
    [
      'with the map above it',
      lines('番号: 1'),
      { path: ['一覧表', '担当課'], value: 'a' },
      lines('番号: 1', '一覧表: { 担当課: a }'),
    ],
    [
      'in brackets',
      lines('スケジュール: { R8: { 予算額: 1 } }'),
      { path: ['スケジュール', 'R8', '項目'], value: '→' },
      lines('スケジュール: { R8: { 項目: →, 予算額: 1 } }'),
    ],
    [
      'an amount by 課',
      lines('スケジュール:', '  R8:', '    予算額: 1'),
      {
        path: ['スケジュール', 'R8', '予算額'],
        value: [
          { 区分: 'a', 額: 1 },
          { 区分: 'b', 額: '—' },
        ],
      },
      lines('スケジュール:', '  R8:', '    予算額: [{ 区分: a, 額: 1 }, { 区分: b, 額: — }]'),
    ],
  ])('%s', (_, before, change, after) => {
    expect(made(before, change)).toBe(after);
  });

  test('of which the last goes from a year leaves {}, from 一覧表 nothing', () => {
    const text = lines('番号: 1', 'スケジュール:', '  R8: # 注', '    予算額: 1', '一覧表: { 担当課: a }  # 注');
    const cells = [{ field: '予算額', year: 'R8' }, { field: '一覧表・担当課' }];
    expect(edit(text, cells)).toBe(lines('番号: 1', 'スケジュール:', '  R8: {} # 注'));
  });
});

test('what is so already changes no byte', () => {
  for (const { path: file, text } of files) {
    const value = readAs(text);
    const edits = leavesOf(value).map((path): YamlEdit => ({ path, value: valueAt(value, path) as string }));
    expect(editYaml(text, [...edits, { path: [], value: value as Written }], orderOf(file))).toBe(text);
    expect(
      editYaml(
        text,
        [
          { path: ['新'], remove: true },
          { path: ['新', '新'], remove: true },
        ],
        orderOf(file),
      ),
    ).toBe(text);
  }
});

test.each<[string, YamlEdit]>([
  ['below a text', { path: ['番号', 'a'], value: 'x' }],
  ['far behind the end of a list', { path: ['担当課', 5], value: 'x' }],
  ['a name for nothing', { path: ['新'], key: '旧' }],
  ['a name that there is', { path: ['番号'], key: '担当課' }],
  ['an item of a map', { path: [0], insert: 'x' }],
])('a path that leads nowhere is refused: %s', (_, change) => {
  expect(() => made('番号: 1\n担当課: [a]\n', change)).toThrow(/no place|already/);
});

test('a file that cannot be read is refused', () => {
  expect(() => made('a: [\n', { path: ['a'], value: 'x' })).toThrow('no YAML');
});
