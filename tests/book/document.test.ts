import { expect, test } from 'vitest';
import { readAnnex } from '../../src/annexes/annex.ts';
import { documentData } from '../../src/render/data.ts';
import { editionOf } from '../assemble/typst.ts';
import { bookOf, OwnRenderer } from '../pdf/book.ts';
import { getDocument } from '../pdf/pdfjs.ts';
import { childrenOf, readTags, spokenWords, type Tag } from '../pdf/read-tags.ts';

/** Of each link its name, and the page, from 1, that it leads to; page by page. */
async function linksOf(pdf: Uint8Array): Promise<{ words: string; page: number }[][]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const found: { words: string; page: number }[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const links: { words: string; page: number }[] = [];
    for (const { dest, contentsObj } of await page.getAnnotations()) {
      const [target] = typeof dest === 'string' ? ((await document.getDestination(dest)) ?? []) : dest;
      links.push({ words: contentsObj.str, page: (await document.getPageIndex(target)) + 1 });
    }
    found.push(links);
  }
  await task.destroy();
  return found;
}

test('a document of ours as an annex, twice: links of all of them lead to their own pages', async () => {
  const renderer = new OwnRenderer();
  const city = editionOf('tests/city');
  const inner = await bookOf(documentData(city, { whole: true }), renderer);
  const before = await linksOf(inner);
  expect(before.flat().length).toBeGreaterThan(10);
  const { annex } = await readAnnex(inner, undefined);
  if (!annex) throw new Error('our own document is refused');
  const annexes = new Map(['a.pdf', 'b.pdf'].map((path) => [path, annex]));
  const parts = [...city.parts.slice(0, 2), { annex: 'a.pdf', title: '甲' }, ...city.parts.slice(2)];
  const data = documentData({ ...city, parts: [...parts, { annex: 'b.pdf', title: '乙' }] }, { whole: true }, annexes);
  const after = await linksOf(await bookOf(data, renderer, annexes));

  const count = before.length;
  expect(after).toHaveLength(3 * count);
  const moved = (by: number) => before.map((links) => links.map(({ page, words }) => ({ words, page: page + by })));
  expect(after.slice(2, 2 + count)).toEqual(moved(2));
  expect(after.slice(2 * count)).toEqual(moved(2 * count));
  const own = [...after.slice(0, 2), ...after.slice(2 + count, 2 * count)];
  for (const { words, page } of own.flat()) expect(words).toMatch(new RegExp(`[(、]${page}ページ\\)$`));
  expect(own.flat().map(({ page }) => page)).toEqual(expect.arrayContaining([3, 3 + count, 1 + 2 * count]));
});

/** The headings in reading order, each with its words as they are read. */
async function headingsOf(pdf: Uint8Array): Promise<string[]> {
  const { document } = await readTags(Buffer.from(pdf));
  const find = (tag: Tag): string[] => [
    ...(/^H\d$/.test(tag.role) ? [`${tag.role} ${spokenWords(tag)}`] : []),
    ...childrenOf(tag).flatMap(find),
  ];
  return find(document);
}

test('what stands in front of 表紙 keeps its level and its words; what follows stands below 書名', async () => {
  const renderer = new OwnRenderer();
  const city = editionOf('tests/city');
  const inner = await bookOf(documentData({ ...city, parts: ['目次'] }, { whole: true }), renderer);
  expect(await headingsOf(inner)).toEqual(['H1 目次']);
  const { annex } = await readAnnex(inner, undefined);
  if (!annex) throw new Error('our own document is refused');
  const annexes = new Map(['a.pdf', 'b.pdf'].map((path) => [path, annex]));
  const [a, b] = ['a.pdf', 'b.pdf'].map((path) => ({ annex: path, title: path }));
  if (!a || !b) throw new Error('no annex');
  const read = async (parts: typeof city.parts) =>
    headingsOf(await bookOf(documentData({ ...city, parts }, { whole: true }, annexes), renderer, annexes));
  expect(await read([a, '表紙', '目次', b])).toEqual(['H1 目次', `H1 ${city.title}`, 'H1 目次', 'H2 目次']);
  expect(await read(['表紙', '目次', b])).toEqual([`H1 ${city.title}`, 'H2 目次', 'H2 目次']);
  expect(await read(['目次', '表紙'])).toEqual(['H1 目次', `H1 ${city.title}`]);
});
