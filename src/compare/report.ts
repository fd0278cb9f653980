import type { Compared } from './two-editions.ts';

export type DiffFormat = 'pretty' | 'markdown' | 'json' | 'html';

/**
 * A comparison as the user asked for it; a form is loaded only when it is asked for. `elsewhere` says, in Markdown, where
 * to see what does not fit into a comment.
 */
export async function diffText(
  { base, head, comparison }: Compared,
  format: DiffFormat,
  {
    elsewhere = '`--format html` で全部を見られます。',
    ...terminal
  }: { color: boolean; width: number; elsewhere?: string },
): Promise<string> {
  if (format === 'json') {
    const { comparisonJson } = await import('./json.ts');
    return comparisonJson(comparison, { base: base.diagnostics, head: head.diagnostics });
  }
  if (format === 'markdown') {
    const { markdownText } = await import('./markdown.ts');
    return markdownText(comparison, elsewhere);
  }
  if (format === 'html') {
    const { htmlPage } = await import('./html.ts');
    return htmlPage(comparison);
  }
  const { terminalText } = await import('./terminal.ts');
  return terminalText(comparison, terminal);
}
