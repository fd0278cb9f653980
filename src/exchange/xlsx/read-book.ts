// A workbook (.xlsx) read, whatever program wrote it: ECMA-376, transitional and strict. Our own, since a library's rows
// are as long and as wide as the last cell that has a border.
import { statSync } from 'node:fs';
import { readWhole } from '../../files.ts';
import type { ReadBook, ReadSheet } from './book.ts';
import { openBook } from './container.ts';
import { formatOf, type NumberFormat } from './formats.ts';
import { BookProblem } from './problem.ts';
import { type Shared, sheetReader } from './sheet.ts';
import { stringsReader } from './strings.ts';
import { type Handler, readXml } from './xml.ts';
import { type Archive, limits, unpackPieces } from './zip.ts';

export { BookProblem } from './problem.ts';

/** Filled cells of a workbook: a hundred for each year and measure of 1,000 measures */
const cellLimit = 500_000;
const sheetLimit = 2_000;
/** Of a sheet; more are not told one by one */
const mostComments = 1_000;
/** Of what a part refers to, and of styles: Excel has 65,490. */
const listLimit = 100_000;
/** Signs of a number format: Excel takes 255. */
const formatLimit = 1_000;

/** Throws a BookProblem for whatever cannot be read. */
export async function readBook(bytes: Uint8Array): Promise<ReadBook> {
  const archive = openBook(bytes);
  const root = await relationsOf(archive, '');
  const path = root.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const workbook = await workbookOf(archive, path);
  const relations = await relationsOf(archive, path);
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.target;
  const shared: Shared = {
    strings: await stringsOf(archive, partOf('sharedStrings')),
    formats: await formatsOf(archive, partOf('styles')),
    is1904: workbook.is1904,
    cellsLeft: cellLimit,
  };
  const parts = new Map(relations.map((relation) => [relation.id, relation]));
  const sheets: ReadSheet[] = [];
  for (const { name, hidden, relation } of workbook.sheets) {
    const part = parts.get(relation);
    if (!part) throw new BookProblem('damaged');
    // Charts and dialogs may be sheets too.
    if (part.type !== 'worksheet') continue;
    const { handler, content } = sheetReader(shared);
    await readPart(archive, part.target, handler);
    const comments = await commentsOf(archive, part.target);
    sheets.push({ name, hidden, ...content, ...(comments.length > 0 ? { comments } : {}) });
  }
  if (sheets.length === 0) throw new BookProblem('no-sheet');
  return { sheets };
}

/** The same of a file: one that is too large, or none, is not loaded. Throws what the system says of it, too. */
export async function readBookFile(path: string): Promise<ReadBook> {
  const found = statSync(path);
  if (!found.isFile()) throw new BookProblem('unknown');
  if (found.size > limits.bytes) throw new BookProblem('large');
  return await readBook(readWhole(path));
}

/** A part that is referred to, and so is there */
async function readPart(archive: Archive, path: string, handler: Handler): Promise<void> {
  const entry = archive.entries.get(path.toLowerCase());
  if (!entry) throw new BookProblem('damaged');
  await readXml(unpackPieces(archive, entry), handler);
}

/** The cells of a sheet's comments: notes, and conversations, which are notes too */
async function commentsOf(archive: Archive, sheet: string): Promise<string[]> {
  const cells = new Set<string>();
  for (const { type, target } of await relationsOf(archive, sheet)) {
    if (type !== 'comments' && type !== 'threadedComment') continue;
    await readPart(archive, target, {
      open(path, attributes) {
        const cell = path.at(-1)?.toLowerCase().endsWith('comment') ? attributes('ref') : undefined;
        if (cell !== undefined && cells.size < mostComments) cells.add(cell);
      },
    });
  }
  return [...cells];
}

interface Relation {
  id: string;
  /** The last word of its type: worksheet, styles */
  type: string;
  /** Path of the part */
  target: string;
}

/** What a part refers to; the package itself has an empty path. */
async function relationsOf(archive: Archive, part: string): Promise<Relation[]> {
  const [folder, name] = [part.slice(0, part.lastIndexOf('/') + 1), part.slice(part.lastIndexOf('/') + 1)];
  const path = `${folder}_rels/${name}.rels`;
  const relations: Relation[] = [];
  if (!archive.entries.has(path.toLowerCase())) return relations;
  await readPart(archive, path, {
    open(where, attributes) {
      if (where.at(-1) !== 'Relationship' || attributes('TargetMode') === 'External') return;
      const [id, type = '', target = ''] = [attributes('Id'), attributes('Type'), attributes('Target')];
      if (id === undefined) return;
      if (relations.length >= listLimit) throw new BookProblem('large');
      relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: resolve(folder, target) });
    },
  });
  return relations;
}

/** /xl/worksheets/sheet1.xml and worksheets/sheet1.xml of xl/ are the same. */
function resolve(folder: string, target: string): string {
  const path: string[] = [];
  for (const step of `${target.startsWith('/') ? '' : folder}${target}`.replaceAll('\\', '/').split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.' && step !== '') path.push(step);
  }
  return path.join('/');
}

async function workbookOf(archive: Archive, path: string) {
  const sheets: { name: string; hidden: boolean; relation: string }[] = [];
  let is1904 = false;
  await readPart(archive, path, {
    open(where, attributes) {
      if (where.length === 2 && where[1] === 'workbookPr') is1904 = isTrue(attributes('date1904'));
      if (where.length !== 3 || where[1] !== 'sheets' || where[2] !== 'sheet') return;
      const relation = attributes('id', true);
      if (relation === undefined) throw new BookProblem('damaged');
      if (sheets.length >= sheetLimit) throw new BookProblem('large');
      const state = attributes('state') ?? 'visible';
      sheets.push({ name: attributes('name') ?? '', hidden: state !== 'visible', relation });
    },
  });
  return { sheets, is1904 };
}

const isTrue = (value = '0') => value === '1' || value === 'true' || value === 'on';

async function stringsOf(archive: Archive, path: string | undefined): Promise<string[]> {
  const { handler, strings } = stringsReader();
  // A cell that names a text of none is damage enough.
  if (path !== undefined && archive.entries.has(path.toLowerCase())) await readPart(archive, path, handler);
  return strings;
}

/** The number format of each style of cells */
async function formatsOf(archive: Archive, path: string | undefined): Promise<(NumberFormat | undefined)[]> {
  if (path === undefined) return [];
  const own = new Map<number, string>();
  const styles: number[] = [];
  await readPart(archive, path, {
    open(where, attributes) {
      if (where.length !== 3) return;
      if (own.size + styles.length >= listLimit) throw new BookProblem('large');
      if (where[2] === 'numFmt') {
        const code = attributes('formatCode') ?? '';
        if (code.length > formatLimit) throw new BookProblem('damaged');
        own.set(Number(attributes('numFmtId')), code);
      } else if (where[2] === 'xf' && where[1] === 'cellXfs') styles.push(Number(attributes('numFmtId') ?? 0));
    },
  });
  const known = new Map<number, NumberFormat | undefined>();
  return styles.map((id) => {
    if (!known.has(id)) known.set(id, formatOf(id, own));
    return known.get(id);
  });
}
