import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { repositoryAt } from '../content/source/repository-settings.ts';
import { driver, driverCommand, withAttributes, withoutAttributes } from '../edit/merge/attributes.ts';
import { writeWhole } from '../files.ts';
import { packagePath } from '../package.ts';
import { contentOption, existing, print } from './terminal.ts';

export const command = (): Command =>
  new Command('setup')
    .description('2人の変更を git が欄ごとに合わせるように、このリポジトリを設定します')
    .option('--undo', '設定を元に戻します')
    .addOption(contentOption())
    .action(run);

function run({ content, undo }: { content: string; undo?: true }): void {
  const repository = repositoryAt(existing(content));
  const file = join(repository.top, '.gitattributes');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const after = undo ? withoutAttributes(before) : withAttributes(before, repository.path);
  const done: string[] = [];
  if (after !== before) {
    if (undo && after === '') rmSync(file);
    else writeWhole(file, after);
    done.push(
      undo
        ? `.gitattributes から、setup が書いた行を消しました。`
        : `.gitattributes に、欄ごとに合わせるファイルを書きました(コミットすると、ほかの人にも届きます)。`,
    );
  }
  const settings = {
    name: '施策集の内容を欄ごとに合わせる',
    driver: driverCommand(process.execPath, packagePath('dist/cli.js')),
  };
  for (const [key, wanted] of Object.entries(settings)) {
    const name = `merge.${driver}.${key}`;
    const value = undo ? undefined : wanted;
    if (repository.setting(name) === value) continue;
    repository.set(name, value);
    done.push(`このリポジトリの git の設定 ${name} を${undo ? '消しました' : '書きました'}。`);
  }
  for (const line of done) print(line);
  if (done.length === 0) print(undo ? '元に戻すものはありません。' : '設定は済んでいます。変えるものはありません。');
  else if (!undo)
    print(
      'これからは git merge、git pull、git rebase で、違う欄の変更は自動で一つになり、同じ欄の変更は、元・こちら・あちらの値が示されます。元に戻すには npx shisakushu setup --undo です。',
    );
}
