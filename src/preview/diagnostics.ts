import type { CheckedContent } from '../content/check.ts';
import { pathOfDiagnostic } from '../content/yaml/path-at.ts';
import { type Diagnostic, listed } from '../diagnostics/diagnostic.ts';
import { messages } from '../diagnostics/messages.ts';
import type { DiagnosticView } from './messages.ts';

const around = 1; // lines shown before and after

/** Diagnostics as the page shows them: sentences, and the lines around each place. */
export function viewDiagnostics(
  diagnostics: readonly Diagnostic[],
  { sources, files }: Pick<CheckedContent, 'sources' | 'files'>,
): DiagnosticView[] {
  const yamls = new Map([...files].flatMap(([path, yaml]) => (yaml ? [[yaml.file, { path, yaml }] as const] : [])));
  const texts = new Map<string, string[]>();
  return listed(diagnostics).map((diagnostic) => {
    const { code, severity, file, start, end, count = 1 } = diagnostic;
    const lines = texts.get(file) ?? sources(file)?.split('\n') ?? [];
    texts.set(file, lines);
    const found = yamls.get(file);
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
      ...(found && {
        field: { file: found.path, path: pathOfDiagnostic(found.yaml, diagnostic).map(plainKey) },
      }),
      ...(code === 'more' ? { count } : {}),
      frame: lines
        .slice(first - 1, start.line + around)
        .map((text, index) => ({ line: first + index, text: [...text.slice(0, 800)].slice(0, 400).join('') })),
    };
  });
}

const plainKey = (key: PropertyKey): string | number => (typeof key === 'number' ? key : String(key));
