import { beforeAll, describe, expect, test } from 'vitest';
import type { Edition } from '../../src/model/edition.ts';
import { measuresOf } from '../../src/model/edition.ts';
import { documentData } from '../../src/render/data.ts';
import { editionOf } from '../assemble/typst.ts';
import { bookOf, OwnRenderer } from './book.ts';
import { allOf, childrenOf, readTags, spokenWords, type Tag } from './read-tags.ts';

type Tags = Awaited<ReturnType<typeof readTags>>;
const names = ['city', 'portrait', 'tall', 'lake'] as const;
const found = {} as Record<(typeof names)[number], Tags>;

/** Lines of 事業実績 that are taller than a page: the measure goes on on the next one. */
function tall(edition: Edition): Edition {
  const copy = structuredClone(edition);
  const schedule = copy.categories[0]?.groups[0]?.measures[0]?.schedule ?? {};
  const result = Array.from({ length: 50 }, (_, index) => `・その${index + 1}の実績`).join('\n');
  for (const year of ['R10', 'R11']) schedule[year] = { ...schedule[year], result };
  return copy;
}

beforeAll(async () => {
  const [city, lake] = [editionOf('tests/city'), editionOf('tests/lake')];
  const ids = new Set(measuresOf(city).map(({ id }) => id));
  const data = {
    city: documentData(city, { whole: true }),
    portrait: documentData(city, { whole: false, part: 'A4個票', ids }),
    tall: documentData(tall(city), { whole: true }),
    lake: documentData(lake, { whole: true }),
  };
  const renderer = new OwnRenderer();
  for (const name of names) found[name] = await readTags(Buffer.from(await bookOf(data[name], renderer)));
}, 120_000);

test('pdfjs finds every content under the same roles, by the parent tree', () => {
  for (const { byPdfjs, contents } of Object.values(found)) {
    expect(contents.length).toBeGreaterThan(100);
    expect([...byPdfjs].sort()).toEqual([...contents].sort());
  }
});

describe.each(names)('%s', (name) => {
  test('headings begin with level 1 and leave none out', () => {
    const roles = ['H1', 'H2', 'H3', 'H4'];
    const walk = (tag: Tag): number[] => [
      ...(roles.includes(tag.role) ? [roles.indexOf(tag.role) + 1] : []),
      ...childrenOf(tag).flatMap(walk),
    ];
    const levels = walk(found[name].document);
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.slice(1).entries()) expect(level - (levels[index] ?? 0)).toBeLessThan(2);
  });

  test('every cell names headers that there are, of its column and of its row; spans fill every row', () => {
    for (const table of allOf(found[name].document, 'Table')) {
      const heads = new Map(allOf(table, 'TH').map((head) => [head.id, head]));
      const rows = allOf(table, 'TR').map(childrenOf);
      expect(heads.size).toBe(allOf(table, 'TH').length);
      for (const head of heads.values()) expect(head.attributes.Scope).toMatch(/^(Column|Row)$/);
      for (const cell of allOf(table, 'TD')) {
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
    const links = allOf(found[name].document, 'Link');
    for (const { leadsTo } of links) expect(leadsTo.join()).toMatch(/\(.*\d+ページ\)$/);
    for (const cell of allOf(found[name].document, 'TD')) expect(spokenWords(cell)).not.toMatch(/^[→◎○△×—]$/);
  });
});

/** A measure as a screen reader reads its rows: each cell after the headers that it names. */
function spokenMeasure(table: Tag, measure: string): string {
  const heads = new Map(allOf(table, 'TH').map((head) => [head.id, head]));
  const own = `sheet-${measure}`;
  const cells = [...allOf(table, 'TR')].flatMap(childrenOf);
  const lines = cells
    .filter(({ id, headers }) => id === own || headers.includes(own))
    .map((cell) => {
      const names = cell.headers.filter((id) => id !== own).map((id) => spokenWords(heads.get(id) as Tag));
      const title = childrenOf(cell).some(({ role }) => role === 'H3') ? '(見出し)' : '';
      const paragraphs = childrenOf(cell).filter(({ role }) => role === 'P');
      const text =
        paragraphs.length > 0 ? paragraphs.map((line) => `\n  ${spokenWords(line)}`).join('') : ` ${spokenWords(cell)}`;
      return `${names.join('、')}:${title}${text.trim() === '' ? ' (空欄)' : text}`;
    });
  return `${lines.join('\n')}\n`;
}

test.each([
  ['1-1-1', 'two departments'],
  ['1-2-1', 'a 再掲'],
  ['1-1-2', 'lists'],
])('%s read aloud: %s', async (measure) => {
  const [, sheets] = allOf(found.lake.document, 'Table') as [Tag, Tag];
  await expect(spokenMeasure(sheets, measure)).toMatchFileSnapshot(`refs/lake-${measure}.spoken.txt`);
});
