import { join } from 'node:path';
import { Command } from 'commander';
import type { Build } from '../build.ts';
import { removeLeftovers, writeWhole } from '../files.ts';
import { severityWords } from '../model/words.ts';
import type { Choice } from '../render/selection.ts';
import {
  checkOneChoice,
  contentOption,
  existing,
  type Folders,
  outOption,
  print,
  report,
  seconds,
  shown,
  sinceStart,
} from './terminal.ts';

export const command = (): Command =>
  new Command('build')
    .description('内容から PDF を作ります(既定: out/施策集.pdf)')
    .addOption(contentOption())
    .addOption(outOption())
    .option('--section <課>', 'その課が担当する取組の個票だけを作ります')
    .option('--only <id...>', 'その番号の取組の個票だけを作ります(例: --only 1-1-1 2-3-16)')
    .option('--portrait', '個票を A4 縦、1ページに1つの取組で作ります')
    .option('--split', '課ごとに1つの PDF を作ります')
    .action(run);

async function run({ content, out, split, ...choice }: Folders & Choice & { split?: boolean }): Promise<void> {
  checkOneChoice({ ...choice, split });
  existing(content);
  const { Renderer } = await import('../book/renderer.ts');
  const renderer = new Renderer(); // its thread starts while the rest is being loaded
  const { build, buildSections } = await import('../build.ts');
  if (split) {
    const { content: checked, diagnostics, builds } = await buildSections({ content, renderer, choice });
    await renderer.close();
    await report(diagnostics, checked.sources);
    for (const built of builds) write(built, out);
    if (builds.length === 0) {
      removeLeftovers(out);
      process.exitCode = 1;
    } else print(`${shown(out)} に課ごとの PDF を ${builds.length} 件作りました(${sinceStart()})。`);
    if (builds[0]) printCommitProblem(builds[0]);
    return;
  }
  const result = await build({ content, renderer, choice });
  const file = write(result, out);
  await renderer.close();
  await report(result.diagnostics, result.content.sources);
  if (file === undefined) process.exitCode = 1;
  else {
    print(builtLine(file, result, Date.now() - performance.timeOrigin));
    printCommitProblem(result);
  }
}

/** Writes `<out>/<name>.pdf`; with errors the last good file stays as it is and there is none. */
export function write({ pdf, name }: Build, out: string): string | undefined {
  if (!pdf) {
    removeLeftovers(out);
    return undefined;
  }
  const file = join(out, `${name}.pdf`);
  writeWhole(file, pdf);
  return file;
}

/** ms → "out/施策集.pdf を作りました(34ページ、1.70秒)。" */
export const builtLine = (file: string, { pages }: Build, milliseconds: number): string =>
  `${shown(file)} を作りました(${pages ?? 0}ページ、${seconds(milliseconds)})。`;

/** Whoever wants to prove of what a PDF was made must know that it does not say it, and what to do. */
export function printCommitProblem({ commitProblem }: Build): void {
  if (commitProblem === undefined) return;
  print(`${severityWords.warning}: PDF に内容のコミットを書いていません。${commitProblem}`);
}
