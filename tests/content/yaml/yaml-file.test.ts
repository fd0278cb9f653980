import { describe, expect, test } from 'vitest';
import { isMap } from 'yaml';
import { ParsedFiles } from '../../../src/content/yaml/parsed-files.ts';
import { type Path, type Place, parseYaml, placeOf, placeOfKey, valueAt } from '../../../src/content/yaml/yaml-file.ts';

const text = `番号: 1-1-1
空:
担当課: [防災課, "広報課"]
スケジュール:
  R10:
    項目: ○
    内容: |-
      広報課と
      試行する
  R11: {}
組: {a: 1, 二: [x, y]}
表:
  - 名称: 甲
    値:
  - 名称: 乙
`;
const read = () => parseYaml('content/x.yaml', text);
const shown = ({ file, start, end }: Place) => {
  expect(file).toBe('content/x.yaml');
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
};

describe('where a value stands', () => {
  test.each<[Path, string]>([
    // the file: its first key
    [[], '1:1-1:3'],
    [['番号'], '1:5-1:10'],
    // without a value: its key
    [['空'], '2:1-2:2'],
    [['担当課'], '3:6-3:18'],
    [['担当課', 0], '3:7-3:10'],
    [['担当課', 1], '3:12-3:17'],
    // a map below its key: the key; in braces: the braces
    [['スケジュール'], '4:1-4:7'],
    [['スケジュール', 'R10'], '5:3-5:6'],
    [['スケジュール', 'R10', '項目'], '6:9-6:10'],
    [['スケジュール', 'R11'], '10:8-10:10'],
    [['組'], '11:4-11:21'],
    [['組', 'a'], '11:8-11:9'],
    [['組', '二', 1], '11:18-11:19'],
    // a text: to its last line
    [['スケジュール', 'R10', '内容'], '7:9-9:11'],
    [['表', 1, '名称'], '15:9-15:10'],
    [['表', 0, '値'], '14:5-14:6'],
    // a map of a list: its first key
    [['表', 0], '13:5-13:7'],
    [['表', 1], '15:5-15:7'],
    [['表', 1, '課'], '15:5-15:7'],
    // not there: the nearest that is
    [['部'], '1:1-1:3'],
    [['スケジュール', 'R12'], '4:1-4:7'],
    [['スケジュール', 'R10', '内容', 'x'], '7:9-9:11'],
    [['スケジュール', 'R11', '項目'], '10:8-10:10'],
    [['担当課', 2], '3:6-3:18'],
    [['番号', 0], '1:5-1:10'],
    [['空', 'x', 'y'], '2:1-2:2'],
  ])('%j: %s', (path, place) => {
    expect(shown(placeOf(read(), path))).toBe(place);
  });

  test.each<[Path, string, string]>([
    [['担当課'], '広報課', '3:13-3:16'],
    [['担当課', 0], '災', '3:8-3:9'],
    [['スケジュール', 'R10', '内容'], '広報課', '8:7-8:10'],
    [['スケジュール', 'R10', '内容'], '試行する', '9:7-9:11'],
    [['組', 'a'], '1', '11:8-11:9'],
    [['担当課'], '', '3:6-3:18'],
    // not in the value, but elsewhere
    [['番号'], '広報課', '3:13-3:16'],
    [[], '担当課', '3:1-3:4'],
    [['担当課'], '番号', '1:1-1:3'],
    // nowhere
    [['番号'], '総務課', '1:5-1:10'],
  ])('%j, of which %s: %s', (path, word, place) => {
    expect(shown(placeOf(read(), path, word))).toBe(place);
  });

  test.each<[Path, string, string]>([
    [[], '担当課', '3:1-3:4'],
    [['スケジュール'], 'R11', '10:3-10:6'],
    [['組'], '二', '11:11-11:12'],
    [['表', 1], '名称', '15:5-15:7'],
    // no such key, no map
    [['スケジュール'], 'R12', '4:1-4:7'],
    [['担当課'], '0', '3:6-3:18'],
    [['番号'], 'x', '1:5-1:10'],
    [[], 'x', '1:1-1:3'],
  ])('the key of %j that is %s: %s', (path, key, place) => {
    expect(shown(placeOfKey(read(), path, key))).toBe(place);
  });

  test.each([
    ['', '1:1-1:1'],
    ['# x\n', '1:1-1:1'],
    ['a\n', '1:1-1:2'],
    ['- a\n- b\n', '1:1-2:4'],
    ['[a]: b\n', '1:1-1:4'],
  ])('of the file %j: %s', (content, place) => {
    expect(shown(placeOf(parseYaml('content/x.yaml', content), []))).toBe(place);
    expect(shown(placeOf(parseYaml('content/x.yaml', content), ['x', 0]))).toBe(place);
    expect(shown(placeOf(parseYaml('content/x.yaml', content), [], 'none'))).toBe(place);
  });
});

test.each<[unknown, Path, unknown]>([
  [{ a: { b: [1, 2] } }, ['a', 'b', 1], 2],
  [{ a: { b: [1, 2] } }, [], { a: { b: [1, 2] } }],
  [{ a: 1 }, ['b'], undefined],
  [{ a: 1 }, ['b', 'c'], undefined],
  [{ a: null }, ['a', 'c'], undefined],
  [{ a: null }, ['a'], null],
  [undefined, ['a'], undefined],
])('in %j at %j: %j', (value, path, found) => {
  expect(valueAt(value, path)).toEqual(found);
});

test('of a key that stands there twice, the last; each map of its own; only keys that are words', () => {
  const { document, pairsOf, value } = parseYaml('x', 'a: 1\nb: {a: 2}\na: 3\n"\\ud842": 4\n[c]: 5\n');
  const map = document.contents;
  if (!isMap(map)) throw new Error('no map');
  const pairs = pairsOf(map);
  expect([...pairs.keys()]).toEqual(['a', 'b', '\ufffd']);
  expect(String(pairs.get('a')?.value)).toBe('3');
  expect(pairsOf(map)).toBe(pairs);
  const inner = pairs.get('b')?.value;
  expect(isMap(inner) && String(pairsOf(inner).get('a')?.value)).toBe('2');
  expect(value).toEqual({ a: '3', b: { a: '2' }, '\ufffd': '4' });
});

test('every diagnostic names the file', () => {
  const { file, text: kept, diagnostics } = parseYaml('content/y.yaml', 'a: ""\u3000\nc: ｱ\n');
  expect([file, kept]).toEqual(['content/y.yaml', 'a: ""\u3000\nc: ｱ\n']);
  expect(diagnostics).toStrictEqual([
    {
      ...{ code: 'yaml-foreign-space', severity: 'error', file: 'content/y.yaml', actual: 'U+3000' },
      ...{ start: { line: 1, column: 6 }, end: { line: 1, column: 7 } },
    },
    {
      ...{ code: 'halfwidth-katakana', severity: 'error', file: 'content/y.yaml', actual: 'ｱ', expected: 'ア' },
      ...{ start: { line: 2, column: 4 }, end: { line: 2, column: 5 } },
    },
  ]);
});

test('nothing is expanded: what aliases would make of a file is never made', () => {
  const levels = Array.from(
    { length: 30 },
    (_, level) => `k${level}: ["x",&a${level} [*a${level - 1},*a${level - 1}]]`,
  );
  const { diagnostics } = parseYaml('x', levels.join('\n'));
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(diagnostics.every(({ code }) => code === 'yaml-anchor')).toBe(true);
});

test('of brackets by the thousand that nothing opens, the first are told, without traces', () => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 7;
  const { document, diagnostics } = parseYaml('x', `a: 1\nb: c ${']\n'.repeat(2000)}`);
  expect(document.errors).toHaveLength(50);
  expect(document.errors[0]?.stack?.split('\n    at ').length).toBe(1);
  expect(Error.stackTraceLimit).toBe(7);
  Error.stackTraceLimit = limit;
  expect(diagnostics.length).toBeLessThanOrEqual(50);
});

test('brackets too deep, each in a line of its own, are told once', () => {
  const { diagnostics } = parseYaml('x', '[\n'.repeat(3000));
  expect(diagnostics.map(({ code }) => code)).toEqual(['yaml-too-deep']);
});

test('a file whose text is the same is not parsed again; what rules add to it stays with them', () => {
  const files = new ParsedFiles();
  const first = files.parse('a.yaml', 'content/a.yaml', 'a: ｱ\n');
  first.diagnostics.push(...first.diagnostics);
  const second = files.parse('a.yaml', 'v1:a.yaml', 'a: ｱ\n');
  expect(second.document).toBe(first.document);
  expect(second.file).toBe('v1:a.yaml');
  expect(second.diagnostics.map(({ file, code }) => [file, code])).toEqual([['v1:a.yaml', 'halfwidth-katakana']]);
  const third = files.parse('a.yaml', 'content/a.yaml', 'a: b\n');
  expect(third.document).not.toBe(first.document);
  expect(third.value).toEqual({ a: 'b' });
  expect(files.parse('b.yaml', 'content/b.yaml', 'a: b\n').document).not.toBe(third.document);
});
