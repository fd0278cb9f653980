import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annexesJson, annexesText } from '../../src/commands/annex-report.ts';
import { verificationReport } from '../../src/commands/verification-report.ts';
import { annexMessages } from '../../src/diagnostics/annex-messages.ts';
import type { AnnexCode, Code, Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { messages } from '../../src/diagnostics/messages.ts';
import { reportGithub, reportJson, reportPretty } from '../../src/diagnostics/report.ts';
import { visible } from '../../src/model/visible.ts';
import { anyText } from '../compare/any-text.ts';

const codes = Object.keys(messages) as Code[];
const position = fc.record({ line: fc.integer({ min: 1, max: 3 }), column: fc.integer({ min: 1, max: 30 }) });
const diagnostic: fc.Arbitrary<Diagnostic> = fc.record({
  code: fc.constantFrom(...codes),
  severity: fc.constantFrom('error' as const, 'warning' as const),
  file: anyText,
  start: position,
  end: position,
  subject: anyText,
  actual: anyText,
  expected: anyText,
  nearest: anyText,
});

const isVisible = (text: string) => expect(visible(text.replaceAll('\n', ''))).toBe(text.replaceAll('\n', ''));
// What picocolors writes.
const colors = new RegExp(`${'\u001b'}\\[(?:1|2|9|22|29|31|32|33|36|39)m`, 'g');

test('no report of mistakes steers: every value, file name and line of content', () => {
  fc.assert(
    fc.property(fc.array(diagnostic, { minLength: 1, maxLength: 4 }), anyText, (diagnostics, source) => {
      for (const color of [true, false]) {
        const pretty = reportPretty(diagnostics, () => source, { color, width: 60 });
        isVisible(color ? pretty.replaceAll(colors, '') : pretty);
      }
      const json = reportJson(diagnostics);
      isVisible(json);
      const files = JSON.parse(json).diagnostics.map(({ file }: { file: string }) => file);
      expect(files.sort()).toEqual(diagnostics.map(({ file }) => file).sort());
      const github = reportGithub(diagnostics).split('\n');
      expect(github).toHaveLength(diagnostics.length);
      for (const line of github) {
        isVisible(line);
        expect(line).toMatch(
          /^::(?:error|warning) file=[^,:]*,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=[^,:]*::/,
        );
      }
    }),
    { numRuns: 300, seed: 11 },
  );
});

test('a control character in a value, a file name and a line is written out', () => {
  const at = { line: 1, column: 1 };
  const one: Diagnostic = {
    code: 'unknown-section',
    severity: 'error',
    file: 'a\u001b[2J\n.yaml',
    start: at,
    end: at,
    actual: '\u0007\r\n',
  };
  const [place, frame = ''] = reportPretty([one], () => '\u001b]0;x\u0007', { color: false, width: 80 }).split('\n');
  expect(place).toContain('a\\u{1b}[2J\\u{a}.yaml:1:1');
  expect(place).toContain('「\\u{7}\\u{d}\\u{a}」');
  expect(frame).toBe('    1 │ \\u{1b}]0;x\\u{7}');
});

test('what a PDF says of itself does not steer', () => {
  fc.assert(
    fc.property(anyText, anyText, (text, other) => {
      const provenance = {
        plan: text,
        title: text,
        revised: text,
        parts: text,
        content: text,
        fonts: text,
        tool: text,
      };
      const differences = [{ name: 'content' as const, pdf: text, content: other }];
      const changes = [{ measure: text, path: [other], before: text, after: other }];
      const verification = { content: {} as never, errors: [], provenance, differences, changes };
      isVisible(verificationReport(text, other, verification).text);
      isVisible(verificationReport(text, other, { problem: 'no-pdf' }).text);
    }),
    { numRuns: 200, seed: 12 },
  );
});

test('what a foreign PDF says, and its name, do not steer', () => {
  const annexCodes = Object.keys(annexMessages) as AnnexCode[];
  fc.assert(
    fc.property(anyText, anyText, fc.constantFrom(...annexCodes), (text, other, code) => {
      const problem = { code, severity: 'error' as const, actual: text, expected: other };
      const known = {
        file: text,
        bytes: 1,
        alternative: other,
        conditions: [problem],
        mends: new Map(),
        programs: [text, other],
      };
      for (const problems of [[], [problem]]) {
        for (const color of [true, false]) {
          const pretty = annexesText([{ ...known, problems }], { color, width: 60 });
          isVisible(color ? pretty.replaceAll(colors, '') : pretty);
        }
        const json = annexesJson([{ ...known, problems }]);
        isVisible(json);
        expect(JSON.parse(json).files[0].file).toBe(text);
      }
    }),
    { numRuns: 30, seed: 13 },
  );
});
