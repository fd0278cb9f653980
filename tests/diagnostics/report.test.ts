import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { reportGithub, reportJson, reportPretty } from '../../src/diagnostics/report.ts';

const at = (file: string, line: number, column: number, length: number): Diagnostic => ({
  code: 'unknown-section',
  severity: 'error',
  file,
  start: { line, column },
  end: { line, column: column + length },
  actual: '防炎課',
  nearest: '防災課',
});
const source = '担当課: [防炎課]\n';
const pretty = (diagnostic: Diagnostic, text: string, width = 80) =>
  reportPretty([diagnostic], () => text, { color: false, width }).split('\n');

test('the marker stands under the characters, each full-width one two cells wide', () => {
  const [, line = '', marker = ''] = pretty(at('a.yaml', 1, 7, 3), source);
  expect(line).toBe('    1 │ 担当課: [防炎課]');
  expect(marker).toBe('      │          ^^^^^^');
});

test('a long line is cut around the marker to the width of the terminal', () => {
  const [, line = '', marker = ''] = pretty(
    at('a.yaml', 1, 500, 3),
    `${'あ'.repeat(499)}防炎課${'い'.repeat(100_000)}`,
    60,
  );
  expect(line).toContain('防炎課');
  expect([...line].length).toBeLessThan(60);
  expect(marker.trim().endsWith('^^^^^^')).toBe(true);
});

test('sorted by file, line and column, numbers by value', () => {
  const diagnostics = [
    at('m/1-10-1.yaml', 1, 1, 1),
    at('m/1-2-1.yaml', 9, 1, 1),
    at('m/1-2-1.yaml', 2, 5, 1),
    at('m/1-2-1.yaml', 2, 3, 1),
  ];
  const places = JSON.parse(reportJson(diagnostics)).diagnostics.map(
    (d: { file: string; line: number; column: number }) => [d.file, d.line, d.column],
  );
  expect(places).toEqual([
    ['m/1-2-1.yaml', 2, 3],
    ['m/1-2-1.yaml', 2, 5],
    ['m/1-2-1.yaml', 9, 1],
    ['m/1-10-1.yaml', 1, 1],
  ]);
});

test('json has the keys that other programs rely on', () => {
  const { errors, warnings, diagnostics } = JSON.parse(reportJson([at('a.yaml', 1, 7, 3)]));
  expect([errors, warnings]).toEqual([1, 0]);
  expect(Object.keys(diagnostics[0])).toEqual([
    'severity',
    'code',
    'file',
    'line',
    'column',
    'endLine',
    'endColumn',
    'message',
    'hint',
  ]);
});

test('github annotations escape what workflow commands reserve', () => {
  const line = reportGithub([{ ...at('a,b:c%.yaml', 1, 7, 3), actual: '50%\n増' }]);
  expect(line).toMatch(
    /^::error file=a%2Cb%3Ac%25\.yaml,line=1,endLine=1,col=7,endColumn=10,title=[^:]*::[^\n]*50%25\\u\{a\}増/,
  );
});

test('colour only where it is wanted', () => {
  expect(reportPretty([at('a.yaml', 1, 7, 3)], () => source, { color: true, width: 80 })).toContain('\u001b[');
  expect(reportPretty([at('a.yaml', 1, 7, 3)], () => source, { color: false, width: 80 })).not.toContain('\u001b[');
});
