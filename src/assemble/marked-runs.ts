import { type MarkedKind, markedWords } from '../model/words.ts';
import { type PdfObjects, replace, textString } from './objects.ts';
import { spokenMarks } from './tags.ts';

/** Thickness in pt of the line through or below the marked run of a number: too little more to be seen. */
export const strokeOf = (number: number): number => thinnest + number * step;
const thinnest = 0.7;
const step = 0.00001;

/**
 * Lets what is struck through or underlined be read aloud as such. Typst can give a text no spoken form, but it notes
 * the line's thickness in the tag (ISO 32000-1, 14.8.5.4.4), which numbers the runs: see strokeOf. `runs`: by number, a
 * line each. Throws when a number is not among them.
 */
export function speakRuns(file: PdfObjects, runs: readonly { kind: MarkedKind; text: string }[]): void {
  for (const { number, body, isStream } of file.objects.values()) {
    const thickness = isStream ? undefined : /\/TextDecorationThickness ([\d.]+)/.exec(body.toString('latin1'))?.[1];
    if (thickness === undefined || Number(thickness) < thinnest - step) continue; // the second line of a sign that has two
    const run = runs[Math.round((Number(thickness) - thinnest) / step)];
    if (!run) throw new Error(`no marked run for a line of ${thickness} pt`);
    const spoken = `${markedWords[run.kind]}:${spokenMarks[run.text] ?? run.text}`;
    replace(file, number, (element) =>
      element
        .replace(/\/TextDecorationThickness [\d.]+/, `/TextDecorationThickness ${thinnest}`)
        .replace(/\/S \/Span/, `/S /Span /Alt ${textString(spoken)}`),
    );
  }
}
