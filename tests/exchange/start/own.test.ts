import { describe, expect, test } from 'vitest';
import { compare } from '../../../src/compare/compare.ts';
import { comparedEdition } from '../../../src/compare/read.ts';
import { checkContent } from '../../../src/content/check.ts';
import { withFiles } from '../../../src/content/source/new-files.ts';
import { type ContentSource, readWorkingTree } from '../../../src/content/source/source.ts';
import { tableCsv } from '../../../src/exchange/csv.ts';
import { started } from '../../../src/exchange/start/start.ts';
import { tablesOf } from '../../../src/exchange/start/tables.ts';
import { tableBook } from '../../../src/exchange/table-book.ts';
import { dataTables } from '../../../src/exchange/tables.ts';
import type { Edition } from '../../../src/model/edition.ts';

const empty: ContentSource = { root: 'new', entries: new Map([['measures', { kind: 'folder' }]]) };
/** What no table says, and where its absence is told */
const notCarried = ['項目の印', '予算額の印', '計画期間', '策定', '改定履歴', '新旧対照表', '構成', '列幅'];

const utf8 = (text: string) => new TextEncoder().encode(text);
const exports: Record<string, (edition: Edition) => Promise<Uint8Array[]>> = {
  csv: async (edition) => dataTables(edition).map((table) => utf8(tableCsv(table))),
  'csv, the other way round': async (edition) =>
    dataTables(edition)
      .map((table) => utf8(tableCsv(table)))
      .reverse(),
  xlsx: async (edition) => [await tableBook(edition)],
};

describe.each(['tests/city', 'tests/lake', 'content'])('%s', (folder) => {
  const source = readWorkingTree(folder);
  const checked = checkContent(source);
  test.each(Object.keys(exports))('what was exported as %s becomes the same edition', async (kind) => {
    const bytes = (await exports[kind]?.(checked.edition as Edition)) ?? [];
    const read = await Promise.all(bytes.map((one, index) => tablesOf(`${index}`, one)));
    const found = started(
      read.flatMap(({ tables }) => tables),
      'new',
    );
    expect(found.remarks).toEqual([]);
    expect(found.fixed).toEqual([]);
    expect(found.unread).toEqual([]);
    expect(found.read.flatMap(({ mapped }) => mapped.unread)).toEqual([]);
    const made = withFiles(empty, found.files);
    const result = checkContent(made);
    const lacking = result.diagnostics.map(({ code, subject }) => `${code} ${subject}`);
    expect(
      lacking.filter(
        (one) => !one.startsWith('section-elsewhere') && !/^mention-unknown|^amount-out|^licence-missing/.test(one),
      ),
    ).toEqual(['empty-value 計画期間', 'empty-value 策定']);
    const comparison = compare(comparedEdition('a', source, checked), comparedEdition('b', made, result));
    expect(comparison.edition.filter(({ field }) => !notCarried.includes(field))).toEqual([]);
    expect(comparison.measures).toEqual([]);
    expect(comparison.structure).toEqual([]);
    expect(comparison.continued).toEqual([]);
    expect(comparison.renames).toEqual([]);
  });
});
