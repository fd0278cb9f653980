import type { CheckedContent } from '../content/check.ts';
import { designed } from '../content/sheet-columns.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fieldOf, sheetFields } from '../model/fields.ts';

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
  const { widths, rest } = tooNarrow(own, content);
  const narrowestFirst = rest.sort((a, b) => a.room - b.room);
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
  return [...widths, ...new Map(diagnostics.reverse().map((diagnostic) => [key(diagnostic), diagnostic])).values()];
}

/** Amounts are as long as they are: where edition.yaml chooses the width of their column, that is what is told, once. */
function tooNarrow(misfits: Misfit[], content: CheckedContent): { widths: Diagnostic[]; rest: Misfit[] } {
  const key = fieldOf(sheetFields.year, 'budget').key;
  const isAmount = ({ kind, path, text }: Misfit) => kind === 'wide' && path.at(-1) === key && /^[\d,]+$/.test(text);
  const amounts = misfits.filter(isAmount);
  const [widest] = [...amounts].sort((a, b) => b.need - a.need);
  const { inset, limits, sheets } = designed;
  const least = Math.ceil(((widest?.need ?? 0) + 2 * inset) * 10) / 10;
  if (!widest || !content.holds('edition.yaml', ['列幅']) || least > (limits.budget?.[1] ?? 0))
    return { widths: [], rest: misfits };
  const isWritten = content.holds('edition.yaml', ['列幅', key]);
  return {
    widths: [
      {
        code: 'width-too-narrow',
        severity: 'error',
        ...content.locate('edition.yaml', ['列幅', ...(isWritten ? [key] : [])], ''),
        subject: key,
        actual: String(least),
        expected: String(isWritten ? Math.round((widest.room + 2 * inset) * 10) / 10 : sheets.budget),
        nearest: widest.text,
        count: amounts.length,
      },
    ],
    rest: misfits.filter((misfit) => !isAmount(misfit)),
  };
}
