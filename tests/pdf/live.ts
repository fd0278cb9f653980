import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { inject } from 'vitest';
import { parse } from 'yaml';
import { runHere } from '../cli/run.ts';
import { type Pdf, readPdf } from './read-pdf.ts';

/** Where the official PDF of the live content is: built by the first test file of a run that asks, the same for all others. */
export const livePdf = (): Promise<string> =>
  once('built', async () => {
    const folder = join(inject('shared'), 'live');
    const { status, stderr } = await runHere('.', ['build', '--out', folder]);
    if (status !== 0) throw new Error(stderr);
    const { 書名: title } = parse(readFileSync('content/edition.yaml', 'utf8'));
    return join(folder, `${title}.pdf`);
  });

/** What pdfjs finds in it. */
export const readLivePdf = (): Promise<Pdf> => once('read', async () => readPdf(await livePdf()));

/** What `make` gives, made once in a run, whichever of its processes asks first. */
export async function once<T>(name: string, make: () => Promise<T>): Promise<T> {
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
