import { Command } from 'commander';
import { type ChangeOptions, changeContent, changeOptions, textsOption } from './change-content.ts';

interface Options extends ChangeOptions {
  texts?: boolean;
}

export function command(): Command {
  const made = new Command('renumber')
    .description('飛んでいる番号を詰めます(大項目、中項目、取組のファイル、番号、再掲)')
    .addOption(textsOption());
  for (const option of changeOptions()) made.addOption(option);
  return made.action(run);
}

async function run({ texts, ...options }: Options): Promise<void> {
  await changeContent({
    ...options,
    command: ['renumber', ...(texts ? ['--texts'] : [])].join(' '),
    plan: async ({ source, checked: { files } }) => {
      const { inARow } = await import('../edit/numbers/renumber.ts');
      return inARow({ source, files }, texts);
    },
  });
}
