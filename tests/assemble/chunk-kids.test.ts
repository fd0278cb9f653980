import { describe, expect, test } from 'vitest';
import { kidsOfDocument } from '../../src/assemble/chunk-kids.ts';
import { openStructure } from '../../src/assemble/structure.ts';
import type { DrawRequest } from '../../src/render/requests.ts';
import { objectsOf } from './objects.ts';

const element = (role: string, parent: number, ...kids: number[]) =>
  `<< /Type /StructElem /S /${role} /P ${parent} 0 R /K [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`;
const tableOf = (number: number, attributes: string): Record<number, string> => ({
  [number]: element('Table', 10, number + 1, number + 2).replace('/K', `${attributes} /K`),
  [number + 1]: element('THead', number, number + 3),
  [number + 2]: element('TBody', number, number + 5, number + 6),
  [number + 3]: element('TR', number + 1, number + 4),
  [number + 4]: `<< /Type /StructElem /S /TH /ID (U${number}) /P ${number + 3} 0 R /K [] >>`,
  [number + 5]: element('TR', number + 2),
  [number + 6]: element('TR', number + 2),
});
// A heading, three tables, and a Div with columns, as Typst writes them.
const bodies: Record<number, string> = {
  1: '<< /StructTreeRoot 9 0 R >>',
  9: '<< /Type /StructTreeRoot /K [10 0 R] /IDTree << /Names [(U20) 24 0 R (U30) 34 0 R (U40) 44 0 R] >> >>',
  10: element('Document', 9, 11, 20, 30, 40, 50),
  11: element('H2', 10),
  ...tableOf(20, '/A << /O /Table /Summary (s) >>'),
  ...tableOf(30, ''),
  ...tableOf(40, '/A [<< /O /Layout >>]'),
  50: element('Div', 10, 51, 54),
  51: element('TOC', 50, 52, 53),
  52: element('TOCI', 51),
  53: element('TOCI', 51),
  54: element('TOC', 50, 55),
  55: element('TOCI', 54),
};
const taken = (...sections: unknown[]) => {
  const structure = openStructure(objectsOf(bodies));
  const kids = kidsOfDocument(structure, sections.length > 0 ? ({ sections } as DrawRequest) : undefined);
  const parentOf = (number: number) => /\/P (\S+ 0 R)/.exec(structure.bodies.get(number) ?? bodies[number] ?? '')?.[1];
  return { kids, parentOf, ids: [...structure.ids.keys()] };
};
const page = (first: boolean) => ({ first, rows: [], bands: [] });
const lines = (...kinds: string[]) => kinds.map((kind) => ({ kind }));

describe('without a request', () => {
  test('all stand below the document', () => {
    const { kids, parentOf, ids } = taken();
    expect(kids).toEqual([11, 20, 30, 40, 50].map((number) => ({ kind: 'element', elements: [number] })));
    expect([11, 20, 50].map(parentOf)).toEqual(Array(3).fill('@document 0 R'));
    expect(parentOf(21)).toBe('20 0 R');
    expect(ids).toEqual(['U20', 'U30', 'U40']);
  });
});

describe('tables of a part', () => {
  const { kids, parentOf, ids } = taken(
    { part: '表紙' },
    { part: '取組事項一覧', pages: [page(true), page(false)] },
    { part: '個票', pages: [page(true)] },
  );
  test('give their rows, and the first of each its heading', () => {
    expect(kids.slice(1, 4)).toEqual([
      {
        kind: 'table',
        table: 'list',
        head: [21],
        elements: [25, 26],
        attributes: expect.stringMatching(/^\/A << \/O \/Table \/Summary \(s\) >> ?$/),
      },
      { kind: 'table', table: 'list', head: [], elements: [35, 36], attributes: '' },
      {
        kind: 'table',
        table: 'sheets',
        head: [41],
        elements: [45, 46],
        attributes: expect.stringMatching(/^\/A \[<< \/O \/Layout >>\] ?$/),
      },
    ]);
    expect([21, 25, 36].map(parentOf)).toEqual(['@list-table 0 R', '@list-rows 0 R', '@list-rows 0 R']);
    expect([41, 45].map(parentOf)).toEqual(['@sheets-table 0 R', '@sheets-rows 0 R']);
  });
  test('a repeated heading has no IDs', () => expect(ids).toEqual(['U20', 'U40']));
  test('other elements stay, and so do tables behind them', () => {
    expect(kids[0]).toEqual({ kind: 'element', elements: [11] });
    expect(kids[4]).toEqual({ kind: 'element', elements: [50] });
    const fewer = taken({ part: '個票', pages: [page(false)] });
    expect(fewer.kids.map(({ kind }) => kind)).toEqual(['element', 'table', 'element', 'element', 'element']);
  });
  test('of A4 none: each is a table of its own', () => {
    const { kids } = taken({ part: 'A4個票', pages: [{}, {}, {}] });
    expect(kids.map(({ kind }) => kind)).toEqual(Array(5).fill('element'));
  });
  test('without rows: a defect', () => {
    const structure = openStructure(objectsOf({ ...bodies, 20: element('Table', 10, 21) }));
    const request = { sections: [{ part: '個票', pages: [page(true)] }] } as unknown as DrawRequest;
    expect(() => kidsOfDocument(structure, request)).toThrow('a table without a heading or without rows');
  });
});

describe('columns of 目次', () => {
  const of = (...pages: unknown[]) => taken({ part: '目次', pages });
  test('give their entries: those of 課 to a list of their own', () => {
    const { kids, parentOf } = of({ columns: [lines('part', 'head', 'category'), lines('head', 'section')] });
    expect(kids.slice(4)).toEqual([
      { kind: 'column', column: 0, elements: [52, 53] },
      { kind: 'column', column: 1, elements: [55] },
    ]);
    expect([52, 55].map(parentOf)).toEqual(['@toc-0 0 R', '@toc-1 0 R']);
  });
  test('a list goes on in the next column; a column without lines has no element', () => {
    const columns = [lines('part'), [], lines('head', 'group')];
    expect(of({ columns }).kids.slice(4)).toMatchObject([{ column: 0 }, { column: 0 }]);
  });
  test('page after page', () => {
    const pages = [{ columns: [[], lines('part')] }, { columns: [lines('head', 'section'), []] }];
    expect(of(...pages).kids.slice(4)).toMatchObject([{ column: 0 }, { column: 1 }]);
  });
});
