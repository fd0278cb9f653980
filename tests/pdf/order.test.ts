import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measuresOf } from '../../src/model/edition.ts';
import { documentData } from '../../src/render/data.ts';
import { editionOf } from '../assemble/typst.ts';
import { revision } from '../compare/revision.ts';
import { writePapers } from '../papers/lasting.ts';
import { bookOf, OwnRenderer } from './book.ts';
import { livePdf } from './live.ts';
import { allOf, readTags, type Tag } from './read-tags.ts';

// Copied by whichever reader, a page's texts come in the order in which they are read aloud: that of the tag tree.
const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What Chrome copies. */
let pdfium: (bytes: Uint8Array) => Promise<string[]>;
beforeAll(async () => {
  const { buffer } = Uint8Array.from(
    readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')),
  );
  const library = await PDFiumLibrary.init({ wasmBinary: buffer });
  pdfium = async (bytes) => {
    const document = await library.loadDocument(bytes);
    const texts = [...document.pages()].map((page) => page.getText());
    document.destroy();
    return texts;
  };
  return () => library.destroy();
});
/** What Poppler copies, for readers of texts; POPPLER=1 asks it, and fails where it is missing. */
function poppler(bytes: Uint8Array): string[] {
  const file = join(folder, 'read.pdf');
  writeFileSync(file, bytes);
  return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', maxBuffer: 2 ** 28 }).split('\f');
}

/** Readers guess white space, and tell a hyphen at the end of a line in ways of their own. */
const bare = (text: string): string => text.replace(/[\s\p{C}-]/gu, '');
const words = (tag: Tag): string =>
  tag.children.map((child) => (typeof child === 'string' ? child : words(child))).join('');

/** How many pages were compared. */
async function holds(bytes: Buffer): Promise<number> {
  const { document, contents, texts, pages } = await readTags(bytes);
  const inTree = contents.map((content) => content.slice(content.lastIndexOf(' ') + 1));
  const copies = { pdfium: await pdfium(bytes), ...(process.env.POPPLER ? { poppler: poppler(bytes) } : {}) };
  const pageOf = (content: string) => content.slice(0, content.indexOf('_'));
  for (const [index, { contents: drawn, text }] of pages.entries()) {
    const own = pageOf(drawn[0] ?? '');
    const read = inTree.filter((content) => pageOf(content) === own);
    const told = (ids: string[]) => ids.map((id) => texts.get(id) ?? '').filter((text) => bare(text) !== '');
    expect(told(drawn)).toEqual(told(read));
    // With what nobody reads aloud: running head, page number, the headings of tables that go on.
    for (const [reader, copied] of Object.entries(copies))
      expect(bare(copied[index] ?? ''), `${reader}, page ${index + 1}`).toBe(bare(text));
  }
  for (const table of allOf(document, 'Table')) {
    const heading = bare(allOf(table, 'THead').map(words).join(''));
    const cells = [...allOf(table, 'TH'), ...allOf(table, 'TD')].flatMap(function below(tag: Tag): string[] {
      return [...tag.contents, ...tag.children.flatMap((child) => (typeof child === 'string' ? [] : below(child)))];
    });
    const own = new Set(cells.map(pageOf));
    for (const { contents, text } of pages)
      if (own.has(pageOf(contents[0] ?? ''))) expect(bare(text)).toContain(heading);
  }
  return pages.length;
}

test('every measure of the live edition', async () => {
  expect(await holds(readFileSync(await livePdf()))).toBeGreaterThan(1);
});

test('books of invented cities, with 改定履歴, a measure taller than a page, sheets on A4', async () => {
  const [city, lake] = [editionOf('tests/city'), editionOf('tests/lake')];
  const tall = structuredClone(city);
  tall.parts.push('改定履歴');
  tall.history = [
    { date: '令和10年4月', text: '策定\n2行目' },
    { date: '令和11年4月', text: '時点修正' },
  ];
  const schedule = tall.categories[0]?.groups[0]?.measures[0]?.schedule ?? {};
  const result = Array.from({ length: 50 }, (_, index) => `・その${index + 1}の実績`).join('\n');
  for (const year of ['R10', 'R11']) schedule[year] = { ...schedule[year], result };
  const ids = new Set(measuresOf(lake).map(({ id }) => id));
  const renderer = new OwnRenderer();
  for (const data of [
    documentData(lake, { whole: true }),
    documentData(tall, { whole: true }),
    documentData(lake, { whole: false, part: 'A4個票', ids }),
  ])
    expect(await holds(Buffer.from(await bookOf(data, renderer)))).toBeGreaterThan(1);
});

test('新旧対照表 and 見え消し of a revision', async () => {
  const { base, head } = revision({ annexes: false });
  const [old, fresh, out] = ['base', 'head', 'out'].map((name) => join(folder, name)) as [string, string, string];
  base.lay(old);
  head.lay(fresh);
  expect(await writePapers(old, fresh, { pdf: true, out })).toMatchObject({ whole: true });
  for (const paper of ['新旧対照表', '見え消し'])
    expect(await holds(readFileSync(join(out, `取組集_${paper}.pdf`)))).toBeGreaterThan(1);
});
