import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { inject } from 'vitest';
import { parse } from 'yaml';
import { runHere } from '../cli/run.ts';
import { type Pdf, readPdf } from './read-pdf.ts';

/** The official PDF of the live content. */
export interface Live {
  folder: string;
  /** File in `folder`, named after the 書名. */
  path: string;
}

/** Built by the first test file of a run that asks for it, and the same for all others. */
export async function livePdf(): Promise<Live> {
  const folder = join(inject('shared'), 'live');
  const { 書名: title } = parse(readFileSync('content/edition.yaml', 'utf8'));
  const path = join(folder, `${title}.pdf`);
  await once('built', async () => {
    const { status, stderr } = await runHere('.', ['build', '--content', resolve('content'), '--out', folder]);
    if (status !== 0) throw new Error(stderr);
    return path;
  });
  return { folder, path };
}

/** What pdfjs finds in it. */
export const readLivePdf = (): Promise<Pdf> => once('read', async () => readPdf((await livePdf()).path));

/** What `make` gives, made once in a run, whichever of its processes asks first. */
async function once<T>(name: string, make: () => Promise<T>): Promise<T> {
  const file = join(inject('shared'), name);
  const taken = `${file}.lock`;
  while (!existsSync(file)) {
    try {
      mkdirSync(taken);
    } catch {
      await sleep(50);
      continue;
    }
    try {
      // It may have come between the look and the lock.
      if (existsSync(file)) break;
      writeFileSync(`${file}.part`, serialize(await make()));
      renameSync(`${file}.part`, file);
    } finally {
      rmSync(taken, { recursive: true });
    }
  }
  return deserialize(readFileSync(file)) as T;
}
