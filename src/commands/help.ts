import type { Argument, Command, CommanderError, Option } from 'commander';

const mistakes: Record<string, string> = {
  'commander.unknownCommand': 'そのような命令はありません。',
  'commander.unknownOption': 'そのような指定はありません。',
  'commander.optionMissingArgument': '指定の値がありません。',
  'commander.missingArgument': '引数が足りません。',
  'commander.excessArguments': '余分な引数があります。',
  'commander.invalidArgument': '指定の値が正しくありません。',
};

/** What is wrong with the command line, and where its use is explained. */
export function wrongUsage(error: CommanderError): string[] {
  const detail = /'([^']*)'/.exec(error.message)?.[1];
  const mistake = mistakes[error.code] ?? '使い方が正しくありません。';
  return [`${mistake}${detail ? ` → ${detail}` : ''}`, '使い方は npx shisakushu --help で表示されます。'];
}

const titles: Record<string, string> = {
  'Usage:': '使い方:',
  'Arguments:': '引数:',
  'Options:': '指定:',
  'Commands:': '命令:',
};

const translated = (usage: string) => usage.replace('[options]', '[指定]').replace('[command]', '<命令>');

const described = ({ description, argChoices, defaultValue }: Option | Argument): string =>
  [
    description,
    ...(argChoices ? [`(${argChoices.join('、')} のどれか)`] : []),
    ...(defaultValue !== undefined ? [`(書かなければ ${String(defaultValue)})`] : []),
  ].join('');

/** Help of `program` and of its commands in Japanese, columns aligned; mistakes are thrown, not printed. */
export function inJapanese(program: Command): void {
  for (const command of [program, ...program.commands])
    command
      .exitOverride()
      .configureOutput({ outputError: () => {} })
      .configureHelp({
        styleTitle: (title) => titles[title] ?? title,
        styleUsage: translated,
        styleSubcommandTerm: translated,
        // Japanese signs are two columns wide.
        displayWidth: (text) => [...text].reduce((width, sign) => width + (sign > '\u2e7f' ? 2 : 1), 0),
        optionDescription: described,
        argumentDescription: described,
      })
      .helpOption('-h, --help', 'この説明を表示します');
}
