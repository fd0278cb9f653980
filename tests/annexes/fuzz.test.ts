import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Renderer } from '../../dist/render/renderer.js';
import { type Annex, readAnnex } from '../../src/annexes/annex.ts';
import { mergeAnnexes } from '../../src/assemble/annexes/merge.ts';
import { assemble } from '../../src/assemble/assemble.ts';
import { checkContent } from '../../src/content/check.ts';
import { readWorkingTree } from '../../src/content/source/source.ts';
import { messages } from '../../src/diagnostics/messages.ts';
import type { RenderedDocument } from '../../src/render/compiler.ts';
import { type DocumentData, documentData } from '../../src/render/data.ts';

/** MUTATIONS=100000 npx vitest run tests/annexes/fuzz.test.ts tries as many. */
const runs = Number(process.env.MUTATIONS ?? 200);
const names = readdirSync('tests/annexes').filter((name) => name.endsWith('.pdf'));
const files = new Map(names.map((name) => [name, readFileSync(`tests/annexes/${name}`)]));

const provenance = { plan: '', title: '', revised: '', parts: '', content: '', fonts: '', tool: '' };

const renderer = new Renderer();
const hosts = new Map<string, { data: DocumentData; document: RenderedDocument }>();
beforeAll(async () => {
  const { edition } = checkContent(readWorkingTree('tests/city'));
  if (!edition) throw new Error('the city has errors');
  for (const [name, bytes] of files) {
    const { annex } = await readAnnex(bytes, '図');
    const parts = ['表紙' as const, { annex: name, title: '別冊' }];
    const data = documentData({ ...edition, parts }, { whole: true }, new Map(annex ? [[name, annex]] : []));
    hosts.set(name, { data, document: (await renderer.render(data)) as RenderedDocument });
  }
}, 60_000);
afterAll(() => renderer.close());

/** Merges an annex into the city, as build does; its pages are as many as they were. */
function merged(name: string, annex: Annex): Uint8Array | undefined {
  const { data, document } = hosts.get(name) as { data: DocumentData; document: RenderedDocument };
  if (data.annexes[name]?.pages.length !== annex.pages.length) return undefined;
  return assemble({
    pdf: document.pdf as Uint8Array,
    data,
    anchors: document.anchors,
    tables: document.tables,
    attachments: [],
    provenance,
    merge: (file, places) => mergeAnnexes(file, places, new Map([[name, annex]])),
  });
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
const mutation = fc.record({
  kind: fc.constantFrom('byte', 'bytes', 'cut', 'insert', 'repeat', 'truncate', 'reference', 'number'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  length: fc.integer({ min: 1, max: 400 }),
  byte: fc.integer({ min: 0, max: 255 }),
  sign: fc.constantFrom(...signs),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(bytes: Buffer, { kind, at, length, byte, sign }: Mutation): Buffer {
  const index = Math.floor(at * bytes.length);
  const [head, tail] = [bytes.subarray(0, index), bytes.subarray(index)];
  if (kind === 'truncate') return head;
  if (kind === 'cut') return Buffer.concat([head, tail.subarray(length)]);
  if (kind === 'insert') return Buffer.concat([head, Buffer.from(sign, 'latin1'), tail]);
  if (kind === 'repeat') return Buffer.concat([head, tail.subarray(0, length), tail]);
  if (kind === 'reference' || kind === 'number') {
    // Trees that run in circles, lengths that lie, objects of another kind: these keep the file readable.
    const text = tail.toString('latin1');
    const found = (kind === 'reference' ? /\d+(?= 0 R)/ : /(?<=[ [])\d+(?=[ \]/>])/).exec(text);
    if (!found) return bytes;
    return Buffer.concat([head, Buffer.from(text.replace(found[0], String(length % 90)), 'latin1')]);
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
        async (name, mutations, alternative) => {
          const bytes = mutations.reduce(mutate, files.get(name) as Buffer);
          const { annex, problems } = await readAnnex(bytes, alternative);
          for (const { code } of problems) expect(Object.keys(messages)).toContain(code);
          const errors = problems.filter(({ severity }) => severity === 'error');
          if (!annex) expect(errors).not.toEqual([]);
          if (annex && errors.length === 0 && merged(name, annex)) outcomes.merged += 1;
          else outcomes.refused += 1;
        },
      ),
      { numRuns: runs, seed: 11 },
    );
    // Neither may be rare, or nothing is shown.
    expect(Math.min(outcomes.merged, outcomes.refused)).toBeGreaterThan(runs / 20);
  },
  120_000 + 1000 * runs,
);

test('the annexes as they are can be merged here', async () => {
  for (const name of names) {
    const { annex, problems } = await readAnnex(files.get(name) as Buffer, '図');
    expect(problems, name).toEqual([]);
    expect(merged(name, annex as Annex)?.length).toBeGreaterThan(10_000);
  }
});
