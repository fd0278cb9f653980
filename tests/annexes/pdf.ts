import { inflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { expect } from 'vitest';
import { type Annex, readAnnex } from '../../src/annexes/annex.ts';
import type { Problem } from '../../src/annexes/problem.ts';
import { writeAnnexes } from '../../src/assemble/annexes/write.ts';
import { documentOf } from '../../src/book/document.ts';
import { paragraph } from '../assemble/chunks.ts';
import { getDocument, type PDFDocumentProxy } from '../pdf/pdfjs.ts';

// Annexes of a few objects, written by hand, and what becomes of them in a document as small.

export interface Stream {
  data: string | Uint8Array;
  entries: string;
}
export type Objects = Record<number, string | Stream>;

export const stream = (data: string | Uint8Array, entries = ''): Stream => ({ data, entries });

/** A PDF of these objects by number, 1 its catalog. */
export function pdf(objects: Objects, trailer = ''): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')];
  const offsets = new Map<number, number>();
  let length = 9;
  const write = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
  };
  for (const [number, object] of Object.entries(objects)) {
    offsets.set(Number(number), length);
    write(`${number} 0 obj\n`);
    if (typeof object === 'string') write(object);
    else {
      write(`<< ${object.entries} /Length ${object.data.length} >>\nstream\n`);
      write(object.data);
      write('\nendstream');
    }
    write('\nendobj\n');
  }
  const size = Math.max(...offsets.keys()) + 1;
  const rows = Array.from({ length: size }, (_, number) =>
    offsets.has(number) ? `${String(offsets.get(number)).padStart(10, '0')} 00000 n \n` : '0000000000 65535 f \n',
  );
  const start = length;
  write(`xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\n`);
  write(`startxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}

export interface Parts {
  content?: string | Uint8Array;
  /** Entries of the page's resources, of the page, of the catalog. */
  resources?: string;
  page?: string;
  catalog?: string;
  /** More, or others in the place of 1 the catalog, 2 the pages, 3 the page, 4 its content. */
  objects?: Objects;
}

/** A PDF of one page of 200 × 300 pt. */
export const onePage = ({ content = '', resources = '', page = '', catalog = '', objects = {} }: Parts): Buffer =>
  pdf({
    1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 4 0 R /Resources << ${resources} >> ${page} >>`,
    4: stream(content),
    ...objects,
  });

/** The same with tags: `tree` as `tagsOf` writes it or, in angle brackets, kids of the root as they stand in a PDF. */
export function tagged(tree: string, { content, catalog = '', objects = {}, ...rest }: Parts = {}): Buffer {
  const kids = tree.startsWith('<') ? tree : elements(tree);
  const marks = [...tree.matchAll(/\[(\d+)\]/g)].map(([, mcid]) => `/P <</MCID ${mcid}>> BDC 0 0 1 1 re f EMC`);
  return onePage({
    content: content ?? marks.join('\n'),
    catalog: `/MarkInfo << /Marked true >> /StructTreeRoot 20 0 R ${catalog}`,
    objects: { 20: `<< /Type /StructTreeRoot /K [${kids}] /RoleMap 21 0 R >>`, 21: '<< >>', ...objects },
    ...rest,
  });
}

/** `H1[0] L(LI(LBody[1]))`: elements with their kids and marked contents. */
const elements = (tree: string): string =>
  tree.replaceAll(/([\w-]+)|\[(\d+)\]|([()])|\s+/g, (all, role, mcid, bracket, index: number) => {
    if (role !== undefined) {
      const next = tree[index + role.length];
      return `<< /Type /StructElem /Pg 3 0 R /S /${role} ${next === '(' || next === '[' ? '' : '>>'}`;
    }
    if (mcid !== undefined) return `/K ${mcid} >>`;
    return bracket === '(' ? '/K [' : bracket === ')' ? '] >>' : all;
  });

/** The header of an ICC profile of a class (prtr, mntr …) for so many channels. */
export function profileOf(kind: string, channels: number, version = 2): Uint8Array {
  const data = Buffer.alloc(160);
  data[8] = version;
  data.write(`${kind}${({ 1: 'GRAY', 3: 'RGB ', 4: 'CMYK' } as Record<number, string>)[channels] ?? 'XYZ '}`, 12);
  data.write('acsp of this press', 36);
  return data;
}

/** "warning annex-cmyk 1ページ" */
export const told = ({ severity, code, actual, expected }: Problem): string =>
  [severity, code, actual, expected && `(${expected})`].filter(Boolean).join(' ');

/** An annex that has no error, as it was read. */
export async function accepted(bytes: Uint8Array, alternative?: string): Promise<Annex & { told: string[] }> {
  const { annex, problems } = await readAnnex(bytes, alternative);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { ...(annex as Annex), told: problems.map(told) };
}

export const problemsOf = async (bytes: Uint8Array, alternative?: string): Promise<string[]> =>
  (await readAnnex(bytes, alternative)).problems.map(told);

const provenance = { plan: '', title: '', revised: '', parts: '', content: '', fonts: '', tool: '' };

const page = paragraph();

export interface Merged {
  bytes: Uint8Array;
  told: string[];
  /** By the objects of pdf-lib. */
  document: PDFDocument;
}

/** An annex between two pages of a document. */
export async function merged(bytes: Uint8Array, alternative?: string): Promise<Merged> {
  const { told, ...annex } = await accepted(bytes, alternative);
  const sizes = annex.pages.map(({ width, height }): [number, number] => [width, height]);
  const written = documentOf(
    [page, { part: 'a', title: '資料', sizes }, page],
    writeAnnexes(new Map([['a', annex]])),
    (merged) => ({
      title: '',
      author: '',
      bookmarks: [merged?.bookmarks.get('a') as never],
      labels: `<< /Nums [0 << /S /D >> ${merged?.labels.map(({ page, label }) => `${page} ${label}`).join(' ')}] >>`,
      attachments: [],
      date: { year: 2030, month: 12, day: 1 },
      provenance,
    }),
  );
  const document = await PDFDocument.load(written, { updateMetadata: false });
  return { bytes: new Uint8Array(written), told, document };
}

/** The document as pdfjs reads it; the annex's first page is its second. */
export async function shown<T>({ bytes }: Merged, look: (pdf: PDFDocumentProxy) => Promise<T>): Promise<T> {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  try {
    return await look(pdf);
  } finally {
    await pdf.destroy();
  }
}

const lookedUp = (document: PDFDocument, object: PDFObject | undefined) =>
  object instanceof PDFRef ? document.context.lookup(object) : object;

/** The object that `path` leads to from the catalog or another dictionary: 'StructTreeRoot/RoleMap'. */
export function at(document: PDFDocument, path: string, from: PDFObject = document.catalog): PDFObject | undefined {
  let object: PDFObject | undefined = from;
  for (const key of path.split('/')) {
    const holder: PDFObject | undefined = object instanceof PDFRawStream ? object.dict : object;
    const found: PDFObject | undefined =
      holder instanceof PDFArray
        ? holder.asArray()[Number(key)]
        : holder instanceof PDFDict
          ? holder.get(PDFName.of(key))
          : undefined;
    object = lookedUp(document, found);
  }
  return object;
}

/** The same of a page of the annex. */
export const ofPage = ({ document }: Merged, path: string, index = 0): PDFObject | undefined =>
  at(document, path, document.getPage(1 + index).node);

/** An object with all that it leads to in the place of references; pages as /Page, lengths left out. */
export function written(document: PDFDocument, object: PDFObject | undefined): string {
  const found = lookedUp(document, object);
  if (found instanceof PDFArray)
    return `[${found
      .asArray()
      .map((item) => written(document, item))
      .join(' ')}]`;
  const dict = found instanceof PDFRawStream ? found.dict : found;
  if (!(dict instanceof PDFDict)) return String(found);
  if (String(dict.get(PDFName.of('Type'))) === '/Page') return '/Page';
  const entries = dict
    .entries()
    .filter(([key]) => !['/Length', '/P'].includes(String(key)))
    .map(([key, value]) => `${key} ${written(document, value)}`);
  return `<< ${entries.map((entry) => `${entry} `).join('')}>>${found === dict ? '' : ' stream'}`;
}

/** The data of a stream, or of a page's streams, its white space made one. */
export function dataOf(document: PDFDocument, object: PDFObject | undefined): string {
  const found = lookedUp(document, object);
  if (found instanceof PDFArray)
    return found
      .asArray()
      .map((item) => dataOf(document, item))
      .join(' ');
  if (!(found instanceof PDFRawStream)) return '';
  const isDeflated = String(found.dict.get(PDFName.of('Filter'))) === '/FlateDecode';
  const data = isDeflated ? inflateSync(found.contents) : Buffer.from(found.contents);
  return data.toString('latin1').replaceAll(/\s+/g, ' ').trim();
}

/** The element that holds the annex. */
export const partOf = ({ document }: Merged): PDFDict => at(document, 'StructTreeRoot/K/0/K/1') as PDFDict;

/**
 * What the annex's tags became, in one line; of links `[link]`, of contents of a form `[form 0]`, of a role that the
 * document explains `Role:meaning`.
 */
export function tagsOf({ document }: Merged, element?: PDFDict): string {
  const part = element ?? partOf({ document } as Merged);
  const kids = at(document, 'K', part);
  const texts = (kids instanceof PDFArray ? kids.asArray() : [kids]).map((kid) => {
    const item = lookedUp(document, kid);
    if (item instanceof PDFNumber) return `[${item}]`;
    const type = String(at(document, 'Type', item));
    if (type === '/OBJR') return '[link]';
    if (type === '/MCR') return `[${at(document, 'Stm', item) ? 'form ' : ''}${at(document, 'MCID', item)}]`;
    return tagsOf({ document } as Merged, item as PDFDict);
  });
  if (element === undefined) return texts.join(' ');
  const name = String(element.get(PDFName.of('S'))).slice(1);
  const meant = at(document, `StructTreeRoot/RoleMap/${name}`);
  const role = meant ? `${name}:${String(meant).slice(1)}` : name;
  const inner = texts.join(' ');
  return inner === '' ? role : /^\[[^\]]*\]$/.test(inner) ? `${role}${inner}` : `${role}(${inner})`;
}
