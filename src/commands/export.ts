import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { type CheckedContent, checkContent } from '../content/check.ts';
import { type ContentSource, readWorkingTree } from '../content/source/source.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { exportFiles } from '../exchange/export.ts';
import { inFileName, writeAllWhole, writeWhole } from '../files.ts';
import type { Edition } from '../model/edition.ts';
import { severityWords } from '../model/words.ts';
import {
  checkOneChoice,
  contentOption,
  existing,
  type Folders,
  outOption,
  print,
  report,
  shown,
  sinceStart,
} from './terminal.ts';

export const command = (): Command =>
  new Command('export')
    .description(
      '内容をデータとして出力先に書き出します(csv: 取組、年度、内訳の3つの表と説明。json: 全体とその形の説明。xlsx: 同じ3つの表、または課が記入する回答ブック)',
    )
    .addArgument(new Argument('<形式>', '書き出す形式').choices(['csv', 'json', 'xlsx']))
    .addOption(contentOption())
    .addOption(outOption())
    .option('--section <課>', 'xlsx: その課の回答ブックを作ります')
    .option('--split', 'xlsx: 課ごとに1つの回答ブックを作ります')
    .option('--only <id...>', 'xlsx: その番号の取組の回答ブックを作ります(例: --only 1-1-1 2-3-16)')
    .option(
      '--due <年度>',
      'xlsx: 回答ブックに書ける年度。ほかの年度は閉じます(例: --due R7 または --due R7,R8)',
      (year: string, before: string[] = []) => [...before, year],
    )
    .action(run);

interface Wishes {
  section?: string;
  split?: true;
  only?: string[];
  due?: string[];
}

async function run(
  format: 'csv' | 'json' | 'xlsx',
  { content: folder, out, ...wishes }: Folders & Wishes,
): Promise<void> {
  const isForAnswers = checkWishes(format, wishes);
  const source = readWorkingTree(existing(folder));
  const content = checkContent(source);
  const { diagnostics, sources, edition } = content;
  await report(diagnostics, sources);
  if (!edition) process.exitCode = 1;
  else if (isForAnswers) await exportAnswers(edition, content, { folder, out, source }, wishes);
  else if (format === 'xlsx') {
    const { tableBook } = await import('../exchange/table-book.ts');
    const file = join(out, `${inFileName(edition.title)}.xlsx`);
    writeWhole(file, await tableBook(edition));
    print(`${shown(file)} を書きました。`);
  } else for (const file of exportFiles(edition, format, out)) print(`${shown(file)} を書きました。`);
}

/** Whether answer workbooks are asked for. Throws UserError for wishes that do not go together. */
function checkWishes(format: string, wishes: Wishes): boolean {
  const { section, split, only, due } = wishes;
  const isForAnswers = [section, split, only].some((wish) => wish !== undefined);
  if (format !== 'xlsx' && (isForAnswers || due))
    throw new UserError(
      `--section、--split、--only、--due は回答ブックのための指定で、${format} には使えません。export xlsx としてください。`,
    );
  checkOneChoice(wishes);
  if (due && !isForAnswers)
    throw new UserError(
      '--due は回答ブックに書ける年度の指定です。--split、--section、--only のどれかと一緒に使ってください。',
    );
  return isForAnswers;
}

interface Places {
  folder: string;
  out: string;
  source: ContentSource;
}

async function exportAnswers(
  edition: Edition,
  content: CheckedContent,
  { folder, out, source }: Places,
  { due, ...choice }: Wishes,
): Promise<void> {
  const [{ commitOf }, { contentDigest }, { answerBook, chosenBooks, openYearsOf }] = await Promise.all([
    import('../content/source/commit.ts'),
    import('../content/source/digest.ts'),
    import('../exchange/answers/send/answer-books.ts'),
  ]);
  const openYears = due && openYearsOf(edition, due);
  const books = chosenBooks(edition, choice);
  const { id: commit, problem } = await commitOf(folder);
  const { organization } = content.readable();
  const request = { edition, organization, digest: contentDigest(source), commit, openYears };
  const files: [string, Uint8Array][] = [];
  for (const book of books) files.push([join(out, '回答', `${book.name}.xlsx`), await answerBook(book, request)]);
  writeAllWhole(files);
  for (const [file] of files) print(`${shown(file)} を書きました。`);
  if (files.length !== 1) print(`回答ブックを ${files.length} 件作りました(${sinceStart()})。`);
  if (problem !== undefined) print(`${severityWords.warning}: 回答ブックに内容のコミットを書いていません。${problem}`);
}
