import { statSync } from 'node:fs';
import { Command, Option } from 'commander';
import { isError } from '../diagnostics/diagnostic.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { annexesJson, annexesText, type Judgement } from './annex-report.ts';
import { printText, terminalOf } from './terminal.ts';

interface Options {
  alternative?: string;
  format: 'pretty' | 'json';
}

export const command = (): Command =>
  new Command('annex')
    .description(
      '別冊にする PDF を調べ、入るか、どこを直すか、入らない理由と書き出し方を示します(終了コード 0: 入る、1: 入らない)',
    )
    .argument('<PDF...>', '調べる PDF(いくつでも)')
    .option('--alternative <文>', 'edition.yaml に書く代替テキスト')
    .addOption(new Option('--format <形式>', '結果の形式').choices(['pretty', 'json']).default('pretty'))
    .action(run);

async function run(files: string[], { alternative, format }: Options): Promise<void> {
  if (alternative?.trim() === '') throw new UserError('--alternative には、代替テキストの文を書いてください。');
  const found = files.map((file) => ({ file, bytes: sizeOf(file) })); // all of them, before any is read
  const { judge } = await import('./annex-judgement.ts');
  const judgements: Judgement[] = [];
  for (const { file, bytes } of found) judgements.push(await judge(file, bytes, alternative));
  const text = format === 'json' ? annexesJson(judgements) : annexesText(judgements, terminalOf(process.stdout));
  printText(text, process.stdout);
  if (judgements.some(({ problems }) => problems.some(isError))) process.exitCode = 1;
}

function sizeOf(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new UserError(`PDF「${file}」がありません。場所と名前を確かめてください。`);
  if (!found.isFile()) throw new UserError(`「${file}」はファイルではありません。PDF ファイルを指定してください。`);
  return found.size;
}
