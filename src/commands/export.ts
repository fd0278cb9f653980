import { Argument, Command } from 'commander';
import { checkContent } from '../content/check.ts';
import { readWorkingTree } from '../content/source/source.ts';
import { exportFiles } from '../exchange/export.ts';
import { contentOption, existing, type Folders, outOption, print, report, shown } from './terminal.ts';

export const command = (): Command =>
  new Command('export')
    .description('内容をデータとして出力先に書き出します(csv: 取組ごと、年度ごとの2つ)')
    .addArgument(new Argument('<形式>', '書き出す形式').choices(['csv', 'json']))
    .addOption(contentOption())
    .addOption(outOption())
    .action(run);

async function run(format: 'csv' | 'json', { content, out }: Folders): Promise<void> {
  const { diagnostics, sources, edition } = checkContent(readWorkingTree(existing(content)));
  await report(diagnostics, sources);
  if (!edition) process.exitCode = 1;
  else for (const file of exportFiles(edition, format, out)) print(`${shown(file)} を書きました。`);
}
