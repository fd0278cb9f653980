import { Command, Option } from 'commander';
import { contentOption, existing, type Folders, type Format, print, report } from './terminal.ts';

export const command = (): Command =>
  new Command('check')
    .description('内容を検査し、誤りをすべて示します')
    .addOption(contentOption())
    .addOption(new Option('--format <形式>', '結果の形式').choices(['pretty', 'json', 'github']).default('pretty'))
    .action(run);

async function run({ content, format }: Folders & { format: Format }): Promise<void> {
  existing(content);
  const { Renderer } = await import('../book/renderer.ts');
  const renderer = new Renderer(); // its thread starts while the rest is being loaded
  const { checkAll } = await import('../annexes/checked-edition.ts');
  const { readWorkingTree } = await import('../content/source/source.ts');
  const { isError } = await import('../diagnostics/diagnostic.ts');
  const { checkFit } = await import('../render/check-fit.ts');
  const checked = await checkAll(readWorkingTree(content));
  const diagnostics = [...checked.diagnostics, ...(await checkFit(checked, renderer))];
  await renderer.close();
  await report(diagnostics, checked.sources, format, process.stdout);
  if (diagnostics.length === 0 && format === 'pretty') print('誤りはありません。');
  if (!checked.edition || diagnostics.some(isError)) process.exitCode = 1;
}
