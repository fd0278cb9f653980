import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSame } from '../../src/compare/change.ts';
import { compare } from '../../src/compare/compare.ts';
import { htmlPage } from '../../src/compare/html.ts';
import { markdownText } from '../../src/compare/markdown.ts';
import { readEdition } from '../../src/compare/read.ts';
import { terminalText } from '../../src/compare/terminal.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { ParsedFiles } from '../../src/content/yaml/parsed-files.ts';
import { MemoryContent } from './contents.ts';

test.each(['tests/city', 'tests/lake'])('%s does not differ from itself', (folder) => {
  const edition = () => readEdition(folder, readWorkingTree(folder), new ParsedFiles());
  const comparison = compare(edition(), edition());
  expect(isSame(comparison)).toBe(true);
  expect(comparison.unread).toEqual([]);
  expect(comparison.budgets.total.before).toEqual(comparison.budgets.total.after);
});

test('what has errors is compared as far as it reads', () => {
  const [base, head] = [new MemoryContent(), new MemoryContent()];
  base.replace('measures/1-1-1.yaml', /予算額: 12500/g, '予算額: 1,122千円');
  head.replace('measures/1-1-1.yaml', '取組: 書かない窓口', '取組: 変えた名前');
  base.write('measures/2-1-1.yaml', 'これは: [YAML ではない');
  const comparison = compare(base.edition('base'), head.edition('head'));
  expect(comparison.base.errors).toBeGreaterThan(1);
  expect(comparison.measures.map(({ kind, head: fresh }) => [kind, fresh?.id])).toEqual([['changed', '1-1-1']]);
  expect(comparison.measures[0]?.fields.map(({ field }) => field)).toEqual(['取組']);
  expect(comparison.unread).toEqual([
    { side: 'base', file: 'measures/1-1-1.yaml', field: '予算額', year: 'R11' },
    { side: 'base', file: 'measures/2-1-1.yaml' },
  ]);
});

test('whatever a file holds, the rest is compared and every form can be written', () => {
  const parsed = new ParsedFiles();
  const whole = new MemoryContent().edition('whole', parsed);
  const files = [...new MemoryContent().files.keys()];
  const piece = fc.constantFrom(
    ...[
      '',
      '\n',
      ': ',
      '- ',
      '[',
      '{}',
      'null',
      '再掲: 1-1-1\n',
      '番号: 9-9-9\n',
      '__proto__: {}\n',
      '"',
      '— ',
      '  ',
      '0',
    ],
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(60),
      piece,
      (file, at, length, fresh) => {
        const content = new MemoryContent();
        const text = content.read(file);
        const from = Math.floor(at * text.length);
        content.write(file, text.slice(0, from) + fresh + text.slice(from + length));
        const broken = content.edition('broken', parsed);
        for (const [base, head] of [
          [whole, broken],
          [broken, whole],
          [broken, broken],
        ] as const) {
          const comparison = compare(base, head);
          terminalText(comparison, { color: true, width: 80 });
          expect(markdownText(comparison, '').length).toBeLessThan(65_536);
          htmlPage(comparison);
          if (base === head) expect(isSame(comparison)).toBe(true);
          const touched = comparison.measures.map((change) => `measures/${(change.head ?? change.base)?.id}.yaml`);
          // One file of a measure cannot change another one, but through 再掲.
          if (file.startsWith('measures/') && !/1-1-1|1-2-1/.test(file))
            expect(touched.filter((one) => one !== file)).toEqual([]);
        }
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 30), seed: 7 },
  );
});
