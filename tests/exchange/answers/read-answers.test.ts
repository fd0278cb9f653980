import { expect, test } from 'vitest';
import { readAnswers } from '../../../src/exchange/answers/read/read-answers.ts';
import { sheetFields } from '../../../src/model/fields.ts';
import { editionOf } from './editions.ts';
import { bookOf } from './sheets.ts';

test.each(['tests/city', 'tests/lake', 'content'])(
  '%s: a workbook that nobody touched says what its base says',
  (folder) => {
    const { base, book } = bookOf(editionOf(folder));
    const read = readAnswers('回答.xlsx', book, sheetFields);
    expect(read.told).toEqual([]);
    if (!('given' in read)) throw new Error();
    expect(read.base).toEqual(base);
    const rows = base.measures.flatMap(({ rows }) => rows);
    expect([...read.given.values()].map(({ key, value }) => ({ key, value }))).toEqual(
      rows.map(({ key, value }) => ({ key, value })),
    );
  },
);
