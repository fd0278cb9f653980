import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { readBook } from '../../../src/exchange/xlsx/read-book.ts';
import { bookOf, oneRow, sheet, valuesOf } from './packages.ts';

// Why the library that writes workbooks does not read them: where one of these fails with a newer one, look again.

const far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>';
const phonetic = '<c r="A1" t="inlineStr"><is><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></is></c>';

test.each<[string, string, unknown, unknown]>([
  ['how a text within its cell is read aloud is no part of it', oneRow(phonetic), '課カ', '課'],
  [
    'a day of ISO 8601 is a day',
    oneRow('<c r="A1" t="d"><v>2026-03-04</v></c>'),
    '2026-03-04',
    { date: '2026-03-04T00:00:00' },
  ],
])('%s', async (_, xml, theirs, ours) => {
  const bytes = bookOf({ sheets: { A: xml } });
  expect((await readXlsx(bytes)).sheets[0]?.rows[0]?.[0]).toEqual(theirs);
  expect(valuesOf(await readBook(bytes)).A1).toEqual(ours);
});

test('a cell that is far away, blank even, keeps nobody from reading the others', async () => {
  const bytes = bookOf({ sheets: { A: sheet(far) } });
  await expect(readXlsx(bytes)).rejects.toThrow('17179869184 cells');
  expect(valuesOf(await readBook(bytes))).toEqual({ A1: 1 });
});
