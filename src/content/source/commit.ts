import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gitEnvironment, gitFailure, gitOptions, hasGitFolder, notStarted } from './git-program.ts';

export interface ContentCommit {
  /** Hexadecimal */
  id?: string;
  /** Why it cannot be known, though there is a repository. */
  problem?: string;
}

/**
 * The commit that the content stands for: the last one that touched the folder, when nothing in it was changed since.
 * So neither work elsewhere in the repository nor a change not yet committed shows. None outside git, and none in a
 * shallow clone that does not reach back to that commit: two clones must not tell different things. `patience`: ms that git
 * has for an answer.
 */
export async function commitOf(folder: string, patience = 10_000): Promise<ContentCommit> {
  if (!hasGitFolder(folder)) return {};
  const git = (...args: string[]) => answerOf(folder, patience, args);
  const [log, tree, names] = await Promise.all([
    git('rev-list', '-1', '--parents', 'HEAD', '--', '.'),
    git('ls-tree', '-r', '-z', 'HEAD'),
    git('ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.'),
  ]);
  for (const { failure } of [log, tree, names])
    if (failure !== undefined) return isWithoutCommit(failure) ? {} : { problem: sentence(failure, patience) };
  const [id = '', parent] = log.output.trim().split(' ');
  // No commit has the folder.
  if (!/^[0-9a-f]{40,64}$/.test(id)) return {};
  const files = filesOf(tree.output);
  if ([...files.values()].some(({ mode }) => mode === '160000'))
    return { problem: '内容のフォルダにサブモジュールがあり、コミット1つでは内容が決まりません。' };
  if (!isUnchanged(folder, files, listOf(names.output))) return {};
  // Where a shallow clone ends, a commit without parents seems to have made everything.
  if (parent === undefined && (await git('rev-parse', '--is-shallow-repository')).output.trim() !== 'false')
    return {
      problem:
        'この複製には履歴の一部しかなく、内容を最後に変えたコミットがわかりません。git fetch --unshallow で履歴を取り寄せてください。',
    };
  return { id };
}

/** Of git that could not be started (`error`), took too long, or failed (`stderr`). */
type Failure = { error: NodeJS.ErrnoException } | { stderr: string };

/** What git prints, started in `folder`. Commits as they were made: what a clone was told to see in their place is its own. */
function answerOf(folder: string, patience: number, args: string[]): Promise<{ output: string; failure?: Failure }> {
  const options = { timeout: patience, maxBuffer: 2 ** 28, env: gitEnvironment() };
  return new Promise((done) => {
    execFile(
      'git',
      [...gitOptions, '--no-replace-objects', '-C', folder, ...args],
      options,
      (error, output, stderr) => {
        if (error === null) done({ output });
        else done({ output: '', failure: typeof error.code === 'number' ? { stderr } : { error: error as Error } });
      },
    );
  });
}

/** A repository without a commit, or a folder that is no part of any work: nothing to be told. */
const isWithoutCommit = (failure: Failure): boolean =>
  'stderr' in failure &&
  /^fatal: (?:bad revision 'HEAD'|Not a valid object name HEAD|this operation must be run in a work tree)$/m.test(
    failure.stderr,
  );

const sentence = (failure: Failure, patience: number): string => {
  if ('stderr' in failure) return gitFailure(failure.stderr, '内容のコミット');
  const { killed } = failure.error as NodeJS.ErrnoException & { killed?: boolean };
  return killed
    ? `git が ${patience / 1000} 秒のうちに答えません。`
    : `${notStarted(failure.error)}コミットを知るには git が要ります。`;
};

const listOf = (output: string): string[] => output.split('\0').filter((name) => name !== '');

/** From `ls-tree -z`, by name. */
function filesOf(tree: string): Map<string, { mode: string; id: string }> {
  const entries = listOf(tree).map((line) => {
    const tab = line.indexOf('\t');
    const [mode, , id] = line.slice(0, tab).split(' ') as [string, string, string];
    return [line.slice(tab + 1), { mode, id }] as const;
  });
  return new Map(entries);
}

/**
 * Whether the folder holds what the commit holds, and of `names`, those that git would keep, nothing else. Bytes are
 * compared here: git would have them go through the programs (filters) that a repository may name.
 */
function isUnchanged(
  folder: string,
  files: ReadonlyMap<string, { mode: string; id: string }>,
  names: readonly string[],
): boolean {
  if (names.some((name) => !files.has(name) && existsSync(join(folder, name)))) return false;
  try {
    return [...files].every(([name, { mode, id }]) => {
      const path = join(folder, name);
      return hasId(mode === '120000' ? Buffer.from(readlinkSync(path)) : readFileSync(path), id);
    });
  } catch {
    return false; // not there, or no longer of that kind
  }
}

/** Whether git's id of a file is that of `bytes`, or, where git makes the line ends of the system, of `bytes` without them. */
function hasId(bytes: Buffer, id: string): boolean {
  const isOf = (content: Buffer) =>
    createHash(id.length === 40 ? 'sha1' : 'sha256')
      .update(`blob ${content.length}\0`)
      .update(content)
      .digest('hex') === id;
  return isOf(bytes) || isOf(Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'));
}
