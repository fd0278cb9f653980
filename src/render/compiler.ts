import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Misfit } from './fit.ts';
import type { Needs, PartLayout, Piece, PieceRequest } from './pieces.ts';

/** A place in the document that a bookmark leads to; x and y in pt from the page's top left corner. */
export interface Anchor {
  id: string;
  /** From 1. */
  page: number;
  x: number;
  y: number;
}

/** The columns of a table, as its template hands them out: what a cell shows is known by its key, not by its place. */
export interface TableKeys {
  /** Of 構成 */
  part: string;
  /** Of the first row of its heading */
  heading: string[];
  columns: string[];
  /** Those with a cell in every row; cells of the others span rows. */
  every: string[];
}

export interface RenderedDocument {
  /** PDF/UA-1 as Typst wrote it, or plain PDF for pictures; absent when something does not fit. */
  pdf?: Uint8Array;
  pages: number;
  anchors: Anchor[];
  misfits: Misfit[];
  /** What stands where in its tables */
  tables: TableKeys[];
  /** ms for layout and for the PDF export. */
  times: { compile: number; export: number };
}

/** What to typeset: a file of templates/ and the data that it reads as data.json. */
export interface Typesetting {
  main: 'main.typ' | 'before-after.typ' | 'markup.typ' | 'pictures.typ';
  data: object;
}

/** Typst refused our templates: a defect of ours, since content is checked before. */
export class TypstFailure extends Error {
  override name = 'TypstFailure';
}

/** One long-lived native Typst compiler over the templates and fonts of this package. */
export class Compiler {
  readonly #compiler: NodeCompiler;
  readonly #templates: string;

  /** `templates` and `fonts` are absolute folders; the given fonts win over installed ones of the same name. */
  constructor(templates: string, fonts: string) {
    this.#templates = templates;
    this.#compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [fonts] }] });
  }

  /** Lays out the template `main` with `data` and exports it. Throws TypstFailure. */
  render({ main, data }: Typesetting): RenderedDocument {
    const start = performance.now();
    const { document, query } = this.#layOut(main, 'data.json', data);
    const compiled = performance.now();
    const misfits: Misfit[] = query('misfits').flat();
    const anchors: Anchor[] = query('anchors').flat();
    const tables: TableKeys[] = query('tables');
    const times = { compile: compiled - start, export: 0 };
    if (misfits.length > 0) return { pages: document.numOfPages, anchors, misfits, tables, times };
    const pdf = this.#export(document, main);
    times.export = performance.now() - compiled;
    this.#compiler.evictCache(10);
    return { pdf, pages: document.numOfPages, anchors, misfits, tables, times };
  }

  /** Lays out a piece of the document for the preview: what a save did not change is not laid out again. Throws TypstFailure. */
  piece(request: PieceRequest): Piece {
    const { wish } = request;
    const { document, query } = this.#layOut('preview.typ', 'request.json', request);
    if (wish === 'needs') {
      this.#compiler.evictCache(10); // once for a save: each one asks for needs first
      return { wish, layout: query('layout')[0] as Needs };
    }
    if (wish === 'fit') return { wish, misfits: query('misfits').flat() };
    const vector = new Uint8Array(this.#compiler.vector(document));
    const drawn = { vector, pages: document.numOfPages, misfits: query('misfits').flat() as Misfit[] };
    return wish === 'sheets' ? { wish, ...drawn } : { wish, ...drawn, layout: query('layout')[0] as PartLayout };
  }

  #layOut(main: string, file: string, data: object) {
    const compiler = this.#compiler;
    compiler.mapShadow(join(this.#templates, file), Buffer.from(JSON.stringify(data)));
    const result = compiler.compile({ mainFilePath: join(this.#templates, main) });
    const document = result.result;
    if (!document) throw new TypstFailure(describe(result.takeDiagnostics()?.shortDiagnostics));
    const query = (label: string) => compiler.query(document, { selector: `<${label}>`, field: 'value' });
    return { document, query };
  }

  #export(document: Parameters<NodeCompiler['pdf']>[0], main: Typesetting['main']): Uint8Array {
    try {
      // Pictures are looked at, not read: they are no document of their own.
      return this.#compiler.pdf(document, main === 'pictures.typ' ? {} : { pdfStandard: 'ua-1' });
    } catch (error) {
      throw new TypstFailure(String(error));
    }
  }
}

function describe(diagnostics: unknown[] | undefined): string {
  const lines = (diagnostics ?? ['unknown reason']).map((diagnostic) => JSON.stringify(diagnostic));
  return [...lines.slice(0, 5), ...(lines.length > 5 ? [`(${lines.length - 5} more)`] : [])].join('\n');
}
