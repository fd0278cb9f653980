import { type Diagnostic, inOrder } from '../../src/diagnostics/diagnostic.ts';
import { textOf } from './city.ts';

/** A file of the city with `from`, which must be there, changed to `to`. */
export function edited(path: string, ...changes: [from: string | RegExp, to: string][]): Record<string, string> {
  let text = textOf(path);
  for (const [from, to] of changes) {
    const after = text.replace(from, to);
    if (after === text) throw new Error(`${path} has no ${from}`);
    text = after;
  }
  return { [path]: text };
}
export const measure = (id: string, ...changes: [from: string | RegExp, to: string][]) =>
  edited(`measures/${id}.yaml`, ...changes);

/** All that diagnostics say, one a line: code, place, and what the sentence is made of. What mends them: tests/edit. */
export const told = (diagnostics: readonly Diagnostic[]): string[] =>
  inOrder(diagnostics).map(({ code, severity, file, start, end, fix: _, ...more }) =>
    [
      ...(severity === 'error' ? [] : [severity]),
      code,
      file.replace('city/', ''),
      `${start.line}:${start.column}-${end.line}:${end.column}`,
      ...Object.entries(more).map(([key, value]) => `${key}=${JSON.stringify(value)}`),
    ].join(' '),
  );
