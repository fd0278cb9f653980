import { type Dictionary, fail, integer, isDictionary, Reference, textOf, type Value } from './strict-file.ts';
import type { Lookup } from './strict-rules.ts';

const standard = new Set(
  (
    'Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody ' +
    'Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form'
  ).split(' '),
);
const numberOf = (value: Value | undefined): number => (value instanceof Reference ? value.number : -1);
const itemsOf = (value: Value | undefined): Value[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** The structure tree (14.7), its ID tree and its parent tree say the same of every content, link and header. */
export function checkStructure({ file, follow, dict, list, tree }: Lookup, catalog: Dictionary, pages: number[]): void {
  const rootNumber = numberOf(catalog.get('StructTreeRoot'));
  const root = dict(catalog.get('StructTreeRoot'), 'StructTreeRoot');
  const roles = dict(root.get('RoleMap') ?? new Map(), 'RoleMap');
  const classes = dict(root.get('ClassMap') ?? new Map(), 'ClassMap');
  for (const [role, meaning] of roles)
    if (standard.has(role) || !standard.has(String(meaning).slice(1))) fail(`the role ${role}`);

  /** The element of each marked content, by the page or form that holds it; of each annotation. */
  const contents = new Map<number, number[]>();
  const annotations = new Map<number, number>();
  const ids = new Map<string, number>();
  const headers: string[] = [];
  const heads = new Set<string>();
  const seen = new Set<number>();
  const visit = (number: number, parent: number): void => {
    if (seen.has(number)) fail(`element ${number} stands twice in the tree`);
    seen.add(number);
    const element = dict(new Reference(number), 'an element');
    if (numberOf(element.get('P')) !== parent) fail(`the parent of element ${number}`);
    if (element.get('Type') !== '/StructElem') fail(`element ${number}`);
    const role = String(element.get('S')).slice(1);
    if (!standard.has(role) && !roles.has(role)) fail(`the role ${role} of element ${number}`);
    for (const key of ['T', 'Alt', 'ActualText', 'E', 'Lang'])
      if (element.has(key)) textOf(element.get(key), `${key} of element ${number}`);
    for (const name of itemsOf(follow(element.get('C'))))
      if (!classes.has(String(name).slice(1))) fail(`the class ${name}`);
    const id = element.get('ID');
    if (Buffer.isBuffer(id)) {
      if (ids.has(id.toString('latin1'))) fail(`the ID ${id} twice`);
      ids.set(id.toString('latin1'), number);
      if (role === 'TH') heads.add(id.toString('latin1'));
    } else if (id !== undefined) fail('an ID that is no string');
    for (const item of itemsOf(follow(element.get('A')))) {
      const attributes = dict(item, 'attributes');
      if (!attributes.has('O')) fail('attributes without owner');
      for (const header of itemsOf(attributes.get('Headers'))) headers.push(String(header));
    }
    for (const kid of itemsOf(follow(element.get('K')))) {
      if (kid instanceof Reference) visit(kid.number, number);
      else if (isDictionary(kid) && kid.get('Type') === '/OBJR') {
        const target = numberOf(kid.get('Obj'));
        if (annotations.has(target)) fail(`annotation ${target} has two elements`);
        annotations.set(target, number);
        if (!pages.includes(numberOf(kid.get('Pg')))) fail('the page of an annotation');
      } else {
        const isReference = isDictionary(kid) && kid.get('Type') === '/MCR';
        const mcid = integer(isReference ? kid.get('MCID') : kid, `a kid of element ${number}`);
        const page = numberOf((isReference ? kid.get('Pg') : undefined) ?? element.get('Pg'));
        if (!pages.includes(page)) fail(`the page of element ${number}`);
        const place = isReference && kid.has('Stm') ? numberOf(kid.get('Stm')) : page;
        const own = contents.get(place) ?? [];
        contents.set(place, own);
        if (own[mcid] !== undefined) fail(`content ${mcid} of ${place} has two elements`);
        own[mcid] = number;
      }
    }
  };
  const [document, ...more] = itemsOf(follow(root.get('K')));
  if (more.length > 0 || dict(document, 'the document').get('S') !== '/Document') fail('not one Document');
  visit(numberOf(document), rootNumber);

  const idTree = root.has('IDTree') ? tree(root.get('IDTree'), 'Names') : [];
  const known = new Map(idTree.map(([id, element]) => [String(id), numberOf(element)]));
  if (known.size !== ids.size || [...ids].some(([id, element]) => known.get(id) !== element)) fail('the ID tree');
  for (const header of headers) if (!heads.has(header)) fail(`no header cell ${header}`);

  const parents = new Map(tree(root.get('ParentTree'), 'Nums').map(([key, entry]) => [Number(key), entry]));
  if (!(integer(root.get('ParentTreeNextKey'), 'ParentTreeNextKey') > Math.max(-1, ...parents.keys())))
    fail('ParentTreeNextKey');
  const used = new Set<number>();
  const take = (key: Value | undefined): Value => {
    const number = integer(key, 'a key of the parent tree');
    if (used.has(number)) fail(`key ${number} of the parent tree twice`);
    used.add(number);
    return parents.get(number) ?? fail(`no key ${number} in the parent tree`);
  };
  for (const [number, { value }] of file.objects) {
    if (!isDictionary(value)) continue;
    if (value.has('StructParents')) {
      const found = list(take(value.get('StructParents')), 'a page in the parent tree').map(numberOf);
      const own = Array.from(contents.get(number) ?? [], (element) => element ?? -1);
      if (String(found) !== String(own)) fail(`the parent tree of ${number} is ${found}, not ${own}`);
      contents.delete(number);
    }
    if (value.has('StructParent')) {
      if (numberOf(take(value.get('StructParent'))) !== annotations.get(number)) fail(`the element of link ${number}`);
      annotations.delete(number);
    }
  }
  if (contents.size > 0) fail(`contents of ${[...contents.keys()]} without a parent tree`);
  if (annotations.size > 0) fail(`links ${[...annotations.keys()]} without a parent tree`);
  if (used.size !== parents.size) fail('a key of the parent tree that nothing has');
  for (const page of pages) {
    const entries = dict(new Reference(page), 'a page');
    if (!entries.has('StructParents')) fail(`page ${page} is not in the parent tree`);
    for (const annotation of list(entries.get('Annots') ?? [], 'Annots'))
      if (!dict(annotation, 'a link').has('StructParent')) fail('a link without element');
  }
}
