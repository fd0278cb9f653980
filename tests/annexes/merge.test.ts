import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFRawStream } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from '../cli/run.ts';
import { getDocument } from '../pdf/pdfjs.ts';
import { readFacts } from '../pdf/strict-rules.ts';
import { cityWithAnnexes } from './city.ts';

// Real files of several producers (make.mjs) at the end of the second city, read back by pdfjs.
const spoken = '港の案内図';
const annexes = [
  { name: 'typst' },
  { name: 'chromium' },
  { name: 'libreoffice' },
  { name: 'ghostscript', alternative: spoken },
  { name: 'pdftex', alternative: spoken },
  { name: 'scan', alternative: spoken },
];
const own = 4; // pages of the city itself
const first = (name: string) => own + 2 * annexes.findIndex((annex) => annex.name === name) + 1;

interface Node {
  role?: string;
  alt?: string;
  type?: string;
  id?: string;
  children?: Node[];
}
type Outline = { title: string; dest: unknown; items: Outline[] };

const folder = cityWithAnnexes(annexes);
let pdf: Awaited<ReturnType<typeof getDocument>['promise']>;
let messages: string;
beforeAll(async () => {
  const { status, stderr } = await runHere(folder, ['build']);
  expect(status, stderr).toBe(0);
  messages = stderr;
  pdf = await getDocument({ data: new Uint8Array(readFileSync(join(folder, 'out/取組集.pdf'))), verbosity: 0 }).promise;
}, 60_000);
afterAll(async () => {
  await pdf.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const textOf = async (number: number) => {
  const { items } = await (await pdf.getPage(number)).getTextContent();
  return items.map((item) => ('str' in item ? item.str : '')).join('');
};
const pageOf = async (dest: unknown): Promise<number> => {
  const found = typeof dest === 'string' ? await pdf.getDestination(dest) : (dest as unknown[]);
  return (await pdf.getPageIndex((found as [{ num: number; gen: number }])[0])) + 1;
};
const rolesOf = (node: Node): string => {
  const inner = (node.children ?? []).filter((child) => child.role).map(rolesOf);
  return inner.length === 0 ? (node.role ?? '') : `${node.role}(${inner.join(' ')})`;
};
const partOn = async (number: number): Promise<Node> => {
  const root = (await (await pdf.getPage(number)).getStructTree()) as Node;
  const document = root.children?.[0];
  const hasContent = (node: Node): boolean => node.type === 'content' || (node.children ?? []).some(hasContent);
  return document?.children?.find((child) => child.role === 'Part' && hasContent(child)) as Node;
};

test('every page of every annex is there, with its text, and nothing was left out', async () => {
  expect(messages).toBe('');
  expect(pdf.numPages).toBe(own + 12);
  expect(await textOf(first('typst'))).toContain('人口は次のページに、元の資料は市のページにあります。');
  expect(await textOf(first('chromium'))).toContain('この別冊の言葉は次のページと市のページにもあります。');
  expect(await textOf(first('libreoffice') + 1)).toContain('ここで資料編は終わります。');
  expect(await textOf(first('ghostscript'))).toContain('会議の記録は次のページに');
  expect((await textOf(first('pdftex'))).replace(/\s/g, '')).toContain('Thefaresoftheharbourferry');
  expect(await textOf(first('scan'))).toBe('');
});

test('pages keep their size', async () => {
  const size = async (number: number) => (await pdf.getPage(number)).view.map(Math.round);
  expect(await size(1)).toEqual([0, 0, 1191, 842]);
  expect(await size(first('typst'))).toEqual([0, 0, 420, 595]);
  expect(await size(first('chromium'))).toEqual([0, 0, 595, 842]);
});

test('目次 and page labels count the pages of annexes; an annex shows its own labels', async () => {
  const contents = (await textOf(2)).replace(/\s/g, '');
  for (const { name } of annexes) expect(contents).toMatch(new RegExp(`別冊${name}\\.+${first(name)}(別冊|大項目)`));
  const links = (await (await pdf.getPage(2)).getAnnotations()).map(({ dest }) => dest);
  const led = await Promise.all(links.map(pageOf));
  for (const { name } of annexes) expect(led).toContain(first(name));
  const spokenAs = (await (await pdf.getPage(2)).getAnnotations()).map(({ contentsObj }) => contentsObj.str);
  for (const { name } of annexes) expect(spokenAs).toContain(`別冊 ${name}(${first(name)}ページ)`);
  const labels = (await pdf.getPageLabels()) as string[];
  expect(labels.slice(0, 8)).toEqual(['表紙', '2', '3', '4', '別冊 typst i', '別冊 typst ii', '7', '8']);
  expect(labels.at(-1)).toBe(String(own + 12));
});

test('an annex between two parts: the numbers go on behind it', { timeout: 60_000 }, async () => {
  const between = cityWithAnnexes([{ name: 'typst' }], '表紙');
  try {
    const path = join(between, 'content/edition.yaml');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/(?<=^構成:.*\n(?: {2}- .*\n(?: {4}.*\n)*)*)(?! )/m, '  - 目次\n  - 個票\n'),
    );
    const { status, stderr } = await runHere(between, ['build']);
    expect(status, stderr).toBe(0);
    const data = new Uint8Array(readFileSync(join(between, 'out/取組集.pdf')));
    const merged = await getDocument({ data: data.slice(), verbosity: 0 }).promise;
    expect(await merged.getPageLabels()).toEqual(['表紙', '別冊 typst i', '別冊 typst ii', '4', '5']);
    const text = async (number: number) =>
      (await (await merged.getPage(number)).getTextContent()).items
        .map((item) => ('str' in item ? item.str : ''))
        .join('');
    expect(await text(2)).toContain('統計');
    expect((await text(4)).replace(/\s/g, '')).toMatch(/^目次港町.*別冊typst\.+2個票\.+5大項目.*4$/);
    const { catalog } = await PDFDocument.load(readFileSync(join(between, 'out/取組集.pdf')));
    const root = catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict).lookup(PDFName.of('K'), PDFArray);
    const kids = root.lookup(0, PDFDict).lookup(PDFName.of('K'), PDFArray);
    const roles = Array.from({ length: kids.size() }, (_, index) =>
      String(kids.lookup(index, PDFDict).get(PDFName.of('S'))),
    );
    expect(roles.filter((role) => /^.(H\d|Part|Table)$/.test(role))).toEqual(['/H1', '/Part', '/H2', '/H2', '/Table']);
    await merged.destroy();
  } finally {
    rmSync(between, { recursive: true, force: true });
  }
});

test('an edition of annexes alone is a document too', async () => {
  const alone = cityWithAnnexes([{ name: 'typst' }], '表紙');
  try {
    const path = join(alone, 'content/edition.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('\n  - 表紙', ''));
    const { status, stderr } = await runHere(alone, ['build']);
    expect(status, stderr).toBe(0);
    const bytes = readFileSync(join(alone, 'out/取組集.pdf'));
    expect(readFacts(bytes).labels).toEqual(['別冊 typst i', '別冊 typst ii']);
    const { catalog } = await PDFDocument.load(bytes);
    const intent = catalog.lookup(PDFName.of('OutputIntents'), PDFArray).lookup(0, PDFDict);
    const profile = intent.lookup(PDFName.of('DestOutputProfile')) as PDFRawStream;
    expect(String(profile.dict.get(PDFName.of('N')))).toBe('3');
    expect(inflateSync(profile.contents).toString('latin1', 36, 40)).toBe('acsp');
  } finally {
    rmSync(alone, { recursive: true, force: true });
  }
});

test('bookmarks of an annex stand below its 題名 and lead to its pages', async () => {
  const outline = (await pdf.getOutline()) as unknown as Outline[];
  expect(outline.map(({ title }) => title)).toEqual([
    ...['表紙', '目次', '取組事項一覧', '個票'],
    ...annexes.map(({ name }) => `別冊 ${name}`),
  ]);
  const below = async (name: string) => {
    const walk = async (items: Outline[], depth: number): Promise<string[]> =>
      (
        await Promise.all(
          items.map(async ({ title, dest, items: inner }) => [
            `${'  '.repeat(depth)}${title} ${await pageOf(dest)}`,
            ...(await walk(inner, depth + 1)),
          ]),
        )
      ).flat();
    const top = outline.find(({ title }) => title === `別冊 ${name}`) as Outline;
    expect(await pageOf(top.dest)).toBe(first(name));
    return walk(top.items, 0);
  };
  expect(await below('typst')).toEqual(['統計 5', '  人口 6', '    注 6']);
  expect(await below('chromium')).toEqual(['用語集 7', '  次のページ 8']);
  expect(await below('libreoffice')).toEqual(['資料編 9', '  会議の記録 10']);
  expect(await below('pdftex')).toEqual(['Fares 13', 'Times 14']);
  expect(await below('scan')).toEqual([]);
});

test('links inside annexes work, described; names that two annexes have are told apart', async () => {
  // A link over several pieces of text is several areas.
  const distinct = (links: unknown[]) => [...new Map(links.map((link) => [JSON.stringify(link), link])).values()];
  const linksOn = async (number: number) =>
    distinct(
      await Promise.all(
        (await (await pdf.getPage(number)).getAnnotations()).map(async ({ dest, url, contentsObj }) => [
          dest ? await pageOf(dest) : url,
          contentsObj.str,
        ]),
      ),
    );
  const site = 'https://www.example.jp/';
  expect(await linksOn(first('typst'))).toEqual([
    [6, expect.stringMatching(/./)],
    [site, expect.stringMatching(/./)],
  ]);
  expect(await linksOn(first('chromium'))).toEqual([
    [8, '別冊 chromiumの中へ'],
    [site, site],
  ]);
  expect(await linksOn(first('libreoffice'))).toEqual([
    [10, '次のページ'],
    [site, '市のページ'],
  ]);
  expect(await linksOn(first('ghostscript'))).toEqual([
    [12, expect.stringMatching(/./)],
    [site, expect.stringMatching(/./)],
  ]);
  const names = Object.keys(await pdf.getDestinations());
  expect(names).toEqual(expect.arrayContaining(['first', 'second', 'second-2', 'second-3', 'section.1']));
});

describe('tags', () => {
  test('of tagged annexes are kept below the document, in their place', async () => {
    expect(rolesOf(await partOn(first('typst')))).toMatchSnapshot();
    expect(rolesOf(await partOn(first('chromium')))).toMatchSnapshot();
    expect(rolesOf(await partOn(first('libreoffice') + 1))).toMatchSnapshot();
  });

  test('every mark on an annex page belongs to an element', async () => {
    for (let number = own + 1; number <= own + 12; number += 1) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent({ includeMarkedContent: true });
      const named = new Set<string>();
      const collect = (node: Node): void => {
        if (node.id !== undefined) named.add(node.id);
        (node.children ?? []).forEach(collect);
      };
      collect((await page.getStructTree()) as Node);
      const open: (string | null)[] = [];
      for (const item of items) {
        if (!('str' in item)) {
          if (item.type === 'endMarkedContent') open.pop();
          else open.push((item as { tag?: string }).tag === 'Artifact' ? 'Artifact' : (item.id ?? null));
        } else if (item.str.trim() !== '') {
          const mark = open.findLast((one) => one !== null);
          expect(mark === 'Artifact' || named.has(mark ?? ''), `page ${number}: ${item.str}`).toBe(true);
        }
      }
    }
  });

  test.each(['ghostscript', 'pdftex', 'scan'])(
    '%s, without tags, is one figure with its 代替テキスト',
    async (name) => {
      const part = await partOn(first(name));
      const [figure, ...links] = (part.children ?? []).filter(({ role }) => role !== undefined);
      expect(figure).toMatchObject({ role: 'Figure', alt: spoken });
      expect(new Set(links.map(({ role }) => role)).size).toBeLessThanOrEqual(1);
    },
  );
});

test('parts of an edition leave the annexes out', { timeout: 60_000 }, async () => {
  const { status, stdout } = await runHere(folder, ['build', '--only', '1-1-1']);
  expect(status).toBe(0);
  expect(stdout).toContain('(1ページ');
});
