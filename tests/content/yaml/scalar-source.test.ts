import { describe, expect, test } from 'vitest';
import { isMap, parseDocument, type Scalar } from 'yaml';
import { offsetsOf } from '../../../src/content/yaml/scalar-source.ts';

/** Behind "a: ", where each unit of its value is written, and what that value is. */
function places(written: string): [value: string, offsets: number[]] {
  const text = `a: ${written}`;
  const { contents } = parseDocument(text, { schema: 'failsafe' });
  const node = (isMap(contents) ? contents.items[0]?.value : undefined) as Scalar;
  return [String(node.value), offsetsOf(node, text).map((offset) => offset - 3)];
}

describe('where each unit of a value is written', () => {
  test.each<[string, string, number[]]>([
    // as it stands
    ['xyz', 'xyz', [0, 1, 2, 3]],
    ['x  y', 'x  y', [0, 1, 2, 3, 4]],
    ['x\ty', 'x\ty', [0, 1, 2, 3]],
    ['𠮟x', '𠮟x', [0, 1, 2, 3]],
    ["x'y", "x'y", [0, 1, 2, 3]],
    ["x''y", "x''y", [0, 1, 2, 3, 4]],
    ['x\\ny', 'x\\ny', [0, 1, 2, 3, 4]],
    ['x\n y', 'x y', [0, 1, 3, 4]],
    ['x  \n   y', 'x y', [0, 1, 7, 8]],
    ['x\n\n y', 'x\ny', [0, 1, 4, 5]],
    ['x\n\n\n y', 'x\n\ny', [0, 1, 1, 5, 6]],
    ['x\t\n \ty', 'x y', [0, 1, 5, 6]],
    // single quotes
    ["'xy'", 'xy', [1, 2, 3]],
    ["''", '', [1]],
    ["'x''y'", "x'y", [1, 2, 4, 5]],
    ["''''", "'", [1, 3]],
    ["'x\\ny'", 'x\\ny', [1, 2, 3, 4, 5]],
    ["'x\n y'", 'x y', [1, 2, 4, 5]],
    ["' x '", ' x ', [1, 2, 3, 4]],
    ["'\"'", '"', [1, 2]],
    // double quotes
    ['"xy"', 'xy', [1, 2, 3]],
    ['""', '', [1]],
    ['"x\\ny"', 'x\ny', [1, 2, 4, 5]],
    ['"\\\\x"', '\\x', [1, 3, 4]],
    ['"\\"x"', '"x', [1, 3, 4]],
    ['"\\x41y"', 'Ay', [1, 5, 6]],
    ['"\\u3042y"', 'あy', [1, 7, 8]],
    ['"\\U00003042y"', 'あy', [1, 11, 12]],
    ['"\\U0000ffffy"', '\uffffy', [1, 11, 12]],
    ['"\\U00010000y"', '\u{10000}y', [1, 1, 11, 12]],
    ['"\\U00020B9Fy"', '𠮟y', [1, 1, 11, 12]],
    ['"\\ud842\\udf9fy"', '𠮟y', [1, 7, 13, 14]],
    ['"x\'\'y"', "x''y", [1, 2, 3, 4, 5]],
    ['"x y"', 'x y', [1, 2, 3, 4]],
    ['" x  y "', ' x  y ', [1, 2, 3, 4, 5, 6, 7]],
    ['"x\n  y"', 'x y', [1, 2, 5, 6]],
    ['"x \n \n \n y"', 'x\n\ny', [1, 2, 2, 9, 10]],
    ['"x\\\n  y"', 'xy', [1, 6, 7]],
    ['"x\\\n  \\ty"', 'x\ty', [1, 6, 8, 9]],
    ['"\\\n x"', 'x', [4, 5]],
    ['"x\\\n\n y"', 'x y', [1, 4, 6, 7]],
    ['"x\\\n \ty"', 'xy', [1, 6, 7]],
    ['"xyz\\U00020B9Fy"', 'xyz𠮟y', [1, 2, 3, 4, 4, 14, 15]],
    ['"x  y\n  z"', 'x  y z', [1, 2, 3, 4, 5, 8, 9]],
    // blocks
    ['|\n  xy', 'xy\n', [4, 5, 6, 6]],
    ['|-\n  xy\n', 'xy', [5, 6, 7]],
    ['|\n  xy\n', 'xy\n', [4, 5, 6, 7]],
    ['|+\n  x\n\n', 'x\n\n', [5, 6, 7, 8]],
    ['|-\n  x\n  y\n', 'x\ny', [5, 6, 9, 10]],
    ['|-\n  x\n\n  y\n', 'x\n\ny', [5, 6, 7, 10, 11]],
    ['|-\n  x\n \n  y\n', 'x\n\ny', [5, 6, 7, 11, 12]],
    ['|-\n  x  z\n', 'x  z', [5, 6, 7, 8, 9]],
    ['|-\n  x\ty\n', 'x\ty', [5, 6, 7, 8]],
    ['|1-\n  \tx\n', ' \tx', [4, 6, 7, 8]],
    ['|- # 注記\n  xy\n', 'xy', [10, 11, 12]],
    ['|-\n  x\\ny\n', 'x\\ny', [5, 6, 7, 8, 9]],
    ["|-\n  x''\n", "x''", [5, 6, 7, 8]],
    ['|-\n  𠮟x\n', '𠮟x', [5, 6, 7, 8]],
    ['>-\n  xy\n', 'xy', [5, 6, 7]],
    ['>-\n  x\n  y\n', 'x y', [5, 6, 9, 10]],
    ['>-\n  x\n\n  y\n', 'x\ny', [5, 6, 10, 11]],
  ])('%j is %j', (written, value, offsets) => {
    expect(places(written)).toEqual([value, offsets]);
  });
});
