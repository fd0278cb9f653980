import type { ShownFont } from './font.ts';
import type { Reading } from './reader.ts';

/** Embeds a free font of the same widths for one that is not embedded, or reports it; true when it did. */
export async function substitute({ use, report }: ShownFont, _reading: Reading | undefined): Promise<boolean> {
  if (use.visible) report('annex-font-not-embedded', 'error');
  return false;
}
