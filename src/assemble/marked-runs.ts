import { type MarkedKind, markedWords } from '../model/words.ts';
import type { DrawRequest } from '../render/requests.ts';
import { textString } from './objects.ts';
import { spokenMarks } from './spoken.ts';

/** Thickness in pt of the line through or below the marked run of a number: too little more to be seen. */
export const strokeOf = (number: number): number => thinnest + number * step;
const thinnest = 0.7;
const step = 0.00001;

/**
 * Lets what is struck through or underlined be read aloud as such. Typst can give a text no spoken form, but it notes
 * the line's thickness in the tag (ISO 32000-1, 14.8.5.4.4), which numbers the runs of `request`: see strokeOf. What is
 * returned does so to an element; it throws when a number is not among them.
 */
export function speakerOf(request: DrawRequest): (element: string) => string {
  const runs = runsOf(request);
  return (element) => {
    const thickness = /\/TextDecorationThickness ([\d.]+)/.exec(element)?.[1];
    if (thickness === undefined || Number(thickness) < thinnest - step) return element; // the second line of a sign that has two
    const run = runs.get(Math.round((Number(thickness) - thinnest) / step));
    if (!run) throw new Error(`no marked run for a line of ${thickness} pt`);
    const spoken = `${markedWords[run.kind]}:${spokenMarks[run.text] ?? run.text}`;
    return element
      .replace(/\/TextDecorationThickness [\d.]+/, `/TextDecorationThickness ${thinnest}`)
      .replace(/\/S \/Span/, `/S /Span /Alt ${textString(spoken)}`);
  };
}

/** The lines of marked runs anywhere in a value, by their numbers. */
function runsOf(value: unknown, found = new Map<number, { kind: MarkedKind; text: string }>()) {
  if (typeof value !== 'object' || value === null) return found;
  const { kind, text, strokes } = value as { kind?: MarkedKind; text?: string; strokes?: number[] };
  if (kind && text !== undefined && strokes)
    for (const [index, line] of text.split('\n').entries()) {
      const stroke = strokes[index];
      if (stroke !== undefined) found.set(Math.round((stroke - thinnest) / step), { kind, text: line });
    }
  for (const inner of Object.values(value)) runsOf(inner, found);
  return found;
}
