import { watch as watchFolder } from 'chokidar';
import type { Build } from './build.ts';
import type { ParsedFiles } from './content/check.ts';
import { fileProblem } from './files.ts';
import { buildFile } from './output.ts';
import { Renderer } from './render/renderer.ts';

/**
 * ms without a further change before a build starts: an editor's save by rename is several changes. Longer than the
 * 50 ms for which chokidar swallows further changes of a file that it has told of, so that none is missed.
 */
const quiet = 65;

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
  const watcher = watchFolder(folders.content, {
    ignoreInitial: true,
    ignored: (path) => /\.tmp$|~$|\.sw.$/.test(path),
  });
  let changed = true;
  let wake = () => {};
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed = true;
      wake();
    }, quiet);
  });
  const stop = () => {
    stopped = true;
    wake();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  try {
    while (!stopped) {
      if (!changed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      changed = false;
      const start = performance.now();
      const result = await buildFile(folders, renderer, {}, parsed).catch((error: unknown) => {
        const problem = fileProblem(error);
        if (problem === undefined) throw error;
        return problem;
      });
      await tell(result, performance.now() - start);
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    clearTimeout(timer);
    await watcher.close();
    await renderer.close();
  }
}
