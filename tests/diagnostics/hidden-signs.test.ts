import { expect, test } from 'vitest';
import { htmlPage } from '../../src/compare/html.ts';
import { comparisonJson } from '../../src/compare/json.ts';
import { markdownText } from '../../src/compare/markdown.ts';
import { terminalText } from '../../src/compare/terminal.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { reportText } from '../../src/diagnostics/report.ts';
import { comparisonOf } from '../compare/any-text.ts';

/** By what they would do to a report, from the Unicode standard (UAX #9, UAX #14) and ECMA-48. */
const signs = {
  'turns text round': [0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
  'breaks a line': [0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029],
  'steers a terminal': [0x00, 0x07, 0x08, 0x1b, 0x7f, 0x90, 0x9b, 0x9d],
  'is not seen': [0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0x2064, 0xfeff, 0xfe0f, 0x3164, 0xe0001, 0xe0041, 0xe0100],
};
const codes = Object.entries(signs).flatMap(([what, all]) => all.map((code) => ({ what, code })));
const written = (code: number) => `窓\\u{${code.toString(16)}}口`;

const json = (code: number) =>
  JSON.stringify(`窓${String.fromCodePoint(code)}口`)
    .slice(1, -1)
    .replace(/[^ -~窓口]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const at = { line: 1, column: 1 };
const diagnostic = (text: string): Diagnostic => ({
  ...{ code: 'unknown-section', severity: 'error', file: `${text}.yaml`, start: at, end: at },
  ...{ subject: text, actual: text, expected: text, nearest: text },
});
const report = (format: 'pretty' | 'json' | 'github', color: boolean) => (text: string) =>
  reportText([diagnostic(text)], () => `${text}\n`, format, { color, width: 500 });

/** What each reporter makes of a text, and how the sign is written in it. */
const reporters: Record<string, { make: (text: string) => string; form: (code: number) => string }> = {
  'mistakes for a terminal': { make: report('pretty', false), form: written },
  'mistakes for a terminal with colours': { make: report('pretty', true), form: written },
  'mistakes for GitHub': { make: report('github', false), form: written },
  'mistakes as JSON': { make: report('json', false), form: json },
  'changes for a terminal': {
    make: (text) =>
      terminalText(
        comparisonOf(() => text),
        { color: false, width: 500 },
      ),
    form: written,
  },
  'changes as Markdown': {
    make: (text) =>
      markdownText(
        comparisonOf(() => text),
        '',
      ),
    form: (code) => `窓&#92;u&#123;${code.toString(16)}&#125;口`,
  },
  'changes as a page': { make: (text) => htmlPage(comparisonOf(() => text)), form: written },
  'changes as JSON': {
    make: (text) =>
      comparisonJson(
        comparisonOf(() => text),
        { base: [diagnostic(text)], head: [] },
      ),
    form: json,
  },
};

for (const [name, { make, form }] of Object.entries(reporters))
  test(`${name}: what turns, breaks, steers or hides is written out`, () => {
    const plain = make('窓口');
    for (const { what, code } of codes) {
      const sign = String.fromCodePoint(code);
      const made = make(`窓${sign}口`);
      expect(made, `U+${code.toString(16)} ${what}`).toContain(form(code));
      // As often as in a report of a harmless text, which has colours of its own.
      expect(made.split(sign).length, `U+${code.toString(16)} ${what}`).toBe(plain.split(sign).length);
      expect(made.split('\n').length, `U+${code.toString(16)} ${what}`).toBe(plain.split('\n').length);
    }
  });
