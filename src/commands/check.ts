import { Command, Option } from 'commander';
import { checkAll } from '../annexes/checked-edition.ts';
import { readWorkingTree } from '../content/source/source.ts';
import { contentOption, existing, type Folders, type Format, print, report } from './terminal.ts';

export const command = (): Command =>
  new Command('check')
    .description('内容を検査し、誤りをすべて示します')
    .addOption(contentOption())
    .addOption(new Option('--format <形式>', '結果の形式').choices(['pretty', 'json', 'github']).default('pretty'))
    .action(run);

async function run({ content, format }: Folders & { format: Format }): Promise<void> {
  const { diagnostics, sources, edition } = await checkAll(readWorkingTree(existing(content)));
  await report(diagnostics, sources, format, process.stdout);
  if (diagnostics.length === 0 && format === 'pretty') print('誤りはありません。');
  if (!edition) process.exitCode = 1;
}
