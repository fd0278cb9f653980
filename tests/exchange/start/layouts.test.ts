import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkContent } from '../../../src/content/check.ts';
import { withFiles } from '../../../src/content/source/new-files.ts';
import { isError } from '../../../src/diagnostics/diagnostic.ts';
import { started } from '../../../src/exchange/start/start.ts';
import { tablesOf } from '../../../src/exchange/start/tables.ts';
import { measuresOf } from '../../../src/model/edition.ts';
import { inOneLine } from '../../../src/model/names.ts';
import { bytesOf, laid } from './layouts.ts';

const runs = Number(process.env.RUNS ?? 25);

test('a table gives its edition, however it is laid out, worded and saved', async () => {
  await fc.assert(
    fc.asyncProperty(laid, async (of) => {
      const { tables, remarks } = await tablesOf('表.csv', bytesOf(of));
      const found = started(tables, 'new');
      expect(remarks).toEqual([]);
      expect(found.remarks.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(found.read.flatMap(({ mapped }) => mapped.unread)).toEqual([]);
      const source = { root: 'new', entries: new Map([['measures', { kind: 'folder' as const }]]) };
      const { readable, diagnostics } = checkContent(withFiles(source, found.files));
      expect(diagnostics.filter(isError).map(({ file, code }) => `${file} ${code}`)).toEqual(
        Array.from({ length: 6 }, () => 'new/edition.yaml empty-value'),
      );
      const { edition } = readable();
      expect(edition.years).toEqual(of.years);
      expect(
        edition.categories.flatMap(({ number, name, groups }) => [
          [number, name],
          ...groups.map((group) => [group.number, group.name]),
        ]),
      ).toEqual([...of.names]);
      const told = measuresOf(edition).map(({ relatedPlans: _, ...measure }) => measure);
      expect(told).toEqual(
        of.measures.map((measure) => ({
          ...measure,
          overviewTitle: measure.title,
          overviewSection: inOneLine(measure.sections),
        })),
      );
    }),
    { numRuns: runs },
  );
});
