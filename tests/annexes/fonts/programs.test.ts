import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readAnnex } from '../../../src/annexes/annex.ts';
import { loadRasterizer } from '../../../src/render/raster.ts';
import { composite, made, page, type Shown, shown, simple } from '../made/programs.ts';
import { merged, problemsOf, shown as read, stream } from '../pdf.ts';
import { byCid, serif, trueType, unicode } from './programs-made.ts';

// Fonts that disagree with their programs (ISO 19005-3, 6.2.11): after the mending all looks and reads as before.

const rasterize = await loadRasterizer();
async function pixels(pdf: Uint8Array, page: number): Promise<string> {
  const pages: Uint8Array[] = [];
  for await (const { data } of rasterize(pdf, 1)) pages.push(data);
  return createHash('sha256')
    .update(pages[page] as Uint8Array)
    .digest('hex');
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

describe('what cannot be mended', () => {
  const plain = trueType([unicode]);
  const twoForNone = stream(
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 begincidchar <0000> 0 <00C8> 0 endcidchar',
    '/Type /CMap /CMapName /Two /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>',
  );
  const missing = ['error annex-missing-glyph Harbour(1ページ)'];
  const damaged = ['error annex-font-damaged Harbour(1ページ)'];
  const cff = { key: '/FontFile3 32 0 R', of: '/Subtype /Type1C', subtype: 'Type1' };
  test.each<[string, Shown, string[]]>([
    ['a code that shows a box', simple(plain, { text: '(ABE)', wide: [667, 667, 722, 300, 300] }), missing],
    ['CID 0, which shows a box', composite(plain, { text: '<00010000>', w: '0 [365 667]' }), missing],
    [
      'one letter for two texts',
      composite(byCid('C'), {
        key: '/FontFile3 32 0 R',
        of: '/Subtype /CIDFontType0C',
        kind: 'CIDFontType0',
        entries: '',
        text: '<000000c8>',
        encoding: '35 0 R',
        w: '0 [667]',
        more: { 35: twoForNone },
      }),
      missing,
    ],
    ['a program that is empty', simple(Buffer.alloc(0)), damaged],
    ['a program that is none', simple(Buffer.from('none'), cff), damaged],
    [
      'a TrueType program without outlines',
      simple(trueType([unicode], { change: (tables) => tables.delete('glyf') })),
      damaged,
    ],
    ['CFF that is cut off', simple(serif.subarray(0, 5000), cff), damaged],
    ['CFF by CIDs in a simple font', simple(byCid(), cff), damaged],
    [
      'a width that a program of few units cannot tell',
      simple(
        trueType([unicode], {
          change: (tables) => {
            const head = Buffer.from(tables.get('head') as Buffer);
            head.writeUInt16BE(64, 18);
            tables.set('head', head);
          },
        }),
        { wide: [8, 667, 722] },
      ),
      ['error annex-font-widths Harbour(1ページ)'],
    ],
    [
      'a Type 3 procedure that tells no width',
      {
        font: (shown['widths of a Type 3 font'] as Shown).font,
        text: '(A)',
        objects: { 32: stream('0 0 500 500 re f'), 33: stream('') },
      },
      ['error annex-font-damaged 名前なし(1ページ)'],
    ],
  ])('%s', async (_, of, expected) => {
    expect((await problemsOf(page(of), '図')).filter((line) => line.startsWith('error'))).toEqual(expected);
  });

  test('bytes of programs, each of them changed', async () => {
    for (const [program, options] of [
      [plain, {}],
      [serif.subarray(0, 6000), cff],
    ] as const)
      for (let at = 0; at < 400; at += 7) {
        const bytes = Buffer.from(program);
        bytes[(at * 37) % bytes.length] = at % 256;
        await problemsOf(page(simple(bytes, options)), '図');
      }
  });
});
