import { Worker } from 'node:worker_threads';
import type { AnnexReader, AnnexReads } from '../../annexes/checked-edition.ts';
import type { AnnexFile } from '../../annexes/files.ts';
import type { PageSize } from '../../annexes/open.ts';
import type { Problem } from '../../annexes/problem.ts';
import type { WrittenAnnex } from './write.ts';

/** What the thread is given. */
export type ThreadFile = Pick<AnnexFile, 'path' | 'bytes' | 'alternative'>;
/** What the thread tells, one after the other; `annexes` only where no problem is an error. */
export interface Told {
  pages?: (PageSize[] | undefined)[];
  problems?: Problem[][];
  annexes?: ReadonlyMap<string, WrittenAnnex>;
}

interface Reads extends AnnexReads {
  digest: string;
  written: Promise<ReadonlyMap<string, WrittenAnnex>>;
}

/** Reads the annexes of an edition on a thread of their own; what it knows of them is kept as long as they are the same. */
export class AnnexThread implements AnnexReader {
  #reads: Reads | undefined;

  read(files: Parameters<AnnexReader['read']>[0], digest: string): AnnexReads {
    if (this.#reads?.digest !== digest) this.#reads = { digest, ...started(files) };
    return this.#reads;
  }

  /** Those that were read last, which have no errors; by their paths. */
  async written(): Promise<ReadonlyMap<string, WrittenAnnex>> {
    return (await this.#reads?.written) ?? new Map();
  }
}

function started(files: Parameters<AnnexReader['read']>[0]): Omit<Reads, 'digest'> {
  const worker = new Worker(new URL('./thread.js', import.meta.url), {
    workerData: files.map(({ path, bytes, alternative }): ThreadFile => ({ path, bytes, alternative })),
  });
  const told = <Key extends keyof Told>(key: Key): Promise<NonNullable<Told[Key]>> => {
    const found = new Promise<NonNullable<Told[Key]>>((resolve, reject) => {
      worker.on('message', (message: Told) => {
        const part = message[key];
        if (part !== undefined) resolve(part);
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the thread of the annexes ended (${code}) without ${key}`)));
    });
    found.catch(() => {}); // whoever waits for it is told
    return found;
  };
  return { pages: told('pages'), problems: told('problems'), written: told('annexes') };
}
