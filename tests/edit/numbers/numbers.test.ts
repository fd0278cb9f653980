import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../../../src/compare/compare.ts';
import { comparedEdition } from '../../../src/compare/read.ts';
import { moved } from '../../../src/edit/numbers/move.ts';
import { inARow } from '../../../src/edit/numbers/renumber.ts';
import { groupOf, measureFile } from '../../../src/model/numbers.ts';
import { measuresTold } from '../../compare/editions.ts';
import { type Content, city, edition, lake, withWritings, writing } from './contents.ts';
import { done, lost, operation, withoutThem } from './operations.ts';

/** RUNS=1000 npx vitest run tests/edit/numbers: as many changes of each content. */
const runs = Number(process.env.RUNS ?? 6);

describe.each([
  ['the city', city, runs],
  ['the lake', lake, runs],
  ['content/', edition, Math.ceil(runs / 4)],
])('%s', (_, content, numRuns) => {
  const writings = fc.array(writing, { maxLength: 4 });

  test('numbers, 再掲 and what texts say follow; nothing else changes', () => {
    const property = fc.property(operation('remove', 'move'), writings, fc.boolean(), (asked, said, texts) => {
      const plain = done(content, asked);
      const before = withWritings(content, said);
      const plan = done(before, asked)?.plan(texts);
      fc.pre(plain !== undefined && plan !== undefined && plain.own === undefined);
      const after = before.with(plan.files);
      expect(after.errors).toEqual([]);
      const home = (number: string) => plain.numbers.get(number);
      const names = { all: content.numbers, home, ...(texts ? { name: home } : {}) };
      const expected = withWritings(content.with(plain.plan(texts).files), said, names);
      expect(after.written).toEqual(expected.written);
      onlyDigits(before, after, home);
      for (const [path, text] of plan.files)
        if (before.source.entries.has(path)) expect(text, path).not.toBe(before.text(path));
      toldInPlace(plan.notes, after, texts);
    });
    fc.assert(property, { numRuns });
  });

  test('there and back again is the same', () => {
    const property = fc.property(operation('move'), writings, fc.boolean(), (asked, said, texts) => {
      const before = withWritings(content, said);
      const there = done(before, asked);
      fc.pre(there !== undefined);
      const [from = '', to = ''] = there.asked;
      const after = before.with(there.plan(texts).files);
      expect(after.with(moved(after, to, from, texts).files).written).toEqual(before.written);
    });
    fc.assert(property, { numRuns });
  });

  test.skipIf(!isPlain(content))('a comparison tells the numbers, and no field', () => {
    const property = fc.property(operation('remove', 'move', 'insert'), (asked) => {
      const there = done(content, asked);
      fc.pre(there !== undefined && there.own === undefined);
      const after = content.with(there.plan().files);
      const found = compare(side(content), side(after));
      const expected = [...there.numbers].flatMap(([old, fresh]) => {
        if (fresh === undefined) return [`- ${old}`];
        return old === fresh ? [] : [`${fresh} ← ${old}${groupOf(old) === groupOf(fresh) ? '' : ' moved'}`];
      });
      if (there.made !== undefined) expected.push(`+ ${there.made}`);
      expect(measuresTold(found).sort()).toEqual(expected.sort());
      expect(found.structure).toEqual([]);
    });
    fc.assert(property, { numRuns });
  });

  test.skipIf(!isPlain(content))('with --texts it tells texts beside them, and nothing else', () => {
    const property = fc.property(operation('remove', 'move'), writings, (asked, said) => {
      const before = withWritings(content, said);
      const there = done(before, asked);
      fc.pre(there !== undefined && there.own === undefined);
      const { measures } = compare(side(before), side(before.with(there.plan(true).files)));
      const kept = measures.filter(({ kind }) => kind === 'changed');
      expect(measures.filter(({ kind }) => kind === 'added')).toEqual([]);
      expect(kept.flatMap(({ fields }) => fields.map(({ type, kind }) => `${type} ${kind}`))).toSatisfy(
        (all: string[]) => all.every((one) => one === 'text changed'),
      );
      for (const { base, head } of kept) expect(head?.id).toBe(there.numbers.get(base?.id ?? ''));
    });
    fc.assert(property, { numRuns });
  });

  test('what was deleted by hand is closed', () => {
    const property = fc.property(lost, writings, fc.boolean(), (chosen, said, texts) => {
      const { files, numbers } = withoutThem(content, chosen);
      const all = content.numbers.filter((number) => numbers.get(number) !== undefined);
      const gapped = content.with(files);
      const before = withWritings(gapped, said, { all });
      const plan = inARow(before, texts);
      const after = before.with(plan.files);
      expect(after.errors).toEqual([]);
      const home = (number: string) => numbers.get(number);
      const plain = gapped.with(inARow(gapped, texts).files);
      expect(after.written).toEqual(withWritings(plain, said, { all, home, ...(texts ? { name: home } : {}) }).written);
      onlyDigits(before, after, home);
      expect(dull(after.text('structure.yaml'))).toBe(dull(before.text('structure.yaml')));
      toldInPlace(plan.notes, after, texts);
      expect(inARow(after, texts)).toEqual({ files: new Map(), notes: ['番号に飛びはありません。'] });
    });
    fc.assert(property, { numRuns });
  });
});

const side = ({ source, checked }: Content) => comparedEdition('', source, checked);

/** Whether each 再掲 can be told by its 中項目 and its target. */
function isPlain(content: Content): boolean {
  const kinds = content.numbers.flatMap((number) => {
    const { 再掲: target } = content.value(number);
    return target === undefined ? [] : [`${groupOf(number)} ${target}`];
  });
  return new Set(kinds).size === kinds.length;
}

/** Of each file that stays, only digits are others. */
function onlyDigits(before: Content, after: Content, home: (number: string) => string | undefined): void {
  for (const number of before.numbers) {
    const to = home(number);
    if (to !== undefined) expect(dull(after.text(measureFile(to)))).toBe(dull(before.text(measureFile(number))));
  }
}
const dull = (text: string) => text.replaceAll(/[0-9０-９]+/g, '0');

/** Whatever is told stands where it is told. */
function toldInPlace(notes: readonly string[], after: Content, texts: boolean): void {
  for (const note of notes.filter((line) => line.startsWith('  '))) {
    const [place = '', written = '', , fresh] = note.trim().split(' ');
    const [path = '', line] = place.slice(after.source.root.length + 1).split(':');
    expect(after.text(path).split('\n')[Number(line) - 1]).toContain(texts ? (fresh ?? written) : written);
  }
}
