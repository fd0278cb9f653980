import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Renderer } from '../../dist/book/renderer.js';
import type { Annex } from '../../src/annexes/annex.ts';
import { readProven } from '../../src/annexes/proof/proof.ts';
import { getDocument } from '../pdf/pdfjs.ts';
import { hostFor, mergedInto } from './host.ts';

// Small annexes of every kind that is mended, made by the files of made/: each says after it was merged into the invented
// city what it said before. KEEP=folder keeps what was written, for the reference validator (.ci/run).

const keep = process.env.KEEP;
const renderer = new Renderer();
afterAll(() => renderer.close());
if (keep !== undefined) mkdirSync(keep, { recursive: true });

/** The text of each page from `first` on, without white space. */
async function textsOf(bytes: Uint8Array, first: number): Promise<string[]> {
  const pdf = await getDocument({
    data: Uint8Array.from(bytes),
    verbosity: 0,
    cMapUrl: 'node_modules/pdfjs-dist/cmaps/',
    cMapPacked: true,
    standardFontDataUrl: 'node_modules/pdfjs-dist/standard_fonts/',
  }).promise;
  const texts: string[] = [];
  for (let page = first; page <= pdf.numPages; page += 1) {
    const { items } = await (await pdf.getPage(page)).getTextContent();
    texts.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replaceAll(/\s/g, ''),
    );
  }
  await pdf.destroy();
  return texts;
}

/** How often each letter stands in a text; private signs, which nobody can read, are none. */
function lettersOf(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const letter of text.normalize('NFKC').replaceAll(/[\p{C}\ufffd]/gu, ''))
    counts[letter] = (counts[letter] ?? 0) + 1;
  return counts;
}

for (const file of readdirSync('tests/annexes/made')) {
  const { made } = (await import(`./made/${file}`)) as {
    /** An annex by name; what pdf.js reads of it before, where that is not what it says. */
    made: Record<string, () => Made | Promise<Made>>;
  };
  describe(file.replace('.ts', ''), () => {
    test.each(Object.entries(made))('%s', async (name, make) => {
      const result = await make();
      const { bytes, says } = result instanceof Uint8Array ? { bytes: result, says: undefined } : result;
      const before = says ?? (await textsOf(bytes, 1));
      const { annex, problems } = await readProven(bytes, '図');
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const written = mergedInto(await hostFor(renderer, 'a', annex), annex as Annex);
      if (keep !== undefined) writeFileSync(join(keep, `${file.replace('.ts', '')}-${name}.pdf`), written);
      const after = await textsOf(written, 2);
      expect(after.length).toBe(before.length);
      for (const [page, text] of before.entries()) expect(lettersOf(after[page] ?? '')).toMatchObject(lettersOf(text));
    });
  });
}
type Made = Uint8Array | { bytes: Uint8Array; says: string[] };
