import { describe, expect, test } from 'vitest';
import { writeAnnexes } from '../../src/assemble/annexes/write.ts';
import type { Chunk } from '../../src/assemble/chunk.ts';
import { type AnnexPages, joinChunks } from '../../src/assemble/join.ts';
import { writeStructureTree } from '../../src/assemble/structure-tree.ts';
import { documentOf } from '../../src/book/document.ts';
import { outlineOfTags, readTags } from '../pdf/read-tags.ts';
import { annexOf, content, elementOf, kid, pageOf } from './annexes.ts';
import { paragraph } from './chunks.ts';
import { bodiesOf } from './objects.ts';
import { usual } from './three-pages.ts';

// Of every chunk here the page is its first object, and the third to sixth are elements.
const annex: AnnexPages = {
  part: 'a.pdf',
  title: '資料',
  sizes: [
    [300, 400.5],
    [200, 100],
  ],
};
const objectsOf = (sections: readonly (Chunk | AnnexPages)[]) => {
  const joined = joinChunks(sections);
  writeStructureTree(joined.file, {
    ...joined.structure,
    kids: joined.structure.kids.filter((one) => one !== 'a.pdf'),
  });
  return { ...joined, bodies: bodiesOf(joined.file) };
};
const rows = (own: object) =>
  paragraph({ kids: [{ kind: 'table', table: 'sheets', head: [], elements: [3], attributes: '', ...own }] });

describe('pages', () => {
  test('stand below one node, in the order of the document, annexes too', () => {
    const { pages, bodies } = objectsOf([paragraph(), annex, paragraph()]);
    expect(pages).toEqual([
      { number: 6, height: 100 },
      { number: 11, height: 400.5 },
      { number: 12, height: 100 },
      { number: 13, height: 100 },
    ]);
    expect(bodies[3]).toBe('<< /Type /Pages /Count 4 /Kids [6 0 R 11 0 R 12 0 R 13 0 R] >>');
    expect(bodies[11]).toBe('<< /Type /Page /Parent 3 0 R /MediaBox [0 0 300 400.5] >>');
  });
  test('chunks know from where on their objects and keys are numbered', () => {
    const three = [paragraph({ parents: [4, 3] }), paragraph(), paragraph()];
    const { chunks, structure } = joinChunks(three);
    expect(chunks.map(({ first, firstKey }) => [first, firstKey])).toEqual([
      [6, 0],
      [11, 2],
      [16, 3],
    ]);
    expect([...structure.parents]).toEqual([
      [0, '9 0 R'],
      [1, '8 0 R'],
      [2, '14 0 R'],
      [3, '19 0 R'],
    ]);
    expect(chunks[1]?.objects).toBe(three[1]?.objects);
  });
  test('an annex has the place of its pages', () => {
    const { annexes, structure } = joinChunks([paragraph(), annex, paragraph()]);
    expect(annexes).toEqual([{ part: 'a.pdf', title: '資料', first: 1, pages: [11, 12] }]);
    expect(structure.kids).toEqual([8, 'a.pdf', 15]);
  });
  test('the profile is that of the first chunk', () => {
    expect(joinChunks([annex, paragraph(), paragraph()]).profile).toBe(12);
    expect(joinChunks([annex]).profile).toBe(0);
  });
});

describe('places', () => {
  const at = (id: string, page: number, y = 1) => ({ id, page, x: 5, y });
  test('are those of their pages; the first of a name counts', () => {
    const { places } = joinChunks([
      paragraph({ anchors: [at('a', 1), at('b', 1, 7)] }),
      paragraph({ anchors: [at('a', 1, 9), at('c', 1)], pages: [{ number: 1, height: 50 }] }),
    ]);
    expect([...places]).toEqual([
      ['a', { page: 6, height: 100, x: 5, y: 1 }],
      ['b', { page: 6, height: 100, x: 5, y: 7 }],
      ['c', { page: 11, height: 50, x: 5, y: 1 }],
    ]);
  });
  test.each([0, 2])('on page %d, which is not there: none', (page) => {
    expect(joinChunks([paragraph({ anchors: [at('a', page)] })]).places.size).toBe(0);
  });
});

describe('the structure', () => {
  test('IDs and roles', () => {
    const { structure } = joinChunks([paragraph({ ids: [['a', 3]] }), paragraph({ ids: [['b', 3]] })]);
    expect([...structure.ids]).toEqual([
      ['a', 8],
      ['b', 13],
    ]);
    expect([...structure.roles.keys()]).toEqual(['Datetime', 'Em', 'Strong', 'Terms', 'Title']);
  });

  test('rows of several chunks are of one table, which stands where the first of them does', () => {
    const { structure, bodies, chunks } = objectsOf([
      paragraph(),
      rows({ head: [4], attributes: '/A << /O /Table >>', elements: [3, 5] }),
      paragraph(),
      rows({}),
    ]);
    expect(chunks[0]?.shared).toEqual({ pages: 3, document: 5, 'sheets-table': 6, 'sheets-rows': 7 });
    expect(structure.kids).toEqual([10, 6, 20]);
    expect(bodies[6]).toBe('<< /Type /StructElem /S /Table /P 5 0 R /A << /O /Table >> /K [16 0 R 7 0 R] >>');
    expect(bodies[7]).toBe('<< /Type /StructElem /S /TBody /P 6 0 R /K [15 0 R 17 0 R 25 0 R] >>');
  });
  test('of two parts two tables', () => {
    const { structure, chunks } = joinChunks([rows({ table: 'list' }), rows({ table: 'sheets' })]);
    expect(chunks[0]?.shared).toEqual({
      pages: 3,
      document: 5,
      'list-table': 6,
      'list-rows': 7,
      'sheets-table': 8,
      'sheets-rows': 9,
    });
    expect(structure.kids).toEqual([6, 8]);
  });
  test('entries of a column of 目次 are of one list, page after page', () => {
    const column = (index: number, ...elements: number[]) => ({ kind: 'column' as const, column: index, elements });
    const { structure, bodies, chunks } = objectsOf([
      paragraph({ kids: [column(0, 3), column(10, 4)] }),
      paragraph({ kids: [column(0, 3), column(2, 5)] }),
    ]);
    expect(chunks[0]?.shared).toEqual({ pages: 3, document: 5, 'toc-0': 6, 'toc-2': 7, 'toc-10': 8 });
    expect(structure.kids).toEqual([6, 8, 7]);
    expect([6, 7, 8].map((number) => bodies[number])).toEqual([
      '<< /Type /StructElem /S /TOC /P 5 0 R /K [11 0 R 16 0 R] >>',
      '<< /Type /StructElem /S /TOC /P 5 0 R /K [18 0 R] >>',
      '<< /Type /StructElem /S /TOC /P 5 0 R /K [12 0 R] >>',
    ]);
  });
});

describe('the file of a document', () => {
  const { context } = annexOf({});
  const heading = elementOf(context, 'H1', {}, content(0, 0));
  const known = new Map([['0', new Map([[0, false]])]]);
  const read = annexOf({ context, pages: [pageOf()], structure: { kids: [kid(heading)], known, classes: undefined } });
  const written = async (...sections: Chunk[]) => {
    const pages = { part: 'a.pdf', title: '資料', sizes: [[300, 400]] as [number, number][] };
    let told: unknown;
    const pdf = documentOf([...sections, pages], writeAnnexes(new Map([['a.pdf', read]])), (merged) => {
      told = [...(merged?.bookmarks.keys() ?? [])];
      return usual;
    });
    return { told, tags: outlineOfTags((await readTags(Buffer.from(pdf))).document).map((line) => line.trim()) };
  };
  const cover = paragraph({ anchors: [{ id: 'part-表紙', page: 1, x: 0, y: 0 }] });

  test('has what annexes add; below 書名 their headings are a level deeper', async () => {
    const { told, tags } = await written(cover);
    expect(told).toEqual(['a.pdf']);
    expect(tags).toEqual(['Document', 'P', 'Part', 'H2']);
  });
  test('without a cover they stand as they do in the annex', async () => {
    expect((await written(paragraph())).tags).toEqual(['Document', 'P', 'Part', 'H1']);
  });
});
