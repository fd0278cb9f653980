import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { describe, type Misfit, TypstFailure } from './compiler.ts';

/** What templates/preview.typ is asked for; `wish` says what. */
export interface PieceRequest {
  wish: 'needs' | 'sheets' | 'part';
  [key: string]: unknown;
}

/** A piece of the document for the preview. */
export interface Piece {
  /** Pages in Typst's vector format, for typst-ts-renderer. */
  vector: Uint8Array;
  pages: number;
  /** What the template tells of its layout, lengths in pt. */
  layout?: unknown;
  misfits: Misfit[];
}

/** A Typst compiler for pieces of the document: what a save did not change is not laid out again. */
export class PieceCompiler {
  readonly #compiler: NodeCompiler;
  readonly #templates: string;

  /** Absolute folders. */
  constructor(templates: string, fonts: string) {
    this.#templates = templates;
    this.#compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [fonts] }] });
  }

  /** Throws TypstFailure. */
  compile(request: PieceRequest): Piece {
    const compiler = this.#compiler;
    compiler.mapShadow(join(this.#templates, 'request.json'), Buffer.from(JSON.stringify(request)));
    const result = compiler.compile({ mainFilePath: join(this.#templates, 'preview.typ') });
    const document = result.result;
    if (!document) throw new TypstFailure(describe(result.takeDiagnostics()?.shortDiagnostics));
    const query = (label: string) => compiler.query(document, { selector: `<${label}>`, field: 'value' });
    const vector = request.wish === 'needs' ? new Uint8Array() : new Uint8Array(compiler.vector(document));
    // Once for a save: each one asks for needs first.
    if (request.wish === 'needs') compiler.evictCache(10);
    const misfits: Misfit[] = query('misfits').flat();
    return { vector, pages: document.numOfPages, layout: query('layout')[0], misfits };
  }
}
