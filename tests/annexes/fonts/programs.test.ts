import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readAnnex } from '../../../src/annexes/annex.ts';
import { rasterize } from '../../../src/render/raster.ts';
import { trueType, unicode } from '../made/fonts.ts';
import { composite, made, page, type Shown, shown, simple } from '../made/programs.ts';
import { accepted, merged, problemsOf, shown as read } from '../pdf.ts';

// Fonts that disagree with their programs (ISO 19005-3, 6.2.11): after the mending all looks and reads as before.

async function pixels(pdf: Uint8Array, page: number): Promise<string> {
  const pages: Uint8Array[] = [];
  for await (const png of rasterize(pdf, 1)) pages.push(png);
  return createHash('sha256').update(pages[page] as Uint8Array).digest('hex');
}
const textOf = async (bytes: Uint8Array, number: number) =>
  read({ bytes: new Uint8Array(bytes) } as never, async (pdf) => {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    return items.map((item) => ('str' in item ? item.str : '')).join('');
  });

describe('what is mended', () => {
  test.each(Object.keys(made))('%s', async (name) => {
    const before = page(shown[name] as Shown);
    const { mends } = await readAnnex(before, '図');
    expect([...mends.keys()]).toContain('font-programs');
    const after = await merged(before, '図');
    expect(await pixels(after.bytes, 1)).toBe(await pixels(before, 0));
    expect(await textOf(after.bytes, 2)).toBe(await textOf(before, 1));
    // Once mended, always sound.
    const again = await readAnnex(after.bytes, '図');
    expect([...again.mends.keys()]).not.toContain('font-programs');
  });
});
