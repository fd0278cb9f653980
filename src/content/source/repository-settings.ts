// The one place where git is told to write: settings of a repository, never those of the user or of the machine.
import { spawnSync } from 'node:child_process';
import { UserError } from '../../diagnostics/user-error.ts';
import { gitEnvironment, gitFailure, gitOptions, hasGitFolder, notStarted } from './git-program.ts';

/** The repository that a folder is in. */
export interface Repository {
  /** Where its work tree is */
  top: string;
  /** The folder's path below it, with "/" */
  path: string;
  /** The value of a setting of its own, undefined where it has none. */
  setting(name: string): string | undefined;
  /** Gives a setting another value, or with undefined none. Throws UserError where git cannot. */
  set(name: string, value: string | undefined): void;
}

/** Throws UserError for a folder of no work tree, and for a git that is not as it must be. */
export function repositoryAt(folder: string): Repository {
  const git = (...args: string[]) => {
    const result = spawnSync('git', [...gitOptions, ...args], { cwd: folder, env: gitEnvironment(), encoding: 'utf8' });
    if (result.error) throw new UserError(`${notStarted(result.error)}git を入れてから、もう一度実行してください。`);
    return result;
  };
  const [top, prefix] = (['--show-toplevel', '--show-prefix'] as const).map((asked) => {
    const { status, stdout, stderr } = git('rev-parse', asked);
    if (status === 0) return stdout.replace(/\n$/, '');
    throw new UserError(
      (/not a git repository/.test(stderr) && !hasGitFolder(folder)) || /work tree/.test(stderr)
        ? `「${folder}」は git で管理する作業フォルダの中ではありません。git clone したフォルダの中で実行してください。`
        : gitFailure(stderr, 'リポジトリ'),
    );
  }) as [string, string];
  const config = (...args: string[]) => git('config', '--local', ...args);
  return {
    top,
    path: prefix.replace(/\/$/, ''),
    setting(name) {
      const { status, stdout } = config('--get', name);
      return status === 0 ? stdout.replace(/\n$/, '') : undefined;
    },
    set(name, value) {
      const { status, stderr } =
        value === undefined ? config('--unset-all', name) : config('--replace-all', name, value);
      if (status !== 0 && !(value === undefined && status === 5))
        throw new UserError(
          `git の設定 ${name} を書けません(git: ${stderr.trim()})。ほかの git が動いていないか、.git フォルダの権限を確かめて、もう一度実行してください。`,
        );
    },
  };
}
