import { Worker } from 'node:worker_threads';

/** A thread failed at what it was asked: a defect of ours, since content is checked before. */
export class ThreadFailure extends Error {
  override name = 'ThreadFailure';
}

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (failure: ThreadFailure) => void;
}

/**
 * A thread that answers requests in their order. They wait on its side, so that it goes on to the next while this one is
 * busy. While none waits, the process may end.
 */
export class Thread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #ended: ThreadFailure | undefined;

  /** `script` answers by `serve`. */
  constructor(script: URL, workerData: object) {
    this.#worker = new Worker(script, { workerData });
    this.#worker.on('message', ({ answer, failure }: { answer?: unknown; failure?: string }) => {
      const waiting = this.#waiting.shift();
      if (this.#waiting.length === 0) this.#worker.unref();
      if (failure === undefined) waiting?.resolve(answer);
      else waiting?.reject(new ThreadFailure(failure));
    });
    this.#worker.on('error', (error) => this.#end(error.message, error));
    this.#worker.on('exit', (code) => this.#end(`a thread ended (${code})`));
    this.#worker.unref();
  }

  /** Throws ThreadFailure. */
  ask<Answer>(request: object, transfer: ArrayBuffer[] = []): Promise<Answer> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve: (answer) => resolve(answer as Answer), reject });
      this.#worker.ref();
      this.#worker.postMessage(request, transfer);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #end(reason: string, cause?: Error): void {
    this.#ended ??= new ThreadFailure(reason, { cause });
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}
