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
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.'];
  return lastCommit(folder, 'HEAD', patience, answerOf(folder, patience, listing));
}

/** The same as of a commit, by its name: what stands in the folder now does not matter. */
export const commitAt = (folder: string, revision: string, patience = 10_000): Promise<ContentCommit> =>
  lastCommit(folder, revision, patience);

/** `present`: the files of the work tree, which must be those of `revision`. */
async function lastCommit(
  folder: string,
  revision: string,
  patience: number,
  present?: Promise<Answer>,
): Promise<ContentCommit> {
  const git = (...args: string[]) => answerOf(folder, patience, args);
  const answers = await Promise.all([
    git('rev-list', '-1', '--parents', revision, '--', '.'),
    git('ls-tree', '-r', '-z', revision),
    ...(present ? [present] : []),
  ]);
  const [log, tree, names] = answers as [Answer, Answer, Answer?];
  for (const { failure } of answers)
    if (failure !== undefined) return isWithoutCommit(failure) ? {} : { problem: sentence(failure, patience) };
  const [id = '', parent] = log.output.trim().split(' ');
  // No commit has the folder.
  if (!/^[0-9a-f]{40,64}$/.test(id)) return {};
  const files = filesOf(tree.output);
  if ([...files.values()].some(({ mode }) => mode === '160000'))
    return { problem: '内容のフォルダにサブモジュールがあり、コミット1つでは内容が決まりません。' };
  if (names && !changedFiles(folder, files, listOf(names.output)).next().done) return {};
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
interface Answer {
  output: string;
  failure?: Failure;
}

/** What git prints, started in `folder`. Commits as they were made: what a clone was told to see in their place is its own. */
function answerOf(folder: string, patience: number, args: string[]): Promise<Answer> {
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
 * The files of the folder that are not what the commit holds, one after the other: changed, gone, or, of `names`, those that
 * git would keep, new. Bytes are compared here: git would have them go through the programs (filters) that a repository may
 * name.
 */
function* changedFiles(
  folder: string,
  files: ReadonlyMap<string, { mode: string; id: string }>,
  names: readonly string[],
): Generator<string> {
  for (const name of names) if (!files.has(name) && existsSync(join(folder, name))) yield name;
  for (const [name, { mode, id }] of files) {
    const path = join(folder, name);
    try {
      if (!hasId(mode === '120000' ? Buffer.from(readlinkSync(path)) : readFileSync(path), id)) yield name;
    } catch {
      yield name; // not there, or no longer of that kind
    }
  }
}

/**
 * The files of the folder that no commit holds as they are, in order; empty: all is committed. `problem`: why that cannot be
 * known; undefined for a folder of no repository.
 */
export async function uncommittedFiles(
  folder: string,
  patience = 10_000,
): Promise<{ files: string[] } | { problem: string } | undefined> {
  if (!hasGitFolder(folder)) return undefined;
  const [tree, names] = await Promise.all([
    answerOf(folder, patience, ['ls-tree', '-r', '-z', 'HEAD']),
    answerOf(folder, patience, ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.']),
  ]);
  if (names.failure !== undefined) return { problem: sentence(names.failure, patience) };
  if (tree.failure !== undefined && !isWithoutCommit(tree.failure))
    return { problem: sentence(tree.failure, patience) };
  return { files: [...changedFiles(folder, filesOf(tree.output), listOf(names.output))].sort() };
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
