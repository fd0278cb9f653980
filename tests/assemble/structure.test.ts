import { describe, expect, test } from 'vitest';
import {
  annotationsOf,
  clearTitles,
  closeStructure,
  elementsOf,
  findAll,
  kidsOf,
  openStructure,
  roleOf,
  type Structure,
  setCell,
  setRole,
  setTableAttribute,
  wrapElement,
  wrapKids,
} from '../../src/assemble/structure.ts';
import { changed, objectsOf, utf16 } from './objects.ts';

// A table with a link, as Typst writes its tree: 10 Document, 11 Table, 12 TR, 13 TD, 14 TD, 15 Link.
const bodies: Record<number, string> = {
  1: '<< /Type /Catalog /StructTreeRoot 99 0 R >>',
  2: '<< >>',
  3: '<< /Type /Page /StructParents 1 >>',
  4: '<< /Type /Page /StructParents 10 >>',
  5: '[13 0 R null 13 0 R 15 0 R 14 0 R]',
  6: '[14 0 R]',
  7: '<< /Type /Annot >>',
  99:
    '<<\n  /Type /StructTreeRoot\n  /K [10 0 R]\n  /ParentTree <<\n    /Nums [1 5 0 R 2 15 0 R 10 6 0 R]\n  >>\n' +
    '  /IDTree <<\n    /Names [(U1x0y0) 13 0 R (b/c) 12 0 R]\n  >>\n  /ParentTreeNextKey 11\n>>',
  10: '<<\n  /Type /StructElem\n  /S /Document\n  /P 99 0 R\n  /K [11 0 R 16 0 R]\n>>',
  11: '<< /Type /StructElem /S /Table /P 10 0 R /A [<< /O /Layout >>] /K [12 0 R] >>',
  12: '<< /Type /StructElem /S /TR /P 11 0 R /K [13 0 R 14 0 R 113 0 R] >>',
  13: '<< /Type /StructElem /S /TD /P 12 0 R /A [<< /O /Table /RowSpan 12 /ColSpan 13 /Headers [(U1x0y0) (U1x1y0)] >> << /O /Layout >>] /K [0 2 15 0 R] /Pg 3 0 R >>',
  14: '<< /Type /StructElem /S /TD /P 12 0 R /A << /O /Table >> /K [4 << /Type /MCR /Pg 4 0 R /MCID 0 >>] /Pg 3 0 R >>',
  15: '<< /Type /StructElem /S /Link /P 13 0 R /K [3 << /Type /OBJR /Pg 3 0 R /Obj 7 0 R >> << /Type /OBJR /Obj 8 0 R >>] /Pg 3 0 R >>',
  16: '<< /Type /StructElem /S /H2 /P 10 0 R /K [] >>',
  113: '<< /Type /StructElem /S /TD /P 12 0 R /K [] >>',
};
const open = () => openStructure(objectsOf(bodies));
const edited = (act: (structure: Structure) => void) => {
  const structure = open();
  act(structure);
  closeStructure(structure);
  const { 99: root, ...rest } = changed(structure.file, bodies);
  return root === undefined ? rest : { ...rest, ids: /\/IDTree.*?>>/.exec(root)?.[0] };
};

describe('reading', () => {
  test('document, IDs, roles, kids', () => {
    const structure = open();
    expect([structure.root, structure.document]).toEqual([99, 10]);
    expect([...structure.ids]).toEqual([
      ['U1x0y0', 13],
      ['b/c', 12],
    ]);
    expect([10, 11, 16, 7].map((number) => roleOf(structure, number))).toEqual(['Document', 'Table', 'H2', '']);
    expect(kidsOf(structure, 15)).toEqual([
      '3',
      '<< /Type /OBJR /Pg 3 0 R /Obj 7 0 R >>',
      '<< /Type /OBJR /Obj 8 0 R >>',
    ]);
    expect([16, 7, 13].map((number) => kidsOf(structure, number))).toEqual([[], [], ['0', '2', '15 0 R']]);
    expect(elementsOf(structure, 12)).toEqual([13, 14, 113]);
    expect(annotationsOf(structure, 15)).toEqual([7, 8]);
    expect(annotationsOf(structure, 13)).toEqual([]);
  });
  test('elements of a role, none inside another', () => {
    const structure = open();
    setRole(structure, 15, 'TD');
    expect(findAll(structure, 10, 'TD')).toEqual([13, 14, 113]);
    expect(findAll(structure, 13, 'TD')).toEqual([15]);
    expect(findAll(structure, 10, 'H2')).toEqual([16]);
    expect(findAll(structure, 10, 'H1')).toEqual([]);
  });
  test('a file without a tree is a defect', () => {
    const empty = { ...bodies, 99: '<< /Type /StructTreeRoot /K [] >>' };
    expect(() => openStructure(objectsOf(empty))).toThrow('no structure tree where Typst is known to write one');
  });
});

test('nothing edited: nothing changes but the white space', () => {
  const structure = open();
  closeStructure(structure);
  expect(changed(structure.file, bodies)).toEqual({});
});

describe('the ID tree', () => {
  test('is sorted by the bytes of the IDs', () => {
    const structure = open();
    for (const [id, number] of Object.entries({ 'sheet-1-10': 1, 'sheet-1-1': 2, B: 3, 'sheet-1-1-1': 4 }))
      structure.ids.set(id, number);
    closeStructure(structure);
    expect(changed(structure.file, bodies)[99]).toBe(
      '<< /Type /StructTreeRoot /K [10 0 R] /ParentTree << /Nums [1 5 0 R 2 15 0 R 10 6 0 R] >> ' +
        '/IDTree << /Names [(B) 3 0 R (U1x0y0) 13 0 R (b/c) 12 0 R (sheet-1-1) 2 0 R (sheet-1-1-1) 4 0 R (sheet-1-10) 1 0 R] >> ' +
        '/ParentTreeNextKey 11 >>',
    );
  });
  test.each(['', '\n\n'])('comes where there was none (%j)', (end) => {
    const without = { ...bodies, 99: `<< /K [10 0 R] /ParentTree << /Nums [1 5 0 R] >>\n>>${end}` };
    const structure = openStructure(objectsOf(without));
    setCell(structure, 14, { id: 'b', headers: [] });
    setCell(structure, 13, { id: 'a', headers: [] });
    closeStructure(structure);
    expect(changed(structure.file, without)[99]).toBe(
      '<< /K [10 0 R] /ParentTree << /Nums [1 5 0 R] >> /IDTree << /Names [(a) 13 0 R (b) 14 0 R] >> >>',
    );
  });
});

describe('wrapping', () => {
  test('all that an element holds: its kids get another parent, the marked contents another element', () => {
    expect(edited((structure) => wrapKids(structure, 13, 'Span', '/Alt (x)'))).toEqual({
      5: '[114 0 R null 114 0 R 15 0 R 14 0 R]',
      13: bodies[13]?.replace('[0 2 15 0 R]', '[114 0 R]'),
      15: bodies[15]?.replace('/P 13 0 R', '/P 114 0 R'),
      114: '<< /Type /StructElem /S /Span /P 13 0 R /Alt (x) /K [0 2 15 0 R] /Pg 3 0 R >>',
    });
  });
  test('twice: the inner one stands nearer', () => {
    const twice = edited((structure) => {
      wrapKids(structure, 13, 'Span', '/Alt (x)');
      wrapKids(structure, 13, 'Quote', '/E (y)');
    });
    expect(twice).toMatchObject({
      5: '[114 0 R null 114 0 R 15 0 R 14 0 R]',
      13: bodies[13]?.replace('[0 2 15 0 R]', '[115 0 R]'),
      114: '<< /Type /StructElem /S /Span /P 115 0 R /Alt (x) /K [0 2 15 0 R] /Pg 3 0 R >>',
      115: '<< /Type /StructElem /S /Quote /P 13 0 R /E (y) /K [114 0 R] /Pg 3 0 R >>',
    });
  });
  test('elements alone, of no page', () => {
    expect(edited((structure) => wrapKids(structure, 10, 'Part', ''))).toEqual({
      10: '<< /Type /StructElem /S /Document /P 99 0 R /K [114 0 R] >>',
      11: bodies[11]?.replace('/P 10 0 R', '/P 114 0 R'),
      16: bodies[16]?.replace('/P 10 0 R', '/P 114 0 R'),
      114: '<< /Type /StructElem /S /Part /P 10 0 R /K [11 0 R 16 0 R] >>',
    });
  });
  test('a content of another page cannot be wrapped', () =>
    expect(() => wrapKids(open(), 14, 'Span', '')).toThrow(
      'an annotation or a content of another page cannot be wrapped',
    ));
  test('an element, among its siblings', () => {
    expect(edited((structure) => wrapElement(structure, 13, 'TOCI'))).toEqual({
      12: bodies[12]?.replace('13 0 R 14', '114 0 R 14'),
      13: bodies[13]?.replace('/P 12 0 R', '/P 114 0 R'),
      114: '<< /Type /StructElem /S /TOCI /P 12 0 R /K [13 0 R] >>',
    });
  });
  test.each([
    ['a page with another key', { 3: '<< /Type /Page /StructParents 7 >>' }],
    ['a page without key', { 3: '<< /Type /Page >>' }],
    ['no parent tree', { 99: '<< /K [10 0 R] >>' }],
  ])('contents of a page whose tags are nowhere: %s', (_, changes) => {
    expect(() => wrapKids(openStructure(objectsOf({ ...bodies, ...changes })), 13, 'Span', '')).toThrow(
      'page object 3 is not in the parent tree',
    );
  });
  test.each([
    ['0', '[0 6 0 R 1 5 0 R 10 6 0 R]', 6],
    ['1', '[0 6 0 R 1 5 0 R]', 5],
    ['11', '[1 6 0 R 11 5 0 R 111 6 0 R]', 5],
    ['6', '[5 6 0 R 6 5 0 R]', 5],
  ])('key %s of the parent tree %s', (key, nums, expected) => {
    const other = {
      ...bodies,
      3: `<< /StructParents ${key} >>`,
      6: bodies[5] ?? '',
      99: `<< /K [10 0 R] /ParentTree << /Nums ${nums} >> >>`,
    };
    const structure = openStructure(objectsOf(other));
    wrapKids(structure, 13, 'Span', '');
    closeStructure(structure);
    expect(changed(structure.file, other)[expected]).toBe('[114 0 R null 114 0 R 15 0 R 14 0 R]');
  });
});

describe('cells', () => {
  test.each<[string, Parameters<typeof setCell>[2], string]>([
    [
      'a header of its row',
      { id: 'sheet-1', headers: ['list-1'] },
      '/S /TH /ID (sheet-1) /P 12 0 R /A << /O /Table /Scope /Row /Headers [(U1x0y0) (U1x1y0) (list-1)] /RowSpan 12 /ColSpan 13 >>',
    ],
    [
      'one that names two more headers',
      { headers: ['a', 'b'] },
      '/S /TD /P 12 0 R /A << /O /Table /Headers [(U1x0y0) (U1x1y0) (a) (b)] /RowSpan 12 /ColSpan 13 >>',
    ],
    [
      'one that names none',
      { headers: [] },
      '/S /TD /P 12 0 R /A << /O /Table /Headers [(U1x0y0) (U1x1y0)] /RowSpan 12 /ColSpan 13 >>',
    ],
  ])('%s keeps spans, kids and page, and loses its looks', (_, change, wanted) => {
    const { 13: cell, ids: tree } = edited((structure) => setCell(structure, 13, change)) as Record<string, string>;
    expect(cell).toBe(`<< /Type /StructElem ${wanted} /K [0 2 15 0 R] /Pg 3 0 R >>`);
    expect(tree?.includes('(sheet-1) 13 0 R') ?? false).toBe('id' in change);
  });
  test('a cell without headers of its own, spans and kids', () => {
    const { 113: cell } = edited((structure) => setCell(structure, 113, { headers: ['x'] })) as Record<string, string>;
    expect(cell).toBe('<< /Type /StructElem /S /TD /P 12 0 R /A << /O /Table /Headers [(x)] >> /K [] >>');
  });
});

test('a role and an attribute of a table', () => {
  const { 11: table, 16: other } = edited((structure) => {
    setTableAttribute(structure, 11, '/Summary (s)');
    setTableAttribute(structure, 16, '/Summary (t)');
    setRole(structure, 16, 'TOC');
  }) as Record<string, string>;
  expect(table).toBe(
    '<< /Type /StructElem /S /Table /P 10 0 R /A [<< /O /Table /Summary (s) >> << /O /Layout >>] /K [12 0 R] >>',
  );
  expect(other).toBe('<< /Type /StructElem /S /TOC /P 10 0 R /A << /O /Table /Summary (t) >> /K [] >>');
});

test('titles lose the characters without a glyph, and nothing else does', () => {
  const before = {
    1: `<< /S /H2 /T ${utf16('\u200b個\u2060票\u200b')} /Alt ${utf16('\u200b個')} >>`,
    2: `<< /S /H2 /T ${utf16('\u2060')} >>`,
    3: `<< /S /H2 /T ${utf16('‐2060 200B')} >>`,
    // U+0206 U+0B20: the digits stand there, but not at a character's place.
    4: '<< /S /H2 /T <FEFF02060B20> >>',
    5: '<< /S /H2 /T (2060) >>',
    8: `<< /S /H2 /T ${utf16('\u0fef\uf200\ub123')} >>`,
    6: `<< /T ${utf16('\u200b')} >>\nstream\nendstream`,
    7: '<< /S /H2 /T (200B) >>',
  };
  const file = objectsOf(before);
  clearTitles(file);
  expect(changed(file, before)).toEqual({
    1: `<< /S /H2 /T ${utf16('個票')} /Alt ${utf16('\u200b個')} >>`,
    2: '<< /S /H2 /T <FEFF> >>',
  });
});
