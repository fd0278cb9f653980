import { Command } from 'commander';
import { Renderer } from '../book/renderer.ts';
import { type Build, BuildCache, build } from '../build.ts';
import { type ContentChange, ContentWatcher, goneLine } from '../content/source/watcher.ts';
import { isError } from '../diagnostics/diagnostic.ts';
import { environmentProblem } from '../environment.ts';
import { builtLine, printCommitProblem, write } from './build.ts';
import { contentOption, existing, type Folders, outOption, print, report, seconds } from './terminal.ts';

export const command = (): Command =>
  new Command('watch')
    .description('保存のたびに PDF を作り直します(終了は Ctrl+C)')
    .addOption(contentOption())
    .addOption(outOption())
    .action(run);

/**
 * Builds now and after every change below the content folder, until the process is told to stop.
 * Never more than one build waits. Bad content, a folder that is gone for now and files that cannot be written are
 * reported and the watch goes on; it ends when the system cannot watch, or by a defect of ours.
 */
async function run({ content, out }: Folders): Promise<void> {
  existing(content);
  print(`${content} を見張っています。保存すると PDF を作り直します(終了は Ctrl+C)。`);
  const renderer = new Renderer();
  const cache = new BuildCache(renderer);
  const watcher = new ContentWatcher(content);
  const stop = () => watcher.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await watcher.ready();
  try {
    let first = true;
    let change: ContentChange = 'settled';
    for (; change !== 'stopped'; change = await watcher.next({ early: false })) {
      if (change === 'gone') {
        sayLine(`${goneLine(content)}前回の PDF はそのままです。`);
        continue;
      }
      const start = performance.now();
      try {
        const result = await build({ content, renderer, cache });
        await say(result, write(result, out), performance.now() - start);
        if (first) printCommitProblem(result);
        first = false;
      } catch (error) {
        const problem = environmentProblem(error);
        if (problem === undefined) throw error;
        if (watcher.isThere()) sayLine(problem);
      }
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await watcher.close();
    await renderer.close();
  }
}

async function say(result: Build, file: string | undefined, milliseconds: number): Promise<void> {
  await report(result.diagnostics, result.content.sources);
  const errors = result.diagnostics.filter(isError).length;
  sayLine(
    file === undefined
      ? `誤りが ${errors} 件あるため作り直していません(${seconds(milliseconds)})。前回の PDF はそのままです。`
      : builtLine(file, result, milliseconds),
  );
}

const sayLine = (line: string): void => print(`${new Date().toLocaleTimeString('ja-JP', { hour12: false })} ${line}`);
