import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { UserError } from '../diagnostics/user-error.ts';
import { shellWord } from '../model/shell-word.ts';
import { finishEarlier } from './change-content.ts';
import { contentOption, type Folders, print, report, shown } from './terminal.ts';

interface Options extends Pick<Folders, 'content'> {
  from: string[];
}

export const command = (): Command =>
  new Command('init')
    .description('市の表(Excel や CSV の事業一覧など)から、内容のフォルダを新しく作ります')
    .requiredOption(
      '--from <表>',
      '取組の表(xlsx、csv)、またはそれが入ったフォルダ。何度でも書けます',
      (value: string, before: string[] | undefined) => [...(before ?? []), value],
    )
    .addOption(contentOption())
    .action(run);

async function run({ from, content }: Options): Promise<void> {
  const typed = ['init', ...from.flatMap((path) => ['--from', shellWord(path)])].join(' ');
  if (statSync(content, { throwIfNoEntry: false })?.isDirectory() && (await finishEarlier(content, typed))) return;
  refuseFilled(content);
  const paths = [...new Set(from.flatMap(filesAt))];
  const { readWhole } = await import('../files.ts');
  const { tablesOf } = await import('../exchange/start/tables.ts');
  const { started } = await import('../exchange/start/start.ts');
  const { startedLines } = await import('../exchange/start/lines.ts');
  const read = [];
  for (const path of paths) read.push(await tablesOf(shown(path), readWhole(path)));
  const found = started(
    read.flatMap(({ tables }) => tables),
    shown(content),
  );
  found.remarks.unshift(...read.flatMap(({ remarks }) => remarks));
  for (const line of startedLines(found)) print(line);
  if (found.files.size === 0)
    throw new UserError(
      '取組が1件も読めなかったため、何も書いていません。表の見出しの行に「取組名」(事業名など)があるかを確かめてください。',
    );
  const { readWorkingTree } = await import('../content/source/source.ts');
  const { checkContent } = await import('../content/check.ts');
  const { isError } = await import('../diagnostics/diagnostic.ts');
  const { writeFiles } = await import('../edit/write.ts');
  writeFiles(content, found.files, typed);
  const { diagnostics, sources } = checkContent(readWorkingTree(content));
  print('');
  print(`${shown(content)} に取組 ${found.measures} 件の内容を書きました(${found.files.size} ファイル)。`);
  await report(diagnostics, sources);
  const errors = diagnostics.filter(isError).length;
  const option = content === 'content' ? '' : ` --content ${shellWord(shown(content))}`;
  print('次にすること:');
  if (errors > 0)
    print(`  上に「誤り」とある ${errors} か所(表にないため空けてある欄など)を、ファイルを開いて書きます。`);
  print(`  npx shisakushu check${option} で、直っているかを確かめます。`);
  print(`  npx shisakushu preview${option} で、紙面を見ます。`);
}

/** Nothing that is there is written over. Throws UserError. */
function refuseFilled(content: string): void {
  if (!existsSync(content)) return;
  if (statSync(content).isDirectory() && readdirSync(content).length === 0) return;
  throw new UserError(
    `「${content}」にはもうファイルがあるため、何も書いていません。--content に、まだないフォルダか空のフォルダを書いてください。`,
  );
}

/** A file, or the tables of a folder. Throws UserError. */
function filesAt(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UserError(`--from の「${path}」がありません。表のファイルの場所を確かめてください。`);
  if (!found.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => /\.(?:xlsx|csv|tsv)$/i.test(name) && !/^(?:~\$|\.)/.test(name));
  if (names.length === 0) throw new UserError(`--from のフォルダ「${path}」に、表(.xlsx、.csv)がありません。`);
  return names.sort().map((name) => join(path, name));
}
