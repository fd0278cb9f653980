import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkContent } from '../../../src/content/check.ts';
import { withFiles } from '../../../src/content/source/new-files.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { fixContent } from '../../../src/edit/fix/fix.ts';
import { city, parsedCity, put, textOf } from '../../content/city.ts';

// Whatever is wrong, mended or not: what is said to be mended is, what could be read still is, and it comes to an end.
const runs = { seed: 20261126, numRuns: Number(process.env.RUNS ?? 25) };
const paths = [
  ...['edition.yaml', 'structure.yaml', 'organization.yaml'],
  ...['1-1-1', '1-1-2', '1-2-1', '2-1-1', '3-1-2', '3-1-3'].map((id) => `measures/${id}.yaml`),
];
const signs = [
  ...[
    '\t',
    '\u3000',
    '\u00a0',
    '\u200b',
    '\ufeff',
    '\r',
    '\u2028',
    '\u0007',
    ' ',
    '  ',
    '\n',
    ':',
    '：',
    '、',
    ',',
    '，',
  ],
  ...[
    '"',
    "'",
    '#',
    '- ',
    '-',
    '[',
    ']',
    '{',
    '}',
    '|',
    '〇',
    '○',
    'ー',
    'ｱ',
    'ｶﾞ',
    'が',
    '⾏',
    'А',
    'Aо',
    '\ufe0f',
    '🙂',
    '々',
    '1,',
    '，0',
    '千円',
  ],
  ...['\n  ', '\n\t', '\\u200b', '\\', '&a', '*a', '!b', '年度:', '予算額:', '内容'],
];
const change = fc.record({
  at: fc.nat(),
  drop: fc.nat(2),
  sign: fc.constantFrom(...signs, ''),
});
const broken = fc.record({
  path: fc.constantFrom(...paths),
  changes: fc.array(change, { minLength: 1, maxLength: 5 }),
});

test('what is said to be mended is, and nothing that could be read is broken', {
  timeout: 60_000 + 1000 * runs.numRuns,
}, () => {
  let said = 0;
  fc.assert(
    fc.property(fc.array(broken, { minLength: 1, maxLength: 2 }), (all) => {
      const { source, entries } = city();
      for (const { path, changes } of all) {
        let text = textOf(path);
        for (const { at, drop, sign } of changes) {
          const from = at % text.length;
          text = text.slice(0, from) + sign + text.slice(from + drop);
        }
        put(entries, path, text);
      }
      const before = checkContent(source, parsedCity());
      const { files, fixed } = fixContent(source, parsedCity());
      const now = withFiles(source, files);
      const after = checkContent(now, parsedCity());
      expect(after.diagnostics.filter(({ fix }) => fix)).toEqual([]);
      expect(fixContent(now, parsedCity())).toEqual({ files: new Map(), fixed: [] });
      expect(files.size > 0).toBe(fixed.length > 0);

      const kinds = (diagnostics: readonly Diagnostic[]) => {
        const counts = new Map<string, number>();
        for (const { file, code, start } of diagnostics)
          counts.set(`${file} ${code} ${start.line}`, (counts.get(`${file} ${code} ${start.line}`) ?? 0) + 1);
        return counts;
      };
      const [were, are] = [kinds(before.diagnostics), kinds(after.diagnostics)];
      const fixable = kinds(before.diagnostics.filter(({ fix }) => fix));
      said += fixable.size;
      for (const [kind, count] of fixable)
        expect(are.get(kind) ?? 0, kind).toBeLessThanOrEqual((were.get(kind) ?? 0) - count);
      for (const [path, yaml] of before.files)
        if (yaml && 'value' in yaml) {
          expect('value' in (after.files.get(path) ?? {}), path).toBe(true);
          for (const { code, file, start } of after.diagnostics)
            if (file === yaml.file && code.startsWith('yaml-'))
              expect(were.get(`${file} ${code} ${start.line}`), `${code} ${path}`).toBeDefined();
        }
    }),
    runs,
  );
  expect(said).toBeGreaterThan(runs.numRuns / 10);
});
