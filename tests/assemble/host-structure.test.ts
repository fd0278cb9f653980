import { describe, expect, test } from 'vitest';
import { type HostStructure, hostStructure } from '../../src/assemble/annexes/host-structure.ts';
import { host } from './annexes.ts';
import { bodiesOf, changed, objectsOf } from './objects.ts';

/** The entries of the root after `act`, its trees followed. */
function rootAfter(act: (structure: HostStructure) => void, changes: Record<number, string> = {}): string {
  const file = objectsOf({ ...host, ...changes });
  const structure = hostStructure(file);
  act(structure);
  structure.finish();
  const bodies = bodiesOf(file);
  return (bodies[60] ?? '').replaceAll(/(Tree) (\d+) 0 R/g, (_, name, number) => `${name} ${bodies[number]}`);
}
const untouched =
  '<< /Type /StructTreeRoot /K [ 90 0 R ] /ParentTree << /Nums [0 61 0 R 1 62 0 R 2 64 0 R 3 96 0 R 10 63 0 R] >> ' +
  '/ParentTreeNextKey 11 /IDTree << /Names [<553178307930> 95 0 R] >> /RoleMap << /Strong /Span /Title /P >> >>';

test('nothing done: the same trees', () => expect(rootAfter(() => {})).toBe(untouched));

test('keys begin behind those that there are, and are sorted as numbers', () => {
  const keys: number[] = [];
  const root = rootAfter((structure) => {
    keys.push(structure.nextKey(), structure.nextKey());
    structure.setParent(12, '[1 0 R]');
    structure.setParent(9, '2 0 R');
    structure.setParent(11, '[]');
  });
  expect(keys).toEqual([11, 12]);
  expect(root).toContain(
    '/Nums [0 61 0 R 1 62 0 R 2 64 0 R 3 96 0 R 9 2 0 R 10 63 0 R 11 [] 12 [1 0 R]] >> /ParentTreeNextKey 13 ',
  );
  const empty = { 60: '<< /K [90 0 R] /ParentTree << /Nums [] >> >>' };
  expect(rootAfter((structure) => keys.push(structure.nextKey()), empty)).toBe(
    '<< /K [ 90 0 R ] /ParentTree << /Nums [] >> /ParentTreeNextKey 1 >>',
  );
  expect(keys).toEqual([11, 12, 0]);
});

test('a role means one thing: another meaning gets another name', () => {
  const names: string[] = [];
  const root = rootAfter(({ role }) => {
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
  const root = rootAfter(({ attributeClass }) => {
    for (const attributes of ['[<< /O /Layout >>]', '[<< /O /List >>]', '[<< /O /Layout >>]'])
      names.push(attributeClass('C', attributes));
    names.push(attributeClass('A', '[]'));
  });
  expect(names).toEqual(['C', 'C-2', 'C', 'A']);
  expect(root).toContain('/ClassMap << /A [] /C [<< /O /Layout >>] /C-2 [<< /O /List >>] >>');
});

test('classes of the document stay', () => {
  const own = {
    60: '<< /ClassMap << /C [<< /O /List >>] /B << /O /Table >> >> /ParentTree << /Nums [] >> /K 90 0 R >>',
  };
  expect(rootAfter(({ attributeClass }) => attributeClass('C', '[]'), own)).toBe(
    '<< /K 90 0 R /ParentTree << /Nums [] >> /ParentTreeNextKey 0 /ClassMap << /B << /O /Table >> /C [ << /O /List >> ] /C-2 [] >> >>'.replaceAll(
      '[ <<',
      '[ <<',
    ),
  );
});

test('an ID is of one element alone', () => {
  const names: string[] = [];
  const root = rootAfter(({ id }) => {
    for (const wanted of ['note', 'note', 'U1x0y0', 'note', '\xff', 'Z']) names.push(id(wanted, 5 + names.length));
  });
  expect(names).toEqual(['note', 'note-2', 'U1x0y0-2', 'note-3', '\xff', 'Z']);
  expect(root).toContain(
    '/IDTree << /Names [<553178307930> 95 0 R <5531783079302D32> 7 0 R <5A> 10 0 R <6E6F7465> 5 0 R <6E6F74652D32> 6 0 R <6E6F74652D33> 8 0 R <FF> 9 0 R] >>',
  );
});

describe('grafting', () => {
  const graft = (page: number, changes: Record<number, string> = {}) => {
    const file = objectsOf({ ...host, ...changes });
    const structure = hostStructure(file);
    const parent = structure.graft(page, 500);
    structure.finish();
    return { parent, bodies: bodiesOf(file), changes: changed(file, { ...host, ...changes }) };
  };
  test('in the place of the sign on the blank page, which loses its key', () => {
    const { parent, changes } = graft(21);
    expect(parent).toBe(90);
    expect(changes[90]).toBe(host[90]?.replace('[91 0 R 92 0 R', '[91 0 R 500 0 R'));
    expect(Object.values(changes)).toContain('<< /Nums [0 61 0 R 2 64 0 R 3 96 0 R 10 63 0 R] >>');
  });
  test('of the element below the document that the sign stands in', () => {
    const { parent, changes } = graft(23);
    expect(parent).toBe(90);
    expect(changes[90]).toBe(host[90]?.replace('94 0 R', '500 0 R'));
  });
  test('an element whose number begins alike is not meant', () => {
    const { changes } = graft(21, { 90: '<< /S /Document /P 60 0 R /K [192 0 R\n92 0 R] >>' });
    expect(changes[90]).toBe('<< /S /Document /P 60 0 R /K [192 0 R 500 0 R] >>');
    expect(graft(21, { 90: '<< /P 60 0 R /K [92 0 R] >>' }).changes[90]).toBe('<< /P 60 0 R /K [500 0 R] >>');
  });
  test.each<[string, number, Record<number, string>, string]>([
    ['a page without tags', 22, {}, 'no place in the structure tree for the annex on page object 22'],
    ['a page that is not there', 99, {}, 'no place in the structure tree for the annex on page object 99'],
    [
      'a page whose tags are nothing',
      21,
      { 62: '[null]' },
      'no place in the structure tree for the annex on page object 21',
    ],
    [
      'an element outside of the tree',
      21,
      { 92: '<< /P 9 0 R >>' },
      'no place in the structure tree for the annex on page object 21',
    ],
    [
      'an element below the root',
      21,
      { 92: '<< /P 60 0 R >>' },
      'no place in the structure tree for the annex on page object 21',
    ],
    [
      'an element that its parent does not know',
      21,
      { 90: '<< /P 60 0 R /K [91 0 R] >>' },
      'element 92 is no kid of 90',
    ],
  ])('%s: a defect', (_, page, changes, message) => expect(() => graft(page, changes)).toThrow(message));
});

test.each([
  ['no tree', { 1: '<< /Type /Catalog >>' }, 'no StructTreeRoot where Typst is known to write one'],
  ['a tree that is no dictionary', { 60: '[]' }, 'no structure tree where Typst is known to write one'],
  [
    'a parent tree of several nodes',
    { 60: '<< /ParentTree << /Kids [] >> >>' },
    'no flat Nums where Typst is known to write them',
  ],
  ['an ID tree of several nodes', { 60: '<< /ParentTree << /Nums [] >> /IDTree << /Kids [] >> >>' }, 'no flat Names'],
])('%s: a defect', (_, changes, message) =>
  expect(() => hostStructure(objectsOf({ ...host, ...changes }))).toThrow(message),
);
