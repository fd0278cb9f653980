import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import workerThreads, { type WorkerOptions } from 'node:worker_threads';

const Thread = workerThreads.Worker;
type Thread = InstanceType<typeof Thread>;
const idle = new Map<string, Thread[]>();

/** A thread that goes on with the next task, when one is done with it: starting the compiler takes longer than a small edition. */
class LastingThread extends EventEmitter {
  readonly #key: string;
  readonly #thread: Thread;
  #asked = 0;

  constructor(url: URL, options: WorkerOptions) {
    super();
    this.#key = `${url} ${JSON.stringify(options.workerData)}`;
    this.#thread = idle.get(this.#key)?.pop() ?? new Thread(url, options);
    for (const [event, listener] of Object.entries(this.#listeners)) this.#thread.on(event, listener);
  }

  readonly #listeners = {
    message: (message: unknown) => {
      this.#asked -= 1;
      this.emit('message', message);
    },
    error: (error: unknown) => this.emit('error', error),
    exit: (code: unknown) => this.emit('exit', code),
  };

  postMessage(message: unknown): void {
    this.#asked += 1;
    this.#thread.postMessage(message);
  }
  ref = () => this.#thread.ref();
  unref = () => this.#thread.unref();

  async terminate(): Promise<number> {
    for (const [event, listener] of Object.entries(this.#listeners)) this.#thread.off(event, listener);
    // What is still being laid out would be the answer to another question.
    if (this.#asked > 0) return this.#thread.terminate();
    this.#thread.unref();
    idle.set(this.#key, [...(idle.get(this.#key) ?? []), this.#thread]);
    return 0;
  }
}

/** From here on what is compiled keeps its threads in this process. */
export function keepThreads(): void {
  workerThreads.Worker = LastingThread as unknown as typeof Thread;
  syncBuiltinESMExports();
}
