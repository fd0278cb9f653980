import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, cellsOf, inSheetOrder } from '../../../src/compare/cells.ts';
import { cellsOfRows, formRows } from '../../../src/exchange/answers/form.ts';
import { type FormKey, keyOfText, keyText } from '../../../src/exchange/answers/key.ts';
import { formOf } from '../../../src/exchange/answers/send/base-of.ts';
import { type Edition, measuresOf } from '../../../src/model/edition.ts';
import { sheetFields } from '../../../src/model/fields.ts';
import { anyText } from '../../compare/any-text.ts';
import { editionEdits } from '../../compare/random-edits.ts';
import { editionOf, folders } from './editions.ts';

const runs = Number(process.env.RUNS ?? 30);
const own = (edition: Edition) => measuresOf(edition).filter(({ reprintOf }) => reprintOf === undefined);

/** What the rows of each measure say is what it says. */
function expectInverse(edition: Edition, openYears = edition.years): void {
  for (const measure of own(edition)) {
    const cells = cellsOf(measure, undefined, edition.years, edition.fields);
    const rows = formRows(measure.id, cells, formOf(edition, openYears));
    const back = cellsOfRows(rows, edition.fields);
    expect(back.problems).toEqual([]);
    expect(inSheetOrder(back.cells, edition.years, edition.fields)).toEqual(cells);
    const keys = rows.map(({ key }) => keyText(key));
    expect(new Set(keys).size).toBe(keys.length);
    // Whatever the order of the rows
    const ofReversed = cellsOfRows([...rows].reverse(), edition.fields).cells;
    expect(inSheetOrder(ofReversed, edition.years, edition.fields).map(sorted)).toEqual(cells.map(sorted));
  }
}

/** ○ have no order of their own. */
const sorted = (cell: Cell): Cell =>
  cell.field === '関連計画' && cell.value.type === 'list'
    ? { ...cell, value: { type: 'list', names: [...cell.value.names].sort() } }
    : cell;

test.each(folders)('%s: the rows of a measure say what it says', (folder) => {
  const edition = editionOf(folder);
  expect(own(edition).length).toBeGreaterThan(2);
  expectInverse(edition);
  expectInverse(edition, []);
});

test('so do those of editions with random changes', () => {
  const bases = ['tests/city', 'tests/lake'].map((folder) => editionOf(folder));
  fc.assert(
    fc.property(fc.constantFrom(...bases), editionEdits, (base, edits) => {
      const edition = structuredClone(base);
      for (const edit of edits) edit({ edition, organization: [] });
      // Names that stand there twice are an error of the content.
      edition.years = [...new Set(edition.years)];
      edition.relatedPlans = [...new Set(edition.relatedPlans)];
      for (const measure of own(edition)) {
        // Without any plan there is no row that could say "none of them".
        if (edition.relatedPlans.length === 0) delete measure.relatedPlans;
        const chosen = measure.relatedPlans;
        if (chosen) measure.relatedPlans = edition.relatedPlans.filter((plan) => chosen.includes(plan));
      }
      expectInverse(edition);
    }),
    { numRuns: runs, seed: 5 },
  );
});

test('only rows of closed 年度 are closed', () => {
  const edition = editionOf('tests/city');
  const [open = ''] = edition.years;
  for (const measure of own(edition))
    for (const row of formRows(
      measure.id,
      cellsOf(measure, undefined, edition.years, sheetFields),
      formOf(edition, [open]),
    ))
      expect(row.open).toBe(row.key.year === undefined || row.key.year === open);
});

const part = fc.oneof(
  anyText,
  fc.string({ unit: 'binary' }),
  fc.integer({ min: 1, max: 99 }),
  fc.record({ place: fc.integer({ min: 1, max: 9 }), of: fc.constantFrom('区分' as const, '額' as const) }),
);
const key: fc.Arbitrary<FormKey> = fc.record(
  { number: anyText, field: fc.oneof(anyText, fc.string({ unit: 'binary' })), year: anyText, part },
  { requiredKeys: ['number', 'field'] },
);

test('a key is that of its text, whatever names have in them', () => {
  fc.assert(
    fc.property(key, (given) => {
      expect(keyOfText(keyText(given))).toEqual(given);
    }),
    { numRuns: runs * 30, seed: 5 },
  );
});

test('keys that differ have texts that differ', () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      if (JSON.stringify(a) !== JSON.stringify(b)) expect(keyText(a)).not.toBe(keyText(b));
    }),
    { numRuns: runs * 30, seed: 5 },
  );
});

test('what is no key is none', () => {
  for (const text of [
    '',
    '鍵',
    '[',
    '{}',
    '1',
    '"a"',
    'null',
    '[]',
    '["1-1-1"]',
    '["1-1-1","取組"]',
    '["1-1-1",1,null]',
  ])
    expect(keyOfText(text), text).toBeUndefined();
  for (const text of [
    '["a","b",1]',
    '["a","b",null,0]',
    '["a","b",null,1.5]',
    '["a","b",null,null]',
    '["a","b",null,1,"x"]',
  ])
    expect(keyOfText(text), text).toBeUndefined();
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      const found = keyOfText(text);
      if (found) expect(keyOfText(keyText(found))).toEqual(found);
    }),
    { numRuns: runs * 10, seed: 5 },
  );
});
