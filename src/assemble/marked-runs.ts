import { type MarkedKind, markedWords } from '../model/words.ts';
import { type PdfObjects, replace, textString } from './objects.ts';
import { spokenMarks } from './tags.ts';

/**
 * Lets what is struck through or underlined be read aloud as such. Typst can give a text no spoken form, but it notes
 * the line's thickness in the tag (ISO 32000-1, 14.8.5.4.4): templates/theme.typ numbers the runs by it, in steps of
 * 0.00001 pt from 0.7 pt on. `runs`: by number, a line each. Throws when a number is not among them.
 */
export function speakRuns(file: PdfObjects, runs: readonly { kind: MarkedKind; text: string }[]): void {
  for (const { number, body, isStream } of file.objects.values()) {
    const thickness = isStream ? undefined : /\/TextDecorationThickness ([\d.]+)/.exec(body.toString('latin1'))?.[1];
    if (thickness === undefined || Number(thickness) < 0.69999) continue; // the second line of a sign that has two
    const run = runs[Math.round((Number(thickness) - 0.7) / 0.00001)];
    if (!run) throw new Error(`no marked run for a line of ${thickness} pt`);
    const spoken = `${markedWords[run.kind]}:${spokenMarks[run.text] ?? run.text}`;
    replace(file, number, (element) =>
      element
        .replace(/\/TextDecorationThickness [\d.]+/, '/TextDecorationThickness 0.7')
        .replace(/\/S \/Span/, `/S /Span /Alt ${textString(spoken)}`),
    );
  }
}
