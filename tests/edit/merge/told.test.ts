import { expect, test } from 'vitest';
import { merge } from '../../../src/edit/merge/merge.ts';
import { conflictLines } from '../../../src/edit/merge/told.ts';

test('a year that one side took away and the other changed is told as its field has it', () => {
  const path = 'content/measures/1-1-1.yaml';
  const text = (years: string) => `番号: 1-1-1\n取組: 窓口\nスケジュール:\n${years}`;
  const { conflicts } = merge({
    path,
    base: text('  R5: { 項目: — }\n  R6: {}\n'),
    ours: text('  R6: {}\n'),
    theirs: text('  R5: {}\n  R6: {}\n'),
  });
  const [, head, , ...values] = conflictLines(path, conflicts, {}).slice(0, 5);
  expect(head).toBe('  R5 スケジュール: 一方が消し、もう一方が変えています。');
  expect(values).toEqual(['    こちら: (なし)', '    あちら: {}']);
});
