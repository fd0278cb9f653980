import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cityFolder, edit, runHere } from '../cli/run.ts';
import { livePdf } from './live.ts';
import { readTags, type Tag } from './read-tags.ts';

// After a wished change: npx vitest run tests/pdf/tags.test.ts -u, and read what became of tests/pdf/refs.
type Tags = Awaited<ReturnType<typeof readTags>>;
let folder: string;
let city: Tags;
let portrait: Tags;
let edition: Tags;
let lake: Tags;
const { 書名: title, 年度: years } = parse(readFileSync('content/edition.yaml', 'utf8')) as {
  書名: string;
  年度: string[];
};
const files: { 再掲?: string }[] = readdirSync('content/measures').map((name) =>
  parse(readFileSync(`content/measures/${name}`, 'utf8')),
);
beforeAll(async () => {
  folder = cityFolder();
  for (const args of [[], ['--portrait'], ['--content', resolve('tests/lake')]])
    expect(await runHere(folder, ['build', ...args])).toMatchObject({ status: 0, stderr: '' });
  [city, portrait, lake, edition] = await Promise.all(
    [...['取組集', '取組集_A4', '事業集'].map((name) => join(folder, `out/${name}.pdf`)), await livePdf()].map(
      readTags,
    ) as [Promise<Tags>, Promise<Tags>, Promise<Tags>, Promise<Tags>],
  );
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const childrenOf = (tag: Tag): Tag[] => tag.children.filter((child) => typeof child !== 'string');
const all = (tag: Tag, role: string): Tag[] => [
  ...(tag.role === role ? [tag] : []),
  ...childrenOf(tag).flatMap((child) => all(child, role)),
];
/** pdfjs guesses spaces from gaps; beside Japanese signs there are none to be spoken. */
const closed = (text: string) => text.replace(/(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])/g, '').trim();
const words = (tag: Tag): string =>
  tag.spoken ?? closed(tag.children.map((child) => (typeof child === 'string' ? child : words(child))).join(''));

/** The tree, one element a line. */
function outline(tag: Tag, depth = 0): string[] {
  const notes = [
    ...(tag.id === undefined ? [] : [`#${tag.id}`]),
    ...Object.entries(tag.attributes).map(([key, value]) => `${key}=${value}`),
    ...(tag.headers.length > 0 ? [`← ${tag.headers.join(' ')}`] : []),
    ...(tag.spoken === undefined ? [] : [`spoken「${tag.spoken}」`]),
    ...tag.leadsTo.map((goal) => `leads to「${goal}」`),
  ];
  const text = closed(tag.children.filter((child) => typeof child === 'string').join(''));
  const line = `${'  '.repeat(depth)}${[tag.role, ...notes, ...(text === '' ? [] : [`「${text}」`])].join(' ')}`;
  return [line, ...childrenOf(tag).flatMap((child) => outline(child, depth + 1))];
}

describe('the structure tree as text', () => {
  test('of a whole edition', async () => {
    await expect(`${outline(city.document).join('\n')}\n`).toMatchFileSnapshot('refs/city.tags.txt');
  });
  test('of A4 portrait sheets', async () => {
    await expect(`${outline(portrait.document).join('\n')}\n`).toMatchFileSnapshot('refs/city-portrait.tags.txt');
  });
});

test('pdfjs finds every content under the same roles, by the parent tree', () => {
  for (const { byPdfjs, contents } of [city, portrait, edition, lake]) {
    expect(contents.length).toBeGreaterThan(100);
    expect([...byPdfjs].sort()).toEqual([...contents].sort());
  }
});

describe.each<[string, () => Tags]>([
  ['the second city', () => city],
  ['its portrait sheets', () => portrait],
  ['the edition', () => edition],
  ['the third city', () => lake],
])('%s', (_, tags) => {
  test('headings begin with level 1 and leave none out', () => {
    const levels = ['H1', 'H2', 'H3', 'H4'];
    const walk = (tag: Tag): number[] => [
      ...(levels.includes(tag.role) ? [levels.indexOf(tag.role) + 1] : []),
      ...childrenOf(tag).flatMap(walk),
    ];
    const found = walk(tags().document);
    expect(found[0]).toBe(1);
    for (const [index, level] of found.slice(1).entries()) expect(level - (found[index] ?? 0)).toBeLessThan(2);
  });

  test('every cell names headers that there are, of its column and of its row; spans fill every row', () => {
    for (const table of all(tags().document, 'Table')) {
      const heads = new Map(all(table, 'TH').map((head) => [head.id, head]));
      const rows = all(table, 'TR').map(childrenOf);
      expect(heads.size).toBe(all(table, 'TH').length);
      for (const head of heads.values()) expect(head.attributes.Scope).toMatch(/^(Column|Row)$/);
      for (const cell of all(table, 'TD')) {
        const scopes = cell.headers.map((id) => heads.get(id)?.attributes.Scope);
        expect(scopes).toContain('Column');
        expect(scopes).not.toContain(undefined);
        // A table of one row needs no header of it.
        if (rows.length > 2) expect(scopes).toContain('Row');
      }
      const taken: number[] = [];
      const widths = new Set<number>();
      for (const [row, cells] of rows.entries()) {
        const span = (cell: Tag, key: string) => Number(cell.attributes[key] ?? 1);
        const own = cells.reduce((sum, cell) => sum + span(cell, 'ColSpan'), 0);
        widths.add(own + (taken[row] ?? 0));
        for (const cell of cells)
          for (let below = 1; below < span(cell, 'RowSpan'); below++)
            taken[row + below] = (taken[row + below] ?? 0) + span(cell, 'ColSpan');
      }
      expect(widths.size).toBe(1);
    }
  });

  test('links tell where they lead; a mark alone in its cell has a name', () => {
    const links = all(tags().document, 'Link');
    for (const { leadsTo } of links) expect(leadsTo.join()).toMatch(/\(.*\d+ページ\)$/);
    for (const cell of all(tags().document, 'TD')) expect(words(cell)).not.toMatch(/^[→◎○△×—]$/);
  });
});

test('every measure is a heading below 個票, its title the header of its rows', () => {
  const titles = all(edition.document, 'H3');
  expect(titles).toHaveLength(files.length);
  expect(all(edition.document, 'H1').map(words)).toEqual([title]);
  expect(all(edition.document, 'H2').map(words)).toEqual(['目次', '取組事項一覧', '個票']);
  const [, sheets] = all(edition.document, 'Table') as [Tag, Tag];
  const heads = all(sheets, 'TH').filter((head) => all(head, 'H3').length > 0);
  expect(heads.map(({ attributes: { Scope, RowSpan } }) => `${Scope} ${RowSpan ?? 1}`).sort()).toEqual([
    ...files.filter(({ 再掲 }) => 再掲).map(() => 'Row 1'),
    ...files.filter(({ 再掲 }) => !再掲).map(() => `Row ${years.length}`),
  ]);
});

test('目次 tells where an annex is', async () => {
  const own = cityFolder();
  mkdirSync(join(own, 'content/annexes'));
  cpSync('tests/annexes/typst.pdf', join(own, 'content/annexes/x.pdf'));
  edit(own, 'edition.yaml', '取組事項一覧, 個票]', '取組事項一覧, { 別冊: annexes/x.pdf, 題名: 資料 }, 個票]');
  expect(await runHere(own, ['build'])).toMatchObject({ status: 0, stderr: '' });
  const { document } = await readTags(join(own, 'out/取組集.pdf'));
  const entries = all(document, 'TOCI').flatMap((entry) => all(entry, 'Link'));
  expect(entries).toHaveLength(17);
  expect(entries.at(-1)?.leadsTo).toEqual(['資料(4ページ)']);
  rmSync(own, { recursive: true });
}, 30_000);

test('a measure that goes on on the next page: its part there has its title as header again', async () => {
  const lines = Array.from({ length: 50 }, (_, index) => `・その${index + 1}の実績`).join('\n      ');
  edit(folder, 'measures/1-1-1.yaml', '事業実績: —', `事業実績: |-\n      ${lines}`);
  edit(folder, 'measures/1-1-1.yaml', '予算額: 12500', `予算額: 12500\n    事業実績: |-\n      ${lines}`);
  expect(await runHere(folder, ['build', '--out', 'tall'])).toMatchObject({ status: 0, stderr: '' });
  const { document, byPdfjs, contents } = await readTags(join(folder, 'tall/取組集.pdf'));
  expect([...byPdfjs].sort()).toEqual([...contents].sort());
  const heads = all(document, 'TH').filter(({ id }) => id?.startsWith('sheet-1-1-1'));
  expect(heads.map(({ id }) => id)).toEqual([
    'sheet-1-1-1',
    'sheet-1-1-1-year-1',
    'sheet-1-1-1-from-2',
    'sheet-1-1-1-year-2',
    'sheet-1-1-1-year-3',
  ]);
  expect(words(heads[2] as Tag)).toBe('書かない窓口');
}, 30_000);

/** A measure as a screen reader reads its rows: each cell after the headers that it names. */
function spokenMeasure(table: Tag, measure: string): string {
  const heads = new Map(all(table, 'TH').map((head) => [head.id, head]));
  const own = `sheet-${measure}`;
  const cells = [...all(table, 'TR')].flatMap(childrenOf);
  const lines = cells
    .filter(({ id, headers }) => id === own || headers.includes(own))
    .map((cell) => {
      const names = cell.headers.filter((id) => id !== own).map((id) => words(heads.get(id) as Tag));
      const title = childrenOf(cell).some(({ role }) => role === 'H3') ? '(見出し)' : '';
      const paragraphs = childrenOf(cell).filter(({ role }) => role === 'P');
      const text = paragraphs.length > 0 ? paragraphs.map((line) => `\n  ${words(line)}`).join('') : ` ${words(cell)}`;
      return `${names.join('、')}:${title}${text.trim() === '' ? ' (空欄)' : text}`;
    });
  return `${lines.join('\n')}\n`;
}

test.each([
  ['1-1-1', 'two departments'],
  ['1-2-1', 'a 再掲'],
  ['1-1-2', 'lists'],
])('%s read aloud: %s', async (measure) => {
  const [, sheets] = all(lake.document, 'Table') as [Tag, Tag];
  await expect(spokenMeasure(sheets, measure)).toMatchFileSnapshot(`refs/lake-${measure}.spoken.txt`);
});
