import { beforeAll, describe, expect, test } from 'vitest';
import { assemble } from '../../src/assemble/assemble.ts';
import { type PdfObjects, splitObjects } from '../../src/assemble/objects.ts';
import { completeTags } from '../../src/assemble/tags.ts';
import type { TableKeys } from '../../src/render/compiler.ts';
import type { DocumentData } from '../../src/render/data.ts';
import { allOf, outlineOfTags, spokenWords, type Tag, tagsOf } from '../pdf/read-tags.ts';
import { parseObject, textOf } from '../pdf/strict-file.ts';
import { readFacts } from '../pdf/strict-rules.ts';
import { type Laid, laidOut } from './typst.ts';

// After a wished change: npx vitest run tests/assemble tests/pdf -u, and read what became of tests/pdf/refs.
type Name = Parameters<typeof laidOut>[0];
const laid = {} as Record<Name, Laid>;
beforeAll(async () => {
  for (const name of ['city', 'portrait', 'plain', 'only', 'tall', 'annex'] as const) laid[name] = await laidOut(name);
});

interface Own {
  data?: DocumentData;
  tables?: TableKeys[];
  file?: PdfObjects;
}
function completed(name: Name, own: Own = {}): Tag {
  const { pdf, anchors, texts, ...rest } = laid[name];
  const file = own.file ?? splitObjects(Buffer.from(pdf));
  const pages = new Map(anchors.map(({ id, page }) => [id, page]));
  completeTags(file, { data: rest.data, tables: rest.tables, ...own, pageOf: (id) => pages.get(id) ?? 0 });
  const parsed = (number: number) => {
    const object = file.objects.get(number);
    return object && !object.isStream ? parseObject(object.body, `object ${number}`).value : undefined;
  };
  return tagsOf(parsed, texts).document;
}
const textOfTags = (name: Name) => `${outlineOfTags(completed(name)).join('\n')}\n`;

describe('the structure tree as text', () => {
  test('of a whole edition', () => expect(textOfTags('city')).toMatchFileSnapshot('../pdf/refs/city.tags.txt'));
  test('of A4 portrait sheets', () =>
    expect(textOfTags('portrait')).toMatchFileSnapshot('../pdf/refs/city-portrait.tags.txt'));
  test('of two sheets, without the target of the 再掲', () =>
    expect(textOfTags('only')).toMatchFileSnapshot('../pdf/refs/city-only.tags.txt'));
});

test('目次 tells where an annex is', () => {
  const entries = allOf(completed('annex'), 'TOCI').flatMap((entry) => allOf(entry, 'Link'));
  expect(entries).toHaveLength(17);
  expect(entries.at(-1)?.leadsTo).toEqual(['資料(4ページ)']);
});

test('a measure that goes on on the next page: its part there has its title as header again', () => {
  const document = completed('tall');
  const heads = allOf(document, 'TH').filter(({ id }) => id?.startsWith('sheet-1-1-1'));
  expect(heads.map(({ id }) => id)).toEqual([
    'sheet-1-1-1',
    'sheet-1-1-1-year-1',
    'sheet-1-1-1-from-2',
    'sheet-1-1-1-year-2',
    'sheet-1-1-1-year-3',
  ]);
  expect(spokenWords(heads[2] as Tag)).toBe('書かない窓口');
  const below = allOf(document, 'TD').filter(({ headers }) => headers.includes('sheet-1-1-1-from-2'));
  expect(below.length).toBeGreaterThan(10);
});

test('what assemble writes: without annexes, links with the page that they lead to', () => {
  const provenance = { plan: '', title: '', revised: '', parts: '', content: '', fonts: '', tool: '' };
  const { file, labels, outline } = readFacts(Buffer.from(assemble({ ...laid.city, attachments: [], provenance })));
  const texts = [...file.objects.values()].flatMap(({ value }) =>
    value instanceof Map && value.get('Subtype') === '/Link' ? [textOf(value.get('Contents'))] : [],
  );
  expect(texts).toContain('1-1. 窓口(個票、4ページ)');
  expect(labels).toEqual(['表紙', '2', '3', '4']);
  expect(outline).toHaveLength(25);
});

describe('marks are spoken where the record has them', () => {
  const changedCity = () => {
    const data = structuredClone(laid.city.data);
    const [first, , third] = data.categories;
    Object.assign(first?.groups[0]?.measures[0] ?? {}, {
      overviewSection: '—',
      description: '→',
      title: '○',
      kind: '×',
    });
    Object.assign(first?.groups[1]?.measures[0]?.years[1] ?? {}, { mark: '◎' });
    Object.assign(third?.groups[0]?.measures[0] ?? {}, { reprint: null });
    data.indicatorLabels[0] = '現状(実績)(R10)';
    return outlineOfTags(completed('city', { data }));
  };
  test('whatever the column, but for the title; not in an empty cell', () => {
    const before = outlineOfTags(completed('city'));
    const lines = changedCity();
    const own = lines.filter((line) => !before.includes(line)).map((line) => line.trim());
    expect(own.filter((line) => line.startsWith('Span'))).toEqual([
      'Span spoken「なし」 「窓口課」',
      'Span spoken「現状(実績)、令和10年度、目標値、令和12年度」 「現状(R10)目標値(R12)」',
      'Span spoken「ばつ」 「新規」',
      'Span spoken「矢印」',
    ]);
    const spans = (all: string[]) => all.filter((line) => line.includes('Span spoken「丸」')).length;
    expect(spans(before) - spans(lines)).toBe(1);
    expect(lines.filter((line) => line.endsWith('spoken「二重丸」'))).toEqual([]);
  });
  test('of a column that a template does not have, none', () => {
    const renamed = (keys: string[]) => keys.map((key) => (/reprint|section|title|year/.test(key) ? `no ${key}` : key));
    const tables = laid.city.tables.map((table) => ({
      ...table,
      columns: renamed(table.columns),
      every: renamed(table.every),
    }));
    expect(outlineOfTags(completed('city', { tables })).join()).not.toContain('年度」 「R');
  });
  test('A4 sheets without 関連計画: one table a measure', () => {
    const tables = allOf(completed('plain'), 'Table');
    expect(tables).toHaveLength(2);
    expect(
      tables.map((table) =>
        allOf(table, 'TH')
          .map(({ id }) => id)
          .filter((id) => id?.includes('year')),
      ),
    ).toEqual(['1-1-1', '1-1-2'].map((measure) => [1, 2, 3].map((year) => `sheet-${measure}-year-${year}`)));
  });
});

describe('tags that are not those of the templates are a defect', () => {
  const missing = (what: string) => `the tags are not those of the templates: ${what} is missing`;
  const without = (part: string) => laid.city.tables.filter((table) => table.part !== part);
  const shorter = (part: string): TableKeys[] =>
    laid.city.tables.map((table) =>
      table.part === part ? { ...table, columns: table.columns.slice(0, 3), every: [] } : table,
    );
  const edited = (change: (data: DocumentData) => void): DocumentData => {
    const data = structuredClone(laid.city.data);
    change(data);
    return data;
  };
  const [first, second] = [(data: DocumentData) => data.categories[0], (data: DocumentData) => data.categories[1]];
  test.each<[string, () => Own, string]>([
    ['no columns of 個票', () => ({ tables: without('個票') }), 'what stands where in 個票'],
    ['no columns of 取組事項一覧', () => ({ tables: without('取組事項一覧') }), 'what stands where in 取組事項一覧'],
    ['too few columns', () => ({ tables: shorter('取組事項一覧') }), 'the column of a cell'],
    ['another table', () => ({ data: edited((data) => data.parts.push('個票')) }), 'a table'],
    [
      'a measure too many',
      () => ({ data: edited((data) => first(data)?.groups[0]?.measures.pop()) }),
      'a row of 取組事項一覧',
    ],
    ['an entry of 目次 too many', () => ({ data: edited((data) => second(data)?.groups.pop()) }), 'an entry of 目次'],
    [
      'a row too many',
      () => ({ data: edited((data) => first(data)?.groups[0]?.measures[0]?.years.pop()) }),
      'the measure of a row',
    ],
    [
      'a row too few',
      () => ({ data: edited((data) => data.categories[2]?.groups[0]?.measures[2]?.years.push({} as never)) }),
      'a row of 3-1-3',
    ],
  ])('%s', (_, own, what) => expect(() => completed('city', own())).toThrow(missing(what)));

  test.each<[string, (data: DocumentData) => void, string]>([
    [
      'A4個票: a measure too many',
      (data) => data.categories[0]?.groups[0]?.measures.push(data.categories[0].groups[0].measures[0] as never),
      'a table',
    ],
    ['A4個票: a year too few', (data) => data.categories[0]?.groups[0]?.measures[0]?.years.pop(), 'a year'],
    [
      'A4個票: a link too few',
      (data) => {
        for (const measure of data.categories[2]?.groups[0]?.measures ?? [])
          Object.assign(measure, { reprintLink: true });
      },
      'a link',
    ],
  ])('%s', (_, change, what) => {
    const data = structuredClone(laid.portrait.data);
    change(data);
    expect(() => completed('portrait', { data })).toThrow(missing(what));
  });

  test.each([
    ['a cover without a title', '/S /H1', 'the title'],
    ['a table without rows', '/S /TR', 'the heading of a table'],
  ])('%s', (_, role, what) => {
    const file = splitObjects(Buffer.from(laid.city.pdf));
    for (const object of file.objects.values())
      if (!object.isStream) object.body = Buffer.from(object.body.toString('latin1').replace(role, '/S /P'), 'latin1');
    expect(() => completed('city', { file })).toThrow(missing(what));
  });
});
