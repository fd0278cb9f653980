import { Command, Option } from 'commander';
import { shellWord } from '../model/shell-word.ts';
import { placeholderTitle } from '../model/words.ts';
import { type ChangeOptions, changeContent, changeOptions, textsOption } from './change-content.ts';

interface Options extends ChangeOptions {
  title?: string;
  section?: string[];
  texts?: boolean;
}

export function command(): Command {
  const made = new Command('insert')
    .description('新しい取組のファイルを作り、後の番号をずらします')
    .argument('<番号>', '新しい取組の番号(例: 1-2-3)。その番号から後の取組は1つずつずれます')
    .option('--title <取組>', `取組の名前。書かなければ「${placeholderTitle}」`)
    .addOption(sectionOption())
    .addOption(textsOption());
  for (const option of changeOptions()) made.addOption(option);
  return made.action(run);
}

/** Commander takes an option for one of several values by a letter in front of the dots, which 課 is none of. */
const sectionOption = (): Option =>
  Object.assign(new Option('--section <課...>', '担当課(いくつでも)。書かなければ、隣の取組と同じ'), {
    variadic: true,
  });

async function run(number: string, { title, section: sections, texts, ...options }: Options): Promise<void> {
  await changeContent({
    ...options,
    command: [
      ...['insert', number],
      ...(title === undefined ? [] : ['--title', shellWord(title)]),
      ...(sections ? ['--section', ...sections.map(shellWord)] : []),
      ...(texts ? ['--texts'] : []),
    ].join(' '),
    plan: async ({ source, checked: { files } }) => {
      const { inserted } = await import('../edit/numbers/insert.ts');
      return inserted({ source, files }, number, { title, sections, texts });
    },
  });
}
