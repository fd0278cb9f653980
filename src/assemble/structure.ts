import { add, type PdfObjects, referred, text, textString } from './objects.ts';

/**
 * The structure tree of a file as Typst writes it (ISO 32000-1, 14.7), open for edits. An element is known by its
 * object number; a kid is written "12 0 R" (an element), "34" (marked content) or "<< … >>" (an annotation).
 */
export interface Structure {
  file: PdfObjects;
  root: number;
  document: number;
  /** What the parent tree holds: object numbers by key. */
  tree: ReadonlyMap<number, number>;
  /** Elements as read or edited, and other objects as they will be. */
  bodies: Map<number, string>;
  /** The elements of a page's marked contents by MCID, as references; by object number of the page. */
  contents: Map<number, string[]>;
  /** Elements by ID. */
  ids: Map<string, number>;
}

export function openStructure(file: PdfObjects): Structure {
  const root = referred(text(file, file.root), 'StructTreeRoot');
  const tree = treeOf(file, root);
  const structure: Structure = {
    file,
    root,
    document: 0,
    tree,
    bodies: new Map(),
    contents: new Map(),
    ids: new Map(),
  };
  const document = elementsOf(structure, root)[0];
  const names = /\/IDTree <<\s*\/Names \[([^\]]*)\]/.exec(text(file, root))?.[1] ?? '';
  if (document === undefined) throw new Error('no structure tree where Typst is known to write one');
  for (const [, id = '', number] of names.matchAll(/\((\S+)\) (\d+) 0 R/g)) structure.ids.set(id, Number(number));
  return { ...structure, document };
}

/** What the parent tree holds for each key, as object numbers; the elements of a page's marked contents are those of the edits. */
export function parentsOf({ bodies, contents, tree, ...structure }: Structure): number[] {
  for (const [page, list] of contents)
    bodies.set(parentOf({ ...structure, tree }, page), `[${Array.from(list, (entry) => entry ?? 'null').join(' ')}]`);
  const parents: number[] = [];
  for (const [key, number] of tree) parents[key] = number;
  return parents;
}

/** An object as the edits left it. */
export function finished({ file, bodies }: Structure, number: number): string {
  const body = bodies.get(number) ?? text(file, number);
  if (body.includes('/T <FEFF')) return withoutJoints(body);
  return body.includes('/T (')
    ? body.replace(/\/T \(((?:[^()\\]|\\.)*)\)/, (_, title) => `/T ${hexadecimal(title)}`)
    : body;
}

/** A literal string of ASCII (ISO 32000-1, 7.3.4.2) as a hexadecimal one, which looks like no reference. */
const hexadecimal = (literal: string): string => textString(literal.replaceAll(/\\(.)/g, '$1'));

/** U+200B and U+2060, by which the templates set signs side by side, have no glyph; Typst names headings (/T) with them. */
const withoutJoints = (element: string): string =>
  element.replace(/\/T <FEFF([0-9A-F]*)>/, (title) => title.replaceAll(/(?<=<FEFF(?:.{4})*)(?:200B|2060)/g, ''));

function read({ file, bodies }: Structure, element: number): string {
  const known = bodies.get(element);
  if (known !== undefined) return known;
  const body = text(file, element);
  bodies.set(element, body);
  return body;
}

function edit(structure: Structure, element: number, change: (body: string) => string): void {
  structure.bodies.set(element, change(read(structure, element)));
}

export const roleOf = (structure: Structure, element: number): string =>
  /\/S \/(\w+)/.exec(read(structure, element))?.[1] ?? '';

export function kidsOf(structure: Structure, element: number): string[] {
  const kids = /\/K \[([^\]]*)\]/.exec(read(structure, element))?.[1] ?? '';
  return kids.match(/\d+ 0 R|<<[^>]*>>|\d+/g) ?? [];
}

const isReference = (kid: string) => kid.endsWith(' R');

export const elementsOf = (structure: Structure, element: number): number[] =>
  kidsOf(structure, element).filter(isReference).map(Number.parseFloat);

/** The elements of `role` below `element`, in reading order; none inside another. */
export function findAll(structure: Structure, element: number, role: string): number[] {
  return elementsOf(structure, element).flatMap((child) =>
    roleOf(structure, child) === role ? [child] : findAll(structure, child, role),
  );
}

/** Puts a new element, with `entries`, between `element` and all that it holds. */
export function wrapKids(structure: Structure, element: number, role: string, entries: string): void {
  const { file } = structure;
  const body = read(structure, element);
  const page = /\/Pg (\d+) 0 R/.exec(body)?.[1];
  const kids = kidsOf(structure, element);
  const inner = add(
    file,
    `<< /Type /StructElem /S /${role} /P ${element} 0 R ${entries} /K [${kids.join(' ')}]` +
      `${page === undefined ? '' : ` /Pg ${page} 0 R`} >>`,
  );
  edit(structure, element, () => body.replace(/\/K \[[^\]]*\]/, `/K [${inner} 0 R]`));
  for (const kid of kids) {
    if (isReference(kid)) setParent(structure, Number.parseFloat(kid), inner);
    else if (!kid.startsWith('<<')) contentsOf(structure, Number(page))[Number(kid)] = `${inner} 0 R`;
    else throw new Error('an annotation or a content of another page cannot be wrapped');
  }
}

/** Puts a new element, with `entries`, into `element`, which holds nothing. */
export function fill(structure: Structure, element: number, role: string, entries: string): void {
  const inner = add(structure.file, `<< /Type /StructElem /S /${role} /P ${element} 0 R ${entries} /K [] >>`);
  edit(structure, element, (body) =>
    body.includes('/K [')
      ? body.replace('/K [', `/K [${inner} 0 R`)
      : body.replace(/\s*>>\s*$/, ` /K [${inner} 0 R] >>`),
  );
}

/** Puts a new element between neighbours and their parent. */
export function wrapElements(structure: Structure, elements: readonly number[], role: string): void {
  const { file } = structure;
  const [first = 0, ...others] = elements;
  const parent = referred(read(structure, first), 'P');
  const kids = elements.map((element) => `${element} 0 R`);
  const outer = add(file, `<< /Type /StructElem /S /${role} /P ${parent} 0 R /K [${kids.join(' ')}] >>`);
  const left = new Set(others.map((element) => `${element} 0 R`));
  const all = kidsOf(structure, parent).filter((kid) => !left.has(kid));
  const list = all.map((kid) => (kid === kids[0] ? `${outer} 0 R` : kid)).join(' ');
  edit(structure, parent, (body) => body.replace(/\/K \[[^\]]*\]/, `/K [${list}]`));
  for (const element of elements) setParent(structure, element, outer);
}

export function setRole(structure: Structure, element: number, role: string): void {
  edit(structure, element, (body) => body.replace(/\/S \/\w+/, `/S /${role}`));
}

/** What a table cell becomes (ISO 32000-1, 14.8.5.7): a header of its row if so named, with further headers; `rows` that it spans. */
export function setCell(
  structure: Structure,
  cell: number,
  { id, headers, rows }: { id?: string; headers: readonly string[]; rows?: number },
): void {
  const body = read(structure, cell);
  const found = (pattern: RegExp) => pattern.exec(body)?.[0] ?? '';
  const own = /\/Headers \[([^\]]*)\]/.exec(body)?.[1] ?? '';
  const all = [own, ...headers.map((header) => `(${header})`)].filter((header) => header !== '').join(' ');
  if (id !== undefined) structure.ids.set(id, cell);
  // Borders and colours, which Typst notes as attributes too, say nothing to a reader: a third of the file's objects.
  const parts = [
    `/Type /StructElem /S ${id === undefined ? '/TD' : `/TH /ID (${id})`} ${found(/\/P \d+ 0 R/)}`,
    `/A << /O /Table${id === undefined ? '' : ' /Scope /Row'} /Headers [${all}]`,
    `${rows === undefined ? found(/\/RowSpan \d+/) : rows > 1 ? `/RowSpan ${rows}` : ''} ${found(/\/ColSpan \d+/)} >>`,
    `${found(/\/K \[[^\]]*\]/)} ${found(/\/Pg \d+ 0 R(?=\s*>>\s*$)/)}`,
  ];
  edit(structure, cell, () => `<< ${parts.join(' ')} >>`);
}

/** Names the header cells of a table, and what names them, as those of the same columns on other pages; `dropped` ones, as x0y1, no more. */
export function shareHeaders(structure: Structure, table: number, name: string, dropped: readonly string[] = []): void {
  const own = / ?\(U\d+(x\d+y\d+)\)/g;
  const shared = (header: string, place: string) =>
    dropped.includes(place) ? '' : `${header.startsWith(' ') ? ' ' : ''}(${name}-${place})`;
  for (const part of elementsOf(structure, table))
    for (const row of elementsOf(structure, part))
      for (const cell of elementsOf(structure, row)) {
        const body = read(structure, cell);
        const id = /\/ID \((U\d+)(x\d+y\d+)\)/.exec(body);
        if (id) {
          structure.ids.delete(`${id[1]}${id[2]}`);
          // Of the first table, which keeps its heading.
          if (!structure.ids.has(`${name}-${id[2]}`)) structure.ids.set(`${name}-${id[2]}`, cell);
        }
        structure.bodies.set(cell, body.replaceAll(own, shared));
      }
}

/** Makes a header of columns one of both rows of the heading. */
export function spanHeading(structure: Structure, header: number): void {
  edit(structure, header, (body) => body.replace('/Scope /Column', '$& /RowSpan 2'));
}

/** Takes cells that hold nothing out of their row. */
export function dropCells(structure: Structure, cells: readonly number[]): void {
  const [first] = cells;
  if (first === undefined) return;
  for (const cell of cells) removeElement(structure, cell);
  const dropped = new Set(cells.map((cell) => `${cell} 0 R`));
  const row = referred(read(structure, first), 'P');
  const kept = kidsOf(structure, row).filter((kid) => !dropped.has(kid));
  edit(structure, row, (body) => body.replace(/\/K \[[^\]]*\]/, `/K [${kept.join(' ')}]`));
}

/** Takes `element` out of the tree, which holds nothing that is read. */
export function removeElement(structure: Structure, element: number): void {
  const visit = (inner: number): void => {
    const id = /\/ID \((\S+)\)/.exec(read(structure, inner))?.[1];
    if (id !== undefined && structure.ids.get(id) === inner) structure.ids.delete(id);
    for (const kid of kidsOf(structure, inner)) {
      if (!isReference(kid)) throw new Error('an element with content cannot be removed');
      visit(Number.parseFloat(kid));
    }
  };
  visit(element);
}

/** Puts what `element` is a part of where `parent` says: an object, or what is known by a name only at the join. */
export function moveBelow(structure: Structure, element: number, parent: string): void {
  edit(structure, element, (body) => body.replace(/\/P \d+ 0 R/, `/P ${parent}`));
}

/** The attributes of a table, as they are written, without the place of what is on its first page only. */
export const tableAttributes = (structure: Structure, table: number): string =>
  (/\/A .*?(?=\/K \[)/s.exec(read(structure, table))?.[0] ?? '').replace(/\/BBox \[[^\]]*\]/, '');

/** Adds an attribute of the owner Table. */
export function setTableAttribute(structure: Structure, table: number, attribute: string): void {
  edit(structure, table, (body) =>
    body.includes('/A [')
      ? body.replace('/A [', `/A [<< /O /Table ${attribute} >> `)
      : body.replace(/\/K \[/, `/A << /O /Table ${attribute} >> /K [`),
  );
}

/** The annotations of a Link. */
export const annotationsOf = (structure: Structure, link: number): number[] =>
  kidsOf(structure, link).flatMap((kid) => {
    const annotation = /\/Obj (\d+) 0 R/.exec(kid)?.[1];
    return annotation === undefined ? [] : [Number(annotation)];
  });

function setParent(structure: Structure, element: number, parent: number): void {
  edit(structure, element, (body) => body.replace(/\/P \d+ 0 R/, `/P ${parent} 0 R`));
}

function contentsOf(structure: Structure, page: number): string[] {
  const { file, contents } = structure;
  const known = contents.get(page);
  if (known) return known;
  const parents = text(file, parentOf(structure, page)).match(/\d+ 0 R|null/g) ?? [];
  contents.set(page, parents);
  return parents;
}

/** What the parent tree holds: object numbers by key (ISO 32000-1, 14.7.4.4). */
function treeOf(file: PdfObjects, root: number): Map<number, number> {
  const entries = /\/ParentTree <<\s*\/Nums \[([^\]]*)\]/.exec(text(file, root))?.[1] ?? '';
  return new Map([...entries.matchAll(/(\d+) (\d+) 0 R/g)].map(([, key, number]) => [Number(key), Number(number)]));
}

/** The object that holds a page's part of the parent tree. */
function parentOf({ file, tree }: Pick<Structure, 'file' | 'tree'>, page: number): number {
  const found = tree.get(Number(/\/StructParents (\d+)/.exec(text(file, page))?.[1]));
  if (found === undefined) throw new Error(`page object ${page} is not in the parent tree`);
  return found;
}
