import { Command, Option } from 'commander';
import { type CheckedEdition, checkAll } from '../annexes/checked-edition.ts';
import { readWorkingTree } from '../content/source/source.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Renderer } from '../render/renderer.ts';
import { contentOption, existing, type Folders, type Format, print, report } from './terminal.ts';

export const command = (): Command =>
  new Command('check')
    .description('内容を検査し、誤りをすべて示します')
    .addOption(contentOption())
    .addOption(new Option('--format <形式>', '結果の形式').choices(['pretty', 'json', 'github']).default('pretty'))
    .action(run);

async function run({ content, format }: Folders & { format: Format }): Promise<void> {
  const checked = await checkAll(readWorkingTree(existing(content)));
  const { sources, edition } = checked;
  const diagnostics = [...checked.diagnostics, ...(await misfitsOf(checked))];
  await report(diagnostics, sources, format, process.stdout);
  if (diagnostics.length === 0 && format === 'pretty') print('誤りはありません。');
  if (!edition || diagnostics.some(({ severity }) => severity === 'error')) process.exitCode = 1;
}

/** The compiler is loaded only where a text might not fit. */
async function misfitsOf(checked: CheckedEdition): Promise<Diagnostic[]> {
  const [{ checkFit }, { Renderer }] = await Promise.all([
    import('../render/check-fit.ts'),
    import('../render/renderer.ts'),
  ]);
  let renderer: Renderer | undefined;
  const misfits = await checkFit(checked, () => (renderer = new Renderer()));
  await renderer?.close();
  return misfits;
}
