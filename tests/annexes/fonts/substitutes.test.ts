import { readFileSync } from 'node:fs';
import { brotliDecompressSync, inflateSync } from 'node:zlib';
import type { PDFRawStream } from '@cantoo/pdf-lib';
import { create, type Font } from 'fontkit';
import { describe, expect, test } from 'vitest';
import { readAnnex } from '../../../src/annexes/annex.ts';
import { getDocument } from '../../pdf/pdfjs.ts';
import { composite, encodings, hex, japanese, latin, made, pageOf, printable, simple } from '../made/substitutes.ts';
import { at, merged, ofPage, problemsOf } from '../pdf.ts';

// Fonts that are not embedded get a program of the same widths (ISO 19005-3, 6.2.11.4.1): the text and where it stands
// are as before.

const folder = new URL('../../../node_modules/pdfjs-dist/', import.meta.url).pathname;

/** Each run of text with its place and width. */
async function runsOf(bytes: Uint8Array, page: number): Promise<string[]> {
  const pdf = await getDocument({
    data: new Uint8Array(bytes),
    verbosity: 0,
    cMapUrl: `${folder}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}standard_fonts/`,
  }).promise;
  try {
    const { items } = await (await pdf.getPage(page)).getTextContent();
    return items.map((item) =>
      'str' in item
        ? `${item.str.normalize('NFKC')} ${item.transform.slice(4).join(' ')} ${item.width.toFixed(2)} ${item.height}`
        : '',
    );
  } finally {
    await pdf.destroy();
  }
}

/** What is told of an annex whose text is the same in the document; a vertical form counts as its sign. */
async function same(annex: Uint8Array): Promise<string[]> {
  const result = await merged(annex, '図');
  const [before, after] = [await runsOf(annex, 1), await runsOf(result.bytes, 2)];
  expect(before.join('').trim().length).toBeGreaterThan(0);
  expect(after).toEqual(before);
  return result.told;
}

describe('the standard fonts of letters', () => {
  test.each(encodings)('%s', async (entries, codes) => {
    const annex = pageOf(latin.map(([name]) => ({ font: simple(name, entries, 'Type1'), text: hex(codes) })));
    const replaced = [...latin].sort(([a], [b]) => (`${a} →` < `${b} →` ? -1 : 1));
    expect(await same(annex)).toEqual([
      `warning annex-font-replaced ${replaced.map(([name, became]) => `${name} → ${became}(1ページ)`).join('、')}`,
    ]);
  });

  test.each([
    ['Arial', 'Arimo-Regular'],
    ['ArialMT', 'Arimo-Regular'],
    ['Arial,Bold', 'Arimo-Bold'],
    ['Arial-BoldMT', 'Arimo-Bold'],
    ['Arial-BoldItalicMT', 'Arimo-BoldItalic'],
    ['Arial,Italic', 'Arimo-Italic'],
    ['ABCDEF+ArialMT', 'Arimo-Regular'],
    ['TimesNewRoman', 'Tinos-Regular'],
    ['Times#20New#20Roman,BoldItalic', 'Tinos-BoldItalic'],
    ['TimesNewRomanPSMT', 'Tinos-Regular'],
    ['TimesNewRomanPS-BoldMT', 'Tinos-Bold'],
    ['CourierNew', 'Cousine-Regular'],
    ['CourierNewPS-ItalicMT', 'Cousine-Italic'],
    ['MS-Gothic', undefined],
    ['ArialNarrow', undefined],
    ['Arial-Black', undefined],
    ['HelveticaNeue', undefined],
    ['Harbour', undefined],
  ])('%s', async (name, became) => {
    const read = name.replaceAll('#20', ' ').replace('ABCDEF+', '');
    expect(await problemsOf(pageOf([{ font: simple(name), text: '(Harbour 12)' }]), '図')).toEqual([
      became
        ? `warning annex-font-replaced ${read} → ${became}(1ページ)`
        : `error annex-font-not-embedded ${read}(1ページ)`,
    ]);
  });

  test('dictionary and program have the same widths, those of the dictionary', async () => {
    const widths = [700, 667, 900];
    const font = simple('Arial', `/Encoding /WinAnsiEncoding /FirstChar 65 /LastChar 67 /Widths [${widths.join(' ')}]`);
    const result = await merged(pageOf([{ font, text: '(ABCA)' }]), '図');
    const program = programOf(result);
    expect(String(ofPage(result, 'Resources/Font/F0/Widths'))).toBe('[ 700 667 900 ]');
    // The order of the codes is that of the glyphs; the first is what is missing.
    expect([1, 2, 3].map((glyph) => Math.round((program.getGlyph(glyph).advanceWidth * 1000) / 2048))).toEqual(widths);
  });

  test('a glyph that is wider than its place is refused', async () => {
    const font = simple('Arial', '/Encoding /WinAnsiEncoding /FirstChar 65 /LastChar 65 /Widths [500]');
    expect(await problemsOf(pageOf([{ font, text: '(A)' }]), '図')).toEqual([
      'error annex-font-not-embedded Arial(1ページ)',
    ]);
  });

  test('numbers of glyphs are told by their order, where the widths say the same', async () => {
    const font = (width: number) => composite('ArialMT', 'Identity-H', `/W [36 [667 ${width}]]`, 'Identity');
    const of = (width: number) => pageOf([{ font: font(width), text: '<00240025>' }]);
    expect(await problemsOf(of(667), '図')).toContain('warning annex-font-replaced ArialMT → Arimo-Regular(1ページ)');
    expect(await problemsOf(of(600), '図')).toContain('error annex-font-not-embedded ArialMT(1ページ)');
  });
});

const programOf = (result: Awaited<ReturnType<typeof merged>>): Font => {
  const file = ofPage(result, 'Resources/Font/F0/FontDescriptor/FontFile2') as PDFRawStream;
  return create(inflateSync(file.contents)) as Font;
};

test('a font of a graphics state', async () => {
  const annex = made['a font of a graphics state']?.() as Uint8Array;
  expect(await same(annex)).toEqual(['warning annex-font-replaced Helvetica → Arimo-Regular(1ページ)']);
});

test('code 0 is not the missing glyph, and no letter parts from the next by it', async () => {
  const result = await merged(made['code 0']?.() as Uint8Array, '図');
  expect(result.told).toEqual(['warning annex-font-replaced Helvetica → Arimo-Regular(1ページ)']);
  expect(String(ofPage(result, 'Resources/Font/F0/Encoding/Differences'))).toMatch(/^\[ 0 \/[a-z]+ 65 \/[a-z]+ 66 /);
  expect((await runsOf(result.bytes, 2)).join('')).toMatch(/^AB 5 280 8.00 /);
});

describe('Japanese fonts', () => {
  test.each(japanese)('%s', async (cmap, text) => {
    expect(await same(pageOf([{ font: composite('MS-Mincho', cmap), text }]))).toEqual([
      'warning annex-font-replaced MS-Mincho → BIZUDMincho-Regular(1ページ)',
    ]);
  });

  test.each([
    ['MS-Gothic', 'MS-Gothic → BIZUDGothic-Regular'],
    ['#82l#82r#20#83S#83V#83b#83N', 'ＭＳ ゴシック → BIZUDGothic-Regular'],
    ['#82l#82r#20#96#BE#92#A9', 'ＭＳ 明朝 → BIZUDMincho-Regular'],
    ['MS-Gothic,Bold', 'MS-Gothic,Bold → BIZUDGothic-Bold'],
    ['HeiseiKakuGo-W5', 'HeiseiKakuGo-W5 → BIZUDGothic-Regular'],
    ['HeiseiMin-W3-90ms-RKSJ-H', 'HeiseiMin-W3-90ms-RKSJ-H → BIZUDMincho-Regular'],
    ['KozMinPr6N-Bold', 'KozMinPr6N-Bold → BIZUDMincho-Bold'],
  ])('%s', async (name, expected) => {
    const [, text = ''] = japanese[0] ?? [];
    expect(await problemsOf(pageOf([{ font: composite(name, '90ms-RKSJ-H'), text }]), '図')).toEqual([
      `warning annex-font-replaced ${expected}(1ページ)`,
    ]);
  });

  test('in vertical writing, signs have their vertical form', async () => {
    const of = async (cmap: string) => {
      const result = await merged(pageOf([{ font: composite('MS-Gothic', cmap), text: '<8141>' }]), '図');
      return String(ofPage(result, 'Resources/Font/F0/BaseFont'));
    };
    // The tag of the subset tells that the glyphs are others.
    expect(await of('90ms-RKSJ-V')).not.toBe(await of('90ms-RKSJ-H'));
  });

  test.each([
    ['a narrower width', 'MS-PGothic', '/W [843 [800]]', japanese[0]?.[1] ?? ''],
    ['a wider width', 'MS-PGothic', '/W [843 [1100]]', japanese[0]?.[1] ?? ''],
    ['no free font', 'Harbour', '', japanese[0]?.[1] ?? ''],
  ])('%s: refused', async (_, name, entries, text) => {
    expect(await problemsOf(pageOf([{ font: composite(name, '90ms-RKSJ-H', entries), text }]), '図')).toEqual([
      `error annex-font-not-embedded ${name}(1ページ)`,
    ]);
  });

  test.each(['GB1', 'CNS1', 'Korea1'])('%s: refused', async (ordering) => {
    expect(
      await problemsOf(pageOf([{ font: composite('Harbour', 'Identity-H', '', ordering), text: '<0400>' }]), '図'),
    ).toEqual(['error annex-font-not-embedded Harbour(1ページ)']);
  });
});

test('symbols', async () => {
  expect(await same(pageOf([{ font: simple('Symbol', '', 'Type1'), text: hex(printable(0x61, 0x7a)) }]))).toEqual([
    'warning annex-font-replaced Symbol → FoxitSymbol(1ページ)',
  ]);
  expect(await problemsOf(pageOf([{ font: simple('ZapfDingbats', '', 'Type1'), text: '(abc)' }]), '図')).toContain(
    'warning annex-font-replaced ZapfDingbats → FoxitDingbats(1ページ)',
  );
});

describe('what is not seen', () => {
  const mendsOf = async (bytes: Uint8Array) => [...(await readAnnex(bytes, '図')).mends.keys()];

  test('blanks are mended without a word', async () => {
    const annex = made.blanks?.() as Uint8Array;
    expect(await problemsOf(annex, '図')).toEqual([]);
    expect(await mendsOf(annex)).toContain('unseen-fonts');
  });

  test.each([simple('Harbour'), composite('Harbour', 'Identity-H'), composite('MS-Gothic', '90ms-RKSJ-H')])(
    'no code at all: %s',
    async (font) => {
      const result = await merged(pageOf([{ font, text: '()' }]), '図');
      expect(result.told).toEqual([]);
      expect(String(ofPage(result, 'Resources/Font/F0/BaseFont'))).toMatch(/GlyphLessFont$/);
    },
  );

  test('a letter beside a blank is not', async () => {
    expect(await problemsOf(pageOf([{ font: simple('Harbour'), text: '( A)' }]), '図')).toEqual([
      'error annex-font-not-embedded Harbour(1ページ)',
    ]);
  });

  test('the text of a scanner stays', async () => {
    const annex = made.scanned?.() as Uint8Array;
    expect(await same(annex)).toEqual([]);
    expect(await mendsOf(annex)).toContain('unseen-fonts');
  });

  test('its glyphs are empty, none is the missing one, each as wide as its character', async () => {
    const font = composite('MS-Mincho', 'Identity-H', '/DW 1000 /W [34 [250]]');
    const result = await merged(pageOf([{ font, text: '<002203490022>', mode: 3 }]), '図');
    const descendant = at(
      result.document,
      'Resources/Font/F0/DescendantFonts/0',
      result.document.getPage(1).node,
    ) as never;
    expect(String(at(result.document, 'Subtype', descendant))).toBe('/CIDFontType2');
    expect(String(at(result.document, 'W', descendant))).toBe('[ 34 [ 250 ] 841 [ 1000 ] ]');
  });
});

test('fonts/substitutes/ is cut from the packages: run node scripts/substitutes.mjs after changing them', async () => {
  const { cut, sources } = await import('../../../scripts/substitutes.mjs' as string);
  for (const [file, path] of Object.entries(sources))
    expect(brotliDecompressSync(readFileSync(`fonts/substitutes/${file}.br`)).equals(cut(path)), file).toBe(true);
}, 60_000);
