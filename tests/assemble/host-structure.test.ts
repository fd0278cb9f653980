import { describe, expect, test } from 'vitest';
import { type HostStructure, hostStructure } from '../../src/assemble/annexes/host-structure.ts';
import type { PdfObjects } from '../../src/assemble/objects.ts';
import { type JoinedStructure, writeStructureTree } from '../../src/assemble/structure-tree.ts';
import { joinedStructure } from './annexes.ts';
import { bodiesOf, objectsOf } from './objects.ts';

/** The objects of the trees after `act`: 60 their root, 90 the document's element. */
function treesAfter(act: (structure: HostStructure) => void, own: Partial<JoinedStructure> = {}) {
  const structure = { ...joinedStructure(), ...own };
  act(hostStructure(structure));
  structure.kids = structure.kids.map((kid) => (typeof kid === 'string' ? 400 : kid));
  const file: PdfObjects = objectsOf({ 1: '' });
  writeStructureTree(file, structure);
  return { root: bodiesOf(file)[60] ?? '', document: bodiesOf(file)[90] ?? '' };
}

test('nothing done: the same trees', () =>
  expect(treesAfter(() => {})).toEqual({
    root:
      '<< /Type /StructTreeRoot /K [90 0 R] /RoleMap << /Strong /Span /Title /P >> ' +
      '/IDTree << /Names [<553178307930> 95 0 R] >> ' +
      '/ParentTree << /Nums [0 61 0 R 1 64 0 R 2 96 0 R] >> /ParentTreeNextKey 3 >>',
    document: '<< /Type /StructElem /S /Document /P 60 0 R /K [91 0 R 400 0 R 400 0 R 95 0 R] >>',
  }));

test('a page stands below the node of all pages', () => expect(hostStructure(joinedStructure()).node).toBe(30));

test('keys begin behind those that there are, and are sorted as numbers', () => {
  const keys: number[] = [];
  const parents = new Map(Array.from({ length: 10 }, (_, key) => [key, `${20 + key} 0 R`]));
  const { root } = treesAfter(
    (structure) => {
      keys.push(structure.nextKey(), structure.nextKey(), structure.nextKey());
      structure.setParent(12, '[1 0 R]');
      structure.setParent(10, '2 0 R');
      structure.setParent(11, '[]');
    },
    { parents },
  );
  expect(keys).toEqual([10, 11, 12]);
  expect(root).toContain(' 8 28 0 R 9 29 0 R 10 2 0 R 11 [] 12 [1 0 R]] >> /ParentTreeNextKey 13 ');
  treesAfter((structure) => keys.push(structure.nextKey()), { parents: new Map() });
  expect(keys).toEqual([10, 11, 12, 0]);
});

test('a role means one thing: another meaning gets another name', () => {
  const names: string[] = [];
  const { root } = treesAfter(({ role }) => {
    for (const [wanted, standard] of [
      ['P', 'P'],
      ['Title', 'P'],
      ['Title', 'H1'],
      ['Title', 'H2'],
      ['Title', 'H1'],
      ['Body', 'P'],
    ])
      names.push(role(wanted as string, standard as string));
  });
  expect(names).toEqual(['P', 'Title', 'Title-2', 'Title-3', 'Title-2', 'Body']);
  expect(root).toContain('/RoleMap << /Body /P /Strong /Span /Title /P /Title-2 /H1 /Title-3 /H2 >>');
});

test('so does a class', () => {
  const names: string[] = [];
  const { root } = treesAfter(({ attributeClass }) => {
    for (const attributes of ['[<< /O /Layout >>]', '[<< /O /List >>]', '[<< /O /Layout >>]'])
      names.push(attributeClass('C', attributes));
    names.push(attributeClass('A', '[]'));
  });
  expect(names).toEqual(['C', 'C-2', 'C', 'A']);
  expect(root).toContain('/ClassMap << /A [] /C [<< /O /Layout >>] /C-2 [<< /O /List >>] >>');
});

test('classes of the document stay', () => {
  const classes = new Map([
    ['C', '[<< /O /List >>]'],
    ['B', '<< /O /Table >>'],
  ]);
  expect(treesAfter(({ attributeClass }) => attributeClass('C', '[]'), { classes }).root).toContain(
    '/ClassMap << /B << /O /Table >> /C [<< /O /List >>] /C-2 [] >>',
  );
});

test('an ID is of one element alone', () => {
  const names: string[] = [];
  const { root } = treesAfter(({ id }) => {
    for (const wanted of ['note', 'note', 'U1x0y0', 'note', '\xff', 'Z']) names.push(id(wanted, 5 + names.length));
  });
  expect(names).toEqual(['note', 'note-2', 'U1x0y0-2', 'note-3', '\xff', 'Z']);
  expect(root).toContain(
    '/IDTree << /Names [<553178307930> 95 0 R <5531783079302D32> 7 0 R <5A> 10 0 R <6E6F7465> 5 0 R <6E6F74652D32> 6 0 R <6E6F74652D33> 8 0 R <FF> 9 0 R] >>',
  );
});

describe('grafting', () => {
  test('where the pages of the annex stand', () => {
    const parents: number[] = [];
    const { document } = treesAfter(({ graft }) => parents.push(graft('b.pdf', 500), graft('a.pdf', 501)));
    expect(parents).toEqual([90, 90]);
    expect(document).toContain('/K [91 0 R 501 0 R 500 0 R 95 0 R]');
  });
  test('an annex that stands nowhere, or twice, is a defect', () => {
    const { graft } = hostStructure(joinedStructure());
    expect(() => graft('c.pdf', 500)).toThrow('no place in the structure tree for the annex c.pdf');
    graft('a.pdf', 500);
    expect(() => graft('a.pdf', 501)).toThrow('no place in the structure tree for the annex a.pdf');
  });
});

test('an annex that was not grafted is a defect', () =>
  expect(() => writeStructureTree(objectsOf({ 1: '' }), joinedStructure())).toThrow('the annex a.pdf has no tags'));
