import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePDFRawStream, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Renderer } from '../../dist/book/renderer.js';
import type { Annex } from '../../src/annexes/annex.ts';
import { readProven } from '../../src/annexes/proof/proof.ts';
import { messages } from '../../src/diagnostics/messages.ts';
import { type Host, hostFor, mergedInto } from './host.ts';

/**
 * MUTATIONS=100000 npx vitest run tests/annexes/fuzz.test.ts tries as many; KEEP=folder keeps what was merged, and the
 * annexes it was merged from, for the reference validator. SEED=n tries others.
 */
const runs = Number(process.env.MUTATIONS ?? 200);
const seed = Number(process.env.SEED ?? 11);
const keep = process.env.KEEP;
if (keep !== undefined) mkdirSync(keep, { recursive: true });
const names = readdirSync('tests/annexes').filter((name) => name.endsWith('.pdf'));
const files = new Map(names.map((name) => [name, readFileSync(`tests/annexes/${name}`)]));
/** The same without compression: there a mutation changes one thing, and leaves the rest readable. */
const plain = new Map<string, Buffer>();

async function unpacked(bytes: Uint8Array): Promise<Buffer> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || String(object.dict.get(PDFName.of('Filter'))) !== '/FlateDecode') continue;
    if (object.dict.has(PDFName.of('DecodeParms'))) continue;
    object.updateContents(decodePDFRawStream(object).decode());
    object.dict.delete(PDFName.of('Filter'));
  }
  return Buffer.from(await document.save({ useObjectStreams: false }));
}

const renderer = new Renderer();
const hosts = new Map<string, Host>();
beforeAll(async () => {
  for (const [name, bytes] of files) {
    plain.set(name, await unpacked(bytes));
    const { annex } = await readProven(bytes, '図');
    hosts.set(name, await hostFor(renderer, name, annex));
  }
}, 60_000);
afterAll(() => renderer.close());

/** Merges an annex into the city, as build does; its pages are as many as they were. */
function merged(name: string, annex: Annex): Uint8Array | undefined {
  const host = hosts.get(name) as Host;
  return host.data.annexes[name]?.pages.length === annex.pages.length ? mergedInto(host, annex) : undefined;
}

const signs = [
  '/',
  '<<',
  '>>',
  '[',
  ']',
  '(',
  ')',
  ' 0 R',
  '0',
  '-1',
  '99999999',
  'endobj',
  'obj',
  'stream',
  '/Kids',
  '/K',
  '%',
  '\0',
];
/** Changes of what is written, which keep the file readable. */
const written = ['reference', 'number', 'name', 'entry', 'value', 'operator'] as const;
const mutation = fc.record({
  kind: fc.constantFrom('byte', 'bytes', 'cut', 'insert', 'repeat', 'truncate', ...written),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  length: fc.integer({ min: 1, max: 400 }),
  byte: fc.integer({ min: 0, max: 255 }),
  sign: fc.constantFrom(...signs),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

const tokens: Record<(typeof written)[number], RegExp> = {
  // Trees that run in circles, lengths that lie, objects of another kind.
  reference: /\d+(?= 0 R)/,
  number: /(?<=[ [])-?[\d.]+(?=[ \]/>\n])/,
  name: /\/[A-Za-z]\w*/,
  entry: /\/[A-Za-z]\w* (\/\w+|\d+ 0 R|[\d.]+|\[[^\]]*\]|<[0-9A-F]*>)/,
  value: /(?<=\/[A-Za-z]\w* )(\/\w+|\d+ 0 R|[\d.]+|\[[^\]]*\]|<[0-9A-F]*>)/,
  operator: /(?<=\s)(BT|ET|q|Q|BMC|BDC|EMC|Tj|TJ|Tf|Td|Tm|re|f|S|n|W|Do|cs|scn|gs|rg|k|sh|cm)(?=\s)/,
};

function mutate(bytes: Buffer, { kind, at, length, byte, sign }: Mutation): Buffer {
  const index = Math.floor(at * bytes.length);
  const [head, tail] = [bytes.subarray(0, index), bytes.subarray(index)];
  if (kind === 'truncate') return head;
  if (kind === 'cut') return Buffer.concat([head, tail.subarray(length)]);
  if (kind === 'insert') return Buffer.concat([head, Buffer.from(sign, 'latin1'), tail]);
  if (kind === 'repeat') return Buffer.concat([head, tail.subarray(0, length), tail]);
  const token = tokens[kind as (typeof written)[number]];
  if (token) {
    const text = tail.subarray(0, 20_000).toString('latin1');
    const found = token.exec(text);
    if (!found) return bytes;
    // Another of the same kind from elsewhere; or a small number, or nothing.
    const other = token.exec(
      bytes.subarray((index * 7 + length * 997) % bytes.length).toString('latin1', 0, 20_000),
    )?.[0];
    const instead = kind === 'entry' ? '' : kind === 'reference' || byte < 64 ? String(length % 90) : (other ?? '');
    const from = index + found.index;
    return Buffer.concat([
      bytes.subarray(0, from),
      Buffer.from(kind === 'operator' || kind === 'name' || kind === 'value' ? (other ?? '') : instead, 'latin1'),
      bytes.subarray(from + found[0].length),
    ]);
  }
  const copy = Buffer.from(bytes);
  copy.fill(byte, index, Math.min(copy.length, index + (kind === 'byte' ? 1 : length)));
  return copy;
}

test(
  'damaged annexes never crash, never hang, and are merged or refused with a reason',
  async () => {
    const outcomes = { merged: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('図', undefined),
        fc.boolean(),
        async (name, mutations, alternative, isPlain) => {
          const bytes = mutations.reduce(mutate, (isPlain ? plain : files).get(name) as Buffer);
          const { annex, problems } = await readProven(bytes, alternative);
          for (const { code } of problems) expect(Object.keys(messages)).toContain(code);
          const errors = problems.filter(({ severity }) => severity === 'error');
          if (!annex) expect(errors).not.toEqual([]);
          const result = annex && errors.length === 0 ? merged(name, annex) : undefined;
          outcomes[result ? 'merged' : 'refused'] += 1;
          if (!result || keep === undefined) return;
          const number = String(outcomes.merged).padStart(6, '0');
          writeFileSync(join(keep, `${number}.pdf`), result);
          const what = mutations.map(({ kind }) => kind).join('-');
          writeFileSync(join(keep, `${number}.from-${name}-${isPlain ? 'plain' : 'packed'}-${what}.annex`), bytes);
        },
      ),
      { numRuns: runs, seed },
    );
    // Neither may be rare, or nothing is shown.
    expect(Math.min(outcomes.merged, outcomes.refused)).toBeGreaterThan(runs / 20);
  },
  120_000 + 1000 * runs,
);

test('the annexes as they are can be merged here', async () => {
  for (const name of names) {
    const { annex, problems } = await readProven(files.get(name) as Buffer, '図');
    expect(problems, name).toEqual([]);
    expect(merged(name, annex as Annex)?.length).toBeGreaterThan(10_000);
  }
});
