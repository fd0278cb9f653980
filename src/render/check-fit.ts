import type { CheckedEdition } from '../annexes/checked-edition.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { eraDate } from '../model/era-date.ts';
import { documentData, figuresOf } from './data.ts';
import { doubtful } from './doubt.ts';
import { fitDiagnostics } from './fit.ts';
import type { Renderer } from './renderer.ts';

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
