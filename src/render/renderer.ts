import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { RenderedDocument, Typesetting } from './compiler.ts';
import type { DocumentData } from './data.ts';

export const packageFolder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Typst could not render checked content: a defect of ours. */
export class RenderFailure extends Error {
  override name = 'RenderFailure';
}

/** The Typst compiler on a thread of its own: it starts, and loads its fonts, while content is being read. */
export class Renderer {
  readonly #worker: Worker;
  #fonts: Promise<string> | undefined;

  constructor() {
    this.#worker = new Worker(new URL('./thread.js', import.meta.url), {
      workerData: { templates: packageFolder('templates'), fonts: packageFolder('fonts') },
    });
    this.#worker.unref();
  }

  /** Renders the book. */
  render(data: DocumentData): Promise<RenderedDocument> {
    return this.typeset({ main: 'main.typ', data });
  }

  /** Renders one document at a time; throws RenderFailure. */
  typeset(typesetting: Typesetting): Promise<RenderedDocument> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
        act();
      };
      const onMessage = (answer: { document?: RenderedDocument; failure?: string }) =>
        settle(() => {
          if (answer.document) resolve(answer.document);
          else reject(new RenderFailure(answer.failure));
        });
      const onError = (error: Error) => settle(() => reject(new RenderFailure(error.message)));
      const onExit = (code: number) => settle(() => reject(new RenderFailure(`the compiler's thread ended (${code})`)));
      worker.ref();
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage(typesetting);
    });
  }

  /** SHA-256 of the fonts, in the order of their names. */
  fonts(): Promise<string> {
    this.#fonts ??= digestOf(packageFolder('fonts'));
    return this.#fonts;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

async function digestOf(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ttf')).sort();
  const hash = createHash('sha256');
  for (const file of await Promise.all(names.map((name) => readFile(join(folder, name))))) hash.update(file);
  return hash.digest('hex');
}
