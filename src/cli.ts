#!/usr/bin/env node
// Reads the command line, loads the one command that it names and turns what ends it early into an exit status:
// 0 done, 1 the content has errors, 2 wrong usage or environment, 70 a defect of ours.
import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError } from 'commander';
import { inJapanese } from './commands/help.ts';
import { print } from './commands/terminal.ts';
import { environmentProblem } from './environment.ts';

/**
 * Most commands end before what V8 optimizes has earned what that costs: by itself it takes as much processor time as the
 * rest of a check. By version of Node: what it waits for, four times as long as it would; from 24 on it is cheaper.
 */
const patience: Readonly<Record<string, string>> = {
  20: '--interrupt-budget=500000',
  22: '--invocation-count-for-turbofan=12000',
};
const flag = patience[process.versions.node.split('.', 1).join()];
if (flag !== undefined) setFlagsFromString(flag);

const commands: Record<string, () => Promise<{ command: () => Command }>> = {
  build: () => import('./commands/build.ts'),
  check: () => import('./commands/check.ts'),
  watch: () => import('./commands/watch.ts'),
  diff: () => import('./commands/diff.ts'),
  pr: () => import('./commands/pull-request.ts'),
  preview: () => import('./commands/preview.ts'),
  export: () => import('./commands/export.ts'),
  import: () => import('./commands/import.ts'),
  verify: () => import('./commands/verify.ts'),
  annex: () => import('./commands/annex.ts'),
  schema: () => import('./commands/schema.ts'),
  status: () => import('./commands/status.ts'),
  'new-edition': () => import('./commands/new-edition.ts'),
  rename: () => import('./commands/rename.ts'),
  insert: () => import('./commands/insert.ts'),
  remove: () => import('./commands/remove.ts'),
  move: () => import('./commands/move.ts'),
  renumber: () => import('./commands/renumber.ts'),
  'column-widths': () => import('./commands/column-widths.ts'),
  archive: () => import('./commands/archive.ts'),
  init: () => import('./commands/init.ts'),
  setup: () => import('./commands/setup.ts'),
  'merge-driver': () => import('./commands/merge-driver.ts'),
};

// Whoever reads may stop reading (| head): that is no failure.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    // A full disk behind "> file": what was not written cannot be made up for.
    if (stream === process.stdout)
      print(`結果を書き出せません。${environmentProblem(error) ?? error.message}`, process.stderr);
    process.exit(2);
  });

const program = new Command('shisakushu')
  .description('施策集: YAML で管理する取組を検査し、公式PDFを作ります。')
  .helpCommand(false);
try {
  const named = process.argv[2] ?? '';
  const wanted = Object.hasOwn(commands, named) ? [commands[named]] : Object.values(commands);
  for (const load of wanted) if (load) program.addCommand((await load()).command());
  inJapanese(program);
  if (named === '') {
    program.outputHelp();
    process.exitCode = 2;
  } else await program.parseAsync();
} catch (error) {
  process.exitCode = await statusOf(error);
}

/** Says why the command ended, where that is not said yet. */
async function statusOf(error: unknown): Promise<number> {
  const say = (line: string) => print(line, process.stderr);
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const { wrongUsage } = await import('./commands/wrong-usage.ts');
    for (const line of wrongUsage(error, program, process.argv.slice(2))) say(line);
    return 2;
  }
  const problem = environmentProblem(error);
  if (problem !== undefined) {
    say(problem);
    return 2;
  }
  say('shisakushu の不具合です(内容の誤りではありません)。お手数ですが、次の内容を添えて開発者に報告してください。');
  for (const line of ((error as Error).stack ?? String(error)).split('\n')) say(line);
  return 70;
}
