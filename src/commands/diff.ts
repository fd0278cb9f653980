import { Command, Option } from 'commander';
import type { DiffFormat } from '../compare/report.ts';
import type { Compared } from '../compare/two-editions.ts';
import { contentOption, type Folders, outOption, print, printText, report, terminalOf } from './terminal.ts';

interface Options extends Folders {
  format: DiffFormat;
  pdf?: boolean;
  /** A folder for pictures */
  pages?: string;
  exitCode?: boolean;
}

export const command = (): Command =>
  new Command('diff')
    .description('2つの版の内容を比べます(git の版の名前、または内容のフォルダ)')
    .argument('<前>', '変更前。版の名前(main、HEAD~1 など)かフォルダ')
    .argument('[後]', '変更後。書かなければ、いまの内容のフォルダ')
    .addOption(contentOption())
    .addOption(
      new Option('--format <形式>', '結果の形式').choices(['pretty', 'markdown', 'json', 'html']).default('pretty'),
    )
    .option('--pdf', '新旧対照表と見え消しの PDF を出力先に作ります')
    .option('--pages <フォルダ>', '変わった取組の個票を、変更前と変更後の画像(PNG)にして書きます')
    .addOption(outOption())
    .option('--exit-code', '違いがあれば終了コードを 1 にします')
    .action(run);

async function run(base: string, head: string | undefined, options: Options): Promise<void> {
  const { content } = options;
  // Their compilers start while the rest is being loaded and the editions are being read.
  const papers =
    options.pdf || options.pages ? (await import('../papers/paper-files.ts')).preparePapers(options) : undefined;
  const { diff } = await import('../compare/two-editions.ts');
  const compared = diff(base, head, content);
  const lines: string[] = []; // of the papers, which are made meanwhile
  const [whole] = await Promise.all([papers?.(compared, (line) => lines.push(line)), tell(compared, options)]);
  for (const line of lines) print(line, process.stderr);
  // Of content with errors a paper shows less than there is.
  if (papers && compared.base.errors.length + compared.head.errors.length > 0) process.exitCode = 1;
  if (whole === false) process.exitCode = 2;
}

async function tell(compared: Compared, { format, exitCode }: Options): Promise<void> {
  if (format !== 'json')
    for (const { errors, sources } of [compared.base, compared.head]) await report(errors, sources);
  const { diffText } = await import('../compare/report.ts');
  printText(await diffText(compared, format, terminalOf(process.stdout)), process.stdout);
  if (exitCode && compared.changed) process.exitCode = 1;
}
