import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadRasterizer } from '../../../src/render/raster.ts';
import { simple } from '../made/programs.ts';
import { merged, onePage } from '../pdf.ts';
import { byName } from './programs-made.ts';

// Whatever names the codes of a program in the Compact Font Format, each shows the glyph that it showed.

const names = [
  'A',
  'B',
  'a',
  'quoteright',
  'quotesingle',
  'Asmall',
  'Eacute',
  'Omega',
  'a.sc',
  'g12',
  'space',
  'bullet',
];
const glyph = fc.integer({ min: 1, max: names.length });
const code = fc.integer({ min: 1, max: 255 });

/** The encoding of a program (Adobe Technical Note 5176, 12): codes of its glyphs in their order, then more codes of any. */
const custom = fc
  .tuple(
    fc.uniqueArray(code, { minLength: names.length, maxLength: names.length }),
    fc.boolean(),
    fc.array(fc.tuple(code, fc.constantFrom(34, 35, 66, 229)), { maxLength: 3 }),
  )
  .map(([codes, isRun, more]) => {
    const supplement = more.length === 0 ? [] : [more.length, ...more.flatMap(([code, sid]) => [code, 0, sid])];
    const format = (isRun ? 1 : 0) + (more.length === 0 ? 0 : 128);
    return Buffer.from([format, codes.length, ...(isRun ? codes.flatMap((code) => [code, 0]) : codes), ...supplement]);
  });
const encoding = fc.oneof(fc.constantFrom(0, 1), custom);
const base = fc.constantFrom(
  '',
  ...['WinAnsi', 'MacRoman', 'Standard'].map((name) => `/BaseEncoding /${name}Encoding`),
);
const differences = fc
  .array(
    fc.tuple(
      code,
      fc.oneof(
        glyph.map((at) => names[at - 1] as string),
        fc.constantFrom('nothing', 'Aacute'),
      ),
    ),
    {
      maxLength: 6,
    },
  )
  .map((pairs) => pairs.map(([code, name]) => `${code} /${name}`).join(' '));
const entries = fc.oneof(
  fc.constantFrom('', '/Encoding /WinAnsiEncoding', '/Encoding /MacRomanEncoding'),
  fc.tuple(base, differences).map(([base, names]) => `/Encoding << ${base} /Differences [${names}] >>`),
);

/** Codes that all readers know: where a font that is not symbolic has no name for one, they do not agree. */
const codesOf = (flags: number) => {
  const [first, last] = flags === 4 ? [1, 255] : [33, 126];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
};
/** Lines of 16 codes each. */
function content(codes: readonly number[]): string {
  const hex = codes.map((code) => code.toString(16).padStart(2, '0')).join('');
  const lines = (hex.match(/.{1,32}/g) ?? []).map((line) => `0 -16 Td <${line}> Tj`);
  return `BT /F 12 Tf 4 290 Td ${lines.join(' ')} ET`;
}

const rasterize = await loadRasterizer();
async function pixelsOf(pdf: Uint8Array, page: number): Promise<string> {
  let index = 0;
  for await (const { data } of rasterize(pdf, 1)) if (index++ === page) return Buffer.from(data).toString('base64');
  throw new RangeError();
}

test('every code shows the same glyph', async () => {
  await fc.assert(
    fc.asyncProperty(
      encoding,
      entries,
      fc.constantFrom(4, 32),
      fc.constantFrom(500, 1000),
      async (encoding, entries, flags, wide) => {
        const font = simple(byName(names, encoding), {
          key: '/FontFile3 32 0 R',
          of: '/Subtype /Type1C',
          subtype: 'Type1',
          flags,
          entries,
          first: 1,
          wide: codesOf(4).map(() => wide),
        });
        const before = onePage({
          content: content(codesOf(flags)),
          resources: '/Font << /F 30 0 R >>',
          objects: { 30: font.font, ...font.objects },
        });
        const after = await merged(before, '図');
        expect((await pixelsOf(after.bytes, 1)) === (await pixelsOf(before, 0))).toBe(true);
      },
    ),
    { numRuns: 30, seed: 12 },
  );
}, 120_000);
