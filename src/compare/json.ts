import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { reportJson } from '../diagnostics/report.ts';
import { visibleJson } from '../model/visible.ts';
import { type Comparison, isSame } from './change.ts';
import { countsOf } from './counts.ts';

/** One object for other programs, described in docs/diff.md; `version` grows when a key changes its meaning. */
export function comparisonJson(
  comparison: Comparison,
  diagnostics: { base: readonly Diagnostic[]; head: readonly Diagnostic[] },
): string {
  const told = (side: readonly Diagnostic[]) => JSON.parse(reportJson(side)).diagnostics;
  const document = {
    version: 2,
    same: isSame(comparison),
    ...comparison,
    counts: countsOf(comparison),
    diagnostics: { base: told(diagnostics.base), head: told(diagnostics.head) },
  };
  return `${visibleJson(JSON.stringify(document, undefined, 2))}\n`;
}
