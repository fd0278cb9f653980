import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { UserError } from '../diagnostics/user-error.ts';
import { contentOption, existing, print, shown } from './terminal.ts';

export const command = (): Command =>
  new Command('archive')
    .description(
      'タグの付いた版の一覧を示し、今の道具で同じ PDF ができるかを確かめて、新しい版を archive.yaml に記録します(終了コード 0: 記録のまま、1: 内容が違うかタグがない)',
    )
    .addOption(contentOption())
    .action(run);

/** The record lies beside the content folder: what is in the folder is content. */
const recordOf = (content: string): string => join(dirname(resolve(content)), 'archive.yaml');

async function run({ content }: { content: string }): Promise<void> {
  existing(content);
  const { hasGitFolder } = await import('../content/source/git-program.ts');
  if (!hasGitFolder(content))
    throw new UserError(
      `「${content}」は git のリポジトリの中ではないため、タグの付いた版がありません。リポジトリの中で実行してください。`,
    );
  const { Renderer } = await import('../book/renderer.ts');
  const [{ tagsOf }, { readArchive, withEntries }, { editionsOf }, { archiveReport }, { readWhole, writeWhole }] =
    await Promise.all([
      import('../content/source/git.ts'),
      import('../exchange/archive-file.ts'),
      import('./archive-editions.ts'),
      import('./archive-report.ts'),
      import('../files.ts'),
    ]);
  const path = recordOf(content);
  const file = shown(path);
  const text = existsSync(path) ? readWhole(path).toString() : undefined;
  const record = text === undefined ? [] : readArchive(file, text);
  const tags = tagsOf(content);
  if (tags.length === 0 && record.length === 0) {
    print('タグがありません。公開した版のコミットにタグを付けてください(例: git tag v2026)。');
    return;
  }
  const renderer = new Renderer();
  const tagged = await editionsOf(tags, content, renderer).finally(() => renderer.close());
  const { lines, fresh, failed } = archiveReport(record, tagged);
  for (const line of lines) print(line);
  if (fresh.length > 0) {
    const written = withEntries(text, fresh);
    readArchive(file, written); // it is as it was written before
    writeWhole(path, written);
    print('');
    print(`${file} に ${fresh.length} 件を書き加えました。git にコミットしてください。`);
  }
  if (failed) process.exitCode = 1;
}
