import { expect, test } from 'vitest';
import { AnnexThread } from '../../dist/assemble/annexes/reader.js';
import { type Annex, readAnnex } from '../../src/annexes/annex.ts';
import { writeAnnexes } from '../../src/assemble/annexes/write.ts';
import { onePage, tagged } from './pdf.ts';

const file = (path: string, bytes: Uint8Array, alternative?: string) => ({ path, bytes, alternative });
const whole = tagged('P[0] Figure');
const plain = onePage({ catalog: '/AA << >>' });

test('annexes that a thread reads are written as those that are read here', async () => {
  const thread = new AnnexThread();
  const { pages, problems } = thread.read([file('a.pdf', whole, '図'), file('b.pdf', plain, '港')], '1');
  const [a, b] = [await readAnnex(whole, '図'), await readAnnex(plain, '港')];
  expect(await pages).toEqual([a, b].map(({ annex }) => annex?.pages.map(({ width, height }) => ({ width, height }))));
  expect(await problems).toEqual([a.problems, b.problems]);
  const read = new Map([
    ['a.pdf', a.annex as Annex],
    ['b.pdf', b.annex as Annex],
  ]);
  expect(await thread.written()).toEqual(structuredClone(writeAnnexes(read)));
});
test('those that are the same are not read again', async () => {
  const thread = new AnnexThread();
  const first = thread.read([file('a.pdf', whole, '図')], '1');
  expect(thread.read([], '1')).toBe(first);
  expect(await thread.read([file('a.pdf', Buffer.from('a'))], '2').pages).toEqual([undefined]);
  await first.problems;
});
test('what has an error is not written', async () => {
  const thread = new AnnexThread();
  const { pages, problems } = thread.read([file('a.pdf', whole, '図'), file('b.pdf', plain)], '1');
  expect(await pages).toHaveLength(2);
  expect(await problems).toMatchObject([[], [{ code: 'annex-untagged' }, { code: 'annex-script' }]]);
  await expect(thread.written()).rejects.toThrow('ended (0) without annexes');
});
