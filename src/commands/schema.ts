import { Command } from 'commander';
import { writeSchemas } from '../content/schema-files.ts';
import { readWorkingTree } from '../content/source/source.ts';
import { contentOption, existing, type Folders, print, shown } from './terminal.ts';

export const command = (): Command =>
  new Command('schema')
    .description('エディタ用の JSON Schema を内容のフォルダに書きます')
    .addOption(contentOption())
    .action(({ content }: Folders) => {
      for (const file of writeSchemas(existing(content), readWorkingTree(content)))
        print(`${shown(file)} を書きました。`);
    });
