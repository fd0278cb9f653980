import type { Compared } from './diff.ts';

export type DiffFormat = 'pretty' | 'markdown' | 'json' | 'html';

/** As the command line gives them. */
export interface DiffOptions {
  content: string;
  out: string;
  format: DiffFormat;
  pdf?: boolean;
  /** A folder for pictures */
  pages?: string;
  exitCode?: boolean;
}

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
    const { comparisonJson } = await import('./compare/json.ts');
    return comparisonJson(comparison, { base: base.diagnostics, head: head.diagnostics });
  }
  if (format === 'markdown') {
    const { markdownText } = await import('./compare/markdown.ts');
    return markdownText(comparison, elsewhere);
  }
  if (format === 'html') {
    const { htmlPage } = await import('./compare/html.ts');
    return htmlPage(comparison);
  }
  const { terminalText } = await import('./compare/terminal.ts');
  return terminalText(comparison, terminal);
}
