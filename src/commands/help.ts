import type { Argument, Command, Option } from 'commander';

const titles: Record<string, string> = {
  'Usage:': '使い方:',
  'Arguments:': '引数:',
  'Options:': '指定:',
  'Commands:': '命令:',
};

export const translated = (usage: string) => usage.replace('[options]', '[指定]').replace('[command]', '<命令>');

const described = ({ description, argChoices, defaultValue }: Option | Argument): string =>
  [
    description,
    ...(argChoices ? [`(${argChoices.join('、')}${argChoices.length > 1 ? ' のどれか' : ''})`] : []),
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
