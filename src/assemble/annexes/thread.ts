// The worker's side of AnnexThread: annexes are read, proven and written while the document is laid out.
import { parentPort, workerData } from 'node:worker_threads';
import type { Annex, Reading } from '../../annexes/annex.ts';
import { openAnnex, shownSize } from '../../annexes/open.ts';
import type { ThreadFile, Told } from './reader.ts';

const port = parentPort;
if (!port) throw new Error('thread.ts runs as a worker only');
const tell = (told: Told) => port.postMessage(told);

const files = workerData as ThreadFile[];
const opened = files.map(({ bytes }) => openAnnex(bytes));
tell({ pages: opened.map((annex) => ('pages' in annex ? annex.pages.map(shownSize) : undefined)) });

// What comes now is not needed to lay out the document.
const [{ readOpened }, { proven }, { writeAnnexes }] = await Promise.all([
  import('../../annexes/annex.ts'),
  import('../../annexes/proof/proof.ts'),
  import('./write.ts'),
]);
const readings: Reading[] = [];
for (const [index, annex] of opened.entries())
  readings.push(proven(await readOpened(annex, files[index]?.alternative)));
tell({ problems: readings.map(({ problems }) => problems) });

const isSound = readings.every(({ problems }) => problems.every(({ severity }) => severity !== 'error'));
const annexes = files.flatMap(({ path }, index): [string, Annex][] => {
  const annex = readings[index]?.annex;
  return annex ? [[path, annex]] : [];
});
if (isSound) tell({ annexes: writeAnnexes(new Map(annexes)) });
