import type { Command, CommanderError } from 'commander';
import { nearest } from '../content/nearest.ts';
import { translated } from './help.ts';

const mistakes: Record<string, string> = {
  'commander.unknownCommand': 'そのような命令はありません。',
  'commander.unknownOption': 'そのような指定はありません。',
  'commander.optionMissingArgument': '指定の値がありません。',
  'commander.missingArgument': '引数が足りません。',
  'commander.excessArguments': '余分な引数があります。',
  'commander.invalidArgument': '指定の値が正しくありません。',
};

/** What is wrong with the command line, what may be meant, and where its use is explained. */
export function wrongUsage(error: CommanderError, { commands }: Command, words: readonly string[]): string[] {
  const isTooMany = error.code === 'commander.excessArguments'; // of which it names the command
  const detail = isTooMany ? undefined : /'([^']*)'/.exec(error.message)?.[1];
  const choices = error.message.split('Allowed choices are ')[1]?.replace(/\.$/, '');
  const mistake = mistakes[error.code] ?? '使い方が正しくありません。';
  const [named] = words;
  const used = commands.find((command) => command.name() === named);
  const near =
    used === undefined
      ? nearest(
          named ?? '',
          commands.map((command) => command.name()),
        ).nearest
      : undefined;
  const greedy =
    error.code === 'commander.missingArgument'
      ? used?.options.find(({ variadic, long }) => variadic && words.includes(long ?? ''))?.long
      : undefined;
  return [
    `${mistake}${detail ? ` → ${detail}` : ''}`,
    ...(choices
      ? [`書けるのは ${choices.split(', ').join('、')} ${choices.includes(', ') ? 'のどれか' : 'だけ'}です。`]
      : []),
    ...(isTooMany ? ['空白を含む名前は "…" のように引用符で囲みます。'] : []),
    ...(greedy === undefined
      ? []
      : [`${greedy} は後に続く言葉をすべて値とします。${detail}はその前に書いてください。`]),
    ...(near === undefined ? [] : [`${near} のことではありませんか。`]),
    ...(used ? [`使い方: npx shisakushu ${used.name()} ${translated(used.usage())}`] : []),
    used
      ? `説明は npx shisakushu ${used.name()} --help で表示されます。`
      : '使い方は npx shisakushu --help で表示されます。',
  ];
}
