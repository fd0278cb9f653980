import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSame } from '../../src/compare/change.ts';
import { compare } from '../../src/compare/compare.ts';
import { type ComparedEdition, readEdition } from '../../src/compare/read.ts';
import { textRuns } from '../../src/compare/words.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { measuresOf } from '../../src/model/edition.ts';
import { apply, editionValues, normal, organizationNames, structureNames } from './apply.ts';
import { type Edit, edit, text } from './random-edits.ts';

const city = readEdition('city', readWorkingTree('tests/city'), new ParsedFiles());
const lake = readEdition('lake', readWorkingTree('tests/lake'), new ParsedFiles());
const runs = Number(process.env.RUNS ?? 30);

function check(base: ComparedEdition, edits: readonly Edit[]): void {
  const { edition, organization } = structuredClone({ edition: base.edition, organization: base.organization });
  for (const one of edits) one({ edition, organization });
  const head: ComparedEdition = { ...base, edition, organization };
  for (const [from, to] of [
    [base, head],
    [head, base],
  ] as const) {
    const comparison = compare(from, to);
    const result = apply(from, comparison);
    expect(normal(result.measures, to.edition.years)).toEqual(normal(measuresOf(to.edition), to.edition.years));
    expect(result.edition).toEqual(editionValues(to.edition));
    expect(result.structure).toEqual(structureNames(to.edition));
    expect(result.organization).toEqual([...new Set(organizationNames(to.organization))]);
  }
  expect(isSame(compare(head, { ...head, edition: structuredClone(edition) }))).toBe(true);
}

test('findings applied to base give head, in both directions: nothing lost, nothing invented', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => check(city, edits)),
    { numRuns: runs, seed: 3 },
  );
});

test('the same with a larger edition', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 30 }), (edits) => check(lake, edits)),
    { numRuns: runs / 2, seed: 3 },
  );
});

test('runs of any two texts are these two texts', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), fc.oneof(text, fc.string()), (before, after) => {
      const found = textRuns(before, after);
      const of = (kind: string) =>
        found
          .filter((run) => run.kind === 'kept' || run.kind === kind)
          .map((run) => run.text)
          .join('');
      expect(of('removed')).toBe(before);
      expect(of('added')).toBe(after);
      expect(found.every((run) => run.text !== '')).toBe(true);
      if (before === after) expect(found.every((run) => run.kind === 'kept')).toBe(true);
    }),
    { numRuns: 4 * runs, seed: 3 },
  );
});
