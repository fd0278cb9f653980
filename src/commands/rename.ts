import { Command, Option } from 'commander';
import { shellWord } from '../model/shell-word.ts';
import { type ChangeOptions, changeContent, changeOptions } from './change-content.ts';

interface Options extends ChangeOptions {
  /** Also where texts mention it */
  texts?: boolean;
}

export function command(): Command {
  const made = new Command('rename')
    .description('課、局・部、局、関連計画、大項目、中項目の名前を、内容のすべてのファイルで変えます')
    .argument('<旧>', 'いまの名前。空白を含む名前は引用符で囲みます')
    .argument('<新>', '新しい名前。もうある課、局・部、関連計画なら、1つにします')
    .addOption(new Option('--texts', '文の中の名前も変えます(付けなければ、所だけを示します)'));
  for (const option of changeOptions()) made.addOption(option);
  return made.action(run);
}

async function run(before: string, after: string, { texts = false, ...options }: Options): Promise<void> {
  const { planRename } = await import('../edit/rename/rename.ts');
  const command = ['rename', ...[before, after].map(shellWord), ...(texts ? ['--texts'] : [])].join(' ');
  const plan = ({ source, checked }: Parameters<Parameters<typeof changeContent>[0]['plan']>[0]) =>
    planRename({ source, files: checked.files }, { before, after, texts });
  await changeContent({ ...options, command, plan });
}
