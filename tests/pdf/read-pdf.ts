import { readFileSync } from 'node:fs';
import { getDocument, OPS, Util } from './pdfjs.ts';

/** A piece of text as drawn: a box from ascent to descent; pt from the page's lower left corner. */
export interface Piece {
  text: string;
  bold: boolean;
  size: number;
  x0: number;
  x1: number;
  y0: number;
  y1: number;
}
/** One TH or TD, its pieces in the order of the structure tree. */
export interface Cell {
  role: string;
  pieces: Piece[];
}
/** A vertical rule. */
export interface Rule {
  x: number;
  y0: number;
  y1: number;
}
/** A horizontal rule. */
export interface Line {
  y: number;
  x0: number;
  x1: number;
}
export interface Target {
  page: number;
  y: number;
}
export interface Link extends Target {
  y0: number;
  y1: number;
}
export interface Page {
  width: number;
  height: number;
  /** Everything drawn, running header and page number too. */
  pieces: Piece[];
  /** Rows of the table on this page; heading rows only where the table begins. */
  rows: Cell[][];
  rules: Rule[];
  lines: Line[];
  links: Link[];
  /** Alternative texts of what is on the page. */
  alternatives: string[];
}
export interface Bookmark extends Target {
  title: string;
  depth: number;
}
export interface Pdf {
  pages: Page[];
  bookmarks: Bookmark[];
  labels: string[] | null;
  /** Attached files by name. */
  attachments: Map<string, string>;
  info: Record<string, unknown>;
  /** XMP as text. */
  xmp: string;
}

interface Node {
  role?: string;
  type?: string;
  id?: string;
  alt?: string;
  children?: Node[];
}
type Outlines = { title: string; dest: unknown; items: Outlines }[];

/** Reads a PDF with pdfjs: what is drawn, where, and in which cell. Page numbers count from 1. */
export async function readPdf(path: string): Promise<Pdf> {
  const task = getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 });
  const pdf = await task.promise;
  const target = async (destination: unknown): Promise<Target> => {
    const dest = typeof destination === 'string' ? await pdf.getDestination(destination) : destination;
    const [ref, , , y] = dest as [{ num: number; gen: number }, unknown, number, number];
    return { page: (await pdf.getPageIndex(ref)) + 1, y };
  };

  const pages: Page[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const [, , width = 0, height = 0] = page.view;
    const pieces: Piece[] = [];
    const byContent = new Map<string, Piece[]>();
    const open: (string | null)[] = [];
    const { items, styles } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
    await page.getOperatorList(); // loads the fonts' names
    for (const item of items) {
      if (!('str' in item)) {
        if (item.type === 'endMarkedContent') open.pop();
        else open.push(('id' in item ? item.id : null) ?? null);
        continue;
      }
      if (item.str.trim() === '') continue;
      const [size = 0, , , , x = 0, y = 0] = item.transform;
      const font = page.commonObjs.get(item.fontName) as { name: string };
      if (!styles[item.fontName]) throw new Error(`no style for ${item.fontName}`);
      const piece = {
        text: item.str,
        bold: font.name.includes('Bold'),
        size,
        x0: x,
        x1: x + item.width,
        y0: y - 0.12 * size,
        y1: y + 0.88 * size,
      };
      pieces.push(piece);
      const id = open.findLast((content) => content !== null);
      if (id) byContent.set(id, [...(byContent.get(id) ?? []), piece]);
    }
    const rows: Cell[][] = [];
    const contents = (node: Node): Piece[] =>
      node.id === undefined ? (node.children ?? []).flatMap(contents) : (byContent.get(node.id) ?? []);
    const alternatives: string[] = [];
    const listen = (node: Node): void => {
      if (node.alt && contents(node).length > 0) alternatives.push(node.alt);
      for (const child of node.children ?? []) listen(child);
    };
    const collect = (node: Node): void => {
      if (node.role === 'TR') {
        // The tree is the whole document's: rows of other pages have no content here.
        const row = (node.children ?? []).map((cell) => ({ role: cell.role ?? '', pieces: contents(cell) }));
        if (row.some(({ pieces }) => pieces.length > 0)) rows.push(row);
      } else for (const child of node.children ?? []) collect(child);
    };
    const tree = ((await page.getStructTree()) ?? {}) as Node;
    collect(tree);
    listen(tree);
    const links: Link[] = [];
    for (const { subtype, rect, dest } of await page.getAnnotations())
      if (subtype === 'Link') links.push({ y0: rect[1], y1: rect[3], ...(await target(dest)) });
    pages.push({ width, height, pieces, rows, ...(await strokes(page)), links, alternatives });
  }

  const bookmarks: Bookmark[] = [];
  const walk = async (items: Outlines, depth: number): Promise<void> => {
    for (const { title, dest, items: inner } of items) {
      bookmarks.push({ title, depth, ...(await target(dest)) });
      await walk(inner, depth + 1);
    }
  };
  await walk(((await pdf.getOutline()) ?? []) as unknown as Outlines, 0);
  const { info, metadata } = await pdf.getMetadata();
  const result = {
    pages,
    bookmarks,
    labels: await pdf.getPageLabels(),
    attachments: new Map(
      Object.values<{ filename: string; content: Uint8Array }>((await pdf.getAttachments()) ?? {}).map(
        ({ filename, content }) => [filename, Buffer.from(content).toString('utf8')],
      ),
    ),
    info: info as Record<string, unknown>,
    xmp: metadata?.getRaw() ?? '',
  };
  await task.destroy();
  return result;
}

type PdfPage = Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>;

async function strokes(page: PdfPage): Promise<{ rules: Rule[]; lines: Line[] }> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const rules: Rule[] = [];
  const lines: Line[] = [];
  let matrix = [1, 0, 0, 1, 0, 0];
  const saved: number[][] = [];
  for (const [index, operator] of fnArray.entries()) {
    if (operator === OPS.save) saved.push(matrix);
    else if (operator === OPS.restore) matrix = saved.pop() ?? matrix;
    else if (operator === OPS.transform) matrix = Util.transform(matrix, argsArray[index]);
    else if (operator === OPS.constructPath && argsArray[index][0] === OPS.stroke) {
      const [x0, y0, x1, y1] = argsArray[index][2] as number[];
      const ends = [
        [x0, y0],
        [x1, y1],
      ].map(([x = 0, y = 0]) => [
        (matrix[0] ?? 1) * x + (matrix[2] ?? 0) * y + (matrix[4] ?? 0),
        (matrix[1] ?? 0) * x + (matrix[3] ?? 1) * y + (matrix[5] ?? 0),
      ]) as [[number, number], [number, number]];
      const [[ax, ay], [bx, by]] = ends;
      if (Math.abs(ax - bx) < 0.01 && Math.abs(ay - by) > 1)
        rules.push({ x: ax, y0: Math.min(ay, by), y1: Math.max(ay, by) });
      if (Math.abs(ay - by) < 0.01 && Math.abs(ax - bx) > 1)
        lines.push({ y: ay, x0: Math.min(ax, bx), x1: Math.max(ax, bx) });
    }
  }
  return { rules, lines };
}

/** Text without white space: what remains comparable when lines are wrapped. */
export const bare = (text: string): string => text.replace(/\s/g, '');
export const textOf = (cell: Cell): string => bare(cell.pieces.map(({ text }) => text).join(''));

/** The lines as they are seen: pieces that share a baseline. */
export function visibleLines(cell: Cell): string[] {
  const lines: { y: number; text: string }[] = [];
  for (const { y0, text } of cell.pieces) {
    const last = lines.at(-1);
    if (last && Math.abs(last.y - y0) < 2) last.text += bare(text);
    else lines.push({ y: y0, text: bare(text) });
  }
  return lines.map(({ text }) => text);
}

/** Rows of a table's head have headers only, those of its body one or two of their own. */
export const isHeading = (row: Cell[]): boolean => row.every(({ role }) => role === 'TH');
export const isBody = (row: Cell[]): boolean => !isHeading(row);
