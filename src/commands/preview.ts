import { Command, Option } from 'commander';
import { Renderer } from '../book/renderer.ts';
import { UserError } from '../diagnostics/user-error.ts';
import { PreviewServer } from '../preview/server.ts';
import type { PreviewSession } from '../preview/session.ts';
import { contentOption, existing, type Folders, print } from './terminal.ts';

export const command = (): Command =>
  new Command('preview')
    .description('ブラウザで紙面を見ながら編集します。保存すると紙面が変わります(終了は Ctrl+C)')
    .addOption(contentOption())
    .addOption(new Option('--port <番号>', 'ポート番号(0 は空いているもの)').argParser(portNumber))
    .option('--no-open', 'ブラウザを開きません')
    .action(run);

/** Serves the preview of a content folder until the process is told to stop. */
async function run({ content, port, open }: Folders & { port?: number; open: boolean }): Promise<void> {
  const folder = existing(content);
  const renderer = new Renderer();
  let session: PreviewSession | undefined;
  let begin = (_: PreviewSession) => {};
  const server = new PreviewServer(
    new Promise<PreviewSession>((resolve) => {
      begin = resolve;
    }),
  );
  let stopped = false;
  const stop = () => {
    stopped = true;
    session?.stop();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const address = await server.listen(port); // first: the browser loads the page while the content is being read
    print(`${address} で紙面を見られます(終了は Ctrl+C)。`);
    if (open) await openBrowser(address);
    const { PreviewSession } = await import('../preview/session.ts');
    session = new PreviewSession(folder, renderer);
    if (stopped) session.stop();
    begin(session);
    await session.run();
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await server.close();
    await session?.close();
    await renderer.close();
  }
}

async function openBrowser(address: string): Promise<void> {
  const failed = () => print('ブラウザを開けませんでした。上の住所をブラウザで開いてください。');
  const { default: open } = await import('open');
  await open(address).then((child) => child.on('error', failed), failed);
}

function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UserError(`--port の「${text}」はポート番号ではありません。0 から 65535 までの整数にしてください。`);
}
