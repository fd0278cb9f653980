import { Command } from 'commander';
import { type ChangeOptions, changeContent, changeOptions } from './change-content.ts';

interface Options extends ChangeOptions {
  revised?: string;
}

export function command(): Command {
  const made = new Command('new-edition')
    .description('次の年度の版にします(年度を1つ進め、新規を継続にします)')
    .argument('<年度>', '新しく加わる年度(例: R9)')
    .option('--revised <年月>', '新しい版の改定(例: 令和9年3月)。書かなければ、今の改定の1年後');
  for (const option of changeOptions()) made.addOption(option);
  return made.action(run);
}

async function run(year: string, { revised, ...options }: Options): Promise<void> {
  await changeContent({
    ...options,
    command: ['new-edition', year, ...(revised === undefined ? [] : ['--revised', revised])].join(' '),
    plan: async ({ source, checked }) => {
      const { newEdition } = await import('../edit/new-edition.ts');
      return newEdition(source, checked, { year, ...(revised === undefined ? {} : { revised }) });
    },
  });
}
