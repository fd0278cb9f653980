import { Command, Option } from 'commander';
import type { ContentCache } from '../annexes/checked-edition.ts';
import type { Fixed } from '../diagnostics/fixed.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { finishEarlier, forceOption, refuseUncommitted, withSchemas, writtenLine } from './change-content.ts';
import { contentOption, existing, type Folders, type Format, print, report } from './terminal.ts';

export const command = (): Command =>
  new Command('check')
    .description('内容を検査し、誤りをすべて示します')
    .addOption(contentOption())
    .addOption(new Option('--format <形式>', '結果の形式').choices(['pretty', 'json', 'github']).default('pretty'))
    .option('--fix', '直し方が一つに決まる誤り(文字、空白、改行、予算額の書き方など)を直して書き換えます')
    .addOption(forceOption())
    .action(run);

interface Options extends Pick<Folders, 'content'> {
  format: Format;
  fix?: boolean;
  force?: boolean;
}

async function run({ content, format, fix = false, force = false }: Options): Promise<void> {
  existing(content);
  if (force && !fix) throw new UserError('--force は --fix と一緒に使います。');
  if (fix && (await finishEarlier(content, 'check --fix'))) return;
  const { Renderer } = await import('../book/renderer.ts');
  const renderer = new Renderer(); // its thread starts while the rest is being loaded
  try {
    const { checkAll, ContentCache } = await import('../annexes/checked-edition.ts');
    const { readWorkingTree } = await import('../content/source/source.ts');
    const { isError } = await import('../diagnostics/diagnostic.ts');
    const { checkFit } = await import('../render/check-fit.ts');
    const cache = new ContentCache();
    const fixed = fix ? await fixAll(content, force, format, cache) : undefined;
    const { outdatedSchemas } = await import('../content/schema-files.ts');
    const source = readWorkingTree(content);
    const checked = await checkAll(source, cache);
    const misfits = checkFit(checked, renderer);
    // While the other thread measures: no page shows what editors are told.
    const schemas = outdatedSchemas(source, checked);
    const diagnostics = [...checked.diagnostics, ...schemas, ...(await misfits)];
    await report(diagnostics, checked.sources, format, process.stdout, fixed);
    if (diagnostics.length === 0 && format === 'pretty') print('誤りはありません。');
    if (!checked.edition || diagnostics.some(isError)) process.exitCode = 1;
  } finally {
    await renderer.close();
  }
}

/** Writes what can be mended, whatever else is wrong; tells it but where a program reads it. Throws UserError where undo would lose something. */
async function fixAll(content: string, force: boolean, format: Format, cache: ContentCache): Promise<Fixed[]> {
  const { readWorkingTree } = await import('../content/source/source.ts');
  const { fixContent } = await import('../edit/fix/fix.ts');
  const source = readWorkingTree(content);
  const { files, fixed } = fixContent(source, cache.parsed);
  const tell = (line: string) => (format === 'json' ? undefined : print(line));
  if (files.size === 0) {
    tell('自動で直せる誤りはありません。');
    return fixed;
  }
  if (!force) await refuseUncommitted(content);
  const planned = await withSchemas(source, files);
  const { writeFiles } = await import('../edit/write.ts');
  writeFiles(content, planned, 'check --fix');
  const { fixedLines } = await import('../diagnostics/fixed.ts');
  for (const line of fixedLines(fixed)) tell(line);
  tell(`${fixed.length} か所を直しました。${writtenLine(content, planned, source, force)}`);
  return fixed;
}
