import type { ShownFont } from './font.ts';
import type { Reading } from './reader.ts';

/** Whether the embedded program is what the font's dictionary says, by a fast look (ISO 19005-3, 6.2.11). */
export const hasSoundProgram = ({ use }: ShownFont): boolean => !(use.bytes === 2 && use.codes.has(0));

/** Makes dictionary and program agree without a change of what is seen; reports what cannot be; true when it changed something. */
export function mendProgram({ use, report }: ShownFont, _reading: Reading | undefined): boolean {
  if (use.bytes === 2 && use.codes.has(0)) report('annex-missing-glyph', 'error');
  return false;
}
