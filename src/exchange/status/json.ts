import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { reportJson } from '../../diagnostics/report.ts';
import { visibleJson } from '../../model/visible.ts';
import type { Status } from './status.ts';

/** One object for other programs, described in docs/data.md; `diagnostics` are the errors. */
export function statusJson({ sections, measures, ...status }: Status, errors: readonly Diagnostic[]): string {
  const told = (diagnostics: readonly Diagnostic[]) => JSON.parse(reportJson(diagnostics)).diagnostics;
  const document = {
    ...status,
    sections: sections.map(({ open, ...section }) => ({ ...section, open: open.map(({ number }) => number) })),
    measures: measures.map((measure) => ({ ...measure, notices: told(measure.notices) })),
    diagnostics: told(errors),
  };
  return `${visibleJson(JSON.stringify(document, undefined, 2))}\n`;
}
