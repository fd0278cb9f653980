import { Command } from 'commander';
import { UserError } from '../diagnostics/user-error.ts';
import type { Labels } from '../edit/merge/told.ts';
import { readWhole, writeWhole } from '../files.ts';
import { shellWord } from '../model/shell-word.ts';
import { print } from './terminal.ts';

export const command = (): Command =>
  new Command('merge-driver')
    .description('内容のファイルを、2人の変更から欄ごとに一つにします(npx shisakushu setup の後、git が呼びます)')
    .argument('<元>', '元のファイル(git の %O)')
    .argument('<こちら>', 'こちらのファイル。結果が書かれます(%A)')
    .argument('<あちら>', 'あちらのファイル(%B)')
    .argument('<場所>', 'リポジトリの中の場所(%P)')
    .argument('[こちらの名前]', 'こちらの版の名前(%X)')
    .argument('[あちらの名前]', 'あちらの版の名前(%Y)')
    .action(run);

/** Exit code 0: done; 1: conflicts, which git then knows of; else nothing was done, and git goes by lines. */
async function run(
  base: string,
  ours: string,
  theirs: string,
  path: string,
  oursName?: string,
  theirsName?: string,
): Promise<void> {
  const { isSchemaFile, ruleOfFile } = await import('../edit/merge/rules.ts');
  const byLines = 'git が行ごとに合わせます。';
  if (isSchemaFile(path)) {
    const { mergeSchema } = await import('../edit/merge/schema.ts');
    const text = mergeSchema(textOf(base), textOf(ours), textOf(theirs));
    if (text !== undefined) return writeWhole(ours, text);
    print(
      `${path}: 内容から作るファイルです。ほかの競合を片づけてから、npx shisakushu schema で作り直し、git add ${shellWord(path)} を実行してください。`,
      process.stderr,
    );
    process.exitCode = 1;
    return;
  }
  if (!ruleOfFile(path)) throw new UserError(`${path}: 欄ごとに合わせられるファイルではないため、${byLines}`);
  const { merge, UnreadableSide } = await import('../edit/merge/merge.ts');
  const sides = { base: '元', ours: 'こちら', theirs: 'あちら' };
  try {
    const texts = { base: textOf(base), ours: textOf(ours), theirs: textOf(theirs) };
    const { text, conflicts } = merge({ path, ...texts });
    if (text !== texts.ours) writeWhole(ours, text);
    if (conflicts.length === 0) return;
    const { conflictLines } = await import('../edit/merge/told.ts');
    const labels: Labels = { ...labelled('ours', oursName), ...labelled('theirs', theirsName) };
    for (const line of conflictLines(path, conflicts, labels)) print(line, process.stderr);
    process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof UnreadableSide)) throw error;
    const { diagnostic, side } = error;
    const { messages } = await import('../diagnostics/messages.ts');
    const why = diagnostic && `${diagnostic.start.line}行目: ${messages[diagnostic.code].message(diagnostic)}`;
    throw new UserError(
      `${path}: ${sides[side]}のファイルが読めないため、${byLines}${why === undefined ? '' : `(${why})`}`,
    );
  }
}

/** Throws UserError for what is no text. */
function textOf(file: string): string {
  const bytes = readWhole(file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UserError('UTF-8 で書かれていないファイルがあるため、git が行ごとに合わせます。');
  }
}

/** An older git leaves the placeholder as it is. */
const labelled = (side: keyof Labels, name: string | undefined): Labels =>
  name === undefined || name === '' || name.startsWith('%') ? {} : { [side]: name };
