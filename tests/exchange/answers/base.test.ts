import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentDigest } from '../../../src/content/source/digest.ts';
import type { Base, BaseRow } from '../../../src/exchange/answers/base.ts';
import { baseOf, baseSheet } from '../../../src/exchange/answers/base-sheet.ts';
import { baseOfEdition } from '../../../src/exchange/answers/send/base-of.ts';
import type { ReadBook } from '../../../src/exchange/xlsx/book.ts';
import { readBook } from '../../../src/exchange/xlsx/read-book.ts';
import { writeBook } from '../../../src/exchange/xlsx/write-book.ts';
import { unfilledOf } from '../../../src/model/due.ts';
import { measuresOf } from '../../../src/model/edition.ts';
import { editionData } from '../../../src/model/edition-json.ts';
import { anyText } from '../../compare/any-text.ts';
import { city, put } from '../../content/city.ts';
import { folders, requestOf } from './editions.ts';

const runs = Number(process.env.RUNS ?? 30);

const awkward = fc.oneof(
  anyText,
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '=1+1',
    '+1',
    "'a",
    '@a',
    '-1',
    '_x000D_',
    '__x000d_',
    '\r\n',
    'a\rb',
    ' a ',
    '\u3000a\u3000',
    '\t',
    '😀',
    '\ud83d',
    '#N/A',
    'TRUE',
  ),
  fc.constantFrom(
    '1-1-2',
    '3/4',
    '=',
    '"',
    '\\u0000',
    '\u0000',
    '\ufeff',
    '\uffff',
    'ガ',
    '葛󠄀',
    ' '.repeat(40_000),
    'あ'.repeat(70_000),
    '= '.repeat(40_000),
  ),
);
const row: fc.Arbitrary<BaseRow> = fc.record(
  {
    key: fc.record(
      { number: fc.constant('1-1-1'), field: awkward, year: awkward },
      { requiredKeys: ['number', 'field'] },
    ),
    label: awkward,
    value: fc.oneof(awkward, fc.nat()),
    open: fc.boolean(),
    due: fc.boolean(),
  },
  { requiredKeys: ['key', 'label', 'open', 'due'] },
);
const base: fc.Arbitrary<Base> = fc.record(
  {
    ...{ plan: awkward, publisher: awkward, title: awkward, revised: awkward, commit: awkward, digest: awkward },
    ...{ sections: fc.array(awkward), years: fc.array(awkward), openYears: fc.array(awkward) },
    measures: fc.array(fc.record({ number: awkward, title: awkward, rows: fc.array(row, { maxLength: 6 }) }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ['plan', 'publisher', 'title', 'revised', 'digest', 'sections', 'years', 'openYears', 'measures'] },
);

/** A workbook with these cells on one of its sheets. */
const bookOf = (rows: readonly (readonly string[])[]): ReadBook => ({
  sheets: [
    { name: '1-1-1', hidden: false, rows: new Map([[0, new Map([[0, { value: '項目' }]])]]), merges: [] },
    {
      name: '元の値',
      hidden: true,
      rows: new Map(rows.map((cells, at) => [at, new Map(cells.map((value, column) => [column, { value }]))])),
      merges: [],
    },
  ],
});

test('the base is what it was, whatever its texts have in them; no cell holds more than it can', () => {
  fc.assert(
    fc.property(base, (given) => {
      const rows = baseSheet(given);
      expect(baseOf(bookOf(rows))).toEqual(given);
      for (const cell of rows.flat()) {
        expect(cell.length).toBeLessThanOrEqual(32_767);
        expect(cell).toMatch(/^[^ ](?:.*[^ ])?$/);
        expect(cell).not.toMatch(/_x[0-9A-Fa-f]{4}_|[^\u0020-\uffee]|[\u007f-\u009f\ud800-\udfff]/);
      }
    }),
    { numRuns: runs * 3, seed: 7, endOnFailure: true },
  );
});

test('also by way of a file', async () => {
  await fc.assert(
    fc.asyncProperty(base, async (given) => {
      const bytes = await writeBook({
        ...{ title: 'a', author: 'b', date: new Date(0), font: { name: 'BIZ UDPGothic', size: 10 }, names: [] },
        sheets: [
          {
            name: '元の値',
            hidden: true,
            columns: [],
            rows: baseSheet(given).map((cells) => cells.map((value) => ({ value }))),
          },
        ],
      });
      expect(baseOf(await readBook(bytes))).toEqual(given);
    }),
    { numRuns: Math.ceil(runs / 3), seed: 7, endOnFailure: true },
  );
});

test('a base that is not what was written is damaged: a cell changed, gone or swapped, a row gone or elsewhere', () => {
  const { edition, digest } = requestOf('tests/city');
  const numbers = measuresOf(edition).map(({ id }) => id);
  const given = baseOfEdition({ edition, digest, numbers, sections: ['窓口課'] });
  const rows = baseSheet(given);
  expect(baseOf(bookOf(rows))).toEqual(given);
  rows.forEach((cells, at) => {
    const without = rows.filter((_, index) => index !== at);
    expect(baseOf(bookOf(without)), `without row ${at}`).toBe(at === 0 ? undefined : 'damaged');
    cells.forEach((cell, column) => {
      if (at === 0 && column === 0) return;
      for (const changed of [`${cell}。`, cell.slice(1), ''])
        expect(baseOf(bookOf(rows.with(at, cells.with(column, changed))))).toBe('damaged');
    });
    if (at > 1) expect(baseOf(bookOf(rows.with(at, rows[at - 1] ?? []).with(at - 1, cells)))).toBe('damaged');
  });
  expect(baseOf(bookOf([...rows, ['行', '[]']]))).toBe('damaged');
  expect(baseOf(bookOf([['項目']]))).toBeUndefined();
  expect(baseOf({ sheets: [] })).toBeUndefined();
});

test('a copy of the sheet, or rows and columns put in, are no damage', () => {
  const { edition, digest } = requestOf('tests/city');
  const given = baseOfEdition({ edition, digest, numbers: measuresOf(edition).map(({ id }) => id), sections: [] });
  const book = bookOf(baseSheet(given));
  const [, sheet] = book.sheets;
  if (!sheet) throw new Error('no sheet');
  expect(baseOf({ sheets: [...book.sheets, { ...sheet, name: '元の値 (2)' }] })).toEqual(given);
  const moved = new Map(
    [...sheet.rows].map(([at, cells]) => [at * 2 + 3, new Map([...cells].map(([column, cell]) => [column + 2, cell]))]),
  );
  expect(baseOf({ sheets: [{ ...sheet, rows: moved }] })).toEqual(given);
});

test.each(folders)('%s: what is due is what `status` says, and only where it may be written', (folder) => {
  const { edition, digest } = requestOf(folder);
  const data = editionData(edition).取組;
  for (const openYears of [undefined, [], ...edition.years.map((year) => [year])]) {
    const made = baseOfEdition({ edition, digest, numbers: data.map(({ 番号 }) => 番号), sections: [], openYears });
    expect(made.measures.map(({ number }) => number)).toEqual(
      data.filter(({ 再掲 }) => 再掲 === null).map(({ 番号 }) => 番号),
    );
    for (const { number, rows } of made.measures) {
      const measure = data.find(({ 番号 }) => 番号 === number);
      if (!measure || !openYears) continue;
      const due = rows
        .filter((one) => one.due)
        .map(({ key }) => ({ field: key.field, ...(key.year === undefined ? {} : { year: key.year }) }));
      expect(new Set(due.map((one) => JSON.stringify(one)))).toEqual(
        new Set(unfilledOf(measure, openYears).map((one) => JSON.stringify(one))),
      );
    }
  }
});

test('the digest is that of the texts: not of line ends, byte order marks or the order of files', () => {
  const files = new Map([
    ['edition.yaml', 'a: 1\nb: 2\n'],
    ['measures/1-1-1.yaml', '番号: 1-1-1\n'],
    ['annexes/a.pdf', '1'],
  ]);
  const digest = (changed: ReadonlyMap<string, string>) => contentDigest(city(changed).source);
  const known = digest(files);
  expect(known).toMatch(/^[0-9a-f]{64}$/);
  expect(digest(new Map([...files].reverse()))).toBe(known);
  expect(digest(new Map([...files].map(([name, text]) => [name, `\ufeff${text.replaceAll('\n', '\r\n')}`])))).toBe(
    known,
  );
  expect(digest(new Map([...files, ['annexes/a.pdf', '2']]))).toBe(known);
  for (const [name, text] of [
    ['edition.yaml', 'a: 1\nb: 3\n'],
    ['measures/1-1-2.yaml', ''],
    ['measures/1-1-1.yaml', '番号: 1-1-1'],
  ] as const)
    expect(digest(new Map([...files, [name, text]])), name).not.toBe(known);
  const { source, entries } = city(files);
  put(entries, 'organization.yaml', '');
  expect(contentDigest(source)).not.toBe(known);
});
