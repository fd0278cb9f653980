import type { CheckedContent } from '../content/check.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** A text that does not fit its cell, as the templates measured it; need and room in mm. */
export interface Misfit {
  /** Below the content folder. */
  file: string;
  path: (string | number)[];
  kind: 'wide' | 'tall';
  /** The word that is too wide. */
  text: string;
  need: number;
  room: number;
}

/** What does not fit its cell, as errors at the YAML fields; one for a field that fits neither of two tables. */
export function fitDiagnostics(misfits: readonly Misfit[], content: CheckedContent): Diagnostic[] {
  // What a 再掲 takes from its original, and 一覧表 from 取組, is told where it is written.
  const written = misfits.filter(({ file, path }) => content.holds(file, path));
  const own = misfits.filter(
    (misfit) =>
      written.includes(misfit) ||
      !written.some(
        ({ kind, text, path }) =>
          kind === misfit.kind && text === misfit.text && (text !== '' || path.at(-1) === misfit.path.at(-1)),
      ),
  );
  const narrowestFirst = own.sort((a, b) => a.room - b.room);
  const diagnostics = narrowestFirst.map(
    ({ file, path, kind, text, need, room }) =>
      ({
        code: kind === 'wide' ? 'text-too-wide' : 'text-too-tall',
        severity: 'error',
        ...content.locate(file, path, text),
        subject: text === '' ? String(path.at(-1)) : text,
        actual: `${need.toFixed(1)} mm`,
        expected: `${room.toFixed(1)} mm`,
      }) satisfies Diagnostic,
  );
  const key = ({ code, file, start }: Diagnostic) => `${code} ${file}:${start.line}:${start.column}`;
  return [...new Map(diagnostics.reverse().map((diagnostic) => [key(diagnostic), diagnostic])).values()];
}
