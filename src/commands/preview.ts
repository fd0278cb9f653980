import { Command, Option } from 'commander';
import { UserError } from '../diagnostics/user-error.ts';
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
  const { Renderer } = await import('../render/renderer.ts');
  const renderer = new Renderer({ pieces: true }); // its thread starts while the rest is being loaded
  const { PreviewServer } = await import('../preview/server.ts');
  const { PreviewSession } = await import('../preview/session.ts');
  const session = new PreviewSession(folder, renderer);
  const server = new PreviewServer(session);
  const stop = () => session.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const address = await server.listen(port); // first: reading the content keeps the process busy
    print(`${address} で紙面を見られます(終了は Ctrl+C)。`);
    if (open) await openBrowser(address);
    await session.run();
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await server.close();
    await session.close();
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
