import type { Chunk } from './chunk.ts';
import type { ChunkKid } from './chunk-kids.ts';
import { add, type PdfObjects, put } from './objects.ts';
import type { ChunkToPack } from './pack-chunk.ts';
import type { SharedNumbers, SharedTable } from './references.ts';
import { type JoinedStructure, typstRoles } from './structure-tree.ts';

/** Pages that a foreign PDF gives; width and height in pt. */
export interface AnnexPages {
  part: string;
  title: string;
  sizes: readonly [width: number, height: number][];
}

/** Where an annex goes: its pages are there already, by their numbers alone. */
export interface JoinedAnnex {
  /** Its path, as data.parts names it. */
  part: string;
  title: string;
  /** Index of its first page. */
  first: number;
  pages: number[];
}

/** A document all of whose pages are known; what it says of itself and what lies beside its pages is yet to come. */
export interface Joined {
  /** What the chunks share; object 1 will be the catalog, 2 the information. */
  file: PdfObjects;
  chunks: ChunkToPack[];
  pages: { number: number; height: number }[];
  /** Where bookmarks and links lead to; `page` by its object. */
  places: ReadonlyMap<string, { page: number; height: number; x: number; y: number }>;
  structure: JoinedStructure;
  annexes: JoinedAnnex[];
  /** The ICC profile of sRGB; 0 where no page is drawn. */
  profile: number;
}

const numbers = { catalog: 1, info: 2, pages: 3, root: 4, document: 5 } as const;
const tables: readonly SharedTable[] = ['list', 'sheets', 'history'];

/** Joins pages in the order of `sections`: one page tree, one structure tree. */
export function joinChunks(sections: readonly (Chunk | AnnexPages)[]): Joined {
  const file: PdfObjects = {
    objects: new Map(),
    next: numbers.document + 1,
    root: numbers.catalog,
    info: numbers.info,
    id: '',
  };
  const chunks = sections.filter((section): section is Chunk => 'objects' in section);
  const shared: Record<string, number> = { pages: numbers.pages, document: numbers.document };
  for (const name of sharedNames(chunks)) shared[name] = file.next++;

  const structure: JoinedStructure = {
    pages: numbers.pages,
    root: numbers.root,
    document: numbers.document,
    kids: [],
    ids: new Map(),
    parents: new Map(),
    roles: new Map(typstRoles),
    classes: new Map(),
  };
  const tree = new SharedElements(shared);
  const pages: Joined['pages'] = [];
  const places = new Map<string, Joined['places'] extends ReadonlyMap<string, infer Place> ? Place : never>();
  const annexes: Joined['annexes'] = [];
  const toPack: ChunkToPack[] = [];
  let firstKey = 0;
  let profile = 0;
  for (const section of sections) {
    if (!('objects' in section)) {
      const { part, title, sizes } = section;
      const own = sizes.map(([width, height]) => ({ number: annexPage(file, width, height), height }));
      annexes.push({ part, title, first: pages.length, pages: own.map(({ number }) => number) });
      pages.push(...own);
      structure.kids.push(part);
      continue;
    }
    const first = file.next;
    const at = (number: number) => first + number - 1;
    file.next += section.objects.length;
    profile ||= at(section.profile);
    toPack.push({ objects: section.objects, first, firstKey, shared });
    for (const { id, page, x, y } of section.anchors) {
      const found = section.pages[page - 1];
      if (found && !places.has(id)) places.set(id, { page: at(found.number), height: found.height, x, y });
    }
    pages.push(...section.pages.map(({ number, height }) => ({ number: at(number), height })));
    structure.kids.push(...section.kids.flatMap((kid) => tree.take(kid, at)));
    for (const [id, number] of section.ids) structure.ids.set(id, at(number));
    for (const number of section.parents) structure.parents.set(firstKey++, `${at(number)} 0 R`);
  }
  tree.write(file);
  put(
    file,
    numbers.pages,
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map(({ number }) => `${number} 0 R`).join(' ')}] >>`,
  );
  return { file, chunks: toPack, pages, places, structure, annexes, profile };
}

/** A page that an annex fills. */
const annexPage = (file: PdfObjects, width: number, height: number): number =>
  add(file, `<< /Type /Page /Parent ${numbers.pages} 0 R /MediaBox [0 0 ${width} ${height}] >>`);

function sharedNames(chunks: readonly Chunk[]): string[] {
  const kids = chunks.flatMap((chunk) => chunk.kids);
  const columns = new Set(kids.flatMap((kid) => (kid.kind === 'column' ? [kid.column] : [])));
  return [
    ...tables
      .filter((table) => kids.some((kid) => kid.kind === 'table' && kid.table === table))
      .flatMap((table) => [`${table}-table`, `${table}-rows`]),
    ...[...columns].sort((a, b) => a - b).map((column) => `toc-${column}`),
  ];
}

/** Elements whose kids come from several chunks. */
class SharedElements {
  readonly #shared: SharedNumbers;
  /** By name: what is written of each besides its kids. */
  readonly #elements = new Map<string, { entries: string; kids: number[] }>();

  constructor(shared: SharedNumbers) {
    this.#shared = shared;
  }

  /** Takes what a chunk has of it; returns the numbers of the elements that stand here for the first time. */
  take(kid: ChunkKid, at: (number: number) => number): number[] {
    const elements = kid.elements.map(at);
    if (kid.kind === 'element') return elements;
    const name = kid.kind === 'table' ? `${kid.table}-rows` : `toc-${kid.column}`;
    const known = this.#elements.get(name);
    if (known) {
      known.kids.push(...elements);
      return [];
    }
    if (kid.kind === 'column') {
      this.#elements.set(name, { entries: `/S /TOC /P ${numbers.document} 0 R`, kids: elements });
      return [this.#number(name)];
    }
    const table = `${kid.table}-table`;
    this.#elements.set(name, { entries: `/S /TBody /P ${this.#number(table)} 0 R`, kids: elements });
    this.#elements.set(table, {
      entries: `/S /Table /P ${numbers.document} 0 R ${kid.attributes}`,
      kids: [...kid.head.map(at), this.#number(name)],
    });
    return [this.#number(table)];
  }

  write(file: PdfObjects): void {
    for (const [name, { entries, kids }] of this.#elements)
      put(
        file,
        this.#number(name),
        `<< /Type /StructElem ${entries} /K [${kids.map((number) => `${number} 0 R`).join(' ')}] >>`,
      );
  }

  #number(name: string): number {
    return this.#shared[name] as number;
  }
}
