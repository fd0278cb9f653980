import { beforeAll, describe, expect, test } from 'vitest';
import { chunkOf } from '../../src/assemble/chunk.ts';
import { pageLabels } from '../../src/assemble/labels.ts';
import { bookmarks } from '../../src/assemble/outline.ts';
import { documentOf } from '../../src/book/document.ts';
import type { MeasureData } from '../../src/render/data.ts';
import type { DrawRequest, Section, TableKeys } from '../../src/render/requests.ts';
import { fileOf } from '../pdf/book.ts';
import { allOf, childrenOf, outlineOfTags, readTags, spokenWords, type Tag } from '../pdf/read-tags.ts';
import { textOf } from '../pdf/strict-file.ts';
import { readFacts } from '../pdf/strict-rules.ts';
import { type Laid, laidOut } from './typst.ts';

// After a wished change: npx vitest run tests/assemble tests/pdf -u, and read what became of tests/pdf/refs.
type Name = Parameters<typeof laidOut>[0];
const laid = {} as Record<Name, Laid>;
beforeAll(async () => {
  for (const name of ['city', 'portrait', 'plain', 'only', 'tall', 'annex'] as const) laid[name] = await laidOut(name);
});

/** What is said of pages, where that is another than they were drawn from. */
interface Own {
  edit?: (request: DrawRequest) => void;
  tables?: (tables: TableKeys[]) => TableKeys[];
  pdf?: (pdf: string) => string;
}
const chunksOf = (name: Name, { edit, tables, pdf }: Own = {}) =>
  laid[name].chunks.map(({ request, words, drawn }) => {
    const own = structuredClone(request);
    edit?.(own);
    return chunkOf({
      request: own,
      words,
      drawn: {
        ...drawn,
        tables: tables?.(drawn.tables) ?? drawn.tables,
        pdf: pdf ? Buffer.from(pdf(Buffer.from(drawn.pdf).toString('latin1')), 'latin1') : drawn.pdf,
      },
    });
  });
const completed = async (name: Name, own?: Own): Promise<Tag> =>
  (await readTags(Buffer.from(fileOf({ sections: chunksOf(name, own) })))).document;
const textOfTags = async (name: Name) => `${outlineOfTags(await completed(name)).join('\n')}\n`;

describe('the structure tree as text', () => {
  test('of a whole edition', async () =>
    expect(await textOfTags('city')).toMatchFileSnapshot('../pdf/refs/city.tags.txt'));
  test('of A4 portrait sheets', async () =>
    expect(await textOfTags('portrait')).toMatchFileSnapshot('../pdf/refs/city-portrait.tags.txt'));
  test('of two sheets, without the target of the 再掲', async () =>
    expect(await textOfTags('only')).toMatchFileSnapshot('../pdf/refs/city-only.tags.txt'));
});

test('what hangs from the first row is told to span its rows; no cell is blank for the place alone', async () => {
  const [list, sheets] = allOf(await completed('city'), 'Table') as [Tag, Tag];
  const heading = allOf(sheets, 'TR').slice(0, 2).map(childrenOf);
  // 年度, 項目, 内容 and two 関連計画 alone stand in the second row.
  expect(heading.map((row) => row.length)).toEqual([14, 5]);
  expect(heading[0]?.map(({ attributes }) => attributes.RowSpan ?? attributes.ColSpan).join('')).toBe('22222222223222');
  const headings = new Set(allOf(sheets, 'TH').map(({ id }) => id));
  for (const cell of allOf(sheets, 'TD')) for (const id of cell.headers) expect(headings).toContain(id);
  const spans = allOf(list, 'TR').flatMap((row) =>
    childrenOf(row).map(({ attributes }) => Number(attributes.RowSpan ?? 1)),
  );
  expect(Math.max(...spans)).toBeGreaterThan(1);
});

test('目次 tells where an annex is', async () => {
  const document = await completed('annex');
  const [parts] = allOf(document, 'TOC');
  const links = allOf(parts as Tag, 'TOCI')
    .slice(0, 3)
    .flatMap((entry) => allOf(entry, 'Link'));
  expect(links.map(({ leadsTo }) => leadsTo.join())).toEqual([
    ...['取組事項一覧(3ページ)', '資料(4ページ)', '個票(6ページ)'],
  ]);
});

test('a measure that goes on on the next page: its part there has its title as header again', async () => {
  const document = await completed('tall');
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

test('what is written of an edition without annexes: links with the page that they lead to', () => {
  const { data, pages } = laid.city;
  const pdf = documentOf(chunksOf('city'), undefined, () => ({
    title: '書名',
    author: '市',
    bookmarks: bookmarks(data),
    labels: pageLabels(data, [], pages),
    attachments: [],
    date: data.book.date,
    provenance: { plan: '', title: '', revised: '', parts: '', content: '', fonts: '', tool: '' },
  }));
  const { file, labels, outline } = readFacts(Buffer.from(pdf));
  const texts = [...file.objects.values()].flatMap(({ value }) =>
    value instanceof Map && value.get('Subtype') === '/Link' ? [textOf(value.get('Contents'))] : [],
  );
  expect(texts).toContain('1-1. 窓口(個票、4ページ)');
  expect(labels).toEqual(['表紙', '2', '3', '4']);
  expect(outline).toHaveLength(25);
});

/** The measures of pages, as they are drawn from. */
const measuresIn = ({ sections }: DrawRequest): Partial<MeasureData>[] =>
  sections.flatMap((section) => {
    if (section.part === '取組事項一覧') return section.pages.flatMap(({ rows }) => rows.map(({ measure }) => measure));
    if (section.part === '個票') return section.pages.flatMap(({ bands }) => bands.map(({ measure }) => measure));
    return section.part === 'A4個票' ? section.pages.map(({ measure }) => measure) : [];
  });

describe('marks are spoken where the record has them', () => {
  const edit = (request: DrawRequest) => {
    for (const measure of measuresIn(request)) {
      if (measure.id === '1-1-1')
        Object.assign(measure, { overviewSection: '—', description: '→', title: '○', kind: '×' });
      if (measure.id === '1-2-1') Object.assign(measure.years?.[1] ?? {}, { mark: '◎' });
      if (measure.id === '3-1-1') measure.reprint = null;
    }
    request.indicatorLabels[0] = '現状(実績)(R10)';
  };
  test('whatever the column, but for the title; not in an empty cell', async () => {
    const before = outlineOfTags(await completed('city'));
    const lines = outlineOfTags(await completed('city', { edit }));
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
  test('of a column that a template does not have, none', async () => {
    const renamed = (keys: string[]) => keys.map((key) => (/reprint|section|title|year/.test(key) ? `no ${key}` : key));
    const tables = (all: TableKeys[]) =>
      all.map((table) => ({ ...table, columns: renamed(table.columns), every: renamed(table.every) }));
    expect(outlineOfTags(await completed('city', { tables })).join()).not.toContain('年度」 「R');
  });
  test('A4 sheets without 関連計画: one table a measure', async () => {
    const tables = allOf(await completed('plain'), 'Table');
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
  const shorter = (columns: (all: string[]) => string[]) => (tables: TableKeys[]) =>
    tables.map((table) => ({ ...table, columns: columns(table.columns), every: [] }));
  const without = (part: string) => (tables: TableKeys[]) => tables.filter((table) => table.part !== part);
  /** What is said of the pages of a part. */
  const of =
    <Part extends Section['part']>(part: Part, edit: (section: Extract<Section, { part: Part }>) => void) =>
    ({ sections }: DrawRequest) => {
      for (const section of sections) if (section.part === part) edit(section as Extract<Section, { part: Part }>);
    };
  test.each<[string, Name, Own, string]>([
    ['no columns of 個票', 'city', { tables: without('個票') }, 'what stands where in 個票'],
    ['no columns of 取組事項一覧', 'city', { tables: without('取組事項一覧') }, 'what stands where in 取組事項一覧'],
    ['no columns of A4個票', 'portrait', { tables: without('A4個票') }, 'what stands where in A4個票'],
    ['too few columns', 'city', { tables: shorter((all) => all.slice(0, 3)) }, 'the column of a cell'],
    ['another table of 個票', 'city', { edit: of('個票', ({ pages }) => pages.push(pages[0] as never)) }, 'a table'],
    [
      'a measure too many',
      'city',
      { edit: of('取組事項一覧', ({ pages }) => pages[0]?.rows.pop()) },
      'a row of 取組事項一覧',
    ],
    [
      'a row too many',
      'city',
      { edit: of('個票', ({ pages }) => pages[0]?.bands[0]?.years.pop()) },
      'the measure of a row',
    ],
    [
      'a row too few',
      'city',
      { edit: of('個票', ({ pages }) => pages.at(-1)?.bands.at(-1)?.years.push(2)) },
      'a row of 3-1-3',
    ],
    [
      'A4個票: a measure too many',
      'portrait',
      { edit: of('A4個票', ({ pages }) => pages.push(pages[0] as never)) },
      'a table',
    ],
    [
      'A4個票: a year too few',
      'portrait',
      { edit: of('A4個票', ({ pages }) => pages[0]?.measure.years.pop()) },
      'a year',
    ],
    ['a cover without a title', 'city', { pdf: (pdf) => pdf.replaceAll('/S /H1', '/S /P ') }, 'the title'],
    ['a table without rows', 'city', { pdf: (pdf) => pdf.replaceAll('/S /TR', '/S /P ') }, 'the heading of a table'],
  ])('%s', (_, name, own, what) =>
    expect(() => chunksOf(name, own)).toThrow(`the tags are not those of the templates: ${what} is missing`),
  );
});
