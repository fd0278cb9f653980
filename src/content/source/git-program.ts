// How git is run: only to read, only the repository of the folder it is started in, and no program but git itself.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * What tells git where it and its settings are. All other variables of its own, which a hook sets for the repository that
 * it belongs to, would lead to another repository or into another index, or change what git prints.
 */
const kept =
  /^GIT_(?:EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|TEST_ASSUME_DIFFERENT_OWNER|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+))$/i;

/** Messages in English whatever the locale; nothing is written, asked for, or fetched (before git 2.44: by no protocol). */
export const gitEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name) || kept.test(name))),
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
});

/**
 * In front of every command. Commands are those made for programs (rev-list, ls-tree, cat-file, …): they heed no setting
 * of how things look and start no program of a repository's settings, but for the monitor of files, which is off.
 */
export const gitOptions = ['--no-pager', '--literal-pathspecs', '-c', 'core.fsmonitor='];

/** Why git could not be started. */
export const notStarted = ({ code, message }: NodeJS.ErrnoException): string =>
  code === 'ENOENT' ? 'git がありません。' : `git を実行できません(${message})。`;

/** Why git failed and what to do, from its words; `wanted` is what it was to read: 「main」の content/edition.yaml. */
export function gitFailure(stderr: string, wanted: string): string {
  if (/dubious ownership|unsafe repository/.test(stderr)) {
    // git names the folder that it wants to be told of, which is not always the one it was started in.
    const command = /git config --global --add safe\.directory .*/.exec(stderr)?.[0];
    return `git がこのリポジトリを開きません(持ち主が違います)。中身を信じてよいことを確かめてから、次を実行してください: ${command ?? 'git config --global --add safe.directory <リポジトリのいちばん上のフォルダ>'}`;
  }
  if (/promisor remote|lazy fetching disabled/.test(stderr))
    return `${wanted}が手元にありません。このリポジトリは一部だけの複製(partial clone)です。元のリポジトリにつながる所で git fetch --refetch --no-filter を実行してから、もう一度試してください。`;
  if (/not a git repository/.test(stderr))
    return `.git はありますが、git はリポジトリとして開けません${words(stderr)}。.git を動かしたり消したりしていないか確かめ、元に戻すか、複製し直してください。`;
  if (/permission denied/i.test(stderr))
    return `${wanted}を読む権限がありません${words(stderr)}。.git フォルダの権限を確かめてください。`;
  if (/repo version|repository extension/.test(stderr))
    return `この git では開けない形のリポジトリです${words(stderr)}。git を新しい版にしてください。`;
  if (/config/i.test(stderr))
    return `git の設定に誤りがあります${words(stderr)}。設定のファイルや環境変数のその所を直してください。`;
  return `${wanted}を git が読めません${words(stderr)}。リポジトリのファイルが足りないか壊れています。git fsck で確かめ、元のリポジトリから複製し直すか、控えから戻してください。`;
}

/** What git said first of what ended it. */
function words(stderr: string): string {
  const said = /^fatal: (.*)/m.exec(stderr) ?? /^error: (.*)/m.exec(stderr);
  return said === null ? '' : `(git: ${said[1]})`;
}

/** Whether `folder` or one above it has a .git, whatever git thinks of it. */
export function hasGitFolder(folder: string): boolean {
  for (let at = realPath(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (at === dirname(at)) return false;
  }
}

/** git goes up from where links lead; a folder that is not there leads nowhere. */
function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}
