import { join } from 'node:path';
import { Command } from 'commander';
import { Renderer } from '../book/renderer.ts';
import { build } from '../build.ts';
import { markdown } from '../compare/markdown.ts';
import { diffText } from '../compare/report.ts';
import { diff } from '../compare/two-editions.ts';
import { isError } from '../diagnostics/diagnostic.ts';
import { writeWhole } from '../files.ts';
import { printCommitProblem, write } from './build.ts';
import { contentOption, existing, type Folders, outOption, print, report, shown } from './terminal.ts';

export const command = (): Command =>
  new Command('pr')
    .description('検査し、PDF を作り、変更前と比べた結果を出力先に書きます(プルリクエストの自動の確認と同じ)')
    .argument('<前>', '変更前の版の名前(main、HEAD~1 など)')
    .addOption(contentOption())
    .addOption(outOption())
    .action(run);

/** 変更点.md is the comment. */
const forms = { md: 'markdown', html: 'html', json: 'json' } as const;

/** All that a review of the working tree against `base` needs: the PDF, unless the content has errors, and the changes. */
async function run(base: string, { content, out }: Folders): Promise<void> {
  existing(content);
  const renderer = new Renderer();
  try {
    const compared = diff(base, undefined, content);
    const result = await build({ content, renderer });
    // The comment tells the same mistakes as the check: those of annexes and of what does not fit too.
    const errors = result.diagnostics.filter(isError);
    const told = { ...compared, head: { ...compared.head, diagnostics: result.diagnostics, errors } };
    const pdf = write(result, out);
    const page =
      process.env.GITHUB_ACTIONS === 'true' ? '実行結果の Artifacts にある 変更点.html' : join(out, '変更点.html');
    const elsewhere = `すべての変更は ${markdown(page)} で見られます。`;
    const files = pdf === undefined ? [] : [pdf];
    for (const [ending, format] of Object.entries(forms)) {
      const file = join(out, `変更点.${ending}`);
      writeWhole(file, await diffText(told, format, { color: false, width: 100, elsewhere }));
      files.push(file);
    }
    const format = process.env.GITHUB_ACTIONS === 'true' ? 'github' : 'pretty';
    await report(result.diagnostics, result.content.sources, format, process.stdout);
    for (const file of files) print(`${shown(file)} を書きました。`);
    printCommitProblem(result);
    if (pdf === undefined) process.exitCode = 1;
  } finally {
    await renderer.close();
  }
}
