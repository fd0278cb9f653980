import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fontFiles, packagePath } from '../package.ts';
import type { RenderedDocument, Typesetting } from './compiler.ts';
import type { DocumentData } from './data.ts';
import type { PieceOf, PieceRequest } from './pieces.ts';
import type { Request } from './thread.ts';

/** Typst could not render checked content: a defect of ours. */
export class RenderFailure extends Error {
  override name = 'RenderFailure';
}

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (failure: RenderFailure) => void;
}

/** The Typst compiler on a thread of its own: it starts, and loads its fonts, while content is being read. */
export class Renderer {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #ended: RenderFailure | undefined;
  #fonts: Promise<string> | undefined;

  /** `pieces`: for the preview, which asks for pieces of the document, not for PDFs. */
  constructor({ pieces }: { pieces: boolean } = { pieces: false }) {
    this.#worker = new Worker(new URL('./thread.js', import.meta.url), {
      workerData: { templates: packagePath('templates'), fonts: packagePath('fonts'), pieces },
    });
    this.#worker.on('message', ({ answer, failure }: { answer?: unknown; failure?: string }) => {
      const waiting = this.#waiting.shift();
      if (this.#waiting.length === 0) this.#worker.unref();
      if (failure === undefined) waiting?.resolve(answer);
      else waiting?.reject(new RenderFailure(failure));
    });
    this.#worker.on('error', (error) => this.#end(error.message, error));
    this.#worker.on('exit', (code) => this.#end(`the compiler's thread ended (${code})`));
    this.#worker.unref();
  }

  /** Renders the book. Throws RenderFailure. */
  render(data: DocumentData): Promise<RenderedDocument> {
    return this.typeset({ main: 'main.typ', data });
  }

  /** Throws RenderFailure. */
  typeset(document: Typesetting): Promise<RenderedDocument> {
    return this.#ask({ document });
  }

  /** A piece of the document for the preview. Throws RenderFailure. */
  piece<Wish extends PieceRequest>(piece: Wish): Promise<PieceOf<Wish>> {
    return this.#ask({ piece });
  }

  /** SHA-256 of the fonts, in the order of their names. */
  fonts(): Promise<string> {
    this.#fonts ??= digestOf(packagePath('fonts'));
    return this.#fonts;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Requests are answered in their order; while one is, the process does not end. */
  #ask<Answer>(request: Request): Promise<Answer> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.push({ resolve: (answer) => resolve(answer as Answer), reject });
      this.#worker.ref();
      this.#worker.postMessage(request);
    });
  }

  #end(reason: string, cause?: Error): void {
    this.#ended ??= new RenderFailure(reason, { cause });
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}

async function digestOf(folder: string): Promise<string> {
  const there = (await readdir(folder)).filter((name) => name.endsWith('.ttf'));
  // One that is missing is read all the same, and so reported: Typst would go on with the other.
  const names = [...new Set([...Object.values(fontFiles), ...there])].sort();
  const hash = createHash('sha256');
  for (const file of await Promise.all(names.map((name) => readFile(join(folder, name))))) hash.update(file);
  return hash.digest('hex');
}
