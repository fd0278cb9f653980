import { join } from 'node:path';
import { Command, Option } from 'commander';
import { checkContent } from '../content/check.ts';
import { readWorkingTree } from '../content/source/source.ts';
import { isError } from '../diagnostics/diagnostic.ts';
import { statusOf } from '../exchange/status/status.ts';
import { writeWhole } from '../files.ts';
import {
  contentOption,
  existing,
  type Folders,
  outOption,
  print,
  printText,
  report,
  shown,
  terminalOf,
} from './terminal.ts';

type Options = Folders & { format: 'pretty' | 'json' | 'csv' };

export const command = (): Command =>
  new Command('status')
    .description('課ごとに、取組の数と、まだ書かれていない欄(事業実績、現状・実績・目標)、注意を示します')
    .addOption(contentOption())
    .addOption(
      new Option('--format <形式>', '結果の形式(csv: 未記入の一覧。端末では出力先に書きます)')
        .choices(['pretty', 'json', 'csv'])
        .default('pretty'),
    )
    .addOption(outOption())
    .action(run);

async function run({ content, out, format }: Options, command: Command): Promise<void> {
  const isAsked = command.getOptionValueSource('out') === 'cli';
  const source = readWorkingTree(existing(content));
  const { diagnostics, sources, readable } = checkContent(source);
  const errors = diagnostics.filter(isError);
  if (format !== 'json') await report(errors, sources);
  const status = statusOf(readable(), diagnostics, source.root);
  if (format === 'csv') {
    const { statusCsv } = await import('../exchange/status/csv.ts');
    // What Windows PowerShell redirects is not UTF-8 any more: there a file is the way.
    if (process.stdout.isTTY || isAsked) writeCsv(statusCsv(status), out);
    else printText(statusCsv(status).replace('\ufeff', '').replaceAll('\r\n', '\n'), process.stdout);
  } else if (format === 'json') {
    const { statusJson } = await import('../exchange/status/json.ts');
    printText(statusJson(status, errors), process.stdout);
  } else {
    const { statusText } = await import('../exchange/status/terminal.ts');
    printText(statusText(status, terminalOf(process.stdout)), process.stdout);
  }
  if (errors.length === 0) return;
  if (format !== 'json') print('誤りのため読めないところは、数えていません。', process.stderr);
  process.exitCode = 1;
}

function writeCsv(csv: string, out: string): void {
  const path = join(out, '未記入.csv');
  writeWhole(path, csv);
  print(`${shown(path)} を書きました。`);
}
