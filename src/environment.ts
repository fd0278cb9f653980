import { basename, sep } from 'node:path';
import { adviceFor, codeWithMeaning } from './diagnostics/system-errors.ts';
import { UserError } from './diagnostics/user-error.ts';
import { packagePath } from './package.ts';

/**
 * What to tell when what failed is not ours: wrong usage, a refusal of the operating system, a damaged installation; else
 * undefined. Looks at the causes of `error` too.
 */
export function environmentProblem(error: unknown): string | undefined {
  if (error instanceof UserError) return error.message;
  if (!(error instanceof Error)) return undefined;
  return damage(error) ?? refusal(error) ?? environmentProblem(error.cause);
}

/** Whatever the operating system refused has the name of the call beside its code. */
function refusal(error: NodeJS.ErrnoException & { address?: string; port?: number }): string | undefined {
  const { code, errno, syscall, path, address, port } = error;
  if (code === undefined || syscall === undefined || (typeof errno !== 'number' && !/^E[A-Z0-9]+$/.test(code)))
    return undefined;
  if (syscall === 'uv_cwd')
    return 'いまいるフォルダがなくなっています。フォルダを移ってから、もう一度実行してください。';
  if (syscall.startsWith('spawn'))
    return `プログラムを起動できません: ${path ?? syscall.slice('spawn '.length)}(${codeWithMeaning(code)})。入っているか、実行の権限があるかを確かめてください。`;
  if (syscall === 'watch')
    return `変化を見張れません: ${path ?? ''}(${code})。見張れるファイルの数の上限(fs.inotify.max_user_watches)を上げるか、ほかのプログラムを終えてください。`;
  if (address !== undefined)
    return `通信の口を開けません: ${address}${port === undefined ? '' : `:${port}`}(${code})。--port で別の番号を指定してください。`;
  if (code === 'ENAMETOOLONG' && path !== undefined) return nameTooLong(path);
  return `ファイルを読み書きできません: ${path ?? syscall}(${codeWithMeaning(code)})。${adviceFor(code)}`;
}

/** Bytes that a name may have almost everywhere. */
const longestName = 255;

function nameTooLong(path: string): string {
  const bytes = (name: string) => Buffer.byteLength(name);
  const long = path.split(/[\\/]/).find((name) => bytes(name) > longestName);
  const start = `ファイルを読み書きできません: ${path}(${codeWithMeaning('ENAMETOOLONG')})。`;
  if (long === undefined)
    return `${start}場所の全体が ${bytes(path)} バイトあります。もっと浅いフォルダを指定してください。`;
  const advice =
    long === basename(path)
      ? 'ファイル名は edition.yaml の「書名」と、選んだ課や番号から付きます。「書名」を短くしてください'
      : 'フォルダの名前を短くしてください';
  return `${start}「${long}」は ${bytes(long)} バイトですが、名前は ${longestName} バイトまでです(漢字やかなは1字3バイト)。${advice}。`;
}

const parts = ['dist', 'templates', 'fonts', 'page', 'profiles', 'package.json', 'node_modules'];
const isOurs = (path: string): boolean =>
  parts.map(packagePath).some((part) => path === part || path.startsWith(part + sep));

/** A file of the tool itself that is not there, cannot be read or cannot be loaded. */
function damage(error: NodeJS.ErrnoException): string | undefined {
  const { code = '', path, message } = error;
  const [, searched] = /file not found \(searched at ([^)]*)\)/.exec(message) ?? [];
  const unreadable = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'EIO'].includes(code) ? path : searched;
  const cannotLoad = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'].includes(code);
  if (!cannotLoad && (unreadable === undefined || !isOurs(unreadable))) return undefined;
  const what = cannotLoad ? message.split('\n', 1)[0] : unreadable;
  return `この道具のファイルが足りないか、読めません: ${what}。道具のフォルダで npm ci を実行して、入れ直してください。`;
}
