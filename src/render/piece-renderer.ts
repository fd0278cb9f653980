import { Worker } from 'node:worker_threads';
import type { Piece, PieceRequest } from './pieces.ts';
import { packageFolder, RenderFailure } from './renderer.ts';

interface Waiting {
  resolve: (piece: Piece) => void;
  reject: (failure: RenderFailure) => void;
}

/** The compiler of pieces on a thread of its own; requests are answered in their order. */
export class PieceRenderer {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #ended: RenderFailure | undefined;

  constructor() {
    this.#worker = new Worker(new URL('./piece-thread.js', import.meta.url), {
      workerData: { templates: packageFolder('templates'), fonts: packageFolder('fonts') },
    });
    this.#worker.on('message', (answer: { piece?: Piece; failure?: string }) => {
      const waiting = this.#waiting.shift();
      if (answer.piece) waiting?.resolve(answer.piece);
      else waiting?.reject(new RenderFailure(answer.failure));
    });
    this.#worker.on('error', (error) => this.#end(error.message));
    this.#worker.on('exit', (code) => this.#end(`the compiler's thread ended (${code})`));
  }

  /** Throws RenderFailure. */
  render(request: PieceRequest): Promise<Piece> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #end(reason: string): void {
    this.#ended ??= new RenderFailure(reason);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}
