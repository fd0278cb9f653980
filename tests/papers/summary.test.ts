import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { readEdition } from '../../src/compare/read.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { sumOf } from '../../src/model/amounts.ts';
import { type Edition, measuresOf } from '../../src/model/edition.ts';
import { beforeAfterData } from '../../src/papers/before-after.ts';
import { edit } from '../compare/random-edits.ts';

const runs = Number(process.env.RUNS ?? 30);
const lake = readEdition('lake', readWorkingTree('tests/lake'), new ParsedFiles());

const amountOf = (text: string): number =>
  text === 'なし' ? 0 : Number(text.replaceAll(',', '').replace('−', '-').replace('±', ''));
const total = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
/** All that an edition says of a 年度. */
const ofYear = (edition: Edition, year: string): number =>
  total(measuresOf(edition).map(({ schedule }) => sumOf(schedule[year]?.budget)));

test('the sums add up in rows and columns to what both editions say; every change has its one place', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 30 }), (edits) => {
      const { edition, organization } = structuredClone({ edition: lake.edition, organization: lake.organization });
      for (const one of edits) one({ edition, organization });
      const comparison = compare(lake, { ...lake, edition, organization });
      const { summary, sections } = beforeAfterData(comparison, edition);
      if (!summary) {
        expect(sections).toEqual([]);
        return;
      }
      const { budgets, measures, counts } = summary;
      if (budgets) {
        const years = budgets.columns.slice(0, -1);
        const rows = budgets.rows.map(({ before, after, difference }) => ({
          before: before.map(amountOf),
          after: after.map(amountOf),
          difference: difference.map(amountOf),
        }));
        const last = rows.at(-1);
        for (const row of rows) {
          expect(row.difference).toEqual(row.after.map((amount, index) => amount - (row.before[index] ?? 0)));
          for (const side of [row.before, row.after, row.difference])
            expect(side.at(-1)).toBe(total(side.slice(0, -1)));
        }
        for (const side of ['before', 'after', 'difference'] as const)
          expect(last?.[side]).toEqual(
            budgets.columns.map((_, index) => total(rows.slice(0, -1).map((row) => row[side][index] ?? 0))),
          );
        expect(last?.before.slice(0, -1)).toEqual(years.map((year) => ofYear(lake.edition, year)));
        expect(last?.after.slice(0, -1)).toEqual(years.map((year) => ofYear(edition, year)));
      }
      const entries = sections.find(({ title }) => title === '取組')?.entries ?? [];
      expect(measures.map(({ anchor }) => anchor)).toEqual(entries.map(({ anchor }) => anchor));
      expect(new Set(entries.map(({ anchor }) => anchor)).size).toBe(entries.length);
      const counted = total(counts.filter(({ name }) => /取組|再掲/.test(name)).map(({ count }) => count));
      expect(counted).toBe(comparison.measures.length);
      // A new or removed measure has one row that says so once; the others have none.
      for (const [index, { rows }] of entries.entries()) {
        const whole = /^(新設|廃止)$/.test(measures[index]?.kind ?? '');
        const told = rows.flatMap(({ left, right }) => [...left, ...right]);
        const words = told.filter((piece) => piece === '(新設)' || piece === '(削る)');
        expect(words).toHaveLength(whole ? 1 : 0);
        if (whole) expect(rows).toHaveLength(1);
        else expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length);
      }
    }),
    { numRuns: runs, seed: 3 },
  );
});
