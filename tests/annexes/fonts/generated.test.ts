import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getDocument } from '../../pdf/pdfjs.ts';
import { type Objects, onePage } from '../pdf.ts';
import { composite, descriptor, drawn, map, page, readOf, serif, simple, subset } from './fonts.ts';

// Whatever a font is like, what pdf.js reads in the annex it reads in the document too.

const letters = 'ABCxyz019港の町&';
const trueType = subset(letters);
const widths = `/FirstChar 0 /LastChar 255 /Widths [${Array.from({ length: 256 }, () => 500).join(' ')}]`;

/** Codes at which the encoding of a program and ASCII are the same. */
const code = fc.integer({ min: 0x21, max: 0x7e }).filter((code) => code !== 0x27 && code !== 0x60);
const encoding = fc.oneof(
  fc.constantFrom(
    '',
    '/Encoding /WinAnsiEncoding',
    '/Encoding /MacRomanEncoding',
    '/Encoding << /BaseEncoding /WinAnsiEncoding >>',
  ),
  fc
    .array(
      fc.tuple(code, fc.constantFrom('A', 'eacute', 'alpha', 'uni6E2F', 'u20BB7', 'G41', 'g123', 'square7', 'f_f_i')),
    )
    .map((pairs) => `/Encoding << /Differences [${pairs.map(([code, name]) => `${code} /${name}`).join(' ')}] >>`),
);
const text = fc.constantFrom('0041', '6E2F', 'D842DFB7', '00660069', '00E9');
const hex = (code: number, bytes: number) => code.toString(16).padStart(2 * bytes, '0');

/** A map of some of the codes, and its entry in the font. */
const mapOf = (bytes: 1 | 2) =>
  fc.option(
    fc
      .tuple(
        fc.array(fc.tuple(bytes === 1 ? code : fc.integer({ min: 1, max: 13 }), text), { minLength: 1, maxLength: 9 }),
        fc.boolean(),
      )
      .map(([pairs, isRange]): [string, Objects] => [
        '/ToUnicode 40 0 R',
        isRange
          ? map(
              pairs.map(([code, text]) => `<${hex(code, bytes)}> <${hex(code, bytes)}> <${text}>`).join('\n'),
              'bfrange',
            )
          : map(pairs.map(([code, text]) => `<${hex(code, bytes)}> <${text}>`).join('\n')),
      ]),
    { nil: ['', {}] as [string, Objects] },
  );
const flags = fc.constantFrom(4, 32, 36);

const simpleFont = fc
  .tuple(fc.constantFrom('Type1', 'TrueType', 'Type3'), encoding, mapOf(1), flags)
  .map(([kind, encoding, [entry, objects], flags]): [string, Objects] => {
    // Beside a map, pdf.js does not look at the names of Type 3.
    if (kind === 'Type3') return [drawn(`${encoding} ${widths}`), {}];
    const entries = `${encoding} ${entry} ${widths}`;
    const [program, key] = kind === 'Type1' ? [serif, 'FontFile3'] : [trueType, 'FontFile2'];
    return [simple(`${entries} ${descriptor(`/Flags ${flags} /${key} 31 0 R`)}`, kind), { ...program, ...objects }];
  });
const compositeFont = fc
  .tuple(fc.constantFrom('Identity', 'Japan1', 'GB1', 'KR'), fc.constantFrom('H', 'V'), mapOf(2))
  .map(([system, direction, [entry, objects]]): [string, Objects] => [
    composite(`/Encoding /Identity-${direction} ${entry}`, system),
    { ...trueType, ...objects },
  ]);
const annex = fc.oneof(
  fc.tuple(
    simpleFont,
    fc.array(code, { minLength: 1, maxLength: 9 }).map((codes) => codes.map((code) => hex(code, 1))),
  ),
  fc.tuple(
    compositeFont,
    fc
      .array(fc.integer({ min: 1, max: 13 }), { minLength: 1, maxLength: 9 })
      .map((codes) => codes.map((code) => hex(code, 2))),
  ),
);

async function readBefore(bytes: Uint8Array): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  try {
    const { items } = await (await pdf.getPage(1)).getTextContent();
    return items.map((item) => ('str' in item ? item.str : '')).join('');
  } finally {
    await pdf.destroy();
  }
}

/** Letters that the first text has oftener than the second, without what is no text: control characters, what is missing. */
function lost(before: string, after: string): string {
  const left = [...after.normalize('NFKC')];
  return [...before.normalize('NFKC')]
    .filter((letter) => {
      const place = left.indexOf(letter);
      if (place >= 0) left.splice(place, 1);
      return place < 0 && !/[\p{C}\ufffd\s]/u.test(letter);
    })
    .join('');
}

test('no letter is lost', async () => {
  await fc.assert(
    fc.asyncProperty(annex, async ([[font, objects], codes]) => {
      const bytes = onePage(page(font, `<${codes.join('')}>`, objects));
      expect(lost(await readBefore(bytes), await readOf(bytes))).toBe('');
    }),
    { numRuns: 200, seed: 12 },
  );
}, 60_000);
