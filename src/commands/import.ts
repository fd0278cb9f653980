import { Argument, Command, Option } from 'commander';
import { UserError } from '../diagnostics/user-error.ts';
import { measureNumber } from '../model/numbers.ts';
import { shellWord } from '../model/shell-word.ts';
import { forceOption } from './change-content.ts';
import { contentOption, type Folders } from './terminal.ts';

interface Options extends Pick<Folders, 'content'> {
  write?: boolean;
  acceptGood?: boolean;
  theirs?: string[];
  ours?: string[];
  force?: boolean;
}

export const command = (): Command =>
  new Command('import')
    .description('課から戻った回答ブックを、内容に取り込みます(--write を付けなければ、変わる所を示すだけです)')
    .addArgument(new Argument('<形式>', '取り込む形式').choices(['xlsx']))
    .argument('<ファイル...>', '回答ブック(.xlsx)か、それを入れたフォルダ。いくつでも書けます')
    .option('--write', '内容のフォルダを書き換えます')
    .option('--accept-good', '誤りも衝突もない回答ブックだけを取り込みます')
    .addOption(numbersOption('--theirs', 'その番号の取組の衝突は、回答にします(例: --theirs 1-1-2 1-1-3)'))
    .addOption(numbersOption('--ours', 'その番号の取組の衝突は、庁内の今のままにします'))
    .addOption(contentOption())
    .addOption(forceOption())
    .action(run);

/** Commander takes an option for one of several values by a letter in front of the dots, which 番号 is none of. */
const numbersOption = (flags: string, description: string): Option =>
  Object.assign(new Option(`${flags} <番号...>`, description), { variadic: true });

async function run(form: string, paths: string[], { content, ...options }: Options): Promise<void> {
  const theirs = numbersOf('--theirs', options.theirs);
  const ours = numbersOf('--ours', options.ours);
  const both = theirs.filter((number) => ours.includes(number));
  if (both.length > 0)
    throw new UserError(
      `番号 ${both.join('、')} が --theirs と --ours の両方にあります。取組ごとに、どちらか一方を選んでください。`,
    );
  const words = [
    ...['import', form, ...paths.map(shellWord)],
    ...(theirs.length > 0 ? ['--theirs', ...theirs] : []),
    ...(ours.length > 0 ? ['--ours', ...ours] : []),
    ...(options.acceptGood ? ['--accept-good'] : []),
    ...(content === 'content' ? [] : ['--content', shellWord(content)]),
  ];
  const { importAnswers } = await import('./import-answers.ts');
  await importAnswers({
    ...{ content, paths, command: words.join(' ') },
    ...{ write: options.write ?? false, acceptGood: options.acceptGood ?? false, force: options.force ?? false },
    decisions: { theirs: new Set(theirs), ours: new Set(ours) },
  });
}

/** Numbers, however they are separated. Throws UserError for what is none. */
function numbersOf(option: string, values: readonly string[] = []): string[] {
  const numbers = values.flatMap((value) => value.split(/[,、]/)).filter((part) => part !== '');
  const wrong = numbers.find((number) => !measureNumber.test(number));
  if (wrong !== undefined)
    throw new UserError(
      `${option} の「${wrong}」は取組の番号ではありません。番号は 1-1-2 1-1-3 のように半角で書きます。回答ブックの名前は ${option} の前に書いてください。`,
    );
  return [...new Set(numbers)];
}
