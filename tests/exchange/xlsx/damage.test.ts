import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReadBook } from '../../../src/exchange/xlsx/book.ts';
import { BookProblem, readBook } from '../../../src/exchange/xlsx/read-book.ts';
import { bookOf, oneRow, partsOf, stringTable, stylesOf, zipped } from './packages.ts';

/** RUNS=20000 npx vitest run tests/exchange/xlsx/damage.test.ts tries as many. */
const settings = { numRuns: Number(process.env.RUNS ?? 300), seed: 15 };

const made = {
  sheets: {
    '1-1-1': oneRow('<c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46085</v></c><c r="C1"><f>B1</f><v>1.5</v></c>'),
    一覧: oneRow('<c r="A1" t="inlineStr"><is><t>避難所&amp;公開</t></is></c><c t="e"><v>#N/A</v></c>'),
  },
  strings: stringTable('<t>取組</t><rPh sb="0" eb="2"><t>トリクミ</t></rPh>'),
  styles: stylesOf([0, 'ggge"年"m"月"d"日"']),
};
const whole = bookOf(made);
const book = await readBook(whole);

/** A book, or why there is none: nothing else may come of any bytes. */
async function outcome(bytes: Uint8Array): Promise<ReadBook | BookProblem> {
  const result = await readBook(bytes).catch((error) => error);
  if (result instanceof Error && !(result instanceof BookProblem)) throw result;
  return result;
}

test('of a workbook that was cut off anywhere comes its refusal', async () => {
  for (let length = 0; length < whole.length; length++) {
    const result = await outcome(whole.subarray(0, length));
    expect(result).toBeInstanceOf(BookProblem);
    if (length >= 4) expect(result).toMatchObject({ refusal: 'cut' });
  }
});

test('of bytes that changed comes the same book, or a refusal', async () => {
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const bytes = Uint8Array.from(whole);
      for (const [at, byte] of changes) bytes[at] = byte;
      const result = await outcome(bytes);
      if (!(result instanceof BookProblem)) expect(result).toEqual(book);
    }),
    settings,
  );
});

// Damage that the check sums do not tell: parts that were written so.

const parts = partsOf(made);
const names = Object.keys(parts);
const piece = fc.oneof(
  fc.constantFrom(
    ...'<>/&"\'=!?-[]; \n0',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<!DOCTYPE a>',
    '&#x',
    '&#0;',
  ),
  fc.constantFrom('<row>', '</row>', '<c>', '<c/>', '<v>', '</v>', '<f t="shared" si="0"/>', '<rPh>', 'r="XFD1048577"'),
  fc.constantFrom(' t="s"', ' t="d"', ' s="-1"', ' s="1e9"', '_xD800_', '\u0000', '\ufffe', 'NaN', '1e999', '-1'),
);
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(12), piece });

test('of parts that are written in any way comes a book, or a refusal', async () => {
  let books = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), fc.array(edit, { minLength: 1, maxLength: 3 }), async (name, edits) => {
      let text = String(parts[name]);
      for (const { at, cut, piece } of edits) {
        const from = Math.floor(at * text.length);
        text = text.slice(0, from) + piece + text.slice(from + cut);
      }
      if (!((await outcome(zipped({ ...parts, [name]: text }, 0))) instanceof BookProblem)) books++;
    }),
    settings,
  );
  expect(books).toBeGreaterThan(settings.numRuns / 50);
});

test('any bytes are no book', async () => {
  const starts = fc.constantFrom(
    '',
    'PK\x03\x04',
    'PK\x05\x06',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    '%PDF-',
    '<html',
    '\xff\xfe',
  );
  await fc.assert(
    fc.asyncProperty(starts, fc.uint8Array({ maxLength: 3000 }), async (start, rest) => {
      const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest]);
      expect(await outcome(bytes)).toBeInstanceOf(BookProblem);
    }),
    settings,
  );
});
