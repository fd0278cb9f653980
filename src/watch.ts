import type { KnownAnnexes } from './annexes/check.ts';
import type { Build } from './build.ts';
import type { ParsedFiles } from './content/check.ts';
import { ContentWatcher } from './content/watcher.ts';
import { fileProblem } from './files.ts';
import { buildFile } from './output.ts';
import { Renderer } from './render/renderer.ts';

/**
 * Builds now and after every change below the content folder, until the process is told to stop.
 * Never more than one build waits. Bad content and files that cannot be written are told and the watch goes on;
 * only a defect of ours ends it.
 */
export async function watch(
  folders: { content: string; out: string },
  tell: (result: (Build & { file?: string }) | string, milliseconds: number) => Promise<void>,
): Promise<void> {
  const renderer = new Renderer();
  const parsed: ParsedFiles = new Map();
  const known: KnownAnnexes = new Map();
  const watcher = new ContentWatcher(folders.content);
  const stop = () => watcher.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await watcher.ready();
  try {
    do {
      const start = performance.now();
      const result = await buildFile(folders, renderer, {}, parsed, known).catch((error: unknown) => {
        const problem = fileProblem(error);
        if (problem === undefined) throw error;
        return problem;
      });
      await tell(result, performance.now() - start);
    } while ((await watcher.next({ early: false })) !== 'stopped');
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await watcher.close();
    await renderer.close();
  }
}
