import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { listed } from '../../src/diagnostics/diagnostic.ts';
import { messages } from '../../src/diagnostics/messages.ts';
import { reportGithub, reportJson, reportPretty } from '../../src/diagnostics/report.ts';
import { type Case, described, readCase } from './case.ts';

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
  'nothing-in-quotes-is-a-word',
  'backup-files-are-ignored',
]);

const cases = new Map<string, Case>();
for (const name of names) cases.set(name, await readCase(folder + name));

describe.each([...cases])('%s', (name, { content, diagnostics, expected }) => {
  test('exactly the expected diagnostics, in their places', () => {
    expect(described(diagnostics)).toEqual(expected);
    expect(expected.length > 0).toBe(!allowed.has(name.replace('.yaml', '')));
    const errors = expected.filter((line) => line.startsWith('error ') && !line.startsWith('error text-too-'));
    expect(content.edition === undefined).toBe(errors.length > 0);
  });

  test('every format tells it in Japanese, with a next step', () => {
    for (const diagnostic of diagnostics) {
      const { message, hint } = messages[diagnostic.code];
      for (const sentence of [message(diagnostic), hint(diagnostic)]) {
        expect(sentence).toMatch(/[ぁ-ん]/);
        expect(sentence).not.toMatch(/undefined|「」|\[object/);
      }
    }
    const json = JSON.parse(reportJson(diagnostics));
    expect(json.diagnostics).toHaveLength(expected.length);
    expect(reportGithub(diagnostics).split('\n').filter(Boolean)).toHaveLength(expected.length);
    if (expected.length > 0)
      expect(reportPretty(diagnostics, content.sources, { color: false, width: 80 })).toContain('→');
  });
});

test('every code of check is shown by a case', () => {
  const shown = new Set([...cases.values()].flatMap(({ diagnostics }) => listed(diagnostics).map(({ code }) => code)));
  // Told by later stages or by the file system; of what is in annexes, see tests/annexes.
  const elsewhere = ['file-unreadable', 'content-too-large', 'not-a-folder', 'yaml-syntax'];
  expect(
    Object.keys(messages).filter(
      (code) =>
        !shown.has(code as keyof typeof messages) &&
        !elsewhere.includes(code) &&
        !(code.startsWith('annex-') && code !== 'annex-missing'),
    ),
  ).toEqual([]);
});
