import { Command, Option } from 'commander';
import { type ChangeOptions, changeContent, changeOptions, textsOption } from './change-content.ts';

interface Options extends ChangeOptions {
  reprints?: 'drop' | 'own';
  texts?: boolean;
}

export function command(): Command {
  const made = new Command('remove')
    .description('取組をなくし、後の番号を詰めます(ファイル、番号、再掲)')
    .argument('<番号>', 'なくす取組(例: 1-1-2)')
    .addOption(
      new Option(
        '--reprints <扱い>',
        'その取組の再掲: drop は再掲もなくします。own は最初の再掲を取組として残します',
      ).choices(['drop', 'own']),
    )
    .addOption(textsOption());
  for (const option of changeOptions()) made.addOption(option);
  return made.action(run);
}

async function run(number: string, { reprints, texts, ...options }: Options): Promise<void> {
  await changeContent({
    ...options,
    command: ['remove', number, ...(reprints ? ['--reprints', reprints] : []), ...(texts ? ['--texts'] : [])].join(' '),
    plan: async ({ source, checked: { files } }) => {
      const { removed } = await import('../edit/numbers/remove.ts');
      return removed({ source, files }, number, { reprints, texts });
    },
  });
}
