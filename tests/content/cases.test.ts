import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { listed } from '../../src/diagnostics/diagnostic.ts';
import { messages } from '../../src/diagnostics/messages.ts';
import { reportGithub, reportJson, reportPretty } from '../../src/diagnostics/report.ts';
import { visible } from '../../src/model/visible.ts';
import { checkCase, described, expectedOf } from './case.ts';

const folder = fileURLToPath(new URL('../cases/', import.meta.url));
const names = readdirSync(folder).sort();
const allowed = new Set([
  'byte-order-mark',
  'crlf-is-allowed',
  'fit-words-that-wrap-are-allowed',
  'amounts-that-differ-are-allowed',
  'mention-of-what-is-no-measure-is-allowed',
  'greek-alone-is-allowed',
  'ideographic-zero-in-a-number',
  'yaml-comment-with-two-spaces',
  'escape-of-a-pair-is-allowed',
  'escape-line-break-is-allowed',
  'kanji-of-two-units-is-allowed',
  'history-is-allowed',
  'nothing-in-quotes-is-a-word',
  'backup-files-are-ignored',
  'widths-are-allowed',
]);

/** What users read of each case, whole. WRITE=1 npx vitest run tests/content/cases.test.ts writes it anew: read it then. */
const reference = fileURLToPath(new URL('../refs/cases.txt', import.meta.url));
const sections = new Map(
  readFileSync(reference, 'utf8')
    .split(/^(?=\S.*\.yaml$)/m)
    .map((section) => [section.slice(0, section.indexOf('\n')), section]),
);
const told = new Map<string, string>();
afterAll(() => {
  if (process.env.WRITE)
    writeFileSync(reference, names.map((name) => told.get(name) ?? sections.get(name) ?? '').join(''));
});

describe.each(names)('%s', (name) => {
  const expected = expectedOf(folder + name);

  test('exactly the expected diagnostics, in their places; every format tells them', async () => {
    const { content, diagnostics } = await checkCase(folder + name);
    expect(described(diagnostics)).toEqual(expected);
    expect(expected.length > 0).toBe(!allowed.has(name.replace('.yaml', '')));
    const errors = expected.filter((line) => line.startsWith('error ') && !/^error (?:text|width)-too-/.test(line));
    expect(content.edition === undefined).toBe(errors.length > 0);

    const json = JSON.parse(reportJson(diagnostics));
    expect(json.diagnostics).toHaveLength(expected.length);
    expect(reportGithub(diagnostics).split('\n').filter(Boolean)).toHaveLength(expected.length);
    if (expected.length > 0)
      expect(reportPretty(diagnostics, content.sources, { color: false, width: 80 })).toContain('→');

    const lines = listed(diagnostics).map((diagnostic) => {
      const { message, hint } = messages[diagnostic.code];
      return `  ${visible(message(diagnostic))}\n    → ${visible(hint(diagnostic))}\n`;
    });
    const section = [`${name}\n`, ...lines].join('');
    told.set(name, section);
    if (!process.env.WRITE) expect(section).toBe(sections.get(name));
  });
});

test('what is told is Japanese, and whole', () => {
  for (const [name, section] of sections)
    for (const line of section.split('\n').slice(1).filter(Boolean)) {
      expect(line, name).toMatch(/[ぁ-ん]/);
      expect(line, name).not.toMatch(/undefined|「」|\[object/);
    }
  expect([...sections.keys()]).toEqual(names);
});

test('every code of check is shown by a case', () => {
  const shown = new Set(names.flatMap((name) => expectedOf(folder + name).map((line) => line.split(' ')[1])));
  // Told by later stages or by the file system; of what is in annexes, see tests/annexes.
  const elsewhere = ['file-unreadable', 'content-too-large', 'not-a-folder', 'yaml-syntax'];
  expect(
    Object.keys(messages).filter(
      (code) =>
        !shown.has(code) && !elsewhere.includes(code) && !(code.startsWith('annex-') && code !== 'annex-missing'),
    ),
  ).toEqual([]);
});
