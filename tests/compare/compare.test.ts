import { expect, test } from 'vitest';
import { isSame } from '../../src/compare/change.ts';
import { compare } from '../../src/compare/compare.ts';
import { readEdition } from '../../src/compare/read.ts';
import { readWorkingTree } from '../../src/content/source.ts';
import { city, put } from '../content/city.ts';

const textOf = (entries: ReturnType<typeof city>['entries'], path: string) => {
  const entry = entries.get(path);
  if (entry?.kind !== 'file') throw new Error(`${path} is no file`);
  return new TextDecoder().decode(entry.read());
};

test('an edition does not differ from itself', () => {
  for (const folder of ['content', 'tests/city']) {
    const edition = () => readEdition(folder, readWorkingTree(folder), new Map());
    const comparison = compare(edition(), edition());
    expect(isSame(comparison)).toBe(true);
    expect(comparison.unread).toEqual([]);
    expect(comparison.budgets.total.before).toEqual(comparison.budgets.total.after);
  }
});

test('what has errors is compared as far as it reads', () => {
  const [base, head] = [city(), city()];
  const text = textOf(base.entries, 'measures/1-1-1.yaml');
  put(base.entries, 'measures/1-1-1.yaml', text.replace(/予算額: .*/, '予算額: 1,122千円'));
  put(head.entries, 'measures/1-1-1.yaml', text.replace(/^取組: .*/m, '取組: 変えた名前'));
  put(base.entries, 'measures/2-1-1.yaml', 'これは: [YAML ではない');
  const comparison = compare(readEdition('base', base.source, new Map()), readEdition('head', head.source, new Map()));
  expect(comparison.base.errors).toBeGreaterThan(1);
  expect(comparison.measures.map(({ kind, head: { id = '' } = {} as never }) => [kind, id])).toEqual([
    ['changed', '1-1-1'],
  ]);
  expect(comparison.measures[0]?.fields.map(({ field }) => field)).toEqual(['取組']);
  expect(comparison.unread).toEqual([
    { side: 'base', file: 'measures/1-1-1.yaml', field: '予算額', year: expect.any(String) },
    { side: 'base', file: 'measures/2-1-1.yaml' },
  ]);
});
