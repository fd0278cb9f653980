#!/usr/bin/env node
// The only place that reads argv, prints and sets exit codes:
// 0 done, 1 the content has errors, 2 wrong usage or environment, 70 a defect of ours.
import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { Argument, Command, CommanderError, Option } from 'commander';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { DiffOptions } from './diff-text.ts';
import { fileProblem } from './files.ts';
import { inJapanese, wrongUsage } from './help.ts';
import type { Choice } from './select.ts';

interface Folders {
  content: string;
  out: string;
}

/** Wrong usage or environment: what is wrong and what to do next. */
class Misuse extends Error {
  override name = 'Misuse';
}

const program = new Command('shisakushu')
  .description('施策集: YAML で管理する取組を検査し、公式PDFを作ります。')
  .helpCommand(false);

const content = () => new Option('--content <フォルダ>', '内容のフォルダ').default('content');
const out = () => new Option('--out <フォルダ>', '出力先のフォルダ').default('out');

program
  .command('build')
  .description('内容から PDF を作ります(既定: out/施策集.pdf)')
  .addOption(content())
  .addOption(out())
  .option('--section <課>', 'その課が担当する取組の個票だけを作ります')
  .option('--only <id...>', 'その番号の取組の個票だけを作ります(例: --only 1-1-1 2-3-16)')
  .option('--portrait', '個票を A4 縦、1ページに1つの取組で作ります')
  .option('--split', '課ごとに1つの PDF を作ります')
  .action(async (options: Folders & Choice & { split?: boolean }) => {
    if (Number(options.section !== undefined) + Number(options.only !== undefined) + Number(options.split ?? false) > 1)
      throw new Misuse('--section、--only、--split は同時に使えません。どれか一つにしてください。');
    const folders = existing(options);
    const { Renderer } = await import('./render/renderer.ts');
    const renderer = new Renderer();
    const [{ buildFile, buildSections }, started] = [await import('./output.ts'), performance.timeOrigin];
    if (options.split) {
      const { content, diagnostics, files } = await buildSections(folders, renderer, options);
      await renderer.close();
      await report(diagnostics, content.sources, 'pretty', process.stderr);
      if (files.length === 0) process.exitCode = 1;
      else
        print(
          `${shown(folders.out)} に課ごとの PDF を ${files.length} 件作りました(${seconds(Date.now() - started)})。`,
        );
      return;
    }
    const result = await buildFile(folders, renderer, options);
    await renderer.close();
    await report(result.diagnostics, result.content.sources, 'pretty', process.stderr);
    if (!result.file) process.exitCode = 1;
    else print(built(result.file, result.pages ?? 0, Date.now() - started));
  });

program
  .command('check')
  .description('内容を検査し、誤りをすべて示します')
  .addOption(content())
  .addOption(new Option('--format <形式>', '結果の形式').choices(['pretty', 'json', 'github']).default('pretty'))
  .action(async (options: Folders & { format: Format }) => {
    const [{ checkAll }, { readWorkingTree }] = await Promise.all([
      import('./check.ts'),
      import('./content/source.ts'),
    ]);
    const { diagnostics, sources, edition } = await checkAll(readWorkingTree(existing(options).content));
    await report(diagnostics, sources, options.format, process.stdout);
    if (diagnostics.length === 0 && options.format === 'pretty') print('誤りはありません。');
    if (!edition) process.exitCode = 1;
  });

program
  .command('watch')
  .description('保存のたびに PDF を作り直します(終了は Ctrl+C)')
  .addOption(content())
  .addOption(out())
  .action(async (options: Folders) => {
    const folders = existing(options);
    const { watch } = await import('./watch.ts');
    print(`${folders.content} を見張っています。保存すると PDF を作り直します(終了は Ctrl+C)。`);
    const say = (line: string): void =>
      void print(`${new Date().toLocaleTimeString('ja-JP', { hour12: false })} ${line}`);
    await watch(folders, async (result, milliseconds) => {
      if (typeof result === 'string') return say(result);
      await report(result.diagnostics, result.content.sources, 'pretty', process.stderr);
      const errors = result.diagnostics.filter(({ severity }) => severity === 'error').length;
      say(
        result.file
          ? built(result.file, result.pages ?? 0, milliseconds)
          : `誤りが ${errors} 件あるため作り直していません(${seconds(milliseconds)})。前回の PDF はそのままです。`,
      );
    });
  });

program
  .command('diff')
  .description('2つの版の内容を比べます(git の版の名前、または内容のフォルダ)')
  .argument('<前>', '変更前。版の名前(main、HEAD~1 など)かフォルダ')
  .argument('[後]', '変更後。書かなければ、いまの内容のフォルダ')
  .addOption(content())
  .addOption(
    new Option('--format <形式>', '結果の形式').choices(['pretty', 'markdown', 'json', 'html']).default('pretty'),
  )
  .option('--pdf', '新旧対照表と見え消しの PDF を出力先に作ります')
  .option('--pages <フォルダ>', '変わった取組の個票を、変更前と変更後の画像(PNG)にして書きます')
  .addOption(out())
  .option('--exit-code', '違いがあれば終了コードを 1 にします')
  .action(async (base: string, head: string | undefined, options: DiffOptions) => {
    const [{ diff }, { diffText }] = await Promise.all([import('./diff.ts'), import('./diff-text.ts')]);
    const papers = options.pdf || options.pages ? (await import('./diff-files.ts')).preparePapers(options) : undefined;
    const compared = diff(base, head, options.content);
    if (options.format !== 'json')
      for (const { errors, sources } of [compared.base, compared.head])
        await report(errors, sources, 'pretty', process.stderr);
    process.stdout.write(await diffText(compared, options.format, terminalOf(process.stdout)));
    if (options.exitCode && compared.changed) process.exitCode = 1;
    if ((await papers?.(compared, (line) => process.stderr.write(`${line}\n`))) === false) process.exitCode = 2;
  });

program
  .command('pr')
  .description('検査し、PDF を作り、変更前と比べた結果を出力先に書きます(プルリクエストの自動の確認と同じ)')
  .argument('<前>', '変更前の版の名前(main、HEAD~1 など)')
  .addOption(content())
  .addOption(out())
  .action(async (base: string, options: Folders) => {
    const folders = existing(options);
    const { Renderer } = await import('./render/renderer.ts');
    const renderer = new Renderer();
    const { pullRequest } = await import('./pull-request.ts');
    const { build, files } = await pullRequest(base, folders, renderer, process.env).finally(() => renderer.close());
    const format = process.env.GITHUB_ACTIONS === 'true' ? 'github' : 'pretty';
    await report(build.diagnostics, build.content.sources, format, process.stdout);
    for (const file of [...(build.file ? [build.file] : []), ...files]) print(`${shown(file)} を書きました。`);
    if (!build.file) process.exitCode = 1;
  });

program
  .command('preview')
  .description('ブラウザで紙面を見ながら編集します。保存すると紙面が変わります(終了は Ctrl+C)')
  .addOption(content())
  .addOption(new Option('--port <番号>', 'ポート番号(0 は空いているもの)').argParser(portNumber))
  .option('--no-open', 'ブラウザを開きません')
  .action(async (options: Folders & { port?: number; open: boolean }) => {
    const folder = existing(options).content;
    const [{ preview }, { checkAll }] = await Promise.all([import('./preview/preview.ts'), import('./check.ts')]);
    await preview(folder, checkAll, options.port, async (address) => {
      print(`${address} で紙面を見られます(終了は Ctrl+C)。`);
      const closed = () => void print('ブラウザを開けませんでした。上の住所をブラウザで開いてください。');
      if (options.open)
        await (await import('open')).default(address).then((child) => child.on('error', closed), closed);
    });
  });

program
  .command('export')
  .description('内容をデータとして出力先に書き出します(csv: 取組ごと、年度ごとの2つ)')
  .addArgument(new Argument('<形式>', '書き出す形式').choices(['csv', 'json']))
  .addOption(content())
  .addOption(out())
  .action(async (format: 'csv' | 'json', options: Folders) => {
    const folders = existing(options);
    const [{ checkContent }, { readWorkingTree }, { exportFiles }] = await Promise.all([
      import('./content/check.ts'),
      import('./content/source.ts'),
      import('./exchange/export.ts'),
    ]);
    const { diagnostics, sources, edition } = checkContent(readWorkingTree(folders.content));
    await report(diagnostics, sources, 'pretty', process.stderr);
    if (!edition) process.exitCode = 1;
    else for (const file of exportFiles(edition, format, folders.out)) print(`${shown(file)} を書きました。`);
  });

program
  .command('verify')
  .description('PDF が今の内容から作ったままのものかを確かめ、違いを示します(終了コード 0: 同じ、1: 違う、2: 読めない)')
  .argument('<PDF>', '確かめる PDF')
  .addOption(content())
  .action(async (file: string, options: Folders) => {
    const folders = existing(options);
    const pdf = readPdf(file);
    const [{ verify }, { verificationReport }, { Renderer }] = await Promise.all([
      import('./verify.ts'),
      import('./verification-report.ts'),
      import('./render/renderer.ts'),
    ]);
    const renderer = new Renderer();
    const result = await verify(pdf, folders.content, renderer);
    await renderer.close();
    if ('errors' in result) await report(result.errors, result.content.sources, 'pretty', process.stderr);
    const { text, status } = verificationReport(shown(file), folders.content, result);
    process.exitCode = status;
    if (status === 2) throw new Misuse(text);
    print(text);
  });

program
  .command('schema')
  .description('エディタ用の JSON Schema を内容のフォルダに書きます')
  .addOption(content())
  .action(async (options: Folders) => {
    const folders = existing(options);
    const [{ writeSchemas }, { readWorkingTree }] = await Promise.all([
      import('./content/schema-files.ts'),
      import('./content/source.ts'),
    ]);
    for (const file of writeSchemas(folders.content, readWorkingTree(folders.content)))
      print(`${shown(file)} を書きました。`);
  });

function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Misuse(`--port の「${text}」はポート番号ではありません。0 から 65535 までの整数にしてください。`);
}

type Format = 'pretty' | 'json' | 'github';

const colorOn = (stream: NodeJS.WriteStream) => stream.isTTY === true && !process.env.NO_COLOR;
const terminalOf = (stream: NodeJS.WriteStream) => ({ color: colorOn(stream), width: stream.columns ?? 100 });

async function report(
  diagnostics: readonly Diagnostic[],
  sources: (file: string) => string | undefined,
  format: Format,
  stream: NodeJS.WriteStream,
): Promise<void> {
  if (diagnostics.length === 0 && format !== 'json') return;
  const { reportText } = await import('./diagnostics/report.ts');
  stream.write(reportText(diagnostics, sources, format, terminalOf(stream)));
}

function existing<T extends Partial<Folders>>(options: T): T & Folders {
  const folder = options.content ?? 'content';
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Misuse(
      `内容のフォルダ「${folder}」がありません。リポジトリのいちばん上のフォルダで実行するか、--content で場所を指定してください。`,
    );
  return { out: 'out', ...options, content: folder };
}

const largestPdf = 500 * 1024 * 1024;

function readPdf(file: string): Buffer {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Misuse(`PDF「${file}」がありません。場所と名前を確かめてください。`);
  if (!found.isFile()) throw new Misuse(`「${file}」はファイルではありません。PDF ファイルを指定してください。`);
  if (found.size > largestPdf)
    throw new Misuse(`「${file}」は大きすぎます(500 MB まで)。施策集の PDF を指定してください。`);
  return readFileSync(file);
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const shown = (file: string) => relative(process.cwd(), file) || file;
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)}秒`;
const built = (file: string, pages: number, milliseconds: number) =>
  `${shown(file)} を作りました(${pages}ページ、${seconds(milliseconds)})。`;

inJapanese(program);

// Whoever reads may stop reading (| head): that is no failure.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

try {
  if (process.argv.length <= 2) {
    program.outputHelp();
    process.exitCode = 2;
  } else await program.parseAsync();
} catch (error) {
  process.exitCode = fail(error);
}

function fail(error: unknown): number {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    say(wrongUsage(error));
    return 2;
  }
  const { name, message, stack } = error as Error;
  const told = ['Misuse', 'UnknownName', 'GitProblem', 'PortTaken'].includes(name) ? message : fileProblem(error);
  if (told !== undefined) {
    say(told);
    return 2;
  }
  say('shisakushu の不具合です(内容の誤りではありません)。お手数ですが、次の内容を添えて開発者に報告してください。');
  say(`${stack ?? String(error)}`);
  return 70;
}
