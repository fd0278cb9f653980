import { Command } from 'commander';
import { type ChangeOptions, changeContent, changeOptions, textsOption } from './change-content.ts';

interface Options extends ChangeOptions {
  texts?: boolean;
}

export function command(): Command {
  const made = new Command('move')
    .description('取組を別の番号の所へ移し、前後の番号を合わせます(ファイル、番号、再掲)')
    .argument('<番号>', '移す取組(例: 1-1-20)')
    .argument('<新しい番号>', '移した後の番号(例: 1-2-3)。そこから後の取組は1つずつずれます')
    .addOption(textsOption());
  for (const option of changeOptions()) made.addOption(option);
  return made.action(run);
}

async function run(from: string, to: string, { texts, ...options }: Options): Promise<void> {
  await changeContent({
    ...options,
    command: ['move', from, to, ...(texts ? ['--texts'] : [])].join(' '),
    plan: async ({ source, checked: { files } }) => {
      const { moved } = await import('../edit/numbers/move.ts');
      return moved({ source, files }, from, to, texts);
    },
  });
}
