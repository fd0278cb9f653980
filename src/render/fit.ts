import type { CheckedEdition } from '../annexes/checked-edition.ts';
import type { CheckedContent } from '../content/check.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { eraDate } from '../model/era-date.ts';
import { documentData, figuresOf } from './data.ts';
import { doubtful } from './doubt.ts';
import type { Renderer } from './renderer.ts';

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

/**
 * What of an edition does not fit where the PDF prints it; of one with errors, what of it can be read. Only what might
 * not fit is measured, and `renderer` is asked for a compiler only where something might not. Throws RenderFailure.
 */
export async function checkFit(content: CheckedEdition, renderer: () => Renderer): Promise<Diagnostic[]> {
  const edition = content.edition ?? content.readable().edition;
  // A date that cannot be read is printed nowhere.
  const revised = eraDate(edition.revised) ? edition.revised : '令和1年5月';
  const data = documentData({ ...edition, revised }, { whole: true }, content.readAnnexes);
  const figures = figuresOf(data);
  const doubt = doubtful(data, figures);
  if (!doubt) return [];
  const { misfits } = await renderer().piece({ wish: 'fit', data: doubt, figures });
  return fitDiagnostics(misfits, content);
}

/** What does not fit its cell, as errors at the YAML fields; one for a field that fits neither of two tables. */
export function fitDiagnostics(misfits: readonly Misfit[], content: CheckedContent): Diagnostic[] {
  const narrowestFirst = [...misfits].sort((a, b) => a.room - b.room);
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
