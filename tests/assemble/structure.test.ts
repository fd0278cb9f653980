import { describe, expect, test } from 'vitest';
import {
  annotationsOf,
  dropCells,
  elementsOf,
  findAll,
  finished,
  kidsOf,
  moveBelow,
  openStructure,
  parentsOf,
  removeElement,
  roleOf,
  type Structure,
  setCell,
  setRole,
  setTableAttribute,
  shareHeaders,
  spanHeading,
  tableAttributes,
  wrapElements,
  wrapKids,
} from '../../src/assemble/structure.ts';
import { objectsOf, utf16 } from './objects.ts';

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
/** The objects that differ after `act`. */
function changed(act: (structure: Structure) => void, own = bodies): Record<number, string> {
  const structure = openStructure(objectsOf(own));
  act(structure);
  parentsOf(structure);
  const numbers = [...structure.file.objects.keys()].filter((number) => number !== 99);
  const all = numbers.map((number) => [number, finished(structure, number)] as const);
  const white = (body: string) => body.replaceAll(/\s+/g, ' ');
  return Object.fromEntries(
    all.filter(([number, body]) => body !== own[number]).map(([number, body]) => [number, white(body)]),
  );
}
const idsAfter = (act: (structure: Structure) => void) => {
  const structure = open();
  act(structure);
  return Object.fromEntries(structure.ids);
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

test('nothing edited: nothing changes', () => expect(changed(() => {})).toEqual({}));

test('what the parent tree holds, by key', () => {
  const structure = open();
  const parents = parentsOf(structure);
  expect([parents.length, parents[1], parents[2], parents[10]]).toEqual([11, 5, 15, 6]);
});

describe('wrapping', () => {
  test('all that an element holds: its kids get another parent, the marked contents another element', () => {
    expect(changed((structure) => wrapKids(structure, 13, 'Span', '/Alt (x)'))).toEqual({
      5: '[114 0 R null 114 0 R 15 0 R 14 0 R]',
      13: bodies[13]?.replace('[0 2 15 0 R]', '[114 0 R]'),
      15: bodies[15]?.replace('/P 13 0 R', '/P 114 0 R'),
      114: '<< /Type /StructElem /S /Span /P 13 0 R /Alt (x) /K [0 2 15 0 R] /Pg 3 0 R >>',
    });
  });
  test('twice: the inner one stands nearer', () => {
    const twice = changed((structure) => {
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
    expect(changed((structure) => wrapKids(structure, 10, 'Part', ''))).toEqual({
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
    expect(changed((structure) => wrapElements(structure, [13], 'TOCI'))).toEqual({
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
    const after = changed((structure) => wrapKids(structure, 13, 'Span', ''), other);
    expect(after[expected]).toBe('[114 0 R null 114 0 R 15 0 R 14 0 R]');
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
    const { 13: cell } = changed((structure) => setCell(structure, 13, change));
    expect(cell).toBe(`<< /Type /StructElem ${wanted} /K [0 2 15 0 R] /Pg 3 0 R >>`);
    const ids = idsAfter((structure) => setCell(structure, 13, change));
    expect(ids['sheet-1']).toBe('id' in change ? 13 : undefined);
  });
  test.each([
    [2, '/Headers [(U1x0y0) (U1x1y0)] /RowSpan 2 /ColSpan 13'],
    [1, '/Headers [(U1x0y0) (U1x1y0)] /ColSpan 13'],
  ])('one that hangs over %i rows is said to span these', (rows, wanted) => {
    const { 13: cell } = changed((structure) => setCell(structure, 13, { headers: [], rows }));
    expect(cell?.replaceAll(/ +/g, ' ')).toContain(wanted);
  });
  test('a header of columns that hangs over both rows of the heading', () => {
    const own = { ...bodies, 16: '<< /Type /StructElem /S /TH /P 12 0 R /A << /O /Table /Scope /Column >> /K [] >>' };
    expect(changed((structure) => spanHeading(structure, 16), own)).toEqual({
      16: own[16].replace('/Column', '/Column /RowSpan 2'),
    });
  });
  test('a cell without headers of its own, spans and kids', () => {
    const { 113: cell } = changed((structure) => setCell(structure, 113, { headers: ['x'] }));
    expect(cell).toBe('<< /Type /StructElem /S /TD /P 12 0 R /A << /O /Table /Headers [(x)] >> /K [] >>');
  });
});

test('a cell with contents of two pages keeps its own', () => {
  const { 14: cell } = changed((structure) => setCell(structure, 14, { headers: [] }));
  expect(cell).toContain('/K [4 << /Type /MCR /Pg 4 0 R /MCID 0 >>] /Pg 3 0 R >>');
});

test('a role and an attribute of a table', () => {
  const { 11: table, 16: other } = changed((structure) => {
    setTableAttribute(structure, 11, '/Summary (s)');
    setTableAttribute(structure, 16, '/Summary (t)');
    setRole(structure, 16, 'TOC');
  });
  expect(table).toBe(
    '<< /Type /StructElem /S /Table /P 10 0 R /A [<< /O /Table /Summary (s) >> << /O /Layout >>] /K [12 0 R] >>',
  );
  expect(other).toBe('<< /Type /StructElem /S /TOC /P 10 0 R /A << /O /Table /Summary (t) >> /K [] >>');
});

describe('rows of one table on several pages', () => {
  const heads = {
    ...bodies,
    13: '<< /Type /StructElem /S /TH /ID (U1x0y0) /P 12 0 R /A << /O /Table /Scope /Column >> /K [0] /Pg 3 0 R >>',
    14: '<< /Type /StructElem /S /TD /P 12 0 R /A << /O /Table /Headers [(U1x0y0) (U12x3y4) (list-1)] >> /K [4] /Pg 3 0 R >>',
    11: '<< /Type /StructElem /S /Table /P 10 0 R /K [17 0 R] >>',
    17: '<< /Type /StructElem /S /TBody /P 11 0 R /K [12 0 R] >>',
  };
  const shared = (act: (structure: Structure) => void = () => {}) => {
    const structure = openStructure(objectsOf(heads));
    act(structure);
    shareHeaders(structure, 11, 'sheet');
    return structure;
  };
  test('name the headings of their columns alike', () => {
    expect(changed((structure) => shareHeaders(structure, 11, 'sheet'), heads)).toEqual({
      13: heads[13].replace('U1x', 'sheet-x'),
      14: heads[14].replace('U1x', 'sheet-x').replace('U12x', 'sheet-x'),
    });
    expect(Object.fromEntries(shared().ids)).toEqual({ 'b/c': 12, 'sheet-x0y0': 13 });
  });
  test('a heading that is dropped names none', () => {
    const dropped = (...places: string[]) =>
      changed((structure) => shareHeaders(structure, 11, 'sheet', places), heads)[14]?.match(/Headers .*?\]/)?.[0];
    expect(dropped('x3y4')).toBe('Headers [(sheet-x0y0) (list-1)]');
    expect(dropped('x0y0')?.replace('[ ', '[')).toBe('Headers [(sheet-x3y4) (list-1)]');
  });
  test('the ID is that of the first table', () => {
    expect(shared(({ ids }) => ids.set('sheet-x0y0', 5)).ids.get('sheet-x0y0')).toBe(5);
  });
});

describe('what is taken out', () => {
  const heading = {
    ...bodies,
    12: '<< /Type /StructElem /S /TR /P 11 0 R /K [13 0 R 14 0 R] >>',
    13: '<< /Type /StructElem /S /TH /ID (U1x0y0) /P 12 0 R /K [] >>',
    14: '<< /Type /StructElem /S /TH /ID (U1x1y0) /P 12 0 R /K [] >>',
  };
  test('has no IDs any more', () => {
    const structure = openStructure(objectsOf(heading));
    structure.ids.set('U1x1y0', 14).set('U2x0y0', 16);
    removeElement(structure, 12);
    expect(Object.fromEntries(structure.ids)).toEqual({ 'b/c': 12, U2x0y0: 16 });
  });
  test('cells are no more in their row, the others stay in order', () => {
    const own = { ...heading, 12: '<< /Type /StructElem /S /TR /P 11 0 R /K [13 0 R 113 0 R 14 0 R] >>' };
    expect(changed((structure) => dropCells(structure, [13, 14]), own)).toEqual({
      12: own[12].replace('13 0 R 113 0 R 14 0 R', '113 0 R'),
    });
    expect(changed((structure) => dropCells(structure, []), own)).toEqual({});
  });
  test('a cell with contents is not dropped', () =>
    expect(() => dropCells(open(), [113, 13])).toThrow('an element with content cannot be removed'));
  test('an ID that another element has by now stays', () => {
    const structure = openStructure(objectsOf(heading));
    structure.ids.set('U1x0y0', 16);
    removeElement(structure, 12);
    expect(structure.ids.get('U1x0y0')).toBe(16);
  });
  test.each([
    ['marked contents', 13],
    ['marked contents further below', 12],
    ['an annotation', 15],
  ])('with %s: a defect', (_, element) =>
    expect(() => removeElement(open(), element)).toThrow('an element with content cannot be removed'),
  );
});

test('what an element is a part of may be known by a name alone', () =>
  expect(changed((structure) => moveBelow(structure, 12, '@list-rows 0 R'))).toEqual({
    12: bodies[12]?.replace('/P 11 0 R', '/P @list-rows 0 R'),
  }));

test.each([
  ['/A << /O /Layout /X 1 >>', '/A << /O /Layout /X 1 >>'],
  ['/A [<< /O /Layout /B [1 2] >> << /O /Table >>]', '/A [<< /O /Layout /B [1 2] >> << /O /Table >>]'],
  ['/A [12 0 R]', '/A [12 0 R]'],
  ['/A [<< /O /Layout /BBox [0 0 1 1.5] /B 2 >>]', '/A [<< /O /Layout  /B 2 >>]'],
  ['', ''],
])('the attributes of a table, but for its place: %j', (attributes, expected) => {
  const own = { ...bodies, 11: `<< /Type /StructElem /S /Table /P 10 0 R ${attributes} /K [12 0 R] >>` };
  expect(tableAttributes(openStructure(objectsOf(own)), 11).trim()).toBe(expected);
});

test.each([
  [`/T ${utf16('\u200b個\u2060票\u200b')} /Alt ${utf16('\u200b個')}`, `/T ${utf16('個票')} /Alt ${utf16('\u200b個')}`],
  [`/T ${utf16('\u2060')}`, '/T <FEFF>'],
  [`/T ${utf16('‐2060 200B')}`, `/T ${utf16('‐2060 200B')}`],
  // U+0206 U+0B20: the digits stand there, but not at a character's place.
  ['/T <FEFF02060B20>', '/T <FEFF02060B20>'],
  // ASCII, which Typst writes as it is, could look like a reference.
  ['/T (2060)', `/T ${utf16('2060')}`],
  ['/T (12 0 R \\(3 2 R\\) \\\\)', `/T ${utf16('12 0 R (3 2 R) \\')}`],
  [`/T ${utf16('\u0fef\uf200\ub123')}`, `/T ${utf16('\u0fef\uf200\ub123')}`],
  ['/T (200B)', `/T ${utf16('200B')}`],
])('a title loses the characters without a glyph, and nothing else does: %s', (title, expected) => {
  const own = { ...bodies, 16: `<< /Type /StructElem /S /H2 ${title} /P 10 0 R >>` };
  expect(finished(openStructure(objectsOf(own)), 16)).toBe(own[16].replace(title, expected));
});
