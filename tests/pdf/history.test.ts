import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { linkWords } from '../../src/assemble/link-names.ts';
import { bookmarks } from '../../src/assemble/outline.ts';
import type { Edition, Part, Revision } from '../../src/model/edition.ts';
import { documentData, figuresOf } from '../../src/render/data.ts';
import { doubtful } from '../../src/render/doubt.ts';
import { fitDiagnostics } from '../../src/render/fit.ts';
import { editionOf } from '../assemble/typst.ts';
import { checkedCity, textOf } from '../content/city.ts';
import { drawnBook, fileOf, misfitsOf, OwnRenderer } from './book.ts';
import { readPdf } from './read-pdf.ts';
import { allOf, childrenOf, readTags, spokenWords } from './read-tags.ts';

// 改定履歴: a part of its own, as long as it is.
const renderer = new OwnRenderer();
const city = editionOf('tests/city');
const withHistory = (history: Revision[], parts: Part[] = [...city.parts, '改定履歴']): Edition => ({
  ...city,
  parts,
  history,
});
const dataOf = (...of: Parameters<typeof withHistory>) => documentData(withHistory(...of), { whole: true });
const entries = (count: number, lines = 2): Revision[] =>
  Array.from({ length: count }, (_, index) => ({
    date: `令和${9 + Math.floor(index / 12)}年${(index % 12) + 1}月`,
    text: Array.from({ length: lines }, (_, line) => `第${index + 1}回の改定、その${line + 1}`).join('\n'),
  }));

const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (bytes: Buffer): string => {
  const path = join(folder, 'history.pdf');
  writeFileSync(path, bytes);
  return path;
};

test('one table, however many pages it takes: each 年月 heads its row, the heading of the table is read once', async () => {
  const history = entries(150);
  const data = dataOf(history);
  const drawn = await drawnBook(data, renderer);
  const bytes = Buffer.from(fileOf(drawn));
  const { document } = await readTags(bytes);
  const table = allOf(document, 'Table').at(-1);
  if (!table) throw new Error('no table');
  expect(table.attributes.Summary).toBe('改定ごとに1行の表です。');
  const rows = allOf(table, 'TR').map(childrenOf);
  expect(rows.map((cells) => cells.map(spokenWords))).toEqual([
    ['年月', '内容'],
    ...history.map(({ date, text }) => [date, text.replaceAll('\n', '')]),
  ]);
  const [heads = [], ...body] = rows;
  const [dates, texts] = heads.map(({ id }) => id);
  for (const [index, [head, cell]] of body.entries()) {
    expect(head).toMatchObject({ role: 'TH', id: `history-${index}`, attributes: { Scope: 'Row' }, headers: [dates] });
    expect(cell).toMatchObject({ role: 'TD', headers: [texts, `history-${index}`] });
    expect(allOf(cell as never, 'P').length).toBe(2);
  }
  const pages = (await readPdf(written(bytes))).pages.slice((drawn.places.get('part-改定履歴') ?? 0) - 1);
  expect(pages.length).toBeGreaterThan(2);
  for (const [index, { pieces }] of pages.entries()) {
    const texts = pieces.map(({ text }) => text);
    expect(texts.filter((text) => text === '改定履歴').length).toBe(index === 0 ? 2 : 1); // in the running head, too
    for (const heading of ['年月', '内容']) expect(texts.filter((text) => text === heading).length).toBe(1);
    // A revision stands on one page.
    expect(texts.filter((text) => text.includes('その1')).length).toBe(texts.filter((t) => t.includes('その2')).length);
  }
}, 60_000);

test('目次, bookmarks and links lead to it, wherever it stands', async () => {
  for (const parts of [
    ['表紙', '改定履歴', '目次', '個票'],
    ['目次', '取組事項一覧', '個票', '改定履歴'],
    ['改定履歴', '目次'],
  ] as Part[][]) {
    const data = dataOf(entries(3), parts);
    const { places, sections } = await drawnBook(data, renderer);
    const page = places.get('part-改定履歴') ?? 0;
    expect(bookmarks(data)[parts.indexOf('改定履歴')]).toEqual({
      ...{ title: '改定履歴', anchor: 'part-改定履歴', children: [] },
    });
    expect(linkWords(data, places).get('part-改定履歴')).toBe(`改定履歴(${page}ページ)`);
    const { document } = await readTags(Buffer.from(fileOf({ sections })));
    const entry = allOf(document, 'TOCI').find((one) => spokenWords(one).startsWith('改定履歴'));
    expect(spokenWords(entry as never)).toMatch(new RegExp(`^改定履歴[ .]*${page}$`));
    expect(allOf(entry as never, 'Link')[0]?.leadsTo).toEqual([`改定履歴(${page}ページ)`]);
    const level = parts[0] === '表紙' ? 'H2' : 'H1';
    expect(allOf(document, level).map(spokenWords)).toContain('改定履歴');
  }
}, 60_000);

test('an edition without the part has nothing of it, whatever its list says', () => {
  expect(documentData({ ...city, history: entries(2) }, { whole: true })).toEqual(documentData(city, { whole: true }));
  const sheets = { whole: false, ids: new Set(['1-1-1']), part: '個票' } as const;
  expect(documentData(withHistory(entries(2)), sheets)).toEqual(documentData(city, sheets));
});

test('what does not fit is told where it is written', async () => {
  const long = 'あ\n'.repeat(200).trim();
  const listed = `構成: [表紙, 目次, 取組事項一覧, 個票, 改定履歴]
改定履歴:
  - { 年月: 令和9年4月, 内容: 策定 }
  - { 年月: 令和12年12月, 内容: "${long.replaceAll('\n', '\\n')}" }
  - { 年月: 令和12年12月1日, 内容: ${'a'.repeat(300)} }
`;
  const content = checkedCity({ 'edition.yaml': textOf('edition.yaml').replace(/構成: .*\n/, listed) });
  if (!content.edition) throw new Error(JSON.stringify(content.diagnostics));
  const data = documentData(content.edition, { whole: true });
  expect(doubtful(data, figuresOf(data))).toBeDefined();
  const told = fitDiagnostics(await misfitsOf(data, renderer), content);
  expect(told.map(({ code, start }) => `${code} ${start.line}:${start.column}`).sort()).toEqual([
    'text-too-tall 14:25',
    'text-too-wide 15:27',
  ]);
});

/** Entries to generate; before a release RUNS=1000. */
const numRuns = Number(process.env.RUNS ?? 15);

test('what is not doubtful fits; what fits is printed whole, in order', async () => {
  const piece = fc.constantFrom(
    '予算額',
    'の',
    '変更',
    '、',
    'DX',
    '1-2-3',
    '「窓口」',
    '令和',
    ' ',
    '(',
    ')',
    '→',
    'aaaaaaaaaa',
  );
  const line = fc.array(piece, { minLength: 1, maxLength: 60 }).map((all) => all.join('').trim() || 'あ');
  const revision = fc.record({
    date: fc.constantFrom('令和9年4月', '令和12年12月31日', '平成元年1月'),
    text: fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n')),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(revision, { minLength: 1, maxLength: 25 }), async (history) => {
      const data = dataOf(history, ['改定履歴']);
      const misfits = await misfitsOf(data, renderer);
      if (doubtful(data, figuresOf(data)) === undefined) expect(misfits).toEqual([]);
      if (misfits.length > 0) return;
      const { document } = await readTags(Buffer.from(fileOf(await drawnBook(data, renderer))));
      const cells = allOf(document, 'TR')
        .slice(1)
        .map((row) => childrenOf(row).map(spokenWords));
      const plain = (text = '') => text.replaceAll(/[\s\u200b\u2060]/g, '');
      expect(cells.map((row) => row.map(plain))).toEqual(history.map(({ date, text }) => [plain(date), plain(text)]));
    }),
    { numRuns },
  );
}, 600_000);
