import type { CheckedEdition } from '../annexes/checked-edition.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Edition, partNames } from '../model/edition.ts';
import { eraDate } from '../model/era-date.ts';
import { documentData, figuresOf, mapTexts } from './data.ts';
import { doubtful } from './doubt.ts';
import { fitDiagnostics } from './fit.ts';
import { Measurer } from './measurer.ts';
import type { MeasureAnswer, MeasureRequest } from './requests.ts';

/**
 * What of an edition does not fit where the PDF prints it; of one with errors, what of it can be read. Only what might
 * not fit is measured. Throws ThreadFailure.
 */
export async function checkFit(
  content: CheckedEdition,
  renderer: { measure(request: MeasureRequest): Promise<MeasureAnswer> },
): Promise<Diagnostic[]> {
  const edition = content.edition ?? readablePart(content.readable().edition);
  const whole = documentData(edition, { whole: true }, content.readAnnexes);
  const data = hasEndless(whole) ? mapTexts(whole, shortened) : whole;
  const figures = figuresOf(data);
  const doubt = doubtful(data, figures);
  if (!doubt) return [];
  const { misfits } = await new Measurer((request) => renderer.measure(request)).measure(doubt, figures);
  return fitDiagnostics(misfits, content);
}

/** Characters; no cell of a page holds as many. */
const endless = 10_000;

/** Whether there is a text that no page holds: it need not be laid out to tell. */
export function hasEndless(data: unknown): boolean {
  if (typeof data === 'string') return data.length > endless;
  return typeof data === 'object' && data !== null && Object.values(data).some(hasEndless);
}

/** Of a text that no page holds its beginning, which no page holds either. */
const shortened = (text: string): string =>
  text.length > endless ? [...text.slice(0, endless)].slice(0, -1).join('') : text;

/** What can be laid out of an edition with errors, whatever they are. */
function readablePart(edition: Edition): Edition {
  const { revised, parts } = edition;
  const whole = {
    ...edition,
    revised: eraDate(revised) ? revised : '令和1年5月', // printed, but in one line whatever it is
    parts: parts.length > 0 ? parts : [...partNames],
  };
  return mapTexts(whole, (text) => Buffer.from(text).toString()); // no half characters
}
