import { type Diagnostic, inOrder } from '../diagnostics/diagnostic.ts';
import { messages } from '../diagnostics/messages.ts';
import type { DiagnosticView } from './messages.ts';

const around = 1; // lines shown before and after

/** Diagnostics as the page shows them: sentences, and the lines around each place. */
export function viewDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: (file: string) => string | undefined,
): DiagnosticView[] {
  return inOrder(diagnostics).map((diagnostic) => {
    const { code, severity, file, start, end } = diagnostic;
    const lines = sources(file)?.split('\n') ?? [];
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
      frame: lines
        .slice(first - 1, start.line + around)
        .map((text, index) => ({ line: first + index, text: [...text].slice(0, 400).join('') })),
    };
  });
}
