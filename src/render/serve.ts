import { parentPort } from 'node:worker_threads';

/** The side of a Thread: answers each request; `answer` tells which buffers move to who asked. Runs in a thread only. */
export function serve<Request>(work: (request: Request) => Served | Promise<Served>): void {
  const port = parentPort;
  if (!port) throw new Error('serve is for threads');
  port.on('message', async (request: Request) => {
    try {
      const { answer, transfer } = await work(request);
      port.postMessage({ answer }, transfer ?? []);
    } catch (error) {
      port.postMessage({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
}

export interface Served {
  answer: unknown;
  transfer?: ArrayBuffer[];
}
