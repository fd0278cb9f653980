import { type Diagnostic, listed } from '../diagnostics/diagnostic.ts';
import { messages } from '../diagnostics/messages.ts';
import type { DiagnosticView } from './messages.ts';

const around = 1; // lines shown before and after

/** Diagnostics as the page shows them: sentences, and the lines around each place. */
export function viewDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: (file: string) => string | undefined,
): DiagnosticView[] {
  const texts = new Map<string, string[]>();
  return listed(diagnostics).map((diagnostic) => {
    const { code, severity, file, start, end, count = 1 } = diagnostic;
    const lines = texts.get(file) ?? sources(file)?.split('\n') ?? [];
    texts.set(file, lines);
    const first = Math.max(1, start.line - around);
    return {
      severity,
      code,
      file,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      message: messages[code].message(diagnostic),
      hint: messages[code].hint(diagnostic),
      ...(code === 'more' ? { count } : {}),
      frame: lines
        .slice(first - 1, start.line + around)
        .map((text, index) => ({ line: first + index, text: [...text.slice(0, 800)].slice(0, 400).join('') })),
    };
  });
}
