import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { convertIndexedToRgb, decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { diff } from '../../src/compare/two-editions.ts';
import { beforeAfterData, type Piece, shownOf } from '../../src/papers/before-after.ts';
import { run, runHere } from '../cli/run.ts';
import { MemoryContent } from '../compare/contents.ts';
import { revision } from '../compare/revision.ts';
import { bare, type Cell, isBody, type Page, type Pdf, readPdf } from '../pdf/read-pdf.ts';
import { writePapers } from './lasting.ts';
import { type Mark, markOf, textOfMarks } from './marks.ts';

const folder = mkdtempSync(join(tmpdir(), 'shisakushu-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ok = ({ status, stderr }: { status: number | null; stderr: string }) => {
  if (status !== 0) throw new Error(stderr);
};

interface Papers {
  beforeAfter: Pdf;
  markup: Pdf;
  base: Pdf;
  head: Pdf;
}

/** The official PDF of `content`. */
async function officialPdf(content: string, out: string, title: string): Promise<Pdf> {
  ok(await runHere('.', ['build', '--content', content, '--out', out]));
  return readPdf(join(out, `${title}.pdf`));
}

/** All papers of a revision, and the official PDFs of both editions. */
async function papersOf(base: string, head: string, out: string, title: string): Promise<Papers> {
  expect(await writePapers(base, head, { pdf: true, out })).toMatchObject({ whole: true });
  return {
    beforeAfter: await readPdf(join(out, `${title}_新旧対照表.pdf`)),
    markup: await readPdf(join(out, `${title}_見え消し.pdf`)),
    base: await officialPdf(base, join(out, 'base'), title),
    head: await officialPdf(head, join(out, 'head'), title),
  };
}

/** A row of 取組事項一覧 without 大項目 and 中項目: these are repeated where a page begins. */
const withoutLabels = (row: Cell[]) => (row.length < 8 ? row.slice(-5) : row);

/** The rows of all tables as their texts, of `wanted` marks only, in any order; blank cells and rows that show only a 年度 are none. */
function rowTexts(pdf: Pdf, ...wanted: Mark[]): string[] {
  return pdf.pages
    .flatMap((page) =>
      page.rows.filter(isBody).map((row) => withoutLabels(row).map((cell) => textOfMarks(cell, page, ...wanted))),
    )
    .map((row) => row.filter((text) => text !== ''))
    .filter((row) => row.length > 1)
    .map((row) => row.join('|'))
    .sort();
}

/** What a column of 新旧対照表 says in all behind the summary, and what of it is underlined. */
function column(pdf: Pdf, index: number) {
  const behind = pdf.bookmarks.find(({ title }) => title !== '概要')?.page ?? 1;
  const cells = pdf.pages
    .slice(behind - 1)
    .flatMap((page) => page.rows.filter(isBody).flatMap((row) => (row[index] ? [{ page, cell: row[index] }] : [])));
  return {
    text: cells.map(({ page, cell }) => textOfMarks(cell, page, 'kept', 'added')).join(''),
    underlined: cells.map(({ page, cell }) => textOfMarks(cell, page, 'added')).join(''),
  };
}
const expected = (pieces: Piece[]) => ({
  text: bare(pieces.map(shownOf).join('')),
  underlined: bare(
    pieces.map((piece) => (typeof piece === 'object' && 'marked' in piece ? piece.marked : '')).join(''),
  ),
});

/** Change bars: red rules in the left margin of A3 pages. */
const bars = (page: Page) => page.rules.filter(({ x }) => x < 25);

/** What holds for the papers of any revision. */
function holdsForAll(papers: () => Papers, base: string, head: string): void {
  test('新旧対照表: every changed text stands in its column once, what changed of it is underlined', () => {
    const { comparison, head: fresh } = diff(base, head, base);
    const rows = beforeAfterData(comparison, fresh.edition).sections.flatMap(({ entries }) =>
      entries.flatMap((entry) => entry.rows),
    );
    expect(rows.length).toBeGreaterThan(0);
    const { beforeAfter } = papers();
    expect(column(beforeAfter, 1)).toEqual(expected(rows.flatMap(({ left }) => left)));
    expect(column(beforeAfter, 2)).toEqual(expected(rows.flatMap(({ right }) => right)));
    expect(column(beforeAfter, 3).text).toBe(bare(rows.map(({ note }) => note).join('')));
  });

  test('見え消し: without what is underlined it is the old document, without what is struck through the new one', () => {
    const { markup, base, head } = papers();
    expect(rowTexts(markup, 'kept', 'removed')).toEqual(rowTexts(base, 'kept', 'added', 'removed'));
    expect(rowTexts(markup, 'kept', 'added')).toEqual(rowTexts(head, 'kept', 'added', 'removed'));
  });

  test('見え消し: what is marked is read aloud as such', () => {
    const { markup } = papers();
    for (const page of markup.pages) {
      // Below the running head, which explains the marks.
      const marked = page.pieces.filter((piece) => piece.y0 < page.height - 45 && markOf(piece, page) !== 'kept');
      const spoken = page.alternatives.filter((text) => /^(削る|加える):/.test(text));
      if (marked.length > 0) expect(spoken.length).toBeGreaterThan(0);
      for (const kind of ['added', 'removed'] as const) {
        const signs = (text: string) => [...bare(text)].sort().join('');
        const plain = marked.filter((piece) => markOf(piece, page) === kind && !/^[→◎○△×—]$/.test(piece.text));
        const said = spoken
          .filter((text) => text.startsWith(kind === 'added' ? '加える' : '削る'))
          .map((text) => text.slice(text.indexOf(':') + 1))
          .filter((text) => !/^(矢印|二重丸|丸|三角|ばつ|なし)$/.test(text));
        expect(signs(said.join(''))).toBe(signs(plain.map(({ text }) => text).join('')));
      }
    }
  });

  test('見え消し: bookmarks lead to the changed measures alone, each has its bar', () => {
    const { markup } = papers();
    const [top, ...below] = markup.bookmarks;
    expect(top?.title).toBe('変更箇所');
    expect(below.every(({ depth }) => depth === 1)).toBe(true);
    for (const { title, page } of below) {
      const [id = ''] = title.split(' ');
      const found = markup.pages[page - 1];
      expect(bare(found?.pieces.map(({ text }) => text).join('') ?? '')).toContain(bare(title.slice(id.length)));
    }
    // The running head begins with the part.
    const barsOf = (part: string) =>
      markup.pages
        .filter((page) => page.pieces.some(({ text }) => text === part || text.startsWith(`${part} ›`)))
        .flatMap(bars);
    expect(barsOf('取組事項一覧')).toHaveLength(below.length);
    expect(barsOf('個票')).toHaveLength(below.length);
  });
}

/** Before a release PAPERS=content: the live edition, hundreds of pages. */
const live = process.env.PAPERS;
describe(`${live ?? 'the lake'}, a revision of every kind that touches up to 30 measures`, () => {
  const base = live ?? join(folder, 'lake');
  const head = join(folder, 'revised');
  const out = join(folder, 'out');
  let papers: Papers;
  let revised: { changed: number; removed: string };
  beforeAll(async () => {
    if (live === undefined) {
      cpSync('tests/lake', base, { recursive: true });
      // One measure may go and one may move.
      const model = readFileSync('tests/lake/measures/1-1-3.yaml', 'utf8');
      for (const id of ['2-1-2', '2-1-3'])
        writeFileSync(
          join(base, `measures/${id}.yaml`),
          model.replace(/^番号: .*/m, `番号: ${id}`).replace(/^取組: /m, `取組: ${id}の`),
        );
    }
    revised = JSON.parse(execFileSync(process.execPath, ['scripts/revise.mjs', head, base], { encoding: 'utf8' }));
    const { 書名: title } = parse(readFileSync(join(base, 'edition.yaml'), 'utf8'));
    papers = await papersOf(base, head, out, title);
  });
  holdsForAll(() => papers, base, head);

  test('the changed measures are those of the revision', () => {
    const titles = papers.markup.bookmarks.slice(1).map(({ title }) => title);
    const { comparison } = diff(base, head, base);
    // Its own, and those whose 課 got another name, which 新旧対照表 says once for all.
    const own = comparison.measures.map((change) => (change.head ?? change.base)?.id ?? '');
    const touched = new Set([...own, ...comparison.renames.flatMap(({ measures }) => measures)]);
    expect(own).toHaveLength(revised.changed);
    expect(titles.map((title) => title.split(' ')[0]).sort()).toEqual([...touched].sort());
    const [id] = revised.removed.split(' ');
    expect(titles.filter((title) => title.startsWith(`${id} `))).toEqual([revised.removed]);
    expect(papers.beforeAfter.bookmarks.filter(({ depth }) => depth === 1)).toHaveLength(revised.changed);
  });
});

describe('a second, tiny city with other years and its own headings', () => {
  const base = join(folder, 'city');
  const head = join(folder, 'content');
  let papers: Papers;
  beforeAll(async () => {
    const [old, fresh] = [new MemoryContent(), new MemoryContent()];
    // Years, plans, names of 大項目 and 中項目, 課, a 再掲, marks, amounts: all at once.
    fresh.replace('edition.yaml', '構成:', '新旧対照表: { 新: 改正案, 旧: 現行, 左: 旧 }\n構成:');
    fresh.replace('edition.yaml', '発行者: 港町市', '発行者: 新港町市');
    fresh.replace('edition.yaml', '[総合計画, 防災計画]', '[総合計画, 環境計画, 防災計画]');
    fresh.replace('measures/1-1-1.yaml', '申請書を書かずに手続ができる窓口', '申込書を書かずに手続が済む窓口');
    fresh.replace('measures/1-1-1.yaml', '予算額: 12500', '予算額: 11000\n    事業実績: 本庁舎に導入した。');
    fresh.replace('measures/1-1-1.yaml', '項目: △', '項目: ○');
    fresh.replace('measures/2-1-1.yaml', '額: 1200', '額: 1500');
    fresh.remove('measures/1-1-2.yaml');
    old.lay(base);
    fresh.lay(head);
    papers = await papersOf(base, head, join(folder, 'city-out'), '取組集');
  });
  holdsForAll(() => papers, base, head);

  test('the old wording stands on the left, under the headings of edition.yaml', () => {
    const headings = papers.beforeAfter.pages
      .flatMap(({ rows }) => rows)
      .map((row) => row.map((cell) => bare(cell.pieces.map(({ text }) => text).join(''))))
      .find(([first]) => first === '欄');
    expect(headings).toEqual(['欄', '現行', '改正案', '備考']);
  });

  test('what cannot be made keeps the file that was there; the others are written', async () => {
    const out = join(folder, 'kept');
    cpSync(join(folder, 'city-out'), out, { recursive: true });
    for (const name of ['base', 'head']) rmSync(join(out, name), { recursive: true });
    const kept = readFileSync(join(out, '取組集_見え消し.pdf'));
    const broken = join(folder, 'broken');
    cpSync(head, broken, { recursive: true });
    writeFileSync(join(broken, 'measures/1-2-1.yaml'), '番号: 1-2-1\n区分: [\n');
    const { status, stderr } = await runHere('.', ['diff', base, broken, '--pdf', '--out', out]);
    expect(status).toBe(1);
    expect(stderr).toContain('見え消しは作っていません');
    expect(readFileSync(join(out, '取組集_見え消し.pdf')).equals(kept)).toBe(true);
    expect(readdirSync(out).sort()).toEqual(['取組集_新旧対照表.pdf', '取組集_見え消し.pdf']);
  });

  test('pictures: before and after of each changed measure, changed cells framed; with the papers the same bytes again, in another time zone and locale', async () => {
    const pages = join(folder, 'pages');
    const digests = () =>
      Object.fromEntries(
        readdirSync(pages).map((name) => [
          name,
          createHash('sha256')
            .update(readFileSync(join(pages, name)))
            .digest('hex'),
        ]),
      );
    const picture = (from: string, to: string) => writePapers(from, to, { pages, out: folder });
    expect(await picture(base, head)).toEqual({ whole: true, said: `${pages} に画像を 5 枚書きました。` });
    const first = digests();
    expect(Object.keys(first).sort()).toEqual(
      ['1-1-1_前.png', '1-1-1_後.png', '1-1-2_廃止.png', '2-1-1_前.png', '2-1-1_後.png'].sort(),
    );
    for (const [name, framed] of [
      ['1-1-1_後.png', true],
      ['1-1-2_廃止.png', false],
    ] as const) {
      const picture = decode(readFileSync(join(pages, name)));
      const data = convertIndexedToRgb(picture);
      expect(picture.width).toBe(1818);
      let red = 0;
      for (let at = 0; at < data.length; at += 3) if ((data[at] ?? 0) > 150 && (data[at + 1] ?? 255) < 40) red += 1;
      expect(red > 500).toBe(framed);
    }
    // Another comparison leaves no pictures of this one.
    await picture(head, head);
    expect(readdirSync(pages)).toEqual([]);
    // All of it once more, by another process.
    const again = join(folder, 'again');
    const elsewhere = { TZ: 'Pacific/Kiritimati', LC_ALL: 'C' };
    ok(run('.', ['diff', base, head, '--pdf', '--pages', pages, '--out', again], elsewhere));
    expect(digests()).toEqual(first);
    for (const name of readdirSync(again))
      expect(readFileSync(join(again, name)).equals(readFileSync(join(folder, 'city-out', name)))).toBe(true);
    expect(readdirSync(again)).toHaveLength(2);
  });

  test('no difference: papers that say so', async () => {
    const out = join(folder, 'same');
    await writePapers(base, base, { pdf: true, out });
    const same = await readPdf(join(out, '取組集_新旧対照表.pdf'));
    expect(same.pages[0]?.pieces.map(({ text }) => text).join('')).toContain('内容の違いはありません。');
    const markup = await readPdf(resolve(out, '取組集_見え消し.pdf'));
    expect(markup.bookmarks.map(({ title }) => title)).toEqual(['変更箇所']);
    expect(markup.pages.flatMap(bars)).toEqual([]);
  });
});

test('a revision of every kind of finding: the text of both papers, page by page: what is underlined, what is struck through', async () => {
  const { base, head } = revision({ annexes: false });
  base.lay(join(folder, 'revision/base'));
  head.lay(join(folder, 'revision/head'));
  const out = join(folder, 'revision/out');
  await writePapers(join(folder, 'revision/base'), join(folder, 'revision/head'), { pdf: true, out });
  const cellText = (cell: Cell, page: Page) => {
    const signs = { kept: ['', ''], added: ['{+', '+}'], removed: ['[-', '-]'] } as const;
    let text = '';
    let last: Mark = 'kept';
    for (const piece of cell.pieces) {
      const mark = markOf(piece, page);
      if (mark !== last) text += signs[last][1] + signs[mark][0];
      text += bare(piece.text);
      last = mark;
    }
    return text + signs[last][1];
  };
  const told = async (name: string) =>
    (await readPdf(join(out, `取組集_${name}.pdf`))).pages
      .map((page) => page.rows.map((row) => row.map((cell) => cellText(cell, page)).join(' | ')).join('\n'))
      .join('\n\f\n');
  await expect(`${await told('新旧対照表')}\n`).toMatchFileSnapshot('../refs/papers/before-after-pdf.txt');
  await expect(`${await told('見え消し')}\n`).toMatchFileSnapshot('../refs/papers/markup-pdf.txt');
});
