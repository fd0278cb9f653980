import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { messages } from '../../src/diagnostics/messages.ts';
import { viewDiagnostics } from '../../src/preview/diagnostics.ts';

const at = (file: string, line: number, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'empty-value',
  severity: 'error',
  file,
  start: { line, column: 5 },
  end: { line, column: 9 },
  subject: '取組',
  ...more,
});
const sources = (file: string) => (file === 'a' ? '一\n二\n三\n四' : file === 'b' ? '甲' : undefined);
const frames = (...diagnostics: Diagnostic[]) =>
  viewDiagnostics(diagnostics, { sources, files: new Map() }).map(({ frame }) =>
    frame.map(({ line, text }) => `${line} ${text}`),
  );

test('a sentence, what to do next, the place as the page opens it, and the lines around', () => {
  const diagnostic = at('a', 2, { severity: 'warning', end: { line: 3, column: 2 }, count: 7 });
  const { message, hint } = messages['empty-value'];
  expect(viewDiagnostics([diagnostic], { sources, files: new Map() })).toStrictEqual([
    {
      severity: 'warning',
      code: 'empty-value',
      file: 'a',
      line: 2,
      column: 5,
      endLine: 3,
      endColumn: 2,
      message: message(diagnostic),
      hint: hint(diagnostic),
      frame: [
        { line: 1, text: '一' },
        { line: 2, text: '二' },
        { line: 3, text: '三' },
      ],
    },
  ]);
});

test('the lines around are those that there are', () => {
  expect(frames(at('a', 1))).toEqual([['1 一', '2 二']]);
  expect(frames(at('a', 3))).toEqual([['2 二', '3 三', '4 四']]);
  expect(frames(at('a', 4))).toEqual([['3 三', '4 四']]);
  expect(frames(at('a', 5))).toEqual([['4 四']]);
  expect(frames(at('b', 1))).toEqual([['1 甲']]);
  expect(frames(at('not read', 1))).toEqual([[]]);
});

test('in the order of files and lines, each with the lines of its own file', () => {
  expect(frames(at('b', 1), at('a', 4), at('a', 1))).toEqual([['1 一', '2 二'], ['3 三', '4 四'], ['1 甲']]);
});

test('a file is read once, however many mistakes it has', () => {
  const asked: string[] = [];
  viewDiagnostics([at('a', 1), at('a', 2), at('b', 1)], {
    files: new Map(),
    sources: (file) => {
      asked.push(file);
      return sources(file);
    },
  });
  expect(asked).toEqual(['a', 'b']);
});

test('of a long line the beginning, whole characters', () => {
  const line = `${'𠮟'.repeat(399)}あい`;
  const [view] = viewDiagnostics([at('a', 1)], { sources: () => line, files: new Map() });
  expect(view?.frame).toEqual([{ line: 1, text: `${'𠮟'.repeat(399)}あ` }]);
  const [short] = viewDiagnostics([at('a', 1)], { sources: () => 'x'.repeat(400), files: new Map() });
  expect(short?.frame[0]?.text).toBe('x'.repeat(400));
  const [plain] = viewDiagnostics([at('a', 1)], { sources: () => 'x'.repeat(401), files: new Map() });
  expect(plain?.frame[0]?.text).toBe('x'.repeat(400));
});

test('of many of one kind the first, and how many more', () => {
  const views = viewDiagnostics(
    Array.from({ length: 25 }, (_, index) => at('a', index + 1)),
    { sources, files: new Map() },
  );
  expect(views.map(({ code, line, count }) => [code, line, count])).toEqual([
    ...Array.from({ length: 20 }, (_, index) => ['empty-value', index + 1, undefined]),
    ['more', 21, 5],
  ]);
});
