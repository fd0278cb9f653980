import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, type Font } from 'fontkit';
import { expect, test } from 'vitest';
import { writeCopies } from '../../bench/lib/copies.mjs';
import { otherAmount } from '../../bench/lib/letters.mjs';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { sumOf } from '../../src/model/amounts.ts';
import { measuresOf } from '../../src/model/edition.ts';

const times = 4;
const city = 'tests/city';

function copies() {
  const folder = join(mkdtempSync(join(tmpdir(), 'copies-')), 'content');
  writeCopies(city, folder, times, 'fonts');
  const source = readWorkingTree(folder);
  const { edition, diagnostics } = checkContent(source);
  if (!edition) throw new Error(JSON.stringify(diagnostics));
  return { folder, measures: measuresOf(edition), diagnostics };
}
const one = checkContent(readWorkingTree(city));
if (!one.edition) throw new Error('the invented city has errors');
const first = measuresOf(one.edition);

test('copies of an edition have no mistake, numbers that follow, and names that are known', () => {
  const { measures, diagnostics } = copies();
  expect(measures).toHaveLength(times * first.length);
  expect(diagnostics).toHaveLength(times * one.diagnostics.length);
  for (const [index, measure] of measures.entries()) {
    const model = first[index % first.length];
    expect(measure.sections).toEqual(model?.sections);
    expect(measure.relatedPlans).toEqual(model?.relatedPlans);
    expect(measure.id.replace(/\d+/, '')).toBe(model?.id.replace(/\d+/, ''));
  }
});

const fonts = readdirSync('fonts')
  .filter((name) => name.endsWith('.ttf'))
  .map((name) => create(readFileSync(join('fonts', name))) as Font);
/** The width of each line in each font. */
const widths = (text: string) =>
  text
    .split('\n')
    .map((line) =>
      fonts.map((font) =>
        [...line].reduce((sum, letter) => sum + font.glyphForCodePoint(letter.codePointAt(0) ?? 0).advanceWidth, 0),
      ),
    );

test('every copy has texts of its own, line by line as wide', () => {
  const { measures } = copies();
  let compared = 0;
  for (const property of ['title', 'description', 'effect', 'overviewTitle'] as const)
    for (const [index, model] of first.entries()) {
      const text = model[property];
      if (text === undefined || (text.match(/\p{sc=Han}/gu)?.length ?? 0) < 4) continue;
      const texts = measures
        .filter((_, other) => other % first.length === index)
        .map((measure) => measure[property] ?? '');
      expect(new Set(texts).size, text).toBe(times);
      for (const own of texts) expect(widths(own), own).toEqual(widths(text));
      compared += 1;
    }
  expect(compared).toBeGreaterThan(first.length);
});

test('amounts are others of as many figures; none stays none', () => {
  const { measures } = copies();
  const sums = (from: number) =>
    measures
      .slice(from, from + first.length)
      .flatMap(({ schedule }) => Object.values(schedule).map(({ budget }) => sumOf(budget)));
  expect(sums(first.length)).not.toEqual(sums(0));
  expect(sums(first.length).map((sum) => sum === 0)).toEqual(sums(0).map((sum) => sum === 0));
  expect(otherAmount('0', 1)).toBe('0');
  for (const amount of ['1914', '20000', '7']) {
    expect(otherAmount(amount, 1)).toMatch(new RegExp(`^[1-9]\\d{${amount.length - 1}}$`));
    expect(otherAmount(amount, 1)).not.toBe(amount);
  }
});

test('the same copies every time', () => {
  const text = (folder: string) => readFileSync(join(folder, 'structure.yaml'), 'utf8');
  const [once, again] = [copies(), copies()];
  expect(again.measures).toEqual(once.measures);
  expect(text(again.folder)).toBe(text(once.folder));
});
