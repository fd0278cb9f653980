import type { Compared } from './diff.ts';

/** A comparison as the user asked for it; a form is loaded only when it is asked for. */
export async function diffText(
  { base, head, comparison }: Compared,
  format: 'pretty' | 'markdown' | 'json' | 'html',
  terminal: { color: boolean; width: number },
): Promise<string> {
  if (format === 'json') {
    const { comparisonJson } = await import('./compare/json.ts');
    return comparisonJson(comparison, { base: base.diagnostics, head: head.diagnostics });
  }
  const { terminalText } = await import('./compare/terminal.ts');
  return terminalText(comparison, terminal);
}
