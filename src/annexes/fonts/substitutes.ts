import type { MendCode } from '../../diagnostics/annex-mends.ts';
import { faceFor } from './faces.ts';
import type { ShownFont } from './font.ts';
import type { Reading } from './reader.ts';
import { codesOf, drawsNothing, orderingOf } from './shown-codes.ts';
import { embedBlank, embedFace } from './substitute-font.ts';
import { embedSymbols } from './symbols.ts';

/**
 * Embeds a program for a font that has none: an empty one, where nothing of it is seen, or a free font of the same widths
 * (ISO 19005-3, 6.2.11.4.1). Reports what became of it; what was mended without a word, it returns.
 */
export async function substitute(font: ShownFont, reading: Reading | undefined): Promise<MendCode | undefined> {
  const codes = reading && codesOf(font, reading);
  const isUnseen = codes && (!font.use.visible || codes.every((code) => drawsNothing(font, code)));
  if (codes && isUnseen && (await embedBlank(font, codes))) return 'unseen-fonts';
  const face = faceFor(font.name, orderingOf(font.dict));
  const became =
    codes && ((face && (await embedFace(font, codes, face)) && face.name) || (await embedSymbols(font, codes)));
  if (became) font.report('annex-font-replaced', 'warning', became);
  else if (font.use.visible) font.report('annex-font-not-embedded', 'error');
  return undefined;
}
