import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { messages } from '../../src/diagnostics/messages.ts';
import { reportGithub, reportJson, reportPretty } from '../../src/diagnostics/report.ts';
import { described, readCase } from './case.ts';

const folder = fileURLToPath(new URL('../cases/', import.meta.url));
const names = readdirSync(folder).sort();
const allowed = new Set([
  'byte-order-mark',
  'crlf-is-allowed',
  'amounts-that-differ-are-allowed',
  'mention-of-what-is-no-measure-is-allowed',
  'greek-alone-is-allowed',
  'ideographic-zero-in-a-number',
  'yaml-comment-with-two-spaces',
  'backup-files-are-ignored',
]);

describe.each(names)('%s', (name) => {
  const { content, expected } = readCase(folder + name);

  test('exactly the expected diagnostics, in their places', () => {
    expect(described(content.diagnostics)).toEqual(expected);
    expect(expected.length > 0).toBe(!allowed.has(name.replace('.yaml', '')));
    expect(content.edition === undefined).toBe(expected.some((line) => line.startsWith('error ')));
  });

  test('every format tells it in Japanese, with a next step', () => {
    for (const diagnostic of content.diagnostics) {
      const { message, hint } = messages[diagnostic.code];
      for (const sentence of [message(diagnostic), hint(diagnostic)]) {
        expect(sentence).toMatch(/[ぁ-ん]/);
        expect(sentence).not.toMatch(/undefined|「」|\[object/);
      }
    }
    const json = JSON.parse(reportJson(content.diagnostics));
    expect(json.diagnostics).toHaveLength(expected.length);
    expect(reportGithub(content.diagnostics).split('\n').filter(Boolean)).toHaveLength(expected.length);
    if (expected.length > 0)
      expect(reportPretty(content.diagnostics, content.sources, { color: false, width: 80 })).toContain('→');
  });
});

test('every code of check is shown by a case', () => {
  const shown = new Set(names.flatMap((name) => readCase(folder + name).content.diagnostics.map(({ code }) => code)));
  // Told by later stages or by the file system; of what is in annexes, see tests/annexes.
  const elsewhere = ['text-too-wide', 'text-too-tall', 'file-unreadable', 'not-a-folder', 'yaml-syntax'];
  expect(
    Object.keys(messages).filter(
      (code) =>
        !shown.has(code as keyof typeof messages) &&
        !elsewhere.includes(code) &&
        !(code.startsWith('annex-') && code !== 'annex-missing'),
    ),
  ).toEqual([]);
});
